//! Copies of a limiter that do not share a count: worker processes with a cache each.

use super::event::{Event, first_run};
use super::prior;

/// Copies found in a trace.
#[derive(Debug, Clone)]
pub(crate) struct Copies {
    /// How many.
    pub(crate) enforcers: u64,
    /// What each admits.
    pub(crate) limit: u64,
    /// What all admit.
    pub(crate) total: u64,
    /// The decisions of one copy, where connections stick to one.
    pub(crate) one: Option<Vec<Event>>,
    /// When the first slot came back after all were used up: the wait since the first request.
    pub(crate) recovered_s: Option<(f64, f64)>,
    /// How sure the number of copies is.
    pub(crate) sure: f64,
}

/// Reads the beginning of a trace, up to the long run of refusals that says that all copies are shut.
pub(crate) fn find(events: &[Event]) -> Option<Copies> {
    let run = first_run(events)?;
    let drained = drained(events, run);
    pinned(events, drained).or_else(|| mixed(events, drained))
}

/// Where the refusals for good begin: after the last admission that is not followed by so many refusals, or
/// such a silence, that every copy must have been shut.
fn drained(events: &[Event], run: usize) -> usize {
    const SHUT: usize = 60;
    /// Copies are used up without a pause; what is let in after one came back.
    const QUIET_S: f64 = 0.25;
    let mut end = run;
    for index in run..events.len() {
        let quiet = events[index].low - events[index - 1].high > QUIET_S;
        if quiet || index - end >= SHUT {
            break;
        }
        if events[index].admitted {
            end = index + 1;
        }
    }
    end
}

/// Connections that stick to one copy each: every one is admitted the same number of times or never.
fn pinned(events: &[Event], drained: usize) -> Option<Copies> {
    let beginning = &events[..drained.min(events.len())];
    let mut counts: Vec<(u32, u64)> = Vec::new();
    for event in beginning.iter().filter(|event| event.admitted) {
        match counts
            .iter_mut()
            .find(|(connection, _)| *connection == event.connection)
        {
            Some((_, count)) => *count += 1,
            None => counts.push((event.connection, 1)),
        }
    }
    let limit = counts.first()?.1;
    if counts.len() < 2 || counts.iter().any(|(_, count)| *count != limit) {
        return None;
    }
    let first = counts[0].0;
    let one = events
        .iter()
        .filter(|event| event.connection == first)
        .copied()
        .collect();
    let enforcers = counts.len() as u64;
    Some(Copies {
        enforcers,
        limit,
        total: enforcers * limit,
        one: Some(one),
        recovered_s: None,
        sure: 0.9,
    })
}

/// Requests that reach any copy: the total is exact, its divisors are weighed by how likely the order of
/// admissions and refusals is when requests are spread evenly.
fn mixed(events: &[Event], drained: usize) -> Option<Copies> {
    let run = first_run(events)?;
    let beginning = &events[..drained.min(events.len())];
    let total = beginning.iter().filter(|event| event.admitted).count() as u64;
    if beginning.len() <= run + 1 {
        return None;
    }
    let mut weights = Vec::new();
    for copies in 2..=16_u64 {
        if !total.is_multiple_of(copies) || total / copies > run as u64 {
            continue;
        }
        let limit = total / copies;
        let fits = likelihood(beginning, copies, limit);
        // few workers are commoner than many
        let weight = fits * usual_limit(limit) * usual_copies(copies);
        weights.push((copies, limit, weight));
    }
    let sum: f64 = weights.iter().map(|(.., weight)| weight).sum();
    let (enforcers, limit, weight) = weights
        .into_iter()
        .max_by(|a, b| a.2.total_cmp(&b.2))
        .filter(|(.., weight)| *weight > 0.0)?;
    let after = &events[drained..];
    let back = after.iter().position(|event| event.admitted);
    let recovered_s = back.map(|index| {
        let before = if index == 0 {
            events[drained - 1].low
        } else {
            after[index - 1].low
        };
        (before - events[0].high, after[index].high - events[0].low)
    });
    Some(Copies {
        enforcers,
        limit,
        total,
        one: None,
        recovered_s,
        sure: (90.0 * weight / sum).floor().min(90.0) / 100.0,
    })
}

/// Worker processes come in small, mostly even numbers.
fn usual_copies(copies: u64) -> f64 {
    match copies {
        2 | 4 => 3.0,
        3 | 8 => 1.5,
        5 | 6 => 0.7,
        _ => 0.3,
    }
}

/// Limits that are written in a hurry.
fn usual_limit(limit: u64) -> f64 {
    match limit {
        10 | 100 => 6.0,
        5 | 20 | 30 | 50 | 60 => 4.0,
        _ => prior::limit_weight(limit) / 2.0,
    }
}

/// Probability of the order of outcomes, by particles that follow it.
fn likelihood(events: &[Event], copies: u64, limit: u64) -> f64 {
    const PARTICLES: u64 = 400;
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut dice = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        super::cell::as_f64((state >> 12) | 1) / super::cell::as_f64(1 << 52)
    };
    let mut sum = 0.0;
    for particle in 0..PARTICLES {
        let mut left = vec![limit; usize::try_from(copies).unwrap_or(1)];
        // the kernel prefers some processes to others
        let shares: Vec<f64> = left
            .iter()
            .map(|_| {
                if particle % 2 == 0 {
                    1.0
                } else {
                    0.2 - dice().ln()
                }
            })
            .collect();
        let all: f64 = shares.iter().sum();
        let mut weight = 1.0;
        for event in events {
            let open: Vec<usize> = (0..left.len()).filter(|&copy| left[copy] > 0).collect();
            let open_share: f64 = open.iter().map(|&copy| shares[copy]).sum();
            let share = open_share / all;
            weight *= if event.admitted { share } else { 1.0 - share };
            if weight <= 0.0 {
                break;
            }
            if event.admitted {
                let mut at = dice() * open_share;
                let pick = open.iter().copied().find(|&copy| {
                    at -= shares[copy];
                    at <= 0.0
                });
                if let Some(copy) = pick.or(open.last().copied()) {
                    left[copy] -= 1;
                }
            }
        }
        sum += weight;
    }
    sum
}
