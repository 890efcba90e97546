//! Rate limiters as pure functions of time: the hypotheses of `infer`, and the witnesses of its tests.
//! Instants are seconds on one clock; they never decrease from call to call.

mod bucket;
mod limiter;
mod queue;
mod segments;
mod several;
mod window;

pub use bucket::{LossyBucket, SteppedBucket, TokenBucket};
pub use limiter::{Decision, Limiter, Model};
pub use queue::{Concurrency, LeakyQueue};
pub use segments::SegmentedWindow;
pub use several::{Copies, Stack};
pub use window::{Ban, FixedWindow, SlidingCounter, SlidingLog};
