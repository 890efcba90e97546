//! Limits on a key that somebody else uses too, in words and figures.

use serde_json::json;

use super::belief::Belief;
use super::report::limit_of;
use super::told::Told;
use super::workers::Copies;
use crate::throttle::limits::{Finding, Identified, Limit};

/// No claim about such a key is surer: of those made surer half were right in simulated runs.
pub(super) const SUREST: f64 = 0.5;

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
    note(identified, id, text.to_owned());
    limit
}

/// Copies that did not let in the same number each.
pub(super) fn of_uneven_copies(copies: &Copies, identified: &mut Identified) {
    let text = format!(
        "{} copies let in {} requests together: the key may have been in use before, and the limit of each be higher \
         than {}",
        copies.enforcers, copies.total, copies.limit
    );
    note(identified, BEFORE.0, text);
}

fn note(identified: &mut Identified, id: &str, text: String) {
    identified
        .findings
        .push(Finding::new(id, "medium", text, json!({})));
    identified.settles = Some(
        "the same probe again with a key of its own (--as, or a fresh address with --bind)"
            .to_owned(),
    );
}
