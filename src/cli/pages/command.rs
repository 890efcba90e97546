//! The commands below `apictl pages`.

use super::{audit, merge, profile, walk};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};

/// Walk paginated endpoints to their end, and judge them
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Walk(Box<walk::Args>),
    Audit(audit::Args),
    Profile(profile::Args),
    Merge(merge::Args),
}

pub(crate) fn run(command: &Command, ctx: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Walk(args) => walk::run(args, ctx),
        Command::Audit(args) => audit::run(args, ctx),
        Command::Profile(args) => profile::run(args, ctx),
        Command::Merge(args) => merge::run(args, ctx),
    }
}
