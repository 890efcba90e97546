//! Copies of a limiter that share no count: new connections may reach another one.

use super::machine::Probe;
use super::phase::Phase;
use crate::throttle::infer;
use crate::throttle::sample::{Outcome, Sample};

/// New connections without another copy that end the look, once there is one: the system hands connections out
/// unevenly.
const QUIET: u32 = 16;
/// Connections to copies that are shut that are kept busy while a new one opens: of several processes an idle one
/// takes it.
const BUSY: u32 = 3;
/// How long they are given to become busy, seconds: one that wakes up anyway would take the new connection too.
const AT_WORK_S: f64 = 0.0005;

/// What came of a new connection, and of the known ones meanwhile.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// Whether the new connection was let in.
    new: bool,
    /// How many of those that were shut were let in.
    known: u64,
    /// When the new connection is due, seconds.
    pub(super) due_s: f64,
}

impl Probe {
    /// So many more new connections, each of which may reach another copy.
    pub(super) fn look_for_copies(&mut self, left: u32, sample: &Sample) {
        if left > 0 {
            let known = match (sample.closes_connection(), self.copies) {
                (true, _) => 0,
                (false, true) => BUSY.min(self.fresh + 1),
                // the only copy, mostly: every second one is enough
                (false, false) => left % 2,
            };
            self.look = Look::default();
            self.phase = Phase::Fresh {
                left,
                ahead: Some(known),
            };
            return;
        }
        self.connection = 0;
        self.fresh_run = 0;
        if self.copies && self.is_mixed() {
            self.sweep();
        } else {
            self.assess(sample);
        }
    }

    /// The number of new connections that end the look.
    pub(super) fn patience(&self) -> u32 {
        if self.copies {
            QUIET
        } else {
            self.settings.fresh_connections
        }
    }

    /// The connection that comes next in a look: known ones, and then a new one.
    pub(super) fn looks_on(&mut self, left: u32, ahead: u32, now: f64) -> u32 {
        self.look.due_s = now + AT_WORK_S;
        self.phase = Phase::Fresh {
            left,
            ahead: ahead.checked_sub(1),
        };
        match ahead {
            0 => {
                self.fresh += 1;
                self.fresh
            }
            1 => 0,
            more => self.fresh + 2 - more,
        }
    }

    /// A reply to one of a look.
    pub(super) fn looked(&mut self, left: u32, sample: &Sample) {
        if sample.outcome == Outcome::Accepted {
            if sample.connection == self.fresh {
                self.look.new = true;
            } else {
                self.look.known += 1;
            }
        }
        if self.in_flight > 0 {
            return;
        }
        if self.look.new {
            // another copy, or something came back: use it up
            self.connection = self.fresh;
            self.fresh_run = 1;
            self.fresh_left = left - 1;
            self.phase = Phase::Burst;
        } else {
            self.look_for_copies(left - 1, sample);
        }
    }

    /// Whether the whole limit came back in the middle of a look: what was shut was let in too, and no more than
    /// before.
    pub(super) fn came_back(&self) -> bool {
        self.look.known > 0 && self.fresh_run + self.look.known == self.first_run()
    }

    /// On, until all copies are shut.
    pub(super) fn sweep(&mut self) {
        self.phase = match self.hold.processes {
            Some(_) => Phase::ROUND,
            None => Phase::Sweep { refused: 0 },
        };
    }

    /// Whether a connection reaches more than one copy: it was refused and admitted right after.
    pub(super) fn is_mixed(&self) -> bool {
        if self.trace.samples.iter().any(Sample::closes_connection) {
            return true;
        }
        let until = self.drained.unwrap_or(self.trace.samples.len());
        let decisions = infer::events(&self.trace.samples[..until], 0.0);
        decisions.iter().enumerate().any(|(index, refused)| {
            !refused.admitted
                && decisions[index..].iter().any(|later| {
                    later.admitted
                        && later.connection == refused.connection
                        && later.low - refused.high < 0.7
                })
        })
    }
}
