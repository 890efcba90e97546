//! `apictl access`: who may do what.

mod check;
pub(crate) mod command;
mod identities;
mod matrix;
mod matrix_report;
mod openapi;

pub(crate) use identities::authority_in;
