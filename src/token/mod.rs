//! Token pairs from a server: obtain, refresh, verify, revoke, store.
//!
//! A [`Shape`] says how an API hands out tokens, a [`Login`] holds what it handed out, the [`Store`]
//! keeps logins between runs and between processes, and a [`Keeper`] keeps one of them valid.

mod answer;
pub mod audit;
mod discover;
mod error;
mod exchange;
mod keeper;
mod login;
mod obtain;
mod presets;
mod record;
mod refresh;
mod revoke;
mod scheme;
mod session;
mod shape;
mod store;
mod underway;
mod verify;

pub use discover::{Discovered, discover};
pub use error::Error;
pub use keeper::{Clock, Ensured, Keeper, MARGIN, Renewed};
pub use login::{Cookie, Key, Life, Login, OauthClient, Tokens};
pub use obtain::{Applicant, Obtained, obtain};
pub use presets::Preset;
pub use refresh::refresh;
pub use revoke::{Proof, Revoked, revoke};
pub use shape::{Encoding, Grant, Overrides, RefreshBy, RevokeBy, Shape, VerifyBy};
pub use store::{Found, Held, Keeping, Kept, KeyringError, Store, StoreError, Wish};
pub use underway::Underway;
pub use verify::{Verdict, Which, verify};
