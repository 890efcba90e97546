//! Do many at once get more than one after another?
//!
//! Django REST framework reads its history, checks it and writes it back, in three steps: requests that come
//! together read the same history, and each adds only itself to it.

use serde::Serialize;
use serde_json::json;

use super::super::limits::Finding;
use super::super::sample::{Outcome, Sample};
use super::super::shots::{Line, Shots, Stop};
use super::ask::Known;
use crate::http::Request;

/// What a crowd got.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Race {
    /// Requests that pass one after another.
    pub sequential: u64,
    /// Requests of the crowd.
    pub sent: u64,
    /// Those of them that passed.
    pub accepted: u64,
    /// The most that a sound limiter lets through in the time that it took.
    pub allowed: u64,
    /// In flight at a time.
    pub concurrency: usize,
    /// From the first request to the last reply, seconds.
    pub took_s: f64,
}

impl Race {
    /// The finding, where more passed than should.
    pub fn finding(&self) -> Option<Finding> {
        (self.accepted > self.allowed).then(|| {
            Finding::new(
                "race-over-admission",
                "high",
                format!(
                    "{} requests pass one after another, {} of {} with {} at once: the count is read and written in two \
                     steps, and requests in between are not seen; a throttle that counts atomically (INCR or a script \
                     in Redis) cures that, more workers make it worse",
                    self.sequential, self.accepted, self.sent, self.concurrency
                ),
                json!(self),
            )
        })
    }
}

/// The most that a sound limiter lets through within `took_s` seconds.
pub fn allowed(known: &Known, took_s: f64) -> u64 {
    let whole = |number: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small count that is not negative; a cast saturates"
        )]
        let number = number.max(0.0) as u64;
        number
    };
    match (known.window_s, known.rate_per_s) {
        (_, Some(rate)) => known.limit + whole((took_s * rate).ceil()),
        (Some(window), None) => {
            let windows = 1 + whole(took_s / window) + u64::from(known.aligned);
            known.limit.saturating_mul(windows)
        }
        (None, None) => known.limit,
    }
}

/// Sends up to `total` requests, `concurrency` at a time, on a count that nothing has used: that of a line in
/// `fresh`, else the known one once its window is over.
pub async fn race(
    shots: &mut Shots<'_>,
    known: &Known,
    request: &Request,
    fresh: &[Line],
    (concurrency, total): (usize, usize),
) -> Result<Race, Stop> {
    let mut line = None;
    for candidate in fresh {
        match shots.decided(candidate, request).await {
            Ok(sample) if sample.outcome == Outcome::Accepted => {
                line = Some(candidate.clone());
                break;
            }
            // A source address that this machine does not have, or that the server is not reached from.
            Ok(_) | Err(Stop::Line | Stop::Errors(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    let used = u64::from(line.is_some());
    if line.is_none() {
        let wait_s = match (known.window_s, known.rate_per_s) {
            #[expect(
                clippy::cast_precision_loss,
                reason = "counts of requests are far below 2^52"
            )]
            (_, Some(rate)) => known.limit as f64 / rate,
            (Some(window), None) => window * if known.aligned { 2.0 } else { 1.0 },
            (None, None) => return Err(Stop::Time),
        };
        shots.until(shots.now() + wait_s * 1.02 + 0.1).await?;
    }
    let line = line.unwrap_or_default();
    let samples = shots.burst(&line, request, concurrency, total).await?;
    let passed = |sample: &&Sample| sample.outcome == Outcome::Accepted;
    let began = samples
        .iter()
        .map(|sample| sample.sent_s)
        .fold(f64::INFINITY, f64::min);
    let ended = samples
        .iter()
        .map(|sample| sample.received_s)
        .fold(0.0, f64::max);
    let took_s = (ended - began).max(0.0);
    Ok(Race {
        sequential: known.limit,
        sent: samples.len() as u64 + used,
        accepted: samples.iter().filter(passed).count() as u64 + used,
        allowed: allowed(known, took_s),
        concurrency,
        took_s,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_while_the_crowd_lasts_is_no_race() {
        let known = Known {
            limit: 10,
            window_s: Some(2.0),
            rate_per_s: None,
            aligned: false,
            passes: 200,
            refuses: 429,
        };
        assert_eq!(allowed(&known, 1.9), 10);
        assert_eq!(allowed(&known, 2.1), 20);
        let on_a_clock = Known {
            aligned: true,
            ..known
        };
        assert_eq!(allowed(&on_a_clock, 0.1), 20);
        let bucket = Known {
            rate_per_s: Some(5.0),
            ..known
        };
        assert_eq!(allowed(&bucket, 1.0), 15);
    }
}
