//! Narrow windows on a clock before a wide limit: where they begin is known only from the whole trace, of which the wide
//! limit decided a part.

use super::cell::{Cell, Family};
use super::event::{Event, seen_s};
use super::prior;
use super::stack::divide;

/// More windows than this are not tried.
const MOST_WINDOWS: usize = 4;
/// More openings than this are not compared.
const MOST_OPENINGS: usize = 40;

/// The windows by a clock that admit all that was admitted, those first that leave the fewest refusals to the wide limit.
pub(super) fn narrow_windows(events: &[Event]) -> Vec<Cell> {
    let openings = openings(events);
    let seen_s = seen_s(events);
    let limits = limits(events);
    let windows = prior::all_whole(0.0).filter(|(window, _)| *window < seen_s);
    let mut found: Vec<(usize, Cell)> = windows
        .flat_map(|window| limits.iter().map(move |limit| (*limit, window)))
        .filter_map(|(limit, (window, weight))| {
            let whole = Cell::exact(Family::Aligned, limit, window, weight);
            let left = begun(&openings, window).filter_map(|phase| {
                let cell = Cell {
                    phase,
                    ..whole.clone()
                };
                let (_, wide) = divide(events, &cell)?;
                Some((wide.len(), cell))
            });
            left.min_by_key(|(left, _)| *left)
        })
        .collect();
    found.sort_by_key(|(left, _)| *left);
    found.truncate(MOST_WINDOWS);
    found.into_iter().map(|(_, cell)| cell).collect()
}

/// What was let in before the first refusal, and what is let in before one most often: a window may have ended within the
/// first row.
fn limits(events: &[Event]) -> Vec<u64> {
    let rows = events.split(|event| !event.admitted);
    let mut lengths: Vec<usize> = rows.map(<[Event]>::len).filter(|row| *row > 0).collect();
    let first = lengths.first().copied();
    lengths.sort_unstable();
    let often = lengths.chunk_by(|a, b| a == b).max_by_key(|row| row.len());
    let often = often.map(|row| row[0]).filter(|row| Some(*row) != first);
    first
        .into_iter()
        .chain(often)
        .map(|row| row as u64)
        .collect()
}

/// When something came back: after a refusal, not after the admission behind it.
fn openings(events: &[Event]) -> Vec<(f64, f64)> {
    let pairs = events.windows(2);
    let opens = pairs.filter(|pair| !pair[0].admitted && pair[1].admitted);
    let times = opens.map(|pair| (pair[0].low, pair[1].high));
    times.take(MOST_OPENINGS).collect()
}

/// Where the windows may begin: at one of the openings, and at all others that fall together with it.
fn begun(openings: &[(f64, f64)], window: f64) -> impl Iterator<Item = f64> {
    openings.iter().map(move |&first| {
        let (mut low, mut high) = first;
        for &(opened, open) in openings {
            let turns = ((low - opened) / window).round() * window;
            // an opening that may be anywhere in a window says nothing
            let (opened, open) = (opened + turns, open + turns);
            if open - opened < window && opened < high && low < open {
                (low, high) = (low.max(opened), high.min(open));
            }
        }
        f64::midpoint(low, high)
    })
}

#[cfg(test)]
mod tests {
    use super::super::event::decided;
    use super::*;
    use crate::throttle::models::{FixedWindow, Model, Stack};

    #[test]
    fn the_narrow_one_of_two_windows_by_a_clock_is_found_where_it_begins() {
        let window = |limit, window_s, phase| {
            Model::FixedWindow(FixedWindow::aligned(limit, window_s, phase))
        };
        let mut both = Stack::new(vec![window(8, 7.0, 2.31), window(24, 35.0, -5.7)], false);
        let bursts = (0..60).flat_map(|burst| {
            (0..10).map(move |index| f64::from(burst) * 1.13 + f64::from(index) * 0.01)
        });
        let events = decided(&mut both, bursts, 0.001);
        let found = narrow_windows(&events);
        let best = &found[0];
        assert_eq!((best.least(), best.value.round()), (8, 7.0));
        assert!(((best.phase - 2.31) / 7.0).fract().abs() < 0.1, "{best:?}");
    }
}
