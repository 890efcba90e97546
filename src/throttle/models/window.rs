//! Limiters that count requests in windows of time.

use std::collections::VecDeque;

use super::Limiter;

/// At most `limit` requests in any `window_s` seconds: DRF's throttles.
#[derive(Debug, Clone, PartialEq)]
pub struct SlidingLog {
    limit: usize,
    window_s: f64,
    counts_rejected: bool,
    log: VecDeque<f64>,
}

impl SlidingLog {
    /// An empty log; with `counts_rejected`, refused requests enter it too.
    pub fn new(limit: usize, window_s: f64, counts_rejected: bool) -> Self {
        Self {
            limit,
            window_s,
            counts_rejected,
            log: VecDeque::new(),
        }
    }
}

impl Limiter for SlidingLog {
    fn admits(&self, at: f64) -> bool {
        let gone = self.log.partition_point(|&past| past <= at - self.window_s);
        self.log.len() - gone < self.limit
    }

    fn record(&mut self, at: f64, admitted: bool) {
        let gone = self.log.partition_point(|&past| past <= at - self.window_s);
        self.log.drain(..gone);
        if admitted || self.counts_rejected {
            self.log.push_back(at);
        }
    }

    fn opens_at(&self, at: f64) -> f64 {
        if self.limit == 0 {
            return f64::INFINITY;
        }
        match self.log.len().checked_sub(self.limit) {
            Some(last_to_leave) => at.max(self.log[last_to_leave] + self.window_s),
            None => at,
        }
    }
}

/// At most `limit` requests in each window: from the first request, or on a clock.
#[derive(Debug, Clone, PartialEq)]
pub struct FixedWindow {
    limit: usize,
    window_s: f64,
    phase: Option<f64>,
    start: f64,
    count: usize,
}

impl FixedWindow {
    /// A window that begins with the first request after the last one ended.
    pub fn from_first_request(limit: usize, window_s: f64) -> Self {
        Self {
            limit,
            window_s,
            phase: None,
            start: f64::NEG_INFINITY,
            count: 0,
        }
    }

    /// Windows that begin at `phase + k * window_s`.
    pub fn aligned(limit: usize, window_s: f64, phase: f64) -> Self {
        Self {
            phase: Some(phase),
            ..Self::from_first_request(limit, window_s)
        }
    }
}

impl Limiter for FixedWindow {
    fn admits(&self, at: f64) -> bool {
        let count = if at >= self.start + self.window_s {
            0
        } else {
            self.count
        };
        count < self.limit
    }

    fn record(&mut self, at: f64, admitted: bool) {
        if at >= self.start + self.window_s {
            self.count = 0;
            self.start = match self.phase {
                Some(phase) => phase + ((at - phase) / self.window_s).floor() * self.window_s,
                None => at,
            };
        }
        self.count += usize::from(admitted);
    }

    fn opens_at(&self, at: f64) -> f64 {
        if self.admits(at) {
            at
        } else {
            self.start + self.window_s
        }
    }
}

/// Two aligned windows, the earlier weighed by how much of it still overlaps the last `window_s`.
#[derive(Debug, Clone, PartialEq)]
pub struct SlidingCounter {
    limit: f64,
    window_s: f64,
    phase: f64,
    whole_request_fits: bool,
    counts_rejected: bool,
    restarts: bool,
    index: f64,
    current: f64,
    previous: f64,
}

impl SlidingCounter {
    /// Windows at `phase + k * window_s`; admits when the weighted count is below `limit`, or with
    /// `whole_request_fits` when it is at most `limit - 1`.
    pub fn new(limit: f64, window_s: f64, phase: f64, whole_request_fits: bool) -> Self {
        Self {
            limit,
            window_s,
            phase,
            whole_request_fits,
            counts_rejected: false,
            restarts: false,
            index: f64::NEG_INFINITY,
            current: 0.0,
            previous: 0.0,
        }
    }

    /// Counts refused requests too: `HAProxy`'s rates.
    #[must_use]
    pub fn counting_rejected(mut self, counts: bool) -> Self {
        self.counts_rejected = counts;
        self
    }

    /// Begins its windows anew with the first request, and with one that finds both windows over.
    #[must_use]
    pub fn restarting(mut self, restarts: bool) -> Self {
        self.restarts = restarts;
        self
    }

    /// Window index, count in it, and count in the one before.
    fn counts(&self, at: f64) -> (f64, f64, f64) {
        let index = ((at - self.phase) / self.window_s).floor();
        if index <= self.index {
            (self.index, self.current, self.previous)
        } else if index - self.index < 1.5 {
            (index, 0.0, self.current)
        } else {
            (index, 0.0, 0.0)
        }
    }

    fn threshold(&self) -> f64 {
        if self.whole_request_fits {
            self.limit - 1.0
        } else {
            self.limit
        }
    }

    fn fits(&self, load: f64) -> bool {
        if self.whole_request_fits {
            load <= self.threshold() + 1e-12
        } else {
            load < self.threshold()
        }
    }

    /// The first instant of a window, from its beginning on, at which the load fits.
    fn opens_within(&self, index: f64, current: f64, previous: f64) -> Option<f64> {
        if self.fits(current + previous) {
            return Some(self.phase + index * self.window_s);
        }
        if previous <= 0.0 || !self.fits(current) {
            return None;
        }
        let passed = 1.0 - (self.threshold() - current) / previous;
        Some(self.phase + (index + passed.clamp(0.0, 1.0)) * self.window_s)
    }
}

