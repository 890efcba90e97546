//! A trace as the families of hypotheses see it.

use crate::throttle::sample::{Outcome, Sample};

/// One decision, made somewhere in `low..=high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Event {
    /// The earliest instant of the decision, seconds.
    pub(crate) low: f64,
    /// The latest.
    pub(crate) high: f64,
    /// Whether the request was let through.
    pub(crate) admitted: bool,
    /// Which connection carried it.
    pub(crate) connection: u32,
}

impl Event {
    /// The middle of the interval.
    pub(crate) fn at(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }
}

/// The decisions of a trace in order; `slack_s` allows for the coarseness of the server's clock.
pub(crate) fn events(samples: &[Sample], slack_s: f64) -> Vec<Event> {
    let mut events: Vec<Event> = samples
        .iter()
        .filter(|sample| !sample.is_cached())
        .filter_map(|sample| {
            let admitted = match sample.outcome {
                Outcome::Accepted => true,
                Outcome::Refused => false,
                Outcome::Unknown => return None,
            };
            Some(Event {
                low: sample.sent_s - slack_s,
                high: sample.received_s + slack_s,
                admitted,
                connection: sample.connection,
            })
        })
        .collect();
    events.sort_by(|a, b| a.at().total_cmp(&b.at()));
    events
}

/// How many were admitted before the first refusal; `None` without a refusal.
pub(crate) fn first_run(events: &[Event]) -> Option<usize> {
    events.iter().position(|event| !event.admitted)
}
