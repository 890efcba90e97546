//! `apictl token`: pairs from a server, one file per command.

mod audit;
mod audit_files;
mod audit_report;
mod audit_sarif;
pub(crate) mod command;
mod exec;
mod failure;
mod forget;
mod handover;
mod list;
mod obtain;
mod print;
mod refresh;
mod revoke;
mod secrets;
mod show;
mod shown;
mod target;
mod verify;

pub(crate) use target::{authority, named};
