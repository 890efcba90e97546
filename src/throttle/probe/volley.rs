//! Many requests at once: what limits of requests in flight, and queues, refuse.

use super::machine::{Phase, Probe, Then};
use crate::throttle::sample::{Outcome, Sample};

const VOLLEYS: u32 = 3;

impl Probe {
    /// A queue that delays never refuses who waits for the answer; many at once fill it.
    pub(super) fn look_for_a_queue(&mut self, sample: &Sample) {
        let samples = &self.trace.samples;
        let trips: Vec<f64> = samples.iter().map(|s| s.received_s - s.sent_s).collect();
        let sent = trips.len();
        let out_of_requests =
            sent + VOLLEYS as usize * self.settings.concurrency + 1 >= self.settings.max_requests;
        let slow = sent == 12
            && trips[0] * 2.0 < trips[4]
            && trips[4..].iter().all(|trip| *trip > 0.02)
            && spread(&trips[4..]) < 0.3;
        if (out_of_requests || slow) && self.cycle == 0 && self.settings.concurrency > 1 {
            self.phase = Phase::Rest {
                until: sample.received_s + if slow { 2.0 } else { 0.2 },
                then: Then::Volley { round: 1 },
            };
        }
    }

    pub(super) fn end_of_volley(&mut self, now: f64) {
        let Phase::Volley { round, left: 0 } = self.phase else {
            return;
        };
        if self.in_flight > 0 {
            return;
        }
        let clean = self
            .trace
            .samples
            .iter()
            .all(|s| s.outcome != Outcome::Refused);
        self.phase = if round >= VOLLEYS || clean {
            Phase::Done
        } else {
            Phase::Rest {
                until: now + 1.0,
                then: Then::Volley { round: round + 1 },
            }
        };
    }
}

/// How far values lie apart, relative to the middle.
fn spread(values: &[f64]) -> f64 {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(0.0, f64::max);
    (high - low) / f64::midpoint(high, low)
}
