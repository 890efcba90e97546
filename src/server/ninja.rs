//! A list as django-ninja pages it (`LimitOffsetPagination`): `items` and `count`, no links, past the end nothing.
//! No view of DRF's answers here, so there is no `Allow`, and bodies are what `json.dumps` writes by default.

use bytes::Bytes;

use super::app::App;
use super::call::Call;
use super::fields::python_int;
use super::html;
use super::json;
use super::paginate::{Rows, rendered};
use super::reply::Reply;

/// Where it is.
pub(super) const PATH: &str = "/api/products-ninja/";

/// The answer to a request for [`PATH`].
pub(super) fn answer(app: &App, call: &Call, rows: &dyn Rows) -> Reply {
    if call.method != "GET" {
        let mut reply = Reply::bare(405);
        reply.body = Bytes::from_static(b"Method not allowed");
        reply.push("content-type", html::TYPE);
        reply.push("allow", "GET");
        reply.finish(false);
        return reply;
    }
    let config = &app.config;
    let limit = number(call, "limit", config.page_size, 1, config.max_page_size);
    let offset = number(call, "offset", 0, 0, u64::MAX);
    let (limit, offset) = match (limit, offset) {
        (Ok(limit), Ok(offset)) => (limit, offset),
        (limit, offset) => {
            let wrong: Vec<String> = [limit.err(), offset.err()].into_iter().flatten().collect();
            return document(422, &format!("{{\"detail\": [{}]}}", wrong.join(", ")));
        }
    };
    let count = rows.count();
    let end = offset.saturating_add(limit).min(count);
    let items = rendered(rows, offset.min(count)..end);
    document(
        200,
        &json::spaced(&format!("{{\"items\":[{items}],\"count\":{count}}}")),
    )
}

/// A query parameter, or what pydantic says about it.
fn number(call: &Call, name: &str, default: u64, least: u64, most: u64) -> Result<u64, String> {
    let Some(text) = call.query.last(name) else {
        return Ok(default);
    };
    let place = format!("\"loc\": [\"query\", \"{name}\"]");
    let value = python_int(text).ok_or_else(|| {
        format!(
            "{{\"type\": \"int_parsing\", {place}, \"msg\": \"Input should be a valid integer, unable to parse string as an integer\"}}"
        )
    })?;
    let bound = |kind: &str, short: &str, bound: u64| {
        let words = kind.replace('_', " ").replace("equal", "or equal to");
        format!(
            "{{\"type\": \"{kind}\", {place}, \"msg\": \"Input should be {words} {bound}\", \"ctx\": {{\"{short}\": {bound}}}}}"
        )
    };
    if value < i128::from(least) {
        return Err(bound("greater_than_equal", "ge", least));
    }
    if value > i128::from(most) && most < u64::MAX {
        return Err(bound("less_than_equal", "le", most));
    }
    Ok(u64::try_from(value).unwrap_or(u64::MAX))
}

fn document(status: u16, body: &str) -> Reply {
    let mut reply = Reply::bare(status);
    reply.body = Bytes::from(json::in_ascii(body));
    reply.push("content-type", "application/json; charset=utf-8");
    reply.finish(false);
    reply
}
