//! Limits that one caller at a time never meets: requests in flight, and queues that delay.

use std::ops::Range;

use super::cell::{as_count, as_f64};
use super::event::wait_of;
use super::overlap;
use crate::throttle::limits::{Algorithm, Alternative, Evidence, Limit};
use crate::throttle::sample::{Outcome, Sample};

/// Fewer requests at once are no volley.
const FEWEST: usize = 4;
/// How far a queue's length may be off, places: the times of decisions are not known exactly.
const SLACK: f64 = 0.3;
/// Without an answer for so long, seconds, a request waits in a queue.
const LONG_S: f64 = 1.0;

/// The limit, where every refusal fell among requests sent at once, and one sent singly passed after such a refusal: a
/// window that they used up would have refused it.
pub(super) fn find(samples: &[Sample]) -> Option<Limit> {
    let sorted = overlap::sorted(samples);
    let volleys: Vec<&[&Sample]> = overlap::groups(&sorted)
        .into_iter()
        .map(|group| &sorted[group])
        .filter(|group| group.len() >= FEWEST)
        .collect();
    let refused = |sample: &&Sample| sample.outcome == Outcome::Refused;
    let refused_together = volleys
        .iter()
        .copied()
        .flatten()
        .copied()
        .filter(refused)
        .count();
    if samples.iter().filter(refused).count() > refused_together || !passes_alone(&sorted) {
        return None;
    }
    // the last one may have been cut by the end of the probe
    let largest = volleys.iter().map(|volley| volley.len()).max()?;
    let admitted: Vec<u64> = volleys
        .iter()
        .filter(|volley| volley.len() == largest && volley.iter().any(refused))
        .map(|volley| let_in(volley))
        .collect();
    let (least, most) = (*admitted.iter().min()?, *admitted.iter().max()?);
    let mut limit = Limit::unknown();
    limit.evidence.limit = Some(Evidence::Observed);
    limit.evidence.algorithm = Some(Evidence::Observed);
    limit.counts_rejected = Some(false);
    limit.confidence = match (admitted.len(), least == most) {
        (2.., true) => 0.9,
        (_, true) => 0.7,
        _ => 0.5,
    };
    if let Some(rate) = pace(samples, &volleys) {
        let span = (rate * 0.95, rate * 1.05);
        let rate = round_rate(rate);
        let places = places(samples, rate);
        limit.algorithm = Some(Algorithm::LeakyQueue);
        limit.burst = Some(places.map_or(least.saturating_sub(1), |(least, _)| least));
        limit.interval.limit = places;
        limit.confidence = match places {
            Some((least, most)) if least == most => 0.9,
            _ => 0.5,
        };
        limit.rate_per_s = Some(rate);
        limit.interval.rate_per_s = Some((span.0, Some(span.1)));
        limit.evidence.window = Some(Evidence::Observed);
        return Some(limit);
    }
    limit.algorithm = Some(Algorithm::Concurrency);
    limit.max_in_flight = Some(least);
    limit.interval.limit = Some((least, most));
    limit.alternatives = vec![Alternative {
        algorithm: Algorithm::TokenBucket,
        limit: Some(least),
        window_s: None,
        probability: 0.1,
    }];
    Some(limit)
}

fn let_in(volley: &[&Sample]) -> u64 {
    let accepted = volley.iter().filter(|s| s.outcome == Outcome::Accepted);
    accepted.count() as u64
}

/// Whether a request passed that was under way alone after another was refused, and not long before that refusal said:
/// what names its wait has a window, and there is another copy of it.
fn passes_alone(sorted: &[&Sample]) -> bool {
    let groups = overlap::groups(sorted);
    let refusal = sorted.iter().find(|s| s.outcome == Outcome::Refused);
    let alone = |group: &Range<usize>| group.len() == 1;
    let passed = |sample: &&Sample| {
        sample.outcome == Outcome::Accepted
            && refusal.is_some_and(|refusal| sample.sent_s >= refusal.received_s)
    };
    let first = groups
        .into_iter()
        .filter(alone)
        .map(|group| sorted[group.start])
        .find(passed);
    let early = |passed: &Sample| {
        sorted.iter().any(|refused| {
            // rounded up by less than a second
            let opens_s = refused.sent_s + wait_of(refused) - 1.0;
            refused.received_s <= passed.sent_s && passed.received_s < opens_s
        })
    };
    first.is_some_and(|passed| !early(passed))
}

