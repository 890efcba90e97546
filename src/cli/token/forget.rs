//! `apictl token forget`: remove a login from this machine.

use serde::Serialize;

use super::target::Target;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::token::Error;
use crate::ui::{Look, Report};

/// Remove a login from this machine; its tokens stay valid, `token revoke` ends them
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

#[derive(Debug, Serialize)]
struct ForgetReport {
    schema: &'static str,
    login: String,
    origin: String,
    removed: bool,
}

pub(crate) fn run(_args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.block_on(async {
        let target = Target::of(ctx)?;
        let held = target.store.hold(&target.key).await?;
        if !held.remove()? {
            return Err(Error::NoLogin(target.key.clone()).into());
        }
        ctx.print(&ForgetReport {
            schema: "apictl.token.forget/1",
            login: target.key.name.clone(),
            origin: target.key.origin.clone(),
            removed: true,
        })?;
        Ok(Exit::Yes)
    })
}

impl Report for ForgetReport {
    fn table(&self, _look: &Look) -> String {
        format!(
            "the login '{}' at {} is forgotten; its tokens stay valid until they end",
            self.login, self.origin
        )
    }
}
