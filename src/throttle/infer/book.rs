//! What limiters with a clock of their own have counted.

use super::cell::as_f64;
use super::event::Event;
use super::polygon::Polygon;

/// Most segments that are followed.
pub(super) const LONGEST_MEMORY: usize = 12;

/// What a limiter has counted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Book {
    Window {
        count: u64,
        least: u64,
        most: u64,
    },
    Counter {
        limit: u64,
        whole: bool,
        rejected: bool,
        restarts: bool,
        current: u64,
        previous: u64,
    },
    Segments {
        /// The current segment first.
        counts: [u16; LONGEST_MEMORY],
        segments: usize,
        least: u64,
        most: u64,
    },
    Steps {
        step: u64,
        used: u64,
        least: u64,
        most: u64,
    },
}

impl Book {
    /// The limits that the decisions so far allow, at least and at most.
    pub(super) fn limit(self) -> (u64, u64) {
        match self {
            Self::Window { least, most, .. }
            | Self::Segments { least, most, .. }
            | Self::Steps { least, most, .. } => (least, most),
            Self::Counter { limit, .. } => (limit, limit),
        }
    }

    /// Whether a request after both of two windows begins them anew.
    pub(super) fn restarts(self) -> bool {
        matches!(self, Self::Counter { restarts: true, .. })
    }

    /// Whether a decision is entered; one that is not leaves the clock alone too, where requests set it.
    pub(super) fn enters(self, admitted: bool) -> bool {
        let clocked = matches!(
            self,
            Self::Counter {
                restarts: true,
                rejected: false,
                ..
            }
        );
        admitted || !clocked
    }

    /// The books after `passed` boundaries and one decision; `None` where they cannot have decided so.
    pub(super) fn after(self, passed: f64, admitted: bool) -> Option<Self> {
        let passed = super::cell::as_count(passed);
        match self {
            Self::Window { count, least, most } => {
                let count = if passed > 0 { 0 } else { count };
                let (least, most) = bounds(count, (least, most), admitted)?;
                Some(Self::Window {
                    count: count + u64::from(admitted),
                    least,
                    most,
                })
            }
            Self::Steps {
                step,
                used,
                least,
                most,
            } => {
                let used = used.saturating_sub(step.saturating_mul(passed));
                let (least, most) = bounds(used, (least, most), admitted)?;
                Some(Self::Steps {
                    step,
                    used: used + u64::from(admitted),
                    least,
                    most,
                })
            }
            Self::Segments {
                mut counts,
                segments,
                least,
                most,
            } => {
                let passed = usize::try_from(passed).unwrap_or(segments).min(segments);
                counts[..segments].rotate_right(passed % segments);
                counts[..passed].fill(0);
                let count = counts[..segments]
                    .iter()
                    .map(|&count| u64::from(count))
                    .sum();
                let (least, most) = bounds(count, (least, most), admitted)?;
                counts[0] += u16::from(admitted);
                Some(Self::Segments {
                    counts,
                    segments,
                    least,
                    most,
                })
            }
            Self::Counter {
                limit,
                whole,
                rejected,
                restarts,
                current,
                previous,
            } => {
                let (current, previous) = match passed {
                    0 => (current, previous),
                    1 => (0, current),
                    _ => (0, 0),
                };
                let possible = if admitted {
                    current < limit
                } else {
                    current + previous >= limit
                };
                possible.then_some(Self::Counter {
                    limit,
                    whole,
                    rejected,
                    restarts,
                    current: current + u64::from(admitted || rejected),
                    previous,
                })
            }
        }
    }

    /// The books after so many admissions in one window; `None` where each has to be looked at by itself, or where
    /// they cannot have been.
    pub(super) fn after_row(mut self, admissions: u64) -> Option<Self> {
        let before = admissions.checked_sub(1)?;
        match &mut self {
            Self::Window { count, least, .. }
            | Self::Steps {
                used: count, least, ..
            } => {
                *count += before;
                *least = (*least).max(*count);
            }
            Self::Segments { counts, .. } => counts[0] += u16::try_from(before).ok()?,
            Self::Counter { previous: 1.., .. } => return None,
            Self::Counter { current, .. } => *current += before,
        }
        self.after(0.0, true)
    }

    /// What a sliding counter's weighted count says about window and phase; whether anything is left.
    #[must_use]
    pub(super) fn bound(self, set: &mut Polygon, index: f64, event: &Event) -> bool {
        let Self::Counter {
            limit,
            whole,
            rejected,
            current,
            previous,
            ..
        } = self
        else {
            return true;
        };
        if previous == 0 {
            return true;
        }
        let before = as_f64(current) - if event.admitted || rejected { 1.0 } else { 0.0 };
        let threshold = as_f64(limit) - if whole { 1.0 } else { 0.0 };
        let previous = as_f64(previous);
        let a = previous * (index + 1.0) + before - threshold;
        if event.admitted {
            set.cut(a, previous, previous * event.high)
        } else {
            set.cut(-a, -previous, -previous * event.low)
        }
    }
}

fn bounds(count: u64, (least, most): (u64, u64), admitted: bool) -> Option<(u64, u64)> {
    let bounds = if admitted {
        (least.max(count + 1), most)
    } else {
        (least, most.min(count))
    };
    (bounds.0 <= bounds.1).then_some(bounds)
}
