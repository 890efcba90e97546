//! The sliding counter of two windows: the last one counts in proportion to what is left of it (`limits`,
//! `HAProxy`, Cloudflare).

use super::decision::{Decision, real, whole};
use crate::rate::Rate;

/// When the weighted count is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    /// Admits while the weighted count is below the limit.
    Below,
    /// Admits while there is room for one whole request more.
    Whole,
}

/// Two windows on the clock.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SlidingCounter {
    rate: Rate,
    rounding: Rounding,
    counts_refused: bool,
    /// Which window of the clock is the current one.
    index: f64,
    current: u64,
    previous: u64,
}

/// A float's rounding near today's epoch is a quarter of a microsecond.
const MICROSECOND: f64 = 1e-6;

impl SlidingCounter {
    /// Counters at multiples of the window since the epoch of the clock.
    pub(super) fn new(rate: Rate, rounding: Rounding, counts_refused: bool) -> Self {
        Self {
            rate,
            rounding,
            counts_refused,
            index: f64::NEG_INFINITY,
            current: 0,
            previous: 0,
        }
    }

    /// Decides on a request at `now`.
    pub(super) fn admit(&mut self, now: f64) -> Decision {
        let window = self.rate.window_s();
        let index = (now / window).floor();
        if index > self.index {
            let next = (index - self.index - 1.0).abs() < 0.5;
            self.previous = if next { self.current } else { 0 };
            self.current = 0;
            self.index = index;
        }
        let load = self.load(now);
        let admitted = match self.rounding {
            Rounding::Below => load < real(self.rate.limit),
            Rounding::Whole => load + 1.0 <= real(self.rate.limit) + 1e-9,
        };
        if admitted || self.counts_refused {
            self.current += 1;
        }
        let ends = (self.index + 1.0) * window;
        let reset = ends + if self.current > 0 { window } else { 0.0 } - now;
        if admitted {
            let room = real(self.rate.limit) - self.load(now);
            let remaining = match self.rounding {
                Rounding::Below => whole(room.max(0.0).ceil()),
                Rounding::Whole => whole(room.max(0.0) + 1e-9),
            };
            return Decision::admit(self.rate.limit, remaining, reset, window);
        }
        Decision::refuse(
            self.rate.limit,
            Some(self.opens_at(ends) - now),
            reset,
            window,
        )
    }

    fn load(&self, now: f64) -> f64 {
        let into = now / self.rate.window_s() - self.index;
        real(self.previous) * (1.0 - into).clamp(0.0, 1.0) + real(self.current)
    }

    /// The instant at which one more fits if nothing comes before it.
    fn opens_at(&self, ends: f64) -> f64 {
        let window = self.rate.window_s();
        let room = match self.rounding {
            Rounding::Below => real(self.rate.limit),
            Rounding::Whole => real(self.rate.limit) - 1.0,
        };
        // How far into a window the part `before` of the window before it has faded enough.
        let faded = |before: u64, now: u64| {
            let fraction = 1.0 - (room - real(now)) / real(before.max(1));
            (fraction <= 1.0 && room >= real(now)).then_some(fraction.max(0.0))
        };
        let slack = MICROSECOND;
        match faded(self.previous, self.current).filter(|part| *part < 1.0) {
            Some(part) => ends - window + part * window + slack,
            None => ends + faded(self.current, 0).unwrap_or(1.0) * window + slack,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const FOUR_IN_TEN: Rate = Rate::new(4, Duration::from_secs(10));

    fn admitted(limiter: &mut SlidingCounter, now: f64, tries: usize) -> usize {
        (0..tries).filter(|_| limiter.admit(now).admitted).count()
    }

    #[test]
    fn the_last_window_fades() {
        let mut limiter = SlidingCounter::new(FOUR_IN_TEN, Rounding::Whole, false);
        assert_eq!(admitted(&mut limiter, 9.0, 9), 4);
        // A quarter into the next window three of the four still count.
        assert_eq!(admitted(&mut limiter, 12.4, 9), 0);
        assert_eq!(admitted(&mut limiter, 12.5, 9), 1);
        assert_eq!(admitted(&mut limiter, 15.0, 9), 1);
        assert_eq!(admitted(&mut limiter, 100.0, 9), 4);
    }

    #[test]
    fn a_fraction_of_room_is_enough_when_the_count_must_be_below_the_limit() {
        let mut below = SlidingCounter::new(FOUR_IN_TEN, Rounding::Below, false);
        assert_eq!(admitted(&mut below, 9.0, 9), 4);
        assert_eq!(admitted(&mut below, 10.0, 9), 0);
        assert_eq!(admitted(&mut below, 10.1, 9), 1);
        assert_eq!(admitted(&mut below, 12.4, 9), 0);
        assert_eq!(admitted(&mut below, 12.6, 9), 1);
    }

    #[test]
    fn refused_requests_count_where_they_are_told_to() {
        let mut limiter = SlidingCounter::new(FOUR_IN_TEN, Rounding::Whole, true);
        assert_eq!(admitted(&mut limiter, 9.0, 8), 4);
        // Eight were counted: half of them is the whole limit.
        assert_eq!(admitted(&mut limiter, 15.0, 1), 0);
    }

    #[test]
    fn the_wait_it_tells_is_the_shortest_that_helps() {
        for rounding in [Rounding::Below, Rounding::Whole] {
            for full_at in [0.0, 3.0, 9.9, 12.0] {
                let mut limiter = SlidingCounter::new(FOUR_IN_TEN, rounding, false);
                admitted(&mut limiter, full_at, 4);
                let mut now = full_at;
                for _ in 0..20 {
                    let decision = limiter.admit(now);
                    if let Some(wait) = decision.retry_after_s {
                        let early = limiter.clone().admit(now + wait - 1e-3).admitted;
                        assert!(!early, "{rounding:?} full at {full_at}, asked at {now}");
                        now += wait;
                        assert!(limiter.clone().admit(now).admitted);
                    }
                }
            }
        }
    }
}
