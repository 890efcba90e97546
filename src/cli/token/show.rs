//! `apictl token show`: one login.

use super::shown::LoginReport;
use super::target::Target;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::ui::{Look, Report, facts};

/// Show a login: whose it is, when its tokens end, where it is kept
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print the tokens whole
    #[arg(long)]
    reveal: bool,
}

#[derive(Debug, serde::Serialize)]
#[serde(transparent)]
struct ShowReport(LoginReport);

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let target = Target::of(ctx)?;
    let login = target.login()?;
    ctx.print(&ShowReport(LoginReport::new(
        "apictl.token.show/1",
        &target,
        &login,
        args.reveal,
        ctx.now(),
    )))?;
    Ok(Exit::Yes)
}

impl Report for ShowReport {
    fn table(&self, look: &Look) -> String {
        facts(look, self.0.facts(look))
    }
}
