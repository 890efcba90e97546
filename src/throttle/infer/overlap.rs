//! Requests under way at the same time: which of them was decided first is not known, for a refusal is sent at once
//! and an answer takes its time.

use std::ops::Range;

use super::event::Event;
use crate::throttle::sample::Sample;

/// More requests than any look for copies has under way at once.
const MANY: usize = 6;

/// Where those are that were sent before all of their group were answered, in samples in the order of sending.
pub(super) fn groups(sorted: &[&Sample]) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut answered = f64::NEG_INFINITY;
    for (index, sample) in sorted.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if sample.sent_s < answered => group.end = index + 1,
            _ => groups.push(index..index + 1),
        }
        answered = answered.max(sample.received_s);
    }
    groups
}

/// In the order of sending.
pub(super) fn sorted<'a>(samples: impl IntoIterator<Item = &'a Sample>) -> Vec<&'a Sample> {
    let mut sorted: Vec<&Sample> = samples.into_iter().collect();
    sorted.sort_by(|a, b| a.sent_s.total_cmp(&b.sent_s));
    sorted
}

/// Puts the decisions of a group in an order that they may have been made in. Where a count may have run out among
/// them, what was let in comes before what was refused, unless it was sent after that refusal had come: to take the
/// replies' order for theirs would make copies of one limiter.
pub(super) fn settle(group: &mut [Event], slack_s: f64, is_first_refused: bool) {
    let runs_out = group.len() >= MANY || is_first_refused;
    if group.len() < 2 || !runs_out {
        group.sort_by(|a, b| a.at().total_cmp(&b.at()));
        return;
    }
    let earliest = |event: &Event| {
        if event.admitted {
            event.low + slack_s
        } else {
            event.high - slack_s
        }
    };
    group.sort_by(|a, b| {
        let order = earliest(a).total_cmp(&earliest(b));
        order.then(b.admitted.cmp(&a.admitted))
    });
    // what is refused after them may have been refused as late as the last of them was let in
    let mut latest = f64::NEG_INFINITY;
    for event in group {
        if event.admitted {
            latest = latest.max(event.high);
        } else {
            event.high = event.high.max(latest);
        }
    }
}
