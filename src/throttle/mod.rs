//! Rate limiters seen from outside: traces, models, probing and inference.

mod fields;
pub mod headers;
pub mod models;
pub mod sample;
