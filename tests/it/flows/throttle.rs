//! Identification against limiters in virtual time.

use apictl::throttle::identify;
use apictl::throttle::limits::{Algorithm, Evidence, Verdict};
use apictl::throttle::models::{Model, SlidingLog};
use apictl::throttle::probe::{Effort, Settings};
use apictl::throttle::sample::{Trace, to_line};

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

#[test]
fn no_kind_of_limiter_is_named_wrongly_with_certainty() {
    let mut right = 0;
    for kind in KINDS {
        let mut dice = Dice::new(7);
        let mut case = draw(kind, true, 30.0, &mut dice);
        while case.limit > 20 {
            case = draw(kind, true, 30.0, &mut dice);
        }
        let settings = Settings {
            max_time_s: 600.0,
            ..Settings::default()
        };
        let (found, _) = run(&case, settings, &mut dice);
        let Some(claim) = found.limits.first() else {
            let none = case.model == Model::Unlimited && found.verdict == Verdict::NotLimited;
            right += u32::from(none);
            continue;
        };
        let all = judge(&case, &found) == (true, true, true);
        assert!(
            all || claim.confidence < 0.95,
            "{} {:?}: {claim:?}",
            case.kind,
            case.model
        );
        right += u32::from(all);
    }
    assert!(right >= 15, "{right} of 19");
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
    assert!(probe.trace().samples.len() <= 109);
    assert!(found.settles.is_some());
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
