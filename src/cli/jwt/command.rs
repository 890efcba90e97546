//! The verbs of `apictl jwt`.

use std::ffi::OsString;

use super::{audit, decode, keygen, matrix, sign, verify};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};

/// Decode, verify and sign JSON Web Tokens, without sending them anywhere
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Decode(decode::Args),
    Verify(Box<verify::Args>),
    Sign(Box<sign::Args>),
    Keygen(keygen::Args),
    Matrix(Box<matrix::Args>),
    Audit(audit::Args),
}

/// The definition of `apictl jwt` with this verb alone: to build all of them takes longer than to decode a token.
pub(crate) fn only(verb: &str) -> Option<clap::Command> {
    use clap::Args;
    let augment = match verb {
        "decode" => decode::Args::augment_args,
        "verify" => verify::Args::augment_args,
        "sign" => sign::Args::augment_args,
        "keygen" => keygen::Args::augment_args,
        "matrix" => matrix::Args::augment_args,
        "audit" => audit::Args::augment_args,
        _ => return None,
    };
    let verb = augment(clap::Command::new(verb.to_owned()));
    Some(clap::Command::new("jwt").subcommand(verb))
}

/// The command that these arguments ask for when none of them is a flag.
pub(crate) fn plain(verb: &str, rest: &[OsString]) -> Option<Command> {
    if verb != "decode" {
        return None;
    }
    let texts = rest
        .iter()
        .map(|arg| arg.to_str().filter(|text| !text.starts_with('-')))
        .map(|text| text.map(str::to_owned))
        .collect::<Option<Vec<String>>>()?;
    Some(Command::Decode(decode::Args::of(texts)))
}

impl Command {
    /// Whether `--header` means the token's header here, not that of requests.
    pub(crate) fn has_own_header(&self) -> bool {
        matches!(self, Self::Sign(_) | Self::Matrix(_))
    }
}

pub(crate) fn run(command: &Command, ctx: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Decode(args) => decode::run(args, ctx),
        Command::Verify(args) => verify::run(args, ctx),
        Command::Sign(args) => sign::run(args, ctx),
        Command::Keygen(args) => keygen::run(args, ctx),
        Command::Matrix(args) => matrix::run(args, ctx),
        Command::Audit(args) => audit::run(args, ctx),
    }
}
