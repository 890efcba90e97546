//! Audits a paginated list: one walk, then a few looks at its edges.
//!
//! [`KINDS`] is the list of everything that may be found. [`Audit`] walks, looks and keeps a ledger: each kind
//! ends as found, clear or not looked at, with the reason.

mod catalogue;
mod cost;
mod edges;
mod fields;
mod finding;
mod ledger;
mod order;
mod run;
mod sample;
mod scout;
mod sharing;
mod sightings;
mod sizes;
mod walking;

pub use catalogue::{KINDS, Kind, kind};
pub use finding::{Finding, Severity};
pub use ledger::{Check, Status};
pub(super) use sightings::leaves;

pub use run::{Audit, Audited, Scope, Step, Stopped};
