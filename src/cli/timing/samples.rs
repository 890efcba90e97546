//! Times of many requests, and what they amount to. Pure.

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

/// The finest step of the histogram, as a part of a millisecond: one microsecond.
const STEP: f64 = 1e-3;
/// The longest time that the histogram tells from longer ones: an hour, in steps.
const LONGEST: u64 = 3_600_000_000;

/// The distribution of some times, in milliseconds, by an HDR histogram: percentiles to three digits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Spread {
    pub(super) min: f64,
    pub(super) p50: f64,
    pub(super) p75: f64,
    pub(super) p90: f64,
    pub(super) p95: f64,
    pub(super) p99: f64,
    pub(super) p999: f64,
    pub(super) max: f64,
    pub(super) mean: f64,
    pub(super) stdev: f64,
}

impl Spread {
    /// `None` for no samples.
    pub(super) fn of(samples: &[f64]) -> Option<Self> {
        let min = samples.iter().copied().min_by(f64::total_cmp)?;
        let max = samples.iter().copied().max_by(f64::total_cmp)?;
        let mut histogram = Histogram::<u32>::new_with_bounds(1, LONGEST, 3).ok()?;
        for sample in samples {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "times are not negative, and longer ones than an hour count as an hour"
            )]
            histogram.saturating_record((sample / STEP).round().max(1.0) as u64);
        }
        #[expect(clippy::cast_precision_loss, reason = "steps of an hour fit by far")]
        let at = |percent| {
            let value = histogram.value_at_quantile(percent) as f64 * STEP;
            // The histogram's steps are coarser than the samples; no percentile lies outside of them.
            value.clamp(min, max)
        };
        Some(Self {
            min,
            p50: at(0.5),
            p75: at(0.75),
            p90: at(0.9),
            p95: at(0.95),
            p99: at(0.99),
            p999: at(0.999),
            max,
            mean: histogram.mean() * STEP,
            stdev: histogram.stdev() * STEP,
        })
    }
}

/// The middle of sorted samples (nearest rank).
pub(super) fn median(sorted: &[f64]) -> f64 {
    let rank = sorted.len().div_ceil(2).max(1);
    sorted.get(rank - 1).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_right_to_three_digits() {
        let samples: Vec<f64> = (1..=1000).rev().map(f64::from).collect();
        let spread = Spread::of(&samples).unwrap();
        for (got, wanted) in [
            (spread.min, 1.0),
            (spread.p50, 500.0),
            (spread.p75, 750.0),
            (spread.p90, 900.0),
            (spread.p95, 950.0),
            (spread.p99, 990.0),
            (spread.p999, 999.0),
            (spread.max, 1000.0),
            (spread.mean, 500.5),
            (spread.stdev, 288.675),
        ] {
            assert!((got - wanted).abs() <= wanted * 1e-3, "{got} for {wanted}");
        }
    }

    #[test]
    fn one_sample_is_every_percentile_and_none_has_none() {
        let spread = Spread::of(&[7.123_456]).unwrap();
        assert_eq!(spread.p50.to_string(), "7.123456");
        assert_eq!(spread.p999.to_string(), "7.123456");
        assert_eq!(Spread::of(&[]), None);
        assert!((median(&[1.0, 2.0, 9.0]) - 2.0).abs() < 1e-9);
    }
}
