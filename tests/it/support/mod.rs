//! Helpers of the tests: the binary under test in a clean home, and what it said.

pub mod binary;
pub mod django;
pub mod fixture;
pub mod front;
pub mod in_process;
pub mod leaks;
pub mod limiters;
pub mod listing;
pub mod lists;
pub mod prepared;
pub mod redis;
pub mod relay;
pub mod served;
pub mod serving;
pub mod split_oracle;
pub mod token_api;
