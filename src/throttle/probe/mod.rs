//! What to send when: a machine without a clock or a socket. `step` says what to do now, `record` takes
//! what came back; the same machine runs against a server and, in virtual time, against a model.

mod apart;
mod copies;
mod forecast;
mod machine;
mod peek;
mod phase;
mod processes;
mod ride;
mod settings;
mod settle;
mod volley;
mod watch;

pub use machine::Probe;
pub use phase::Step;
pub use settings::{Effort, Settings};
