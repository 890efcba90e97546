//! Using up a limit again and again: whether a wider one stands behind it.

use super::machine::{CANARY_S, Probe};
use super::phase::{Phase, Then};
use super::settings::Effort;
use crate::throttle::infer::{Cell, Explained, Family, as_f64};
use crate::throttle::sample::{Outcome, Sample};

/// How often a limit is used up: wider limits are mostly two to ten times as high.
const TIMES: u64 = 24;
/// Most requests that are spent on it, and the longest time, seconds: a narrow limit in front of a wide one is
/// mostly one of few requests a second. `--thorough` spends what it takes.
const MOST_MORE: u64 = 120;
const MOST_MORE_S: f64 = 20.0;
/// Most requests that are spent on counting the wide one of two limits.
const MOST_WIDE: u64 = 120;
/// What is likelier than this is worth a pause.
const POSSIBLE: f64 = 0.1;
/// So sure a count need not be made again.
const COUNTED: f64 = 0.9;

impl Probe {
    /// Whether the limit is worth using up once more; if so, that is what comes next. Nothing is refused on
    /// the way unless there is a wider limit.
    pub(super) fn ride(&mut self, found: &Explained, now: f64) -> bool {
        let Explained::One(belief) = found else {
            return false;
        };
        if self.copies {
            return false;
        }
        let Some(best) = belief.best() else {
            return false;
        };
        let cell = &best.cell;
        let Some(memory_s) = memory_s(cell) else {
            return false;
        };
        let count = cell.least();
        let spent = self.accepted();
        let thorough = self.settings.effort == Effort::Thorough;
        let more = self.ridden + count;
        let until = now + (memory_s + spare_s(cell)) * 1.01 + 0.05;
        let soon = as_f64(more) / as_f64(count) * memory_s <= MOST_MORE_S;
        let affordable = thorough || (more <= MOST_MORE && soon);
        let in_time = until < self.settings.max_time_s;
        let enough = spent + count > TIMES * count;
        let in_requests =
            self.trace.samples.len() as u64 + count <= self.settings.max_requests as u64;
        if enough || !affordable || !in_time || !in_requests {
            return false;
        }
        self.ridden = more;
        self.phase = Phase::Rest {
            until,
            then: Then::Ride { count },
        };
        true
    }

    /// Something came back: take it all, at once or after a pause that tells the survivors apart.
    pub(super) fn opened(&mut self, sample: &Sample) {
        if self.cycle == 0 && self.accepted() == 1 {
            self.begin(sample);
            return;
        }
        if !self.copies && self.is_early(sample) {
            self.begin_anew(sample);
            return;
        }
        self.watch.opened_at = sample.sent_s;
        self.cycle += 1;
        if self.copies && self.is_mixed() {
            // how much came back at once says what kind of limiter the copies are
            if self.cycle > 1 {
                self.phase = Phase::Done;
            } else {
                self.reopened(sample);
            }
            return;
        }
        if self.copies {
            // a pause would cost the connection, and with it the copy
            self.phase = Phase::Burst;
            return;
        }
        if self.cycle > 1 && self.is_settled(sample) {
            return;
        }
        let either = !matches!(self.cycle, 0..=1 | 3) && self.may_be_either();
        self.phase = match self.cycle {
            // all came back, one by one or at once: a new canary tells these apart next time
            0..=1 | 3 if self.is_rough(sample) => Phase::Rest {
                until: sample.received_s + CANARY_S,
                then: Then::Burst,
            },
            0..=1 | 3 => Phase::Burst,
            // only at once does a log give back less than a window, and only of what was not taken at once
            _ if either && self.was_spread() => Phase::Burst,
            _ if either => Phase::Rest {
                until: sample.received_s + CANARY_S,
                then: Then::Burst,
            },
            cycle if cycle.is_multiple_of(2) => Phase::Rest {
                until: sample.received_s + self.pause_s(sample.received_s),
                then: Then::Burst,
            },
            _ => Phase::Part {
                left: (self.first_run() / 2).max(1),
            },
        };
    }

    /// Whether it may be a log as well as a window from the first request.
    fn may_be_either(&mut self) -> bool {
        let (found, _) = self.explained();
        let possible = possible(&found);
        let any = |is_so: fn(Family) -> bool| possible.iter().any(|cell| is_so(cell.family));
        any(|family| matches!(family, Family::Log { .. }))
            && any(|family| family == Family::FirstRequest)
    }

    /// Whether what was taken last was taken over a longer time than an opening is foreseen to.
    fn was_spread(&self) -> bool {
        let taken = self.trace.samples.iter().rev().skip(1);
        let count = usize::try_from(self.first_run()).unwrap_or(usize::MAX);
        let mut times = taken
            .filter(|sample| sample.outcome == Outcome::Accepted)
            .take(count)
            .map(|sample| sample.sent_s);
        let Some(last) = times.next() else {
            return false;
        };
        last - times.last().unwrap_or(last) > 0.5 * CANARY_S
    }

