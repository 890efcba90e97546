//! `apictl pages`: paginated endpoints.

mod audit;
mod audit_report;
mod checkpoint;
pub(crate) mod command;
mod csv;
mod encode;
mod manifest;
mod merge;
mod output;
mod profile;
mod profile_report;
mod summary;
mod walk;
mod walk_args;
