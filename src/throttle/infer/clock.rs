//! Limiters that keep a clock of their own: aligned windows, sliding counters, stepped buckets. A search
//! over which window each decision fell into; each path narrows a polygon of (window, phase) pairs.

use super::book::{Book, LONGEST_MEMORY};
use super::cell::{Cell, Family, as_f64};
use super::epoch::{Epoch, begins_with_a_request};
use super::event::{Event, first_run, shortest_memory};
use super::polygon::Polygon;
use super::prior;

/// More courses than this are not followed: the trace says too little.
const MOST_PATHS: usize = 250;
/// After so many steps only few courses are followed on.
const MOST_STEPS: usize = 12_000;
const FEW_PATHS: usize = 40;
/// More windows than this between two decisions are not told apart.
const MOST_INDICES: f64 = 60.0;

#[derive(Debug, Clone)]
struct Path {
    index: f64,
    set: Polygon,
    book: Book,
    /// [`Polygon::size`] when it was last cut.
    size: f64,
    /// The first decision that is not taken into account.
    next: usize,
}

impl Path {
    /// The path one decision on.
    fn on(&self, index: f64, set: Polygon, book: Book) -> Self {
        Self {
            index,
            size: set.size(),
            set,
            book,
            next: self.next,
        }
    }
}

/// Every aligned window that explains the trace.
pub(crate) fn explain_windows(events: &[Event], shut_s: f64, epoch: &Epoch, cells: &mut Vec<Cell>) {
    let book = Book::Window {
        count: 0,
        least: 1,
        most: u64::MAX,
    };
    let least_s = shut_s.max(prior::SHORTEST);
    for path in follow(events, book, least_s) {
        let limit = path.book.limit();
        push(Family::Aligned, limit, &path.set, epoch, cells);
    }
}

/// Every window that slides a segment at a time and explains the trace.
pub(crate) fn explain_segments(
    events: &[Event],
    shut_s: f64,
    epoch: &Epoch,
    cells: &mut Vec<Cell>,
) {
    let shut_s = shut_s.max(prior::SHORTEST);
    for segments in [2, 3, 4, 5, 6, 8, 10, 12] {
        let book = Book::Segments {
            counts: [0; LONGEST_MEMORY],
            segments,
            least: 1,
            most: u64::MAX,
        };
        let family = Family::Segments {
            segments: segments as u64,
        };
        for path in follow(events, book, shut_s / as_f64(segments as u64)) {
            push_segments(family, segments as u64, &path, epoch, cells);
        }
    }
}

/// Every sliding counter of a family that explains the trace.
pub(crate) fn explain_counters(
    events: &[Event],
    family: Family,
    epoch: &Epoch,
    cells: &mut Vec<Cell>,
) {
    let Family::Counter {
        whole_request_fits: whole,
        counts_rejected: rejected,
        restarts,
    } = family
    else {
        return;
    };
    let Some(run) = first_run(events) else { return };
    let run = run as u64;
    // Only a boundary inside the first run makes it longer than the limit, and only by what the earlier
    // part has lost by its end.
    let least = (run / 2).max(1).max(run.saturating_sub(6));
    for limit in least..=run {
        let book = Book::Counter {
            limit,
            whole,
            rejected,
            restarts,
            current: 0,
            previous: 0,
        };
        let memory_s = shortest_memory(events, limit, rejected);
        for path in follow(events, book, (memory_s / 2.0).max(prior::SHORTEST)) {
            push(family, (limit, limit), &path.set, epoch, cells);
        }
    }
}

/// Every stepped bucket that explains the trace.
pub(crate) fn explain_steps(events: &[Event], shut_s: f64, epoch: &Epoch, cells: &mut Vec<Cell>) {
    let Some(run) = first_run(events) else { return };
    let run = run as u64;
    let steps = (1..=12).chain([15, 20, 25, 30, 40, 50, 60, 75, 80, 100]);
    let least_s = shut_s.max(prior::SHORTEST);
    for step in steps.filter(|step| *step < run) {
        let book = Book::Steps {
            step,
            used: 0,
            least: step + 1,
            most: u64::MAX,
        };
        for path in follow(events, book, least_s) {
            let first = cells.len();
            let family = Family::Stepped { step };
            push(family, path.book.limit(), &path.set, epoch, cells);
            push_rates(step, &path, epoch, cells);
            for cell in &mut cells[first..] {
                cell.weight /= 8.0;
            }
        }
    }
}

fn push(family: Family, limit: (u64, u64), set: &Polygon, epoch: &Epoch, cells: &mut Vec<Cell>) {
    let (low, high) = set.windows();
    // a clock says much about the window, however many there are
    let whole = prior::all_whole(0.0).filter(|(window, _)| (low..=high).contains(window));
    cells.extend(whole.filter_map(|atom| round(family, limit, set, epoch, atom)));
    cells.push(any(family, limit, set));
}

/// Steps that are set by a round rate.
fn push_rates(step: u64, path: &Path, epoch: &Epoch, cells: &mut Vec<Cell>) {
    let (family, limit) = (Family::Stepped { step }, path.book.limit());
    let (low, high) = path.set.windows();
    let count = as_f64(step);
    let steps = prior::rate_atoms(count / high, count / low)
        .map(|(rate, weight)| (count / rate, weight))
        // those of whole seconds are known already
        .filter(|(every, _)| every.fract() > 1e-9);
    cells.extend(steps.filter_map(|atom| round(family, limit, &path.set, epoch, atom)));
}

