//! `apictl pages`: paginated endpoints.

mod audit;
mod audit_report;
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
mod pauses;
mod profile;
mod profile_report;
mod summary;
mod walk;
mod walk_args;
