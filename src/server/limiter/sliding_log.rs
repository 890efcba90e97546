//! The sliding log, which remembers each request for one window (DRF, `limits` moving window, Caddy).

use std::collections::VecDeque;

use super::decision::{Decision, real};
use crate::rate::Rate;

/// The instants of the last window, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SlidingLog {
    rate: Rate,
    counts_refused: bool,
    instants: VecDeque<f64>,
}

impl SlidingLog {
    /// An empty log.
    pub(super) fn new(rate: Rate, counts_refused: bool) -> Self {
        Self {
            rate,
            counts_refused,
            instants: VecDeque::new(),
        }
    }

    /// Decides on a request at `now`. An entry is dropped when its age reaches the window.
    pub(super) fn admit(&mut self, now: f64) -> Decision {
        let window = self.rate.window_s();
        while self
            .instants
            .front()
            .is_some_and(|oldest| *oldest <= now - window)
        {
            self.instants.pop_front();
        }
        let held = self.held();
        let admitted = held < self.rate.limit;
        if admitted || self.counts_refused {
            self.instants.push_back(now);
            // Older entries than the limit's worth decide nothing.
            while self.held() > self.rate.limit.max(1) {
                self.instants.pop_front();
            }
        }
        let reset = self.instants.back().map_or(0.0, |last| last + window - now);
        if admitted {
            return Decision::admit(self.rate.limit, self.rate.limit - held - 1, reset, window);
        }
        let wait = self
            .instants
            .front()
            .map(|oldest| oldest + window - now)
            .filter(|_| real(self.rate.limit) > 0.0);
        Decision::refuse(self.rate.limit, wait, reset, window)
    }

    fn held(&self) -> u64 {
        u64::try_from(self.instants.len()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const TWO_IN_TEN: Rate = Rate::new(2, Duration::from_secs(10));

    #[test]
    fn each_request_leaves_the_log_one_window_later() {
        let mut limiter = SlidingLog::new(TWO_IN_TEN, false);
        let outcomes: Vec<bool> = [1.0, 5.0, 10.9, 11.0, 14.9, 15.0]
            .iter()
            .map(|now| limiter.admit(*now).admitted)
            .collect();
        assert_eq!(outcomes, [true, true, false, true, false, true]);
    }

    #[test]
    fn who_keeps_asking_stays_out_where_refused_requests_count() {
        let mut limiter = SlidingLog::new(TWO_IN_TEN, true);
        let admitted = (0..40)
            .filter(|second| limiter.admit(f64::from(*second)).admitted)
            .count();
        assert_eq!(admitted, 2);
        assert!(limiter.admit(60.0).admitted);
    }

    #[test]
    fn a_limit_of_none_names_no_wait() {
        let mut limiter = SlidingLog::new(Rate::new(0, Duration::from_secs(1)), true);
        assert_eq!(limiter.admit(0.0).retry_after_s, None);
    }
}
