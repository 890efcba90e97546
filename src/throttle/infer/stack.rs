//! Two limits on one key: a narrow one that is met first, and a wide one behind it.

use super::belief::{Belief, instant, weigh_usual};
use super::cell::{Cell, Family, as_f64};
use super::epoch::Epoch;
use super::event::{Event, first_run, seen_s};
use super::explain::{MOST_CHANGES, changes_at_once};
use super::{pairs, prior};
use crate::throttle::models::Limiter;

/// The probability of two usual limits that each count what the other refuses.
const LIKELIEST_UNSEEN: f64 = 1e-6;
/// How common two limits on one key are.
const SHARE: f64 = 0.03;
/// More beginnings of a trace than this are not tried.
const MOST_CUTS: usize = 6;
/// More narrow limits than this are not tried.
const MOST_CELLS: usize = 8;
/// Wider limits than this are not looked for where refused requests are charged.
const WIDEST: u64 = 1_000;

/// Two limits that together explain a trace.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    /// The narrow one.
    pub(crate) inner: Belief,
    /// The wide one.
    pub(crate) outer: Belief,
    /// Whether a request that one refuses still counts in the other.
    pub(crate) charged: bool,
    /// Prior probability of everything that explains the trace so.
    pub(crate) mass: f64,
}

impl Pair {
    /// How sure the narrow limit and the wide one's count are: what the claim stands on.
    pub(super) fn sure(&self) -> f64 {
        let inner = self.inner.best().map_or(0.0, |best| best.sure());
        let outer = self
            .outer
            .best()
            .map_or(0.0, |best| best.family * best.limit);
        inner * outer
    }

    /// Whether another says the same of both limits.
    fn agrees(&self, other: &Self) -> bool {
        let alike = |mine: &Belief, theirs: &Belief| {
            mine.best()
                .zip(theirs.best())
                .is_some_and(|(mine, theirs)| {
                    mine.cell.family.is_like(theirs.cell.family)
                        && mine.cell.least() == theirs.cell.least()
                        && (mine.cell.value / theirs.cell.value - 1.0).abs() < 0.02
                })
        };
        alike(&self.inner, &other.inner) && alike(&self.outer, &other.outer)
    }
}

/// What the server says about its limits, as far as it helps to tell two apart.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hint {
    /// The refusals are Django REST framework's, which charges each of its limits for every request that
    /// it would admit by itself.
    pub(crate) drf: bool,
    /// The window that the first refusal's wait implies, seconds.
    pub(crate) window_s: Option<f64>,
    /// The window that the longest wait before anything came back implies, seconds.
    pub(crate) widest_s: Option<f64>,
    /// Of refusals in a row a later one named a later instant: refused requests may begin the wait anew.
    pub(crate) renews: bool,
    /// The middle one of the waits that were named.
    pub(crate) wait_s: Option<f64>,
}

/// The likeliest pair. The narrow limit is one that explains the trace's beginning; what it would have
/// admitted and was refused all the same is the wide one's doing. `single` is the probability of what explains the trace
/// as one limit's.
pub(crate) fn find(events: &[Event], hint: Hint, epoch: &Epoch, single: f64) -> Option<Pair> {
    let events = &as_waited(events);
    let mut best: Option<Pair> = None;
    let charged = if hint.drf { 0.999 } else { 0.02 };
    let by_chance = !hint.drf && changes_at_once(events) > MOST_CHANGES;
    let mut cells = if by_chance {
        Vec::new()
    } else {
        candidates(events, epoch)
    };
    cells.truncate(MOST_CELLS);
    cells.extend(named(events, hint));
    // the limits of Django REST framework are logs
    let likely = |cell: &Cell| match cell.family {
        Family::FirstRequest if hint.drf => 0.1,
        _ => 1.0,
    };
    let mut both: Vec<(Cell, Pair)> = Vec::new();
    for cell in cells {
        if let Some(mut pair) = apart(events, &cell, epoch) {
            pair.mass *= SHARE * (1.0 - charged) * likely(&cell);
            if best.as_ref().is_none_or(|best| pair.mass > best.mass) {
                best = Some(pair);
            }
        }
        both.extend(together(events, &cell, hint, &|_| true).map(|pair| {
            let mass = pair.mass * likely(&cell);
            (cell, Pair { mass, ..pair })
        }));
    }
    // nobody looks through all windows for what is hardly ever so
    let is_usual = |window: f64| window <= 30.0 || prior::ROUND.contains(&window);
    let unseen = if hint.drf || single > LIKELIEST_UNSEEN {
        Vec::new()
    } else {
        unseen(events)
    };
    for cell in unseen {
        let known =
            |other: &Cell| other.family == cell.family && (other.value - cell.value).abs() < 1e-6;
        if !both.iter().any(|(other, _)| known(other)) {
            both.extend(together(events, &cell, hint, &is_usual).map(|pair| (cell, pair)));
        }
    }
    let both = merged(both, SHARE * charged);
    let alike = (!hint.drf).then(|| windows(events)).flatten();
    let mut found: Vec<Pair> = [best, both, alike].into_iter().flatten().collect();
    found.sort_by(|a, b| b.mass.total_cmp(&a.mass));
    let mut found = found.into_iter();
    let mut best = found.next()?;
    let others: f64 = found
        .filter(|other| !best.agrees(other))
        .map(|other| other.mass)
        .sum();
    best.inner.doubt = others / (best.mass + others);
    best.outer.doubt = best.inner.doubt;
    Some(best)
}

