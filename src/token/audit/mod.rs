//! An attack battery against the token handling of one's own server.
//!
//! - `catalogue` (pure): the probes, what each attacks and what cures it. `verdict` (pure): what came of one.
//! - `original`, `forge`, `keyed` (pure): tokens made from a good one, without and with its signing key.
//! - `content` (pure): what a token gives away.
//! - `wire`: requests under a budget. `oracle`: whether a token is accepted, guarded by a baseline.
//! - `forged`, `aged`, `lifecycle`, `scheme`, `surface`, `cache`, `login`: the probes. `listener`: who fetches keys from us.
//! - `target`, `session`: what is attacked and what the probes share. `stages`, `battery`: all of it, one
//!   outcome at a time.

mod aged;
mod battery;
mod cache;
mod catalogue;
mod content;
mod forge;
mod forged;
mod keyed;
mod lifecycle;
mod listener;
mod login;
mod oracle;
mod original;
mod scheme;
mod session;
mod stages;
mod surface;
mod target;
mod verdict;
mod wire;

pub use battery::Battery;
pub use catalogue::{PROBES, Probe};
pub use oracle::AuditError;
pub use stages::MAX_REQUESTS;
pub use target::{Materials, Pair, Target};
pub use verdict::{Evidence, Finish, Outcome, Verdict};
