//! Limits that one caller at a time never meets: requests in flight, and queues that delay.

use super::cell::{as_count, as_f64};
use super::event::wait_of;
use super::overlap;
use crate::throttle::limits::{Algorithm, Alternative, Evidence, Limit, Refill};
use crate::throttle::sample::{Outcome, Sample};

/// Fewer requests at once are no volley.
const FEWEST: usize = 4;
/// How far a queue's length may be off, places: the times of decisions are not known exactly.
const SLACK: f64 = 0.3;
/// Without an answer for so long, seconds, a request waits in a queue.
const LONG_S: f64 = 1.0;
/// How sure a limit in flight is, and how likely a bucket instead, that refills before the next request of one caller:
/// where as many passed at once right after the others, and where that was not tried.
const AT_ONCE: (f64, f64) = (0.8, 0.15);
const RESTED: (f64, f64) = (0.5, 0.45);

/// The limit, where every refusal fell among requests sent at once, and one sent singly passed after such a refusal: a
/// window that they used up would have refused it.
pub(super) fn find(samples: &[Sample]) -> Option<Limit> {
    let sorted = overlap::sorted(samples);
    let groups: Vec<&[&Sample]> = overlap::groups(&sorted)
        .into_iter()
        .map(|group| &sorted[group])
        .collect();
    let is_volley = |group: &&[&Sample]| group.len() >= FEWEST;
    let volleys: Vec<&[&Sample]> = groups.iter().copied().filter(is_volley).collect();
    let refused = |sample: &&Sample| sample.outcome == Outcome::Refused;
    let together = volleys.iter().copied().flatten().copied();
    let refused_together = together.filter(refused).count();
    if samples.iter().filter(refused).count() > refused_together || !passes_alone(&groups) {
        return None;
    }
    // the last one may have been cut by the end of the probe
    let largest = volleys.iter().map(|volley| volley.len()).max()?;
    let at_rest = |index: usize| index == 0 || !is_volley(&groups[index - 1]);
    let (first, again): (Vec<_>, Vec<_>) = (0..groups.len())
        .filter(|index| groups[*index].len() == largest && groups[*index].iter().any(refused))
        .partition(|index| at_rest(*index));
    let gap_s = again
        .first()
        .map(|index| middle_s(groups[*index]) - middle_s(groups[index - 1]));
    let let_in = |index: &usize| let_in(groups[*index]);
    let admitted: Vec<u64> = first.iter().map(let_in).collect();
    let again = again.iter().map(let_in).min();
    let (least, most) = (*admitted.iter().min()?, *admitted.iter().max()?);
    let mut limit = Limit::unknown();
    limit.evidence.limit = Some(Evidence::Observed);
    limit.evidence.algorithm = Some(Evidence::Inferred);
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
        limit.evidence.algorithm = Some(Evidence::Observed);
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
    // so soon a bucket lets in what flowed back meanwhile
    if let (Some(again), Some(gap_s)) = (again.filter(|again| 2 * again <= least), gap_s) {
        return Some(bucket(limit, (least, most), (as_f64(again) + 0.5) / gap_s));
    }
    let (surest, rival) = if again.is_some() { AT_ONCE } else { RESTED };
    limit.confidence = limit.confidence.min(surest);
    limit.algorithm = Some(Algorithm::Concurrency);
    limit.max_in_flight = Some(least);
    limit.interval.limit = Some((least, most));
    limit.alternatives = vec![Alternative {
        algorithm: Algorithm::TokenBucket,
        limit: Some(least),
        window_s: None,
        probability: rival,
    }];
    Some(limit)
}

/// A bucket that refills before the next request of one caller: full before the first of many at once.
fn bucket(mut limit: Limit, (least, most): (u64, u64), rate: f64) -> Limit {
    limit.algorithm = Some(Algorithm::TokenBucket);
    limit.burst = Some(most);
    limit.refill = Some(Refill::Continuous);
    limit.rate_per_s = Some(round_rate(rate));
    limit.interval.limit = Some((least, most));
    limit.evidence.limit = Some(Evidence::Inferred);
    limit.evidence.window = Some(Evidence::Inferred);
    limit.confidence = RESTED.0;
    limit
}

/// The middle of the time that many at once took, seconds.
fn middle_s(volley: &[&Sample]) -> f64 {
    let middles = volley.iter().map(|s| f64::midpoint(s.sent_s, s.received_s));
    middles.sum::<f64>() / as_f64(volley.len() as u64)
}

fn let_in(volley: &[&Sample]) -> u64 {
    let accepted = volley.iter().filter(|s| s.outcome == Outcome::Accepted);
    accepted.count() as u64
}

/// Whether a request passed that was under way alone after another was refused, and not long before that refusal said:
/// what names its wait has a window, and there is another copy of it.
fn passes_alone(groups: &[&[&Sample]]) -> bool {
    let all = || groups.iter().copied().flatten();
    let refusal = all().find(|s| s.outcome == Outcome::Refused);
    let passed = |sample: &&Sample| {
        sample.outcome == Outcome::Accepted
            && refusal.is_some_and(|refusal| sample.sent_s >= refusal.received_s)
    };
    let alone = groups.iter().filter(|group| group.len() == 1);
    let first = alone.map(|group| group[0]).find(passed);
    let early = |passed: &Sample| {
        all().any(|refused| {
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