/// Pairs that are charged alike, as one belief about each of the two limits.
fn merged(pairs: Vec<(Cell, Pair)>, share: f64) -> Option<Pair> {
    let mass: f64 = pairs.iter().map(|(_, pair)| pair.mass).sum();
    let (mut inner, mut outer) = (Vec::new(), Vec::new());
    for (cell, pair) in pairs {
        inner.push(Cell {
            weight: pair.mass,
            ..cell
        });
        outer.extend(pair.outer.cells.into_iter().map(|cell| Cell {
            weight: cell.weight * pair.mass,
            ..cell
        }));
    }
    (!inner.is_empty()).then(|| Pair {
        inner: Belief::of(inner),
        outer: Belief::of(outer),
        charged: true,
        mass: mass * share,
    })
}

/// Of refusals that were under way together the one that names the shorter wait came first: waits grow once the wide
/// limit is used up too.
fn as_waited(events: &[Event]) -> Vec<Event> {
    let mut events = events.to_vec();
    for end in 1..events.len() {
        for index in (1..=end).rev() {
            let (before, after) = (events[index - 1], events[index]);
            let together = !before.admitted && !after.admitted && after.low < before.high;
            let longer = after.wait_s + 1.1 < before.wait_s;
            // no comparison holds where none was named
            if !(together && longer) {
                break;
            }
            events.swap(index - 1, index);
        }
    }
    events
}

/// The likeliest two windows of one kind.
fn windows(events: &[Event]) -> Option<Pair> {
    let mut found: Vec<(pairs::Found, f64)> = pairs::find(events)
        .into_iter()
        .map(|pair| {
            let outer: f64 = pair.outer.iter().map(|cell| cell.weight).sum();
            let weight = pair.inner.weight * outer * pair.share;
            (pair, weight)
        })
        .collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mass: f64 = found.iter().map(|(_, weight)| weight).sum();
    let charged = found.first()?.0.charged;
    let mut inner = Vec::new();
    let mut outer = Vec::new();
    for (pair, weight) in found {
        let all: f64 = pair.outer.iter().map(|cell| cell.weight).sum();
        let scaled = pair.outer.into_iter().map(|cell| Cell {
            weight: cell.weight / all * weight,
            ..cell
        });
        outer.extend(scaled);
        inner.push(Cell {
            weight,
            ..pair.inner
        });
    }
    Some(Pair {
        inner: Belief::of(inner),
        outer: Belief::of(outer),
        charged,
        mass: mass * SHARE,
    })
}

/// The narrow limit of Django REST framework by the first row of admissions and the wait that ended it: its
/// refusals may have used up the wide one before it showed its own window.
fn named(events: &[Event], hint: Hint) -> Option<Cell> {
    let run = first_run(events)? as u64;
    let window_s = hint.window_s.filter(|_| hint.drf)?;
    let log = Family::Log {
        counts_rejected: false,
    };
    Some(Cell::exact(log, run, window_s, 1.0))
}

