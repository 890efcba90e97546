//! How requests reach copies of a limiter when nobody knows which one they reach.

use super::cell::as_f64;

/// How often the next copy has the rank of the one before: of four Gunicorn workers behind nginx, synchronous and with
/// threads, and where a proxy keeps a connection to one of them.
const FAITHFUL: [f64; 2] = [0.7, 0.97];
/// Particles that follow the beginning of a trace.
const PARTICLES: usize = 1_000;
/// Particles are drawn anew, the likelier ones more often, after so many requests.
pub(super) const EACH: usize = 4;

/// Which copy is reached next, as far as that can be told.
#[derive(Clone)]
pub(super) enum Dealing {
    /// By chance: how much of the traffic each copy gets.
    Chance(Vec<f64>),
    /// By how long ago each copy was reached, the longest first. Processes that wait for connections are woken in the
    /// order in which they came to wait, or the last one first; some are out of it for a while. So the next one has
    /// mostly the rank that the one before had; so much more often than others, `faithful` says.
    Recency {
        order: Vec<usize>,
        rank: usize,
        faithful: f64,
    },
}

impl Dealing {
    /// One of the ways in which the kernel deals out connections to so many copies.
    pub(super) fn draw(index: usize, copies: usize, dice: &mut Dice) -> Self {
        match index % 4 {
            kind @ (0 | 1) => Self::Recency {
                order: (0..copies).collect(),
                rank: if index % 8 < 4 { 0 } else { copies - 1 },
                faithful: FAITHFUL[kind],
            },
            2 => Self::Chance(vec![1.0; copies]),
            // it prefers some processes to others
            _ => Self::Chance((0..copies).map(|_| 0.2 - dice.next().ln()).collect()),
        }
    }

    /// A copy, and how likely it is to be reached next: the copy at a place in 0..copies; the sum is no matter.
    fn share(&self, place: usize) -> (usize, f64) {
        const LONGEST_AGO: f64 = 0.3;
        const NEXT_TO_IT: f64 = 0.2;
        match self {
            Self::Chance(shares) => (place, shares[place]),
            Self::Recency {
                order,
                rank,
                faithful,
            } => {
                let by_age = match place {
                    0 => LONGEST_AGO,
                    1 => NEXT_TO_IT,
                    _ => 0.0,
                };
                let any = (1.0 - LONGEST_AGO - NEXT_TO_IT) / as_f64(order.len() as u64);
                let due = if place == *rank { *faithful } else { 0.0 };
                (order[place], due + (1.0 - faithful) * (by_age + any))
            }
        }
    }

    fn copies(&self) -> usize {
        match self {
            Self::Chance(shares) => shares.len(),
            Self::Recency { order, .. } => order.len(),
        }
    }

    /// One of the copies that may have been reached, by their shares, and how likely it was to reach one of them.
    pub(super) fn pick(
        &self,
        may: impl Fn(usize) -> bool,
        dice: &mut Dice,
    ) -> Option<(usize, f64)> {
        let shares = || (0..self.copies()).map(|place| self.share(place));
        let (mut all, mut agreeing) = (0.0, 0.0);
        for (copy, share) in shares() {
            all += share;
            agreeing += if may(copy) { share } else { 0.0 };
        }
        let mut at = dice.next() * agreeing;
        let mut pick = None;
        for (copy, share) in shares().filter(|(copy, _)| may(*copy)) {
            pick = Some(copy);
            at -= share;
            if at <= 0.0 {
                break;
            }
        }
        Some((pick?, agreeing / all))
    }

    /// Takes note that a copy was reached.
    pub(super) fn reached(&mut self, copy: usize) {
        if let Self::Recency { order, rank, .. } = self
            && let Some(place) = order.iter().position(|known| *known == copy)
        {
            order.remove(place);
            order.push(copy);
            *rank = place;
        }
    }
}

#[derive(Clone)]
struct Particle {
    left: Vec<u64>,
    dealing: Dealing,
    weight: f64,
}

/// The logarithm of the probability of these decisions by so many copies that give nothing back, each with this limit.
pub(super) fn evidence(decisions: &[bool], copies: u64, limit: u64) -> f64 {
    let mut dice = Dice::new();
    let count = usize::try_from(copies).unwrap_or(1).max(1);
    let mut particles: Vec<Particle> = (0..PARTICLES)
        .map(|index| Particle {
            left: vec![limit; count],
            dealing: Dealing::draw(index, count, &mut dice),
            weight: 1.0,
        })
        .collect();
    let mut log = 0.0;
    for (index, &admitted) in decisions.iter().enumerate() {
        for particle in particles.iter_mut().filter(|one| one.weight > 0.0) {
            let may = |copy: usize| (particle.left[copy] > 0) == admitted;
            let Some((copy, share)) = particle.dealing.pick(may, &mut dice) else {
                particle.weight = 0.0;
                continue;
            };
            particle.weight *= share;
            particle.left[copy] -= u64::from(admitted);
            particle.dealing.reached(copy);
        }
        if index % EACH == EACH - 1 || index + 1 == decisions.len() {
            log += draw_anew(&mut particles, |particle| &mut particle.weight, &mut dice);
            if log == f64::NEG_INFINITY {
                break;
            }
        }
    }
    log
}

/// The likelier particles more often, all with a weight of one then; the logarithm of the mean weight that they had.
pub(super) fn draw_anew<T: Clone>(
    particles: &mut Vec<T>,
    weight: impl Fn(&mut T) -> &mut f64,
    dice: &mut Dice,
) -> f64 {
    let weights: Vec<f64> = particles.iter_mut().map(|one| *weight(one)).collect();
    let sum: f64 = weights.iter().sum();
    let mean = sum / as_f64(weights.len() as u64);
    if mean <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let mut at = dice.next() * mean;
    let mut passed = 0.0;
    let mut drawn = Vec::with_capacity(particles.len());
    for (one, own) in particles.iter().zip(&weights) {
        passed += own;
        while at < passed && drawn.len() < particles.len() {
            drawn.push(one.clone());
            at += mean;
        }
    }
    for one in &mut drawn {
        *weight(one) = 1.0;
    }
    *particles = drawn;
    mean.ln()
}

/// A fixed sequence of numbers in 0..1, the same on every machine.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }

    pub(super) fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        as_f64((self.0 >> 12) | 1) / as_f64(1 << 52)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decisions of copies reached by a rule.
    fn decisions(copies: usize, limit: u64, next: impl Fn(usize) -> usize) -> Vec<bool> {
        let mut left = vec![limit; copies];
        (0..200)
            .map(|index| {
                let left = &mut left[next(index)];
                let admitted = *left > 0;
                *left -= u64::from(admitted);
                admitted
            })
            .collect()
    }

    #[test]
    fn uneven_turns_tell_how_many_copies_there_are() {
        // now and then one is out of turn, and another order is kept from then on
        let orders = [[0, 1, 2, 3], [1, 0, 2, 3], [1, 2, 0, 3], [1, 2, 1, 3]];
        let four = decisions(4, 20, |index| orders[index / 16 % 4][index % 4]);
        let likely = |copies, limit| evidence(&four, copies, limit);
        assert!(likely(4, 20) > likely(8, 10) + 1.0);
        assert!(likely(4, 20) > likely(5, 16) + 1.0);
        assert!(likely(4, 20) > likely(2, 40) + 1.0);
    }

    #[test]
    fn what_copies_cannot_have_decided_is_impossible() {
        assert!(evidence(&[true; 21], 2, 10).is_infinite());
    }
}
