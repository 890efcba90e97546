//! Whether caches can help: validators, freshness, `Vary`. Pure.

use serde::Serialize;

use crate::http::{Method, Reply};

/// What the cache-related fields of a reply amount to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct CacheReport {
    /// `hit`, `revalidates`, `validator-ignored`, `fresh`, `forbidden`, `none`; `inapplicable` for other methods
    /// than GET and HEAD.
    pub(super) verdict: &'static str,
    /// The verdict in words.
    pub(super) message: String,
    etag: Option<String>,
    last_modified: Option<String>,
    cache_control: Option<String>,
    pub(super) vary: Option<String>,
    age: Option<String>,
    /// What a conditional request (RFC 9110 §13) is answered.
    conditional_status: Option<u16>,
}

/// Reads a reply, and the status of the same request made conditional.
pub(super) fn read(method: &Method, reply: &Reply, conditional: Option<u16>) -> CacheReport {
    let field = |name: &str| reply.field(name).map(str::to_owned);
    let control = field("cache-control")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let hit = field("x-cache").is_some_and(|text| text.to_ascii_lowercase().contains("hit"));
    let validator = field("etag").or_else(|| field("last-modified"));
    let (verdict, message) = match (&field("age"), conditional) {
        (Some(age), _) => ("hit", format!("a cache answered, {age} s after the API")),
        _ if !matches!(*method, Method::GET | Method::HEAD) => (
            "inapplicable",
            format!("caches keep GET and HEAD, not {method}"),
        ),
        (None, _) if hit => ("hit", "a cache answered".to_owned()),
        _ if control.contains("no-store") => {
            ("forbidden", "no-store: nobody may keep it".to_owned())
        }
        (None, Some(304)) => (
            "revalidates",
            format!(
                "304 to a conditional request: {} bytes saved",
                reply.body.len()
            ),
        ),
        (None, Some(status)) if validator.is_some() => (
            "validator-ignored",
            format!("a conditional request is answered {status}, not 304"),
        ),
        _ if control.contains("max-age") => ("fresh", format!("kept without asking: {control}")),
        _ => (
            "none",
            "no ETag, no Last-Modified, no max-age: every request costs all of it".to_owned(),
        ),
    };
    CacheReport {
        verdict,
        message,
        etag: field("etag"),
        last_modified: field("last-modified"),
        cache_control: field("cache-control"),
        vary: field("vary"),
        age: field("age"),
        conditional_status: conditional,
    }
}
