//! Pages in other shapes than DRF's.

use super::app::App;
use super::call::Call;
use super::faults;
use super::paginate::{Limits, Rows, asked_page, link, page_number};
use super::reply::{Answer, Refusal};

/// A bare array; the neighbours are in the header `Link`, as drf-link-header-pagination writes it.
pub(super) fn link_header(
    rows: &dyn Rows,
    limits: &Limits,
    app: &App,
    call: &Call,
) -> Result<Answer, Refusal> {
    let mut page = page_number(rows, limits, call)?;
    page.next = faults::misled(page.next, app, call);
    let pages = rows.count().div_ceil(limits.of(&call.query)).max(1);
    let to = |number: u64| {
        let number = number.to_string();
        link(
            call,
            &call.query.replaced(
                "page",
                Some(&number).filter(|n| *n != "1").map(String::as_str),
            ),
        )
    };
    let first = page.previous.is_some().then(|| to(1));
    let last = page.next.is_some().then(|| to(pages));
    let links: Vec<String> = [
        (page.previous, "prev"),
        (page.next, "next"),
        (first, "first"),
        (last, "last"),
    ]
    .into_iter()
    .filter_map(|(link, name)| Some(format!("<{}>; rel=\"{name}\"", link?)))
    .collect();
    let mut answer = Answer::ok(format!("[{}]", page.results));
    answer.cost.queries = 2;
    if !links.is_empty() {
        answer.headers.push(("link", links.join(", ")));
    }
    Ok(answer)
}

/// JSON:API as djangorestframework-jsonapi writes it: `page[number]` and `page[size]`.
pub(super) fn json_api(
    rows: &dyn Rows,
    limits: &Limits,
    app: &App,
    call: &Call,
) -> Result<Answer, Refusal> {
    let limits = Limits {
        parameter: Some("page[size]"),
        ..*limits
    };
    let size = limits.of(&call.query);
    let count = rows.count();
    let pages = count.div_ceil(size).max(1);
    let page = asked_page(&limits, call.query.last("page[number]"), pages)?;
    let to = |number: u64| {
        let number = number.to_string();
        link(call, &call.query.replaced("page[number]", Some(&number)))
    };
    let next = (page < pages).then(|| to(page + 1));
    let written = |link: Option<String>| {
        link.map_or_else(|| "null".to_owned(), |link| super::json::string(&link))
    };
    let mut data = String::new();
    for index in (page - 1) * size..count.min(page * size) {
        let mut row = String::new();
        rows.push(&mut row, index);
        // `{"id":7,` makes way for the resource's frame.
        let (head, attributes) = row.split_once(',').unwrap_or((&row, "}"));
        let id = head.trim_start_matches("{\"id\":");
        let comma = if data.is_empty() { "" } else { "," };
        data.push_str(&format!(
            "{comma}{{\"type\":\"products\",\"id\":\"{id}\",\"attributes\":{{{attributes}}}"
        ));
    }
    let mut answer = Answer::ok(format!(
        "{{\"links\":{{\"first\":{},\"last\":{},\"next\":{},\"prev\":{}}},\"data\":[{data}],\"meta\":{{\"pagination\":{{\"page\":{page},\"pages\":{pages},\"count\":{count}}}}}}}",
        written(Some(to(1))),
        written(Some(to(pages))),
        written(faults::misled(next, app, call)),
        written((page > 1).then(|| to(page - 1))),
    ));
    answer.cost.queries = 2;
    Ok(answer)
}
