//! Which limiter several copies are of, when nobody knows which request reached which copy: particles that
//! follow the trace, each with its own guess.

use super::belief::{Belief, instant};
use super::cell::{Cell, Family, as_f64};
use super::dealing::{Dealing, Dice, EACH, draw_anew};
use super::epoch::Epoch;
use super::event::Event;
use super::prior;
use super::workers::{Copies, IDLE_S};
use crate::throttle::models::{Limiter, Model};
use crate::throttle::sample::Held;

/// Less likely numbers of copies are not tried where likelier ones explain nothing.
const POSSIBLE: f64 = 0.1;
/// How likely it is that no copy decides as one did: few particles follow a long trace to its end.
const MISFIT: f64 = 1e-4;
/// How doubtful each such outcome makes the best of them: no trace of a limiter that is known needed one.
const MISFIT_DOUBT: f64 = 0.5;
/// Particles that are enough to tell limiters apart.
const PARTICLES: usize = 240;
/// Requests that are followed, at most.
const MOST_EVENTS: usize = 700;

/// The line to the one process that is not held.
const ALONE: u32 = u32::MAX;

#[derive(Clone)]
struct Particle {
    copies: Vec<Model>,
    /// How the next copy is chosen.
    dealing: Dealing,
    /// Which copy a connection reached, and when it was last used.
    reached: Vec<(u32, usize, f64)>,
    /// How many outcomes no copy would have decided so.
    misfits: u32,
    weight: f64,
}

/// The limiters that copies may be of, with the likeliest number of copies that may have decided so; none where the trace
/// does not show when something came back.
pub(super) fn weigh(events: &[Event], copies: &Copies, epoch: &Epoch) -> (Copies, Belief) {
    if copies.rivals.is_empty() {
        let belief = explain(events, copies, epoch, copies.one.is_some());
        return (copies.clone(), belief);
    }
    for &(enforcers, limit, sure) in copies.rivals.iter().filter(|(.., sure)| *sure > POSSIBLE) {
        let instead = copies.instead(enforcers, limit, sure);
        let belief = explain(events, &instead, epoch, false);
        if belief.mass > 0.0 {
            return (instead, belief);
        }
    }
    (copies.clone(), Belief::default())
}

/// The likeliest limiters, weighed, and doubted for each outcome that none of them decides.
fn explain(events: &[Event], copies: &Copies, epoch: &Epoch, sticky: bool) -> Belief {
    let events = &events[..events.len().min(MOST_EVENTS)];
    let mut cells = candidates(events, copies, epoch);
    let follow = |cell: &Cell| evidence(events, cell, copies.enforcers, sticky);
    let followed: Vec<Followed> = cells.iter().map(follow).collect();
    let best = followed.iter().max_by(|a, b| a.log.total_cmp(&b.log));
    let Some(&Followed { log: most, misfits }) = best else {
        return Belief::default();
    };
    for (cell, followed) in cells.iter_mut().zip(&followed) {
        // long traces are too unlikely for a number
        cell.weight *= (followed.log - most).exp();
    }
    let mut belief = Belief::of(cells);
    belief.doubt = 1.0 - (1.0 - MISFIT_DOUBT).powf(misfits);
    belief
}

fn candidates(events: &[Event], copies: &Copies, epoch: &Epoch) -> Vec<Cell> {
    let (Some((low, high)), Some(first)) = (copies.recovered_s, events.first()) else {
        return Vec::new();
    };
    let cell = |family: Family, value: f64, weight: f64| {
        Cell::exact(family, copies.limit, value, weight * family.share())
    };
    let log = Family::Log {
        counts_rejected: false,
    };
    let mut cells = Vec::new();
    // what came back first was the first request's slot, or what a copy got a little later; waits are rounded up
    let waits = events.iter().map(|event| event.wait_s - 1.0);
    let named = waits.fold(0.0, f64::max);
    let least = if named < high { named } else { 0.0 };
    for (window, weight) in prior::atoms((low - 2.0).max(least), high) {
        cells.push(cell(log, window, weight));
        cells.push(cell(Family::FirstRequest, window, weight));
    }
    let began = epoch.unix_s + first.at();
    for (window, weight) in prior::all_whole(0.5) {
        let boundary = ((began + high) / window).floor() * window - began;
        if boundary > low - 0.01 && epoch.error_s < 0.1 {
            cells.push(Cell {
                phase: -epoch.unix_s,
                ..cell(Family::Aligned, window, 0.5 * weight)
            });
        }
    }
    for (rate, weight) in prior::rate_atoms(0.5 / high, 1.5 / low.max(0.05)) {
        cells.push(cell(Family::Bucket, rate, weight));
    }
    cells
}

