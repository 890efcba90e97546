//! Hand-written sequences: the tables of DRF's and simplejwt's behaviour, row by row.

mod bodies;
mod check;
mod limits;
mod notes;
mod pages;
mod requests;
mod tokens;
