//! Requests under way at the same time.

use std::ops::Range;

use crate::throttle::sample::Sample;

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