/// Narrow limits that a trace need not show: its first refusals may have used up the wide one.
fn unseen(events: &[Event]) -> Vec<Cell> {
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

/// What explains the beginnings of a trace, each of which ends before a row of refusals or at its end.
fn candidates(events: &[Event], epoch: &Epoch) -> Vec<Cell> {
    let rows =
        (1..events.len()).filter(|&index| !events[index].admitted && events[index - 1].admitted);
    let ends =
        (1..events.len()).filter(|&index| events[index].admitted && !events[index - 1].admitted);
    let mut cuts: Vec<usize> = rows.skip(1).chain(ends.skip(1)).collect();
    cuts.sort_unstable();
    cuts.truncate(MOST_CUTS);
    let beginnings = cuts.iter().map(|&cut| weigh_usual(&events[..cut], epoch));
    let beliefs: Vec<Belief> = beginnings.take_while(|belief| !belief.is_empty()).collect();
    let mut found: Vec<Cell> = Vec::new();
    // the longest beginning says most
    for belief in beliefs.iter().rev() {
        for (cell, probability) in belief.families().into_iter().take(3) {
            let known = |other: &Cell| {
                other.family == cell.family
                    && other.least() == cell.least()
                    && (other.value / cell.value - 1.0).abs() < 1e-3
            };
            if probability > 0.02 && cell.round && !found.iter().any(known) {
                found.push(cell.clone());
            }
        }
    }
    found
}

/// Each refusal is one limit's own, and the other does not hear of it.
fn apart(events: &[Event], cell: &Cell, epoch: &Epoch) -> Option<Pair> {
    let mut model = cell.model();
    let (mut inner, mut outer) = (Vec::new(), Vec::new());
    for event in events {
        if event.admitted {
            if !model.admits(event.high) {
                return None;
            }
            inner.push(*event);
            outer.push(*event);
            model.record(instant(&model, event), true);
        } else if model.admits(event.low) {
            outer.push(*event);
        } else {
            inner.push(*event);
            model.record(event.at(), false);
        }
    }
    if outer.iter().all(|event| event.admitted) {
        return None;
    }
    // other kinds of narrow limits have candidates of their own
    let inner = of_one_kind(weigh_usual(&inner, epoch), cell.family);
    let outer = of_one_kind(weigh_usual(&outer, epoch), cell.family);
    let (narrow, wide) = (inner.best()?, outer.best()?.cell);
    // a window without an end holds anything
    let known = narrow.value > 0.5;
    let narrow = narrow.cell;
    let bans = [&narrow, &wide]
        .iter()
        .any(|cell| matches!(cell.family, Family::Ban { .. }));
    // nobody sets a second limit to nearly the same as the first
    let more = as_f64(wide.least()) >= 1.2 * as_f64(narrow.least());
    let wider = more && memory_s(&wide) >= 1.5 * memory_s(&narrow);
    let plausible =
        known && !bans && narrow.round && (wide.round || wide.span.1 > 3.0 * wide.span.0);
    (wider && plausible).then_some(Pair {
        mass: inner.mass * outer.mass,
        inner,
        outer,
        charged: false,
    })
}

/// Two limits on one key are mostly of one kind.
fn of_one_kind(belief: Belief, kind: Family) -> Belief {
    const OTHER: f64 = 0.1;
    belief.likelier(|cell| {
        if cell.family.is_like(kind) {
            1.0
        } else {
            OTHER
        }
    })
}

/// How long a limiter remembers, seconds.
fn memory_s(cell: &Cell) -> f64 {
    match cell.family {
        Family::Bucket | Family::Lossy => as_f64(cell.least()) / cell.value,
        Family::Stepped { step } => as_f64(cell.least()) / as_f64(step) * cell.value,
        _ => cell.value,
    }
}

/// Two of a kind that both count a request that only one of them refuses: sliding logs, as in Django REST
/// framework, or windows from the first request.
fn together(
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
    let wide = Cell {
        limit: (limit, limit),
        value: window_s,
        ..cell.clone()
    };
    let (mut inner, mut outer) = (cell.model(), wide.model());
    let mut wide_refused = false;
    for event in events {
        let ask = |at: f64| (at, inner.admits(at), outer.admits(at));
        let (mut at, mut narrow, mut wide) = ask(event.at());
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
