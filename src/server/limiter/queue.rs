//! The leaky queue, which holds requests back to an even pace (nginx without `nodelay`, Traefik).

use super::decision::{Decision, real, whole};
use crate::rate::Rate;

/// Lets one request through per interval and keeps so many waiting.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LeakyQueue {
    rate: Rate,
    depth: u64,
    /// When the next request may go through.
    free_at: f64,
}

impl LeakyQueue {
    /// An empty queue with `depth` places that drains at `rate`.
    pub(super) fn new(rate: Rate, depth: u64) -> Self {
        Self {
            rate,
            depth,
            free_at: f64::NEG_INFINITY,
        }
    }

    /// Decides on a request at `now`: it goes through after its delay, or finds the queue full.
    pub(super) fn admit(&mut self, now: f64) -> Decision {
        let window = self.rate.window_s();
        if self.rate.limit == 0 {
            return Decision::refuse(0, None, window, window);
        }
        let interval = window / real(self.rate.limit);
        let delay = (self.free_at - now).max(0.0);
        let longest = real(self.depth) * interval;
        if delay > longest + 1e-6 {
            return Decision::refuse(self.rate.limit, Some(delay - longest), delay, window);
        }
        self.free_at = now + delay + interval;
        let waiting = whole(delay / interval + 1e-6);
        Decision {
            delay_s: delay,
            ..Decision::admit(
                self.rate.limit,
                self.depth.saturating_sub(waiting),
                delay + interval,
                window,
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn requests_leave_at_an_even_pace_and_the_queue_has_an_end() {
        let mut queue = LeakyQueue::new(Rate::new(60, Duration::from_secs(30)), 3);
        let burst: Vec<Option<f64>> = (0..6)
            .map(|_| queue.admit(10.0))
            .map(|decision| decision.admitted.then_some(decision.delay_s))
            .collect();
        assert_eq!(
            burst,
            [Some(0.0), Some(0.5), Some(1.0), Some(1.5), None, None]
        );
        let refused = queue.admit(10.1);
        assert!((refused.retry_after_s.unwrap() - 0.4).abs() < 1e-9);
        assert!(queue.admit(10.5).admitted);
        assert!(queue.admit(99.0).delay_s < 1e-9);
    }

    #[test]
    fn a_queue_without_places_admits_one_at_a_time() {
        let mut queue = LeakyQueue::new(Rate::new(1, Duration::from_secs(1)), 0);
        assert!(queue.admit(0.0).admitted);
        assert!(!queue.admit(0.9).admitted);
        assert!(queue.admit(1.0).admitted);
    }
}
