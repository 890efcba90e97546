//! `apictl throttle`: limits, one file per command.

mod check;
pub(crate) mod command;
mod identify;
mod probe;
mod shown;
mod target;

pub(crate) use command::{Command, run};