    /// Whether it was open already for longer than the first burst took, as far as nothing named the instant.
    fn is_rough(&self, sample: &Sample) -> bool {
        let mut earlier = self.trace.samples.iter().rev();
        let refused = earlier.find(|earlier| earlier.outcome == Outcome::Refused);
        let blind_s = refused.map_or(0.0, |refused| sample.sent_s - refused.received_s);
        let told = self.watch.told_at.is_some();
        !told && blind_s > self.watch.refused_at - self.watch.first_at && self.first_run() > 1
    }

    /// How long to pause before what came back is used up: what gives back one at a time is told apart only by what
    /// it gives back in a good part of its memory.
    fn pause_s(&mut self, now: f64) -> f64 {
        let left_s = (self.settings.max_time_s - now).max(0.0);
        let (found, _) = self.explained();
        let worth = possible(&found).into_iter().filter_map(worth_s);
        let longest = worth.fold(0.0, f64::max);
        let pause_s = if longest > 0.0 && self.cycle > 2 {
            longest
        } else {
            0.37 * self.period_s
        };
        pause_s.min(left_s / 4.0)
    }

    /// Of two limits whose wide one is not settled: the narrow one used up again and again, without a refusal that
    /// may be charged, until the wide one refuses.
    pub(super) fn ride_wide(&mut self, found: &Explained, now: f64) -> bool {
        let Explained::Two(pair) = found else {
            return false;
        };
        let (Some(narrow), Some(wide)) = (pair.inner.best(), pair.outer.best()) else {
            return false;
        };
        let Some(memory_s) = memory_s(&narrow.cell) else {
            return false;
        };
        let count = narrow.cell.least();
        let until = now + memory_s * 1.01 + 0.05;
        let thorough = self.settings.effort == Effort::Thorough;
        let affordable = thorough || self.ridden + count <= MOST_WIDE;
        // the wide one is asked only once it has opened
        let shut = self
            .watch
            .openings
            .iter()
            .any(|(at, weight)| *at > until && *weight > 0.5);
        if !pair.charged || wide.limit > COUNTED || shut || !affordable || self.copies {
            return false;
        }
        if until >= self.settings.max_time_s {
            return false;
        }
        self.ridden += count;
        self.phase = Phase::Rest {
            until,
            then: Then::Ride { count },
        };
        true
    }

    /// A request was refused that the limit found so far admits.
    pub(super) fn met_another(&mut self, sample: &Sample) {
        self.watch.shut_at = sample.received_s;
        self.watch.knocks = 0;
        self.watch.looks = 0;
        self.watch.openings.clear();
        let told = self.told(sample);
        self.watch.told(sample.received_s, told);
        self.phase = Phase::Watch;
    }
}

/// The likeliest of each kind that is possible.
fn possible(found: &Explained) -> Vec<&Cell> {
    let families = found.first().map(|belief| belief.families());
    let families = families.into_iter().flatten();
    families
        .filter(|(_, weight)| *weight > POSSIBLE)
        .map(|(cell, _)| cell)
        .collect()
}

/// How long a pause tells what gives back one at a time from what gives back all: a good part of its memory,
/// and more than two.
fn worth_s(cell: &Cell) -> Option<f64> {
    let memory_s = memory_s(cell)?;
    match cell.family {
        Family::Bucket | Family::Lossy { .. } => {
            Some((0.4 * memory_s).max(2.2 / cell.value).min(memory_s))
        }
        Family::Counter { .. } => Some(0.4 * memory_s),
        _ => None,
    }
}

/// How much longer than it takes to fill up a bucket is left alone, seconds: somebody else may have used it meanwhile.
pub(super) fn spare_s(cell: &Cell) -> f64 {
    const MORE_TOKENS: f64 = 2.2;
    match cell.family {
        Family::Bucket | Family::Lossy { .. } => MORE_TOKENS / cell.value,
        _ => 0.0,
    }
}

/// How long a limiter remembers, where that is a window.
pub(super) fn memory_s(cell: &Cell) -> Option<f64> {
    match cell.family {
        Family::Log { .. } | Family::FirstRequest | Family::Aligned | Family::Segments { .. } => {
            Some(cell.value)
        }
        Family::Counter { .. } => Some(2.0 * cell.value),
        Family::Bucket | Family::Lossy { .. } => Some(as_f64(cell.least()) / cell.value),
        Family::Stepped { .. } | Family::Ban { .. } => None,
    }
}
