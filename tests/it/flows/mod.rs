//! Flows in this process: no binary, no network, virtual time.

mod client;
mod jwt_vectors;
mod token_store;
