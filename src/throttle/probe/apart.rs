//! Requests so far apart that each copy of a limiter has its oldest one at another instant: refusals that name the wait
//! until it leaves tell the copies apart then.

use super::machine::Probe;
use super::phase::{Phase, Then};
use crate::throttle::infer::as_f64;
use crate::throttle::sample::{Outcome, Sample};

/// How far apart, seconds: waits are told in whole ones.
const CLOSEST_S: f64 = 1.05;
const FARTHEST_S: f64 = 1.3;
/// Most instants; all but the last few have one request alone, of which processes get one each that are woken in turn.
const MOST: u32 = 11;
/// Requests together: where the process that was woken last is woken first, others get some of these.
const TOGETHER: [u32; 3] = [2, 3, 4];
/// Fewer than so many instants are not worth it.
const FEWEST: usize = 4;
/// The part of a window, and of the limit, that they take at most.
const PART: f64 = 0.6;
/// What is sent together is carried by connections from this one on.
pub(super) const CONNECTIONS: u32 = 200;

/// Groups of requests, one each instant.
#[derive(Debug, Clone, Default)]
pub(super) struct Apart {
    groups: Vec<u32>,
    every_s: f64,
    /// When the next group is due.
    pub(super) due_s: f64,
}

impl Probe {
    /// All copies were shut, and now something came back: the oldest requests of all copies at instants of their own
    /// where refusals name waits, then on until all copies are shut again.
    pub(super) fn reopened(&mut self, sample: &Sample) {
        let counted = self.hold.processes.is_some();
        let named = self.watch.told_at.is_some();
        if counted || !named {
            self.sweep();
            return;
        }
        let now = sample.received_s;
        let first_at = self.watch.first_at;
        let drained = self.drained.unwrap_or_default();
        let accepted = |sample: &Sample| -> Option<f64> {
            let got = sample.outcome == Outcome::Accepted && sample.received_s > first_at;
            got.then_some(sample.received_s)
        };
        let before = self.trace.samples[..drained].iter().filter_map(accepted);
        let (count, last) = before.fold((0, first_at), |(count, _), at| (count + 1, at));
        let taken_s = last - first_at;
        let time_s = (PART * (now - first_at) - taken_s).max(0.0);
        let groups = groups(time_s, PART * as_f64(count));
        let every_s = (time_s / as_f64(groups.len().max(1) as u64)).clamp(CLOSEST_S, FARTHEST_S);
        // what was let in before has left by then, of all copies
        let begins = now + taken_s + 0.1;
        let ends = begins + every_s * as_f64(groups.len() as u64) + 2.0 * taken_s;
        if groups.len() < FEWEST || ends > self.settings.max_time_s {
            self.sweep();
            return;
        }
        self.apart = Apart {
            groups: groups.into_iter().rev().collect(),
            every_s,
            due_s: begins,
        };
        self.phase = Phase::Rest {
            until: begins,
            then: Then::Apart,
        };
    }

    /// The next of the requests, once it is due.
    pub(super) fn next_apart(&mut self, left: u32) -> u32 {
        self.phase = Phase::Apart { left: left - 1 };
        CONNECTIONS + left
    }

    /// A reply to one of a group: silence after the last.
    pub(super) fn end_of_group(&mut self) {
        if self.phase == (Phase::Apart { left: 0 }) && self.in_flight == 0 {
            self.phase = Phase::Rest {
                until: self.apart.due_s,
                then: Then::Apart,
            };
        }
    }

    /// The next group, if there is one.
    pub(super) fn next_group(&mut self) {
        match self.apart.groups.pop() {
            Some(left) => {
                self.apart.due_s += self.apart.every_s;
                self.phase = Phase::Apart { left };
            }
            None => self.sweep(),
        }
    }
}

/// How many requests go together at each instant, in seconds' time and with so many requests to spend.
fn groups(time_s: f64, mut requests: f64) -> Vec<u32> {
    let in_time = (1..=MOST).take_while(|round| f64::from(*round) * CLOSEST_S <= time_s);
    let alone = in_time.count().saturating_sub(TOGETHER.len());
    std::iter::repeat_n(1, alone)
        .chain(TOGETHER)
        .take_while(|group| {
            requests -= f64::from(*group);
            requests >= 0.0
        })
        .collect()
}
