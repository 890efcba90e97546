//! A limiter of any kind with what may be added to each: a block after excess.

use super::bucket::{SteppedBucket, TokenBucket};
use super::counter::SlidingCounter;
use super::decision::Decision;
use super::queue::LeakyQueue;
use super::sliding_log::SlidingLog;
use super::window::FixedWindow;

/// What the first refusal starts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Block {
    /// How long everything is refused, in seconds.
    pub(super) time_s: f64,
    /// Whether a request that is refused meanwhile starts it anew.
    pub(super) renewed: bool,
}

/// Any of the limiters.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Window(FixedWindow),
    Counter(SlidingCounter),
    Log(SlidingLog),
    Bucket(TokenBucket),
    Stepped(SteppedBucket),
    Queue(LeakyQueue),
}

impl Kind {
    fn admit(&mut self, now: f64) -> Decision {
        match self {
            Self::Window(limiter) => limiter.admit(now),
            Self::Counter(limiter) => limiter.admit(now),
            Self::Log(limiter) => limiter.admit(now),
            Self::Bucket(limiter) => limiter.admit(now),
            Self::Stepped(limiter) => limiter.admit(now),
            Self::Queue(limiter) => limiter.admit(now),
        }
    }
}

/// A limiter behind its block: what is kept for one client.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::server) struct Guarded {
    fresh: Kind,
    limiter: Kind,
    block: Option<Block>,
    blocked_until: Option<f64>,
}

impl Guarded {
    pub(super) fn new(limiter: Kind, block: Option<Block>) -> Self {
        Self {
            fresh: limiter.clone(),
            limiter,
            block,
            blocked_until: None,
        }
    }

    /// Decides on a request at `now`.
    pub(super) fn admit(&mut self, now: f64) -> Decision {
        let Some(block) = self.block else {
            return self.limiter.admit(now);
        };
        match self.blocked_until {
            Some(until) if now < until => {
                let until = if block.renewed {
                    now + block.time_s
                } else {
                    until
                };
                self.blocked_until = Some(until);
                return self.blocked(until - now);
            }
            Some(_) => {
                self.blocked_until = None;
                // Who has served the block starts anew.
                self.limiter = self.fresh.clone();
            }
            None => {}
        }
        let decision = self.limiter.admit(now);
        if decision.admitted {
            return decision;
        }
        self.blocked_until = Some(now + block.time_s);
        Decision {
            retry_after_s: Some(block.time_s),
            reset_s: block.time_s,
            ..decision
        }
    }

    fn blocked(&self, left: f64) -> Decision {
        let limit = self.fresh.clone().admit(0.0);
        Decision::refuse(limit.limit, Some(left), left, limit.window_s)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::rate::Rate;

    fn guarded(renewed: bool) -> Guarded {
        let rate = Rate::new(2, Duration::from_secs(10));
        let block = Block {
            time_s: 30.0,
            renewed,
        };
        Guarded::new(
            Kind::Window(FixedWindow::from_first_request(rate)),
            Some(block),
        )
    }

    fn outcomes(mut limiter: Guarded, instants: &[f64]) -> Vec<bool> {
        instants
            .iter()
            .map(|now| limiter.admit(*now).admitted)
            .collect()
    }

    #[test]
    fn excess_starts_a_block_and_after_it_all_is_forgotten() {
        assert_eq!(
            outcomes(guarded(false), &[0.0, 1.0, 2.0, 31.9, 32.0, 32.1, 32.2]),
            [true, true, false, false, true, true, false]
        );
    }

    #[test]
    fn asking_during_a_renewed_block_lengthens_it() {
        assert_eq!(
            outcomes(guarded(true), &[0.0, 1.0, 2.0, 31.9, 32.0, 61.9, 91.9]),
            [true, true, false, false, false, false, true]
        );
    }

    #[test]
    fn a_blocked_client_is_told_when_the_block_ends() {
        let mut limiter = guarded(false);
        let last = [0.0, 1.0, 2.0, 12.0].map(|now| limiter.admit(now))[3];
        assert_eq!(last.retry_after_s, Some(20.0));
        assert_eq!((last.limit, last.remaining), (2, 0));
    }
}
