//! The embedded server against the reference: the same requests, the same bytes back.

mod compare;
mod exceptions;
mod generated;
mod pair;
mod rows;
mod step;
mod wire;
