//! What is risky about a token, read from the token alone (RFC 8725): no key, no network.
//!
//! - `finding`: one risk. `rules`: header, signature, claims, life time. `personal`: what should not
//!   be readable by whoever holds the token.

mod finding;
mod personal;
mod rules;

pub use finding::{Finding, Severity};
pub use rules::{Limits, audit};
