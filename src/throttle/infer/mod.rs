//! From a trace to the limits that explain it: a function of the trace alone.
//!
//! A limiter admits a request when its load is below a threshold. The server decided somewhere between
//! sending and receiving, so each decision bounds the parameters of every known limiter; what is left
//! after all decisions is weighed by how common it is. Nothing left is an answer too.

mod anchored;
mod answer;
mod bans;
mod belief;
mod book;
mod bucket;
mod cell;
mod charged;
mod clock;
mod company;
mod dealing;
mod doubt;
mod epoch;
mod event;
mod explain;
mod log;
mod lossy;
mod named;
mod overlap;
mod pairs;
mod phases;
mod polygon;
mod prior;
mod queue;
mod report;
mod seconds;
mod shared;
mod spread;
mod stack;
mod stacked;
mod told;
mod used;
mod workers;

pub use answer::identify;
pub(crate) use answer::{SLACK_S, epoch_of, fresh, hint_of};
pub(crate) use cell::{Cell, Family, as_f64};
pub(crate) use event::{Event, events};
pub(crate) use explain::{Explained, explain};
pub(crate) use prior::{ROUND, atoms as windows, is_odd_limit};
pub(crate) use workers::IDLE_S;
