//! Flows in this process: no binary, no network, virtual time.

mod client;
mod token_store;
