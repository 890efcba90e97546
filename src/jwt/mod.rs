//! JSON Web Tokens (RFC 7519): bytes and `now` in, findings out. Pure: no clock, no files, no network.
//!
//! - `segments`, `json`, `claims`: the compact form taken apart, without any opinion on its algorithm.

mod claims;
mod json;
mod segments;

pub use claims::{claims_of, expires_at};
pub use segments::{Malformed, Segment};
