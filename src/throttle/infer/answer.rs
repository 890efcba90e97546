//! The answer for a trace.

use std::borrow::Cow;

use super::belief::{Belief, weigh};
use super::cell::Family;
use super::company;
use super::epoch::Epoch;
use super::event::{Event, events, first_run};
use super::explain::{Explained, LIKELIEST_PAIR, MOST_CHANGES, changes_at_once, explain};
use super::queue;
use super::report;
use super::spread;
use super::stack::{self, Hint};
use super::stacked;
use super::told::Told;
use super::workers::{self, Copies};
use crate::throttle::limits::{Finding, Identified, Limit, Tally, Verdict};
use crate::throttle::sample::{Outcome, Sample, Trace};

/// How coarse a server's clock may be, seconds.
pub(crate) const SLACK_S: f64 = 0.002;
/// Coarser clocks, tried when nothing explains the trace.
const COARSER_S: [f64; 1] = [0.03];

/// How sure a clock of whole seconds can be: where none kept the time, two of three such claims were wrong.
const SURE_OF_SECONDS: f64 = 0.75;

/// Copies that are less sure than this were only weighed by the order of decisions.
const BY_CHANCE: f64 = 0.81;

/// How common copies that share no count are.
const WITH_COPIES: f64 = 0.02;

/// Which limits explain a trace.
pub fn identify(trace: &Trace) -> Identified {
    let told = Told::read(trace);
    let mut identified = Identified {
        verdict: Verdict::Inconclusive,
        limits: Vec::new(),
        rejection: told.rejection.clone(),
        advertised: told.claim(),
        findings: Vec::new(),
        settles: None,
        requests: Tally::of(&trace.samples),
        elapsed_s: elapsed(trace),
    };
    let all = events(&trace.samples, SLACK_S);
    let Some(run) = first_run(&all) else {
        report::nothing_refused(&mut identified, &told, &trace.samples);
        return identified;
    };
    if run == 0 {
        return since_it_came_back(trace, &mut identified)
            .unwrap_or_else(|| company::refused_from_the_start(identified, &all));
    }
    identified.verdict = Verdict::Limited;
    if let Some(limit) = queue::find(&trace.samples) {
        identified.limits.push(limit);
        return identified;
    }
    let recovered = all[run..].iter().any(|event| event.admitted);
    let second = || {
        let seen = all.last().map_or(0.0, |last| last.low) - all[0].high;
        let inner = told
            .hint()
            .window_s
            .filter(|window| told.drf && (seen > *window || told.widest_s.is_some()))?;
        let pair = stack::find(&all, told.hint(), &epoch_of(trace), 0.0)?;
        (inner > 0.0).then_some(pair)
    };
    identified.limits = if recovered {
        explained(trace, &all, &told, &mut identified)
    } else if let Some(pair) = second() {
        stacked::limits_of(&pair, &told, run as u64, &mut identified)
    } else {
        vec![report::without_recovery(
            run as u64,
            &all,
            &told,
            &mut identified,
        )]
    };
    report::compare_with_told(&mut identified, &told);
    identified
}

/// The key was used up at first: the limit that explains what followed once something had come back.
fn since_it_came_back(trace: &Trace, before: &mut Identified) -> Option<Identified> {
    let later = fresh(trace);
    let decisions = events(&later.samples, SLACK_S);
    let run = first_run(&decisions).filter(|run| *run > 0)?;
    let mut identified = identify(&later);
    if identified.verdict != Verdict::Limited {
        return None;
    }
    identified.requests = before.requests;
    identified.elapsed_s = before.elapsed_s;
    let recovered = decisions[run..].iter().any(|event| event.admitted);
    company::refused_at_first(&mut identified, (run as u64, recovered));
    Some(identified)
}

