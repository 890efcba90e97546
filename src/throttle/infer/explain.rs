//! What explains a trace: one limiter, two on one key, or one whose key was not fresh.

use super::belief::{Belief, counts_rejected, instant, replay, weigh};
use super::cell::{Cell, Family};
use super::charged::waits_as_told;
use super::epoch::Epoch;
use super::event::Event;
use super::prior::ROUND;
use super::seconds::in_seconds;
use super::shared;
use super::stack::{self, Hint, Pair};
use super::used;
use crate::throttle::models::Limiter as _;

/// The likeliest explanation of a trace.
#[derive(Debug, Clone)]
pub(crate) enum Explained {
    /// One limiter made every decision.
    One(Belief),
    /// Two did.
    Two(Pair),
    /// One did, and the key was in use before the trace began.
    Used(Belief),
    /// One did, and somebody else used the key meanwhile.
    Shared(Belief),
    /// No known limiter did.
    Nothing,
}

/// More admissions right after refusals than one limiter makes.
pub(super) const MOST_CHANGES: usize = 3;
/// More than this, not even two.
const MOST_CHANGES_OF_TWO: usize = 20;
/// The prior probability of two usual limits together.
pub(super) const LIKELIEST_PAIR: f64 = 3e-5;
/// How doubtful one limit is that would have named other waits than Django REST framework did.
const BELIED: f64 = 0.5;

/// Explains a trace in which something came back.
pub(crate) fn explain(events: &[Event], hint: Hint, epoch: &Epoch) -> Explained {
    let mut one = in_seconds(
        as_told(weigh(events, epoch), events, hint),
        events,
        hint,
        epoch,
    );
    // what only odd figures explain may have another cause
    let odd = one.best().is_none_or(|best| is_odd(&best.cell));
    let unlike = hint.drf && one.best().is_some_and(|best| !is_drf(&best.cell, events));
    // two limits are never likelier than that, and costly to look for
    let unlikely = one.mass > LIKELIEST_PAIR;
    if if hint.drf { !odd && !unlike } else { unlikely } {
        return Explained::One(one);
    }
    if unlike {
        one.mass *= 1e-6;
    }
    let pair = (changes_at_once(events) <= MOST_CHANGES_OF_TWO)
        .then(|| stack::find(events, hint, epoch, one.mass))
        .flatten();
    // what can be claimed counts, not all that may be
    let single = one.mass * one.best().map_or(0.0, |best| best.sure());
    let double = pair.as_ref().map_or(0.0, |pair| pair.mass * pair.sure());
    // others on the key explain much: only where nothing usual does
    let unusual = pair.is_none() && odd && !hint.drf && changes_at_once(events) <= MOST_CHANGES;
    let mut shared = if unusual {
        shared::find(events)
    } else {
        Belief::default()
    };
    let crowded = shared.mass * shared.best().map_or(0.0, |best| best.sure());
    if pair.is_none()
        && !hint.drf
        && !one.is_empty()
        && (used::grew(events) || (odd && used::within(events).is_some()))
        && let Explained::Used(mut earlier) = used::find(events, epoch)
    {
        let before = earlier.mass * earlier.best().map_or(0.0, |best| best.sure()) * used::SHARE;
        if before > single.max(crowded) {
            earlier.doubt = single / (single + before);
            return Explained::Used(earlier);
        }
        one.doubt = before / (one.mass + before);
    }
    match pair {
        _ if crowded > single => {
            shared.doubt = single / (crowded + single);
            Explained::Shared(shared)
        }
        Some(mut pair) if double > single => {
            let one_of_a_kind = single / (single + double);
            pair.inner.doubt = pair.inner.doubt.max(one_of_a_kind);
            pair.outer.doubt = pair.inner.doubt;
            Explained::Two(pair)
        }
        _ if !one.is_empty() => {
            let others = (double + crowded) / (one.mass + double + crowded);
            one.doubt = one.doubt.max(others);
            if unlike {
                one.doubt = one.doubt.max(BELIED);
            }
            Explained::One(one)
        }
        _ if changes_at_once(events) > MOST_CHANGES => Explained::Nothing,
        _ => used::find(events, epoch),
    }
}

/// How much likelier it is that refused requests count where the waits that are named say so.
const AS_TOLD: f64 = 30.0;

/// How much likelier a window is that is not round once exactly it was named.
const NAMED: f64 = 25.0;

/// Where refusals named ever later instants, what refused requests postpone is likelier; where they have the words of
/// Django REST framework, a log, of the window that all waits agree with.
fn as_told(mut belief: Belief, events: &[Event], hint: Hint) -> Belief {
    if hint.drf {
        belief = belief.likelier(|cell| match cell.family {
            Family::FirstRequest => 0.1,
            // what is told is no rarer for not being round
            _ if cell.round && !ROUND.contains(&cell.value) && is_drf(cell, events) => {
                AS_TOLD * NAMED
            }
            _ => 1.0,
        });
    }
    if !hint.renews {
        return belief;
    }
    let is_told = |value: f64| hint.wait_s.is_none_or(|wait| (wait - value).abs() < 1.3);
    belief.likelier(|cell| match cell.family {
        // a log would name the time until its oldest entry leaves
        Family::Ban { renews: true } if is_told(cell.value) => {
            let exact = hint
                .wait_s
                .is_some_and(|wait| (wait - cell.value).abs() < 1e-6);
            let odd = if exact && !ROUND.contains(&cell.value) {
                NAMED
            } else {
                1.0
            };
            20.0 * AS_TOLD * odd
        }
        family if counts_rejected(family) => AS_TOLD,
        _ => 1.0,
    })
}

/// How often a request was let in right after a refusal: nothing comes back so fast so often, unless
/// requests reach copies of a limiter by chance.
pub(super) fn changes_at_once(events: &[Event]) -> usize {
    events
        .windows(2)
        .filter(|pair| !pair[0].admitted && pair[1].admitted && pair[1].low - pair[0].high < 0.05)
        .count()
}

/// Whether nobody would configure it so. Rates of buckets come in all sizes.
pub(super) fn is_odd(cell: &Cell) -> bool {
    let rated = matches!(cell.family, Family::Bucket | Family::Lossy { .. });
    !cell.round && !rated
}

/// Whether it is a log as Django REST framework keeps it, which names the time until its oldest entry
/// leaves, rounded up.
fn is_drf(cell: &Cell, events: &[Event]) -> bool {
    let plain = Family::Log {
        counts_rejected: false,
    };
    if cell.family != plain {
        return false;
    }
    let mut model = cell.model();
    events.iter().all(|event| {
        let at = instant(&model, event);
        let agrees = waits_as_told(&model, event, at);
        model.record(at, event.admitted);
        agrees
    })
}

impl Explained {
    /// The belief about the limiter that is met first.
    pub(crate) fn first(&self) -> Option<&Belief> {
        match self {
            Self::One(belief) | Self::Used(belief) | Self::Shared(belief) => Some(belief),
            Self::Two(pair) => Some(&pair.inner),
            Self::Nothing => None,
        }
    }

    /// How sure the least sure limiter is.
    pub(crate) fn sure(&self) -> f64 {
        let sure = |belief: &Belief| belief.best().map_or(0.0, |best| best.sure());
        match self {
            Self::One(belief) | Self::Used(belief) | Self::Shared(belief) => sure(belief),
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
