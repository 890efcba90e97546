//! Which limiter several copies are of, when nobody knows which request reached which copy: particles that
//! follow the trace, each with its own guess.

use super::belief::{Belief, instant};
use super::cell::{Cell, Family, as_f64};
use super::epoch::Epoch;
use super::event::Event;
use super::prior;
use super::report::round2;
use super::workers::{Copies, IDLE_S};
use crate::throttle::models::{Limiter, Model};
use crate::throttle::sample::Held;

/// Particles that are enough to tell numbers of copies apart.
pub(super) const PARTICLES: usize = 60;
/// The same where the copies were counted, so that there are few answers to weigh.
const MANY_PARTICLES: usize = 240;
/// Particles are drawn anew, the likelier ones more often, after so many requests.
const EACH: usize = 4;
/// Requests that are followed, at most.
const MOST_EVENTS: usize = 700;

/// The line to the one process that is not held.
const ALONE: u32 = u32::MAX;

#[derive(Clone)]
struct Particle {
    copies: Vec<Model>,
    /// How much of the traffic each copy gets.
    shares: Vec<f64>,
    /// Whose turn it is, where they take turns.
    turn: Option<usize>,
    /// Which copy a connection reached, and when it was last used.
    reached: Vec<(u32, usize, f64)>,
    weight: f64,
}

/// The likeliest number of copies and the limiters that they may be of; none where none explains the trace.
pub(super) fn weigh(events: &[Event], copies: &Copies, epoch: &Epoch) -> (Copies, Belief) {
    if copies.rivals.is_empty() {
        let belief = explain(events, copies, epoch, copies.one.is_some());
        return (copies.clone(), belief);
    }
    let mut found: Vec<(Copies, Belief, f64)> = copies
        .rivals
        .iter()
        .map(|&(enforcers, limit, usual)| {
            let instead = copies.instead(enforcers, limit);
            let belief = explain(events, &instead, epoch, false);
            let mass = belief.mass * usual;
            (instead, belief, mass)
        })
        .collect();
    let sum: f64 = found.iter().map(|(.., mass)| mass).sum();
    found.sort_by(|a, b| b.2.total_cmp(&a.2));
    match found.into_iter().next() {
        Some((mut best, belief, mass)) if mass > 0.0 => {
            best.sure = round2(best.surest * mass / sum);
            (best, belief)
        }
        _ => (copies.clone(), Belief::default()),
    }
}

/// The likeliest limiters, weighed; empty where none explains the trace.
fn explain(events: &[Event], copies: &Copies, epoch: &Epoch, sticky: bool) -> Belief {
    let events = &events[..events.len().min(MOST_EVENTS)];
    let particles = if copies.counted {
        MANY_PARTICLES
    } else {
        PARTICLES
    };
    let mut cells = candidates(events, copies, epoch);
    for cell in &mut cells {
        let likelihood = evidence(events, cell, copies.enforcers, sticky, particles);
        cell.weight *= likelihood.exp();
    }
    Belief::of(cells)
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
    // what came back first was the first request's slot, or what a copy got a little later
    for (window, weight) in prior::atoms(low - 2.0, high) {
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

/// The logarithm of the probability of the outcomes, by so many particles.
pub(super) fn evidence(
    events: &[Event],
    cell: &Cell,
    copies: u64,
    sticky: bool,
    amount: usize,
) -> f64 {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let count = usize::try_from(copies).unwrap_or(1).max(1);
    let mut particles: Vec<Particle> = (0..amount)
        .map(|index| {
            // the kernel prefers some processes to others, or wakes them in turn
            let even = index % 3 != 1;
            let mut share = || if even { 1.0 } else { 0.2 - dice.next().ln() };
            Particle {
                copies: vec![cell.model(); count],
                shares: (0..count).map(|_| share()).collect(),
                turn: (index % 3 == 2).then_some(0),
                reached: Vec::new(),
                weight: 1.0,
            }
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
        let sum: f64 = particles.iter().map(|particle| particle.weight).sum();
        if sum <= 0.0 {
            return f64::NEG_INFINITY;
        }
        log += (sum / as_f64(amount as u64)).ln();
        particles = redrawn(&particles, sum, &mut dice);
    }
    log
}

fn redrawn(particles: &[Particle], sum: f64, dice: &mut Dice) -> Vec<Particle> {
    let step = sum / as_f64(particles.len() as u64);
    let mut at = dice.next() * step;
    let mut passed = 0.0;
    let mut drawn = Vec::with_capacity(particles.len());
    for particle in particles {
        passed += particle.weight;
        while at < passed && drawn.len() < particles.len() {
            drawn.push(Particle {
                weight: 1.0,
                ..particle.clone()
            });
            at += step;
        }
    }
    drawn
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
        let shares = self.shares();
        let agreeing: Vec<usize> = (0..self.copies.len())
            .filter(|&copy| self.agrees(copy, event))
            .collect();
        let all: f64 = shares.iter().sum();
        let share: f64 = agreeing.iter().map(|&copy| shares[copy]).sum();
        self.weight *= share / all;
        let mut at = dice.next() * share;
        let pick = agreeing.iter().copied().find(|&copy| {
            at -= shares[copy];
            at <= 0.0
        });
        let Some(copy) = pick.or(agreeing.last().copied()) else {
            return;
        };
        self.take(copy, event);
        self.turn = self.turn.map(|_| (copy + 1) % self.copies.len());
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

    /// How likely each copy is to be reached next.
    fn shares(&self) -> Vec<f64> {
        /// How often somebody is out of turn.
        const OUT_OF_TURN: f64 = 0.15;
        let Some(turn) = self.turn else {
            return self.shares.clone();
        };
        let count = as_f64(self.copies.len() as u64);
        (0..self.copies.len())
            .map(|copy| {
                let due = if copy == turn { 1.0 - OUT_OF_TURN } else { 0.0 };
                due + OUT_OF_TURN / count
            })
            .collect()
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

/// A fixed sequence of numbers in 0..1, the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        as_f64((self.0 >> 12) | 1) / as_f64(1 << 52)
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
