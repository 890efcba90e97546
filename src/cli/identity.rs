//! Who a command acts as: `--as`, the configuration, or the fallback of the command.

use std::sync::Arc;

use super::context::{Context, Fallback};
use super::failure::Failure;
use crate::http::{Authority, Client};

/// The name that stands for no login.
pub(crate) const ANON: &str = "anon";

/// The keeper of the credential in force; `None` for an anonymous client.
pub(crate) fn authority(
    ctx: &Context,
    _client: &Client,
    _fallback: Fallback,
) -> Result<Option<Arc<dyn Authority>>, Failure> {
    match ctx.settings.identity.as_deref() {
        None | Some(ANON) => Ok(None),
        Some(name) => Err(Failure::usage(format!("there is no login '{name}'"))),
    }
}

/// The keeper of the credential of one stored login, whatever `--as` says.
pub(crate) fn named(
    _ctx: &Context,
    _client: &Client,
    name: &str,
) -> Result<Arc<dyn Authority>, Failure> {
    Err(Failure::usage(format!("there is no login '{name}'")))
}
