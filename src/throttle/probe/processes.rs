//! Processes that answer one connection at a time, Gunicorn's synchronous workers say. One that has accepted a
//! connection waits for its request, so idle connections hold them: where one more request is answered there is one
//! more process, and where all but one are held it gets every request.

use super::machine::Probe;
use super::phase::{Phase, Step};
use super::settings::Effort;
use crate::throttle::sample::{Held, Outcome, Sample};

/// More processes than this are not held.
const MOST: u32 = 8;
/// How long a process needs to accept a connection, seconds: when counting, and when emptying.
const ACCEPTS_S: f64 = 0.012;
const TAKES_S: f64 = 0.004;
/// No answer for so long, seconds, and so many round trips says that every process is held: each request has a connection
/// of its own, which takes up to three of them.
const SILENT_S: f64 = 0.08;
const SILENT_TRIPS: f64 = 6.0;
/// Slower servers are not held, seconds of the first round trip.
const SLOW_S: f64 = 0.4;
/// Processes are held no longer than this, seconds.
const LONGEST_S: f64 = 5.0;

/// Idle connections.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hold {
    /// How many there are to be.
    idle: u32,
    /// How many there are.
    open: u32,
    /// Since when, in the trace's seconds.
    since_s: f64,
    /// When one was closed for want of an answer.
    freed_s: Option<f64>,
    /// When the connections of a round are accepted.
    pub(super) dealt_s: f64,
    /// Whether so many were seen to hold every process once before.
    again: bool,
    /// How many processes there are.
    pub(super) processes: Option<u32>,
}

impl Probe {
    /// Whether the processes can be counted: the server closes its connections, as one does that answers one at a time.
    pub(super) fn is_countable(&self, sample: &Sample) -> bool {
        sample.closes_connection()
            && sample.received_s - sample.sent_s < SLOW_S
            && self.settings.fresh_connections > 0
            && self.settings.effort != Effort::Quick
    }

    /// One more is held, and then a request is sent.
    pub(super) fn count_processes(&mut self, idle: u32, now: f64) {
        if self.hold.idle == 0 {
            self.hold.since_s = now;
        }
        self.hold.idle = idle;
        self.hold.freed_s = None;
        self.phase = Phase::Count {
            at: now + ACCEPTS_S,
            asked: false,
        };
    }

    /// What to do about idle connections before anything else.
    pub(super) fn step_of_holding(&mut self, now: f64) -> Option<Step> {
        let counts = matches!(self.phase, Phase::Count { .. });
        let overdue = now - self.hold.since_s > LONGEST_S;
        if !counts && (overdue || !matches!(self.phase, Phase::Burst)) {
            self.hold.idle = 0;
        }
        if let Phase::Count { at, asked: true } = self.phase
            && now >= at
            && self.hold.freed_s.is_none()
        {
            self.hold.idle -= 1;
            self.hold.freed_s = Some(now);
        }
        if self.hold.open != self.hold.idle {
            self.hold.open = self.hold.idle;
            return Some(Step::Hold {
                idle: self.hold.idle,
            });
        }
        let Phase::Count { at, asked } = self.phase else {
            return None;
        };
        if asked && self.in_flight == 0 {
            // nothing came back that says anything
            self.hold.idle = 0;
            self.phase = Phase::Burst;
            return self.step_of_holding(now);
        }
        if now < at {
            return Some(Step::Wait { until_s: at });
        }
        if asked {
            return Some(Step::Wait {
                until_s: self.settings.max_time_s,
            });
        }
        let answered = self.trace.samples.iter().filter(|sample| {
            let held = sample.held.and_then(|held| held.freed_s);
            held.is_none()
        });
        let trips = answered.map(|sample| sample.received_s - sample.sent_s);
        let silent_s = SILENT_S + SILENT_TRIPS * trips.fold(0.0, f64::max);
        self.phase = Phase::Count {
            at: now + silent_s,
            asked: true,
        };
        None
    }

    /// What a request was sent beside.
    pub(super) fn held(&self) -> Option<Held> {
        match self.phase {
            Phase::Count { .. } => Some(Held {
                idle: self.hold.idle + u32::from(self.hold.freed_s.is_some()),
                freed_s: self.hold.freed_s,
            }),
            _ => (self.hold.open > 0).then_some(Held {
                idle: self.hold.open,
                freed_s: None,
            }),
        }
    }

    /// A reply while processes are counted.
    pub(super) fn counted(&mut self, sample: &Sample) {
        let Some(held) = sample.held else { return };
        let now = sample.received_s;
        if held.freed_s.is_none() {
            self.hold.again = false;
            if held.idle < MOST {
                self.count_processes(held.idle + 1, now);
                return;
            }
            // threads, or something in front that accepts for them
            self.hold.idle = 0;
        } else if !self.hold.again {
            // it may have been busy with something else
            self.hold.again = true;
            self.count_processes(held.idle, now);
            return;
        } else {
            self.hold.processes = Some(held.idle);
        }
        if sample.outcome == Outcome::Refused {
            self.shut(sample);
        } else {
            self.phase = Phase::Burst;
        }
    }

    /// Opens the connections of a round.
    pub(super) fn deal(&mut self, now: f64) -> Step {
        if let Phase::Round { opened, .. } = &mut self.phase {
            *opened = true;
        }
        self.hold.dealt_s = now + TAKES_S;
        Step::Open {
            first: self.fresh + 1,
            count: self.hold.processes.unwrap_or(1),
        }
    }

    /// A reply of a round: as many connections as there are processes, opened together, reach one each.
    pub(super) fn rounded(&mut self, sample: &Sample) {
        let (
            Phase::Round {
                asked,
                let_in,
                row,
                refused,
                ..
            },
            Some(processes),
        ) = (self.phase, self.hold.processes)
        else {
            return;
        };
        let accepted = sample.outcome == Outcome::Accepted;
        let let_in = let_in + u64::from(accepted);
        let row = if accepted { row + 1 } else { 0 };
        let refused = if accepted { 0 } else { refused + 1 };
        let again = asked + 1 == processes;
        self.phase = Phase::Round {
            opened: !again,
            asked: if again { 0 } else { asked + 1 },
            let_in,
            row,
            refused,
        };
        if row == let_in && row >= self.first_run() && self.cycle == 0 {
            // All without a refusal: what was shut is open again, and others have no counts of their own.
            self.opened(sample);
        } else if refused >= 2 * processes {
            // one alone may have flowed back
            self.copies |= let_in > 1;
            self.all_are_shut(sample);
        }
    }
}
