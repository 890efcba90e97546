//! `apictl pages`: paginated endpoints.

mod audit;
mod checkpoint;
pub(crate) mod command;
mod csv;
mod encode;
mod manifest;
mod merge;
mod output;
mod profile;
mod summary;
mod walk;
mod walk_args;
