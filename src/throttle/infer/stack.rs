//! Two limits on one key: a narrow one that is met first, and a wide one behind it.

use super::belief::{Belief, instant, weigh_usual};
use super::cell::{Cell, Family, as_f64};
use super::charged::{named, together, unseen};
use super::epoch::Epoch;
use super::event::Event;
use super::explain::{MOST_CHANGES, changes_at_once};
use super::{pairs, phases, prior};
use crate::throttle::models::Limiter;

/// The probability of two usual limits that each count what the other refuses.
const LIKELIEST_UNSEEN: f64 = 1e-6;
/// How common two limits on one key are.
const SHARE: f64 = 0.03;
/// A narrow limit that forgets sooner than requests follow each other cannot be seen, seconds.
const NARROWEST_S: f64 = 0.05;
/// A wide window that is only known to within this factor need not be round.
const VAGUE: f64 = 1.03;
/// How likely a wide window is that is not round, to what it is by itself.
const ODD: f64 = 0.2;
/// More beginnings of a trace than this are not tried.
const MOST_CUTS: usize = 6;
/// More narrow limits than this are not tried.
const MOST_CELLS: usize = 8;

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
    let mut cells = candidates(events, epoch);
    // tokens come back one by one, and are met at once
    cells.retain(|cell| cell.flows() || !by_chance);
    cells.truncate(MOST_CELLS);
    cells.extend(named(events, hint));
    if !hint.drf && single < LIKELIEST_UNSEEN {
        cells.extend(phases::narrow_windows(events));
    }
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

/// Pairs and the narrow limit of each, as one belief about each of the two limits; they are charged as the first one is.
fn merged(pairs: Vec<(Cell, Pair)>, share: f64) -> Option<Pair> {
    let charged = pairs.first()?.1.charged;
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
    Some(Pair {
        inner: Belief::of(inner),
        outer: Belief::of(outer),
        charged,
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
    let mut found: Vec<(Cell, Pair)> = pairs::find(events)
        .into_iter()
        .map(|pair| {
            let outer = Belief::of(pair.outer);
            let found = Pair {
                inner: Belief::of(vec![pair.inner.clone()]),
                mass: pair.inner.weight * outer.mass * pair.share,
                outer,
                charged: pair.charged,
            };
            (pair.inner, found)
        })
        .collect();
    found.sort_by(|a, b| b.1.mass.total_cmp(&a.1.mass));
    merged(found, SHARE)
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

/// The decisions of a narrow limit and those of the wide one behind it: what the narrow one would have admitted the wide
/// one refused. `None` where the narrow one cannot have admitted all that was.
pub(super) fn divide(events: &[Event], narrow: &Cell) -> Option<(Vec<Event>, Vec<Event>)> {
    let mut model = narrow.model();
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
    let refuses = outer.iter().any(|event| !event.admitted);
    refuses.then_some((inner, outer))
}

/// Each refusal is one limit's own, and the other does not hear of it.
fn apart(events: &[Event], cell: &Cell, epoch: &Epoch) -> Option<Pair> {
    let (inner, outer) = divide(events, cell)?;
    // other kinds of narrow limits have candidates of their own
    let inner = of_one_kind(weigh_usual(&inner, epoch), cell.family);
    let outer = of_one_kind(weigh_usual(&outer, epoch), cell.family);
    // who sets two sets round ones
    let outer = outer.likelier(|cell| if cell.round { 1.0 } else { ODD });
    let (narrow, wide) = (inner.best()?, outer.best()?.cell);
    let (narrow, span) = (narrow.cell, narrow.span);
    // a window without an end holds anything, and one shorter than requests are apart holds nothing
    let ends = span.1 < 2.0 * span.0;
    let known = ends && narrow.value > 0.5 && memory_s(&narrow) > NARROWEST_S;
    let bans = [&narrow, &wide]
        .iter()
        .any(|cell| matches!(cell.family, Family::Ban { .. }));
    // nobody sets a second limit to nearly the same as the first
    let more = as_f64(wide.least()) >= 1.2 * as_f64(narrow.least());
    let wider = more && memory_s(&wide) >= 1.5 * memory_s(&narrow);
    // what is not known well is not odd
    let usual = wide.round || wide.span.1 > VAGUE * wide.span.0;
    let plausible = known && !bans && narrow.round && usual;
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
        Family::Bucket | Family::Lossy { .. } => as_f64(cell.least()) / cell.value,
        Family::Stepped { step } => as_f64(cell.least()) / as_f64(step) * cell.value,
        _ => cell.value,
    }
}
