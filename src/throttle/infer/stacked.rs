//! Two limits on one key, in words and figures.

use serde_json::json;

use super::report::{ALONE, limit_of};
use super::stack::Pair;
use super::told::Told;
use crate::throttle::limits::{Finding, Identified, Limit};

/// Two limits on one key, the narrow one first.
pub(super) fn limits_of(
    pair: &Pair,
    told: &Told,
    accepted: u64,
    identified: &mut Identified,
) -> Vec<Limit> {
    let mut inner = limit_of(&pair.inner, told, accepted);
    let mut outer = limit_of(&pair.outer, told, accepted);
    inner.confidence = inner.confidence.min(ALONE);
    outer.confidence = outer.confidence.min(ALONE);
    for limit in [&mut inner, &mut outer] {
        limit.counts_rejected = Some(pair.charged);
    }
    let charged = if pair.charged {
        "a request that one of them refuses is charged to the other all the same"
    } else {
        "a request that one of them refuses is not charged to the other"
    };
    identified.findings.push(Finding::new(
        "stacked-limits",
        "low",
        format!(
            "two limits stand on this key, {} and {}: {charged}",
            inner.words(),
            outer.words()
        ),
        json!({ "charged": pair.charged }),
    ));
    if outer.window_s.is_none() && outer.rate_per_s.is_none() {
        identified.settles = Some(
            "the wider limit had not opened again: a longer --max-time would show its window, at about as many \
             requests as were sent"
                .to_owned(),
        );
    }
    vec![inner, outer]
}
