//! Verdicts on what trials may see.

use super::super::super::sample::{Outcome, Sample};
use super::super::demands::{Forwarding, Neighbour};
use super::super::seen::CameBack;
use super::*;

fn demands(rates: &[&str]) -> Demands {
    Demands {
        rates: rates.iter().map(|rate| rate.parse().unwrap()).collect(),
        forwarded: Forwarding::Ignored,
        algorithm: None,
        proxies: 0,
        retry_after: true,
        race_forbidden: false,
        sample: false,
        neighbours: Vec::new(),
    }
}

fn sample(at: f64, status: u16, retry_after: Option<&str>) -> Sample {
    Sample {
        sent_s: at,
        received_s: at + 0.002,
        outcome: if status == 429 {
            Outcome::Refused
        } else {
            Outcome::Accepted
        },
        status: Some(status),
        headers: retry_after
            .map(|value| ("retry-after".to_owned(), value.to_owned()))
            .into_iter()
            .collect(),
        ..Sample::default()
    }
}

/// So many passed, and then one was refused half a second after the first.
fn seen(accepted: u64, retry_after: Option<&str>) -> Seen {
    Seen {
        accepted,
        first: Some(sample(0.0, 200, None)),
        refusal: Some(sample(0.5, 429, retry_after)),
        in_a_window: accepted,
        status: Some(200),
        ..Seen::default()
    }
}

fn status(demands: &Demands, seen: &Seen) -> Status {
    judge(demands, seen).status
}

#[test]
fn the_count_and_the_window_must_be_those_expected() {
    let day = demands(&["100/day"]);
    assert_eq!(status(&day, &seen(100, Some("86400"))), Status::Pass);
    assert_eq!(status(&day, &seen(99, Some("86400"))), Status::Fail);
    assert_eq!(status(&day, &seen(100, Some("60"))), Status::Fail);
    assert_eq!(
        status(&demands(&["10/30d"]), &seen(10, Some("60"))),
        Status::Fail
    );
    assert_eq!(
        judge(&demands(&["10/30d"]), &seen(10, Some("60")))
            .measured
            .as_deref(),
        Some("10/min")
    );
}

#[test]
fn a_lost_retry_after_fails_unless_it_is_optional() {
    let mut day = demands(&["100/day"]);
    let judged = judge(&day, &seen(100, None));
    assert_eq!(judged.status, Status::Fail);
    assert!(judged.message.contains("Retry-After"), "{}", judged.message);
    day.retry_after = false;
    assert_eq!(status(&day, &seen(100, None)), Status::Inconclusive);
}

#[test]
fn more_than_expected_fails_and_says_what_it_is() {
    let day = demands(&["100/day"]);
    let mut looser = seen(101, Some("86400"));
    looser.over = Some(Over {
        accepted: 1_000,
        refused: true,
        after_refusal: 0,
    });
    let judged = judge(&day, &looser);
    assert_eq!(
        (judged.status, judged.measured.as_deref()),
        (Status::Fail, Some("1000/day"))
    );
    looser.over = Some(Over {
        accepted: 400,
        refused: true,
        after_refusal: 60,
    });
    assert_eq!(
        judge(&day, &looser).measured.as_deref(),
        Some("4 x 100/day")
    );
    looser.refusal = None;
    looser.over = Some(Over {
        accepted: 1_060,
        refused: false,
        after_refusal: 0,
    });
    assert_eq!(
        judge(&day, &looser).measured.as_deref(),
        Some("no limit in 1060 requests")
    );
}

#[test]
fn replies_from_before_the_throttle_are_an_error() {
    for redirected in [301, 401, 404] {
        let nothing = Seen {
            accepted: 1,
            status: Some(redirected),
            ..Seen::default()
        };
        assert_eq!(
            status(&demands(&["5/min"]), &nothing),
            Status::Error,
            "{redirected}"
        );
    }
}

#[test]
fn forwarding_neighbours_and_crowds_each_fail_a_check() {
    let mut minute = demands(&["10/min"]);
    let mut found = seen(10, Some("60"));
    assert_eq!(status(&minute, &found), Status::Pass);
    found.forwarded = vec!["x-forwarded-for".to_owned()];
    assert_eq!(status(&minute, &found), Status::Fail);
    assert!(judge(&minute, &found).message.contains("NUM_PROXIES"));
    minute.forwarded = Forwarding::Unsaid;
    assert_eq!(status(&minute, &found), Status::Pass);
    assert!(judge(&minute, &found).message.contains("NUM_PROXIES"));
    found.forwarded.clear();
    minute.neighbours = vec![Neighbour {
        name: "uploads".to_owned(),
        shares: false,
    }];
    found.neighbours = vec![Some(true)];
    assert_eq!(status(&minute, &found), Status::Fail);
    found.neighbours = vec![Some(false)];
    found.crowd = Some(Race {
        sequential: 10,
        sent: 40,
        accepted: 31,
        allowed: 10,
        concurrency: 32,
        took_s: 0.1,
    });
    assert!(
        judge(&minute, &found)
            .message
            .contains("race-over-admission")
    );
}

