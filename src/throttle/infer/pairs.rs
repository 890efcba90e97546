//! Two windows of one kind on one key, each counted or not for what only the other refuses. The narrow one
//! by itself says whose refusals are whose; the wide one's limit is what those leave.

use super::cell::{Cell, Family};
use super::event::{Event, first_run};
use super::prior;

/// More courses of one window than this are not followed.
const MOST_PATHS: usize = 24;
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
    let Some(run) = first_run(events) else {
        return Vec::new();
    };
    let log = Family::Log {
        counts_rejected: false,
    };
    let mut found = Vec::new();
    for family in [Family::FirstRequest, log] {
        for (window, weight) in prior::all_whole(0.0) {
            for (charges_narrow, charges_wide, share) in CHARGES {
                let inner = cell(family, (run as u64, run as u64), window, weight);
                let Some(roles) = roles(events, &inner, run, charges_narrow, charges_wide) else {
                    continue;
                };
                let outer: Vec<Cell> = prior::all_whole(window * 1.01)
                    .flat_map(|(wide, weight)| {
                        let (least, most) = limits(&roles, family, wide).unwrap_or((1, 0));
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
    Cell {
        family,
        limit,
        value: window,
        span: (window, window),
        phase: 0.0,
        inner_s: window,
        round: true,
        weight: weight * family.share() * prior::limit_weight(limit.0),
    }
}

/// Follows the narrow limit; what it would have admitted and was refused is the wide one's doing. `None`
/// where the narrow one cannot have admitted all that was, or the wide one refused nothing.
fn roles(
    events: &[Event],
    inner: &Cell,
    limit: usize,
    charges_narrow: bool,
    charges_wide: bool,
) -> Option<Vec<(Event, Role)>> {
    let mut shut = Shut::new(inner.family, inner.value, limit);
    let mut roles = Vec::with_capacity(events.len());
    let mut wide_refused = false;
    for event in events {
        let role = match (event.admitted, shut.refuses(event)) {
            (true, Some(true)) => return None,
            (true, _) => Role::Admitted,
            // where the ends of the interval differ, one limit is likelier than two
            (false, Some(true) | None) => Role::Counted,
            (false, Some(false)) => Role::Refused,
        };
        if role == Role::Admitted || (role == Role::Refused && charges_narrow) {
            shut.count(event);
        }
        wide_refused |= role == Role::Refused;
        if role != Role::Counted || charges_wide {
            roles.push((*event, role));
        }
    }
    wide_refused.then_some(roles)
}

/// The narrow limit while it is followed.
struct Shut {
    log: bool,
    window: f64,
    limit: usize,
    /// What counts: in the current window, or in the log.
    counted: Vec<(f64, f64)>,
}

impl Shut {
    fn new(family: Family, window: f64, limit: usize) -> Self {
        Self {
            log: matches!(family, Family::Log { .. }),
            window,
            limit,
            counted: Vec::new(),
        }
    }

    /// The entry whose age decides.
    fn deciding(&self) -> Option<(f64, f64)> {
        let index = self.counted.len().checked_sub(self.limit)?;
        self.counted.get(if self.log { index } else { 0 }).copied()
    }

    /// `None` where it depends on the instants within their intervals.
    fn refuses(&self, event: &Event) -> Option<bool> {
        let Some((low, high)) = self.deciding() else {
            return Some(false);
        };
        let surely = event.high - low < self.window;
        let perhaps = event.low - high < self.window;
        (surely == perhaps).then_some(surely)
    }

    fn count(&mut self, event: &Event) {
        let full = self.deciding().is_some();
        let over = self
            .counted
            .first()
            .is_some_and(|first| event.low - first.1 >= self.window);
        if !self.log && (full || over) {
            self.counted.clear();
        }
        self.counted.push((event.low, event.high));
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
