//! `apictl token exec`: run a program with a token in its environment.

use std::ffi::OsString;
use std::process::Command;
use std::time::Duration;

use super::target::Target;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::rate::parse_duration;

/// Run a program with the token in `APICTL_TOKEN`, refreshed first when it is about to end
///
/// The program takes this one's place: its exit code, its signals. It also gets `APICTL_TOKEN_SCHEME`, the word before the
/// token in `Authorization`, and `APICTL_BASE_URL`, the API's address; `APICTL_PASSWORD` is taken away.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  apictl token exec --min-ttl 10m -- pytest tests/live")]
pub(crate) struct Args {
    /// Guarantee so much life
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    min_ttl: Option<Duration>,
    /// The program and its arguments
    #[arg(required = true, last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| "not a duration such as 60 or 5m".to_owned())
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let mut found = None;
    ctx.block_on(async {
        let target = Target::of(ctx)?;
        found = Some(target.lasting(ctx, args.min_ttl).await?);
        Ok(Exit::Yes)
    })?;
    let (Some(login), Some((program, arguments))) = (found, args.command.split_first()) else {
        return Err(Failure::usage("there is no program to run"));
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("APICTL_TOKEN", login.access.expose())
        .env("APICTL_TOKEN_SCHEME", &login.scheme)
        .env("APICTL_BASE_URL", &login.base_url)
        .env_remove("APICTL_PASSWORD");
    become_program(command).map_err(|error| {
        Failure::usage(format!("cannot run '{}'", program.to_string_lossy())).because(&error)
    })
}

/// Turns this process into the program; returns only when that fails.
#[cfg(unix)]
fn become_program(mut command: Command) -> std::io::Result<Exit> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn become_program(mut command: Command) -> std::io::Result<Exit> {
    Ok(Exit::answer(command.status()?.success()))
}