impl Limiter for SlidingCounter {
    fn admits(&self, at: f64) -> bool {
        let (index, current, previous) = self.counts(at);
        let passed = ((at - self.phase) / self.window_s - index).clamp(0.0, 1.0);
        self.fits(previous * (1.0 - passed) + current)
    }

    fn record(&mut self, at: f64, admitted: bool) {
        let counts = admitted || self.counts_rejected;
        if self.restarts && !counts {
            return;
        }
        let (index, current, previous) = self.counts(at);
        if self.restarts && (self.index.is_infinite() || index - self.index > 1.5) {
            self.phase = at;
            self.index = 0.0;
        } else {
            self.index = index;
        }
        self.previous = previous;
        self.current = current + if counts { 1.0 } else { 0.0 };
    }

    fn opens_at(&self, at: f64) -> f64 {
        if self.admits(at) {
            return at;
        }
        let (index, current, previous) = self.counts(at);
        self.opens_within(index, current, previous)
            .or_else(|| self.opens_within(index + 1.0, 0.0, current))
            .unwrap_or(self.phase + (index + 2.0) * self.window_s)
            .max(at)
    }
}

/// A window from the first request; the request above the limit shuts the door for `ban_s`.
#[derive(Debug, Clone, PartialEq)]
pub struct Ban {
    window: FixedWindow,
    length_s: f64,
    renews: bool,
    since: Option<f64>,
}

impl Ban {
    /// With `renews`, every refused request begins the ban anew.
    pub fn new(limit: usize, window_s: f64, ban_s: f64, renews: bool) -> Self {
        Self {
            window: FixedWindow::from_first_request(limit, window_s),
            length_s: ban_s,
            renews,
            since: None,
        }
    }
}

impl Limiter for Ban {
    fn admits(&self, at: f64) -> bool {
        match self.since {
            Some(since) => at >= since + self.length_s,
            None => self.window.admits(at),
        }
    }

    fn record(&mut self, at: f64, admitted: bool) {
        if admitted {
            if self.since.take().is_some() {
                self.window.start = f64::NEG_INFINITY;
            }
            self.window.record(at, true);
        } else if self.renews || self.since.is_none_or(|since| at >= since + self.length_s) {
            self.since = Some(at);
        }
    }

    fn opens_at(&self, at: f64) -> f64 {
        match self.since {
            Some(since) => at.max(since + self.length_s),
            None => self.window.opens_at(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(limiter: &mut impl Limiter, times: &[f64]) -> Vec<bool> {
        times
            .iter()
            .map(|&at| limiter.decide(at).admitted)
            .collect()
    }

    #[test]
    fn a_sliding_log_gives_back_one_slot_at_a_time() {
        let mut log = SlidingLog::new(2, 10.0, false);
        assert_eq!(
            admitted(&mut log, &[0.0, 1.0, 2.0, 9.9, 10.0, 10.5, 11.0]),
            [true, true, false, false, true, false, true]
        );
        assert!((log.opens_at(12.0) - 20.0).abs() < 1e-9);
    }

    #[test]
    fn a_log_that_counts_refusals_stays_shut_while_it_is_asked() {
        let mut log = SlidingLog::new(1, 10.0, true);
        assert_eq!(
            admitted(&mut log, &[0.0, 9.0, 18.0, 27.0, 37.0]),
            [true, false, false, false, true]
        );
    }

    #[test]
    fn a_fixed_window_gives_everything_back_at_once() {
        let mut first = FixedWindow::from_first_request(2, 10.0);
        assert_eq!(
            admitted(&mut first, &[3.0, 4.0, 12.9, 13.0, 13.0, 13.0]),
            [true, true, false, true, true, false]
        );
        let mut aligned = FixedWindow::aligned(1, 10.0, 5.0);
        assert_eq!(
            admitted(&mut aligned, &[3.0, 4.0, 5.0, 14.9, 15.0]),
            [true, false, true, false, true]
        );
    }

    #[test]
    fn a_sliding_counter_forgets_the_last_window_gradually() {
        let mut counter = SlidingCounter::new(4.0, 10.0, 0.0, false);
        assert_eq!(
            admitted(&mut counter, &[1.0, 1.0, 1.0, 1.0, 1.0, 10.0]),
            [true, true, true, true, false, false]
        );
        assert!(counter.opens_at(10.0) >= 10.0 && counter.opens_at(10.0) < 10.1);
        assert!(counter.admits(10.1));
    }

    #[test]
    fn a_counter_that_restarts_begins_with_a_request_after_both_windows() {
        let mut counter = SlidingCounter::new(2.0, 10.0, 0.0, false)
            .counting_rejected(true)
            .restarting(true);
        assert_eq!(
            admitted(&mut counter, &[7.0, 7.0, 7.0, 17.0, 28.0, 37.0, 37.0, 38.5]),
            [true, true, false, false, true, true, false, false]
        );
        let mut after = SlidingCounter::new(2.0, 10.0, 0.0, false).restarting(true);
        assert_eq!(
            admitted(&mut after, &[7.0, 7.0, 33.0, 33.0, 42.9, 44.0]),
            // on a clock the fifth would be let in
            [true, true, true, true, false, true]
        );
    }

    #[test]
    fn a_ban_lasts_from_the_refusal() {
        let mut ban = Ban::new(1, 1.0, 10.0, false);
        assert_eq!(
            admitted(&mut ban, &[0.0, 0.5, 5.0, 10.4, 10.5]),
            [true, false, false, false, true]
        );
        let mut renewed = Ban::new(1, 1.0, 10.0, true);
        assert_eq!(
            admitted(&mut renewed, &[0.0, 0.5, 5.0, 10.5, 20.5]),
            [true, false, false, false, true]
        );
    }
}
