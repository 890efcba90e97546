//! `apictl throttle`: limits, one file per command.

mod check;
pub(crate) mod command;
mod experiments;
mod gate;
mod identify;
mod plot;
mod probe;
mod relations;
mod rules;
mod save;
mod sender;
mod shown;
mod target;
mod trace_file;
mod view;

pub(crate) use command::{Command, run};
