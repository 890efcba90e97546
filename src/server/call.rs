//! A request, as Django's `HttpRequest` sees it.

use bytes::Bytes;
use http::HeaderMap;

use super::query::Query;

/// One request with its whole body.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) method: String,
    /// The path, percent-decoded.
    pub(super) path: String,
    /// What follows the question mark, as it was sent.
    pub(super) raw_query: String,
    pub(super) query: Query,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// `REMOTE_ADDR`.
    pub(super) peer: String,
    /// Which worker process answers.
    pub(super) worker: usize,
}

impl Call {
    /// A request from its parts; `target` is path and query.
    pub(super) fn new(method: &str, target: &str, headers: HeaderMap, body: Bytes) -> Self {
        let (raw_path, raw_query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            path: percent_encoding::percent_decode_str(raw_path)
                .decode_utf8_lossy()
                .into_owned(),
            raw_query: raw_query.to_owned(),
            query: Query::parse(raw_query),
            headers,
            body,
            peer: "127.0.0.1".to_owned(),
            worker: 0,
        }
    }

    /// A header's value; repeated fields are joined as WSGI servers do.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let mut values = self.headers.get_all(name).iter();
        let mut joined = latin1(values.next()?.as_bytes());
        for value in values {
            joined.push(',');
            joined.push_str(&latin1(value.as_bytes()));
        }
        Some(joined)
    }

    /// The value of a cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        self.header("cookie")?
            .split(';')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| key.trim() == name)
            .map(|(_, value)| value.trim().to_owned())
    }

    /// `request.get_host()`: the `Host` field as it was sent.
    pub(super) fn host(&self) -> String {
        self.header("host")
            .unwrap_or_else(|| "127.0.0.1".to_owned())
    }

    /// The host without its port; an IPv6 address keeps its brackets.
    pub(super) fn hostname(&self) -> String {
        let mut host = self.host();
        let end = match host.find(']') {
            Some(bracket) => bracket + 1,
            None => host.find(':').unwrap_or(host.len()),
        };
        host.truncate(end);
        host
    }

    /// Whether Django takes the `Host` field for one (`validate_host` under `ALLOWED_HOSTS = ["*"]`): a name of letters,
    /// digits, dots and hyphens or an address in brackets, and perhaps a port.
    pub(super) fn has_valid_host(&self) -> bool {
        let host = self.host().to_lowercase();
        let (name, port) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((inside, rest)) => (inside, rest),
            None => host
                .find(':')
                .map_or((host.as_str(), ""), |at| host.split_at(at)),
        };
        let is_address = host.starts_with('[');
        let of = |extra: &[u8]| {
            name.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || extra.contains(&byte)
            })
        };
        let is_port = port.is_empty()
            || port
                .strip_prefix(':')
                .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        is_port
            && if is_address {
                of(b".:abcdef")
            } else {
                of(b".-")
            }
    }

    /// gunicorn believes `X-Forwarded-Proto` of a peer on this machine.
    pub(super) fn scheme(&self) -> &'static str {
        let local = self.peer == "127.0.0.1" || self.peer == "::1";
        match self.header("x-forwarded-proto") {
            Some(value) if local && value == "https" => "https",
            _ => "http",
        }
    }

    /// `request.build_absolute_uri()` without the query.
    pub(super) fn absolute_path(&self) -> String {
        format!("{}://{}{}", self.scheme(), self.host(), self.path_for_uri())
    }

    /// `request.build_absolute_uri()`.
    pub(super) fn absolute_uri(&self) -> String {
        let mark = if self.raw_query.is_empty() { "" } else { "?" };
        format!("{}{mark}{}", self.absolute_path(), self.raw_query)
    }

    /// The path as `escape_uri_path` writes it.
    pub(super) fn path_for_uri(&self) -> String {
        const KEPT: &[u8] = b"/:&+$,@!*'()~-._;=";
        let mut out = String::with_capacity(self.path.len());
        for byte in self.path.bytes() {
            if byte.is_ascii_alphanumeric() || KEPT.contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
        out
    }

    /// Whether the method only reads (`SAFE_METHODS`).
    pub(super) fn is_safe(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS")
    }
}

/// Header bytes as WSGI shows them: one character a byte.
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
