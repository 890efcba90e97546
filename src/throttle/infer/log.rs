//! Sliding logs: for each limit, the windows that explain every decision are one interval.

use super::cell::{Cell, Family};
use super::event::{Event, first_run};
use super::prior;

/// Every sliding log that explains the trace.
pub(crate) fn explain(events: &[Event], counts_rejected: bool, cells: &mut Vec<Cell>) {
    let Some(run) = first_run(events) else { return };
    for limit in 1..=run {
        let Some((low, high)) = windows(events, limit, counts_rejected) else {
            continue;
        };
        push_spans(
            Family::Log { counts_rejected },
            limit as u64,
            (low, high),
            cells,
        );
    }
}

/// Cells for the round windows of an interval, and one for the rest of it.
pub(crate) fn push_spans(
    family: Family,
    limit: u64,
    (low, high): (f64, f64),
    cells: &mut Vec<Cell>,
) {
    let cell = |value, round, weight: f64| Cell {
        family,
        limit: (limit, limit),
        value,
        span: (low, high),
        phase: 0.0,
        inner_s: value,
        round,
        weight: weight * prior::limit_weight(limit),
    };
    for (window, weight) in prior::atoms(low, high) {
        cells.push(cell(window, true, weight));
    }
    let middle = (low.max(prior::SHORTEST) * high).sqrt();
    cells.push(cell(middle, false, prior::mass(low, high)));
}

/// A refusal says that the `limit`-th last entry was still inside the window, an admission that it was
/// not; both at the instants within their intervals that allow the most.
pub(super) fn windows(events: &[Event], limit: usize, counts_rejected: bool) -> Option<(f64, f64)> {
    let (mut low, mut high) = (prior::SHORTEST, prior::LONGEST);
    let mut log: Vec<Event> = Vec::with_capacity(events.len());
    for event in events {
        let entry = log.len().checked_sub(limit).map(|index| log[index]);
        match (event.admitted, entry) {
            (true, Some(entry)) => high = high.min(event.high - entry.low),
            (false, Some(entry)) => low = low.max(event.low - entry.high),
            (false, None) => return None,
            (true, None) => {}
        }
        if low > high {
            return None;
        }
        if event.admitted || counts_rejected {
            log.push(*event);
        }
    }
    Some((low, high))
}
