//! Flows in this process: no binary, no network, virtual time.

mod client;
mod jwt_vectors;
mod pages;
mod pages_ends;
mod pages_moving;
mod pages_parts;
mod pages_seams;
mod pages_split;
mod server;
mod server_fuzz;
mod server_requests;
mod server_variants;
mod split_mutated;
mod throttle;
mod throttle_world;
mod throttle_zoo;
mod token_keeper;
mod token_outage;
mod token_store;
