//! Identification against limiters in virtual time.

use apictl::throttle::identify;
use apictl::throttle::limits::{Algorithm, Evidence, Verdict};
use apictl::throttle::models::{Concurrency, FixedWindow, Model, SlidingLog, Stack, TokenBucket};
use apictl::throttle::probe::{Effort, Settings};
use apictl::throttle::sample::{Outcome, Trace, to_line};

use super::throttle_world::{Case, Dice, Noise, judge, run};
use super::throttle_zoo::{KINDS, draw};

fn log(limit: u64, window_s: f64, hints: bool) -> Case {
    let log = SlidingLog::new(limit.try_into().unwrap(), window_s, false);
    Case {
        kind: "sliding_log",
        algorithm: Algorithm::SlidingLog,
        model: Model::SlidingLog(log),
        limit,
        value: window_s,
        copies: (1, true),
        outer: None,
        noise: Noise {
            hints,
            ..Noise::default()
        },
    }
}

/// Runs of each kind in the fixed sample; the benchmark makes as many as it is told.
const RUNS: u64 = 4;
/// Kinds of which this many of the sample's runs may be answered wrongly or not at all; of the others none.
const MAY_MISS: [(&str, u64); 8] = [
    ("sliding_log_rejected", 1),
    ("stack_charged", 1),
    ("ban_renewed", 2),
    ("segments", 2),
    ("copies_mixed", 2),
    ("stack_free", 2),
    ("stack_clock", 2),
    ("stack_buckets", 1),
];

/// Kinds that are cheap to identify without a hint too.
const UNTOLD: [&str; 4] = ["sliding_log", "first_request", "aligned", "bucket"];

/// A small limiter of a kind.
fn sample(kind: &'static str, seed: u64) -> (Case, Dice) {
    let mut dice = Dice::new(seed * 101 + 7);
    let mut case = draw(kind, true, 30.0, &mut dice);
    while case.limit > 12 || case.copies.0 > 4 {
        case = draw(kind, true, 30.0, &mut dice);
    }
    case.noise.hints = seed > 0 || !UNTOLD.contains(&kind);
    case.noise.losses = if seed % 4 == 2 { 0.02 } else { 0.0 };
    (case, dice)
}

#[test]
fn a_fixed_sample_of_every_kind_is_named_rightly_and_never_wrongly_with_certainty() {
    let mut missed = Vec::new();
    for kind in KINDS {
        let mut wrong = 0;
        for seed in 0..RUNS {
            let (case, mut dice) = sample(kind, seed);
            let settings = Settings {
                max_time_s: 300.0,
                ..Settings::default()
            };
            let (found, _) = run(&case, settings, &mut dice);
            let right = if case.model == Model::Unlimited {
                found.verdict == Verdict::NotLimited
            } else {
                judge(&case, &found) == (true, true, true)
            };
            let certain = found.limits.iter().any(|claim| claim.confidence >= 0.95);
            assert!(right || !certain, "{:?}: {:?}", case.model, found.limits);
            wrong += u64::from(!right);
        }
        let may = MAY_MISS.iter().find(|(name, _)| *name == kind);
        if wrong > may.map_or(0, |(_, most)| *most) {
            missed.push((kind, wrong));
        }
    }
    assert_eq!(missed, [], "of {RUNS} runs each");
}

#[test]
fn a_thorough_probe_can_be_sure_and_is_right_then() {
    let (mut sure, mut all) = (0, 0);
    for kind in [
        "sliding_log",
        "sliding_log_rejected",
        "bucket",
        "counter_below",
    ] {
        for seed in 0..RUNS {
            let (case, mut dice) = sample(kind, seed);
            let settings = Settings {
                effort: Effort::Thorough,
                max_requests: 3_000,
                max_time_s: 3_000.0,
                ..Settings::default()
            };
            let (found, _) = run(&case, settings, &mut dice);
            let certain = found.limits.iter().any(|claim| claim.confidence >= 0.95);
            let right = judge(&case, &found) == (true, true, true);
            assert!(right || !certain, "{:?}: {:?}", case.model, found.limits);
            sure += u64::from(certain);
            all += 1;
        }
    }
    assert!(2 * sure >= all, "{sure} of {all} claims at 0.95 or more");
}

