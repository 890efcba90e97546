//! HTTP/1.1 (RFC 9112) on kept connections, in the task of the caller.
//!
//! A measurement is as good as its distance from the socket, and most of what a small reply or a part of a page costs
//! is what is done beside reading it: here a request is one write and its reply is read by whoever waits for it, with no
//! task and no channel between. [`httparse`] reads heads; a test holds the rest against hyper.

mod body;
mod chunks;
mod connection;
mod habits;
mod head;
mod idle;
#[cfg(test)]
mod oracle;

pub(super) use body::Received;
pub use connection::Stamps;
pub(super) use habits::Habits;
pub(super) use idle::{Idle, Resend, once};

/// What a server sent is not HTTP/1, or not all of it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Fault(&'static str);

const CUT_SHORT: Fault = Fault("the connection was closed before the reply was complete");
