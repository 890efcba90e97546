//! What passes for no limit and is none: servers that fall silent or answer otherwise instead of refusing, and replies
//! that no throttle has seen.

use crate::throttle::refusal::{before_the_throttle, is_success};
use crate::throttle::sample::{Outcome, Sample};

/// So many requests in a row without a reply are no accident.
const ROW: usize = 2;
/// One alone is none either after so long, seconds and times the longest that a reply took.
const LONG: (f64, f64) = (1.0, 5.0);
/// So many replies in a row to the end that are no success are a change for good.
const CHANGED: usize = 3;

/// Why a trace in which nothing was refused does not say that there is no limit.
pub(super) fn why(samples: &[Sample]) -> Option<String> {
    silent_at_the_end(samples)
        .or_else(|| none_succeeded(samples))
        .or_else(|| changed_for_good(samples))
}

fn silent_at_the_end(samples: &[Sample]) -> Option<String> {
    let trip = |sample: &Sample| sample.received_s - sample.sent_s;
    let answered = samples.iter().filter(|sample| sample.status.is_some());
    let longest = answered.map(trip).fold(0.0, f64::max);
    let silent = |sample: &&Sample| sample.status.is_none();
    let row = samples.iter().rev().take_while(silent).count();
    let hangs = |last: &Sample| trip(last) > LONG.0.max(LONG.1 * longest);
    if row < ROW && !(row == 1 && samples.last().is_some_and(hangs)) {
        return None;
    }
    Some(format!(
        "a server that answers to the end: the last of {} requests had no reply ({row} in a row), which may be its way to \
         refuse",
        samples.len()
    ))
}

fn none_succeeded(samples: &[Sample]) -> Option<String> {
    let accepted = || samples.iter().filter(|s| s.outcome == Outcome::Accepted);
    if accepted().all(is_from_behind) {
        return None;
    }
    let mut statuses: Vec<u16> = accepted().filter_map(|sample| sample.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let all = match statuses[..] {
        [] => return None,
        _ if statuses.iter().copied().any(is_success) => return None,
        [only] => {
            if let Some(why) = before_the_throttle(only) {
                return Some(why);
            }
            format!("every reply was {only}")
        }
        _ => format!(
            "the replies were {}",
            statuses
                .iter()
                .map(u16::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        ),
    };
    Some(format!(
        "a request that succeeds: {all}, and nothing shows that one came as far as a throttle"
    ))
}

/// Whether a view of Django REST framework's answered that had let the request past its throttles: it throttles before it
/// reads a body or looks for an object (`APIView.initial`), and puts `Allow` into every reply.
fn is_from_behind(sample: &Sample) -> bool {
    let found_fault = matches!(sample.status, Some(400 | 404 | 409 | 415 | 422));
    found_fault && sample.header("allow").is_some()
}

fn changed_for_good(samples: &[Sample]) -> Option<String> {
    let statuses = || samples.iter().filter_map(|sample| sample.status);
    let usual = statuses().find(|status| is_success(*status))?;
    let last = statuses().next_back()?;
    let row = statuses()
        .rev()
        .take_while(|status| !is_success(*status))
        .count();
    (row >= CHANGED).then(|| {
        format!(
            "what {last} means: it came {row} times in a row to the end, and {usual} before; if that is how refusals look, \
             `--reject-status {last}` says so"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many replies of each status, 10 ms each and 20 ms apart; the last may take longer.
    fn samples(parts: &[(usize, Option<u16>)], last_s: f64) -> Vec<Sample> {
        let statuses = parts
            .iter()
            .flat_map(|&(count, status)| std::iter::repeat_n(status, count));
        let mut samples: Vec<Sample> = statuses
            .zip(0_u32..)
            .map(|(status, index)| Sample {
                sent_s: 0.02 * f64::from(index),
                received_s: 0.02 * f64::from(index) + 0.01,
                outcome: match status {
                    Some(..500) => Outcome::Accepted,
                    _ => Outcome::Unknown,
                },
                status,
                ..Sample::default()
            })
            .collect();
        if let Some(last) = samples.last_mut() {
            last.received_s = last.sent_s + last_s;
        }
        samples
    }

    #[test]
    fn replies_that_no_throttle_has_seen_and_a_change_for_good_are_doubted() {
        let why = |parts: &[(usize, Option<u16>)]| why(&samples(parts, 0.01));
        let doubted = |parts, words| {
            let why = why(parts).unwrap();
            assert!(why.contains(words), "{why}");
        };
        doubted(
            &[(100, Some(401)), (1, Some(502)), (99, Some(401))],
            "every reply was 401",
        );
        doubted(
            &[(100, Some(401)), (1, None), (99, Some(401))],
            "every reply was 401",
        );
        doubted(&[(200, Some(400))], "every reply was 400");
        doubted(&[(9, Some(406)), (9, Some(404))], "404, 406");
        for status in [302, 400, 401, 402, 404, 430, 500] {
            let why = why(&[(20, Some(200)), (300, Some(status))]).unwrap();
            assert!(
                why.contains(&format!("what {status} means")) && why.contains("200"),
                "{why}"
            );
        }
        assert_eq!(
            why(&[(20, Some(200)), (30, Some(404)), (9, Some(204))]),
            None
        );
    }

    #[test]
    fn what_a_view_says_of_a_body_comes_from_behind_its_throttles() {
        for (status, doubted) in [(400, false), (404, false), (401, true), (405, true)] {
            let mut sent = samples(&[(50, Some(status))], 0.01);
            for sample in &mut sent {
                let allow = ("allow".to_owned(), "POST, OPTIONS".to_owned());
                sample.headers.push(allow);
            }
            assert_eq!(why(&sent).is_some(), doubted, "{status}");
        }
    }

    #[test]
    fn a_server_that_falls_silent_may_refuse_so() {
        let why = |parts: &[(usize, Option<u16>)], last_s| why(&samples(parts, last_s));
        assert_eq!(why(&[(50, Some(200))], 0.01), None);
        assert_eq!(why(&[(50, Some(200)), (1, None)], 0.01), None);
        assert!(why(&[(50, Some(200)), (1, None)], 30.0).is_some());
        let row = why(&[(50, Some(200)), (3, None)], 0.01).unwrap();
        assert!(row.contains("3 in a row"), "{row}");
        assert_eq!(
            why(&[(50, Some(200)), (3, None), (1, Some(200))], 0.01),
            None
        );
    }
}
