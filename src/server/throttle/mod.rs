//! `rest_framework.throttling`, on a cache like Django's.

mod check;
mod local_memory;

pub(super) use check::{Passage, Throttle, allow};
pub(super) use local_memory::LocalMemory;
