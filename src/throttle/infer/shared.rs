//! A limiter whose key another client uses too: requests that were never seen fill it up. They make refusals
//! early and never an admission late, so each refusal that comes early says how many there must have been.

use super::belief::Belief;
use super::cell::{Cell, Family, as_f64};
use super::event::{Event, first_run};
use super::prior;

/// How common it is that somebody else uses the key during a probe.
const SHARE: f64 = 0.03;
/// What another client is expected to send for each request that is let in.
const EXPECTED: f64 = 0.06;
/// Who sends more than that is no bystander.
const MOST: f64 = 0.3;
/// How much each unseen request, at an instant of its own, lowers the probability.
const EACH: f64 = 0.3;
/// Windows that somebody else's request began.
const MOST_BEGUN: u64 = 2;

/// Limits with unseen requests that explain the trace.
pub(super) fn find(events: &[Event]) -> Belief {
    let Some(run) = first_run(events) else {
        return Belief::default();
    };
    let run = run as u64;
    let admitted = events.iter().filter(|event| event.admitted).count() as u64;
    let limits = (run * 7 / 10).max(2)..=run + run / 3 + 2;
    let edges = edges(events);
    let mut cells = Vec::new();
    for limit in limits {
        for (window, weight) in prior::all_whole(0.0) {
            let mut push = |family: Family, unseen: Option<u64>| {
                let Some(likely) = unseen.and_then(|unseen| likely(unseen, admitted)) else {
                    return;
                };
                cells.push(cell(family, limit, window, weight * likely));
            };
            let plain = Family::Log {
                counts_rejected: false,
            };
            push(plain, of_log(events, limit, window));
            push(
                Family::FirstRequest,
                of_first_request(events, limit, window),
            );
            let aligned = edges
                .iter()
                .filter_map(|edge| of_aligned(events, limit, window, *edge));
            push(Family::Aligned, aligned.min());
        }
        let rates =
            prior::rate_atoms(1e-3, 1e3).chain(prior::refill_atoms(as_f64(limit), 1e-3, 1e3));
        for (rate, weight) in rates {
            let unseen = of_bucket(events, as_f64(limit), rate);
            if let Some(likely) = unseen.and_then(|unseen| likely(unseen, admitted)) {
                cells.push(cell(Family::Bucket, limit, rate, weight * likely));
            }
        }
    }
    Belief::of(cells)
}

fn cell(family: Family, limit: u64, value: f64, weight: f64) -> Cell {
    let weight = weight * family.share() * prior::limit_weight(limit) * SHARE;
    Cell::exact(family, limit, value, weight)
}

/// Probability of so many unseen requests beside those that were let in.
fn likely(unseen: u64, admitted: u64) -> Option<f64> {
    if unseen == 0 || as_f64(unseen) > MOST * as_f64(admitted) + 1.0 {
        return None;
    }
    let expected = (EXPECTED * as_f64(admitted)).max(1.0);
    let mut likely = (-expected).exp();
    for count in 1..=unseen {
        likely *= expected / as_f64(count) * EACH;
    }
    Some(likely)
}

/// Where something came back: the last refusal and the first admission.
fn edges(events: &[Event]) -> Vec<(f64, f64)> {
    /// More are not tried.
    const MOST_EDGES: usize = 3;
    let edges = events
        .windows(2)
        .filter(|pair| !pair[0].admitted && pair[1].admitted);
    edges
        .map(|pair| (pair[0].low, pair[1].high))
        .take(MOST_EDGES)
        .collect()
}

fn of_log(events: &[Event], limit: u64, window: f64) -> Option<u64> {
    let mut log: Vec<(f64, f64)> = Vec::with_capacity(events.len());
    let (mut sure, mut possible, mut unseen) = (0, 0, 0);
    for event in events {
        while log
            .get(sure)
            .is_some_and(|(low, _)| event.high - low >= window)
        {
            sure += 1;
        }
        while log
            .get(possible)
            .is_some_and(|(_, high)| event.low - high >= window)
        {
            possible += 1;
        }
        if event.admitted {
            if (log.len() - sure) as u64 >= limit {
                return None;
            }
            log.push((event.low, event.high));
        } else {
            let missing = limit.saturating_sub((log.len() - possible) as u64);
            unseen += missing;
            // they may have come at any time since what they share the window with
            log.extend((0..missing).map(|_| (event.low - window, event.high)));
        }
    }
    Some(unseen)
}

