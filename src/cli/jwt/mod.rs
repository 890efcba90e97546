//! `apictl jwt`: tokens and keys on this machine; the network only when asked for a JWK Set.

mod batch;
mod clock;
mod decode;
mod input;
mod keys;
mod shown;
mod verify;

use super::context::Context;
use super::failure::{Exit, Failure};

/// Decode, verify and sign JSON Web Tokens, without sending them anywhere
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Decode(decode::Args),
    Verify(Box<verify::Args>),
}

pub(crate) fn run(command: &Command, ctx: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Decode(args) => decode::run(args, ctx),
        Command::Verify(args) => verify::run(args, ctx),
    }
}
