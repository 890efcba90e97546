//! Experiments on a limit that is known: does a crowd get more, what gives a fresh count, whose count is it?

mod ask;
mod bypass;
mod race;
mod scope;
mod tricks;

pub use ask::{Answer, Asked, Known};
pub use bypass::{Suspects, bypass};
pub use race::{Race, allowed, race};
pub use scope::{Others, Scope, scope};
