//! The probe against each of them: what it claims is what they are.

use std::num::NonZero;
use std::time::Duration;

use governor::{Quota, RateLimiter};

use super::claims::Truth::{Bucket, Window};
use super::claims::{Truth, assert_identified};
use crate::support::fixture::{Fixture, reply};
use crate::support::limiters::Limiter;

const FIRST: &str = "fixed_window_first_request";
const LOG: &str = "sliding_log";
const COUNTER: &str = "sliding_window_counter";
const BAN: &str = "ban";

/// Starts limiters, probes them side by side and compares.
#[track_caller]
fn assert_each(start: fn(&[&str]) -> Limiter, cases: &[(&str, Truth)]) {
    let started: Vec<_> = cases
        .iter()
        .map(|(line, truth)| {
            let words: Vec<_> = line.split_whitespace().collect();
            (start(&words), *truth)
        })
        .collect();
    let urls: Vec<_> = started
        .iter()
        .map(|(limiter, truth)| (limiter.url(), *truth))
        .collect();
    assert_identified(&urls);
}

#[test]
fn windows_of_python_packages_are_told_apart() {
    assert_each(
        Limiter::python,
        &[
            (
                "flask_limits.py fixed-window 12/4second",
                Window(FIRST, 12, 4.0),
            ),
            (
                "flask_limits.py moving-window 12/4second",
                Window(LOG, 12, 4.0),
            ),
            (
                "flask_limits.py sliding-window-counter 12/4second",
                Window(COUNTER, 12, 4.0),
            ),
            (
                "slowapi_limits.py moving-window 10/4second --headers",
                Window(LOG, 10, 4.0),
            ),
            ("pyrate_log.py 10 4", Window(LOG, 10, 4.0)),
        ],
    );
}

#[test]
fn windows_of_node_packages_begin_with_the_first_request() {
    assert_each(
        Limiter::node,
        &[
            ("express.mjs 10 4000 none", Window(FIRST, 10, 4.0)),
            ("express.mjs 10 4000 draft-8", Window(FIRST, 10, 4.0)),
            ("flexible.mjs 8 5", Window(FIRST, 8, 5.0)),
            ("fastify.mjs 8 4000", Window(FIRST, 8, 4.0)),
        ],
    );
}

#[test]
fn bans_are_told_from_windows() {
    assert_each(Limiter::python, &[("ban.py 5 3 4", Window(BAN, 5, 4.0))]);
    assert_each(
        Limiter::node,
        &[("flexible.mjs 6 2 4", Window(BAN, 6, 4.0))],
    );
}

#[test]
fn buckets_show_their_burst_and_their_rate() {
    assert_each(
        Limiter::python,
        &[
            ("nginx.py req 2r/s 5 nodelay", Bucket(6, 2.0)),
            ("throttled_rates.py gcra 6 3 6", Bucket(6, 2.0)),
        ],
    );
}

#[test]
fn the_governor_of_rust_is_a_bucket() {
    let quota = Quota::with_period(Duration::from_millis(400))
        .unwrap()
        .allow_burst(NonZero::new(7).unwrap());
    let governor = RateLimiter::direct(quota);
    let server = Fixture::new(move |_| match governor.check() {
        Ok(()) => reply("200 OK", "text/plain", "hello"),
        Err(_) => reply("429 Too Many Requests", "text/plain", "slow down"),
    });
    assert_identified(&[(server.url(), Bucket(7, 2.5))]);
}
