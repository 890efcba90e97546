//! What an endpoint's limit is meant to be like.

use super::super::limits::Algorithm;
use crate::rate::Rate;

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

    /// The rate that is met first.
    pub fn first(&self) -> Option<Rate> {
        self.rates.first().copied()
    }
}
