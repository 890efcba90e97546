//! The commands below `apictl access`.

use super::{check, matrix};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};

/// See who may do what, and hold it to what was agreed
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Matrix(matrix::Args),
    Check(check::Args),
}

pub(crate) fn run(command: &Command, ctx: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Matrix(args) => matrix::run(args, ctx),
        Command::Check(args) => check::run(args, ctx),
    }
}
