//! Beliefs in words and figures: what is claimed, on which grounds, and how surely.

use serde_json::json;

use super::belief::{Belief, Best, counts_rejected};
use super::cell::{Family, as_count, as_f64};
use super::doubt;
use super::event::Event;
use super::prior::is_odd_limit;
use super::told::Told;
use super::workers::Copies;
use crate::throttle::limits::{
    Algorithm, Alternative, Evidence, Finding, Identified, Limit, Refill, Tally, Verdict,
    is_failing,
};
use crate::throttle::sample::Sample;

/// No claim is surer than this: the limiter may be of a kind that is not known here.
const SUREST: f64 = 0.99;
/// A window that nobody would configure, however well it fits.
const ODD: f64 = 0.9;
/// The same, where a usual window is near.
const NEARLY: f64 = 0.5;
/// A bucket's size that nobody would configure and that was seen once.
const ONCE: f64 = 0.8;
/// A ban of odd figures.
const ODD_BAN: f64 = 0.7;
/// A wider limit is seldom more than so many times as high.
const OFTEN: u64 = 16;
/// A rate, requests a second, of which no refusal is seen to end, and what is claimed of it.
const FASTEST: f64 = 500.0;
const UNSEEN: f64 = 0.5;
/// A limit that had not been used up often enough to meet a wider one behind it.
pub(super) const ALONE: f64 = 0.94;

/// The claim that a belief supports.
pub(super) fn limit_of(belief: &Belief, told: &Told, accepted: u64) -> Limit {
    let mut limit = Limit::unknown();
    let Some(best) = belief.best() else {
        return limit;
    };
    let cell = &best.cell;
    let width = (best.span.1 - best.span.0) / best.span.1;
    limit.algorithm = Some(cell.family.algorithm());
    limit.evidence.algorithm = Some(if best.family > 0.98 {
        Evidence::Observed
    } else {
        Evidence::Inferred
    });
    limit.evidence.limit = Some(if best.limit > 0.98 {
        Evidence::Observed
    } else {
        Evidence::Inferred
    });
    limit.evidence.window = Some(if width < 0.01 {
        Evidence::Observed
    } else {
        Evidence::Inferred
    });
    limit.counts_rejected = Some(counts_rejected(cell.family));
    let count = cell.least();
    let span = (tidy(best.span.0), Some(tidy(best.span.1)));
    match cell.family {
        Family::Bucket | Family::Lossy { .. } => {
            limit.burst = Some(count);
            limit.rate_per_s = Some(tidy(cell.value));
            limit.refill = Some(Refill::Continuous);
            limit.interval.rate_per_s = Some(span);
        }
        Family::Stepped { step } => {
            let rate = |every: f64| tidy(as_f64(step) / every);
            limit.burst = Some(count);
            limit.rate_per_s = Some(rate(cell.value));
            limit.refill = Some(Refill::Interval);
            limit.interval.rate_per_s = Some((rate(best.span.1), Some(rate(best.span.0))));
        }
        _ => {
            // an interval without an end says no more than that
            let open = best.span.1 > 3.0 * best.span.0 && best.value < 0.5;
            if open {
                limit.limit = Some(count);
                limit.evidence.window = None;
                limit.interval.window_s = Some((span.0, None));
            } else {
                limit.set_window(count, tidy(cell.value));
                limit.interval.window_s = Some(span);
            }
            if let Family::Segments { segments } = cell.family {
                limit.segments = Some(segments);
            }
        }
    }
    limit.interval.limit = Some((count, cell.limit.1.min(count + 1_000_000)));
    limit.confidence = round2(best.sure().min(surest(&best, told, accepted)));
    limit.alternatives = alternatives(belief);
    limit
}

/// How sure a claim can be, however well it explains the trace: there may be another limit behind this one
/// that was not met, or the limiter is of a kind that is not known here.
fn surest(best: &Best, told: &Told, accepted: u64) -> f64 {
    let cell = &best.cell;
    let named = |told: Option<f64>, seen: f64| told.is_some_and(|told| (told - seen).abs() < 1e-6);
    let odd = is_odd_limit(cell.least());
    match cell.family {
        _ if cell.may_be_a_part(accepted) => ONCE,
        _ if cell.may_be_stretched() => NEARLY,
        // what explains most, and nobody sets so
        Family::Ban { .. } if odd || !cell.round || cell.inner_s.fract() > 1e-9 => ODD_BAN,
        // a timer that nobody sets so: something else on the key
        Family::Stepped { .. } if !cell.round => NEARLY,
        // Measured on real limiters: two windows on one key can pass for tokens that come by the handful, and a
        // timer's own phase, whole seconds or renewal for one another's window.
        Family::Stepped { .. } | Family::Lossy { .. } | Family::Ban { .. } => ALONE,
        Family::FirstRequest | Family::Aligned if cell.round => ALONE,
        // a token is back before the next request: something else refused
        Family::Bucket if cell.value > FASTEST => UNSEEN,
        Family::Bucket if accepted < OFTEN * cell.least() => ALONE,
        Family::Bucket if cell.round => 0.97,
        Family::Bucket => 0.95,
        _ if !cell.round => ODD,
        _ if accepted > OFTEN * cell.least() => SUREST,
        _ if named(told.limit, as_f64(cell.least())) && named(told.window_s, cell.value) => 0.97,
        _ => ALONE,
    }
}

