//! Servers whose clock shows whole seconds: the same decisions at instants that are a second apart.

use super::belief::{Belief, weigh_windows};
use super::cell::{Cell, Family};
use super::clock::Epoch;
use super::event::{Event, ticked};
use super::explain::is_odd;
use super::stack::Hint;

/// How common a server is that counts in whole seconds.
const WHOLE_SECONDS: f64 = 0.06;
/// Where a second may begin on a server whose clock is not known well.
const PHASES: u32 = 8;
/// Shorter windows are not told apart in whole seconds.
const SHORTEST_COARSE_S: f64 = 2.0;
/// How common it is that a server's whole seconds begin when it pleases, times how narrowly a trace shows when.
const OWN_SECONDS: f64 = 0.2 * 0.05;

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
    let mut coarse = coarse(events, epoch, one.best().map(|best| best.cell).as_ref());
    coarse.mass *= WHOLE_SECONDS;
    if let (false, Some(best)) = (open, one.best()) {
        let tick = coarse.tick;
        let passes = |cell: &Cell| passes_for(cell.family, best.cell.family);
        coarse = coarse.likelier(|cell| f64::from(u8::from(passes(cell))));
        coarse.tick = tick;
    }
    if coarse.mass > one.mass {
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
        Family::Stepped { .. } => matches!(coarse, Family::Bucket | Family::Lossy),
        _ => coarse == Family::FirstRequest,
    }
}

/// What explains the decisions of a server that counts in whole seconds; `fine` is what does without.
fn coarse(events: &[Event], epoch: &Epoch, fine: Option<&Cell>) -> Belief {
    let second = -epoch.unix_s.fract();
    let unknown = if knows(epoch) { 1 } else { PHASES };
    let share = 1.0 / f64::from(unknown);
    let mut phases: Vec<(f64, f64)> = (0..unknown)
        .map(|step| (second + f64::from(step) * share, share))
        .collect();
    // a clock that is renewed once a second, as memcached's, has seconds of its own
    phases.extend(
        fine.filter(|cell| is_on_a_clock(cell))
            .map(|cell| (cell.phase.rem_euclid(1.0), OWN_SECONDS)),
    );
    let mut best = Belief::default();
    for (phase, share) in phases {
        let mut belief = weigh_windows(&ticked(events, phase)).likelier(|cell| match cell.family {
            // who keeps an entry of each request has its instant
            Family::Log { .. } => 0.15,
            _ => 1.0,
        });
        belief.mass *= share;
        let whole = belief.best().is_some_and(|found| {
            let cell = &found.cell;
            let windowed = || cell.family == Family::Lossy || cell.value >= SHORTEST_COARSE_S;
            cell.family == Family::Bucket || (cell.round && windowed())
        });
        if whole && belief.mass > best.mass {
            best = belief;
            best.tick = Some(phase);
        }
    }
    best
}
