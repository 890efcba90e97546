//! `apictl pages`: paginated endpoints.

mod audit;
mod checkpoint;
mod columns;
pub(crate) mod command;
mod csv;
mod encode;
mod fleet;
mod manifest;
mod merge;
mod output;
mod parquet;
mod profile;
mod summary;
mod walk;
mod walk_args;
