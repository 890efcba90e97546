//! Token pairs from a server: obtain, refresh, verify, revoke, store.
//!
//! A [`Shape`] says how an API hands out tokens, a [`Login`] holds what it handed out, and the
//! [`Store`] keeps logins between runs and between processes.

mod login;
mod presets;
mod record;
mod shape;
mod store;

pub use login::{Cookie, Key, Life, Login, OauthClient, Tokens};
pub use presets::Preset;
pub use shape::{Encoding, Grant, Overrides, RefreshBy, RevokeBy, Shape, VerifyBy};
pub use store::{Held, Store, StoreError};