/// The trace from the first request on that was let in, where others were refused before it: the end of a window was seen
/// there.
pub(crate) fn fresh(trace: &Trace) -> Cow<'_, Trace> {
    let decided = trace.samples.iter().find(|s| s.outcome != Outcome::Unknown);
    if decided.is_none_or(|first| first.outcome != Outcome::Refused) {
        return Cow::Borrowed(trace);
    }
    let accepted = |sample: &&Sample| sample.outcome == Outcome::Accepted;
    let first = trace.samples.iter().filter(accepted);
    let since = first
        .map(|sample| sample.sent_s)
        .fold(f64::INFINITY, f64::min);
    if since.is_infinite() {
        return Cow::Borrowed(trace);
    }
    let later = trace.samples.iter().filter(|sample| sample.sent_s >= since);
    Cow::Owned(Trace {
        header: trace.header.clone(),
        samples: later.cloned().collect(),
    })
}

/// A trace in which something came back.
fn explained(trace: &Trace, all: &[Event], told: &Told, identified: &mut Identified) -> Vec<Limit> {
    let epoch = epoch_of(trace);
    let copies = workers::find(all);
    let certain = |copies: &Copies| {
        (copies.counted && !is_one(all, &epoch)) || (told.drf && told.let_in_early(trace))
    };
    if let Some(copies) = copies.as_ref().filter(|copies| certain(copies)) {
        return vec![with_copies(all, copies, &epoch, told, identified)];
    }
    let accepted = identified.requests.accepted;
    let found = explain(all, told.hint(), &epoch);
    if let Some(copies) = copies.filter(|copies| are_likelier(copies, &found, all, &epoch)) {
        return vec![with_copies(all, &copies, &epoch, told, identified)];
    }
    match &found {
        Explained::One(belief) => {
            if belief.tick.is_some() {
                identified.findings.push(Finding::new(
                    "whole-second-clock",
                    "low",
                    "the server counts in whole seconds, so that a window may end up to one second early or late"
                        .to_owned(),
                    serde_json::json!({}),
                ));
            }
            let mut limit = report::limit_of(belief, told, accepted);
            if let Some(best) = belief.best() {
                company::perhaps(&best, accepted, identified);
            }
            if belief.tick.is_some() {
                limit.confidence = report::round2(limit.confidence * SURE_OF_SECONDS);
            }
            return vec![limit];
        }
        Explained::Two(pair) => return stacked::limits_of(pair, told, accepted, identified),
        Explained::Shared(belief) => {
            let key = company::MEANWHILE;
            return vec![company::limit_in(key, belief, told, accepted, identified)];
        }
        Explained::Used(_) | Explained::Nothing => {}
    }
    for slack_s in COARSER_S {
        let belief = weigh(&events(&trace.samples, slack_s), &epoch);
        if belief.best().is_some_and(|best| best.cell.round) {
            let mut limit = report::limit_of(&belief, told, accepted);
            limit.confidence = report::round2(limit.confidence * 0.8);
            identified.findings.push(Finding::new(
                "coarse-clock",
                "low",
                format!("the decisions fit only a clock that is good to {slack_s} s"),
                serde_json::json!({ "slack_s": slack_s }),
            ));
            return vec![limit];
        }
    }
    if let Explained::Used(belief) = &found {
        let key = company::BEFORE;
        return vec![company::limit_in(key, belief, told, accepted, identified)];
    }
    vec![report::no_model_fits(all, told, identified)]
}

/// Whether one limiter that somebody configures made all decisions, and hardly another could have.
fn is_one(all: &[Event], epoch: &Epoch) -> bool {
    let belief = weigh(all, epoch);
    belief.mass > LIKELIEST_PAIR && belief.best().is_some_and(|best| best.sure() > 0.5)
}

/// Whether copies explain a trace better than what was found without them.
fn are_likelier(copies: &Copies, found: &Explained, all: &[Event], epoch: &Epoch) -> bool {
    let changes = changes_at_once(all);
    let mass = |one: &Vec<Event>| weigh(one, epoch).mass * WITH_COPIES;
    let likelier_than = |other: f64| copies.one.as_ref().map(mass) > Some(other);
    match found {
        Explained::Two(pair) => likelier_than(pair.mass),
        Explained::Shared(_) => copies.one.is_some(),
        Explained::One(belief) => {
            (found.sure() < 0.3 && changes > MOST_CHANGES) || likelier_than(belief.mass)
        }
        Explained::Used(_) | Explained::Nothing => copies.one.is_some() || changes > 0,
    }
}

