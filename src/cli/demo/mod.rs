//! `apictl demo`: the whole tour on the embedded API, every answer checked.

mod stage;
mod tour;

pub(crate) use tour::{Args, run};
