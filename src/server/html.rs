//! What Django says outside DRF: HTML pages without `Allow`.

use bytes::Bytes;

use super::call::Call;
use super::reply::Reply;

/// The media type of every page.
pub(super) const TYPE: &str = "text/html; charset=utf-8";

/// A page with a title and a sentence.
pub(super) fn page(status: u16, title: &str, text: &str) -> Reply {
    dressed(status, title, text, false)
}

fn dressed(status: u16, title: &str, text: &str, vary_cookie: bool) -> Reply {
    let mut reply = Reply::bare(status);
    reply.body = Bytes::from(format!(
        "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>{title}</title>\n</head>\n<body>\n  <h1>{title}</h1><p>{text}</p>\n</body>\n</html>\n"
    ));
    reply.push("content-type", TYPE);
    reply.finish(vary_cookie);
    reply
}

/// No route has this path.
pub(super) fn not_found() -> Reply {
    page(
        404,
        "Not Found",
        "The requested resource was not found on this server.",
    )
}

/// An exception that nobody handled.
pub(super) fn server_error() -> Reply {
    page(500, "Server Error (500)", "")
}

/// The same of an older Django, whose report on the exception names the user and for that opens the session.
pub(super) fn server_error_after_a_report() -> Reply {
    dressed(500, "Server Error (500)", "", true)
}

/// No worker is there to answer.
pub(super) fn unavailable() -> Reply {
    page(503, "Service Unavailable", "")
}

/// A request that Django distrusts.
pub(super) fn bad_request() -> Reply {
    page(400, "Bad Request (400)", "")
}

/// A `Host` that cannot be one: the outer middleware answers, and the length is not known yet.
pub(super) fn bad_host() -> Reply {
    let page = bad_request();
    let mut reply = Reply::bare(400);
    reply.body = page.body;
    reply.push("content-type", TYPE);
    reply.secure();
    reply.chunked = true;
    reply
}

/// `APPEND_SLASH`: a permanent redirect to the path with a slash behind it.
pub(super) fn redirect_to_slash(call: &Call) -> Reply {
    let mut reply = Reply::bare(301);
    let mut location = format!("{}/", call.path_for_uri());
    if location.starts_with("//") {
        location = format!("/%2F{}", &location[2..]);
    }
    if !call.raw_query.is_empty() {
        location.push('?');
        location.push_str(&call.raw_query);
    }
    reply.push("content-type", TYPE);
    reply.push("location", &location);
    reply.secure();
    reply.chunked = true;
    reply
}
