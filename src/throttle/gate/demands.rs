//! What an endpoint's limit is meant to be like.

use super::super::limits::Algorithm;
use crate::rate::Rate;

/// Tokens that may have flown back in so many seconds, and one more: nobody knows the parts that were there.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative; `as` saturates"
)]
pub(super) fn flown(per_s: f64, seconds: f64) -> u64 {
    (per_s * seconds.max(0.0)) as u64 + 1
}

/// Another endpoint, and whether it is meant to share the count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// What it is called in messages.
    pub name: String,
    /// Whether both are meant to draw on one count.
    pub shares: bool,
}

/// What a made-up `X-Forwarded-For` and the like may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forwarding {
    /// Nothing: a fresh count for it is a fault.
    Ignored,
    /// Nobody said. It is tried and told, and fails nothing: stock DRF trusts the whole header.
    Unsaid,
    /// Give a fresh count; it is not tried.
    Trusted,
}

/// Everything that one `[[throttle]]` table demands.
#[derive(Debug, Clone, PartialEq)]
pub struct Demands {
    /// The rates, the shortest window first; empty means no limit.
    pub rates: Vec<Rate>,
    /// The algorithm, where it matters: then a probe looks at the window, too.
    pub algorithm: Option<Algorithm>,
    /// What made-up forwarding headers may do.
    pub forwarded: Forwarding,
    /// How many proxies the API is told to trust (`NUM_PROXIES`): so many entries of `X-Forwarded-For` are sent
    /// as those would add them.
    pub proxies: u32,
    /// Whether a refusal must say when to come back.
    pub retry_after: bool,
    /// Whether requests at once must not get more than the limit.
    pub race_forbidden: bool,
    /// What headers say is taken for the count, and three requests are enough.
    pub sample: bool,
    /// The other endpoints, in the order in which they are asked.
    pub neighbours: Vec<Neighbour>,
}

impl Demands {
    /// Whether made-up forwarding headers are tried. They cost refusals, which a second limit may count.
    pub(super) fn tries_forwarding(&self) -> bool {
        match self.forwarded {
            Forwarding::Ignored => true,
            Forwarding::Unsaid => self.rates.len() < 2,
            Forwarding::Trusted => false,
        }
    }

    /// Whether what headers say is enough: they say nothing of anything else.
    pub fn is_sampled(&self) -> bool {
        self.sample
            && self.rates.len() == 1
            && self.algorithm.is_none()
            && self.forwarded != Forwarding::Ignored
            && !self.race_forbidden
            && self.neighbours.is_empty()
    }

    /// Tokens a second that flow back, where the algorithm is a bucket's.
    pub(super) fn refills(&self, rate: Rate) -> Option<f64> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of requests are far below 2^52"
        )]
        let per_s = rate.limit as f64 / rate.window_s();
        (self.algorithm == Some(Algorithm::TokenBucket)).then_some(per_s)
    }

    /// The most that may pass in so many seconds from the first request on, one token of a bucket spared.
    pub(super) fn admits(&self, rate: Rate, seconds: f64) -> u64 {
        let flown = self.refills(rate).map_or(0, |per_s| flown(per_s, seconds));
        rate.limit.saturating_add(flown)
    }

    /// The rate that is met first.
    pub fn first(&self) -> Option<Rate> {
        self.rates.first().copied()
    }
}
