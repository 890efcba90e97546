//! Limiters made of limiters.

use super::{Limiter, Model};

/// Copies of a limiter that do not share a count; requests reach them at random, by a fixed sequence.
#[derive(Debug, Clone, PartialEq)]
pub struct Copies {
    copies: Vec<Model>,
    state: u64,
}

impl Copies {
    /// `count` copies of `model`, reached in an order that `seed` decides.
    pub fn new(model: &Model, count: usize, seed: u64) -> Self {
        Self {
            copies: vec![model.clone(); count],
            state: seed | 1,
        }
    }

    fn next(&self) -> usize {
        // xorshift64*: enough to spread requests, and the same on every machine
        let mixed = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(mixed % self.copies.len().max(1) as u64).unwrap_or(0)
    }
}

impl Limiter for Copies {
    fn admits(&self, at: f64) -> bool {
        self.copies[self.next()].admits(at)
    }

    fn record(&mut self, at: f64, admitted: bool) {
        let reached = self.next();
        self.copies[reached].record(at, admitted);
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
    }

    fn opens_at(&self, at: f64) -> f64 {
        let opens = self.copies.iter().map(|copy| copy.opens_at(at));
        opens.fold(f64::INFINITY, f64::min)
    }
}

/// Several limiters on one key; a request passes when all admit it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    limiters: Vec<Model>,
    charges_all: bool,
}

impl Stack {
    /// With `charges_all`, a request that one refuses still counts in those that would admit it: DRF.
    pub fn new(limiters: Vec<Model>, charges_all: bool) -> Self {
        Self {
            limiters,
            charges_all,
        }
    }
}

impl Limiter for Stack {
    fn admits(&self, at: f64) -> bool {
        self.limiters.iter().all(|limiter| limiter.admits(at))
    }

    fn record(&mut self, at: f64, admitted: bool) {
        for limiter in &mut self.limiters {
            let admits = limiter.admits(at);
            if admitted || self.charges_all || !admits {
                limiter.record(at, admits);
            }
        }
    }

    fn opens_at(&self, at: f64) -> f64 {
        let opens = self.limiters.iter().map(|limiter| limiter.opens_at(at));
        opens.fold(at, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::super::SlidingLog;
    use super::*;

    #[test]
    fn copies_admit_their_number_times_the_limit() {
        let one = Model::SlidingLog(SlidingLog::new(5, 60.0, false));
        let mut copies = Copies::new(&one, 4, 7);
        let admitted = (0..400).filter(|_| copies.decide(0.0).admitted).count();
        assert_eq!(admitted, 20);
    }

    #[test]
    fn in_drf_a_refusal_by_one_throttle_is_charged_to_the_other() {
        let log = |limit, window_s| Model::SlidingLog(SlidingLog::new(limit, window_s, false));
        let mut stack = Stack::new(vec![log(2, 1.0), log(10, 60.0)], true);
        let admitted = (0..30).filter(|_| stack.decide(0.0).admitted).count();
        assert_eq!(admitted, 2);
        assert!(
            !stack.decide(5.0).admitted,
            "the ten of the minute are used up"
        );
        assert!((stack.opens_at(5.0) - 60.0).abs() < 1e-9);
    }
}
