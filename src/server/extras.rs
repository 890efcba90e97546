//! What middleware adds: timings, entity tags, compression.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderValue, StatusCode, header};

use super::app::App;
use super::call::Call;
use super::reply::Reply;

/// `GZipMiddleware` leaves shorter bodies alone.
const SHORTEST: usize = 200;

/// Adds what the configuration asks for. `queries` is how many SQL queries a Django would have made.
pub(super) fn dress(app: &App, call: &Call, mut reply: Reply, queries: u64) -> Reply {
    let extras = app.config.extras;
    if extras.server_timing {
        let (sql, total) = (0.4 * as_f64(queries), 2.0 + 0.6 * as_f64(queries));
        reply.push(
            "server-timing",
            &format!(
                "TimerPanel_utime;dur={total:.3};desc=\"User CPU time\", TimerPanel_stime;dur=0.0;desc=\"System CPU time\", TimerPanel_total;dur={total:.3};desc=\"Total CPU time\", TimerPanel_total_time;dur={total:.3};desc=\"Elapsed time\", SQLPanel_sql_time;dur={sql:.3};desc=\"SQL {queries} queries\", CachePanel_total_time;dur=0;desc=\"Cache 0 Calls\""
            ),
        );
        reply.push(
            "djdt-request-id",
            &super::sessions::random_text().to_ascii_lowercase(),
        );
    }
    let compresses = extras.gzip && reply.body.len() >= SHORTEST;
    if extras.etag && call.method == "GET" {
        let tag = entity_tag(&reply.body);
        let known = call
            .header("if-none-match")
            .is_some_and(|known| matches(&known, &tag));
        if known && reply.status == StatusCode::OK {
            let mut unchanged = Reply::bare(304);
            unchanged.push("etag", &tag);
            return unchanged;
        }
        let weak = if compresses { "W/" } else { "" };
        reply.push("etag", &format!("{weak}{tag}"));
    }
    if compresses {
        reply.push("vary", "Accept-Encoding");
        if call
            .header("accept-encoding")
            .is_some_and(|accepted| accepted.contains("gzip"))
        {
            compress(&mut reply);
        }
    }
    reply
}

fn compress(reply: &mut Reply) {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let written = encoder
        .write_all(&reply.body)
        .and_then(|()| encoder.finish());
    if let Ok(bytes) = written {
        reply
            .headers
            .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        reply.push("content-encoding", "gzip");
        reply.body = Bytes::from(bytes);
    }
}

/// A strong tag of 32 hexadecimal digits, as long as Django's.
fn entity_tag(body: &[u8]) -> String {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, body).hash(&mut hasher);
        hasher.finish()
    };
    format!("\"{:016x}{:016x}\"", half(0), half(1))
}

/// Whether `If-None-Match` names the tag, weakly compared.
fn matches(known: &str, tag: &str) -> bool {
    known
        .split(',')
        .map(str::trim)
        .any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand queries at most")]
fn as_f64(count: u64) -> f64 {
    count as f64
}
