//! Who may do what: expected and observed permissions.
//!
//! - `policy` (pure): what the `[[access]]` tables of `apictl.toml` expect.
//! - `matrix` (pure): what was observed, what it means by DRF's rules, how it differs from a policy.
//! - `metadata` (pure): what an `OPTIONS` reply tells of permissions and fields.
//! - `openapi` (pure): what an OpenAPI document claims.
//! - `rows` (pure): rows that a list shows and that are refused one by one.
//! - `crawl`: sends the requests, one cell of the matrix at a time.

mod crawl;
mod matrix;
mod metadata;
mod openapi;
mod policy;
mod rows;

pub use crawl::{Crawl, Identity, Step};
pub use matrix::{
    Answer, Cell, Finding, Meaning, Observed, explanations, findings, lend_words_to_head,
};
pub use metadata::{Metadata, told};
pub use openapi::{Claim, Claims};
pub use policy::{Expected, Policy, PolicyError, Rule, is_safe};
pub use rows::{Listing, row_findings};
