//! Limiters that keep a clock of their own: aligned windows, sliding counters, stepped buckets. A search
//! over which window each decision fell into; each path narrows a polygon of (window, phase) pairs.

use super::cell::{Cell, Family, as_f64};
use super::event::{Event, first_run};
use super::polygon::Polygon;
use super::prior;

const MOST_PATHS: usize = 1_500;
/// More windows than this between two decisions are not told apart.
const MOST_INDICES: f64 = 60.0;

/// What a limiter has counted.
#[derive(Debug, Clone, Copy)]
enum Book {
    Window {
        count: u64,
        least: u64,
        most: u64,
    },
    Counter {
        limit: u64,
        whole: bool,
        current: u64,
        previous: u64,
    },
    Steps {
        step: u64,
        used: u64,
        least: u64,
        most: u64,
    },
}

#[derive(Debug, Clone)]
struct Path {
    index: f64,
    set: Polygon,
    book: Book,
}

/// When a clock's windows may begin: the server's clock, where it is known, makes round times likelier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Epoch {
    /// Unix time of the trace's second zero.
    pub(crate) unix_s: f64,
    /// How far the server's clock may be off, seconds.
    pub(crate) error_s: f64,
    /// The first request.
    pub(crate) first: (f64, f64),
}

/// Every aligned window that explains the trace.
pub(crate) fn explain_windows(events: &[Event], epoch: &Epoch, cells: &mut Vec<Cell>) {
    let book = Book::Window {
        count: 0,
        least: 1,
        most: u64::MAX,
    };
    for path in follow(events, book) {
        if let Book::Window { least, most, .. } = path.book {
            push(Family::Aligned, (least, most), &path.set, epoch, cells);
        }
    }
}

/// Every sliding counter that explains the trace.
pub(crate) fn explain_counters(
    events: &[Event],
    whole: bool,
    epoch: &Epoch,
    cells: &mut Vec<Cell>,
) {
    let Some(run) = first_run(events) else { return };
    let run = run as u64;
    // Only a boundary inside the first run makes it longer than the limit, and only by what the earlier
    // part has lost by its end.
    let least = (run / 2).max(1).max(run.saturating_sub(6));
    let family = Family::Counter {
        whole_request_fits: whole,
    };
    for limit in least..=run {
        let book = Book::Counter {
            limit,
            whole,
            current: 0,
            previous: 0,
        };
        for path in follow(events, book) {
            push(family, (limit, limit), &path.set, epoch, cells);
        }
    }
}

/// Every stepped bucket that explains the trace.
pub(crate) fn explain_steps(events: &[Event], epoch: &Epoch, cells: &mut Vec<Cell>) {
    let Some(run) = first_run(events) else { return };
    let run = run as u64;
    let steps = (1..=12).chain([15, 20, 25, 30, 40, 50, 60, 75, 80, 100]);
    for step in steps.filter(|step| *step < run) {
        let book = Book::Steps {
            step,
            used: 0,
            least: step + 1,
            most: u64::MAX,
        };
        for path in follow(events, book) {
            if let Book::Steps { least, most, .. } = path.book {
                let first = cells.len();
                let family = Family::Stepped { step };
                push(family, (least, most), &path.set, epoch, cells);
                for cell in &mut cells[first..] {
                    cell.weight /= 8.0;
                }
            }
        }
    }
}

fn push(family: Family, limit: (u64, u64), set: &Polygon, epoch: &Epoch, cells: &mut Vec<Cell>) {
    let (low, high) = set.windows();
    let weigh = prior::limit_weight(limit.0);
    for (window, weight) in prior::atoms(low, high) {
        let Some(phases) = set.phases(window) else {
            continue;
        };
        let (share, phase) = epoch.share(family, window, phases);
        cells.push(Cell {
            family,
            limit,
            value: window,
            span: (low, high),
            phase,
            inner_s: 0.0,
            round: true,
            weight: weight * share * weigh,
        });
    }
    let (value, phase) = set.centre();
    cells.push(Cell {
        family,
        limit,
        value,
        span: (low, high),
        phase,
        inner_s: 0.0,
        round: false,
        weight: set.mass() * weigh,
    });
}

