//! The embedded server against the reference: the same requests, the same bytes back.

mod compare;
mod drawn;
mod exceptions;
mod pair;
mod rows;
mod step;
mod wire;