/// Replies a second of a queue; `None` where all replies of a volley come as soon as a single one's would.
fn pace(samples: &[Sample], volleys: &[&[&Sample]]) -> Option<f64> {
    let alone = samples.iter().filter(|sample| {
        let together = |volley: &&[&Sample]| volley.iter().any(|one| std::ptr::eq(*one, *sample));
        sample.outcome == Outcome::Accepted && !volleys.iter().any(together)
    });
    let slowest_alone = alone.map(trip).fold(0.0, f64::max);
    let paced = volleys.iter().filter_map(|volley| {
        let accepted = || volley.iter().filter(|s| s.outcome == Outcome::Accepted);
        let mut replies: Vec<f64> = accepted().map(|sample| sample.received_s).collect();
        replies.sort_by(f64::total_cmp);
        let replies = delayed(&replies);
        let gaps = as_f64(replies.len().checked_sub(1)? as u64);
        let span = replies.last()? - replies.first()?;
        let slowest = accepted().map(|sample| trip(sample)).fold(0.0, f64::max);
        // who waits alone waits for one place at most
        let queued = slowest - slowest_alone > 0.6 * span / gaps;
        (gaps >= 2.0 && span > 0.004 * gaps && queued).then_some((span, gaps))
    });
    let (spans, gaps, count) = paced.fold((0.0, 0.0, 0_usize), |sums, (span, gaps)| {
        (sums.0 + span, sums.1 + gaps, sums.2 + 1)
    });
    (count * 2 > volleys.len()).then_some(gaps / spans)
}

/// The replies that were held back: some queues let a few through at once before they delay.
fn delayed(replies: &[f64]) -> &[f64] {
    let half = replies.len() / 2;
    let (Some(first), Some(middle), Some(last)) =
        (replies.first(), replies.get(half), replies.last())
    else {
        return replies;
    };
    let gap = (last - middle) / as_f64((replies.len() - half) as u64);
    let at_once = replies.iter().take_while(|at| *at - first < 0.3 * gap);
    match at_once.count() {
        0..=1 => replies,
        count => replies.get(count..).unwrap_or(replies),
    }
}

fn trip(sample: &Sample) -> f64 {
    sample.received_s - sample.sent_s
}

/// Least and most places of a queue that passes on `rate` requests a second and decided as it did.
fn places(samples: &[Sample], rate: f64) -> Option<(u64, u64)> {
    let (mut free_at, mut least, mut most) = (f64::NEG_INFINITY, 0.0_f64, f64::INFINITY);
    for sample in overlap::sorted(samples) {
        let waiting = ((free_at - sample.sent_s) * rate).max(0.0);
        match sample.outcome {
            Outcome::Accepted => {
                least = least.max(waiting - SLACK);
                free_at = free_at.max(sample.sent_s) + 1.0 / rate;
            }
            Outcome::Refused => most = most.min(waiting + SLACK),
            // it waited longer than the client did
            Outcome::Unknown if trip(sample) > LONG_S => {
                free_at = free_at.max(sample.sent_s) + 1.0 / rate;
            }
            Outcome::Unknown => {}
        }
    }
    // a whole number of places: the first that is enough, and the last that is full when it refuses
    let (least, most) = (least.ceil().max(0.0), (most.ceil() - 1.0).max(0.0));
    (least <= most).then_some((as_count(least), as_count(most)))
}

/// A round rate where one is within 4 %.
fn round_rate(rate: f64) -> f64 {
    super::prior::rate_atoms(rate * 0.96, rate * 1.04)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map_or((rate * 1e3).round() / 1e3, |(round, _)| round)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_queue_lets_through_at_once_does_not_make_it_faster() {
        let paced: Vec<f64> = (1..=8).map(|index| 0.2 * f64::from(index)).collect();
        let all = [&[0.0, 0.001, 0.002, 0.003][..], &paced].concat();
        assert_eq!(delayed(&all), paced);
        assert_eq!(delayed(&paced), paced);
    }
}
