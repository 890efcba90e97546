//! Two windows of one kind on one key, each counted or not for what only the other refuses. The narrow one
//! by itself says whose refusals are whose; the wide one's limit is what those leave.

use super::cell::{Cell, Family};
use super::event::{Event, first_run};
use super::prior;

/// More courses of the wide window than this are not followed.
const MOST_PATHS: usize = 24;
/// The same for the narrow one.
const MOST_COURSES: usize = 12;
/// Longer traces are not searched: it would take too long.
const MOST_EVENTS: usize = 5_000;
/// Limits beyond the least that the decisions allow.
const MOST_LIMITS: u64 = 60;

/// What a request was to one of the two limits.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    Admitted,
    Refused,
    /// The other one refused it, after this one had counted it.
    Counted,
}

/// Who is charged for what only the other refuses: the narrow limit, the wide one; with how common that is.
const CHARGES: [(bool, bool, f64); 4] = [
    (false, false, 0.35),
    (true, false, 0.3),
    (false, true, 0.2),
    (true, true, 0.15),
];

/// A pair: the narrow limit, what is left for the wide one, and whether both are charged for all.
pub(super) struct Found {
    pub(super) inner: Cell,
    pub(super) outer: Vec<Cell>,
    pub(super) charged: bool,
    pub(super) share: f64,
}

/// Every pair that explains the trace.
pub(super) fn find(events: &[Event]) -> Vec<Found> {
    let Some(run) = first_run(events).filter(|_| events.len() <= MOST_EVENTS) else {
        return Vec::new();
    };
    let log = Family::Log {
        counts_rejected: false,
    };
    let seen_s = super::event::seen_s(events);
    let mut found = Vec::new();
    for family in [Family::FirstRequest, log] {
        for (window, weight) in prior::all_whole(0.0) {
            for (charges_narrow, charges_wide, share) in CHARGES {
                let inner = cell(family, (run as u64, run as u64), window, weight);
                let courses = roles(events, &inner, run, charges_narrow, charges_wide);
                if courses.is_empty() {
                    continue;
                }
                // windows that do not end in the trace allow the same
                let mut endless = None;
                let outer: Vec<Cell> = prior::all_whole(window * 1.01)
                    .flat_map(|(wide, weight)| {
                        let allow = || {
                            let allowed = courses
                                .iter()
                                .filter_map(|roles| limits(roles, family, wide));
                            allowed
                                .max_by_key(|(least, most)| most - least)
                                .unwrap_or((1, 0))
                        };
                        let (least, most) = if wide > seen_s {
                            *endless.get_or_insert_with(allow)
                        } else {
                            allow()
                        };
                        let least = least.max(run as u64 + 1);
                        // refusals that count make the limit known to within so many
                        let each = (least..=most.min(least + MOST_LIMITS))
                            .map(move |limit| cell(family, (limit, most), wide, weight));
                        each.collect::<Vec<_>>()
                    })
                    .collect();
                if !outer.is_empty() {
                    found.push(Found {
                        inner,
                        outer,
                        charged: charges_narrow && charges_wide,
                        share,
                    });
                }
            }
        }
    }
    found
}

fn cell(family: Family, limit: (u64, u64), window: f64, weight: f64) -> Cell {
    let weight = weight * family.share() * prior::limit_weight(limit.0);
    Cell {
        limit,
        ..Cell::exact(family, limit.0, window, weight)
    }
}

/// Follows the narrow limit; what it would have admitted and was refused is the wide one's doing. Nothing
/// where the narrow one cannot have admitted all that was; several courses where the ends of its windows fall
/// into the time that a request took.
fn roles(
    events: &[Event],
    inner: &Cell,
    limit: usize,
    charges_narrow: bool,
    charges_wide: bool,
) -> Vec<Vec<(Event, Role)>> {
    let mut courses = vec![Course {
        log: matches!(inner.family, Family::Log { .. }),
        window: inner.value,
        limit,
        counted: Vec::new(),
        roles: Vec::new(),
        by_wide: 0,
    }];
    for event in events {
        let mut next = Vec::with_capacity(courses.len());
        for course in courses {
            let (still, over) = course.state(event);
            if still && over {
                next.extend(
                    course
                        .clone()
                        .after(event, true, charges_narrow, charges_wide),
                );
            }
            next.extend(course.after(event, !still, charges_narrow, charges_wide));
        }
        // the narrow limit refuses oftener than the wide one
        next.sort_by_key(|course| course.by_wide);
        next.truncate(MOST_COURSES);
        courses = next;
        if courses.is_empty() {
            break;
        }
    }
    let wide_refused =
        |course: &Course| course.roles.iter().any(|(_, role)| *role == Role::Refused);
    courses.retain(wide_refused);
    courses.into_iter().map(|course| course.roles).collect()
}

/// The narrow limit while it is followed.
#[derive(Clone)]
struct Course {
    log: bool,
    window: f64,
    limit: usize,
    /// What counts: in the current window, or in the log.
    counted: Vec<(f64, f64)>,
    roles: Vec<(Event, Role)>,
    /// How many the wide limit refused.
    by_wide: usize,
}

impl Course {
    /// Whether the entry whose age decides, or the window, may still count, and whether it may be over.
    fn state(&self, event: &Event) -> (bool, bool) {
        let deciding = if self.log {
            self.counted.len().checked_sub(self.limit)
        } else {
            Some(0)
        };
        let Some(&(low, high)) = deciding.and_then(|index| self.counted.get(index)) else {
            return (false, true);
        };
        (
            event.low - high < self.window,
            event.high - low >= self.window,
        )
    }

