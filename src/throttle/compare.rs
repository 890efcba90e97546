//! An expectation against what was measured.

use serde::{Deserialize, Serialize};

use super::limits::{Algorithm, Evidence, Identified, Limit, Verdict};
use crate::rate::Rate;

/// What a limit is meant to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The rates, tightest first; empty means that there is no limit.
    pub rates: Vec<Rate>,
    /// The algorithm, where it matters.
    pub algorithm: Option<Algorithm>,
}

/// How a comparison ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// As expected.
    Pass,
    /// Otherwise.
    Fail,
    /// The probe cannot say.
    Inconclusive,
    /// The probe could not be carried out.
    Error,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// How it ended.
    pub status: Status,
    /// The rate measured, or what else was seen.
    pub measured: Option<String>,
    /// One sentence.
    pub message: String,
}

/// Whether a measurement is what was expected.
pub fn compare(expected: &Expectation, found: &Identified) -> Comparison {
    let Some(rate) = expected.rates.first() else {
        return against_no_limit(found);
    };
    let answered = found.requests.accepted + found.requests.rejected;
    if answered == 0 {
        return outcome(Status::Error, None, "no request was answered".to_owned());
    }
    let Some(limit) = found.limits.first() else {
        let accepted = found.requests.accepted;
        if accepted > rate.limit {
            return outcome(
                Status::Fail,
                Some("no limit".to_owned()),
                format!("{accepted} requests passed, {rate} expected"),
            );
        }
        return outcome(
            Status::Inconclusive,
            None,
            found
                .settles
                .clone()
                .unwrap_or_else(|| format!("only {accepted} requests were answered")),
        );
    };
    let measured = Some(measured_rate(limit));
    if let Some(used) = found.findings.iter().find(|f| f.id == "key-already-used") {
        let passed = limit.limit.is_some_and(|seen| seen > rate.limit);
        let status = if passed {
            Status::Fail
        } else {
            Status::Inconclusive
        };
        return outcome(status, measured, used.message.clone());
    }
    if let Some(message) = count_differs(rate, limit) {
        return outcome(Status::Fail, measured, message);
    }
    match window_differs(rate, limit) {
        Some((Status::Pass, _)) => {}
        Some((status, message)) => return outcome(status, measured, message),
        None => {
            return outcome(
                Status::Inconclusive,
                measured,
                "the count is as expected; the window was neither seen nor named".to_owned(),
            );
        }
    }
    if found.verdict == Verdict::Inconclusive {
        let why = found.settles.clone().unwrap_or_default();
        return outcome(Status::Inconclusive, measured, why);
    }
    match expected.algorithm {
        Some(algorithm) if limit.algorithm != Some(algorithm) => {
            algorithm_differs(algorithm, limit, measured)
        }
        _ => outcome(Status::Pass, measured, String::new()),
    }
}

fn outcome(status: Status, measured: Option<String>, message: String) -> Comparison {
    Comparison {
        status,
        measured,
        message,
    }
}

fn against_no_limit(found: &Identified) -> Comparison {
    match (found.verdict, found.limits.first()) {
        (_, Some(limit)) => outcome(
            Status::Fail,
            Some(measured_rate(limit)),
            "no limit was expected".to_owned(),
        ),
        (Verdict::NotLimited, None) => {
            outcome(Status::Pass, Some("no limit".to_owned()), String::new())
        }
        _ => outcome(
            Status::Inconclusive,
            None,
            found.settles.clone().unwrap_or_default(),
        ),
    }
}

/// The rate as the caller meets it: of all copies together.
fn measured_rate(limit: &Limit) -> String {
    if limit.enforcers > 1 {
        return format!("{} x {}", limit.enforcers, limit.words());
    }
    limit.rate.clone().unwrap_or_else(|| limit.words())
}

