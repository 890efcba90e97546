//! Convex sets of (window, phase) pairs, cut by half planes.

use super::prior;

/// Most corners. What would need more is not cut off: the set stays larger than it is.
const MOST_CORNERS: usize = 10;

/// A convex polygon: x is a window, y a phase, both in seconds. Without an allocation, for a search makes millions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Polygon {
    points: [(f64, f64); MOST_CORNERS],
    count: usize,
}

impl Polygon {
    /// All windows in `low..=high`, with the phases for which the instant `at.0..=at.1` lies in window 0.
    pub(crate) fn around(at: (f64, f64), low: f64, high: f64) -> Self {
        let mut points = [(0.0, 0.0); MOST_CORNERS];
        points[..4].copy_from_slice(&[
            (low, at.0 - low),
            (high, at.0 - high),
            (high, at.1),
            (low, at.1),
        ]);
        Self { points, count: 4 }
    }

    /// These windows, of which the first began at an instant in `at.0..=at.1`.
    pub(crate) fn from(at: (f64, f64), (low, high): (f64, f64)) -> Self {
        let mut points = [(0.0, 0.0); MOST_CORNERS];
        points[..4].copy_from_slice(&[(low, at.0), (high, at.0), (high, at.1), (low, at.1)]);
        Self { points, count: 4 }
    }

    fn corners(&self) -> &[(f64, f64)] {
        &self.points[..self.count]
    }

    /// Keeps what satisfies `a * window + b * phase <= c`; whether anything is left.
    #[must_use]
    pub(crate) fn cut(&mut self, a: f64, b: f64, c: f64) -> bool {
        let beyond = |&(x, y): &(f64, f64)| a * x + b * y - c;
        if self.corners().iter().all(|corner| beyond(corner) <= 0.0) {
            return true;
        }
        let old = *self;
        let old = old.corners();
        let mut count = 0;
        let mut push = |corner| {
            if let Some(place) = self.points.get_mut(count) {
                *place = corner;
            }
            count += 1;
        };
        for (index, corner) in old.iter().enumerate() {
            let next = old.get(index + 1).unwrap_or(&old[0]);
            let (here, there) = (beyond(corner), beyond(next));
            if here <= 0.0 {
                push(*corner);
            }
            if (here < 0.0 && there > 0.0) || (here > 0.0 && there < 0.0) {
                let share = here / (here - there);
                push((
                    corner.0 + share * (next.0 - corner.0),
                    corner.1 + share * (next.1 - corner.1),
                ));
            }
        }
        if count > MOST_CORNERS {
            self.points[..old.len()].copy_from_slice(old);
        } else {
            self.count = count;
        }
        count >= 3
    }

    /// Shortest and longest window.
    pub(crate) fn windows(&self) -> (f64, f64) {
        self.corners()
            .iter()
            .fold((f64::INFINITY, 0.0_f64), |(low, high), &(x, _)| {
                (low.min(x), high.max(x))
            })
    }

    /// Roughly how probable it is: its area over the square of its windows.
    pub(crate) fn size(&self) -> f64 {
        let corners = self.corners();
        let count = corners.len();
        let twice: f64 = (0..count)
            .map(|index| {
                let ((x, y), (x2, y2)) = (corners[index], corners[(index + 1) % count]);
                x * y2 - x2 * y
            })
            .sum();
        let (low, high) = self.windows();
        twice.abs() / (low * high)
    }

    /// The earliest and the latest window that an instant in `at.0..=at.1` can lie in.
    pub(crate) fn indices(&self, at: (f64, f64)) -> (f64, f64) {
        self.corners().iter().fold(
            (f64::INFINITY, f64::NEG_INFINITY),
            |(low, high), &(x, y)| {
                (
                    low.min(((at.0 - y) / x).floor()),
                    high.max(((at.1 - y) / x).floor()),
                )
            },
        )
    }

    /// Whether an instant in `at.0..=at.1` lies in window `index` beyond doubt: cheaper than [`Self::indices`].
    pub(crate) fn is_within(&self, index: f64, at: (f64, f64)) -> bool {
        const MARGIN_S: f64 = 1e-6;
        self.corners().iter().all(|&(x, y)| {
            let began = y + index * x;
            at.0 > began + MARGIN_S && at.1 < began + x - MARGIN_S
        })
    }

    /// The phases at a window.
    pub(crate) fn phases(&self, window: f64) -> Option<(f64, f64)> {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        let corners = self.corners();
        for (index, &(x, y)) in corners.iter().enumerate() {
            let (x2, y2) = corners[(index + 1) % corners.len()];
            if (x - window) * (x2 - window) > 0.0 {
                continue;
            }
            let ends = if (x2 - x).abs() < 1e-12 {
                [y, y2]
            } else {
                let at = y + (window - x) / (x2 - x) * (y2 - y);
                [at, at]
            };
            low = low.min(ends[0]).min(ends[1]);
            high = high.max(ends[0]).max(ends[1]);
        }
        (low <= high).then_some((low, high))
    }

    /// Probability of the windows that are not round, phases being uniform.
    pub(crate) fn mass(&self) -> f64 {
        let mut ends: Vec<f64> = self.corners().iter().map(|corner| corner.0).collect();
        ends.sort_by(f64::total_cmp);
        let height = |window: f64| {
            let (low, high) = self.phases(window).unwrap_or((0.0, 0.0));
            ((high - low) / window).min(1.0) * prior::density(window)
        };
        // Simpson's rule over the logarithm, between corners: the height is linear there
        ends.windows(2)
            .map(|pair| {
                let (low, high) = (pair[0], pair[1]);
                let middle = (low * high).sqrt();
                let steps = (high / low).ln() / 6.0;
                let inside = (low + (high - low) * 1e-9, high - (high - low) * 1e-9);
                steps
                    * (inside.0 * height(inside.0)
                        + 4.0 * middle * height(middle)
                        + inside.1 * height(inside.1))
            })
            .sum()
    }

    /// A point well inside.
    pub(crate) fn centre(&self) -> (f64, f64) {
        let (low, high) = self.windows();
        let window = (low * high).sqrt();
        let (first, last) = self.phases(window).unwrap_or((0.0, 0.0));
        (window, f64::midpoint(first, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_keeps_the_side_that_was_asked_for() {
        let all = Polygon::around((0.0, 0.0), 1.0, 100.0);
        let mut short = all;
        assert!(short.cut(1.0, 0.0, 10.0));
        assert_eq!(short.windows(), (1.0, 10.0));
        assert_eq!(short.phases(10.0), Some((-10.0, 0.0)));
        let mut none = all;
        assert!(!none.cut(1.0, 0.0, 0.5));
        assert_eq!(short.indices((20.0, 20.0)), (2.0, 21.0));
    }

    #[test]
    fn a_narrow_band_of_phases_has_little_mass() {
        let all = Polygon::around((0.0, 0.0), 1.0, 100.0);
        let mut band = all;
        assert!(band.cut(1.0, 1.0, 60.001) && band.cut(-1.0, -1.0, -60.0));
        assert!(band.mass() < all.mass() / 1_000.0);
    }
}
