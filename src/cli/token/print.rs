//! `apictl token print`: the one command whose output is a secret.

use std::time::Duration;

use serde::Serialize;

use super::handover::{self, Protocol};
use super::target::Target;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::rate::parse_duration;
use crate::token::{Error, Grant, Login};
use crate::ui::{Format, Look, Report};

/// Print a token, refreshed first when it is about to end
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  curl -H \"$(apictl token print --as-header)\" http://127.0.0.1:8000/api/me/
  eval \"$(apictl token print --export API_TOKEN --min-ttl 5m)\"
  git config credential.helper '!apictl token print --output git-credential'")]
pub(crate) struct Args {
    /// Which token; git passes `get`, `store` or `erase`
    #[arg(value_name = "TOKEN", default_value = "access", hide_possible_values = true,
        value_parser = ["access", "refresh", "get", "store", "erase"])]
    which: String,
    /// Guarantee so much life, of an access token
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    min_ttl: Option<Duration>,
    /// Print the whole header field: `Authorization: Bearer …`
    #[arg(long, conflicts_with_all = ["export", "output"])]
    as_header: bool,
    /// Print a line that a shell can `eval`
    #[arg(long, value_name = "VARIABLE", num_args = 0..=1, default_missing_value = "APICTL_TOKEN", conflicts_with = "output")]
    export: Option<String>,
    /// Speak the protocol of another program that asks for credentials
    #[arg(long, value_name = "PROTOCOL")]
    output: Option<Protocol>,
}

fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| "not a duration such as 60 or 5m".to_owned())
}

#[derive(Debug, Serialize)]
struct PrintReport {
    schema: &'static str,
    login: String,
    token: String,
    scheme: String,
    expires_at: Option<jiff::Timestamp>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    if matches!(args.which.as_str(), "store" | "erase") {
        // git tells helpers what became of a credential; this store has its own way to know.
        return Ok(Exit::Yes);
    }
    ctx.block_on(async {
        let target = Target::of(ctx)?;
        if args.output == Some(Protocol::GitCredential)
            && !handover::git_asks_for(&target.key.origin)?
        {
            return Ok(Exit::Yes);
        }
        let login = if args.which == "refresh" {
            of_refresh(target.login()?)?
        } else {
            target.lasting(ctx, args.min_ttl).await?
        };
        if let Some(text) = worded(args, &login)? {
            ctx.write(text.as_bytes())?;
        } else if ctx.format()? == Format::Table {
            ctx.write(format!("{}\n", login.access.expose()).as_bytes())?;
        } else {
            ctx.print(&PrintReport {
                schema: "apictl.token.print/1",
                login: login.name,
                token: login.access.expose().to_owned(),
                scheme: login.scheme,
                expires_at: login.access_exp,
            })?;
        }
        Ok(Exit::Yes)
    })
}

/// The login with its refresh token in the place of the access token.
fn of_refresh(login: Login) -> Result<Login, Error> {
    let Some(refresh) = login.refresh.clone() else {
        return Err(Error::Unsupported {
            preset: login.shape.preset,
            what: "refresh",
        });
    };
    Ok(Login {
        access: refresh,
        access_exp: login.refresh_exp,
        ..login
    })
}

/// The text for another program; `None` where the bare token is wanted.
fn worded(args: &Args, login: &Login) -> Result<Option<String>, Failure> {
    let token = login.access.expose();
    if args.as_header {
        if login.shape.grant == Grant::Session {
            return Err(Failure::usage(
                "a session has cookies, not one header field",
            ));
        }
        return Ok(Some(format!("Authorization: {} {token}\n", login.scheme)));
    }
    if let Some(variable) = &args.export {
        return handover::export(variable, token).map(Some);
    }
    Ok(args.output.map(|protocol| handover::speak(protocol, login)))
}

impl Report for PrintReport {
    fn table(&self, _look: &Look) -> String {
        self.token.clone()
    }
}
