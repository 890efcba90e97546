//! Hand-written sequences: the tables of DRF's and simplejwt's behaviour, row by row.

mod bodies;
mod check;
mod crafted;
mod envelopes;
mod limits;
mod middleware;
mod notes;
mod pages;
mod requests;
mod sessions;
mod token_settings;
mod tokens;