fn with_copies(
    all: &[Event],
    copies: &Copies,
    epoch: &Epoch,
    told: &Told,
    identified: &mut Identified,
) -> Limit {
    // A copy that nothing came back from says what it admits, but not when.
    let belief = copies
        .one
        .as_deref()
        .filter(|events| {
            first_run(events).is_some_and(|run| events[run..].iter().any(|event| event.admitted))
        })
        .map_or_else(Belief::default, |events| weigh(events, epoch));
    let (copies, belief) = if belief.is_empty() {
        spread::weigh(all, copies, epoch)
    } else {
        (copies.clone(), belief)
    };
    let belief = as_told(belief, &copies, told);
    let mut limit = if belief.is_empty() {
        report::of_copies(&copies, told)
    } else {
        let accepted = identified.requests.accepted / copies.enforcers.max(1);
        report::limit_of(&belief, told, accepted)
    };
    if copies.uneven {
        company::of_uneven_copies(&copies, identified);
    }
    if copies.sure < BY_CHANCE {
        company::perhaps_of_copies(identified);
    }
    limit.enforcers = copies.enforcers;
    limit.confidence = limit.confidence.min(copies.sure);
    identified.findings.push(Finding::new(
        "uncoordinated-copies",
        "high",
        format!(
            "{} copies do not share the count, so {} requests pass where {} are meant to",
            copies.enforcers, copies.total, copies.limit
        ),
        serde_json::json!({ "enforcers": copies.enforcers, "total": copies.total, "each": copies.limit }),
    ));
    limit
}

/// What copies may be, in the light of what they say: between two that give the same trace, words decide.
fn as_told(belief: Belief, copies: &Copies, told: &Told) -> Belief {
    // Django REST framework reckons its waits exactly
    let unlikely = if told.drf { 1e-9 } else { 0.02 };
    let log = Family::Log {
        counts_rejected: false,
    };
    // a copy's oldest request is the first one or a later one; a key that was in use before makes its wait shorter
    let longest = match told.implied_s {
        Some((_, longest)) if !copies.uneven => longest,
        _ => f64::INFINITY,
    };
    let waits = told.waits.iter().map(|(_, wait)| wait - 1.0);
    let shortest = waits.fold(0.0, f64::max);
    belief.likelier(|cell| {
        let (low, high) = cell.span;
        let most = if told.drf { high } else { 1.03 * high };
        // tokens come back one by one, windows' waits end with them
        let untold = !cell.flows() && (longest < 0.97 * low || shortest >= most);
        let unlike = told.drf && cell.family != log;
        let factor = |odd: bool| if odd { unlikely } else { 1.0 };
        // who reckons waits for each copy mostly keeps a log in each
        let named = told.implied_s.is_some() && cell.family == Family::FirstRequest;
        factor(untold) * factor(unlike) * if named { 0.6 } else { 1.0 }
    })
}

/// What a trace's replies say that helps to explain it.
pub(crate) fn hint_of(trace: &Trace) -> Hint {
    Told::read(trace).hint()
}

/// The clock of a trace.
pub(crate) fn epoch_of(trace: &Trace) -> Epoch {
    let first = trace.samples.first();
    Epoch {
        unix_s: trace.header.started_unix_s,
        error_s: if is_local(&trace.header.url) {
            2.0 * SLACK_S
        } else {
            trace.header.clock_error_s.max(SLACK_S)
        },
        first: first.map_or((0.0, 0.0), |sample| (sample.sent_s, sample.received_s)),
    }
}

/// Whether a target's clock is this machine's.
fn is_local(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    ["127.", "localhost", "[::1]"]
        .iter()
        .any(|local| host.starts_with(local))
}

fn elapsed(trace: &Trace) -> f64 {
    let first = trace.samples.first().map_or(0.0, |sample| sample.sent_s);
    let last = trace
        .samples
        .iter()
        .map(|sample| sample.received_s)
        .fold(first, f64::max);
    last - first
}
