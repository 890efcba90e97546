//! What explains a trace: one limiter, two on one key, or one whose key was not fresh.

use super::belief::{Belief, replay, weigh};
use super::clock::Epoch;
use super::event::Event;
use super::stack::{self, Hint, Pair};
use crate::throttle::models::Limiter;

/// The rows of refusals at the beginning that earlier use of the key may account for, at most.
const MOST_ROWS_OF_OTHERS: usize = 3;

/// The likeliest explanation of a trace.
#[derive(Debug, Clone)]
pub(crate) enum Explained {
    /// One limiter made every decision.
    One(Belief),
    /// Two did.
    Two(Pair),
    /// One did, and the key was in use before the trace began.
    Used(Belief),
    /// No known limiter did.
    Nothing,
}

/// Explains a trace in which something came back.
pub(crate) fn explain(events: &[Event], hint: Hint, epoch: &Epoch) -> Explained {
    let one = weigh(events, epoch);
    // what only odd figures explain may have another cause
    let odd = one.best().is_none_or(|best| !best.cell.round);
    if !odd {
        return Explained::One(one);
    }
    match stack::find(events, hint, epoch) {
        Some(pair) if pair.mass > one.mass => Explained::Two(pair),
        _ if !one.is_empty() => Explained::One(one),
        _ => used(events, epoch),
    }
}

/// Earlier use of a key makes refusals early; it never makes an admission late. So the first refusals
/// prove nothing, and a window that begins with a request is known from its second beginning on.
fn used(events: &[Event], epoch: &Epoch) -> Explained {
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
        for trace in [&lenient[..], &events[end..]] {
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

/// The index of the first admission after so many rows of refusals.
fn end_of_row(events: &[Event], rows: usize) -> Option<usize> {
    (1..events.len())
        .filter(|&index| events[index].admitted && !events[index - 1].admitted)
        .nth(rows - 1)
}

impl Explained {
    /// The belief about the limiter that is met first.
    pub(crate) fn first(&self) -> Option<&Belief> {
        match self {
            Self::One(belief) | Self::Used(belief) => Some(belief),
            Self::Two(pair) => Some(&pair.inner),
            Self::Nothing => None,
        }
    }

    /// How sure the least sure limiter is.
    pub(crate) fn sure(&self) -> f64 {
        let sure = |belief: &Belief| belief.best().map_or(0.0, |best| best.sure());
        match self {
            Self::One(belief) | Self::Used(belief) => sure(belief),
            Self::Two(pair) => sure(&pair.inner).min(sure(&pair.outer)),
            Self::Nothing => 0.0,
        }
    }

    /// When a request will next be admitted, if none is sent before: instants with their probabilities,
    /// earliest first.
    pub(crate) fn openings(&self, events: &[Event], now: f64) -> Vec<(f64, f64)> {
        let Self::Two(pair) = self else {
            return self
                .first()
                .map_or_else(Vec::new, |belief| belief.openings(events, now));
        };
        let admitted: Vec<Event> = if pair.charged {
            events.to_vec()
        } else {
            events
                .iter()
                .filter(|event| event.admitted)
                .copied()
                .collect()
        };
        let inner = pair
            .inner
            .best()
            .map_or(now, |best| replay(&best.cell, &admitted).opens_at(now));
        let mut openings = pair.outer.openings(&admitted, now);
        for (at, _) in &mut openings {
            *at = at.max(inner);
        }
        openings.sort_by(|a, b| a.0.total_cmp(&b.0));
        openings
    }
}
