//! `apictl token verify`: ask the server about a token.

use serde::Serialize;

use super::target::Target;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::token::{Which, verify};
use crate::ui::{Look, Report, Tone, facts};

/// Ask the server whether a stored token is valid, and say what its answer is worth
///
/// Exit code 1 when it is not.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which token
    #[arg(value_name = "TOKEN", default_value = "access", value_parser = ["access", "refresh"])]
    which: String,
    /// Ask this endpoint; with a preset whose tokens only a request proves, a protected one
    #[arg(long, value_name = "PATH")]
    verify_path: Option<String>,
}

#[derive(Debug, Serialize)]
struct VerifyReport {
    schema: &'static str,
    login: String,
    token: String,
    valid: bool,
    endpoint: String,
    status: u16,
    message: Option<String>,
    worth: &'static str,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.block_on(async {
        let target = Target::of(ctx)?;
        let mut login = target.login()?;
        let configured = || ctx.settings.text("verify_path");
        if let Some(path) = args.verify_path.clone().or_else(configured) {
            login.shape.verify = Some(path);
        }
        let which = match args.which.as_str() {
            "refresh" => Which::Refresh,
            _ => Which::Access,
        };
        let verdict = verify(&target.client, &login, which).await?;
        for note in &verdict.notes {
            ctx.warn(note);
        }
        ctx.print(&VerifyReport {
            schema: "apictl.token.verify/1",
            login: login.name,
            token: args.which.clone(),
            valid: verdict.valid,
            endpoint: verdict.endpoint,
            status: verdict.status,
            message: verdict.detail,
            worth: verdict.worth,
        })?;
        Ok(Exit::answer(verdict.valid))
    })
}

impl Report for VerifyReport {
    fn table(&self, look: &Look) -> String {
        let verdict = match &self.message {
            None => look.paint(Tone::Good, "valid"),
            Some(message) => format!("{}: {message}", look.paint(Tone::Bad, "not valid")),
        };
        let mut rows = vec![
            ("token", format!("{} of {}", self.token, self.login)),
            ("verdict", verdict),
            ("asked", format!("{} ({})", self.endpoint, self.status)),
        ];
        if self.valid {
            rows.push(("worth", self.worth.to_owned()));
        }
        facts(look, rows)
    }
}
