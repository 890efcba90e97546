//! Copies of a limiter that do not share a count: worker processes with a cache each.

use std::cmp::Ordering;

use super::cell::as_f64;
use super::company::SUREST as SUREST_IN_COMPANY;
use super::event::{Event, first_run};
use super::named::Named;
use super::report::round2;
use super::{dealing, named, prior};

/// Servers close connections that were idle for two seconds (Gunicorn), five (Node.js) or longer.
pub(crate) const IDLE_S: f64 = 1.95;

/// How sure a number of copies can be: in general, where requests reach any of them and no more is known, and where
/// connections stick to one each without having let in the same.
const SUREST: f64 = 0.9;
const SUREST_BY_CHANCE: f64 = 0.8;
const SUREST_UNEVENLY: f64 = 0.5;

/// How likely it is that a copy was not used up in spite of all refusals.
const NOT_EMPTIED: f64 = 0.1;

/// Numbers of copies that are told apart by the whole trace.
const MOST_RIVALS: usize = 4;

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
    /// Whether the processes were counted, so that the number of copies is seen.
    pub(crate) counted: bool,
    /// Whether what they let in is no multiple of a limit that somebody configures: the key was in use before.
    pub(crate) uneven: bool,
    /// How sure the number of copies is.
    pub(crate) sure: f64,
    /// What they may be, the likeliest first: copies, the limit of each, and how sure that is.
    pub(crate) rivals: Vec<(u64, u64, f64)>,
}

impl Copies {
    /// The same trace, explained by another number of copies.
    pub(crate) fn instead(&self, enforcers: u64, limit: u64, sure: f64) -> Self {
        Self {
            sure,
            enforcers,
            limit,
            total: enforcers * limit,
            ..self.clone()
        }
    }
}

/// Reads the beginning of a trace, up to the long run of refusals that says that all copies are shut.
pub(crate) fn find(events: &[Event]) -> Option<Copies> {
    let run = first_run(events)?;
    let drained = drained(events, run);
    match processes(events) {
        Some(processes) => counted(events, drained, processes),
        None => pinned(events, drained)
            .or_else(|| mixed(events, drained))
            .or_else(|| later(events, drained)),
    }
}

/// Copies that were reached in turn at first, and all shut at once, but not later: one lets in what another has just
/// refused for long.
fn later(events: &[Event], drained: usize) -> Option<Copies> {
    let mut pairs = events.windows(2);
    let early = pairs.position(|pair| pair[1].admitted && pair[0].is_belied_by(&pair[1]))?;
    let starts = named::stretches(events);
    let start = *starts.iter().rfind(|start| **start <= early)?;
    let end = starts.iter().find(|start| **start > early);
    let stretch = &events[start..end.map_or(events.len(), |end| *end)];
    let emptied = stretch.iter().rposition(|event| event.admitted)? + 1;
    let copies = mixed(&events[start..], emptied)?;
    Some(Copies {
        recovered_s: copies.recovered_s.or_else(|| recovered(events, drained)),
        ..copies
    })
}

/// How many processes answer, where idle connections held them all: the most with which no answer came twice, for one may
/// have been busy with something else.
pub(super) fn processes(events: &[Event]) -> Option<u64> {
    let held = || events.iter().filter_map(|event| event.held);
    let silent = |idle: u32| held().filter(move |held| held.idle == idle && held.freed_s.is_some());
    let all = held().filter(|held| silent(held.idle).count() > 1);
    all.map(|held| u64::from(held.idle)).max()
}

/// Where the refusals begin after which processes are taken for used up, each reached twice: what is let in later came back.
fn used_up(events: &[Event], processes: u64) -> Option<usize> {
    let mut row = 0;
    let end = events.iter().position(|event| {
        row = if event.admitted { 0 } else { row + 1 };
        row as u64 >= 2 * processes
    })?;
    Some(end + 1 - row)
}

/// Processes that were counted, each with as much of the total.
fn counted(events: &[Event], drained: usize, processes: u64) -> Option<Copies> {
    let run = first_run(events)?;
    let drained = used_up(events, processes).map_or(drained, |end| end.min(drained));
    let beginning = &events[..drained.min(events.len())];
    let total = beginning.iter().filter(|event| event.admitted).count();
    // one may flow back
    if processes < 2 || total < run + 2 {
        return None;
    }
    // something may have flowed back to each
    let limit = total as u64 / processes;
    let uneven = !(total as u64).is_multiple_of(processes) || prior::is_odd_limit(limit);
    Some(Copies {
        enforcers: processes,
        limit,
        total: total as u64,
        one: None,
        recovered_s: recovered(events, drained),
        counted: true,
        uneven,
        sure: if uneven { SUREST_IN_COMPANY } else { SUREST },
        rivals: Vec::new(),
    })
}

/// Where the refusals for good begin: after the last admission that is not followed by so many refusals, or
/// such a silence, that every copy must have been shut.
fn drained(events: &[Event], run: usize) -> usize {
    const SHUT: usize = 60;
    /// Copies are used up without a pause; what is let in after one came back.
    const QUIET_S: f64 = 0.25;
    /// Waits of so many seconds tell when something came back.
    const LONG_S: f64 = 4.0;
    if let Some(&back) = named::stretches(events).get(1)
        && events[..back].iter().any(|event| event.wait_s >= LONG_S)
    {
        let last = events[..back].iter().rposition(|event| event.admitted);
        return last.map_or(run, |last| run.max(last + 1));
    }
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
    let one = sticking(events, counts[0].0);
    let enforcers = counts.len() as u64;
    Some(Copies {
        enforcers,
        limit,
        total: enforcers * limit,
        one: Some(one),
        recovered_s: recovered(events, drained),
        counted: false,
        uneven: false,
        sure: SUREST,
        rivals: Vec::new(),
    })
}

