//! Token buckets: for each capacity, the rates that explain every decision lie in one interval.

use super::cell::{Cell, Family, as_f64};
use super::event::{Event, first_run};
use super::prior;

/// Every continuously refilled bucket that explains the trace.
pub(crate) fn explain(events: &[Event], cells: &mut Vec<Cell>) {
    let Some(run) = first_run(events) else { return };
    let mut misses = 0;
    for capacity in (1..=run as u64).rev() {
        let Some((low, high)) = rates(events, capacity) else {
            misses += 1;
            if misses > 40 && !cells.is_empty() {
                return;
            }
            continue;
        };
        let span = (low, high);
        let rates = prior::rate_atoms(low, high);
        let rates = rates.chain(prior::refill_atoms(as_f64(capacity), low, high));
        push(Family::Bucket, capacity, span, rates, cells);
    }
}

/// Buckets of one capacity: one at each usual rate in the span, and one for all others.
pub(super) fn push(
    family: Family,
    capacity: u64,
    (low, high): (f64, f64),
    usual: impl Iterator<Item = (f64, f64)>,
    cells: &mut Vec<Cell>,
) {
    let cell = |value, round, weight: f64| Cell {
        family,
        limit: (capacity, capacity),
        value,
        span: (low, high),
        phase: 0.0,
        inner_s: 0.0,
        round,
        weight: weight * prior::limit_weight(capacity),
    };
    for (rate, weight) in usual {
        cells.push(cell(rate, true, weight));
    }
    let floor = low.max(1e-5);
    let mass = prior::mass(1.0 / high.max(floor), 1.0 / floor);
    cells.push(cell((floor * high).sqrt(), false, mass));
}

/// Before a request the bucket has given out the most, over all earlier requests, of what was admitted
/// since that one less what flowed back. An admission bounds the rate from below, a refusal from above.
pub(super) fn rates(events: &[Event], capacity: u64) -> Option<(f64, f64)> {
    let (mut low, mut high) = (1e-6_f64, 1e4_f64);
    let room = as_f64(capacity) - 1.0;
    let mut admitted: Vec<Event> = Vec::with_capacity(events.len());
    for event in events {
        let total = admitted.len();
        if event.admitted {
            for (index, past) in admitted.iter().enumerate().take(total) {
                let excess = as_f64((total - index) as u64) - room;
                if excess <= 1e-9 {
                    break;
                }
                low = low.max(excess / (event.high - past.low));
            }
            admitted.push(*event);
        } else {
            let mut bound = f64::NEG_INFINITY;
            for (index, past) in admitted.iter().enumerate() {
                let excess = as_f64((total - index) as u64) - room;
                if excess <= 1e-9 {
                    break;
                }
                bound = bound.max(excess / (event.low - past.high).max(1e-6));
            }
            high = high.min(bound);
        }
        if low > high {
            return None;
        }
    }
    Some((low, high))
}
