//! When the answer is good enough, and what is worth a look before it is given.

use super::machine::Probe;
use super::phase::{Phase, Then};
use super::ride::{memory_s, spare_s};
use super::settings::Effort;
use crate::throttle::infer::{self, Cell, Event, Explained, Family, is_odd_limit};
use crate::throttle::sample::{Outcome, Sample};

/// Enough to stop: more is claimed only of a limit that was used up often enough to meet a wider one behind it.
const SETTLED: f64 = 0.94;
/// Enough where another look takes long.
const SETTLED_SLOWLY: f64 = 0.9;
/// Enough when each figure is to be seen.
const SETTLED_THOROUGHLY: f64 = 0.985;
/// Less than this is no doubt.
const DOUBT: f64 = 0.005;
/// The same for windows that slide: most traces leave so much to those that do not.
const LARGE_DOUBT: f64 = 0.05;
/// How late a window is let begin, in windows, the first time and later.
const LATE: [f64; 3] = [0.4, 0.7, 0.2];
/// A limit above this is not used up once more only to be surer of what its windows begin with.
const MOST_LATE: u64 = 250;
/// A bucket that takes longer to fill up, seconds, is not counted a second time.
const LONGEST_REFILL_S: f64 = 60.0;
/// Longer windows than this are not waited for only to be surer, seconds.
const SOON_S: f64 = 20.0;

/// Whether those that are possible agree about the window well enough to let one begin late by a part of it.
fn is_narrow(families: &[(&Cell, f64)]) -> bool {
    const POSSIBLE: f64 = 0.05;
    let possible = families.iter().filter(|(_, weight)| *weight > POSSIBLE);
    let (low, high) = possible.fold((f64::INFINITY, 0.0_f64), |(low, high), (cell, _)| {
        (low.min(cell.value), high.max(cell.value))
    });
    high < 1.2 * low
}

impl Probe {
    /// How sure is enough.
    fn enough(&self) -> f64 {
        match self.settings.effort {
            Effort::Thorough => SETTLED_THOROUGHLY,
            _ if self.period_s > SOON_S => SETTLED_SLOWLY,
            _ => SETTLED,
        }
    }

    /// Whether what came back settles the answer, so that it need not be used up; if so, what comes next.
    pub(super) fn is_settled(&mut self, sample: &Sample) -> bool {
        let (found, _) = self.explained();
        let used_up = self.has_peeked || !self.may_hide_another(&found);
        used_up
            && found.first().is_some()
            && self.is_enough(&found)
            && self.ends(&found, sample.received_s)
    }

    /// Requests that were let in so far.
    pub(super) fn accepted(&self) -> u64 {
        let accepted = |sample: &&Sample| sample.outcome == Outcome::Accepted;
        self.trace.samples.iter().filter(accepted).count() as u64
    }

    /// Requests that were let in before the first refusal.
    pub(super) fn first_run(&self) -> u64 {
        let samples = &infer::fresh(&self.trace).samples;
        let refused = samples.iter().find(|s| s.outcome == Outcome::Refused);
        // a refusal overtakes what was let in before it
        let until = refused.map_or(f64::INFINITY, |refused| refused.received_s);
        let run = samples.iter().filter(|sample| sample.sent_s < until);
        run.filter(|sample| sample.outcome == Outcome::Accepted)
            .count() as u64
    }

    /// What explains the trace so far.
    pub(super) fn explained(&mut self) -> (Explained, Vec<Event>) {
        let decisions = self.decisions();
        if let Some((samples, found)) = &self.latest
            && *samples == self.trace.samples.len()
        {
            return (found.clone(), decisions);
        }
        let trace = infer::fresh(&self.trace);
        let found = infer::explain(&decisions, infer::hint_of(&trace), &infer::epoch_of(&trace));
        self.latest = Some((self.trace.samples.len(), found.clone()));
        (found, decisions)
    }

    pub(super) fn is_enough(&self, found: &Explained) -> bool {
        // one instant may fall on a whole second by chance
        let by_chance = self.cycle < 2 && found.first().is_some_and(|belief| belief.tick.is_some());
        found.sure() >= self.enough() && !by_chance
    }

    /// With a settled answer: a look for a wider limit, or the end; neither when one more round has to turn out
    /// as predicted.
    pub(super) fn ends(&mut self, found: &Explained, now: f64) -> bool {
        if let Some(wait_s) = self.miscounted(found) {
            self.count_again(wait_s, now);
            return true;
        }
        if self.peek(found) || self.ride(found, now) {
            return true;
        }
        let ends = self.verified || self.settings.effort != Effort::Thorough;
        if ends {
            self.phase = Phase::Done;
        }
        ends
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
        let slides = matches!(
            cell.family,
            Family::Counter { .. } | Family::Segments { .. }
        );
        let doubt = if slides { LARGE_DOUBT } else { DOUBT };
        let open = |(other, weight): &(&Cell, f64)| {
            other.family != cell.family && rivals.contains(&other.family) && *weight > doubt
        };
        // whole seconds make a window from a request look like one on a clock
        let rival = belief.rival.as_ref();
        let coarse = rival.is_some_and(|rival| {
            let share = rival.mass / (rival.mass + belief.mass);
            let families = rival.families();
            let scaled = families
                .iter()
                .map(|&(cell, weight)| (cell, weight * share));
            scaled.into_iter().any(|family| open(&family))
        });
        let cheap = cell.least() <= MOST_LATE && cell.value <= SOON_S;
        let doubtful = coarse || families.iter().any(open);
        let again = self.late < LATE.len() && (self.late == 0 || !self.is_enough(found));
        let windowed = slides || rivals.contains(&cell.family);
        // what a late beginning was for is seen only at the end of the window
        let watched = self.late_cycle != Some(self.cycle);
        let ready = watched && is_narrow(&families);
        (again && windowed && cheap && doubtful && ready).then_some(cell.value)
    }

    /// How long to wait until a limit can be counted again that nobody configures, for another client on the key may
    /// have used a part of it, or that the first requests went beyond, for it may be one of two.
    pub(super) fn miscounted(&self, found: &Explained) -> Option<f64> {
        let cell = found.first()?.best()?.cell;
        let odd = is_odd_limit(cell.least()) && self.accepted() < 2 * cell.least();
        let windowed = matches!(
            cell.family,
            Family::Log { .. } | Family::FirstRequest | Family::Aligned | Family::Segments { .. }
        );
        let flows = matches!(cell.family, Family::Bucket | Family::Lossy { .. });
        let beyond = windowed && self.first_run() > cell.least();
        let counted = self.recounted || !(odd || beyond) || !matches!(found, Explained::One(_));
        let wait_s = memory_s(&cell)? + spare_s(&cell);
        let long = flows && wait_s > LONGEST_REFILL_S;
        (!counted && !long).then_some(wait_s)
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
        let part = LATE[self.late % LATE.len()];
        self.late += 1;
        self.late_cycle = Some(self.cycle);
        self.foresee(found, decisions, now);
        self.watch.openings.clear();
        self.phase = Phase::Rest {
            until: now + self.period_s + part * window_s,
            then: Then::Burst,
        };
    }
}