fn alternatives(belief: &Belief) -> Vec<Alternative> {
    belief
        .families()
        .into_iter()
        .skip(1)
        .filter(|(_, probability)| *probability >= 0.005)
        .map(|(cell, probability)| Alternative {
            algorithm: cell.family.algorithm(),
            limit: Some(cell.least()),
            window_s: (!matches!(cell.family, Family::Bucket | Family::Lossy { .. }))
                .then(|| tidy(cell.value)),
            probability: round2(probability),
        })
        .collect()
}

/// Nothing came back before the trace ended: the count is what was seen, the window what is said.
pub(super) fn without_recovery(
    run: u64,
    events: &[Event],
    told: &Told,
    identified: &mut Identified,
) -> Limit {
    let mut limit = Limit::unknown();
    let waited = events.last().map_or(0.0, |last| last.low) - events[0].high;
    limit.evidence.limit = Some(Evidence::Observed);
    limit.evidence.algorithm = Some(Evidence::Inferred);
    limit.interval.limit = Some((run, run));
    limit.interval.window_s = Some((tidy(waited.max(0.0)), None));
    let window = told.window();
    if let Some(window_s) = window {
        limit.set_window(run, window_s);
        limit.evidence.window = Some(Evidence::Advertised);
    } else {
        limit.limit = Some(run);
    }
    // Which algorithm cannot be seen before something comes back; the wording of the refusal, or how
    // common the kinds are, decides.
    let shares: [f64; 4] = if told.drf {
        [0.92, 0.04, 0.02, 0.02]
    } else {
        [0.3, 0.35, 0.2, 0.15]
    };
    let kinds = [
        Algorithm::SlidingLog,
        Algorithm::FixedWindowFirstRequest,
        Algorithm::FixedWindowAligned,
        Algorithm::TokenBucket,
    ];
    let mut ranked: Vec<_> = kinds.into_iter().zip(shares).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    limit.algorithm = Some(ranked[0].0);
    limit.alternatives = ranked[1..]
        .iter()
        .map(|&(algorithm, probability)| Alternative {
            algorithm,
            limit: Some(run),
            window_s: window,
            probability,
        })
        .collect();
    limit.confidence = match (told.drf, window) {
        (true, Some(_)) => 0.92,
        (false, Some(_)) => 0.35,
        _ => 0.2,
    };
    if told.drf {
        limit.counts_rejected = Some(false);
    }
    let until = window.map_or_else(
        || "a longer --max-time".to_owned(),
        |window| format!("--max-time above {window} s"),
    );
    identified.settles = Some(format!(
        "nothing came back within {waited:.1} s: {until} would show window and algorithm, at about {} more requests",
        run + 20
    ));
    if let (None, Some(implied)) = (window, told.implied_s) {
        key_in_use(implied, identified);
        limit.confidence = limit.confidence.min(0.3);
        limit.interval.limit = Some((run, run * 1_000));
    }
    limit
}

fn key_in_use(implied: (f64, f64), identified: &mut Identified) {
    identified.findings.push(Finding::new(
        "key-already-used",
        "medium",
        format!(
            "the wait that the server names implies a window of {:.0} s, which is no usual one: the key was \
             probably in use before, and the limit is at least what was seen",
            implied.1 - 1.0
        ),
        json!({ "implied_window_s": [tidy(implied.0), tidy(implied.1)] }),
    ));
}

/// Copies without a trace of one of them: the window is when the first slot came back.
pub(super) fn of_copies(copies: &Copies, told: &Told) -> Limit {
    let mut limit = Limit::unknown();
    limit.limit = Some(copies.limit);
    // Where connections stick to a copy, each copy's count was seen.
    limit.evidence.limit = Some(if copies.one.is_some() {
        Evidence::Observed
    } else {
        Evidence::Inferred
    });
    limit.evidence.algorithm = Some(Evidence::Inferred);
    limit.algorithm = Some(Algorithm::SlidingLog);
    limit.interval.limit = Some((1, copies.total));
    let named = told.implied_s.unwrap_or((0.0, f64::INFINITY));
    let seen = copies.recovered_s.and_then(|(low, high)| {
        let (low, high) = (low.max(named.0), high.min(named.1));
        let round = super::prior::atoms(low, high).next();
        // of many that are possible none is better than another
        let window = round.filter(|_| high < 2.0 * low)?.0;
        Some((window, Evidence::Inferred))
    });
    let window = seen.or_else(|| told.window().map(|window| (window, Evidence::Advertised)));
    if let Some((window, evidence)) = window {
        limit.set_window(copies.limit, window);
        limit.evidence.window = Some(evidence);
    }
    limit.interval.window_s = copies
        .recovered_s
        .map(|(low, high)| (tidy(low), Some(tidy(high))));
    limit.confidence = if told.drf { 0.8 } else { 0.5 };
    limit
}

