//! Buckets that count whole tokens, or whole steps of several, since the last admission and so lose the rest at each: a
//! search over how many steps flowed back before each decision; each path narrows the interval of steps a second.

use super::bucket::push;
use super::cell::{Cell, Family, as_f64};
use super::event::{Event, first_run};
use super::prior;

/// More paths than this are not followed: the trace says too little.
const MOST_PATHS: usize = 80;
/// Nor is a search that takes so many steps finished.
const MOST_STEPS: usize = 60_000;
/// Capacities below the first run that are tried: a slow burst gets tokens on the way.
const MOST_REFILLED: u64 = 12;

/// One step, and not quite: clocks of whole seconds hit round rates exactly.
const BELOW: f64 = 1.0 - 1e-9;

#[derive(Debug, Clone, Copy)]
struct Path {
    tokens: u64,
    /// Steps a second.
    rate: (f64, f64),
    /// The admission that steps are counted from.
    last: (f64, f64),
}

/// Every bucket of whole tokens that explains the trace.
pub(crate) fn explain(events: &[Event], cells: &mut Vec<Cell>) {
    let Some(run) = first_run(events) else { return };
    let run = run as u64;
    // one that is filled whole is a window
    let several = row_after(events, run).filter(|step| (2..=run / 2).contains(step));
    let kinds = [(1, false), (1, true)].into_iter();
    for (step, keeps) in kinds.chain(several.map(|step| (step, true))) {
        let family = Family::Lossy { step, keeps };
        let tokens = as_f64(step);
        for capacity in (run.saturating_sub(MOST_REFILLED).max(step)..=run).rev() {
            for (low, high) in together(&follow(events, capacity, (step, keeps))) {
                let (low, high) = (low * tokens, high * tokens);
                let refilled = prior::refill_atoms(as_f64(capacity), low, high);
                let usual = prior::rate_atoms(low, high)
                    .chain(by_seconds(tokens, low, high))
                    .chain(refilled);
                push(family, capacity, (low, high), usual, cells);
            }
        }
    }
}

