//! A narrow limit in front of the one that was found: where refused requests are charged to a wide one too, the knocks
//! that were to show when the narrow one opens used up the wide one, and all that is seen is its window.

use super::machine::Probe;
use super::phase::{Phase, Then};
use super::ride::memory_s;
use crate::throttle::infer::{Cell, Explained, Family};
use crate::throttle::sample::{Outcome, Sample};

/// How long after the latest admission it is knocked, seconds: when the narrow windows have ended that are usual.
const PEEKS_S: [f64; 3] = [1.05, 5.05, 10.05];
/// A wide window is so many times as long.
const TIMES: f64 = 4.0;
/// A narrow limit in front of a wide one is one of few requests.
const MOST: u64 = 20;

impl Probe {
    /// Whether a narrow limit may be in front of this one: nothing named the wait, and enough was refused before anything
    /// came back to use up a wide one.
    pub(super) fn may_hide_another(&self, found: &Explained) -> bool {
        let Some(cell) = self.narrow(found) else {
            return false;
        };
        let outcomes = self.trace.samples.iter().map(|sample| sample.outcome);
        let first = outcomes.skip_while(|outcome| *outcome != Outcome::Refused);
        let row = first.take_while(|outcome| *outcome != Outcome::Accepted);
        let refused = row.filter(|outcome| *outcome == Outcome::Refused).count() as u64;
        refused >= cell.least()
    }

    fn narrow(&self, found: &Explained) -> Option<Cell> {
        let (Explained::One(belief), None, false) = (found, self.watch.told_at, self.copies) else {
            return None;
        };
        let cell = belief.best()?.cell;
        let plain = matches!(
            cell.family,
            Family::Log {
                counts_rejected: false
            } | Family::FirstRequest
        );
        let long = memory_s(&cell)? >= TIMES * PEEKS_S[0];
        (plain && long && cell.least() <= MOST).then_some(cell)
    }

    /// With a settled answer and the limit used up: knocks at which a narrow limit would open.
    pub(super) fn peek(&mut self, found: &Explained) -> bool {
        if self.has_peeked || !self.may_hide_another(found) {
            return false;
        }
        let Some(window_s) = self.narrow(found).and_then(|cell| memory_s(&cell)) else {
            return false;
        };
        self.has_peeked = true;
        let of = PEEKS_S
            .iter()
            .filter(|wait| **wait * TIMES <= window_s)
            .count();
        self.peek_next(0, of);
        true
    }

    fn peek_next(&mut self, done: usize, of: usize) {
        let accepted = |sample: &&Sample| sample.outcome == Outcome::Accepted;
        let latest = self.trace.samples.iter().rev().find(accepted);
        let until = latest.map_or(0.0, |latest| latest.received_s) + PEEKS_S[done];
        self.phase = Phase::Rest {
            until,
            then: Then::Peek { done: done + 1, of },
        };
    }

    /// A reply to such a knock.
    pub(super) fn peeked(&mut self, (done, of): (usize, usize), sample: &Sample, accepted: bool) {
        if accepted {
            self.cycle += 1;
            self.phase = Phase::Burst;
        } else if done < of {
            self.peek_next(done, of);
        } else {
            self.assess(sample);
        }
    }
}
