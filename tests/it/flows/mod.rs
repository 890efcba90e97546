//! Flows in this process: no binary, no network, virtual time.

mod token_store;