#[test]
fn a_sliding_log_that_names_its_wait_costs_its_count_and_one_window() {
    for (limit, window_s) in [(20, 60.0), (60, 30.0), (100, 900.0)] {
        let settings = Settings {
            max_time_s: 3_600.0,
            ..Settings::default()
        };
        let case = log(limit, window_s, true);
        let (found, probe) = run(&case, settings, &mut Dice::new(5));
        assert_eq!(judge(&case, &found), (true, true, true));
        let sent = probe.trace().samples.len() as u64;
        assert!(sent <= limit + 50, "{sent} requests for a limit of {limit}");
        let windows = found.elapsed_s / window_s;
        assert!(windows < 1.1, "{windows} windows");
    }
}

#[test]
fn a_small_budget_is_spent_before_there_is_no_limit() {
    for (limit, most) in [
        (10, 20),
        (10, 30),
        (20, 30),
        (50, 52),
        (50, 60),
        (50, 70),
        (50, 100),
    ] {
        let settings = Settings {
            max_requests: most,
            ..Settings::default()
        };
        let (found, probe) = run(&log(limit, 60.0, true), settings, &mut Dice::new(3));
        assert_eq!(found.verdict, Verdict::Limited, "{most}: {found:?}");
        assert_eq!(found.limits[0].limit, Some(limit), "{most}: {found:?}");
        assert!(probe.trace().samples.len() <= most);
    }
}

#[test]
fn refusals_that_overtake_what_was_let_in_make_no_copies_of_one_limiter() {
    let window = FixedWindow::from_first_request(60, 60.0);
    let mut first = Case {
        algorithm: Algorithm::FixedWindowFirstRequest,
        model: Model::FixedWindow(window),
        ..log(60, 60.0, false)
    };
    let mut drf = Case {
        kind: "stack_charged",
        ..log(60, 60.0, true)
    };
    for case in [&mut first, &mut drf] {
        case.noise.work_s = 0.2;
        let (found, probe) = run(case, Settings::default(), &mut Dice::new(3));
        assert_eq!(judge(case, &found), (true, true, true), "{found:?}");
        let many = probe.trace().samples.iter().filter(|s| s.connection >= 100);
        assert!(many.count() > 0, "no request had another beside it");
    }
}

#[test]
fn a_bucket_that_refills_faster_than_one_caller_sends_is_no_limit_in_flight() {
    for (burst, rate, trip_s) in [(20, 50.0, 0.06), (20, 100.0, 0.03), (21, 10.0, 0.14)] {
        let mut case = Case {
            kind: "bucket",
            algorithm: Algorithm::TokenBucket,
            model: Model::TokenBucket(TokenBucket::new(burst as f64, rate)),
            value: rate,
            ..log(burst, 1.0, false)
        };
        case.noise.delay_s = (0.9 * trip_s, 1.1 * trip_s);
        let (found, _) = run(&case, Settings::default(), &mut Dice::new(2));
        let claim = &found.limits[0];
        assert_eq!(claim.algorithm, Some(Algorithm::TokenBucket), "{found:?}");
        let [most, refill] = [claim.burst.unwrap() as f64, claim.rate_per_s.unwrap()];
        assert!((most / burst as f64 - 1.0).abs() < 0.2, "{found:?}");
        assert!((refill / rate - 1.0).abs() < 0.4, "{found:?}");
        assert!(claim.confidence <= 0.5, "{found:?}");
    }
}

