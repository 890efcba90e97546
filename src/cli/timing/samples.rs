//! Times of many requests, and what they amount to. Pure.

use serde::{Deserialize, Serialize};

/// The distribution of some times, in milliseconds. Percentiles are exact: every sample is kept.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Spread {
    pub(super) min: f64,
    pub(super) p50: f64,
    pub(super) p90: f64,
    pub(super) p99: f64,
    pub(super) max: f64,
    pub(super) mean: f64,
}

impl Spread {
    /// `None` for no samples.
    pub(super) fn of(samples: &[f64]) -> Option<Self> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (min, max) = (*sorted.first()?, *sorted.last()?);
        #[expect(clippy::cast_precision_loss, reason = "counts of requests")]
        let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
        Some(Self {
            min,
            p50: percentile(&sorted, 50),
            p90: percentile(&sorted, 90),
            p99: percentile(&sorted, 99),
            max,
            mean,
        })
    }
}

/// The smallest sample that is not exceeded by `percent` of them (nearest rank).
pub(super) fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_samples_of_the_nearest_rank() {
        let samples: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        let spread = Spread::of(&samples).unwrap();
        let got = [
            spread.min,
            spread.p50,
            spread.p90,
            spread.p99,
            spread.max,
            spread.mean,
        ];
        assert_eq!(
            got.map(|value| value.to_string()),
            ["1", "50", "90", "99", "100", "50.5"]
        );
        assert_eq!(Spread::of(&[7.0]).unwrap().p99.to_string(), "7");
        assert_eq!(Spread::of(&[]), None);
    }
}