fn count_differs(rate: &Rate, limit: &Limit) -> Option<String> {
    if limit.enforcers > 1 {
        let each = limit.limit.unwrap_or_default();
        return Some(format!(
            "{} copies do not share the count: {} requests pass where {} are meant to",
            limit.enforcers,
            each * limit.enforcers,
            rate.limit
        ));
    }
    let seen = limit.limit.or(limit.burst)?;
    (seen != rate.limit).then(|| format!("{seen} requests passed, {rate} expected"))
}

fn window_differs(rate: &Rate, limit: &Limit) -> Option<(Status, String)> {
    let seen = match (limit.window_s, limit.burst, limit.rate_per_s) {
        (Some(window), ..) => window,
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of requests are far below 2^52"
        )]
        (None, Some(burst), Some(per_s)) => burst as f64 / per_s,
        _ => return None,
    };
    let expected = rate.window_s();
    if (seen / expected - 1.0).abs() <= 0.05 {
        return Some((Status::Pass, String::new()));
    }
    let told = match limit.evidence.window {
        Some(Evidence::Advertised) => "the server names",
        _ => "it is",
    };
    Some((
        Status::Fail,
        format!("a window of {expected} s was expected, {told} {seen} s"),
    ))
}

fn algorithm_differs(expected: Algorithm, limit: &Limit, measured: Option<String>) -> Comparison {
    let possible = limit
        .alternatives
        .iter()
        .any(|other| other.algorithm == expected && other.probability >= 0.02);
    let seen = limit
        .algorithm
        .map_or("none that is known", Algorithm::name);
    let (status, message) = if possible {
        (
            Status::Inconclusive,
            format!("{} was expected, {seen} is likelier", expected.name()),
        )
    } else {
        (
            Status::Fail,
            format!("{} was expected, it is {seen}", expected.name()),
        )
    };
    outcome(status, measured, message)
}

#[cfg(test)]
mod tests {
    use super::super::limits::{Claim, Tally};
    use super::*;

    fn found(limit: Option<Limit>, accepted: u64) -> Identified {
        Identified {
            verdict: if limit.is_some() {
                Verdict::Limited
            } else {
                Verdict::NotLimited
            },
            limits: limit.into_iter().collect(),
            rejection: None,
            advertised: Claim::default(),
            findings: Vec::new(),
            settles: None,
            requests: Tally {
                sent: accepted,
                accepted,
                rejected: 0,
                errors: 0,
            },
            elapsed_s: 1.0,
        }
    }

    fn limit(count: u64, window_s: f64) -> Limit {
        let mut limit = Limit::unknown();
        limit.set_window(count, window_s);
        limit.algorithm = Some(Algorithm::SlidingLog);
        limit
    }

    fn expect(text: &str) -> Expectation {
        Expectation {
            rates: vec![text.parse().unwrap()],
            algorithm: None,
        }
    }

    #[test]
    fn the_same_rate_passes_and_any_other_fails() {
        let status = |limit| compare(&expect("100/day"), &found(limit, 116)).status;
        assert_eq!(status(Some(limit(100, 86_400.0))), Status::Pass);
        assert_eq!(status(Some(limit(99, 86_400.0))), Status::Fail);
        assert_eq!(status(Some(limit(100, 60.0))), Status::Fail);
        assert_eq!(status(None), Status::Fail, "the throttle was removed");
    }

    #[test]
    fn copies_that_do_not_share_a_count_fail() {
        let mut copies = limit(100, 86_400.0);
        copies.enforcers = 4;
        let comparison = compare(&expect("100/day"), &found(Some(copies), 400));
        assert_eq!(comparison.status, Status::Fail);
        assert!(
            comparison.message.contains("400 requests"),
            "{}",
            comparison.message
        );
    }

    #[test]
    fn an_unseen_window_is_inconclusive() {
        let mut unseen = Limit::unknown();
        unseen.limit = Some(100);
        let comparison = compare(&expect("100/day"), &found(Some(unseen), 100));
        assert_eq!(comparison.status, Status::Inconclusive);
    }
}
