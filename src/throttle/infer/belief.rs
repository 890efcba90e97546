//! Everything that explains a trace, weighed.

use super::cell::{Cell, Family, as_f64};
use super::clock;
use super::epoch::Epoch;
use super::event::{Event, longest_shut, telling, ticked};
use super::{anchored, bans, bucket, log, lossy};
use crate::throttle::limits::Algorithm;
use crate::throttle::models::Limiter;

/// How common it is among renewed bans that a count is forgotten after a silence, and so on clocks of whole seconds.
const SILENCES: f64 = 0.03;
const COARSE_SILENCES: f64 = 0.5;

/// Values so near each other, as factors, are taken for the same.
const NEAR: f64 = 1.045;
/// Cells that are compared for it.
const MOST_ALIKE: usize = 60;

/// The limiters that explain every decision, with probabilities that add up to one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Belief {
    /// Likeliest first.
    pub(crate) cells: Vec<Cell>,
    /// Prior probability of all of them together.
    pub(crate) mass: f64,
    /// Where the seconds begin of a clock that shows whole ones, where only such a clock decides so.
    pub(crate) tick: Option<f64>,
    /// What else explains the trace: with whole seconds if these are exact, and the other way round.
    pub(crate) rival: Option<Box<Belief>>,
    /// Probability that something of quite another kind made the decisions: two limits where this is one, or one.
    pub(crate) doubt: f64,
}

/// The likeliest limiter and how sure each part of it is.
#[derive(Debug, Clone)]
pub(crate) struct Best {
    /// The likeliest cell.
    pub(crate) cell: Cell,
    /// Probability of its algorithm, sliding-counter roundings and refill steps taken together.
    pub(crate) family: f64,
    /// Probability of its limit, given the algorithm.
    pub(crate) limit: f64,
    /// Probability of its window or rate to within 2 %, given algorithm and limit.
    pub(crate) value: f64,
    /// The same to within [`NEAR`], with what is left open about it.
    near: f64,
    /// What the decisions allow for the value, given algorithm and limit.
    pub(crate) span: (f64, f64),
}

impl Best {
    /// Probability of the claim as a whole.
    pub(crate) fn sure(&self) -> f64 {
        self.family * self.limit * self.value
    }

    /// Probability that the claim is good enough to use.
    pub(crate) fn useful(&self) -> f64 {
        self.family * self.limit * self.near
    }
}