/// The rates of so many tokens in each usual time. One token a time is a rate by itself.
fn by_seconds(tokens: f64, low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> {
    let several = tokens > 1.0;
    let times = prior::all_whole(0.0).filter(move |_| several);
    let rates = times.map(move |(every, weight)| (tokens / every, weight));
    rates.filter(move |(rate, _)| (low..=high).contains(rate))
}

/// How many came back together when something first did, as far as a refusal ended them.
fn row_after(events: &[Event], run: u64) -> Option<u64> {
    let run = usize::try_from(run).ok()?;
    let back = run + events[run..].iter().position(|event| event.admitted)?;
    let row = events[back..].iter().position(|event| !event.admitted)?;
    Some(row as u64)
}

/// The rates that any path allows, each once.
fn together(paths: &[Path]) -> Vec<(f64, f64)> {
    let mut rates: Vec<(f64, f64)> = paths.iter().map(|path| path.rate).collect();
    rates.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut apart: Vec<(f64, f64)> = Vec::new();
    for (low, high) in rates {
        match apart.last_mut() {
            Some(last) if low <= last.1 => last.1 = last.1.max(high),
            _ => apart.push((low, high)),
        }
    }
    apart
}

fn follow(events: &[Event], capacity: u64, (step, keeps): (u64, bool)) -> Vec<Path> {
    let Some(first) = events.first() else {
        return Vec::new();
    };
    let mut paths = vec![Path {
        tokens: capacity,
        rate: (1e-5, fastest(events)),
        last: (first.low, first.high),
    }];
    let mut next = Vec::new();
    let mut steps = 0;
    for event in events {
        next.clear();
        for path in &paths {
            decide(path, event, (capacity, step, keeps), &mut next);
        }
        steps += next.len();
        if steps > MOST_STEPS {
            return Vec::new();
        }
        if next.len() > MOST_PATHS {
            let width = |path: &Path| path.rate.1 / path.rate.0;
            next.sort_by(|a, b| width(b).total_cmp(&width(a)));
            next.truncate(MOST_PATHS);
        }
        std::mem::swap(&mut paths, &mut next);
        if paths.is_empty() {
            break;
        }
    }
    paths
}

/// The rate that every refusal allows: since the last admission not one step came.
fn fastest(events: &[Event]) -> f64 {
    let mut high: f64 = 1e4;
    let mut last = f64::INFINITY;
    for event in events {
        if event.admitted {
            last = event.high;
        } else {
            high = high.min(BELOW / (event.low - last).max(1e-9));
        }
    }
    high
}

fn decide(
    path: &Path,
    event: &Event,
    (capacity, step, keeps): (u64, u64, bool),
    next: &mut Vec<Path>,
) {
    let least_s = (event.low - path.last.1).max(0.0);
    let most_s = (event.high - path.last.0).max(1e-9);
    if !event.admitted {
        // not one step came: the rate is below one in the time that has passed
        let high = path.rate.1.min(BELOW / least_s.max(1e-9));
        if path.tokens == 0 && path.rate.0 < high {
            next.push(Path {
                rate: (path.rate.0, high),
                ..*path
            });
        }
        return;
    }
    // who keeps the time tells a step that finds no room from none
    let room = (capacity - path.tokens).div_ceil(step) + u64::from(keeps);
    let back = |count: f64| (count / most_s, (count + BELOW) / least_s.max(1e-9));
    let mut came = super::cell::as_count((path.rate.0 * least_s).floor()).min(room);
    loop {
        // all that there is room for, or exactly so many
        let (mut low, mut high) = back(as_f64(came));
        if came == room {
            high = f64::INFINITY;
        }
        low = low.max(path.rate.0);
        high = high.min(path.rate.1);
        if path.tokens + came > 0 && low < high {
            next.push(Path {
                tokens: (path.tokens + came * step).min(capacity) - 1,
                rate: (low, high),
                last: if came > 0 || !keeps {
                    (event.low, event.high)
                } else {
                    path.last
                },
            });
        }
        came += 1;
        if came > room || next.len() > 4 * MOST_PATHS || as_f64(came) > path.rate.1 * most_s {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::event::decided;
    use super::*;
    use crate::throttle::models::LossyBucket;

    #[test]
    fn the_rate_of_a_bucket_that_loses_fractions_is_found_among_the_allowed() {
        let mut bucket = LossyBucket::new(5.0, 4.0);
        let times = (0..8)
            .map(|index| f64::from(index) * 0.001)
            .chain([0.2, 0.34, 0.58, 0.6, 0.85, 2.0, 2.001]);
        let events = decided(&mut bucket, times, 0.001);
        let mut cells = Vec::new();
        explain(&events, &mut cells);
        let allows = |rate: f64| {
            let holds =
                |cell: &&Cell| cell.least() == 5 && cell.span.0 < rate && rate < cell.span.1;
            cells.iter().any(|cell| holds(&cell))
        };
        assert!(allows(4.0));
        assert!(!allows(3.0) && !allows(5.0));
    }

    #[test]
    fn a_bucket_that_gets_several_tokens_at_a_time_is_found_by_what_comes_back_together() {
        let mut bucket = LossyBucket::new(5.0, 1.0)
            .by_steps_of(2.0)
            .keeping_time(true);
        // what is taken at 0.3 does not begin the two seconds anew
        let times = (0..6)
            .map(|index| f64::from(index) * 0.06)
            .chain([1.98, 2.01, 2.02, 2.03, 3.98, 5.0, 6.9, 7.02, 7.03, 7.04]);
        let events = decided(&mut bucket, times, 0.001);
        let mut cells = Vec::new();
        explain(&events, &mut cells);
        let family = Family::Lossy {
            step: 2,
            keeps: true,
        };
        let is_it = |cell: &Cell| cell.family == family && cell.round && cell.least() == 5;
        let found = cells.iter().find(|cell| is_it(cell)).expect("a cell");
        assert!((found.value - 1.0).abs() < 1e-9, "{found:?}");
    }
}