#[test]
fn a_limit_in_flight_lets_in_as_many_again_at_once() {
    let mut case = log(5, 1.0, false);
    case.algorithm = Algorithm::Concurrency;
    case.model = Model::Concurrency(Concurrency::new(5, 0.1));
    let (found, _) = run(&case, Settings::default(), &mut Dice::new(2));
    assert_eq!(judge(&case, &found), (true, true, true), "{found:?}");
    let claim = &found.limits[0];
    assert_eq!(claim.evidence.algorithm, Some(Evidence::Inferred));
    assert_eq!(claim.alternatives[0].algorithm, Algorithm::TokenBucket);
}

#[test]
fn copies_behind_a_server_that_answers_at_once_are_all_looked_for() {
    for (copies, seed) in [(2, 1), (3, 2), (4, 3), (4, 4)] {
        let mut case = log(10, 15.0, true);
        case.kind = "copies_sticky";
        case.copies = (copies, true);
        case.noise.delay_s = (5e-5, 2e-4);
        let (found, _) = run(&case, Settings::default(), &mut Dice::new(seed));
        assert_eq!(
            judge(&case, &found),
            (true, true, true),
            "{:?}",
            found.limits
        );
    }
}

#[test]
fn a_limit_of_a_day_costs_its_count_and_names_the_window_that_the_server_does() {
    let (found, probe) = run(
        &log(100, 86_400.0, true),
        Settings::default(),
        &mut Dice::new(1),
    );
    assert_eq!(found.verdict, Verdict::Limited);
    assert_eq!(found.limits[0].rate.as_deref(), Some("100/day"));
    assert_eq!(found.limits[0].evidence.window, Some(Evidence::Advertised));
    assert!(
        found.limits[0].confidence < 0.95,
        "the algorithm was not seen"
    );
    // The limit, the first refusal, and one request on each of eight new connections.
    assert!(probe.trace().samples.len() <= 114);
    assert!(found.settles.is_some());
}

/// Two logs that each count what the other refuses, as in Django REST framework.
fn two_logs(narrow: (u64, f64), wide: (u64, f64), hints: bool) -> Case {
    let logs = [narrow, wide].map(|(limit, window_s)| {
        Model::SlidingLog(SlidingLog::new(limit.try_into().unwrap(), window_s, false))
    });
    Case {
        kind: "stack_charged",
        model: Model::Stack(Stack::new(logs.to_vec(), true)),
        outer: Some(wide),
        ..log(narrow.0, narrow.1, hints)
    }
}

#[test]
fn a_wide_limit_that_the_probe_used_up_is_told_by_its_wait_and_does_not_have_to_open_again() {
    for seed in 0..6 {
        let case = two_logs((3, 10.0), (9, 3_600.0), true);
        let (found, _) = run(&case, Settings::default(), &mut Dice::new(seed));
        assert_eq!(judge(&case, &found), (true, true, true), "{found:?}");
        assert!(found.elapsed_s < 15.0);
    }
}

#[test]
fn what_django_rest_framework_names_is_believed_where_it_is_not_round() {
    let one = Case {
        kind: "stack_charged",
        ..log(91, 49.0, true)
    };
    let two = two_logs((5, 3.0), (10, 9.0), true);
    for (case, limits) in [(one, 1), (two, 2)] {
        let (found, _) = run(&case, Settings::default(), &mut Dice::new(4));
        assert_eq!(judge(&case, &found), (true, true, true), "{found:?}");
        assert_eq!(found.limits.len(), limits);
    }
}

#[test]
fn a_narrow_limit_that_the_first_knocks_hid_is_looked_for_before_the_wide_one_is_claimed() {
    let mut right = 0;
    for (narrow, wide) in [((3, 1.0), (9, 30.0)), ((5, 1.0), (20, 60.0))] {
        for seed in 0..4 {
            let case = two_logs(narrow, wide, false);
            let settings = Settings {
                max_time_s: 300.0,
                ..Settings::default()
            };
            let (found, _) = run(&case, settings, &mut Dice::new(seed));
            let sure = found.limits[0].confidence >= 0.9;
            assert!(!sure || found.limits.len() == 2, "{:?}", found.limits);
            right += u32::from(judge(&case, &found) == (true, true, true));
        }
    }
    assert!(right >= 4, "{right} of 8");
}

