//! The probe against each of them: what it claims is what they are.

use std::num::NonZero;
use std::path::Path;
use std::time::Duration;

use governor::{Quota, RateLimiter};

use super::claims::Truth::{Bucket, Copies, InFlight, Stack, Window};
use super::claims::{Case, Truth, assert_identified, assert_no_overconfidence};
use crate::support::fixture::{Fixture, reply};
use crate::support::limiters::Limiter;

const FIRST: &str = "fixed_window_first_request";
const ALIGNED: &str = "fixed_window_aligned";
const LOG: &str = "sliding_log";
const COUNTER: &str = "sliding_window_counter";
const BAN: &str = "ban";

/// Limiters of `tests/limiters/` that run until this is dropped.
struct Zoo {
    limiters: Vec<Limiter>,
    cases: Vec<Case>,
}

impl Zoo {
    /// Starts each: a file with its arguments.
    fn new(lines: &[(&str, Truth)]) -> Self {
        let mut zoo = Self {
            limiters: Vec::new(),
            cases: Vec::new(),
        };
        for (line, truth) in lines {
            let words: Vec<_> = line.split_whitespace().collect();
            let limiter = if Path::new(words[0])
                .extension()
                .is_some_and(|kind| kind == "mjs")
            {
                Limiter::node(&words)
            } else {
                Limiter::python(&words)
            };
            zoo.cases.push(Case {
                name: (*line).to_owned(),
                url: limiter.url(),
                truth: *truth,
            });
            zoo.limiters.push(limiter);
        }
        zoo
    }
}

#[test]
fn throttles_of_django_are_identified() {
    let zoo = Zoo::new(&[
        ("drf_throttles.py anon 8/6s", Window(LOG, 8, 6.0)),
        ("drf_throttles.py user 12/5s", Window(LOG, 12, 5.0)),
        ("drf_throttles.py scoped 5/4s", Window(LOG, 5, 4.0)),
        (
            "drf_throttles.py anon 9/5s --cache redis --workers 2",
            Window(LOG, 9, 5.0),
        ),
        (
            "drf_throttles.py user 10/6s --cache redis",
            Window(LOG, 10, 6.0),
        ),
        (
            "drf_throttles.py anon 10/20s --workers 2 --threads 1",
            Copies(2, 10, 20.0),
        ),
        (
            "drf_throttles.py user 10/20s --workers 4",
            Copies(4, 10, 20.0),
        ),
        (
            "drf_throttles.py user 20/15s --workers 4 --threads 1",
            Copies(4, 20, 15.0),
        ),
        (
            "drf_throttles.py anon 9/6s --cache redis --workers 3 --threads 1",
            Window(LOG, 9, 6.0),
        ),
        (
            "drf_throttles.py anon 10/15s --workers 3 --server uwsgi",
            Copies(3, 10, 15.0),
        ),
        (
            "drf_throttles.py anon 10/1s --cache redis --workers 4 --threads 1",
            Window(LOG, 10, 1.0),
        ),
        ("django_ratelimit_view.py 8/5s", Window(ALIGNED, 8, 5.0)),
    ]);
    assert_identified(&zoo.cases);
}

/// Behind a proxy no connection sticks to a worker and none holds one: the waits that they name tell them apart.
#[test]
fn workers_behind_a_proxy_are_counted() {
    let zoo = Zoo::new(&[
        (
            "nginx.py before drf_throttles.py anon 10/15s --workers 4 --threads 1",
            Copies(4, 10, 15.0),
        ),
        (
            "nginx.py before drf_throttles.py user 20/12s --workers 2 --threads 1",
            Copies(2, 20, 12.0),
        ),
        (
            "nginx.py before drf_throttles.py anon 9/6s",
            Window(LOG, 9, 6.0),
        ),
    ]);
    assert_identified(&zoo.cases);
}

#[test]
fn limiters_of_other_frameworks_and_servers_are_identified() {
    let mut zoo = Zoo::new(&[
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
        ("express.mjs 10 4000 none", Window(FIRST, 10, 4.0)),
        ("express.mjs 10 4000 draft-8", Window(FIRST, 10, 4.0)),
        ("flexible.mjs 8 5", Window(FIRST, 8, 5.0)),
        ("fastify.mjs 8 4000", Window(FIRST, 8, 4.0)),
        ("ban.py 5 3 4", Window(BAN, 5, 4.0)),
        ("flexible.mjs 6 2 4", Window(BAN, 6, 4.0)),
        ("nginx.py req 2r/s 5 nodelay", Bucket(6, 2.0)),
        ("nginx.py conn 3 0.1", InFlight(3)),
        ("in_flight.py 5 0.1", InFlight(5)),
        ("throttled_rates.py gcra 6 3 6", Bucket(6, 2.0)),
    ]);
    let (governor, case) = governor();
    zoo.cases.push(case);
    assert_identified(&zoo.cases);
    drop(governor);
}

/// The governor of Rust: seven at once, then five every two seconds.
fn governor() -> (Fixture, Case) {
    let quota = Quota::with_period(Duration::from_millis(400))
        .unwrap()
        .allow_burst(NonZero::new(7).unwrap());
    let governor = RateLimiter::direct(quota);
    let server = Fixture::new(move |_| match governor.check() {
        Ok(()) => reply("200 OK", "text/plain", "hello"),
        Err(_) => reply("429 Too Many Requests", "text/plain", "slow down"),
    });
    let case = Case {
        name: "governor 7 2.5/s".to_owned(),
        url: server.url(),
        truth: Bucket(7, 2.5),
    };
    (server, case)
}

/// Limiters that are hard to tell from their neighbours within a minute: a guess is allowed, a sure one is not.
#[test]
fn no_sure_claim_about_a_hard_limiter_is_wrong() {
    let zoo = Zoo::new(&[
        (
            "throttled_rates.py fixed_window 6 5 6",
            Window(ALIGNED, 6, 5.0),
        ),
        (
            "throttled_rates.py sliding_window 6 5 6",
            Window(COUNTER, 6, 5.0),
        ),
        ("throttled_rates.py token_bucket 6 3 6", Bucket(6, 2.0)),
        ("throttled_rates.py leaking_bucket 5 5 4", Bucket(4, 1.0)),
        (
            "flask_limits.py sliding-window-counter 6/5second --redis",
            Window(COUNTER, 6, 5.0),
        ),
        // each refused request starts its window anew, as a ban that renews itself
        (
            "fastify.mjs 5 3000 --continue-exceeding",
            Window(BAN, 5, 3.0),
        ),
        ("ban.py 4 3 5 --renewing", Window(BAN, 4, 5.0)),
        // two limits at once: one of them alone is not the truth
        (
            "drf_throttles.py anon 4/3s+10/12s",
            Stack(&[Window(LOG, 4, 3.0), Window(LOG, 10, 12.0)]),
        ),
        (
            "pyrate_log.py 3 2 8 10",
            Stack(&[Window(LOG, 3, 2.0), Window(LOG, 8, 10.0)]),
        ),
    ]);
    assert_no_overconfidence(&zoo.cases);
}
