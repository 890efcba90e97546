//! What a trial saw, held against what was demanded.

use super::super::compare::{Comparison, Status};
use super::super::experiment::Race;
use super::super::limits::Algorithm;
use super::super::refusal::before_the_throttle;
use super::demands::{Demands, Forwarding};
use super::sampled::by_headers;
use super::seen::{Outer, Over, Seen};
use super::window::{Fit, Window};
use crate::rate::Rate;

/// The verdict of a trial.
pub fn judge(demands: &Demands, seen: &Seen) -> Comparison {
    let Some(rate) = demands.first() else {
        return without_limit(seen);
    };
    if let Some(told) = &seen.told {
        return by_headers(rate, told);
    }
    if let Some(error) = not_measured(seen) {
        return error;
    }
    if let Some(over) = seen.over {
        return too_many(rate, seen, over);
    }
    let Some(window) = Window::of(seen, rate.limit) else {
        let why = seen
            .stop
            .as_ref()
            .map_or_else(|| "no request was refused".to_owned(), ToString::to_string);
        return outcome(
            Status::Inconclusive,
            None,
            format!("{why}; {} requests passed", seen.accepted),
        );
    };
    if seen.accepted < rate.limit {
        return too_few(rate, seen, &window);
    }
    let mut faults = Vec::new();
    let mut doubts = Vec::new();
    let mut measured = rate.to_string();
    let missing = demands.misses_retry_after(seen);
    match window.against(rate, seen.came_back) {
        // a probe looks at it
        _ if demands.algorithm.is_some() => {}
        Fit::Same => {}
        Fit::Other(text, why) => {
            measured = text;
            faults.push(why);
        }
        // Without any word of when to come back, its absence is the fault.
        Fit::Unknown(_) if missing && window.is_unknown() => {}
        Fit::Unknown(why) => doubts.push(why),
    }
    if missing {
        faults.push(format!(
            "the refusal has no Retry-After{}: DRF sets it from `exc.wait`, which an exception handler of the \
             project's own must pass on (`retry_after = \"optional\"` if it is meant to be missing)",
            if window.drf { ", only a text in its body" } else { "" }
        ));
    }
    let forwarding = of_forwarding(seen);
    let mut remarks = Vec::new();
    match demands.forwarded {
        Forwarding::Ignored => faults.extend(forwarding),
        _ => remarks.extend(forwarding),
    }
    of_neighbours(demands, seen, &mut faults, &mut doubts);
    if let (Some(Outer::Refused { .. }), Some(outer)) = (&seen.outer, demands.rates.get(1)) {
        measured = format!("{measured}, {outer}");
    }
    match &seen.outer {
        Some(outer) => of_outer(demands, seen, outer, &mut faults, &mut doubts),
        None if demands.rates.len() > 1 && faults.is_empty() => {
            doubts.push("the second limit was not reached".to_owned());
        }
        None => {}
    }
    of_race(
        demands,
        rate,
        seen,
        &mut measured,
        (&mut faults, &mut doubts),
    );
    doubts.extend(seen.stop.as_ref().map(ToString::to_string));
    let (status, message) = if !faults.is_empty() {
        (Status::Fail, faults.join("; "))
    } else if !doubts.is_empty() {
        (Status::Inconclusive, doubts.join("; "))
    } else {
        (Status::Pass, remarks.join("; "))
    };
    outcome(status, Some(measured), message)
}

/// Whether more passed than a limit is, as where tokens flow back or a window on a clock ends meanwhile, and nothing else
/// was demanded than the limit of an algorithm that does so: a probe tells.
pub fn is_left_to_a_probe(demands: &Demands, seen: &Seen) -> bool {
    let flows_back = matches!(
        demands.algorithm,
        Some(
            Algorithm::TokenBucket
                | Algorithm::FixedWindowAligned
                | Algorithm::FixedWindowFirstRequest
                | Algorithm::SlidingWindowCounter
        )
    );
    let alone = demands.neighbours.is_empty()
        && !demands.race_forbidden
        && demands.forwarded != Forwarding::Ignored;
    let over = seen
        .over
        .is_some_and(|over| over.refused && over.after_refusal == 0);
    flows_back && alone && over && seen.stop.is_none()
}

