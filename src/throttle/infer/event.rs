//! A trace as the families of hypotheses see it.

use super::overlap;
use crate::throttle::sample::{Held, Outcome, Sample};

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
    /// The wait that a refusal named, seconds; not a number where it named none.
    pub(crate) wait_s: f64,
    /// What else was connected.
    pub(crate) held: Option<Held>,
}

impl Event {
    /// The middle of the interval.
    pub(crate) fn at(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// Whether another one comes long before the wait is over that this refusal named: what lets it in is another copy.
    pub(crate) fn is_belied_by(&self, later: &Self) -> bool {
        /// Seconds; waits are rounded up by less than one.
        const LONG_BEFORE_S: f64 = 4.0;
        later.high < self.low + self.wait_s - LONG_BEFORE_S
    }
}

/// The decisions of a trace in order; `slack_s` allows for the coarseness of the server's clock.
pub(crate) fn events(samples: &[Sample], slack_s: f64) -> Vec<Event> {
    let decided = |sample: &&Sample| sample.outcome != Outcome::Unknown;
    let sorted = overlap::sorted(samples.iter().filter(decided));
    let mut events: Vec<Event> = sorted
        .iter()
        .map(|sample| Event {
            low: first_instant(sample) - slack_s,
            high: sample.received_s + slack_s,
            admitted: sample.outcome == Outcome::Accepted,
            connection: sample.connection,
            wait_s: wait_of(sample),
            held: sample.held,
        })
        .collect();
    let mut all_passed = true;
    for group in overlap::groups(&sorted) {
        let group = &mut events[group];
        let refused = group.iter().any(|event| !event.admitted);
        overlap::settle(group, slack_s, all_passed && refused);
        all_passed &= !refused;
    }
    events
}

/// What a limiter decides at these times, each known to within `slack_s`.
#[cfg(test)]
pub(super) fn decided(
    limiter: &mut impl crate::throttle::models::Limiter,
    times: impl IntoIterator<Item = f64>,
    slack_s: f64,
) -> Vec<Event> {
    let times = times.into_iter();
    times
        .map(|at| Event {
            low: at - slack_s,
            high: at + slack_s,
            admitted: limiter.decide(at).admitted,
            connection: 0,
            wait_s: f64::NAN,
            held: None,
        })
        .collect()
}

/// The earliest instant at which a server can have read the request.
fn first_instant(sample: &Sample) -> f64 {
    let freed_s = sample.held.and_then(|held| held.freed_s);
    freed_s.map_or(sample.sent_s, |freed_s| freed_s.max(sample.sent_s))
}

/// `Retry-After` of a refusal, where it is a number.
pub(super) fn wait_of(sample: &Sample) -> f64 {
    sample
        .header("retry-after")
        .filter(|_| sample.outcome == Outcome::Refused)
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(f64::NAN)
}

/// The decisions as a server saw them whose clock shows whole seconds only, when its seconds begin at
/// `phase` of the trace's, up to `late_s` late.
pub(crate) fn ticked(events: &[Event], phase: f64, late_s: f64) -> Vec<Event> {
    /// What either clock may be read too early by.
    const READING_S: f64 = 0.001;
    /// A refusal is one before the end of a window, not at it.
    const BEFORE_S: f64 = 1e-6;
    let tick = |at: f64| (at - phase).floor() + phase;
    let seen = |event: &Event| {
        let before_s = if event.admitted { 0.0 } else { BEFORE_S };
        Event {
            low: tick(event.low - late_s) + before_s,
            high: tick(event.high + READING_S) + before_s,
            ..*event
        }
    };
    events.iter().map(seen).collect()
}

/// How many were admitted before the first refusal; `None` without a refusal.
pub(crate) fn first_run(events: &[Event]) -> Option<usize> {
    events.iter().position(|event| !event.admitted)
}

/// The decisions that say everything to a limiter that forgets refused requests: while none is admitted
/// its load only falls, so of refusals in a row the last implies the others. With `first` the first of each
/// row is kept too, for those to whom it matters.
pub(crate) fn telling(events: &[Event], first: bool) -> Vec<Event> {
    let mut kept: Vec<Event> = Vec::with_capacity(events.len());
    let mut row = 0;
    for event in events {
        row = if event.admitted { 0 } else { row + 1 };
        let replaceable = row > if first { 2 } else { 1 };
        match kept.last_mut() {
            Some(last) if replaceable => {
                if event.low > last.low {
                    *last = *event;
                }
            }
            _ => kept.push(*event),
        }
    }
    kept
}

/// The longest time, seconds, in which nothing but refusals was seen, however late and early they were
/// decided: no window that gives everything back ended in it.
pub(crate) fn longest_shut(events: &[Event]) -> f64 {
    let mut longest: f64 = 0.0;
    let mut since: Option<f64> = None;
    for event in events {
        if event.admitted {
            since = None;
        } else {
            let began = *since.get_or_insert(event.high);
            longest = longest.max(event.low - began);
        }
    }
    longest
}

/// The time that a trace spans at most, seconds.
pub(super) fn seen_s(events: &[Event]) -> f64 {
    let first = events.iter().map(|event| event.low);
    let last = events.iter().map(|event| event.high);
    last.fold(0.0, f64::max) - first.fold(f64::INFINITY, f64::min)
}

/// The shortest memory, seconds, of a limiter that has counted `limit` requests at each refusal.
pub(crate) fn shortest_memory(events: &[Event], limit: u64, counts_rejected: bool) -> f64 {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut counted: Vec<f64> = Vec::with_capacity(events.len());
    let mut shortest: f64 = 0.0;
    for event in events {
        if !event.admitted
            && let Some(index) = counted.len().checked_sub(limit)
        {
            shortest = shortest.max(event.low - counted.get(index).copied().unwrap_or(event.low));
        }
        if event.admitted || counts_rejected {
            counted.push(event.high);
        }
    }
    shortest
}