/// Segments are found by their own length; windows are what people set.
fn push_segments(family: Family, segments: u64, path: &Path, epoch: &Epoch, cells: &mut Vec<Cell>) {
    let count = as_f64(segments);
    let (low, high) = path.set.windows();
    let limit = path.book.limit();
    let windows = prior::atoms(low * count, high * count).filter_map(|(window, weight)| {
        let cell = round(family, limit, &path.set, epoch, (window / count, weight))?;
        Some(Cell {
            value: window,
            ..cell
        })
    });
    let odd = any(family, limit, &path.set);
    let odd = Cell {
        value: odd.value * count,
        ..odd
    };
    cells.extend(windows.chain([odd]).map(|cell| Cell {
        span: (low * count, high * count),
        weight: cell.weight / 8.0,
        ..cell
    }));
}

/// What a clock with this round interval allows, if anything.
fn round(
    family: Family,
    limit: (u64, u64),
    set: &Polygon,
    epoch: &Epoch,
    (every, weight): (f64, f64),
) -> Option<Cell> {
    let (share, phase) = epoch.share(family, every, set.phases(every)?);
    Some(Cell {
        value: every,
        phase,
        round: true,
        weight: weight * share * prior::limit_weight(limit.0),
        ..any(family, limit, set)
    })
}

/// What a clock with any interval allows.
fn any(family: Family, limit: (u64, u64), set: &Polygon) -> Cell {
    let (value, phase) = set.centre();
    let span = set.windows();
    let mass = if begins_with_a_request(family) {
        prior::mass(span.0, span.1)
    } else {
        set.mass()
    };
    Cell {
        family,
        limit,
        value,
        span,
        phase,
        inner_s: 0.0,
        round: false,
        weight: mass * prior::limit_weight(limit.0),
    }
}

/// The admissions in a row that begin with a decision: how many, and the time in which they were made.
#[derive(Debug, Clone, Copy)]
struct Row {
    count: usize,
    time: (f64, f64),
}

fn rows(events: &[Event]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(events.len());
    for event in events.iter().rev() {
        let mut row = Row {
            count: 1,
            time: (event.low, event.high),
        };
        if let Some(later) = rows.last().filter(|_| event.admitted) {
            row.count += later.count;
            row.time = (row.time.0.min(later.time.0), row.time.1.max(later.time.1));
        }
        if !event.admitted {
            row.count = 0;
        }
        rows.push(row);
    }
    rows.reverse();
    rows
}

/// Follows every course of boundaries, the windows at least `least_s` long.
fn follow(events: &[Event], book: Book, least_s: f64) -> Vec<Path> {
    let Some(first) = events.first() else {
        return Vec::new();
    };
    let at = (first.low, first.high);
    let windows = (least_s, prior::LONGEST);
    let mut paths = vec![Path {
        index: 0.0,
        set: if book.restarts() {
            Polygon::from(at, windows)
        } else {
            Polygon::around(at, windows.0, windows.1)
        },
        book,
        size: 1.0,
        next: 0,
    }];
    let rows = rows(events);
    let mut forks: Vec<Path> = Vec::new();
    let mut steps = 0;
    for (at, event) in events.iter().enumerate() {
        let mut index = 0;
        while let Some(path) = paths.get_mut(index) {
            if path.next > at || step(path, event, rows[at], &mut forks) {
                index += 1;
            } else {
                paths.swap_remove(index);
            }
        }
        paths.append(&mut forks);
        steps += paths.len();
        let most = if steps > MOST_STEPS {
            FEW_PATHS
        } else {
            MOST_PATHS
        };
        if paths.len() > most {
            paths.select_nth_unstable_by(most, |a, b| b.size.total_cmp(&a.size));
            paths.truncate(most);
        }
        if paths.is_empty() {
            break;
        }
    }
    paths
}

/// Whether a path goes on as it is, the decision taken into account; where it forks it is replaced by the forks.
fn step(path: &mut Path, event: &Event, row: Row, forks: &mut Vec<Path>) -> bool {
    if row.count > 1
        && path.set.is_within(path.index, row.time)
        && let Some(book) = path.book.after_row(row.count as u64)
    {
        path.book = book;
        path.next += row.count;
        return true;
    }
    path.next += 1;
    let at = (event.low, event.high);
    let (first, last) = if path.set.is_within(path.index, at) {
        (path.index, path.index)
    } else {
        path.set.indices(at)
    };
    // one that finds both windows over begins the first anew
    let anew = path.index + 2.0;
    let most = if path.book.restarts() {
        anew
    } else {
        path.index + MOST_INDICES
    };
    let last = last.min(most);
    let mut index = first.max(path.index).min(most);
    let enters = path.book.enters(event.admitted);
    let restarts = |index: f64| path.book.restarts() && index >= anew;
    if first >= last && index <= last && !restarts(index) {
        let Some(book) = path.book.after(index - path.index, event.admitted) else {
            return false;
        };
        if enters {
            path.book = book;
            path.index = index;
        }
        return book.bound(&mut path.set, index, event);
    }
    while index <= last {
        if let Some(book) = path.book.after(index - path.index, event.admitted) {
            let mut set = path.set;
            // phase + index * window <= decision < phase + (index + 1) * window
            let begun = set.cut(index, 1.0, event.high);
            if restarts(index) {
                forks.extend(begun.then(|| {
                    let set = Polygon::from(at, set.windows());
                    path.on(0.0, set, book)
                }));
            } else if begun
                && set.cut(-(index + 1.0), -1.0, -event.low)
                && book.bound(&mut set, index, event)
            {
                forks.push(if enters {
                    path.on(index, set, book)
                } else {
                    path.on(path.index, set, path.book)
                });
            }
        }
        index += 1.0;
    }
    false
}
