//! Token buckets: refilled continuously (governor, Go's `x/time/rate`, Traefik, nginx with `nodelay`: the
//! same as GCRA) or in steps (Bucket4j intervally, Envoy's local limit, ASP.NET Core).

use super::decision::{Decision, real, whole};
use crate::rate::Rate;

/// Rounding errors of the refill must not cost a token.
const SLACK: f64 = 1e-6;

/// A bucket into which tokens trickle.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TokenBucket {
    rate: Rate,
    burst: u64,
    counts_refused: bool,
    tokens: f64,
    at: Option<f64>,
}

impl TokenBucket {
    /// A full bucket of `burst` tokens into which those of `rate` trickle. Where refused requests count,
    /// each spills the part of a token that there is.
    pub(super) fn new(rate: Rate, burst: u64, counts_refused: bool) -> Self {
        Self {
            rate,
            burst,
            counts_refused,
            tokens: real(burst),
            at: None,
        }
    }

    /// Decides on a request at `now`.
    pub(super) fn admit(&mut self, now: f64) -> Decision {
        let window = self.rate.window_s();
        let per_s = real(self.rate.limit) / window;
        if let Some(at) = self.at {
            self.tokens = (self.tokens + (now - at).max(0.0) * per_s).min(real(self.burst));
        }
        self.at = Some(self.at.map_or(now, |at| at.max(now)));
        let admitted = self.tokens >= 1.0 - SLACK;
        if admitted {
            self.tokens = (self.tokens - 1.0).max(0.0);
        } else if self.counts_refused {
            self.tokens = 0.0;
        }
        let full = (real(self.burst) - self.tokens) / per_s;
        if admitted {
            return Decision::admit(self.rate.limit, whole(self.tokens + SLACK), full, window);
        }
        let wait = (self.burst > 0 && self.rate.limit > 0).then_some((1.0 - self.tokens) / per_s);
        let full = if full.is_finite() { full } else { window };
        Decision::refuse(self.rate.limit, wait, full, window)
    }
}

/// A bucket into which tokens are thrown by the handful.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SteppedBucket {
    rate: Rate,
    burst: u64,
    handful: u64,
    every_s: f64,
    tokens: u64,
    /// When the last handful was due; the first request starts the timer.
    filled: Option<f64>,
}

impl SteppedBucket {
    /// A full bucket of `burst` tokens that gets `handful` more every `every_s` seconds.
    pub(super) fn new(rate: Rate, burst: u64, handful: u64, every_s: f64) -> Self {
        Self {
            rate,
            burst,
            handful: handful.max(1),
            every_s,
            tokens: burst,
            filled: None,
        }
    }

    /// Decides on a request at `now`.
    pub(super) fn admit(&mut self, now: f64) -> Decision {
        let filled = self.filled.unwrap_or(now);
        let steps = ((now - filled) / self.every_s).floor().max(0.0);
        let filled = filled + steps * self.every_s;
        self.filled = Some(filled);
        let thrown = self.handful.saturating_mul(whole(steps));
        self.tokens = self.tokens.saturating_add(thrown).min(self.burst);
        let admitted = self.tokens > 0;
        self.tokens = self.tokens.saturating_sub(1);
        let next = filled + self.every_s - now;
        let missing = (self.burst - self.tokens).div_ceil(self.handful);
        let full = next + real(missing.saturating_sub(1)) * self.every_s;
        let window = self.rate.window_s();
        if admitted {
            return Decision::admit(self.rate.limit, self.tokens, full, window);
        }
        Decision::refuse(
            self.rate.limit,
            (self.burst > 0).then_some(next),
            full,
            window,
        )
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const ONE_A_SECOND: Rate = Rate::new(10, Duration::from_secs(10));

    fn admitted(tries: usize, mut admit: impl FnMut() -> Decision) -> usize {
        (0..tries).filter(|_| admit().admitted).count()
    }

    #[test]
    fn tokens_trickle_into_the_bucket() {
        let mut bucket = TokenBucket::new(ONE_A_SECOND, 3, false);
        assert_eq!(admitted(9, || bucket.admit(100.0)), 3);
        assert_eq!(admitted(9, || bucket.admit(100.9)), 0);
        assert_eq!(admitted(9, || bucket.admit(101.0)), 1);
        assert_eq!(admitted(9, || bucket.admit(103.5)), 2);
        assert_eq!(admitted(9, || bucket.admit(104.0)), 1);
        assert_eq!(admitted(9, || bucket.admit(200.0)), 3);
    }

    #[test]
    fn the_wait_is_for_one_token_and_the_reset_for_all() {
        let mut bucket = TokenBucket::new(ONE_A_SECOND, 3, false);
        admitted(3, || bucket.admit(0.0));
        let refused = bucket.admit(0.25);
        assert_eq!(refused.retry_after_s, Some(0.75));
        assert!((refused.reset_s - 2.75).abs() < 1e-9);
    }

    #[test]
    fn who_keeps_asking_gets_no_token_where_refused_requests_count() {
        let mut bucket = TokenBucket::new(ONE_A_SECOND, 1, true);
        let instants = (0..100).map(|tenth| f64::from(tenth) * 0.1);
        assert_eq!(
            instants.filter(|now| bucket.admit(*now).admitted).count(),
            1
        );
    }

    #[test]
    fn a_day_of_steady_use_is_never_refused() {
        let mut bucket = TokenBucket::new(Rate::new(3, Duration::from_secs(1)), 1, false);
        let start = 1_767_225_600.0;
        assert!((0..200_000).all(|i| bucket.admit(start + f64::from(i) / 3.0 + 1e-6).admitted));
    }

    #[test]
    fn handfuls_are_thrown_on_the_beat_of_the_first_request() {
        let mut bucket = SteppedBucket::new(ONE_A_SECOND, 4, 2, 2.0);
        assert_eq!(admitted(9, || bucket.admit(7.0)), 4);
        assert_eq!(admitted(9, || bucket.admit(8.9)), 0);
        assert_eq!(admitted(9, || bucket.admit(9.0)), 2);
        assert_eq!(bucket.admit(9.5).retry_after_s, Some(1.5));
        assert_eq!(admitted(9, || bucket.admit(12.9)), 2);
        assert_eq!(admitted(9, || bucket.admit(13.0)), 2);
        assert_eq!(admitted(9, || bucket.admit(99.0)), 4);
    }
}
