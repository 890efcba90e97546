//! Keys that were in use before a trace began.

use super::belief::{Belief, weigh};
use super::epoch::Epoch;
use super::event::Event;
use super::explain::Explained;

/// The rows of refusals at the beginning that earlier use of the key may account for, at most.
const MOST_ROWS_OF_OTHERS: usize = 3;
/// How common a key is that was in use before, and by how much exactly.
pub(super) const SHARE: f64 = 0.03 * 0.1;

/// Earlier use of a key makes refusals early; it never makes an admission late. So the first refusals
/// prove nothing, and a window that begins with a request is known from its second beginning on.
pub(super) fn find(events: &[Event], epoch: &Epoch) -> Explained {
    let mut best = Belief::default();
    for rows in 1..=MOST_ROWS_OF_OTHERS {
        let Some(end) = end_of_row(events, rows) else {
            break;
        };
        let mut lenient: Vec<Event> = events[..end]
            .iter()
            .filter(|e| e.admitted)
            .copied()
            .collect();
        lenient.extend_from_slice(&events[end..]);
        // an earlier window may have ended in the first row: what is let in later says where the next began
        let beyond = within(events).filter(|_| rows == 1);
        let begun = beyond.map(|index| &events[index..]);
        for trace in [&lenient[..], &events[end..]].into_iter().chain(begun) {
            let belief = weigh(trace, epoch);
            let usual = belief.best().is_some_and(|found| found.cell.round);
            if usual && belief.mass > best.mass {
                best = belief;
            }
        }
        if !best.is_empty() {
            return Explained::Used(best);
        }
    }
    Explained::Nothing
}

/// Whether more was let in at once later than at first: a part of the limit may have been used before.
pub(super) fn grew(events: &[Event]) -> bool {
    let (first, most) = rows(events);
    most > first
}

/// Where in the first row of admissions as many are left as are let in later, if more were let in at first.
pub(super) fn within(events: &[Event]) -> Option<usize> {
    let (first, most) = rows(events);
    first.checked_sub(most).filter(|more| *more > 0 && most > 0)
}

/// How many were let in at once at first, and at most later.
fn rows(events: &[Event]) -> (usize, usize) {
    let mut rows = events.split(|event| !event.admitted).map(<[Event]>::len);
    let first = rows.next().unwrap_or(0);
    (first, rows.max().unwrap_or(0))
}

/// The index of the first admission after so many rows of refusals.
fn end_of_row(events: &[Event], rows: usize) -> Option<usize> {
    (1..events.len())
        .filter(|&index| events[index].admitted && !events[index - 1].admitted)
        .nth(rows - 1)
}
