//! Two limits that both count a request that only one of them refuses: its refusals may use up the other.

use super::belief::Belief;
use super::cell::{Cell, Family};
use super::event::{Event, first_run, seen_s};
use super::prior;
use super::stack::{Hint, Pair};
use crate::throttle::models::Limiter;

/// Wider limits than this are not looked for.
const WIDEST: u64 = 1_000;

/// The narrow limit of Django REST framework by the first row of admissions and the wait that ended it: its
/// refusals may have used up the wide one before it showed its own window.
pub(super) fn named(events: &[Event], hint: Hint) -> Option<Cell> {
    let run = first_run(events)? as u64;
    let window_s = hint.window_s.filter(|_| hint.drf)?;
    let log = Family::Log {
        counts_rejected: false,
    };
    Some(Cell::exact(log, run, window_s, 1.0))
}

/// Narrow limits that a trace need not show: its first refusals may have used up the wide one.
pub(super) fn unseen(events: &[Event]) -> Vec<Cell> {
    const WINDOWS: [f64; 8] = [1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0];
    let Some(run) = first_run(events) else {
        return Vec::new();
    };
    let row = events[run..].iter().take_while(|event| !event.admitted);
    if row.count() < run {
        return Vec::new();
    }
    let plain = Family::Log {
        counts_rejected: false,
    };
    [plain, Family::FirstRequest]
        .into_iter()
        .flat_map(|family| WINDOWS.map(move |window| Cell::exact(family, run as u64, window, 1.0)))
        .collect()
}

/// Two of a kind that both count a request that only one of them refuses: sliding logs, as in Django REST
/// framework, or windows from the first request.
pub(super) fn together(
    events: &[Event],
    cell: &Cell,
    hint: Hint,
    is_usual: &impl Fn(f64) -> bool,
) -> Option<Pair> {
    let plain = Family::Log {
        counts_rejected: false,
    };
    if cell.family != plain && cell.family != Family::FirstRequest {
        return None;
    }
    let narrow = cell.least();
    let admitted = events.iter().filter(|event| event.admitted).count() as u64;
    let most = (events.len() as u64).min(WIDEST).max(admitted);
    let windows: Vec<(f64, f64)> = prior::all_whole(cell.value * 1.01)
        .filter(|(window, _)| {
            hint.widest_s.map_or_else(
                || is_usual(*window),
                |widest| (window - widest).abs() < 1e-6,
            )
        })
        .collect();
    let seen_s = seen_s(events);
    let waits = events.iter().any(|event| !event.wait_s.is_nan());
    let mut endless: Option<Vec<u64>> = None;
    let mut cells = Vec::new();
    for &(window, weight) in &windows {
        let (fewest, highest) = reach(events, cell, window);
        let fitting = || -> Vec<u64> {
            ((narrow + 1).max(fewest)..=most.min(highest))
                .filter(|limit| explains(events, cell, *limit, window))
                .collect()
        };
        // windows that do not end in the trace decide alike
        let limits = if window > seen_s && !waits {
            endless.get_or_insert_with(fitting).clone()
        } else {
            fitting()
        };
        cells.extend(limits.into_iter().map(|limit| Cell {
            limit: (limit, limit),
            value: window,
            span: (window, window),
            weight: weight * cell.family.share() * prior::limit_weight(limit),
            ..cell.clone()
        }));
    }
    let outer = Belief::of(cells);
    let inner = Belief::of(vec![cell.clone()]);
    let same = |(window, _): &(f64, f64)| (window - cell.value).abs() < 1e-6;
    let usual = prior::all_whole(0.0).find(same).map(|(_, weight)| weight);
    let window = usual.filter(|_| !hint.drf).unwrap_or(0.03);
    (!outer.is_empty()).then(|| Pair {
        // the narrow one's weight as a part of all limiters
        mass: outer.mass * cell.family.share() * prior::limit_weight(narrow) * window,
        inner,
        outer,
        charged: true,
    })
}

/// The least limit of a wide window that admits what was admitted, and the most of one that refuses what the narrow
/// one surely admits, whatever of the rest either has counted.
fn reach(events: &[Event], narrow: &Cell, window_s: f64) -> (u64, u64) {
    let (mut least, mut most) = (0, u64::MAX);
    let mut admitted: Vec<f64> = Vec::with_capacity(events.len());
    let (mut sure, mut possible, mut inner) = (0, 0, 0);
    for (index, event) in events.iter().enumerate() {
        if event.admitted {
            let gone = |low: &f64| *low <= event.high - window_s;
            while admitted.get(sure).is_some_and(gone) {
                sure += 1;
            }
            least = least.max((admitted.len() - sure) as u64 + 1);
            admitted.push(event.low);
        } else {
            let first = |from: usize, window_s: f64| {
                let past = events[from..index].iter();
                from + past
                    .take_while(|past| past.high <= event.low - window_s)
                    .count()
            };
            possible = first(possible, window_s);
            inner = first(inner, narrow.value);
            if ((index - inner) as u64) < narrow.least() {
                most = most.min((index - possible) as u64);
            }
        }
    }
    // a window that begins with a request may have begun just before
    if narrow.family == Family::FirstRequest {
        (0, most)
    } else {
        (least, most)
    }
}

fn explains(events: &[Event], cell: &Cell, limit: u64, window_s: f64) -> bool {
    /// A first request that took longer, seconds, may have been counted at its beginning as well as at its end.
    const SLOW_S: f64 = 0.01;
    let slow = events
        .first()
        .is_some_and(|first| first.high - first.low > SLOW_S);
    let parts: &[f64] = if slow { &[0.5, 0.9, 0.1] } else { &[0.5] };
    let mut first_at = parts.iter();
    first_at.any(|part| explains_from(events, *part, cell, (limit, window_s)))
}

/// The same with the first request counted after this part of the time that it took.
fn explains_from(events: &[Event], part: f64, cell: &Cell, (limit, window_s): (u64, f64)) -> bool {
    let wide = Cell {
        limit: (limit, limit),
        value: window_s,
        ..cell.clone()
    };
    let (mut inner, mut outer) = (cell.model(), wide.model());
    let mut wide_refused = false;
    for (index, event) in events.iter().enumerate() {
        let ask = |at: f64| (at, inner.admits(at), outer.admits(at));
        let middle = if index == 0 {
            event.low + part * (event.high - event.low)
        } else {
            event.at()
        };
        let (mut at, mut narrow, mut wide) = ask(middle);
        if (narrow && wide) != event.admitted {
            (at, narrow, wide) = ask(if event.admitted {
                event.high
            } else {
                event.low
            });
        }
        let wait = || inner.opens_at(at).max(outer.opens_at(at)) - at;
        if (narrow && wide) != event.admitted || !is_as_told(event, wait) {
            return false;
        }
        wide_refused |= !wide;
        inner.record(at, narrow);
        outer.record(at, wide);
    }
    wide_refused
}

/// Whether a refusal's wait is the time until every limit that refuses admits again, rounded up.
pub(super) fn waits_as_told(model: &impl Limiter, event: &Event, at: f64) -> bool {
    is_as_told(event, || model.opens_at(at) - at)
}

fn is_as_told(event: &Event, wait: impl Fn() -> f64) -> bool {
    let told = |wait: f64| (wait - 0.1..=wait + 1.1).contains(&event.wait_s);
    event.admitted || event.wait_s.is_nan() || told(wait())
}
