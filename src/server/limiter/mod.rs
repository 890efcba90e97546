//! Limiters other than DRF's, to practise on: their rules, their refusals, what they announce.

mod announce;
mod books;
mod rule;
mod settings;

pub(super) use announce::{Standing, announce};
pub(super) use books::{Books, InFlight};
pub use settings::{Algorithm, HeaderFamily, Lie, Limiter};