/// The decisions contradict every known limiter.
pub(super) fn no_model_fits(events: &[Event], told: &Told, identified: &mut Identified) -> Limit {
    let run = events.iter().take_while(|event| event.admitted).count() as u64;
    identified.verdict = Verdict::Inconclusive;
    identified.findings.push(Finding::new(
        "no-known-model",
        "medium",
        "no known limiter explains every decision: another client may share the key, or it was in use before"
            .to_owned(),
        json!({ "first_run": run }),
    ));
    identified.settles = Some(
        "a key of its own (--as, or a fresh address with --bind) and a quiet start, then the same probe again"
            .to_owned(),
    );
    let mut limit = Limit::unknown();
    limit.limit = Some(run);
    limit.evidence.limit = Some(Evidence::Inferred);
    if let Some(window) = told.window() {
        limit.set_window(run, window);
        limit.evidence.window = Some(Evidence::Advertised);
    }
    limit.confidence = 0.1;
    limit
}

/// Nothing was refused.
pub(super) fn nothing_refused(identified: &mut Identified, told: &Told, samples: &[Sample]) {
    let Tally {
        sent,
        accepted,
        errors,
        ..
    } = identified.requests;
    if accepted == 0 || is_failing(errors, sent) {
        let cached = samples.iter().filter(|sample| sample.is_cached());
        let cached = cached.count() as u64;
        identified.settles = Some(if 2 * cached > errors {
            format!(
                "a URL that no cache answers for: a cache answered {cached} of {sent} requests (Age above zero)"
            )
        } else if accepted == 0 {
            "no request was answered".to_owned()
        } else {
            format!(
                "a server that answers: {errors} of {sent} requests had no answer that a limiter gives"
            )
        });
        return;
    }
    identified.settles = doubt::why(samples);
    if identified.settles.is_some() {
        return;
    }
    identified.verdict = Verdict::NotLimited;
    let named = told.limits.iter().map(|limit| as_count(*limit));
    if let Some(limit) = named.filter(|limit| *limit >= accepted).min() {
        identified.verdict = Verdict::Inconclusive;
        identified.settles = Some(format!(
            "the server names a limit of {limit}: --max-requests above it would show it"
        ));
    }
}

/// Where the server's words and deeds differ.
pub(super) fn compare_with_told(identified: &mut Identified, told: &Told) {
    let Some(limit) = identified.limits.first_mut() else {
        return;
    };
    let seen = limit.limit.or(limit.burst);
    let mut agrees = None;
    if let (Some(named), Some(seen)) = (told.limit.map(as_count), seen) {
        agrees = Some(named == seen);
        if named != seen && limit.confidence > 0.5 {
            limit.evidence.limit = Some(Evidence::Contradicted);
            identified.findings.push(Finding::new(
                "limit-header-differs",
                "medium",
                format!("the headers name a limit of {named}, and {seen} requests pass"),
                json!({ "advertised": named, "observed": seen }),
            ));
        }
    }
    if let (Some(named), Some((low, Some(high)))) = (told.window_s, limit.interval.window_s) {
        let holds = (low * 0.98 - 1.0..=high * 1.02 + 1.0).contains(&named);
        agrees = Some(agrees.unwrap_or(true) && holds);
        if !holds {
            identified.findings.push(Finding::new(
                "window-header-differs",
                "medium",
                format!("the headers name a window of {named} s, and the decisions allow {low} to {high} s"),
                json!({ "advertised_s": named, "observed_s": [low, high] }),
            ));
        }
    } else if let (Some(window), Some((low, high)), None) =
        (limit.window_s, told.implied_s, told.window_s)
    {
        let holds = limit.evidence.window == Some(Evidence::Advertised)
            || (low..=high).contains(&window)
            || limit.algorithm != Some(Algorithm::SlidingLog);
        agrees = Some(agrees.unwrap_or(true) && holds);
    }
    identified.advertised.agrees = agrees.filter(|_| !told.sources.is_empty());
    if told.waits.is_empty() && identified.requests.rejected > 0 {
        identified.findings.push(Finding::new(
            "retry-after-missing",
            "low",
            "refusals do not say when to come back (no Retry-After)".to_owned(),
            json!({}),
        ));
    } else if let Some((_, wait)) = told.waits.iter().find(|(_, wait)| *wait < 0.0) {
        identified.findings.push(Finding::new(
            "retry-after-in-the-past",
            "medium",
            "refusals name an instant in the past".to_owned(),
            json!({ "retry_after_s": tidy(*wait) }),
        ));
    }
}

/// To a thousandth, or five digits for small numbers.
fn tidy(number: f64) -> f64 {
    if number.abs() >= 1.0 {
        (number * 1e3).round() / 1e3
    } else {
        (number * 1e6).round() / 1e6
    }
}

pub(super) fn round2(number: f64) -> f64 {
    (number * 100.0).floor().abs() / 100.0
}
