//! How much of a limit was used up at every instant of a trace, by the limiter that was identified.

use super::limits::{Algorithm, Limit};
use super::sample::{Outcome, Sample};

/// A used-up share over time: instants in the trace's seconds, requests.
pub type Curve = Vec<(f64, f64)>;

/// What the limiter of `limit` counted, just before and after each request and where its count falls. Where its
/// window is unknown, everything that passed.
pub fn load(samples: &[Sample], limit: &Limit) -> Curve {
    let passed: Vec<f64> = samples
        .iter()
        .filter(|sample| sample.outcome == Outcome::Accepted)
        .map(|sample| f64::midpoint(sample.sent_s, sample.received_s))
        .collect();
    let end = samples
        .iter()
        .map(|sample| sample.received_s)
        .fold(0.0, f64::max);
    if let Some(rate) = limit.rate_per_s {
        return bucket(&passed, rate, end);
    }
    match (limit.algorithm, limit.window_s) {
        (
            Some(Algorithm::FixedWindowFirstRequest | Algorithm::FixedWindowAligned),
            Some(window),
        ) => window_after_window(&passed, window, end),
        (_, Some(window)) => sliding(&passed, window, end),
        (_, None) => sliding(&passed, f64::INFINITY, end),
    }
}

fn sliding(passed: &[f64], window: f64, end: f64) -> Curve {
    let ends = passed.iter().map(|at| at + window).filter(|at| *at <= end);
    let mut events: Vec<(f64, f64)> = passed.iter().map(|at| (*at, 1.0)).collect();
    events.extend(ends.map(|at| (at, -1.0)));
    steps(events, end)
}

/// Windows that begin with the first request after the last one ended.
fn window_after_window(passed: &[f64], window: f64, end: f64) -> Curve {
    let mut events = Vec::new();
    let mut began = f64::NEG_INFINITY;
    let mut count = 0.0;
    for at in passed {
        if *at >= began + window {
            if count > 0.0 {
                events.push((began + window, -count));
            }
            began = *at;
            count = 0.0;
        }
        count += 1.0;
        events.push((*at, 1.0));
    }
    if began + window <= end {
        events.push((began + window, -count));
    }
    steps(events, end)
}

fn steps(mut events: Vec<(f64, f64)>, end: f64) -> Curve {
    events.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut level = 0.0;
    let mut curve = Vec::new();
    for (at, change) in events {
        curve.push((at, level));
        level += change;
        curve.push((at, level));
    }
    curve.push((end, level));
    curve
}

fn bucket(passed: &[f64], rate: f64, end: f64) -> Curve {
    let mut level: f64 = 0.0;
    let mut before = passed.first().copied().unwrap_or(0.0);
    let mut curve = Vec::new();
    for at in passed {
        let empty = before + level / rate;
        if empty < *at {
            curve.push((empty, 0.0));
        }
        level = (level - (at - before) * rate).max(0.0);
        curve.push((*at, level));
        level += 1.0;
        curve.push((*at, level));
        before = *at;
    }
    curve.push((end, (level - (end - before) * rate).max(0.0)));
    curve
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(instants: &[f64]) -> Vec<Sample> {
        instants
            .iter()
            .map(|at| Sample {
                sent_s: *at,
                received_s: *at,
                outcome: Outcome::Accepted,
                status: Some(200),
                ..Sample::default()
            })
            .collect()
    }

    fn highest(curve: &Curve) -> f64 {
        curve.iter().map(|point| point.1).fold(0.0, f64::max)
    }

    #[test]
    fn a_log_forgets_each_request_by_itself_and_a_window_all_at_once() {
        let samples = passed(&[0.0, 1.0, 2.0, 11.5]);
        let mut limit = Limit::unknown();
        limit.set_window(3, 10.0);
        limit.algorithm = Some(Algorithm::SlidingLog);
        let curve = load(&samples, &limit);
        assert!((highest(&curve) - 3.0).abs() < 1e-9);
        assert!(curve.contains(&(10.0, 2.0)), "{curve:?}");
        limit.algorithm = Some(Algorithm::FixedWindowFirstRequest);
        assert!(load(&samples, &limit).contains(&(10.0, 0.0)));
    }

    #[test]
    fn a_bucket_drains_all_the_time() {
        let mut limit = Limit::unknown();
        limit.burst = Some(2);
        limit.rate_per_s = Some(0.5);
        let curve = load(&passed(&[0.0, 0.0, 1.0]), &limit);
        assert!(curve.contains(&(1.0, 1.5)), "{curve:?}");
    }
}
