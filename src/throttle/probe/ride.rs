//! Using up a limit again and again: whether a wider one stands behind it.

use super::machine::{Phase, Probe, Then};
use super::settings::Effort;
use crate::throttle::infer::{Cell, Event, Explained, Family, as_f64, is_odd_limit};
use crate::throttle::sample::{Outcome, Sample};

/// Enough to stop: more is claimed only of a limit that was used up often enough to meet a wider one behind it.
const SETTLED: f64 = 0.94;
/// Enough where another look takes long.
const SETTLED_SLOWLY: f64 = 0.9;
/// Enough when each figure is to be seen.
const SETTLED_THOROUGHLY: f64 = 0.985;
/// Less than this is no doubt.
const DOUBT: f64 = 0.005;
/// Longer windows than this are not waited for only to be surer, seconds.
const SOON_S: f64 = 20.0;
/// How often a limit is used up: wider limits are mostly two to four times as high.
const TIMES: u64 = 5;
/// Most requests that are spent on it, and the longest time, seconds: a narrow limit in front of a wide one is
/// mostly one of few requests a second. `--thorough` spends what it takes.
const MOST_MORE: u64 = 30;
const MOST_MORE_S: f64 = 20.0;

impl Probe {
    /// How sure is enough.
    pub(super) fn enough(&self) -> f64 {
        match self.settings.effort {
            Effort::Thorough => SETTLED_THOROUGHLY,
            _ if self.period_s > SOON_S => SETTLED_SLOWLY,
            _ => SETTLED,
        }
    }

    /// Whether the limit is worth using up once more; if so, that is what comes next. Nothing is refused on
    /// the way unless there is a wider limit.
    pub(super) fn ride(&mut self, found: &Explained, now: f64) -> bool {
        let Explained::One(belief) = found else {
            return false;
        };
        let Some(best) = belief.best() else {
            return false;
        };
        let cell = &best.cell;
        let Some(memory_s) = memory_s(cell) else {
            return false;
        };
        let count = cell.least();
        let accepted = |sample: &&Sample| sample.outcome == Outcome::Accepted;
        let spent = self.trace.samples.iter().filter(accepted).count() as u64;
        let thorough = self.settings.effort == Effort::Thorough;
        let more = self.ridden + count;
        let until = now + memory_s * 1.01 + 0.05;
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
        if self.copies && self.is_mixed() {
            self.phase = Phase::Done;
            return;
        }
        self.cycle += 1;
        if self.cycle > 1 && self.is_settled(sample) {
            return;
        }
        self.phase = match self.cycle {
            0..=1 | 3 => Phase::Burst,
            cycle if cycle.is_multiple_of(2) => Phase::Rest {
                until: sample.received_s + 0.37 * self.period_s,
                then: Then::Burst,
            },
            _ => {
                let run = self
                    .trace
                    .samples
                    .iter()
                    .take_while(|s| s.outcome == Outcome::Accepted);
                Phase::Part {
                    left: (run.count() as u64 / 2).max(1),
                }
            }
        };
    }

    /// The window, where it is short and may begin with a request or on a clock: who knocks as soon as it opens
    /// sees the same of both.
    pub(super) fn unanchored(&self, found: &Explained) -> Option<f64> {
        let Explained::One(belief) = found else {
            return None;
        };
        let families = belief.families();
        let (cell, _) = families.first()?;
        let rivals = [Family::FirstRequest, Family::Aligned];
        let open = |(other, weight): &(&Cell, f64)| {
            other.family != cell.family && rivals.contains(&other.family) && *weight > DOUBT
        };
        let cheap = cell.least() <= MOST_MORE && cell.value <= SOON_S;
        (!self.late && rivals.contains(&cell.family) && cheap && families.iter().any(open))
            .then_some(cell.value)
    }

    /// How long to wait until a limit that nobody configures can be counted again: another client on the key may have
    /// used a part of it, and then the counts differ.
    pub(super) fn miscounted(&self, found: &Explained) -> Option<f64> {
        let cell = found.first()?.best()?.cell;
        let accepted = |sample: &&Sample| sample.outcome == Outcome::Accepted;
        let spent = self.trace.samples.iter().filter(accepted).count() as u64;
        let odd = is_odd_limit(cell.least()) && spent < 2 * cell.least();
        let counted = self.recounted || !odd || !matches!(found, Explained::One(_));
        memory_s(&cell).filter(|_| !counted)
    }

    /// After `wait_s` without a request: all of it, until one is refused.
    pub(super) fn count_again(&mut self, wait_s: f64, now: f64) {
        self.recounted = true;
        self.phase = Phase::Rest {
            until: now + 1.01 * wait_s + 0.05,
            then: Then::Burst,
        };
    }

    /// The next window begins late, if it begins with a request.
    pub(super) fn look_late(
        &mut self,
        found: &Explained,
        decisions: &[Event],
        window_s: f64,
        now: f64,
    ) {
        self.late = true;
        self.foresee(found, decisions, now);
        self.watch.openings.clear();
        self.phase = Phase::Rest {
            until: now + self.period_s + 0.4 * window_s,
            then: Then::Burst,
        };
    }

    /// A request was refused that the limit found so far admits.
    pub(super) fn met_another(&mut self, sample: &Sample) {
        self.watch.shut_at = sample.received_s;
        self.watch.knocks = 0;
        self.watch.openings.clear();
        self.watch.told_at = self.told(sample);
        self.phase = Phase::Watch;
    }
}

/// How long a limiter remembers, where that is a window.
fn memory_s(cell: &Cell) -> Option<f64> {
    match cell.family {
        Family::Log { .. } | Family::FirstRequest | Family::Aligned | Family::Segments { .. } => {
            Some(cell.value)
        }
        Family::Counter { .. } => Some(2.0 * cell.value),
        Family::Bucket => Some(as_f64(cell.least()) / cell.value),
        Family::Stepped { .. } | Family::Ban { .. } => None,
    }
}
