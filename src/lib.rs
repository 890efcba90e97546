//! `apictl`: the truth about a Django REST framework API's tokens, pages and limits.
//!
//! One folder per feature, none of which has heard of clap, terminals or exit codes; `cli` is the thin
//! shell over them. `ARCHITECTURE.md` says who may name whom, and `tests/it/architecture.rs` checks it.

pub mod access;
pub mod cli;
pub mod http;
pub mod jwt;
pub mod pages;
pub mod rate;
pub mod secret;
pub mod server;
pub mod throttle;
pub mod token;
pub mod ui;
