//! An attack battery against the token handling of one's own server.
//!
//! - `catalogue` (pure): the probes, what each attacks and what cures it. `verdict` (pure): what came of one.
//! - `original`, `forge`, `keyed` (pure): tokens made from a good one, without and with its signing key.
//! - `content`, `guess` (pure): what a token gives away, and whether its secret can be guessed.
//! - `wire`: requests under a budget. `oracle`: whether a token is accepted, guarded by a baseline.
//! - `forged`, `lifecycle`, `surface`, `login`: the probes. `listener`: who fetches keys from us.
//! - `target`, `session`: what is attacked and what the probes share. `stages`, `battery`: all of it, one
//!   outcome at a time.

mod battery;
mod catalogue;
mod content;
mod forge;
mod forged;
mod guess;
mod keyed;
mod lifecycle;
mod listener;
mod login;
mod oracle;
mod original;
mod session;
mod stages;
mod surface;
mod target;
mod verdict;
mod wire;

pub use battery::Battery;
pub use catalogue::{PROBES, Probe};
pub use oracle::AuditError;
pub use target::{Materials, Pair, Target};
pub use verdict::{Evidence, Outcome, Verdict};
