//! Everything that explains a trace, weighed.

use super::cell::{Cell, Family};
use super::clock::{self, Epoch};
use super::event::{Event, longest_shut, telling};
use super::{anchored, bucket, log, lossy};
use crate::throttle::models::Limiter;

/// The limiters that explain every decision, with probabilities that add up to one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Belief {
    /// Likeliest first.
    pub(crate) cells: Vec<Cell>,
    /// Prior probability of all of them together.
    pub(crate) mass: f64,
    /// Whether only a clock that shows whole seconds decides so.
    pub(crate) coarse: bool,
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
    /// What the decisions allow for the value, given algorithm and limit.
    pub(crate) span: (f64, f64),
}

impl Best {
    /// Probability of the claim as a whole.
    pub(crate) fn sure(&self) -> f64 {
        self.family * self.limit * self.value
    }
}

/// Weighs every family against a trace. Needs a refusal to say anything.
pub(crate) fn weigh(events: &[Event], epoch: &Epoch) -> Belief {
    let mut cells = Vec::new();
    let mut family = |explain: &mut dyn FnMut(&mut Vec<Cell>)| {
        let first = cells.len();
        explain(&mut cells);
        for cell in &mut cells[first..] {
            cell.weight *= cell.family.share();
        }
    };
    let last = telling(events, false);
    let ends = telling(events, true);
    let shut_s = longest_shut(events);
    family(&mut |cells| log::explain(&last, false, cells));
    family(&mut |cells| log::explain(events, true, cells));
    family(&mut |cells| anchored::explain(&last, cells));
    family(&mut |cells| anchored::explain_bans(&ends, false, cells));
    family(&mut |cells| anchored::explain_bans(events, true, cells));
    family(&mut |cells| bucket::explain(&last, cells));
    family(&mut |cells| lossy::explain(&last, cells));
    family(&mut |cells| clock::explain_windows(&last, shut_s, epoch, cells));
    for whole in [false, true] {
        family(&mut |cells| clock::explain_counters(&last, (whole, false), epoch, cells));
        family(&mut |cells| clock::explain_counters(events, (whole, true), epoch, cells));
    }
    family(&mut |cells| clock::explain_segments(&last, shut_s, epoch, cells));
    family(&mut |cells| clock::explain_steps(&last, shut_s, epoch, cells));
    Belief::of(cells)
}

/// Weighs the families that whole seconds still tell apart.
pub(crate) fn weigh_windows(events: &[Event]) -> Belief {
    let mut cells = Vec::new();
    let last = telling(events, false);
    log::explain(&last, false, &mut cells);
    log::explain(events, true, &mut cells);
    anchored::explain(&last, &mut cells);
    anchored::explain_bans(&telling(events, true), false, &mut cells);
    anchored::explain_bans(events, true, &mut cells);
    lossy::explain(&last, &mut cells);
    for cell in &mut cells {
        cell.weight *= cell.family.share();
    }
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
            coarse: false,
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
        let cell = chosen().next()?.clone();
        let near = |other: &Cell| (other.value / cell.value).ln().abs() < 0.02;
        let wide = |other: &Cell| other.span.1 > other.span.0 * 1.05 && !other.round;
        let value: f64 = chosen()
            .filter(|other| near(other) && !wide(other))
            .map(|other| other.weight)
            .sum();
        let span = chosen()
            .filter(|other| other.weight > 1e-4 * limit_weight)
            .fold((f64::INFINITY, 0.0_f64), |(low, high), other| {
                (low.min(other.span.0), high.max(other.span.1))
            });
        Some(Best {
            family,
            limit: limit_weight / family,
            value: value / limit_weight,
            cell,
            span,
        })
    }

    /// When the likeliest limiters will next admit a request, if none is sent before: instants with
    /// their probabilities, earliest first.
    pub(crate) fn openings(&self, events: &[Event], now: f64) -> Vec<(f64, f64)> {
        let mut openings: Vec<(f64, f64)> = self
            .cells
            .iter()
            .take(300)
            .filter(|cell| cell.weight > 1e-5)
            .map(|cell| (replay(cell, events).opens_at(now), cell.weight))
            .collect();
        openings.sort_by(|a, b| a.0.total_cmp(&b.0));
        openings
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
