//! Is the secret of an HMAC-signed token one that can be guessed? (RFC 8725 §3.5)
//!
//! - `hmac`: one candidate against one token, as fast as the hash allows.
//! - `words`: the secrets that everybody tries. `project`: the texts in a Django project's files.

mod hmac;
mod project;
mod words;

pub use hmac::Search;
pub use project::{Candidate, candidates, is_worth_reading};
pub use words::common;
