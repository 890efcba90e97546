//! The gate: what an expectation needs to be held to, spent and no more.

mod beyond;
mod demands;
mod judge;
mod ride;
mod seen;
mod trial;
mod window;

pub use demands::{Demands, Forwarding, Neighbour};
pub use judge::{is_left_to_a_probe, judge};
pub use seen::Seen;
pub use trial::{Places, as_proxies_would, is_forwarded, most, trial};