/// When the first slot came back after all copies were shut: the wait since the first request.
fn recovered(events: &[Event], drained: usize) -> Option<(f64, f64)> {
    let drained = drained.min(events.len());
    let after = &events[drained..];
    let index = after.iter().position(|event| event.admitted)?;
    let before = if index == 0 {
        events.get(drained.checked_sub(1)?)?.low
    } else {
        after[index - 1].low
    };
    Some((before - events[0].high, after[index].high - events[0].low))
}

/// What a connection carried before it may have been closed for being idle: after that it may reach another copy.
fn sticking(events: &[Event], connection: u32) -> Vec<Event> {
    let mut one: Vec<Event> = Vec::new();
    for event in events.iter().filter(|event| event.connection == connection) {
        if one
            .last()
            .is_some_and(|last| event.low - last.high > IDLE_S)
        {
            break;
        }
        one.push(*event);
    }
    one
}

/// Requests that reach any copy: the total is exact, its divisors are weighed by how likely the order of
/// admissions and refusals is when requests are spread evenly.
fn mixed(events: &[Event], drained: usize) -> Option<Copies> {
    let beginning = &events[..drained.min(events.len())];
    let decisions = decisions(beginning);
    let run = decisions.iter().position(|admitted| !admitted)?;
    let total = beginning.iter().filter(|event| event.admitted).count() as u64;
    if decisions.len() <= run + 1 {
        return None;
    }
    let (named, again) = named::copies(events);
    let again = again.map(self::decisions);
    let let_in = |decisions: &Vec<bool>| decisions.iter().filter(|admitted| **admitted).count();
    // the same twice: then no copy was left that could have let in more
    let emptied = again.as_ref().map(let_in) == Some(let_in(&decisions));
    let mut weights: Vec<(u64, u64, f64)> = divided(total, run as u64)
        .into_iter()
        .filter(|(copies, limit)| !emptied || copies * limit == total)
        .map(|(copies, limit)| {
            let fits = |decisions| dealing::evidence(decisions, copies, limit);
            let fits = fits(&decisions) + again.as_deref().map_or(0.0, fits);
            // few workers are commoner than many
            let usual = usual_limit(limit) * usual_copies(copies);
            let usual = if copies * limit > total {
                usual * NOT_EMPTIED
            } else {
                usual
            };
            (
                copies,
                limit,
                fits + (usual * told_apart(copies, named)).ln(),
            )
        })
        .collect();
    weights.sort_by(|a, b| b.2.total_cmp(&a.2));
    let best = weights.first()?.2;
    if best == f64::NEG_INFINITY {
        return None;
    }
    let surest = |copies: u64| match named {
        Named { least, all: true } if least == copies && least > 1 => SUREST,
        _ if sticks(beginning) => SUREST_UNEVENLY,
        _ => SUREST_BY_CHANCE,
    };
    let share = |log: f64| (log - best).exp();
    let sum: f64 = weights.iter().map(|(.., log)| share(*log)).sum();
    let rivals: Vec<(u64, u64, f64)> = weights
        .iter()
        .map(|&(copies, limit, log)| (copies, limit, round2(surest(copies) * share(log) / sum)))
        .take(MOST_RIVALS)
        .collect();
    let &(enforcers, limit, sure) = rivals.first()?;
    Some(Copies {
        enforcers,
        limit,
        total: enforcers * limit,
        one: None,
        recovered_s: recovered(events, drained),
        counted: false,
        uneven: false,
        sure,
        rivals,
    })
}

/// What copies decided of which all had been open.
fn decisions(events: &[Event]) -> Vec<bool> {
    /// A copy that names so short a wait, seconds, where others name longer ones, was shut before.
    const STALE_S: f64 = 1.0;
    const LONGER_S: f64 = 4.0;
    let longest = events.iter().map(|event| event.wait_s).fold(0.0, f64::max);
    let stale = |event: &&Event| event.wait_s <= STALE_S && longest >= LONGER_S;
    let telling = events
        .iter()
        .filter(|event| event.admitted || !stale(event));
    telling.map(|event| event.admitted).collect()
}

/// Whether a connection stays with a copy: one carried several requests, and none was let in after it was refused.
fn sticks(events: &[Event]) -> bool {
    let before = |index: usize| {
        let connection = events[index].connection;
        let same = move |event: &&Event| event.connection == connection;
        events[..index].iter().filter(same)
    };
    let all = || 0..events.len();
    all().any(|index| before(index).next().is_some())
        && !all().any(|index| events[index].admitted && before(index).any(|event| !event.admitted))
}

/// How likely it is that of so many copies these named instants of their own.
fn told_apart(copies: u64, named: Named) -> f64 {
    /// Some may not have been reached while requests were apart.
    const UNSEEN: f64 = 0.15;
    match copies.cmp(&named.least) {
        Ordering::Less => 0.0,
        Ordering::Greater if named.all => UNSEEN.powf(as_f64(copies - named.least)),
        Ordering::Equal | Ordering::Greater => 1.0,
    }
}

/// Copies and limits that make up a total: its divisors, and usual limits of which a copy was not emptied.
fn divided(total: u64, run: u64) -> Vec<(u64, u64)> {
    let exact = (2..=16_u64)
        .filter(|copies| total.is_multiple_of(*copies))
        .map(|copies| (copies, total / copies));
    let usual = (2..=8_u64).flat_map(|copies| {
        (1..=run)
            .filter(|limit| prior::limit_weight(*limit) > 2.5)
            .map(move |limit| (copies, limit))
            .filter(|(copies, limit)| (total + 1..total * 4 / 3).contains(&(copies * limit)))
    });
    exact
        .chain(usual)
        .filter(|(_, limit)| *limit <= run)
        .collect()
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
