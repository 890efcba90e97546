//! Limits that one caller at a time never meets: requests in flight, and queues that delay.

use super::cell::as_f64;
use crate::throttle::limits::{Algorithm, Alternative, Evidence, Limit};
use crate::throttle::sample::{Outcome, Sample};

/// Fewer requests at once are no volley.
const FEWEST: usize = 4;

/// The limit, where every refusal fell among requests sent at once and none among those sent singly.
pub(super) fn find(samples: &[Sample]) -> Option<Limit> {
    let volleys = volleys(samples);
    let together: usize = volleys.iter().map(Vec::len).sum();
    let refused = |sample: &&Sample| sample.outcome == Outcome::Refused;
    let refused_together = volleys.iter().flatten().copied().filter(refused).count();
    if together == samples.len()
        || refused_together == 0
        || samples.iter().filter(refused).count() > refused_together
    {
        return None;
    }
    let admitted: Vec<u64> = volleys
        .iter()
        .filter(|volley| volley.iter().any(refused))
        .map(|volley| {
            let accepted = volley.iter().filter(|s| s.outcome == Outcome::Accepted);
            accepted.count() as u64
        })
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
    if let Some(pace) = volleys.iter().rev().find_map(|volley| pace(volley)) {
        limit.algorithm = Some(Algorithm::LeakyQueue);
        limit.burst = Some(places(samples, &volleys, 1.0 / pace));
        if admitted.len() >= 2 {
            limit.confidence = 0.9;
        }
        limit.rate_per_s = Some(round_rate(1.0 / pace));
        limit.interval.rate_per_s = Some((0.95 / pace, Some(1.05 / pace)));
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

/// Requests that were sent before any of their group was answered.
fn volleys(samples: &[Sample]) -> Vec<Vec<&Sample>> {
    let mut groups: Vec<Vec<&Sample>> = Vec::new();
    let mut answered = f64::NEG_INFINITY;
    let mut sorted: Vec<&Sample> = samples.iter().collect();
    sorted.sort_by(|a, b| a.sent_s.total_cmp(&b.sent_s));
    for sample in sorted {
        if sample.sent_s < answered
            && let Some(group) = groups.last_mut()
        {
            group.push(sample);
            answered = answered.max(sample.received_s);
        } else {
            groups.push(vec![sample]);
            answered = sample.received_s;
        }
    }
    groups.retain(|group| group.len() >= FEWEST);
    groups
}

/// The time between one reply of a queue and the next; `None` where replies come together.
fn pace(volley: &[&Sample]) -> Option<f64> {
    let mut replies: Vec<f64> = volley
        .iter()
        .filter(|sample| sample.outcome == Outcome::Accepted)
        .map(|sample| sample.received_s)
        .collect();
    replies.sort_by(f64::total_cmp);
    if replies.len() < 3 {
        return None;
    }
    let gaps: Vec<f64> = replies.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mean = (replies[replies.len() - 1] - replies[0]) / as_f64(gaps.len() as u64);
    let even = gaps
        .iter()
        .filter(|gap| (*gap / mean - 1.0).abs() < 0.4)
        .count();
    (mean > 0.004 && even * 4 >= gaps.len() * 3).then_some(mean)
}

/// How many may wait: what a volley filled, with what had not flowed off when it came.
fn places(samples: &[Sample], volleys: &[Vec<&Sample>], rate: f64) -> u64 {
    /// What may flow off while a volley is sent.
    const LEAK: f64 = 0.15;
    let mut sorted: Vec<&Sample> = samples
        .iter()
        .filter(|sample| sample.outcome == Outcome::Accepted)
        .collect();
    sorted.sort_by(|a, b| a.sent_s.total_cmp(&b.sent_s));
    let (mut level, mut at): (f64, f64) = (0.0, f64::NEG_INFINITY);
    let mut most: f64 = 0.0;
    for sample in sorted {
        level = (level - rate * (sample.sent_s - at)).max(0.0) + 1.0;
        at = sample.sent_s;
        let in_volley = volleys
            .iter()
            .flatten()
            .any(|other| std::ptr::eq(*other, sample));
        if in_volley {
            most = most.max(level);
        }
    }
    super::cell::as_count((most - LEAK).ceil() - 1.0)
}

/// A round rate where one is within 4 %.
fn round_rate(rate: f64) -> f64 {
    super::prior::rate_atoms(rate * 0.96, rate * 1.04)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map_or((rate * 1e3).round() / 1e3, |(round, _)| round)
}