    /// The course after a decision, with the window over or not; `None` where that is impossible.
    fn after(
        mut self,
        event: &Event,
        over: bool,
        charges_narrow: bool,
        charges_wide: bool,
    ) -> Option<Self> {
        let full = !over && self.counted.len() >= self.limit;
        let role = match (event.admitted, full) {
            (true, true) => return None,
            (true, false) => Role::Admitted,
            (false, true) => Role::Counted,
            (false, false) => Role::Refused,
        };
        if role == Role::Admitted || (role == Role::Refused && charges_narrow) {
            if over && !self.log {
                self.counted.clear();
            }
            self.counted.push((event.low, event.high));
        }
        self.by_wide += usize::from(role == Role::Refused);
        if role != Role::Counted || charges_wide {
            self.roles.push((*event, role));
        }
        Some(self)
    }
}

/// The limits of the wide window that explain what is left to it.
fn limits(roles: &[(Event, Role)], family: Family, window: f64) -> Option<(u64, u64)> {
    if family == Family::FirstRequest {
        of_first_request(roles, window)
    } else {
        of_log(roles, window)
    }
}

fn of_log(roles: &[(Event, Role)], window: f64) -> Option<(u64, u64)> {
    let (mut least, mut most) = (1_u64, u64::MAX);
    let mut log: Vec<Event> = Vec::with_capacity(roles.len());
    // the first entries that are surely, and perhaps, still inside the window
    let (mut sure, mut possible) = (0, 0);
    for (event, role) in roles {
        while log
            .get(sure)
            .is_some_and(|entry| event.high - entry.low >= window)
        {
            sure += 1;
        }
        while log
            .get(possible)
            .is_some_and(|entry| event.low - entry.high >= window)
        {
            possible += 1;
        }
        match role {
            Role::Admitted => least = least.max((log.len() - sure) as u64 + 1),
            Role::Refused => most = most.min((log.len() - possible) as u64),
            Role::Counted => {}
        }
        if least > most {
            return None;
        }
        if *role != Role::Refused {
            log.push(*event);
        }
    }
    Some((least, most))
}

#[derive(Debug, Clone, Copy)]
struct Path {
    began: (f64, f64),
    count: u64,
    least: u64,
    most: u64,
}

fn of_first_request(roles: &[(Event, Role)], window: f64) -> Option<(u64, u64)> {
    let mut paths = vec![Path {
        began: (f64::NEG_INFINITY, f64::NEG_INFINITY),
        count: 0,
        least: 1,
        most: u64::MAX,
    }];
    let mut next = Vec::new();
    for (event, role) in roles {
        next.clear();
        for path in &paths {
            let (surely, perhaps) = (
                event.low - path.began.1 >= window,
                event.high - path.began.0 >= window,
            );
            if !surely {
                match role {
                    Role::Refused => next.push(Path {
                        most: path.most.min(path.count),
                        ..*path
                    }),
                    _ => next.push(Path {
                        count: path.count + 1,
                        least: if *role == Role::Admitted {
                            path.least.max(path.count + 1)
                        } else {
                            path.least
                        },
                        ..*path
                    }),
                }
            }
            if perhaps && *role != Role::Refused {
                next.push(Path {
                    began: (event.low, event.high),
                    count: 1,
                    ..*path
                });
            }
        }
        next.retain(|path| path.least <= path.most);
        next.truncate(MOST_PATHS);
        std::mem::swap(&mut paths, &mut next);
        if paths.is_empty() {
            return None;
        }
    }
    let width = |path: &Path| path.most - path.least;
    let best = paths.iter().max_by_key(|path| width(path))?;
    Some((best.least, best.most))
}

#[cfg(test)]
mod tests {
    use super::super::event::decided;
    use super::*;
    use crate::throttle::models::{FixedWindow, Model, Stack};

    /// What two windows from the first request, each charged for all, decide at these times.
    fn trace(times: impl Iterator<Item = f64>) -> Vec<Event> {
        let window =
            |limit, window_s| Model::FixedWindow(FixedWindow::from_first_request(limit, window_s));
        let mut both = Stack::new(vec![window(5, 2.0), window(20, 20.0)], true);
        decided(&mut both, times, 0.001)
    }

    #[test]
    fn two_windows_that_are_charged_for_all_are_found() {
        let bursts = (0..14).flat_map(|burst| {
            (0..7).map(move |index| f64::from(burst) * 2.3 + f64::from(index) * 0.01)
        });
        let found = find(&trace(bursts));
        let fits = |pair: &Found| {
            let wide = |cell: &Cell| cell.least() == 20 && (cell.value - 20.0).abs() < 1e-9;
            pair.charged
                && pair.inner.family == Family::FirstRequest
                && (pair.inner.value - 2.0).abs() < 1e-9
                && pair.outer.iter().any(wide)
        };
        assert!(found.iter().any(fits));
    }

    #[test]
    fn one_window_is_not_taken_for_two() {
        let mut one = FixedWindow::from_first_request(5, 2.0);
        let times = (0..60).map(|index| f64::from(index) * 0.13);
        let events = decided(&mut one, times, 0.001);
        let same = |pair: &Found| (pair.inner.value - 2.0).abs() < 1e-9;
        assert!(!find(&events).iter().any(same));
    }
}