pub(super) fn outcome(status: Status, measured: Option<String>, message: String) -> Comparison {
    Comparison {
        status,
        measured,
        message,
    }
}

fn without_limit(seen: &Seen) -> Comparison {
    if let Some(error) = not_measured(seen) {
        return error;
    }
    match (&seen.refusal, &seen.stop) {
        (Some(_), _) => outcome(
            Status::Fail,
            Some(format!("{} requests", seen.accepted)),
            "no limit was expected".to_owned(),
        ),
        (None, Some(stop)) => stopped(seen, &stop.to_string()),
        (None, None) => outcome(
            Status::Pass,
            Some(format!("no limit in {} requests", seen.accepted)),
            String::new(),
        ),
    }
}

fn stopped(seen: &Seen, why: &str) -> Comparison {
    let status = if seen.accepted == 0 && seen.refusal.is_none() {
        Status::Error
    } else {
        Status::Inconclusive
    };
    let measured = (seen.accepted > 0).then(|| format!("{} requests passed", seen.accepted));
    outcome(status, measured, why.to_owned())
}

/// Replies that come from before the throttle say nothing about it.
fn not_measured(seen: &Seen) -> Option<Comparison> {
    if seen.refusal.is_some() {
        return None;
    }
    let why = match (seen.status.and_then(before_the_throttle), &seen.stop) {
        (Some(why), _) => why,
        (None, Some(stop)) if seen.accepted == 0 => stop.to_string(),
        _ => return None,
    };
    Some(outcome(Status::Error, None, why))
}

fn too_many(rate: Rate, seen: &Seen, over: Over) -> Comparison {
    if seen.in_a_window <= rate.limit {
        return outcome(
            Status::Inconclusive,
            None,
            format!(
                "the replies take too long: only {} requests got through in a window of {} s",
                seen.in_a_window,
                rate.window_s()
            ),
        );
    }
    if !over.refused {
        let all = over.accepted;
        return outcome(
            Status::Fail,
            Some(format!("no limit in {all} requests")),
            format!("{all} requests passed and none was refused"),
        );
    }
    let copies = over.accepted / rate.limit;
    if over.after_refusal > 0 {
        let exact = over.accepted.is_multiple_of(rate.limit);
        let about = if exact { "" } else { "about " };
        return outcome(
            Status::Fail,
            Some(format!("{about}{} x {rate}", copies.max(2))),
            format!(
                "copies do not share the count: {} requests pass where {} are meant to, some of them after a refusal; \
                 each worker counts in a cache of its own (LocMemCache), a shared one in CACHES cures that",
                over.accepted, rate.limit
            ),
        );
    }
    let window = Window::of(seen, over.accepted).and_then(|window| window.named());
    let measured = match window {
        Some(window) => Rate::new(over.accepted, window).to_string(),
        None => format!("{} requests", over.accepted),
    };
    outcome(
        Status::Fail,
        Some(measured),
        format!("{} requests passed, {rate} expected", over.accepted),
    )
}

fn too_few(rate: Rate, seen: &Seen, window: &Window) -> Comparison {
    let passed = seen.accepted;
    let fits = matches!(window.against(rate, None), Fit::Same);
    if passed == 0 {
        return outcome(
            Status::Inconclusive,
            Some("refused from the start".to_owned()),
            "the first request was refused: its count is shared with something that was used before (another check of \
             this file: `shared_with`; an earlier run: start from an empty cache), or the limit is zero"
                .to_owned(),
        );
    }
    let measured = match window.named() {
        Some(named) => Rate::new(passed, named).to_string(),
        None => format!("{passed} requests"),
    };
    // The first slot comes back earlier than a window after the first request: an older one held it.
    let used = window.implied.1 < rate.window_s();
    if window.drf && used && !window.is_usual() {
        return outcome(
            Status::Inconclusive,
            Some(measured),
            format!(
                "{passed} requests passed, {rate} expected; the wait that the refusal names shows that the count had \
                 been used before (obtaining tokens does so to `anon` where their endpoint has no throttle of its own)"
            ),
        );
    }
    let mut message = format!("{passed} requests passed, {rate} expected");
    if let (false, Fit::Other(_, why)) = (fits, window.against(rate, None)) {
        message = format!("{message}; {why}");
    }
    outcome(Status::Fail, Some(measured), message)
}

