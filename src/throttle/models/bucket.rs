//! Limiters that refill.

use super::Limiter;

/// A token bucket that refills continuously; GCRA and the leaky bucket as a meter decide alike.
#[derive(Debug, Clone, PartialEq)]
pub struct TokenBucket {
    capacity: f64,
    rate_per_s: f64,
    used: f64,
    at: f64,
}

impl TokenBucket {
    /// A full bucket.
    pub fn new(capacity: f64, rate_per_s: f64) -> Self {
        Self {
            capacity,
            rate_per_s,
            used: 0.0,
            at: f64::NEG_INFINITY,
        }
    }

    fn used_at(&self, at: f64) -> f64 {
        if self.used <= 0.0 {
            return 0.0;
        }
        // nothing flows back before the last request
        (self.used - self.rate_per_s * (at - self.at).max(0.0)).max(0.0)
    }
}

impl Limiter for TokenBucket {
    fn admits(&self, at: f64) -> bool {
        self.used_at(at) + 1.0 <= self.capacity + 1e-9
    }

    fn record(&mut self, at: f64, admitted: bool) {
        self.used = self.used_at(at) + if admitted { 1.0 } else { 0.0 };
        self.at = self.at.max(at);
    }

    fn opens_at(&self, at: f64) -> f64 {
        at + (self.used_at(at) + 1.0 - self.capacity).max(0.0) / self.rate_per_s
    }
}

/// A token bucket that gets `step` tokens at `phase + k * every_s`.
#[derive(Debug, Clone, PartialEq)]
pub struct SteppedBucket {
    capacity: f64,
    step: f64,
    every_s: f64,
    phase: f64,
    used: f64,
    tick: f64,
}

impl SteppedBucket {
    /// A full bucket.
    pub fn new(capacity: f64, step: f64, every_s: f64, phase: f64) -> Self {
        Self {
            capacity,
            step,
            every_s,
            phase,
            used: 0.0,
            tick: 0.0,
        }
    }

    fn tick_at(&self, at: f64) -> f64 {
        ((at - self.phase) / self.every_s).floor()
    }

    fn used_at(&self, at: f64) -> f64 {
        let ticks = (self.tick_at(at) - self.tick).max(0.0);
        (self.used - self.step * ticks).max(0.0)
    }
}

impl Limiter for SteppedBucket {
    fn admits(&self, at: f64) -> bool {
        self.used_at(at) + 1.0 <= self.capacity
    }

    fn record(&mut self, at: f64, admitted: bool) {
        self.used = self.used_at(at) + if admitted { 1.0 } else { 0.0 };
        self.tick = self.tick_at(at);
    }

    fn opens_at(&self, at: f64) -> f64 {
        if self.admits(at) {
            return at;
        }
        let short = self.used_at(at) + 1.0 - self.capacity;
        let ticks = (short / self.step).ceil().max(1.0);
        self.phase + (self.tick_at(at) + ticks) * self.every_s
    }
}

/// A bucket that counts whole tokens, or whole steps of several, since the last admission: the part of one that had flowed
/// back by then is lost.
#[derive(Debug, Clone, PartialEq)]
pub struct LossyBucket {
    capacity: f64,
    rate_per_s: f64,
    step: f64,
    keeps: bool,
    tokens: f64,
    last: f64,
}

impl LossyBucket {
    /// A full bucket.
    pub fn new(capacity: f64, rate_per_s: f64) -> Self {
        Self {
            capacity,
            rate_per_s,
            step: 1.0,
            keeps: false,
            tokens: capacity,
            last: f64::NEG_INFINITY,
        }
    }

    /// The same, its tokens coming so many at a time.
    #[must_use]
    pub fn by_steps_of(mut self, tokens: f64) -> Self {
        self.step = tokens;
        self
    }

    /// Whether an admission before which no token came leaves the time of the last one as it is.
    #[must_use]
    pub fn keeping_time(mut self, keeps: bool) -> Self {
        self.keeps = keeps;
        self
    }

    fn came_by(&self, at: f64) -> f64 {
        let steps = ((at - self.last) * self.rate_per_s / self.step + 1e-9).floor();
        (steps * self.step).max(0.0)
    }

    fn tokens_at(&self, at: f64) -> f64 {
        (self.tokens + self.came_by(at)).min(self.capacity)
    }
}

impl Limiter for LossyBucket {
    fn admits(&self, at: f64) -> bool {
        self.tokens_at(at) >= 1.0
    }

    fn record(&mut self, at: f64, admitted: bool) {
        if admitted {
            let came = self.came_by(at) > 0.0;
            self.tokens = (self.tokens_at(at) - 1.0).max(0.0);
            if came || !self.keeps {
                self.last = at;
            }
        }
    }

    fn opens_at(&self, at: f64) -> f64 {
        if self.admits(at) {
            return at;
        }
        at.max(self.last + self.step / self.rate_per_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_admits_its_capacity_at_once_and_then_its_rate() {
        let mut bucket = TokenBucket::new(3.0, 2.0);
        let burst: Vec<_> = (0..4).map(|_| bucket.decide(1.0).admitted).collect();
        assert_eq!(burst, [true, true, true, false]);
        assert!((bucket.opens_at(1.0) - 1.5).abs() < 1e-9);
        assert!(!bucket.decide(1.4).admitted);
        assert!(bucket.decide(1.5).admitted);
    }

    #[test]
    fn a_stepped_bucket_refills_on_its_clock() {
        let mut bucket = SteppedBucket::new(3.0, 2.0, 10.0, 0.0);
        let burst: Vec<_> = (0..4).map(|_| bucket.decide(9.0).admitted).collect();
        assert_eq!(burst, [true, true, true, false]);
        assert!((bucket.opens_at(9.0) - 10.0).abs() < 1e-9);
        let step: Vec<_> = (0..3).map(|_| bucket.decide(10.0).admitted).collect();
        assert_eq!(step, [true, true, false]);
    }

    #[test]
    fn a_lossy_bucket_forgets_the_fraction_of_a_token() {
        let mut bucket = LossyBucket::new(2.0, 1.0);
        let burst: Vec<_> = (0..3).map(|_| bucket.decide(5.0).admitted).collect();
        assert_eq!(burst, [true, true, false]);
        assert!(!bucket.decide(5.9).admitted);
        assert!(bucket.decide(6.9).admitted);
        assert!(!bucket.decide(7.1).admitted, "0.9 of a token is lost");
        assert!((bucket.opens_at(7.1) - 7.9).abs() < 1e-9);
    }
}
