//! Is a token to be trusted? The key and the caller decide how, never the token alone (RFC 8725 §3.1).
//!
//! - `policy`: what the caller expects. `verdict`: every check with its outcome.
//! - `signature`: one key ready for one algorithm. `claims`: the checks of the claims, pure.
//! - `rsa`: which library does RSA.
//! - `verifier`: all of it together with every finding. `quick`: the same answer in bulk, with `plain` for the claims.

mod claims;
mod plain;
mod policy;
mod quick;
mod rsa;
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
