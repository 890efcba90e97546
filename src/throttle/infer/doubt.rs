//! What passes for no limit and is none: servers that fall silent instead of refusing.

use crate::throttle::sample::Sample;

/// So many requests in a row without a reply are no accident.
const ROW: usize = 2;
/// One alone is none either after so long, seconds and times the longest that a reply took.
const LONG: (f64, f64) = (1.0, 5.0);

/// Why a trace in which nothing was refused does not say that there is no limit.
pub(super) fn why(samples: &[Sample]) -> Option<String> {
    silent_at_the_end(samples)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::throttle::sample::Outcome;

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
                connection: 0,
                headers: Vec::new(),
                body: None,
                error: None,
                dropped: false,
                closes: false,
                held: None,
            })
            .collect();
        if let Some(last) = samples.last_mut() {
            last.received_s = last.sent_s + last_s;
        }
        samples
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
