//! Limiters other than DRF's, to practise on: what nginx, express, Envoy, governor and the rest do, their
//! refusals, what they announce. Instants are seconds of one clock.

mod announce;
mod books;
mod bucket;
mod counter;
mod decision;
mod guard;
mod queue;
mod settings;
mod sliding_log;
mod window;

pub(super) use announce::{Standing, announce};
pub(super) use books::{Books, InFlight, Verdict};
pub use settings::{Algorithm, HeaderFamily, Lie, Limiter, RetryAfter};
