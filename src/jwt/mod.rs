//! JSON Web Tokens (RFC 7519): bytes and `now` in, findings out. Pure: no clock, no files, no network.
//!
//! - `find`: tokens in any text. `segments`, `json`, `claims`: the compact form taken apart.
//! - `decode`, `times`, `warnings`: what a token says, whatever its algorithm.
//! - `key`: keys found by their content, made and written.
//! - `verify`: signature, header and claims against keys and expectations. `sign`, `compose`: new tokens. `matrix`: tokens for a test suite.
//! - `search`: can the secret be guessed? `audit`: what is risky about a token.

mod algorithm;
mod audit;
mod claims;
mod compose;
mod decode;
mod find;
mod json;
mod key;
mod matrix;
mod search;
mod segments;
mod sign;
mod times;
mod verify;
mod warnings;

pub use algorithm::{ALGORITHMS, Algorithm, UnknownAlgorithm};
pub use audit::{Finding, Limits, Severity, audit};
pub use claims::{claims_of, expires_at};
pub use compose::{ComposeError, assignment, json_assignment, random_id, renewed};
pub use decode::{Decoded, Kind, Payload, decode};
pub use find::{Found, find};
pub use key::{
    Curve, Key, KeyError, KeyType, generate, private_jwk, private_pem, public_jwk, public_pem,
    read_keys, read_secret, thumbprint,
};
pub use matrix::{Case, matrix};
pub use search::{Candidate, Search, candidates, common, is_worth_reading};
pub use segments::{Malformed, Segment};
pub use sign::{SignError, default_algorithm, sign};
pub use times::{Role, State, Time, rfc3339, span, times, timestamp};
pub use verify::{Check, Policy, Reason, Status, Verdict, Verifier, VerifierError, Worker};
pub use warnings::Warning;
