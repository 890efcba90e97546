//! Limiters of work in progress.

use super::Limiter;

/// A queue that lets one request through every `1 / rate_per_s` seconds and refuses when it is full.
#[derive(Debug, Clone, PartialEq)]
pub struct LeakyQueue {
    rate_per_s: f64,
    waiting: f64,
    free_at: f64,
}

impl LeakyQueue {
    /// A queue with room for `waiting` requests besides the one that passes.
    pub fn new(rate_per_s: f64, waiting: f64) -> Self {
        Self {
            rate_per_s,
            waiting,
            free_at: f64::NEG_INFINITY,
        }
    }
}

impl Limiter for LeakyQueue {
    fn admits(&self, at: f64) -> bool {
        self.free_at - at <= self.waiting / self.rate_per_s + 1e-9
    }

    fn record(&mut self, at: f64, admitted: bool) {
        if admitted {
            self.free_at = self.free_at.max(at) + 1.0 / self.rate_per_s;
        }
    }

    fn opens_at(&self, at: f64) -> f64 {
        at.max(self.free_at - self.waiting / self.rate_per_s)
    }

    fn delay_s(&self, at: f64) -> f64 {
        (self.free_at - at).max(0.0)
    }
}

/// At most `limit` requests in flight, each of which takes `service_s`.
#[derive(Debug, Clone, PartialEq)]
pub struct Concurrency {
    limit: usize,
    service_s: f64,
    busy_until: Vec<f64>,
}

impl Concurrency {
    /// An idle service.
    pub fn new(limit: usize, service_s: f64) -> Self {
        Self {
            limit,
            service_s,
            busy_until: Vec::new(),
        }
    }
}

impl Limiter for Concurrency {
    fn admits(&self, at: f64) -> bool {
        self.busy_until.iter().filter(|&&end| end > at).count() < self.limit
    }

    fn record(&mut self, at: f64, admitted: bool) {
        self.busy_until.retain(|&end| end > at);
        if admitted {
            self.busy_until.push(at + self.service_s);
        }
    }

    fn opens_at(&self, at: f64) -> f64 {
        if self.admits(at) {
            return at;
        }
        let first = self
            .busy_until
            .iter()
            .copied()
            .fold(f64::INFINITY, f64::min);
        first.max(at)
    }

    fn delay_s(&self, _at: f64) -> f64 {
        self.service_s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaky_queue_delays_and_then_refuses() {
        let mut queue = LeakyQueue::new(2.0, 2.0);
        let burst: Vec<_> = (0..4).map(|_| queue.decide(0.0)).collect();
        let delays: Vec<_> = burst.iter().map(|decision| decision.delay_s).collect();
        assert_eq!(delays, [0.0, 0.5, 1.0, 0.0]);
        assert!(!burst[3].admitted);
    }

    #[test]
    fn concurrency_counts_what_is_in_flight() {
        let mut service = Concurrency::new(2, 1.0);
        let burst: Vec<_> = (0..3).map(|_| service.decide(0.0).admitted).collect();
        assert_eq!(burst, [true, true, false]);
        assert!(service.decide(1.0).admitted);
    }
}
