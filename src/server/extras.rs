//! What optional middleware adds to every reply, innermost first: entity tags (`ConditionalGetMiddleware`), timings
//! (the Debug Toolbar), compression (`GZipMiddleware`).

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderValue, header};
use md5::{Digest, Md5};

use super::app::App;
use super::call::Call;
use super::reply::{Cost, Reply};

/// `GZipMiddleware` leaves shorter bodies alone.
const SHORTEST: usize = 200;
/// What a 304 keeps of the reply that it stands for, beside cookies (`_not_modified`; `Date` is set on every reply).
const KEPT: [header::HeaderName; 6] = [
    header::CACHE_CONTROL,
    header::CONTENT_LOCATION,
    header::ETAG,
    header::EXPIRES,
    header::LAST_MODIFIED,
    header::VARY,
];

/// Adds what the configuration asks for. `cost` is what a Django would have spent on the reply.
pub(super) fn dress(app: &App, call: &Call, mut reply: Reply, cost: Cost) -> Reply {
    let extras = app.config.extras;
    // Django writes cookies last, whatever else was added.
    let cookies: Vec<HeaderValue> = reply
        .headers
        .get_all(header::SET_COOKIE)
        .iter()
        .cloned()
        .collect();
    reply.headers.remove(header::SET_COOKIE);
    if extras.etag && call.method == "GET" {
        reply = tagged(call, reply);
    }
    if extras.server_timing {
        reply.push("server-timing", &timings(cost));
        let id = super::sessions::random_text().to_ascii_lowercase();
        reply.push("djdt-request-id", &id);
    }
    if extras.gzip && reply.body.len() >= SHORTEST {
        reply.vary_on("Accept-Encoding");
        if call
            .header("accept-encoding")
            .is_some_and(|accepted| names_gzip(&accepted))
        {
            compress(&mut reply);
        }
    }
    for cookie in cookies {
        reply.headers.append(header::SET_COOKIE, cookie);
    }
    reply
}

/// The header as Debug Toolbar 8 writes it; the durations are made up in proportion to the queries.
fn timings(cost: Cost) -> String {
    let queries = as_f64(cost.queries);
    let (sql, total) = (0.4 * queries, 2.0 + 0.6 * queries);
    let toolbar = total + 0.2;
    let Cost { queries, cache } = cost;
    format!(
        "TimerPanel_utime;dur={total:.3};desc=\"User CPU time\", TimerPanel_stime;dur=0.0;desc=\"System CPU time\", \
         TimerPanel_total;dur={total:.3};desc=\"Total CPU time\", TimerPanel_total_time;dur={total:.3};desc=\"Elapsed time\", \
         TimerPanel_toolbar_time;dur={toolbar:.3};desc=\"Including DebugToolbar time\", \
         SQLPanel_sql_time;dur={sql:.3};desc=\"SQL {queries} queries\", \
         CachePanel_total_time;dur=0;desc=\"Cache {cache} Calls\""
    )
}

/// The reply with its tag, or what `get_conditional_response` puts in its place.
fn tagged(call: &Call, mut reply: Reply) -> Reply {
    if reply.body.is_empty() || is_never_stored(&reply) {
        return reply;
    }
    let tag = format!("\"{:x}\"", Md5::digest(&reply.body));
    reply.push("etag", &tag);
    if !reply.status.is_success() {
        return reply;
    }
    let known = call.header("if-none-match").unwrap_or_default();
    let known = entity_tags(&known);
    let is_known = known == ["*"] || known.iter().any(|one| one.trim_start_matches("W/") == tag);
    if !is_known {
        return reply;
    }
    let mut unchanged = Reply::bare(304);
    for name in KEPT {
        for value in reply.headers.get_all(&name) {
            unchanged.headers.append(name.clone(), value.clone());
        }
    }
    unchanged
}

/// `needs_etag`, the other way round.
fn is_never_stored(reply: &Reply) -> bool {
    let control = reply.headers.get(header::CACHE_CONTROL);
    let control = control.and_then(|value| value.to_str().ok());
    control
        .unwrap_or_default()
        .split(',')
        .any(|directive| directive.trim().eq_ignore_ascii_case("no-store"))
}

/// `parse_etags`.
fn entity_tags(known: &str) -> Vec<&str> {
    if known.trim() == "*" {
        return vec!["*"];
    }
    known
        .split(',')
        .map(str::trim)
        .filter(|one| {
            let opaque = one.strip_prefix("W/").unwrap_or(one);
            opaque.len() >= 2
                && opaque.starts_with('"')
                && opaque.find('"') != opaque.rfind('"')
                && opaque[1..].find('"') == Some(opaque.len() - 2)
        })
        .collect()
}

/// `\bgzip\b`, whatever its weight.
fn names_gzip(accepted: &str) -> bool {
    accepted
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .any(|word| word == "gzip")
}

fn compress(reply: &mut Reply) {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder
        .write_all(&reply.body)
        .and_then(|()| encoder.finish());
    let Some(bytes) = written.ok().filter(|bytes| bytes.len() < reply.body.len()) else {
        return;
    };
    reply
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let tag = reply.headers.get(header::ETAG).map(HeaderValue::as_bytes);
    if let Some(weak) = tag.and_then(|tag| HeaderValue::from_bytes(&[b"W/", tag].concat()).ok()) {
        reply.headers.insert(header::ETAG, weak);
    }
    reply.push("content-encoding", "gzip");
    reply.body = Bytes::from(bytes);
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand queries at most")]
fn as_f64(count: u64) -> f64 {
    count as f64
}
