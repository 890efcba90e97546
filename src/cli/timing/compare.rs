//! Two sets of times: by how much they differ, and how sure that is. Pure.
//!
//! Mann–Whitney's test with Hodges–Lehmann's shift and its interval: response times are skewed and have
//! outliers, so means and normal errors would mislead.

use serde::Serialize;

use super::samples::median as middle;

/// The difference between two sets of times.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Difference {
    /// `faster`, `slower`, or `same` where the samples cannot tell them apart.
    pub(super) verdict: &'static str,
    /// The median of all differences between a time after and a time before, in milliseconds.
    pub(super) shift_ms: f64,
    /// The 95 % interval of the shift.
    pub(super) interval_ms: [f64; 2],
    /// The median after, divided by the median before.
    pub(super) ratio: f64,
    /// How sure it is that there is a difference at all: 1 − p.
    pub(super) confidence: f64,
}

/// So many samples say as much: all pairs of them are compared.
const MOST_SAMPLES: usize = 2_000;

/// Every so many samples, in the order in which they came.
fn thinned(samples: &[f64]) -> Vec<f64> {
    let every = samples.len().div_ceil(MOST_SAMPLES).max(1);
    samples.iter().copied().step_by(every).collect()
}

/// `None` where either side has fewer than five samples.
#[expect(clippy::cast_precision_loss, reason = "counts of requests")]
pub(super) fn compare(before: &[f64], after: &[f64]) -> Option<Difference> {
    if before.len() < 5 || after.len() < 5 {
        return None;
    }
    let (before, after) = (&thinned(before), &thinned(after));
    let (n, m) = (before.len() as f64, after.len() as f64);
    let mut shifts: Vec<f64> = after
        .iter()
        .flat_map(|after| before.iter().map(move |before| after - before))
        .collect();
    shifts.sort_by(f64::total_cmp);
    let deviation = (n * m * (n + m + 1.0) / 12.0).sqrt();
    let u: f64 = shifts
        .iter()
        .map(|shift| match shift.total_cmp(&0.0) {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        })
        .sum();
    // Continuity correction: half a step towards the middle.
    let distance = ((u - n * m / 2.0).abs() - 0.5).max(0.0);
    let confidence = 1.0 - 2.0 * upper_tail(distance / deviation);
    let margin = (n * m / 2.0 - 1.96 * deviation).max(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and below the number of shifts"
    )]
    let low = margin as usize;
    let high = shifts.len() - 1 - low.min(shifts.len() - 1);
    let interval_ms = [shifts[low.min(high)], shifts[high.max(low)]];
    let shift_ms = middle(&shifts);
    let median = |samples: &[f64]| {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        middle(&sorted)
    };
    Some(Difference {
        verdict: match confidence {
            sure if sure < 0.95 => "same",
            _ if shift_ms < 0.0 => "faster",
            _ => "slower",
        },
        shift_ms,
        interval_ms,
        ratio: median(after) / median(before),
        confidence,
    })
}

/// The chance that a normal variable exceeds `z` ≥ 0 (Abramowitz and Stegun 26.2.17, error below 1e-7).
fn upper_tail(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let series = [
        0.319_381_530,
        -0.356_563_782,
        1.781_477_937,
        -1.821_255_978,
        1.330_274_429,
    ];
    let polynomial = series
        .iter()
        .rev()
        .fold(0.0, |sum, factor| (sum + factor) * t);
    density * polynomial
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(from: f64) -> Vec<f64> {
        (0..40)
            .map(|i| from + f64::from(i * 7 % 40) / 10.0)
            .collect()
    }

    #[test]
    fn the_normal_tail_is_the_textbooks() {
        assert!((upper_tail(1.96) - 0.025).abs() < 1e-4);
        assert!((upper_tail(0.0) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn a_clear_difference_is_told_with_its_size() {
        let found = compare(&times(20.0), &times(10.0)).unwrap();
        assert_eq!(found.verdict, "faster");
        assert!((found.shift_ms + 10.0).abs() < 0.2, "{found:?}");
        assert!(
            found.interval_ms[0] < -10.0 && found.interval_ms[1] > -10.0,
            "{found:?}"
        );
        assert!(found.confidence > 0.999);
    }

    #[test]
    fn the_same_times_are_the_same() {
        let found = compare(&times(20.0), &times(20.0)).unwrap();
        assert_eq!(found.verdict, "same");
        assert!(
            found.interval_ms[0] < 0.0 && found.interval_ms[1] > 0.0,
            "{found:?}"
        );
        assert_eq!(compare(&[1.0], &times(1.0)), None);
    }
}
