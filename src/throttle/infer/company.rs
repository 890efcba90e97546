//! Limits on a key that somebody else uses too, in words and figures.

use serde_json::json;

use super::belief::Belief;
use super::report::limit_of;
use super::told::Told;
use super::workers::Copies;
use crate::throttle::limits::{Finding, Identified, Limit};

/// No claim about such a key is surer: of those made surer half were right in simulated runs.
pub(super) const SUREST: f64 = 0.5;

/// What settles it.
const OWN_KEY: &str =
    "the same probe again with a key of its own (--as, or a fresh address with --bind)";

/// A limiter whose key was in use before the trace began, or by somebody else at its beginning.
pub(super) fn of_a_used_key(
    belief: &Belief,
    told: &Told,
    accepted: u64,
    identified: &mut Identified,
) -> Limit {
    in_company(
        belief,
        told,
        accepted,
        identified,
        (
            "key-already-used",
            "the first refusals came earlier than the limit allows: the key was in use before, or somebody else \
         uses it too",
        ),
    )
}

/// Copies that did not let in the same number each.
pub(super) fn of_uneven_copies(copies: &Copies, identified: &mut Identified) {
    let text = format!(
        "{} copies let in {} requests together: the key may have been in use before, and the limit of each be higher \
         than {}",
        copies.enforcers, copies.total, copies.limit
    );
    identified
        .findings
        .push(Finding::new("key-already-used", "medium", text, json!({})));
    identified.settles = Some(OWN_KEY.to_owned());
}

/// A limiter whose key somebody else used during the trace.
pub(super) fn of_a_shared_key(
    belief: &Belief,
    told: &Told,
    accepted: u64,
    identified: &mut Identified,
) -> Limit {
    in_company(
        belief,
        told,
        accepted,
        identified,
        (
            "key-shared",
            "now and then refusals came earlier than the limit allows: somebody else uses the key too",
        ),
    )
}

fn in_company(
    belief: &Belief,
    told: &Told,
    accepted: u64,
    identified: &mut Identified,
    (id, text): (&str, &str),
) -> Limit {
    let mut limit = limit_of(belief, told, accepted);
    limit.confidence = limit.confidence.min(SUREST);
    identified
        .findings
        .push(Finding::new(id, "medium", text.to_owned(), json!({})));
    identified.settles = Some(OWN_KEY.to_owned());
    limit
}
