//! Everything `apictl` promises, in one integration binary.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    missing_docs,
    unreachable_pub,
    reason = "tests fail by panicking, and read real clocks and environments"
)]

mod architecture;
mod cli;
mod django;
mod flows;
mod generated;
mod limiters;
mod support;
