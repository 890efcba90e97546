//! Copies of a limiter that share no count: new connections may reach another one.

use super::apart::CONNECTIONS;
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
/// The same in the last look for copies.
const CROWD: u32 = 4;
/// Who is let in so much too soon, seconds, is let in by another copy.
const EARLY_S: f64 = 4.0;
/// So small a part of a window need not be known better.
const NARROW: f64 = 0.05;
/// Requests at once in a sweep: one after the other they may all reach the copy that was reached last.
const AT_ONCE: u32 = 4;
/// Refusals in a row that say that every copy is shut.
const SHUT_COPIES: u32 = 25;
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
                // the only copy, mostly: one now and then is enough, and a crowd at the end, for a proxy that keeps
                // connections to its copies opens no other while one is free
                (false, false) => match left {
                    1 => CROWD,
                    4 => 1,
                    _ => 0,
                },
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
            self.copies |= self.is_early(sample);
        }
        let new_is_to_come = matches!(self.phase, Phase::Fresh { ahead: Some(_), .. });
        if self.in_flight > 0 || new_is_to_come {
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

    /// Whether this was let in long before the instant that the refusal before it named, by a server that means it:
    /// another copy did.
    pub(super) fn is_early(&self, sample: &Sample) -> bool {
        let told_at = self.watch.told_at.filter(|_| self.watch.quiet);
        told_at.is_some_and(|told_at| told_at - sample.received_s > EARLY_S)
    }

    /// Copies that were reached in turn, so that all of them were shut at once: until all are shut once more.
    pub(super) fn begin_anew(&mut self, sample: &Sample) {
        self.copies = true;
        self.cycle = 0;
        self.drained = None;
        self.watch.first_at = match self.watch.opened_at {
            0.0 => self.watch.first_at,
            opened_at => opened_at,
        };
        self.connection = sample.connection;
        self.sweep();
    }

    /// On, until all copies are shut.
    pub(super) fn sweep(&mut self) {
        self.phase = match self.hold.processes {
            Some(_) => Phase::ROUND,
            None => Phase::Sweep {
                left: AT_ONCE,
                refused: 0,
            },
        };
    }

    /// All copies were shut a second time. Where no wait is named and the first opening left much open, the next one
    /// tells how long their window is: it began when they opened.
    pub(super) fn watch_copies(&mut self) {
        let opened_at = self.watch.opened_at;
        let before = |sample: &&Sample| sample.sent_s < opened_at;
        let closed = self.trace.samples.iter().rev().find(before);
        let low = closed.map_or(0.0, |sample| sample.sent_s) - self.watch.first_at;
        let high = opened_at - self.watch.first_at;
        if self.watch.told_at.is_some() || high - low < NARROW * high {
            self.phase = Phase::Done;
            return;
        }
        let windows: Vec<(f64, f64)> = infer::windows(low, high).collect();
        let all: f64 = windows.iter().map(|(_, weight)| weight).sum();
        let openings = windows.into_iter();
        self.watch.openings = openings
            .map(|(window, weight)| (opened_at + window, weight / all))
            .collect();
        self.watch.openings.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.watch.silent_until = None;
        self.phase = Phase::Watch;
    }

    /// The connection of the next request of a sweep.
    pub(super) fn sweeps_on(&mut self, left: u32, refused: u32) -> u32 {
        self.phase = Phase::Sweep {
            left: left - 1,
            refused,
        };
        CONNECTIONS + left
    }

    /// A reply of a sweep.
    pub(super) fn swept(&mut self, sample: &Sample) {
        let Phase::Sweep { left, refused } = self.phase else {
            return;
        };
        let refused = match sample.outcome {
            Outcome::Accepted => 0,
            Outcome::Refused => refused + 1,
            Outcome::Unknown => refused,
        };
        let all = left == 0 && self.in_flight == 0;
        if all && refused >= SHUT_COPIES {
            self.all_are_shut(sample);
            return;
        }
        self.phase = Phase::Sweep {
            left: if all { AT_ONCE } else { left },
            refused,
        };
    }

    /// Whether a connection reaches more than one copy: it was refused and admitted right after.
    pub(super) fn is_mixed(&self) -> bool {
        if self.unlike || self.trace.samples.iter().any(Sample::closes_connection) {
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
