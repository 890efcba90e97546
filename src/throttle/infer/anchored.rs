//! Windows and bans that begin with a request: a search over which request began each of them.

use super::cell::{Cell, Family};
use super::event::Event;
use super::prior;

/// More paths than this are not followed: the trace says too little.
const MOST_PATHS: usize = 3_000;

/// Nobody counts in a shorter time than this, seconds, what is then banned for; and how uncommon it is all the same.
pub(super) const QUICKEST_S: f64 = 0.25;
pub(super) const TOO_QUICK: f64 = 1e-3;

#[derive(Debug, Clone, Copy)]
struct Path {
    /// The request that began the window, or the ban.
    anchor: (f64, f64),
    banned: bool,
    count: u64,
    least: u64,
    most: u64,
    /// The window counted in.
    window: (f64, f64),
    /// The ban.
    ban: (f64, f64),
}

/// Every window from the first request that explains the trace, of which it is known that none ended in `shut_s`.
pub(crate) fn explain(events: &[Event], shut_s: f64, cells: &mut Vec<Cell>) {
    for path in follow(events, shut_s, next_of_window) {
        push(Family::FirstRequest, &path, path.window, 0.0, cells);
    }
}

/// Every ban that explains the trace; with `renews`, each refused request begins it anew.
pub(crate) fn explain_bans(events: &[Event], renews: bool, cells: &mut Vec<Cell>) {
    let paths = follow(events, 0.0, |path, event, next| {
        next_of_ban(path, event, renews, next);
    });
    for path in paths {
        let (low, high) = path.window;
        let round: Vec<(f64, f64)> = prior::atoms(low, high).collect();
        let inner = round
            .first()
            .map_or_else(|| low.max(prior::SHORTEST) * 1.5, |(window, _)| *window);
        // the counting window is no less usual than the ban
        let likelihood: f64 = round.iter().map(|(_, weight)| weight).sum();
        let mut likelihood = likelihood + prior::mass(low, high);
        if high < QUICKEST_S {
            likelihood *= TOO_QUICK;
        }
        let first = cells.len();
        push(Family::Ban { renews }, &path, path.ban, inner, cells);
        for cell in &mut cells[first..] {
            cell.weight *= likelihood;
        }
    }
}

fn push(family: Family, path: &Path, span: (f64, f64), inner: f64, cells: &mut Vec<Cell>) {
    let first = cells.len();
    super::log::push_spans(family, path.least, span, cells);
    for cell in &mut cells[first..] {
        cell.limit = (path.least, path.most);
        if inner > 0.0 {
            cell.inner_s = inner;
        }
    }
}

fn follow(
    events: &[Event],
    shut_s: f64,
    next_of: impl Fn(&Path, &Event, &mut Vec<Path>),
) -> Vec<Path> {
    let Some(first) = events.first() else {
        return Vec::new();
    };
    let all = (prior::SHORTEST, prior::LONGEST);
    let mut paths = vec![Path {
        anchor: (first.low, first.high),
        banned: false,
        count: 0,
        least: 1,
        most: u64::MAX,
        window: (shut_s.max(all.0), all.1),
        ban: all,
    }];
    let mut next = Vec::new();
    for event in events {
        next.clear();
        for path in &paths {
            next_of(path, event, &mut next);
        }
        next.retain(|path| {
            path.least <= path.most && path.window.0 < path.window.1 && path.ban.0 < path.ban.1
        });
        if next.len() > MOST_PATHS {
            keep_widest(&mut next);
        }
        std::mem::swap(&mut paths, &mut next);
    }
    paths
}

/// Keeps the paths whose windows may be longest, in their order.
fn keep_widest(paths: &mut Vec<Path>) {
    let mut ends: Vec<f64> = paths.iter().map(|path| path.window.1).collect();
    let (longer, end, _) = ends.select_nth_unstable_by(MOST_PATHS - 1, |a, b| b.total_cmp(a));
    let end = *end;
    let longer = longer.iter().filter(|longer| **longer > end).count();
    let mut alike = MOST_PATHS - longer;
    paths.retain(|path| {
        let last = path.window.1 <= end;
        let kept = !last || (path.window.1 >= end && alike > 0);
        alike -= usize::from(last && kept);
        kept
    });
}

fn begun(path: &Path, event: &Event) -> Path {
    Path {
        anchor: (event.low, event.high),
        banned: false,
        count: 1,
        ..*path
    }
}

fn next_of_window(path: &Path, event: &Event, next: &mut Vec<Path>) {
    let still = Path {
        window: (path.window.0.max(event.low - path.anchor.1), path.window.1),
        ..*path
    };
    if !event.admitted {
        next.push(Path {
            most: path.most.min(path.count),
            ..still
        });
        return;
    }
    next.push(Path {
        count: path.count + 1,
        least: path.least.max(path.count + 1),
        ..still
    });
    if path.count > 0 {
        let end = path.window.1.min(event.high - path.anchor.0);
        next.push(Path {
            window: (path.window.0, end),
            ..begun(path, event)
        });
    }
}

fn next_of_ban(path: &Path, event: &Event, renews: bool, next: &mut Vec<Path>) {
    if path.banned {
        if event.admitted {
            let end = path.ban.1.min(event.high - path.anchor.0);
            next.push(Path {
                ban: (path.ban.0, end),
                ..begun(path, event)
            });
        } else {
            let anchor = if renews {
                (event.low, event.high)
            } else {
                path.anchor
            };
            next.push(Path {
                ban: (path.ban.0.max(event.low - path.anchor.1), path.ban.1),
                anchor,
                ..*path
            });
        }
        return;
    }
    if event.admitted {
        next_of_window(path, event, next);
    } else {
        let last = next.len();
        next_of_window(path, event, next);
        for path in &mut next[last..] {
            path.banned = true;
            path.anchor = (event.low, event.high);
        }
    }
}
