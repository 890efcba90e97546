//! What checks of one identity say about each other's counts.

use std::time::Duration;

use super::gate::{Ended, Left, Prepared};
use super::rules::Rule;
use crate::throttle::compare::{Comparison, Status};
use crate::throttle::gate::Forwarding;

/// Two refusals whose waits end so close together may be of one count, seconds: waits are whole seconds.
const ONE_MOMENT_S: f64 = 2.1;

/// A check that was carried out before, as the same identity.
pub(super) struct Earlier<'r> {
    pub(super) check: &'r Prepared<'r>,
    /// What it left of its count.
    pub(super) left: Left,
    /// The Unix time that its refusal named for the next request.
    pub(super) free_unix_s: Option<f64>,
}

/// Earlier checks of other URLs whose counts came back: whether they share this rule's count shows only while it refuses.
pub(super) fn whole_again<'r>(before: &[Earlier<'r>], rule: &Rule) -> Vec<&'r Prepared<'r>> {
    let back = |earlier: &&Earlier<'_>| {
        earlier.left == Left::CameBack && earlier.check.rule.url != rule.url
    };
    before
        .iter()
        .filter(back)
        .map(|earlier| earlier.check)
        .collect()
}

/// How long the requests that saw a count come back stay in it, where this rule is meant to share it.
pub(super) fn in_use(before: &[Earlier<'_>], rule: &Rule) -> Duration {
    let shared = before
        .iter()
        .rev()
        .find(|earlier| earlier.left == Left::CameBack && earlier.check.rule.shares_with(rule));
    let rate = shared.and_then(|earlier| earlier.check.rule.demands.first());
    rate.map_or(Duration::ZERO, |rate| rate.window.mul_f64(1.05))
}

/// Holds how a check ended against what the earlier ones left of their counts.
pub(super) fn relate(rule: &Rule, done: &mut Ended, before: &[Earlier<'_>]) {
    let left = |left: Left| before.iter().filter(move |earlier| earlier.left == left);
    let sharing = |earlier: &&Earlier<'_>| earlier.check.rule.shares_with(rule);
    let passed = done.comparison.status == Status::Pass;
    if done.refused_from_the_start() {
        if let Some(meant) = left(Left::Nothing).find(sharing) {
            done.comparison = shared(rule, done, meant);
        } else if let Some(used) = left(Left::Nothing).next_back() {
            done.comparison = by_mistake(rule, used.check.rule);
        }
    } else if let (true, Some(earlier)) = (passed, left(Left::Nothing).find(sharing)) {
        done.comparison.status = Status::Fail;
        done.comparison.message = format!(
            "it is meant to share its count with '{}' and has its own",
            earlier.check.rule.name
        );
    } else if let (true, Some(earlier)) = (passed, left(Left::Unknown).find(sharing)) {
        done.comparison.status = Status::Inconclusive;
        done.comparison.message = format!(
            "whether it shares its count with '{}' was not seen: a probe for its algorithm used that one last",
            earlier.check.rule.name
        );
    }
}

/// The first request was refused, as it should be: the earlier check measured the count for both, as far as both demand
/// the same.
fn shared(rule: &Rule, done: &Ended, earlier: &Earlier<'_>) -> Comparison {
    let measured_by = earlier.check.rule;
    let name = &measured_by.name;
    let waits_otherwise = match (done.free_unix_s, earlier.free_unix_s) {
        (Some(here), Some(there)) => (here - there).abs() > ONE_MOMENT_S,
        _ => false,
    };
    let (wanted, held) = (&rule.demands, &measured_by.demands);
    let covered = (!wanted.race_forbidden || held.race_forbidden)
        && (wanted.forwarded != Forwarding::Ignored || held.forwarded == Forwarding::Ignored)
        && (wanted.algorithm.is_none() || wanted.algorithm == held.algorithm);
    let doubt = if waits_otherwise {
        Some(format!(
            "the first request was refused, but not until the moment that '{name}' names: it has a count of its own \
             that was used before"
        ))
    } else if wanted.rates != held.rates {
        let both = format!(
            "it draws on the count of '{name}', whose limit is {}: {} was not measured",
            measured_by.shown, rule.shown
        );
        Some(if measured_by.url == rule.url {
            format!(
                "{both}; two limits of one endpoint are one table with `limit = [\"{}\", \"{}\"]`",
                measured_by.shown, rule.shown
            )
        } else {
            both
        })
    } else if covered {
        None
    } else {
        Some(format!(
            "it draws on the count of '{name}', whose table demands less: what is demanded here was not measured"
        ))
    };
    Comparison {
        status: if doubt.is_some() {
            Status::Inconclusive
        } else {
            Status::Pass
        },
        measured: Some(format!("one count with '{name}'")),
        message: doubt.unwrap_or_default(),
    }
}

/// The first request was refused, and an earlier check had used up a count that is meant to be another.
fn by_mistake(rule: &Rule, earlier: &Rule) -> Comparison {
    let other = if earlier.url == rule.url {
        &earlier.name
    } else {
        &earlier.url
    };
    Comparison {
        status: Status::Fail,
        measured: Some(format!("one count with '{}'", earlier.name)),
        message: format!(
            "the first request was refused after '{}' was used up: both draw on one count, by one throttle scope or a \
             class without a scope of its own; if that is meant, `shared_with = [\"{other}\"]` says so",
            earlier.name
        ),
    }
}
