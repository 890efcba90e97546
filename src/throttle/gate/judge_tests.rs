//! Verdicts on what trials may see.

use super::super::super::sample::{Outcome, Sample};
use super::super::demands::{Forwarding, Neighbour};
use super::*;

fn demands(rates: &[&str]) -> Demands {
    Demands {
        rates: rates.iter().map(|rate| rate.parse().unwrap()).collect(),
        forwarded: Forwarding::Ignored,
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
        connection: 0,
        headers: retry_after
            .map(|value| ("retry-after".to_owned(), value.to_owned()))
            .into_iter()
            .collect(),
        body: None,
        error: None,
        dropped: false,
        closes: false,
        held: None,
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
    for (accepted, expected) in [(10, Status::Pass), (9, Status::Pass), (8, Status::Fail)] {
        found.outer = Some(Outer::Refused {
            accepted,
            refused: 1,
        });
        assert_eq!(status(&both, &found), expected, "{accepted}");
    }
    found.outer = Some(Outer::TooFar(3_000.0));
    assert_eq!(status(&both, &found), Status::Inconclusive);
}

#[test]
fn a_key_in_use_is_not_a_lower_limit() {
    let mut used = seen(60, None);
    let mut refusal = sample(0.5, 429, Some("40000"));
    refusal.body = Some(
        "{\"detail\":\"Request was throttled. Expected available in 40000 seconds.\"}".to_owned(),
    );
    used.refusal = Some(refusal);
    assert_eq!(status(&demands(&["100/day"]), &used), Status::Inconclusive);
}
