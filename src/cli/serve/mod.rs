//! `apictl serve`: the embedded API on a port.

mod args;
mod command;
mod settings;
mod values;

pub(crate) use args::Args;
pub(crate) use command::run;
