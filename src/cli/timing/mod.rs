//! `apictl request --timing`, `--repeat`, `--save`, `--compare`: what a request costs, before and after.

mod cache;
mod compare;
mod measure;
mod report;
mod samples;
mod server_timing;

pub(crate) use measure::{TimingArgs, run};
