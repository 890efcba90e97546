//! Flows in this process: no binary, no network, virtual time.

mod client;
mod jwt_vectors;
mod pages;
mod server;
mod server_variants;
mod throttle;
mod throttle_world;
mod throttle_zoo;
mod token_keeper;
mod token_outage;
mod token_store;
