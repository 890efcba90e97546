//! Many requests at once: what limits of requests in flight, and queues, refuse.

use super::machine::Probe;
use super::phase::{Phase, Then};
use crate::throttle::sample::{Outcome, Sample};

/// Volleys in which something has to be refused before a limit in flight is believed.
const VOLLEYS: u32 = 3;
/// A volley of which nothing was refused.
const CLEAN: u32 = u32::MAX;
/// The requests of a volley are carried by connections from this one on.
pub(super) const CONNECTIONS: u32 = 100;
/// How many slow answers, and how long, to go on alone before many are sent at once.
const PATIENT_REQUESTS: usize = 60;
const PATIENT_S: f64 = 10.0;
/// How long the last volley is sent after the one before it, seconds and parts of its longest answer: a server may count
/// a request a little longer than its answer takes.
const AGAIN: (f64, f64) = (0.01, 0.1);
/// Fewer requests at once tell nothing.
const FEWEST: usize = 4;

impl Probe {
    /// How many requests are sent at once: one is left to tell whether they used something up.
    pub(super) fn volley_size(&self) -> usize {
        let sent = self.trace.samples.len();
        let left = self.settings.max_requests.saturating_sub(sent);
        self.settings.concurrency.min(left.saturating_sub(1))
    }

    /// Whether so much of the budget is sent that the rest is for many at once. At least half of it goes on alone, for
    /// a count that runs out among many at once is not seen to be one.
    fn is_late(&self, sent: usize) -> bool {
        let most = self.settings.max_requests;
        let volleys = [VOLLEYS as usize, 1].map(|volleys| volleys * self.settings.concurrency + 1);
        let kept = volleys.into_iter().find(|kept| 2 * kept <= most);
        kept.is_some_and(|kept| sent + kept >= most)
    }

    /// One caller at a time never meets a limit of requests in flight, and a queue that delays never refuses
    /// who waits for the answer: many at once do, when the answers are slow or the budget ends.
    pub(super) fn look_for_a_queue(&mut self, sample: &Sample) {
        if self.cycle > 0 || self.settings.concurrency < 2 || self.volley_size() < FEWEST {
            return;
        }
        let samples = &self.trace.samples;
        let trips: Vec<f64> = samples.iter().map(|s| s.received_s - s.sent_s).collect();
        let sent = trips.len();
        let latest = &trips[sent.saturating_sub(8)..];
        let slow = sent >= 12 && latest.iter().all(|trip| *trip > 0.015);
        let first = trips.iter().take(3).copied().fold(f64::INFINITY, f64::min);
        let queued = sent == 12 && slow && first * 2.0 < latest[0] && spread(latest) < 0.6;
        let long = slow && (sent >= PATIENT_REQUESTS || sample.received_s > PATIENT_S);
        let last_chance = self.is_late(sent);
        // a second volley at the end of a small budget would take what is left for one more alone
        let early = samples.iter().position(|s| s.connection >= CONNECTIONS);
        let early = early.is_some_and(|first| !self.is_late(first));
        let due = match self.volleys {
            0 => queued || long || last_chance,
            CLEAN => {
                early
                    && last_chance
                    && sent + self.settings.concurrency <= self.settings.max_requests
            }
            _ => true,
        };
        if due {
            let round = if self.volleys == CLEAN {
                1
            } else {
                self.volleys + 1
            };
            self.phase = Phase::Rest {
                // the lone request before a volley takes a place in a queue until it has flowed off
                until: sample.received_s + if queued { 2.0 } else { 0.2 + self.lull_s },
                then: Then::Volley { round },
            };
        }
    }

    /// What to do once all of a volley are answered: alone again, to see whether a window was used up, and many again
    /// at once, to see whether a bucket was.
    pub(super) fn end_of_volley(&mut self, now: f64) {
        let Phase::Volley { round, left: 0 } = self.phase else {
            return;
        };
        if self.in_flight > 0 {
            return;
        }
        let volley = self
            .trace
            .samples
            .iter()
            .rev()
            .take(self.settings.concurrency);
        let longest = volley.map(|s| s.received_s - s.sent_s).fold(0.0, f64::max);
        let clean = self
            .trace
            .samples
            .iter()
            .all(|s| s.outcome != Outcome::Refused);
        if round >= VOLLEYS {
            self.phase = Phase::Done;
            return;
        }
        if !clean && round + 1 == VOLLEYS && self.volley_size() >= FEWEST {
            // a bucket that refills faster than one caller sends has not refilled by then
            self.phase = Phase::Rest {
                until: now + AGAIN.0 + AGAIN.1 * longest,
                then: Then::Volley { round: VOLLEYS },
            };
            return;
        }
        self.lull_s = 0.6 * longest;
        self.volleys = if clean { CLEAN } else { round };
        self.phase = Phase::Rest {
            until: now + if clean { 0.0 } else { 0.3 + 1.2 * longest },
            then: Then::Burst,
        };
    }
}

/// How far values lie apart, relative to the middle.
fn spread(values: &[f64]) -> f64 {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(0.0, f64::max);
    (high - low) / f64::midpoint(high, low)
}