/// How copies of a limiter follow a trace.
#[derive(Clone, Copy)]
struct Followed {
    /// The logarithm of the probability of the outcomes.
    log: f64,
    /// How many of them none of the copies decides so.
    misfits: f64,
}

fn evidence(events: &[Event], cell: &Cell, copies: u64, sticky: bool) -> Followed {
    let mut dice = Dice::new();
    let count = usize::try_from(copies).unwrap_or(1).max(1);
    let mut particles: Vec<Particle> = (0..PARTICLES)
        .map(|index| Particle {
            copies: vec![cell.model(); count],
            dealing: Dealing::draw(index, count, &mut dice),
            reached: Vec::new(),
            misfits: 0,
            weight: 1.0,
        })
        .collect();
    let mut log = 0.0;
    for (index, event) in events.iter().enumerate() {
        for particle in &mut particles {
            particle.follow(event, sticky, &mut dice);
        }
        if index % EACH != EACH - 1 && index + 1 != events.len() {
            continue;
        }
        log += draw_anew(&mut particles, |particle| &mut particle.weight, &mut dice);
        if log == f64::NEG_INFINITY {
            break;
        }
    }
    let misfits: u32 = particles.iter().map(|particle| particle.misfits).sum();
    let misfits = f64::from(misfits) / as_f64(particles.len() as u64);
    Followed { log, misfits }
}

impl Particle {
    fn follow(&mut self, event: &Event, sticky: bool, dice: &mut Dice) {
        if self.weight <= 0.0 {
            return;
        }
        let alone = event.held.is_some_and(|held| self.is_alone(held));
        let line = if alone { ALONE } else { event.connection };
        let sticky = sticky || alone;
        let known = |entry: &&mut (u32, usize, f64)| entry.0 == line;
        if sticky
            && let Some(entry) = self.reached.iter_mut().find(known)
            && (alone || event.low - entry.2 < IDLE_S)
        {
            entry.2 = event.high;
            let copy = entry.1;
            if self.agrees(copy, event) {
                self.take(copy, event);
            } else {
                self.weight = 0.0;
            }
            return;
        }
        let may = |copy: usize| self.agrees(copy, event);
        let picked = self.dealing.pick(may, dice);
        self.misfits += u32::from(picked.is_none());
        let misfit = || {
            self.dealing
                .pick(|_| true, dice)
                .map(|(copy, _)| (copy, MISFIT))
        };
        let Some((copy, share)) = picked.or_else(misfit) else {
            return;
        };
        self.weight *= share;
        self.take(copy, event);
        self.dealing.reached(copy);
        if sticky {
            self.reached.retain(|(known, ..)| *known != line);
            self.reached.push((line, copy, event.high));
        }
    }

    /// Whether all processes but one were held.
    fn is_alone(&self, held: Held) -> bool {
        let idle = held.idle - u32::from(held.freed_s.is_some());
        usize::try_from(idle).is_ok_and(|idle| idle + 1 == self.copies.len())
    }

    fn agrees(&self, copy: usize, event: &Event) -> bool {
        let model = &self.copies[copy];
        model.admits(instant(model, event)) == event.admitted
    }

    fn take(&mut self, copy: usize, event: &Event) {
        let at = instant(&self.copies[copy], event);
        self.copies[copy].record(at, event.admitted);
    }
}

#[cfg(test)]
mod tests {
    use super::super::event::decided;
    use super::super::workers;
    use super::*;
    use crate::throttle::models::{self, FixedWindow};

    #[test]
    fn copies_that_are_reached_by_chance_are_counted_and_named() {
        let one = Model::FixedWindow(FixedWindow::from_first_request(10, 8.0));
        let mut copies = models::Copies::new(&one, 3, 7);
        // one ahead, all until they are shut, a few knocks, and again once the first window is over: a log
        // would give back one slot
        let times = [0.0]
            .into_iter()
            .chain((0..120).map(|index| 0.3 + f64::from(index) * 0.002))
            .chain([1.0, 2.0, 4.0, 7.9])
            .chain((0..90).map(|index| 8.002 + f64::from(index) * 0.002));
        let events = decided(&mut copies, times, 0.0005);
        let epoch = Epoch {
            unix_s: 0.5,
            error_s: 1.0,
            first: (0.0, 0.0),
        };
        let found = workers::find(&events).expect("copies");
        let (found, belief) = weigh(&events, &found, &epoch);
        assert_eq!((found.enforcers, found.limit), (3, 10));
        let best = belief.best().expect("an explanation");
        assert_eq!(best.cell.family, Family::FirstRequest);
        assert!((best.cell.value - 8.0).abs() < 1e-9);
    }
}
