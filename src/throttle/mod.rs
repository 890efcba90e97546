//! Rate limiters seen from outside: traces, models, probing and inference.

mod alarm;
pub mod compare;
mod crowd;
pub mod drive;
pub mod experiment;
mod fields;
mod forwarding;
pub mod gate;
pub mod headers;
mod infer;
pub mod limits;
pub mod load;
pub mod models;
pub mod probe;
mod refusal;
pub mod sample;
mod shoot;
pub mod shots;
pub mod waits;

pub use infer::identify;
pub use refusal::{before_the_throttle, judge_again};
