//! Bans that something else than a window sets off: a bucket, a log, or requests that each keep the count alive.

use super::anchored::{QUICKEST_S, TOO_QUICK};
use super::cell::{Cell, Family, as_f64};
use super::event::{Event, first_run};
use super::{bucket, log, prior};

/// How common it is that a bucket, or a log, sets off a ban.
const SHARE: f64 = 0.3;
/// A bucket may let in so many more at first than it holds.
const MOST_LESS: usize = 1;

/// Every ban that a bucket or a log sets off and that explains the trace: it begins with the first refusal of a
/// row, and what is admitted after it is a trace of its own.
pub(crate) fn explain(events: &[Event], renews: bool, cells: &mut Vec<Cell>) {
    let (rows, ban) = rows(events, renews);
    // of one ban nothing is seen that windows do not explain
    let finished = rows
        .iter()
        .filter(|row| row.last().is_some_and(|e| !e.admitted));
    if finished.count() < 2 || ban.0 >= ban.1 {
        return;
    }
    let run = first_run(events).unwrap_or(1);
    for limit in run.saturating_sub(MOST_LESS).max(1)..=run {
        let count = limit as u64;
        let rates = agree(&rows, |row| bucket::rates(row, count));
        let windows = agree(&rows, |row| log::windows(row, limit, false));
        let chances = [
            rates.map(|(low, high)| {
                let usual: f64 = prior::rate_atoms(low, high)
                    .chain(prior::refill_atoms(as_f64(count), low, high))
                    .map(|(_, weight)| weight)
                    .sum();
                let odd = prior::mass(1.0 / high.max(1e-5), 1.0 / low.max(1e-5));
                (as_f64(count) / low.max(1e-3), usual + odd)
            }),
            windows.map(|(low, high)| {
                let usual: f64 = prior::atoms(low, high).map(|(_, weight)| weight).sum();
                (
                    low.max(prior::SHORTEST) * 1.5,
                    usual + prior::mass(low, high),
                )
            }),
        ];
        for (inner_s, chance) in chances.into_iter().flatten() {
            let quick = if inner_s < QUICKEST_S { TOO_QUICK } else { 1.0 };
            push(renews, (count, inner_s), ban, SHARE * chance * quick, cells);
        }
    }
}

/// Every counter that each request keeps alive, refused ones too, and that is forgotten after a silence.
pub(crate) fn explain_silences(events: &[Event], share: f64, cells: &mut Vec<Cell>) {
    let (mut kept_s, mut lost_s) = (prior::SHORTEST, prior::LONGEST);
    for pair in events.windows(2) {
        let (before, now) = (&pair[0], &pair[1]);
        if !now.admitted {
            kept_s = kept_s.max(now.low - before.high);
        } else if !before.admitted {
            lost_s = lost_s.min(now.high - before.low);
        }
    }
    if kept_s >= lost_s {
        return;
    }
    let mut counts: Vec<u64> = Vec::new();
    let (mut count, mut last): (u64, Option<&Event>) = (0, None);
    for event in events {
        let silent = last.is_none_or(|last| event.low - last.high >= lost_s);
        let anew = last.is_some_and(|last| !last.admitted && event.admitted);
        if silent || anew {
            count = 0;
        }
        if event.admitted {
            count += 1;
        } else if last.is_some_and(|last| last.admitted) {
            counts.push(count);
        }
        last = Some(event);
    }
    let (Some(&first), later) = (counts.first(), counts.get(1..).unwrap_or_default()) else {
        return;
    };
    let limit = later.first().copied().unwrap_or(first);
    // some do not count the request that begins it all
    let uncounted = first == limit + 1;
    if later.iter().any(|&count| count != limit) || count > limit || !(uncounted || first == limit)
    {
        return;
    }
    let share = if uncounted { 0.2 * share } else { share };
    push(true, (limit, lost_s), (kept_s, lost_s), share, cells);
}

fn push(
    renews: bool,
    (limit, inner_s): (u64, f64),
    ban: (f64, f64),
    share: f64,
    cells: &mut Vec<Cell>,
) {
    let first = cells.len();
    log::push_spans(Family::Ban { renews }, limit, ban, cells);
    for cell in &mut cells[first..] {
        cell.inner_s = inner_s;
        cell.weight *= share;
    }
}

