//! Servers whose clock shows whole seconds: the same decisions at instants that are a second apart.

use super::belief::{Belief, weigh_windows};
use super::cell::{Cell, Family, as_f64};
use super::epoch::Epoch;
use super::event::{Event, ticked};
use super::explain::is_odd;
use super::prior::is_odd_limit;
use super::stack::Hint;

/// How common a server is that counts in whole seconds.
const WHOLE_SECONDS: f64 = 0.06;
/// Where a second may begin on a server whose clock is not known well.
const PHASES: u32 = 8;
/// Shorter windows are not told apart in whole seconds.
const SHORTEST_COARSE_S: f64 = 2.0;
/// How common it is that a server's whole seconds begin when it pleases.
const OWN_SECONDS: f64 = 0.2;
/// How early and how late a second may begin to the server, and how common that is: the cheapest of clocks is renewed every
/// four milliseconds, and clocks that are being set drift by some of them in a minute.
const BEGINS_S: [(f64, f64, f64); 3] = [(0.0, 0.0, 0.55), (0.0, 0.005, 0.35), (0.01, 0.005, 0.1)];

/// A belief, and beside it what explains the trace if the server counts in whole seconds; the likelier one first.
pub(super) fn in_seconds(mut one: Belief, events: &[Event], hint: Hint, epoch: &Epoch) -> Belief {
    let open = |belief: &Belief| {
        belief
            .best()
            .is_none_or(|best| is_odd(&best.cell) || best.sure() < 0.6)
    };
    let clock = || knows(epoch) && one.best().is_some_and(|best| is_on_a_clock(&best.cell));
    let (open, clock) = (open(&one), clock());
    if !(open || clock) || hint.drf {
        return one;
    }
    let fine = one.best().map(|best| best.cell);
    let is_likely = |cell: &Cell| match &fine {
        Some(fine) if !open => passes_for(cell.family, fine.family),
        _ => true,
    };
    let mut coarse = coarse(events, epoch, fine.as_ref(), is_likely);
    // what can be used counts, not all that may be
    if coarse.useful() > one.useful() {
        std::mem::swap(&mut coarse, &mut one);
    }
    one.rival = (coarse.mass > 0.0).then(|| Box::new(coarse));
    one
}

/// Whether the server's seconds are known.
fn knows(epoch: &Epoch) -> bool {
    epoch.error_s < 0.1
}

/// Whether it is timed by a clock: what is timed in whole seconds passes for that.
fn is_on_a_clock(cell: &Cell) -> bool {
    match cell.family {
        Family::Aligned | Family::Counter { .. } | Family::Segments { .. } => true,
        Family::Stepped { .. } => cell.value.fract() < 1e-9,
        // a second too many, or whole seconds for a token
        Family::Bucket => is_odd_limit(cell.least()) || (1.0 / cell.value).fract() < 1e-9,
        _ => false,
    }
}

/// Whether a limiter that counts in whole seconds is seen as one on a clock.
fn passes_for(coarse: Family, fine: Family) -> bool {
    let plain = Family::Log {
        counts_rejected: false,
    };
    match fine {
        // each second is a segment, or a step
        Family::Segments { .. } if coarse == plain => true,
        Family::Segments { .. } | Family::Counter { .. } => {
            matches!(coarse, Family::FirstRequest | Family::Bucket)
        }
        Family::Stepped { .. } => matches!(coarse, Family::Bucket | Family::Lossy { .. }),
        Family::Bucket => coarse == Family::Bucket,
        _ => coarse == Family::FirstRequest,
    }
}

/// What explains the decisions of a server that counts in whole seconds; `fine` is what does without.
fn coarse(
    events: &[Event],
    epoch: &Epoch,
    fine: Option<&Cell>,
    is_likely: impl Fn(&Cell) -> bool,
) -> Belief {
    let second = -epoch.unix_s.fract();
    let unknown = if knows(epoch) { 1 } else { PHASES };
    let share = 1.0 / f64::from(unknown);
    let mut phases: Vec<(f64, f64)> = (0..unknown)
        .map(|step| (second + f64::from(step) * share, share))
        .collect();
    // a clock that is renewed once a second, as memcached's, has seconds of its own
    phases.extend(own_seconds(events, fine));
    let mut best = Belief::default();
    for (phase, spread_s, share) in phases.into_iter().flat_map(|(phase, share)| {
        BEGINS_S.map(|(early_s, late_s, part)| (phase - early_s, early_s + late_s, share * part))
    }) {
        let seen = ticked(events, phase, spread_s);
        let mut belief = weigh_windows(&seen).likelier(|cell| match cell.family {
            _ if !is_likely(cell) => 0.0,
            // within a second every window decides as the whole one at its end
            _ if !cell.round && !cell.flows() => 0.0,
            // who keeps an entry of each request has its instant
            Family::Log { .. } => 0.15,
            _ => 1.0,
        });
        belief.mass *= share * WHOLE_SECONDS;
        let whole = belief.best().is_some_and(|found| {
            let cell = &found.cell;
            let windowed =
                || matches!(cell.family, Family::Lossy { .. }) || cell.value >= SHORTEST_COARSE_S;
            cell.family == Family::Bucket || (cell.round && windowed())
        });
        if whole && belief.useful() > best.useful() {
            best = belief;
            best.tick = Some(phase);
        }
    }
    best
}

/// Where the seconds of a server may begin that begin when it pleases, each with its probability: where windows were
/// seen to end, and all over.
fn own_seconds(events: &[Event], fine: Option<&Cell>) -> Vec<(f64, f64)> {
    const ALL_OVER: [f64; 4] = [0.0, 0.25, 0.5, 0.75];
    let ends = events.windows(2).filter_map(|pair| {
        let (shut, open) = (pair[0].low, pair[1].high);
        let seen = !pair[0].admitted && pair[1].admitted && open - shut < 0.5;
        seen.then_some((shut, open))
    });
    let mut ends: Vec<(f64, f64)> = ends.collect();
    ends.sort_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
    let mut phases = Vec::new();
    if let Some(&first) = ends.first() {
        // that all of them have in common, whatever the second
        let (low, high) = ends[1..].iter().fold(first, |(low, high), end| {
            let away = (end.0 - low).round();
            let (from, to) = (low.max(end.0 - away), high.min(end.1 - away));
            if from < to { (from, to) } else { (low, high) }
        });
        phases.push((f64::midpoint(low, high), OWN_SECONDS * (high - low)));
    }
    let clock = fine.filter(|cell| is_on_a_clock(cell));
    phases.extend(clock.map(|cell| (cell.phase, OWN_SECONDS * 0.05)));
    phases.extend(ALL_OVER.map(|phase| (phase, OWN_SECONDS / as_f64(ALL_OVER.len() as u64))));
    for (phase, _) in &mut phases {
        *phase = phase.rem_euclid(1.0);
    }
    phases
}