/// The cell whose value is near most of what is possible, and how much that is; `cells` differ in nothing else, likeliest first.
fn middle<'a>(cells: &[&'a Cell]) -> Option<(&'a Cell, f64)> {
    let near = |value: f64| {
        let share = |cell: &&Cell| {
            let (low, high) = (value / NEAR, value * NEAR);
            if cell.is_vague() {
                let (first, last) = cell.span;
                let overlap = (high.min(last) / low.max(first)).ln().max(0.0);
                cell.weight * overlap / (last / first).ln()
            } else {
                cell.weight * f64::from(u8::from((low..=high).contains(&cell.value)))
            }
        };
        cells.iter().map(share).sum::<f64>()
    };
    let all: f64 = cells.iter().map(|cell| cell.weight).sum();
    let mut best: Option<(&'a Cell, f64)> = None;
    for cell in cells.iter().copied() {
        let near = near(cell.value);
        // the likelier one, unless it is far from much that is possible
        if best.is_none_or(|(_, most)| near > most + 0.1 * all) {
            best = Some((cell, near));
        }
    }
    best
}

/// Weighs every family against a trace. Needs a refusal to say anything.
pub(crate) fn weigh(events: &[Event], epoch: &Epoch) -> Belief {
    let mut cells = Vec::new();
    let last = telling(events, false);
    let shut_s = longest_shut(events);
    usual(events, &last, epoch, &mut cells);
    let first = cells.len();
    anchored::explain_bans(events, true, &mut cells);
    bans::explain(events, false, &mut cells);
    bans::explain(events, true, &mut cells);
    bans::explain_silences(events, SILENCES, &mut cells);
    lossy::explain(&last, &mut cells);
    for (whole, restarts) in [(false, false), (true, false), (false, true)] {
        clock::explain_counters(events, counter(whole, true, restarts), epoch, &mut cells);
    }
    clock::explain_segments(&last, shut_s, epoch, &mut cells);
    clock::explain_steps(&last, shut_s, epoch, &mut cells);
    share_out(&mut cells[first..]);
    Belief::of(cells)
}

/// Weighs the families that stand together on one key: the rare ones cost the most to search.
pub(crate) fn weigh_usual(events: &[Event], epoch: &Epoch) -> Belief {
    let mut cells = Vec::new();
    usual(events, &telling(events, false), epoch, &mut cells);
    Belief::of(cells)
}

fn usual(events: &[Event], last: &[Event], epoch: &Epoch, cells: &mut Vec<Cell>) {
    log::explain(last, false, cells);
    log::explain(events, true, cells);
    anchored::explain(last, longest_shut(events), cells);
    anchored::explain_bans(&telling(events, true), false, cells);
    bucket::explain(last, cells);
    clock::explain_windows(last, longest_shut(events), epoch, cells);
    for (whole, restarts) in [(false, false), (true, false), (false, true)] {
        clock::explain_counters(last, counter(whole, false, restarts), epoch, cells);
    }
    share_out(cells);
}

fn counter(whole_request_fits: bool, counts_rejected: bool, restarts: bool) -> Family {
    Family::Counter {
        whole_request_fits,
        counts_rejected,
        restarts,
    }
}

fn share_out(cells: &mut [Cell]) {
    for cell in cells {
        cell.weight *= cell.family.share();
    }
}

/// Weighs the families that whole seconds still tell apart.
pub(crate) fn weigh_windows(events: &[Event]) -> Belief {
    let mut cells = Vec::new();
    let last = telling(events, false);
    log::explain(&last, false, &mut cells);
    log::explain(events, true, &mut cells);
    anchored::explain(&last, longest_shut(events), &mut cells);
    anchored::explain_bans(&telling(events, true), false, &mut cells);
    anchored::explain_bans(events, true, &mut cells);
    bans::explain_silences(events, COARSE_SILENCES, &mut cells);
    bucket::explain(&last, &mut cells);
    lossy::explain(&last, &mut cells);
    share_out(&mut cells);
    Belief::of(cells)
}

impl Belief {
    /// Cells with prior weights, weighed against each other.
    pub(crate) fn of(mut cells: Vec<Cell>) -> Self {
        cells.retain(|cell| cell.weight > 0.0 && cell.weight.is_finite());
        let mass: f64 = cells.iter().map(|cell| cell.weight).sum();
        for cell in &mut cells {
            cell.weight /= mass;
        }
        cells.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        Self {
            cells,
            mass,
            tick: None,
            rival: None,
            doubt: 0.0,
        }
    }

    /// The same with other prior weights.
    pub(crate) fn likelier(self, factor: impl Fn(&Cell) -> f64) -> Self {
        let mut cells = self.cells;
        for cell in &mut cells {
            cell.weight *= factor(cell);
        }
        let mut belief = Self::of(cells);
        belief.mass *= self.mass;
        belief
    }

    /// The prior probability of what is good enough to use.
    pub(crate) fn useful(&self) -> f64 {
        self.mass * self.best().map_or(0.0, |best| best.useful())
    }

    /// Whether nothing explains the trace.
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Probability that a refused request makes the next admission later.
    pub(crate) fn punishes(&self) -> f64 {
        let postponing = |cell: &&Cell| counts_rejected(cell.family);
        let weights = self.cells.iter().filter(postponing).map(|cell| cell.weight);
        weights.sum()
    }

    /// How long nothing may be sent for a ban to end that refused requests renew, where there may be one that ends before
    /// `until`: some of them have ended by then.
    pub(crate) fn silence(&self, events: &[Event], now: f64, until: f64) -> Option<f64> {
        /// What is less likely is not worth the wait.
        const POSSIBLE: f64 = 0.005;
        /// The sooner something opens, the fewer it can have been; a wait that was too short tells as much.
        const SOME: f64 = 0.3;
        let mut ends: Vec<(f64, f64)> = self
            .cells
            .iter()
            .filter(|cell| cell.family == Family::Ban { renews: true })
            .map(|cell| (replay(cell, events).opens_at(now), cell.weight))
            .filter(|(at, _)| *at < until)
            .collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let all: f64 = ends.iter().map(|(_, weight)| weight).sum();
        let mut passed = 0.0;
        let end = ends.into_iter().find(|(_, weight)| {
            passed += weight;
            passed >= SOME * all
        });
        end.filter(|_| all > POSSIBLE).map(|(at, _)| at)
    }

    /// Algorithms with their probabilities, likeliest first; one cell stands for each.
    pub(crate) fn families(&self) -> Vec<(&Cell, f64)> {
        let mut found: Vec<(&Cell, f64)> = Vec::new();
        for cell in &self.cells {
            match found
                .iter_mut()
                .find(|(known, _)| known.family.is_like(cell.family))
            {
                Some((_, weight)) => *weight += cell.weight,
                None => found.push((cell, cell.weight)),
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found
    }

    /// The likeliest limiter; `None` when nothing explains the trace.
    pub(crate) fn best(&self) -> Option<Best> {
        let (first, family) = *self.families().first()?;
        let alike = || {
            self.cells
                .iter()
                .filter(|cell| cell.family.is_like(first.family))
        };
        let mut limits: Vec<(u64, f64)> = Vec::new();
        for cell in alike() {
            match limits.iter_mut().find(|(limit, _)| *limit == cell.least()) {
                Some((_, weight)) => *weight += cell.weight,
                None => limits.push((cell.least(), cell.weight)),
            }
        }
        let &(limit, limit_weight) = limits.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let chosen = || alike().filter(|cell| cell.least() == limit);
        let (cell, around) = middle(&chosen().take(MOST_ALIKE).collect::<Vec<_>>())?;
        let cell = cell.clone();
        let near = |other: &Cell| (other.value / cell.value).ln().abs() < 0.02;
        let value: f64 = chosen()
            .filter(|other| near(other) && !other.is_vague())
            .map(|other| other.weight)
            .sum();
        let span = chosen()
            .filter(|other| other.weight > 1e-4 * limit_weight)
            .fold((f64::INFINITY, 0.0_f64), |(low, high), other| {
                (low.min(other.span.0), high.max(other.span.1))
            });
        Some(Best {
            family: family * self.share_of(&cell) * (1.0 - self.doubt),
            limit: limit_weight / family,
            value: value / limit_weight,
            near: around / limit_weight,
            cell,
            span,
        })
    }

    /// How much of all that explains the trace agrees with a claim about `cell`, as far as this belief's rival
    /// goes.
    fn share_of(&self, cell: &Cell) -> f64 {
        let Some(rival) = &self.rival else { return 1.0 };
        // whole seconds make steps of what flows all the time
        let alike = |other: &Cell| {
            other.family.is_like(cell.family)
                || [other, cell]
                    .iter()
                    .all(|cell| cell.family.algorithm() == Algorithm::TokenBucket)
        };
        let agrees = |other: &Cell| {
            alike(other)
                && other.least() == cell.least()
                && (figure(other) / figure(cell)).ln().abs() < 0.02
        };
        let alike: f64 = rival
            .cells
            .iter()
            .filter(|other| agrees(other))
            .map(|other| other.weight)
            .sum();
        1.0 - rival.mass * (1.0 - alike) / (self.mass + rival.mass)
    }

    /// When the likeliest limiters will next admit a request, if none is sent before: instants with
    /// their probabilities, earliest first.
    pub(crate) fn openings(&self, events: &[Event], now: f64) -> Vec<(f64, f64)> {
        let mut openings = self.own_openings(events, now);
        if let Some(rival) = &self.rival {
            let share = self.mass / (self.mass + rival.mass);
            for (_, weight) in &mut openings {
                *weight *= share;
            }
            let others = rival.own_openings(events, now);
            openings.extend(
                others
                    .into_iter()
                    .map(|(at, weight)| (at, weight * (1.0 - share))),
            );
        }
        openings.sort_by(|a, b| a.0.total_cmp(&b.0));
        openings
    }

    fn own_openings(&self, events: &[Event], now: f64) -> Vec<(f64, f64)> {
        let seen = self.tick.map(|phase| ticked(events, phase, 0.0));
        // a clock of whole seconds shows an instant when the second is reached
        let shown = |at: f64| {
            self.tick
                .map_or(at, |phase| (at - phase - 1e-6).ceil() + phase)
        };
        self.cells
            .iter()
            .take(300)
            .filter(|cell| cell.weight > 1e-5)
            .map(|cell| {
                let opens = replay(cell, seen.as_deref().unwrap_or(events)).opens_at(now);
                (shown(opens).max(now), cell.weight)
            })
            .collect()
    }
}

/// What is claimed of a cell: its window, or its rate.
fn figure(cell: &Cell) -> f64 {
    match cell.family {
        Family::Stepped { step } => as_f64(step) / cell.value,
        _ => cell.value,
    }
}

/// The limiter of a cell after a trace.
pub(crate) fn replay(cell: &Cell, events: &[Event]) -> crate::throttle::models::Model {
    let mut model = cell.model();
    for event in events {
        model.record(instant(&model, event), event.admitted);
    }
    model
}

/// The instant of a decision that agrees best with the model: its middle unless only an end will do.
pub(crate) fn instant(model: &impl Limiter, event: &Event) -> f64 {
    if model.admits(event.at()) == event.admitted {
        return event.at();
    }
    if event.admitted {
        event.high
    } else {
        event.low
    }
}

/// Whether a family keeps refused requests in its books.
pub(crate) fn counts_rejected(family: Family) -> bool {
    match family {
        Family::Log { counts_rejected }
        | Family::Counter {
            counts_rejected, ..
        } => counts_rejected,
        Family::Ban { renews } => renews,
        _ => false,
    }
}