/// What is admitted between two bans, each with the refusal that ends it, and what the rows of refusals allow
/// for the ban.
fn rows(events: &[Event], renews: bool) -> (Vec<Vec<Event>>, (f64, f64)) {
    let mut rows: Vec<Vec<Event>> = vec![Vec::new()];
    let mut ban = (prior::SHORTEST, prior::LONGEST);
    let mut since: Option<Event> = None;
    for event in events {
        match since {
            Some(began) if event.admitted => {
                ban.1 = ban.1.min(event.high - began.low);
                since = None;
                rows.push(vec![*event]);
            }
            Some(began) => {
                ban.0 = ban.0.max(event.low - began.high);
                if renews {
                    since = Some(*event);
                }
            }
            None => {
                if let Some(row) = rows.last_mut() {
                    row.push(*event);
                }
                since = (!event.admitted).then_some(*event);
            }
        }
    }
    (rows, ban)
}

/// What all rows allow.
fn agree(
    rows: &[Vec<Event>],
    allows: impl Fn(&[Event]) -> Option<(f64, f64)>,
) -> Option<(f64, f64)> {
    let mut all = (0.0_f64, f64::INFINITY);
    for row in rows {
        let (low, high) = allows(row)?;
        all = (all.0.max(low), all.1.min(high));
    }
    (all.0 < all.1).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::super::event::decided;
    use super::*;
    use crate::throttle::models::{Limiter, TokenBucket};

    /// A bucket whose refusals shut it for a while.
    struct Shutting {
        bucket: TokenBucket,
        until: f64,
    }

    impl Limiter for Shutting {
        fn admits(&self, at: f64) -> bool {
            at >= self.until && self.bucket.admits(at)
        }
        fn record(&mut self, at: f64, admitted: bool) {
            self.bucket.record(at, admitted);
            if !admitted && at >= self.until {
                self.until = at + 12.0;
            }
        }
        fn opens_at(&self, at: f64) -> f64 {
            at.max(self.until)
        }
    }

    #[test]
    fn a_ban_that_a_bucket_sets_off_is_found() {
        let mut limiter = Shutting {
            bucket: TokenBucket::new(6.0, 1.0),
            until: 0.0,
        };
        let times = (0..7).map(|index| f64::from(index) * 0.001);
        let later = (0..4).map(|index| 13.0 + f64::from(index) * 0.001);
        let last = (0..5).map(|index| 15.0 + f64::from(index) * 0.001);
        let times = times
            .chain([5.0, 11.9])
            .chain(later)
            .chain(last)
            .chain([26.9, 27.1]);
        let events = decided(&mut limiter, times, 0.001);
        let mut cells = Vec::new();
        explain(&events, false, &mut cells);
        let is_so = |cell: &&Cell| cell.least() == 6 && (cell.value - 12.0).abs() < 1e-9;
        assert!(cells.iter().any(|cell| is_so(&cell)));
        // a window that nothing prolongs admits more than six in these
        assert!(
            cells
                .iter()
                .all(|cell| cell.family == Family::Ban { renews: false })
        );
    }

    #[test]
    fn a_count_that_every_request_keeps_alive_is_forgotten_after_a_silence() {
        let admitted = |at: f64, admitted| Event {
            low: at,
            high: at + 0.001,
            admitted,
            connection: 0,
            wait_s: f64::NAN,
            held: None,
        };
        let let_in = [0.0, 5.0, 9.0, 40.0, 41.0, 42.0];
        let refused = [9.5, 15.0, 22.0, 31.0, 43.0];
        let mut events: Vec<Event> = let_in.map(|at| admitted(at, true)).to_vec();
        events.extend(refused.map(|at| admitted(at, false)));
        events.sort_by(|a, b| a.low.total_cmp(&b.low));
        let mut cells = Vec::new();
        explain_silences(&events, 1.0, &mut cells);
        let allowed = cells
            .iter()
            .all(|cell| cell.span.0 >= 8.9 && cell.span.1 < 9.1);
        assert!(allowed && cells.iter().all(|cell| cell.least() == 3));
    }
}
