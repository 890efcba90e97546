//! `apictl token`: its verbs.

use super::{audit, exec, forget, list, obtain, print, refresh, revoke, show, verify};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};

/// Log in to an API, and keep, show, check and revoke its tokens
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Obtain(Box<obtain::Args>),
    Refresh(refresh::Args),
    Verify(verify::Args),
    Revoke(revoke::Args),
    Show(show::Args),
    List(list::Args),
    Print(print::Args),
    Forget(forget::Args),
    Exec(exec::Args),
    Audit(Box<audit::Args>),
}

pub(crate) fn run(command: &Command, ctx: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Obtain(args) => obtain::run(args, ctx),
        Command::Refresh(args) => refresh::run(args, ctx),
        Command::Verify(args) => verify::run(args, ctx),
        Command::Revoke(args) => revoke::run(args, ctx),
        Command::Show(args) => show::run(args, ctx),
        Command::List(args) => list::run(args, ctx),
        Command::Print(args) => print::run(args, ctx),
        Command::Forget(args) => forget::run(args, ctx),
        Command::Exec(args) => exec::run(args, ctx),
        Command::Audit(args) => audit::run(args, ctx),
    }
}
