//! When a clock's windows begin.

use super::cell::Family;

/// When a clock's windows may begin: the server's clock, where it is known, makes round times likelier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Epoch {
    /// Unix time of the trace's second zero.
    pub(crate) unix_s: f64,
    /// How far the server's clock may be off, seconds.
    pub(crate) error_s: f64,
    /// The first request.
    pub(crate) first: (f64, f64),
}

/// Whether its windows begin with a request, so that their phase is no matter of chance.
pub(super) fn begins_with_a_request(family: Family) -> bool {
    matches!(family, Family::Counter { restarts: true, .. })
}

impl Epoch {
    /// Probability that a clock's phase lies in an interval, and the likeliest phase there: multiples of
    /// the window since the epoch, whole seconds, the first request, or anything.
    pub(super) fn share(&self, family: Family, window: f64, (low, high): (f64, f64)) -> (f64, f64) {
        let width = high - low;
        let middle = f64::midpoint(low, high);
        if begins_with_a_request(family) {
            return (1.0, middle);
        }
        let mut share = 0.25 * (width / window).min(1.0);
        let mut phase = middle;
        let error = self.error_s;
        let grid = |every: f64| {
            // the multiple of `every`, in trace time, nearest to the middle
            ((self.unix_s + middle) / every).round() * every - self.unix_s
        };
        let aligned = grid(window);
        let overlap = (high.min(aligned + error) - low.max(aligned - error)).max(0.0);
        if overlap > 0.0 {
            share += 0.4 * (overlap / (2.0 * error)).min(1.0);
            phase = aligned.clamp(low, high);
        }
        let second = grid(1.0);
        let overlap = (high.min(second + error) - low.max(second - error)).max(0.0);
        if overlap > 0.0 {
            share += 0.2 * (overlap / (2.0 * error)).min(1.0) * (1.0 / window).min(1.0);
        }
        let shifted = self.first.0 + ((middle - self.first.0) / window).round() * window;
        if shifted <= high && shifted + self.first.1 - self.first.0 >= low {
            // common for sliding counters kept in a store; else such a window would begin with each burst
            share += match family {
                Family::Counter { .. } => 0.15,
                Family::Aligned => 0.02,
                _ => 0.005,
            };
        }
        (share.min(1.0), phase)
    }
}
