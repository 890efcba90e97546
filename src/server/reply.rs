//! A reply: a status, headers in DRF's order, a body.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::long_list::LongList;

/// What goes back over the wire.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// The body in its place, where it is too long to be held.
    pub(super) list: Option<LongList>,
    /// Django named no length: gunicorn sends chunks.
    pub(super) chunked: bool,
}

/// The middle of a DRF view's reply, before the headers that Django's middleware adds.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// A JSON document; `None` for 204.
    pub(super) body: Option<String>,
    /// The document in its place, where it is too long to be held.
    pub(super) list: Option<LongList>,
    /// `WWW-Authenticate`, `Retry-After`, `Location`.
    pub(super) headers: Vec<(&'static str, String)>,
    /// What a limiter says about itself.
    pub(super) announced: Vec<(&'static str, String)>,
    /// What Django would have spent.
    pub(super) cost: Cost,
    /// How long the handler takes.
    pub(super) takes: Duration,
}

/// What a Django would have spent on a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cost {
    /// SQL queries.
    pub(super) queries: u64,
    /// Calls of the cache that throttles count in.
    pub(super) cache: u64,
}

impl Answer {
    /// 200 with a JSON document.
    pub(super) fn ok(body: impl Into<String>) -> Self {
        Self::new(200, body)
    }

    /// Any status with a JSON document.
    pub(super) fn new(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            body: Some(body.into()),
            list: None,
            headers: Vec::new(),
            announced: Vec::new(),
            cost: Cost::default(),
            takes: Duration::ZERO,
        }
    }

    /// 200 with a list that is too long to be held.
    pub(super) fn long(list: LongList) -> Self {
        Self {
            status: 200,
            list: Some(list),
            ..Self::no_content()
        }
    }

    /// The same after so many SQL queries.
    pub(super) fn after(mut self, queries: u64) -> Self {
        self.cost.queries = queries;
        self
    }

    /// 204.
    pub(super) fn no_content() -> Self {
        Self {
            status: 204,
            body: None,
            list: None,
            headers: Vec::new(),
            announced: Vec::new(),
            cost: Cost::default(),
            takes: Duration::ZERO,
        }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone)]
pub(super) enum Stop {
    /// An `APIException`: DRF answers.
    Refused(Refusal),
    /// An exception that nobody handles: Django's 500 page.
    Crash,
    /// The same before anybody knew who calls.
    CrashOfAuthentication,
    /// `SuspiciousOperation`: Django's 400 page.
    Suspicious,
}

/// An `APIException`.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) body: String,
    /// `NotAuthenticated` or `AuthenticationFailed`: the first authenticator decides between 401 and 403.
    pub(super) authentication: bool,
    /// What a limiter announces.
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal with a JSON document.
    pub(super) fn new(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            body: body.into(),
            authentication: false,
            headers: Vec::new(),
        }
    }

    /// `{"detail":"…"}`.
    pub(super) fn detail(status: u16, detail: &str) -> Self {
        Self::new(
            status,
            format!("{{\"detail\":{}}}", super::json::string(detail)),
        )
    }

    /// An authentication failure with a JSON document.
    pub(super) fn unauthenticated(body: impl Into<String>) -> Self {
        Self {
            authentication: true,
            ..Self::new(401, body)
        }
    }

    /// An authentication failure with `{"detail":"…"}`.
    pub(super) fn unauthenticated_detail(detail: &str) -> Self {
        Self {
            authentication: true,
            ..Self::detail(401, detail)
        }
    }

    /// `Not found.`
    pub(super) fn not_found() -> Self {
        Self::detail(404, "Not found.")
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Reply {
    /// A reply with no headers yet.
    pub(super) fn bare(status: u16) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: HeaderMap::with_capacity(12),
            body: Bytes::new(),
            list: None,
            chunked: false,
        }
    }

    /// Adds a header behind those that are there. A value that no header may hold is left out.
    pub(super) fn push(&mut self, name: &'static str, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(HeaderName::from_static(name), value);
        }
    }

    /// Adds a field to `Vary`, which stays one header: `patch_vary_headers`.
    pub(super) fn vary_on(&mut self, field: &str) {
        let known = self
            .headers
            .get(header::VARY)
            .and_then(|known| known.to_str().ok());
        let fields = known.map_or_else(|| field.to_owned(), |known| format!("{known}, {field}"));
        if let Ok(value) = HeaderValue::from_str(&fields) {
            self.headers.insert(header::VARY, value);
        }
    }

    /// What Django's middleware adds, in its order: framing, length, session, security.
    pub(super) fn finish(&mut self, vary_cookie: bool) {
        self.push("x-frame-options", "DENY");
        if self.status != StatusCode::NO_CONTENT && !self.chunked {
            let length = self.body.len().to_string();
            self.push("content-length", &length);
        }
        if vary_cookie {
            self.push("vary", "Cookie");
        }
        self.secure();
    }

    /// What `SecurityMiddleware` adds.
    pub(super) fn secure(&mut self) {
        self.push("x-content-type-options", "nosniff");
        self.push("referrer-policy", "same-origin");
        self.push("cross-origin-opener-policy", "same-origin");
    }
}