impl Epoch {
    /// Probability that a clock's phase lies in an interval, and the likeliest phase there: multiples of
    /// the window since the epoch, whole seconds, the first request, or anything.
    fn share(&self, family: Family, window: f64, (low, high): (f64, f64)) -> (f64, f64) {
        let width = high - low;
        let middle = f64::midpoint(low, high);
        let mut share = 0.25 * (width / window).min(1.0);
        let mut phase = middle;
        let error = self.error_s;
        let grid = |every: f64| {
            // the multiple of `every`, in trace time, nearest to the middle
            ((self.unix_s + middle) / every).round() * every - self.unix_s
        };
        let aligned = grid(window);
        let overlap = (high.min(aligned + error) - low.max(aligned - error)).max(0.0);
        if overlap > 0.0 {
            share += 0.4 * (overlap / (2.0 * error)).min(1.0);
            phase = aligned.clamp(low, high);
        }
        let second = grid(1.0);
        let overlap = (high.min(second + error) - low.max(second - error)).max(0.0);
        if overlap > 0.0 {
            share += 0.2 * (overlap / (2.0 * error)).min(1.0) * (1.0 / window).min(1.0);
        }
        let shifted = self.first.0 + ((middle - self.first.0) / window).round() * window;
        if shifted <= high && shifted + self.first.1 - self.first.0 >= low {
            // common for sliding counters kept in a store; else such a window would begin with each burst
            share += match family {
                Family::Counter { .. } => 0.15,
                _ => 0.005,
            };
        }
        (share.min(1.0), phase)
    }
}

fn follow(events: &[Event], book: Book) -> Vec<Path> {
    let Some(first) = events.first() else {
        return Vec::new();
    };
    let mut paths = vec![Path {
        index: 0.0,
        set: Polygon::around((first.low, first.high), prior::SHORTEST, prior::LONGEST),
        book,
    }];
    let mut next = Vec::new();
    for event in events {
        next.clear();
        for path in &paths {
            step(path, event, &mut next);
        }
        if next.len() > MOST_PATHS {
            next.sort_by(|a, b| b.set.windows().1.total_cmp(&a.set.windows().1));
            next.truncate(MOST_PATHS);
        }
        std::mem::swap(&mut paths, &mut next);
        if paths.is_empty() {
            break;
        }
    }
    paths
}

fn step(path: &Path, event: &Event, next: &mut Vec<Path>) {
    let (first, last) = path.set.indices((event.low, event.high));
    let last = last.min(path.index + MOST_INDICES);
    let mut index = first.max(path.index);
    while index <= last {
        let Some(book) = path.book.after(index - path.index, event.admitted) else {
            index += 1.0;
            continue;
        };
        // phase + index * window <= decision < phase + (index + 1) * window
        let set = path
            .set
            .cut(index, 1.0, event.high)
            .and_then(|set| set.cut(-(index + 1.0), -1.0, -event.low))
            .and_then(|set| book.bound(set, index, event));
        if let Some(set) = set {
            next.push(Path { index, set, book });
        }
        index += 1.0;
    }
}

impl Book {
    /// The books after `passed` boundaries and one decision; `None` where they cannot have decided so.
    fn after(self, passed: f64, admitted: bool) -> Option<Self> {
        let passed = super::cell::as_count(passed);
        match self {
            Self::Window { count, least, most } => {
                let count = if passed > 0 { 0 } else { count };
                let (least, most) = bounds(count, (least, most), admitted)?;
                Some(Self::Window {
                    count: count + u64::from(admitted),
                    least,
                    most,
                })
            }
            Self::Steps {
                step,
                used,
                least,
                most,
            } => {
                let used = used.saturating_sub(step.saturating_mul(passed));
                let (least, most) = bounds(used, (least, most), admitted)?;
                Some(Self::Steps {
                    step,
                    used: used + u64::from(admitted),
                    least,
                    most,
                })
            }
            Self::Counter {
                limit,
                whole,
                current,
                previous,
            } => {
                let (current, previous) = match passed {
                    0 => (current, previous),
                    1 => (0, current),
                    _ => (0, 0),
                };
                let possible = if admitted {
                    current < limit
                } else {
                    current + previous >= limit
                };
                possible.then_some(Self::Counter {
                    limit,
                    whole,
                    current: current + u64::from(admitted),
                    previous,
                })
            }
        }
    }

    /// What a sliding counter's weighted count says about window and phase.
    fn bound(self, set: Polygon, index: f64, event: &Event) -> Option<Polygon> {
        let Self::Counter {
            limit,
            whole,
            current,
            previous,
        } = self
        else {
            return Some(set);
        };
        if previous == 0 {
            return Some(set);
        }
        let before = as_f64(current) - if event.admitted { 1.0 } else { 0.0 };
        let threshold = as_f64(limit) - if whole { 1.0 } else { 0.0 };
        let previous = as_f64(previous);
        let a = previous * (index + 1.0) + before - threshold;
        if event.admitted {
            set.cut(a, previous, previous * event.high)
        } else {
            set.cut(-a, -previous, -previous * event.low)
        }
    }
}

fn bounds(count: u64, (least, most): (u64, u64), admitted: bool) -> Option<(u64, u64)> {
    let bounds = if admitted {
        (least.max(count + 1), most)
    } else {
        (least, most.min(count))
    };
    (bounds.0 <= bounds.1).then_some(bounds)
}