#[test]
fn of_a_key_that_was_in_use_before_nothing_wrong_is_claimed_surely() {
    for seed in [1, 3, 5, 7] {
        let mut dice = Dice::new(seed);
        let mut case = draw("first_request", true, 30.0, &mut dice);
        case.noise.used = 0.1 + 0.1 * seed as f64;
        let (found, _) = run(&case, Settings::default(), &mut dice);
        let sure = found.limits.iter().any(|claim| claim.confidence >= 0.8);
        let right = judge(&case, &found) == (true, true, true);
        assert!(right || !sure, "{:?}: {:?}", case.model, found.limits);
    }
}

#[test]
fn a_key_that_was_used_up_is_identified_once_its_quota_is_back() {
    for seed in 1..4 {
        let window = FixedWindow::from_first_request(10, 10.0);
        let mut case = Case {
            algorithm: Algorithm::FixedWindowFirstRequest,
            model: Model::FixedWindow(window),
            ..log(10, 10.0, seed > 1)
        };
        case.noise.used = 1.0;
        let (found, probe) = run(&case, Settings::default(), &mut Dice::new(seed));
        assert_eq!(probe.trace().samples[0].outcome, Outcome::Refused);
        assert_eq!(judge(&case, &found), (true, true, true), "{found:?}");
        assert!(found.findings.iter().any(|it| it.id == "key-already-used"));
        assert!(found.limits[0].confidence <= 0.5);
    }
}

#[test]
fn of_a_key_that_somebody_else_uses_too_most_is_named_rightly_or_said_to_be_shared() {
    let (mut right, mut all) = (0, 0);
    for kind in UNTOLD {
        for seed in 1..4 {
            let (mut case, mut dice) = sample(kind, seed);
            case.noise.hidden = 0.05;
            let (found, _) = run(&case, Settings::default(), &mut dice);
            let said = found
                .findings
                .iter()
                .any(|finding| finding.id.starts_with("key-") || finding.id == "no-known-model");
            right += u32::from(said || judge(&case, &found) == (true, true, true));
            all += 1;
        }
    }
    assert!(5 * right >= 4 * all, "{right} of {all}");
}

#[test]
fn a_quick_probe_is_one_request_above_the_limit() {
    let settings = Settings {
        effort: Effort::Quick,
        ..Settings::default()
    };
    let (found, probe) = run(&log(50, 3_600.0, true), settings, &mut Dice::new(2));
    assert_eq!(found.limits[0].rate.as_deref(), Some("50/hour"));
    assert_eq!(probe.trace().samples.len(), 51);
}

#[test]
fn a_trace_replays_to_the_same_answer() {
    let (found, probe) = run(&log(5, 10.0, false), Settings::default(), &mut Dice::new(3));
    let mut text = to_line(&probe.trace().header).unwrap();
    for sample in &probe.trace().samples {
        text += &format!("\n{}", to_line(sample).unwrap());
    }
    assert_eq!(identify(&Trace::parse(&text).unwrap()), found);
    assert_eq!(found.limits[0].algorithm, Some(Algorithm::SlidingLog));
    assert_eq!(found.limits[0].evidence.algorithm, Some(Evidence::Observed));
}

#[test]
fn without_a_limit_nothing_is_claimed() {
    let mut case = log(1, 1.0, false);
    case.model = Model::Unlimited;
    let settings = Settings {
        max_requests: 200,
        ..Settings::default()
    };
    let (found, probe) = run(&case, settings, &mut Dice::new(4));
    assert_eq!(found.verdict, Verdict::NotLimited);
    assert!(found.limits.is_empty());
    assert!(probe.trace().samples.len() <= 200);
}
