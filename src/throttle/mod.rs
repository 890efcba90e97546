//! Rate limiters seen from outside: traces, models, probing and inference.

pub mod compare;
pub mod drive;
mod fields;
pub mod headers;
mod infer;
pub mod limits;
pub mod models;
pub mod probe;
mod refusal;
pub mod sample;

pub use infer::identify;