#[test]
fn a_second_limit_may_charge_what_the_first_refused() {
    let both = demands(&["3/s", "10/min"]);
    let mut found = seen(3, Some("1"));
    let refused = |accepted: u64, wait: Option<&str>| {
        Some(Outer::Refused {
            accepted,
            refused: 1,
            refusal: Box::new(sample(4.0, 429, wait)),
        })
    };
    for (accepted, wait, expected) in [
        (10, Some("56"), Status::Pass),
        (9, Some("56"), Status::Pass),
        (8, Some("56"), Status::Fail),
        // ten an hour, and nobody can tell
        (10, Some("3596"), Status::Fail),
        (10, None, Status::Inconclusive),
    ] {
        found.outer = refused(accepted, wait);
        assert_eq!(status(&both, &found), expected, "{accepted}, {wait:?}");
    }
    found.outer = Some(Outer::TooFar(3_000.0));
    assert_eq!(status(&both, &found), Status::Inconclusive);
}

/// A refusal of Django REST framework's.
fn throttled(at: f64, wait_s: u32) -> Sample {
    let mut refusal = sample(at, 429, Some(&wait_s.to_string()));
    refusal.body = Some(format!(
        "{{\"detail\":\"Request was throttled. Expected available in {wait_s} seconds.\"}}"
    ));
    refusal
}

#[test]
fn a_key_in_use_is_not_a_lower_limit() {
    for (passed, wait_s, expected) in [
        (60, 40_000, Status::Inconclusive),
        // somebody asked once, ten seconds before
        (99, 86_390, Status::Inconclusive),
        (99, 86_400, Status::Fail),
    ] {
        let mut used = seen(passed, None);
        used.refusal = Some(throttled(0.5, wait_s));
        assert_eq!(status(&demands(&["100/day"]), &used), expected, "{wait_s}");
    }
}

#[test]
fn a_window_that_nobody_saw_is_not_the_one_expected_whatever_the_status_is() {
    let minute = demands(&["5/min"]);
    let mut found = seen(5, None);
    found.refusal = Some(sample(0.5, 403, None));
    assert_eq!(status(&minute, &found), Status::Inconclusive);
    found.came_back = Some(CameBack::InTime);
    assert_eq!(status(&minute, &found), Status::Pass);
    found.came_back = Some(CameBack::Late);
    assert_eq!(status(&minute, &found), Status::Fail);
}

#[test]
fn no_limit_is_not_what_comes_from_before_it() {
    let mut found = seen(100, None);
    found.refusal = None;
    assert_eq!(status(&demands(&[]), &found), Status::Pass);
    for before in [301, 401, 403, 404] {
        found.status = Some(before);
        assert_eq!(status(&demands(&[]), &found), Status::Error, "{before}");
    }
}

#[test]
fn a_race_that_was_not_run_or_that_nobody_took_part_in_proves_nothing() {
    let mut minute = demands(&["10/min"]);
    minute.race_forbidden = true;
    let mut found = seen(10, Some("60"));
    assert_eq!(status(&minute, &found), Status::Inconclusive);
    for (accepted, expected) in [
        (4, Status::Inconclusive),
        (10, Status::Pass),
        (12, Status::Fail),
    ] {
        found.crowd = Some(Race {
            sequential: 10,
            sent: 40,
            accepted,
            allowed: 10,
            concurrency: 32,
            took_s: 0.1,
        });
        assert_eq!(status(&minute, &found), expected, "{accepted}");
    }
}

#[test]
fn a_neighbour_that_no_throttle_sees_says_nothing() {
    for shares in [true, false] {
        let mut minute = demands(&["10/min"]);
        minute.neighbours.push(Neighbour {
            name: "/api/other".to_owned(),
            shares,
        });
        let mut found = seen(10, Some("60"));
        for (answer, expected) in [
            (None, Status::Inconclusive),
            (Some(shares), Status::Pass),
            (Some(!shares), Status::Fail),
        ] {
            found.neighbours = vec![answer];
            assert_eq!(status(&minute, &found), expected, "{shares}, {answer:?}");
        }
    }
}

#[test]
fn of_several_policies_the_one_that_refused_is_compared() {
    let mut found = seen(10, Some("1"));
    let mut refusal = sample(0.2, 429, Some("1"));
    for (name, value) in [
        ("ratelimit-policy", "10;w=1, 50;w=60"),
        ("ratelimit-limit", "10"),
        ("ratelimit-remaining", "0"),
    ] {
        refusal.headers.push((name.to_owned(), value.to_owned()));
    }
    found.refusal = Some(refusal);
    assert_eq!(status(&demands(&["10/s"]), &found), Status::Pass);
    assert_eq!(status(&demands(&["10/min"]), &found), Status::Fail);
}
