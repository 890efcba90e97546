//! `apictl throttle`: limits, one file per command.

mod check;
pub(crate) mod command;
mod gate;
mod identify;
mod probe;
mod rules;
mod sender;
mod shown;
mod target;

pub(crate) use command::{Command, run};
