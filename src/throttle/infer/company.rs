//! Limits on a key that somebody else uses too, in words and figures.

use serde_json::json;

use super::belief::{Belief, Best};
use super::cell::Family;
use super::event::Event;
use super::prior::is_odd_limit;
use super::report::limit_of;
use super::told::Told;
use super::workers::Copies;
use crate::throttle::limits::{Evidence, Finding, Identified, Limit};

/// No claim about such a key is surer: of those made surer half were right in simulated runs.
pub(super) const SUREST: f64 = 0.5;
/// The same where what is left of the limit was counted once.
const COUNTED_ONCE: f64 = 0.3;

/// A finding, and what it says.
type Company = (&'static str, &'static str);

/// The key was in use before the trace began, or somebody else used it at its beginning.
pub(super) const BEFORE: Company = (
    "key-already-used",
    "the first refusals came earlier than the limit allows: the key was in use before, or somebody else uses it too",
);

/// Somebody else used the key during the trace.
pub(super) const MEANWHILE: Company = (
    "key-shared",
    "now and then refusals came earlier than the limit allows: somebody else uses the key too",
);

/// Somebody else may use the key, or have used it.
const PERHAPS: Company = (
    "key-perhaps-shared",
    "another client on the key, now or shortly before, would explain the decisions too",
);

/// A limiter on such a key.
pub(super) fn limit_in(
    (id, text): Company,
    belief: &Belief,
    told: &Told,
    accepted: u64,
    identified: &mut Identified,
) -> Limit {
    let mut limit = limit_of(belief, told, accepted);
    limit.confidence = limit.confidence.min(SUREST);
    note(identified, id, "medium", text.to_owned());
    limit
}

/// The very first request was refused, and nothing came back that says more.
pub(super) fn refused_from_the_start(mut identified: Identified, events: &[Event]) -> Identified {
    identified.findings.push(Finding::new(
        BEFORE.0,
        "medium",
        "the first request was refused: the key had no quota left, or the limit is zero".to_owned(),
        json!({ "refused": events.iter().filter(|event| !event.admitted).count() }),
    ));
    identified.settles =
        Some("the same probe again once the quota is back, or with a key of its own".to_owned());
    identified
}

/// The very first request was refused, and once something had come back so many were let in until the next refusal;
/// whether something came back after that too. Of what was used before, some may still have counted.
pub(super) fn refused_at_first(identified: &mut Identified, (run, recovered): (u64, bool)) {
    for limit in &mut identified.limits {
        limit.confidence = limit.confidence.min(SUREST);
        if !recovered {
            limit.confidence = limit.confidence.min(COUNTED_ONCE);
            limit.evidence.limit = Some(Evidence::Inferred);
            limit.interval.limit = Some((run, run * 1_000));
        }
    }
    let text = "the first request was refused: the limit is the one that was met once something had come back";
    note(identified, BEFORE.0, "medium", text.to_owned());
}

/// Says of a claim whose figures nobody configures that somebody else may have had a part in it.
pub(super) fn perhaps(best: &Best, accepted: u64, identified: &mut Identified) {
    let cell = &best.cell;
    let ban = matches!(cell.family, Family::Ban { .. });
    let odd_ban = ban && (is_odd_limit(cell.least()) || !cell.round);
    if cell.may_be_a_part(accepted) || cell.may_be_stretched() || odd_ban {
        note(identified, PERHAPS.0, "low", PERHAPS.1.to_owned());
    }
}

/// The same of copies that were only weighed by the order of decisions.
pub(super) fn perhaps_of_copies(identified: &mut Identified) {
    note(identified, PERHAPS.0, "low", PERHAPS.1.to_owned());
}

/// Copies that did not let in the same number each.
pub(super) fn of_uneven_copies(copies: &Copies, identified: &mut Identified) {
    let text = format!(
        "{} copies let in {} requests together: the key may have been in use before, and the limit of each be higher \
         than {}",
        copies.enforcers, copies.total, copies.limit
    );
    note(identified, BEFORE.0, "medium", text);
}

fn note(identified: &mut Identified, id: &str, severity: &str, text: String) {
    identified
        .findings
        .push(Finding::new(id, severity, text, json!({})));
    identified.settles = Some(
        "the same probe again with a key of its own (--as, or a fresh address with --bind)"
            .to_owned(),
    );
}
