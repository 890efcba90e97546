//! `LimitOffsetPagination`.

use crate::server::call::Call;
use crate::server::query::Query;

use super::rows::{Envelope, Limits, Rows, link, positive_int, rendered};

/// The slice that the query asks for; beyond the end it is empty.
pub(in crate::server) fn limit_offset(rows: &dyn Rows, limits: &Limits, call: &Call) -> Envelope {
    let limit = limits.of(&call.query);
    let count = rows.count();
    let offset = call
        .query
        .last("offset")
        .and_then(|text| positive_int(text, false, None))
        .unwrap_or(0);
    let with_limit = Query::parse(&call.query.replaced("limit", Some(&limit.to_string())));
    let at = |offset: Option<u64>| {
        let offset = offset.map(|offset| offset.to_string());
        link(call, &with_limit.replaced("offset", offset.as_deref()))
    };
    let end = offset.saturating_add(limit);
    Envelope {
        count: Some(count),
        next: (end < count).then(|| at(Some(end))),
        previous: (offset > 0).then(|| at(offset.checked_sub(limit).filter(|start| *start > 0))),
        results: rendered(rows, offset.min(count)..end.min(count)),
    }
}
