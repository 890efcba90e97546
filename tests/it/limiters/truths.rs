//! What the limiters are known to do, seen without the probe.

use crate::support::limiters::Limiter;

/// Asserts that a limiter at rest admits exactly so many requests in a row and refuses the next.
#[track_caller]
fn assert_admits(limiter: &Limiter, limit: usize, refusal: u16) {
    let mut expected = vec![200; limit];
    expected.push(refusal);
    assert_eq!(limiter.burst(limit + 1), expected);
}

#[test]
fn limiters_that_start_counting_with_the_first_request_admit_their_limit() {
    for words in [
        ["flask_limits.py", "fixed-window", "6 per 60 second"],
        ["flask_limits.py", "moving-window", "6 per 60 second"],
        ["slowapi_limits.py", "moving-window", "6 per 60 second"],
        ["pyrate_log.py", "6", "60"],
    ] {
        assert_admits(&Limiter::python(&words), 6, 429);
    }
    for kind in ["anon", "user", "scoped"] {
        assert_admits(
            &Limiter::python(&["drf_throttles.py", kind, "6/min"]),
            6,
            429,
        );
    }
    for words in [
        ["express.mjs", "6", "60000"],
        ["flexible.mjs", "6", "60"],
        ["fastify.mjs", "6", "60000"],
    ] {
        assert_admits(&Limiter::node(&words), 6, 429);
    }
}

#[test]
fn limiters_that_follow_the_clock_admit_at_most_two_limits_in_a_row() {
    for (words, refusal) in [
        (&["django_ratelimit_view.py", "6/m"][..], 403),
        (&["throttled_rates.py", "fixed_window", "6", "60", "6"], 429),
        (
            &["throttled_rates.py", "sliding_window", "6", "60", "6"],
            429,
        ),
    ] {
        let statuses = Limiter::python(words).burst(13);
        let admitted = statuses.iter().filter(|status| **status == 200).count();
        assert!((6..=12).contains(&admitted), "{words:?}: {statuses:?}");
        assert_eq!(statuses[12], refusal, "{words:?}: {statuses:?}");
    }
}

#[test]
fn buckets_admit_their_burst() {
    let gcra = Limiter::python(&["throttled_rates.py", "gcra", "1", "60", "6"]);
    assert_admits(&gcra, 6, 429);
    // The burst of nginx is what it admits beyond the first request.
    let nginx = Limiter::python(&["nginx.py", "req", "1r/m", "5", "nodelay"]);
    assert_admits(&nginx, 6, 503);
}

#[test]
fn a_ban_outlasts_the_window() {
    let ban = Limiter::python(&["ban.py", "3", "0", "60"]);
    // A window of no length never fills.
    assert_eq!(ban.burst(6), vec![200; 6]);
    let ban = Limiter::python(&["ban.py", "3", "60", "60"]);
    assert_admits(&ban, 3, 403);
}

#[test]
fn limits_on_requests_in_flight_never_refuse_one_caller() {
    for words in [
        ["in_flight.py", "1", "0.001"].as_slice(),
        &["nginx.py", "conn", "1", "0.001"],
    ] {
        assert_eq!(Limiter::python(words).burst(5), vec![200; 5], "{words:?}");
    }
}

#[test]
fn queues_delay_a_caller_that_they_do_not_refuse() {
    for words in [
        ["leaky_queue.py", "100", "3"].as_slice(),
        &["nginx.py", "req", "100r/s", "3"],
    ] {
        assert_eq!(Limiter::python(words).burst(5), vec![200; 5], "{words:?}");
    }
}

#[test]
fn limits_kept_in_redis_hold_too() {
    let words = [
        "flask_limits.py",
        "sliding-window-counter",
        "6 per 60 second",
        "--redis",
    ];
    assert_admits(&Limiter::python(&words), 6, 429);
    let words = "drf_throttles.py anon 6/60s --cache redis --workers 2";
    let words: Vec<_> = words.split(' ').collect();
    assert_admits(&Limiter::python(&words), 6, 429);
}

#[test]
fn workers_with_a_cache_each_admit_a_limit_each() {
    let words = "drf_throttles.py user 6/min --workers 2 --threads 1";
    let words: Vec<_> = words.split(' ').collect();
    let limiter = Limiter::python(&words);
    // Whichever is idle takes the next connection, and not evenly.
    let admitted = |statuses: Vec<u16>| statuses.iter().filter(|status| **status == 200).count();
    let total: usize = (0..200).map(|_| admitted(limiter.burst(1))).sum();
    assert_eq!(total, 12);
}
