//! Everything `apictl` promises, in one integration binary.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests fail by panicking, and read real clocks and environments"
)]

mod support;
