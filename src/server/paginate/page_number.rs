//! `PageNumberPagination`.

use std::ops::Range;

use crate::server::call::Call;
use crate::server::fields::python_int;
use crate::server::reply::Refusal;

use super::rows::{Envelope, Limits, Rows, link, rendered};

/// The number of the page that a parameter asks for.
pub(in crate::server) fn asked_page(
    limits: &Limits,
    parameter: Option<&str>,
    pages: u64,
) -> Result<u64, Refusal> {
    let page = match parameter.unwrap_or("1") {
        "" if limits.blank_is_first => Some(1),
        "last" => Some(pages),
        text => python_int(text)
            .and_then(|page| u64::try_from(page).ok())
            .filter(|page| (1..=pages).contains(page)),
    };
    page.ok_or_else(|| Refusal::detail(404, "Invalid page."))
}

/// The page that the query asks for.
pub(in crate::server) fn page_number(
    rows: &dyn Rows,
    limits: &Limits,
    call: &Call,
) -> Result<Envelope, Refusal> {
    let (mut page, indices) = outlined(rows.count(), limits, call)?;
    page.results = rendered(rows, indices);
    Ok(page)
}

/// The page that the query asks for of so many rows, still empty, and which rows belong on it.
pub(in crate::server) fn outlined(
    count: u64,
    limits: &Limits,
    call: &Call,
) -> Result<(Envelope, Range<u64>), Refusal> {
    let size = limits.of(&call.query);
    let pages = count.div_ceil(size).max(1);
    let page = asked_page(limits, call.query.last("page"), pages)?;
    let start = (page - 1) * size;
    let to = |page: u64| {
        let number = page.to_string();
        let value = (page > 1).then_some(number.as_str());
        link(call, &call.query.replaced("page", value))
    };
    let envelope = Envelope {
        count: Some(count),
        next: (page < pages).then(|| to(page + 1)),
        previous: (page > 1).then(|| to(page - 1)),
        results: String::new(),
    };
    Ok((envelope, start..count.min(start.saturating_add(size))))
}
