//! Everything `apictl` promises, in one integration binary.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::too_many_lines,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    unreachable_pub,
    reason = "tests fail by panicking, read real clocks and environments, and list their cases at length"
)]

mod architecture;
mod cli;
mod django;
mod flows;
mod generated;
mod limiters;
mod support;
