//! Is a token to be trusted? The key and the caller decide how, never the token alone (RFC 8725 §3.1).
//!
//! - `policy`: what the caller expects. `verdict`: every check with its outcome.
//! - `signature`: one key ready for one algorithm. `claims`: the checks of the claims, pure.
//! - `verifier`: all of it together, once with every finding and once for bulk.

mod claims;
mod policy;
mod quick;
mod signature;
#[cfg(test)]
mod tests;
mod verdict;
mod verifier;

pub use policy::Policy;
pub use quick::Worker;
pub(crate) use signature::hmac_of;
pub use verdict::{Check, Reason, Status, Verdict};
pub use verifier::{Verifier, VerifierError};
