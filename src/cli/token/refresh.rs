//! `apictl token refresh`: a new access token.

use serde::Serialize;

use super::shown::LoginReport;
use super::target::Target;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::token::Renewed;
use crate::ui::{Look, Report, facts};

/// Buy a new access token now
///
/// Other commands do so by themselves when the token is about to end. Processes that refresh one login
/// at once make one request: the others take its result.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print the tokens whole
    #[arg(long)]
    reveal: bool,
}

#[derive(Debug, Serialize)]
struct RefreshReport {
    /// `here`, or `elsewhere` when another process had just done it.
    refreshed: &'static str,
    /// Whether the server replaced the refresh token.
    rotated: bool,
    #[serde(flatten)]
    login: LoginReport,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.block_on(async {
        let target = Target::of(ctx)?;
        let before = target.login()?;
        let ensured = target.keeper(ctx).refresh_now().await?;
        ctx.print(&RefreshReport {
            refreshed: match ensured.renewed {
                Renewed::Here => "here",
                Renewed::Elsewhere | Renewed::No => "elsewhere",
            },
            rotated: ensured.login.refresh != before.refresh,
            login: LoginReport::new(
                "apictl.token.refresh/1",
                &target,
                &ensured.login,
                args.reveal,
                ctx.now(),
            ),
        })?;
        Ok(Exit::Yes)
    })
}

impl Report for RefreshReport {
    fn table(&self, look: &Look) -> String {
        let mut rows = self.login.facts(look);
        if self.rotated {
            rows.push((
                "rotated",
                "the server replaced the refresh token".to_owned(),
            ));
        }
        facts(look, rows)
    }
}