fn of_forwarding(seen: &Seen) -> Option<String> {
    if seen.forwarded.is_empty() {
        return None;
    }
    Some(format!(
        "a made-up {} gives a fresh count, so the limit holds for nobody: set NUM_PROXIES in REST_FRAMEWORK to the \
         number of proxies in front (0 without any), and say so here with `num_proxies` (`forwarded = \"ignored\"` \
         makes this a fault, `\"trusted\"` leaves it out)",
        seen.forwarded.join(", ")
    ))
}

fn of_neighbours(
    demands: &Demands,
    seen: &Seen,
    faults: &mut Vec<String>,
    doubts: &mut Vec<String>,
) {
    for (neighbour, shared) in demands.neighbours.iter().zip(&seen.neighbours) {
        match (neighbour.shares, shared) {
            (false, Some(true)) => faults.push(format!(
                "{} is refused too, although nothing was sent there: both draw on one count, by one throttle scope or \
                 a class without a scope of its own (`shared_with` if that is meant)",
                neighbour.name
            )),
            (true, Some(false)) => faults.push(format!(
                "{} still answers: it is meant to share the count and has its own",
                neighbour.name
            )),
            (_, None) => doubts.push(format!(
                "{} answers as from before any throttle, so nobody can tell which count it draws on",
                neighbour.name
            )),
            _ => {}
        }
    }
}

fn of_outer(
    demands: &Demands,
    seen: &Seen,
    outer: &Outer,
    faults: &mut Vec<String>,
    doubts: &mut Vec<String>,
) {
    let Some(expected) = demands.rates.get(1) else {
        return;
    };
    match *outer {
        // DRF charges a request that one throttle refuses to the others.
        Outer::Refused {
            accepted,
            refused,
            ref refusal,
        } if (expected.limit.saturating_sub(refused)..=expected.limit).contains(&accepted) => {
            let window = Window::told_by(refusal, seen, expected.limit);
            match window.against(*expected, None) {
                Fit::Same => {}
                Fit::Other(_, why) => faults.push(why),
                Fit::Unknown(why) => doubts.push(format!("{expected}: {why}")),
            }
        }
        Outer::Refused { accepted, .. } => {
            faults.push(format!(
                "{accepted} requests passed before the second limit refused, {expected} expected"
            ));
        }
        Outer::Passed(accepted) => {
            faults.push(format!("{accepted} requests passed, {expected} expected"));
        }
        Outer::TooFar(seconds) => doubts.push(format!(
            "{} holds; {expected} takes {seconds:.0} s to reach: `--max-time {:.0}s`",
            demands.rates[0],
            seconds.ceil() + 5.0
        )),
    }
}

/// What many at once got, where that must not be more.
fn of_race(
    demands: &Demands,
    rate: Rate,
    seen: &Seen,
    measured: &mut String,
    (faults, doubts): (&mut Vec<String>, &mut Vec<String>),
) {
    faults.extend(
        seen.crowd
            .as_ref()
            .and_then(|crowd| of_crowd(rate, crowd, measured)),
    );
    let few = seen
        .crowd
        .as_ref()
        .filter(|crowd| crowd.accepted < rate.limit);
    doubts.extend(few.map(|crowd| {
        format!(
            "of {} requests at once only {} passed: their count was in use before, or the server did not answer",
            crowd.sent, crowd.accepted
        )
    }));
    doubts.extend(seen.no_crowd.clone());
    if demands.race_forbidden && seen.crowd.is_none() && seen.no_crowd.is_none() {
        doubts.push("nothing was sent at once".to_owned());
    }
}

fn of_crowd(rate: Rate, crowd: &Race, measured: &mut String) -> Option<String> {
    let finding = crowd.finding()?;
    *measured = format!("{rate}, {} at once", crowd.accepted);
    Some(format!("{}: {}", finding.id, finding.message))
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
