//! Who a command acts as: `--as`, the configuration, or the fallback of the command.

/// The name that stands for no login.
pub(crate) const ANON: &str = "anon";

pub(crate) use super::token::{authority, named};
