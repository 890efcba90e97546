//! The commands below `apictl throttle`.

use super::{check, identify, probe};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};

/// Find out what an API's rate limits are, and hold it to them
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Probe(probe::Args),
    Identify(identify::Args),
    Check(check::Args),
}

pub(crate) fn run(command: &Command, ctx: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Probe(args) => probe::run(args, ctx),
        Command::Identify(args) => identify::run(args, ctx),
        Command::Check(args) => check::run(args, ctx),
    }
}
