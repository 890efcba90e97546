//! The gate: what an expectation needs to be held to, spent and no more.

mod beyond;
mod demands;
mod judge;
mod ride;
mod sampled;
mod seen;
mod spoofed;
mod trial;
mod window;

pub use demands::{Demands, Forwarding, Neighbour};
pub use judge::{is_left_to_a_probe, judge};
pub use seen::{CameBack, Seen};
pub use spoofed::{as_proxies_would, is_forwarded};
pub use trial::{Places, most, trial};