fn of_first_request(events: &[Event], limit: u64, window: f64) -> Option<u64> {
    let mut began = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    let (mut count, mut unseen, mut by_others) = (0, 0, 0);
    for event in events {
        let surely = event.low - began.1 >= window;
        let perhaps = event.high - began.0 >= window;
        if event.admitted && (surely || count >= limit) {
            if !perhaps {
                // somebody else began the window, earlier than the first request that was seen in it
                by_others += 1;
                unseen += 2;
            }
            began = (event.low, event.high);
            count = 1;
        } else if event.admitted {
            count += 1;
        } else {
            if surely {
                began = (event.low, event.high);
                count = 0;
            }
            unseen += limit.saturating_sub(count);
            count = limit;
        }
        if by_others > MOST_BEGUN {
            return None;
        }
    }
    Some(unseen)
}

/// Windows one of which began between these instants.
fn of_aligned(events: &[Event], limit: u64, window: f64, edge: (f64, f64)) -> Option<u64> {
    let phase = f64::midpoint(edge.0, edge.1);
    let slack = (edge.1 - edge.0) / 2.0;
    let index = |at: f64| ((at - phase) / window).floor();
    let mut current = f64::NEG_INFINITY;
    let (mut count, mut unseen) = (0, 0);
    for event in events {
        let (least, most) = (index(event.low - slack), index(event.high + slack));
        if least > current || (event.admitted && count >= limit && most > current) {
            current = most;
            count = 0;
        }
        if event.admitted {
            count += 1;
            if count > limit {
                return None;
            }
        } else {
            unseen += limit.saturating_sub(count);
            count = limit;
        }
    }
    Some(unseen)
}

fn of_bucket(events: &[Event], capacity: f64, rate: f64) -> Option<u64> {
    let room = capacity - 1.0;
    // the least and the most that it may have given out
    let (mut least, mut most) = (0.0_f64, 0.0_f64);
    let mut before = events.first()?;
    let mut unseen = 0;
    for event in events {
        least = (least - rate * (event.high - before.low)).max(0.0);
        most = (most - rate * (event.low - before.high).max(0.0)).max(0.0);
        before = event;
        if event.admitted {
            if least > room + 1e-9 {
                return None;
            }
            most = most.min(room) + 1.0;
            least += 1.0;
            continue;
        }
        while most <= room {
            most += 1.0;
            unseen += 1;
        }
        least = least.max(room);
    }
    Some(unseen)
}

#[cfg(test)]
mod tests {
    use super::super::event::decided;
    use super::*;
    use crate::throttle::models::{Limiter, SlidingLog};

    /// What a log decides at these times when somebody else uses it now and then.
    fn trace(others: &[f64]) -> Vec<Event> {
        let mut log = SlidingLog::new(10, 20.0, false);
        let bursts = (0..4).flat_map(|burst| {
            let knocks = [5.0, 10.0, 15.0, 19.9].into_iter();
            let requests = (0..14).map(|index| f64::from(index) * 0.01).chain(knocks);
            requests.map(move |at| f64::from(burst) * 20.5 + at)
        });
        let mut others = others.iter().peekable();
        bursts
            .flat_map(|at| {
                while let Some(other) = others.next_if(|other| **other < at) {
                    log.decide(*other);
                }
                decided(&mut log, [at], 0.001)
            })
            .collect()
    }

    #[test]
    fn a_log_that_somebody_else_uses_too_is_found_with_its_own_limit() {
        let found = find(&trace(&[20.4, 61.4]));
        let best = found.best().unwrap();
        assert_eq!(best.cell.least(), 10);
        assert!((best.cell.value - 20.0).abs() < 1e-9);
    }

    #[test]
    fn what_nobody_else_uses_is_not_explained_so() {
        let found = find(&trace(&[]));
        let log = |cell: &Cell| matches!(cell.family, Family::Log { .. });
        let exact = |cell: &Cell| cell.least() == 10 && (cell.value - 20.0).abs() < 1e-9;
        assert!(!found.cells.iter().any(|cell| log(cell) && exact(cell)));
    }
}
