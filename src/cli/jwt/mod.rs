//! `apictl jwt`: tokens and keys on this machine; the network only when asked for a JWK Set.

mod audit;
mod batch;
mod clock;
pub(crate) mod command;
mod compose;
mod decode;
mod guess;
mod input;
mod keygen;
mod keys;
mod matrix;
mod shown;
mod sign;
mod verify;

pub(crate) use guess::read_project;
