//! `Retry-After`, judged by what happened: RFC 9110 §10.2.3 says what it means, the trace says whether it holds.

use serde_json::json;

use super::headers::Advertised;
use super::limits::{Algorithm, Finding, Limit};
use super::sample::{Outcome, Sample, Trace};

/// No client waits longer: a wait above it is a mistake of units or an epoch.
const ABSURD_S: f64 = 30.0 * 86_400.0;
/// How much later than told a request must be sent to have obeyed.
const OBEYED_S: f64 = 0.01;

/// What is wrong with the waits that refusals name. A missing or past one is found where the trace is identified.
pub fn judge_waits(trace: &Trace, limit: Option<&Limit>) -> Vec<Finding> {
    let refusals: Vec<(&Sample, Option<f64>)> = trace
        .samples
        .iter()
        .filter(|sample| sample.outcome == Outcome::Refused)
        .map(|sample| {
            let said = Advertised::read(sample, trace.header.started_unix_s + sample.received_s);
            let field = sample.header("retry-after").map(|_| said.retry_after_s);
            (sample, field.flatten())
        })
        .collect();
    let mut findings = Vec::new();
    findings.extend(unreadable(&refusals));
    findings.extend(absurd(&refusals, limit));
    findings.extend(lost(&refusals));
    findings.extend(too_short(trace, &refusals, limit));
    findings
}

fn unreadable(refusals: &[(&Sample, Option<f64>)]) -> Option<Finding> {
    let text = refusals
        .iter()
        .find_map(|(sample, wait)| sample.header("retry-after").filter(|_| wait.is_none()))?;
    Some(Finding::new(
        "retry-after-unreadable",
        "medium",
        format!("Retry-After is '{text}', neither a number of seconds nor an HTTP date"),
        json!({ "retry_after": text }),
    ))
}

fn absurd(refusals: &[(&Sample, Option<f64>)], limit: Option<&Limit>) -> Option<Finding> {
    let longest = refusals
        .iter()
        .filter_map(|(_, wait)| *wait)
        .fold(0.0, f64::max);
    // A window that was seen, and not read off the very header that is judged.
    let window = limit.and_then(|limit| {
        let observed = limit.interval.window_s.and_then(|(_, high)| high);
        observed.filter(|_| limit.algorithm != Some(Algorithm::Ban))
    });
    let too_long = window.is_some_and(|window| longest > window * 2.0 + 60.0);
    (longest > ABSURD_S || too_long).then(|| {
        let against = window.map_or_else(String::new, |window| {
            format!(", and a slot comes back within {window:.0} s")
        });
        Finding::new(
            "retry-after-absurd",
            "medium",
            format!("Retry-After names a wait of {longest:.0} s{against}"),
            json!({ "retry_after_s": longest, "window_s": window }),
        )
    })
}

/// Some refusals name a wait and some do not.
fn lost(refusals: &[(&Sample, Option<f64>)]) -> Option<Finding> {
    let named = refusals.iter().filter(|(_, wait)| wait.is_some()).count();
    let missing = refusals
        .iter()
        .filter(|(sample, _)| sample.header("retry-after").is_none())
        .count();
    (named > 0 && missing > 0).then(|| {
        Finding::new(
            "retry-after-lost",
            "medium",
            format!(
                "{missing} of {} refusals have no Retry-After: DRF leaves it out where a count holds more requests than \
                 its limit (two throttles of one scope with different rates, a rate that was lowered, a race)",
                refusals.len()
            ),
            json!({ "with": named, "without": missing }),
        )
    })
}

/// Who waits as long as told is refused again.
fn too_short(
    trace: &Trace,
    refusals: &[(&Sample, Option<f64>)],
    limit: Option<&Limit>,
) -> Option<Finding> {
    // Where a refused request starts the wait anew, only silence obeys.
    let refused_count = limit.is_some_and(|limit| {
        limit.counts_rejected == Some(true) || limit.algorithm == Some(Algorithm::Ban)
    });
    // Of several copies it may have been another one that refused, where a connection carries one request.
    let several = limit.is_some_and(|limit| limit.enforcers > 1);
    if several && trace.samples.iter().any(Sample::closes_connection) {
        return None;
    }
    refusals.iter().find_map(|(refusal, wait)| {
        let told = refusal.received_s + (*wait)?.max(0.0);
        let mut between = trace.samples.iter().filter(|sample| {
            sample.sent_s > refusal.sent_s && sample.connection == refusal.connection
        });
        let again = between.find(|sample| {
            sample.sent_s >= told + OBEYED_S || sample.outcome == Outcome::Accepted || refused_count
        })?;
        let obeyed = again.sent_s >= told + OBEYED_S && again.outcome == Outcome::Refused;
        obeyed.then(|| {
            Finding::new(
                "retry-after-too-short",
                "high",
                format!(
                    "whoever waits the {} s that Retry-After names is refused again",
                    wait.unwrap_or_default()
                ),
                json!({
                    "retry_after_s": wait,
                    "waited_s": again.sent_s - refusal.received_s,
                }),
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::Header;
    use super::*;

    fn trace(rows: &[(f64, u16, Option<&str>)]) -> Trace {
        let samples = rows
            .iter()
            .map(|&(at, status, wait)| Sample {
                sent_s: at,
                received_s: at + 0.001,
                outcome: if status == 429 {
                    Outcome::Refused
                } else {
                    Outcome::Accepted
                },
                status: Some(status),
                headers: wait
                    .map(|wait| ("retry-after".to_owned(), wait.to_owned()))
                    .into_iter()
                    .collect(),
                ..Sample::default()
            })
            .collect();
        Trace {
            header: Header::new("GET", "http://127.0.0.1/", "anon", 0.0),
            samples,
        }
    }

    fn found(rows: &[(f64, u16, Option<&str>)]) -> Vec<String> {
        let findings = judge_waits(&trace(rows), None);
        findings.into_iter().map(|finding| finding.id).collect()
    }

    #[test]
    fn a_wait_that_holds_is_not_a_finding() {
        let rows = [
            (0.0, 200, None),
            (0.1, 429, Some("2")),
            (1.9, 429, Some("1")),
            (2.2, 200, None),
        ];
        assert!(found(&rows).is_empty());
    }

    #[test]
    fn obeying_and_being_refused_again_is_a_short_wait() {
        let rows = [
            (0.0, 200, None),
            (0.1, 429, Some("1")),
            (1.2, 429, Some("1")),
        ];
        assert_eq!(found(&rows), ["retry-after-too-short"]);
        // The slot that came back was used up by somebody in between.
        let rows = [
            (0.0, 200, None),
            (0.1, 429, Some("1")),
            (1.2, 200, None),
            (1.3, 429, Some("1")),
        ];
        assert!(found(&rows).is_empty());
    }

    #[test]
    fn waits_that_are_missing_now_and_then_or_no_waits_at_all_are_named() {
        let rows = [(0.1, 429, Some("60")), (0.2, 429, None)];
        assert_eq!(found(&rows), ["retry-after-lost"]);
        assert_eq!(
            found(&[(0.1, 429, Some("soon"))]),
            ["retry-after-unreadable"]
        );
        assert_eq!(
            found(&[(0.1, 429, Some("1764259200"))]),
            ["retry-after-absurd"]
        );
    }
}
