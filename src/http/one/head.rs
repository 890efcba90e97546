//! Heads, written and read.

use std::mem::MaybeUninit;

use bytes::{Buf, Bytes, BytesMut};
use http::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version};
use httparse::{ParserConfig, Status};

use super::Fault;
use super::body::Framing;
use super::chunks::Chunks;

/// The longest head that is taken, in bytes, and the most fields.
const LONGEST: usize = 256 * 1024;
const FIELDS: usize = 256;

/// The head of a reply, and how to read what follows it.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) version: Version,
    pub(super) headers: HeaderMap,
    pub(super) framing: Framing,
    /// Whether another request may follow on the connection.
    pub(super) stays: bool,
}

/// Writes the head of a request in origin form (RFC 9112 §3.2.1).
pub(super) fn write(out: &mut Vec<u8>, request: &http::Request<Bytes>) {
    let uri = request.uri();
    out.extend_from_slice(request.method().as_str().as_bytes());
    out.push(b' ');
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    if path.starts_with('?') {
        out.push(b'/');
    }
    out.extend_from_slice(path.as_bytes());
    out.extend_from_slice(match request.version() {
        Version::HTTP_10 => b" HTTP/1.0\r\n",
        _ => b" HTTP/1.1\r\n",
    });
    let fields = request.headers();
    if !fields.contains_key(HOST) {
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        let host = authority.rsplit('@').next().unwrap_or(authority);
        field(out, &HOST, host.as_bytes());
    }
    for (name, value) in fields {
        field(out, name, value.as_bytes());
    }
    let length = request.body().len();
    // Methods that give a body a meaning say that there is none (RFC 9110 §8.6).
    let says = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    if (length > 0 || says) && !fields.contains_key(CONTENT_LENGTH) {
        field(out, &CONTENT_LENGTH, length.to_string().as_bytes());
    }
    out.extend_from_slice(b"\r\n");
}

fn field(out: &mut Vec<u8>, name: &HeaderName, value: &[u8]) {
    out.extend_from_slice(name.as_str().as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
}

/// Takes the head of the reply to a request with `method` out of the buffer; `None` when there is more of it to come.
pub(super) fn take(buffer: &mut BytesMut, method: &Method) -> Result<Option<Head>, Fault> {
    let mut fields = [const { MaybeUninit::uninit() }; FIELDS];
    let mut reply = httparse::Response::new(&mut []);
    let length = match ParserConfig::default().parse_response_with_uninit_headers(
        &mut reply,
        buffer,
        &mut fields,
    ) {
        Ok(Status::Complete(length)) => length,
        Ok(Status::Partial) if buffer.len() < LONGEST => return Ok(None),
        Ok(Status::Partial) => return Err(Fault("the head of the reply does not end")),
        Err(httparse::Error::TooManyHeaders) => {
            return Err(Fault("the reply has too many header fields"));
        }
        Err(_) => return Err(Fault("the reply is not HTTP/1")),
    };
    // The fields share one copy of the head: the buffer is for what follows.
    let text = Bytes::copy_from_slice(&buffer[..length]);
    let start = buffer.as_ptr().addr();
    let mut headers = HeaderMap::with_capacity(reply.headers.len());
    for field in reply.headers.iter() {
        let at = field.value.as_ptr().addr() - start;
        let value = text.slice(at..at + field.value.len());
        let name = HeaderName::from_bytes(field.name.as_bytes());
        let value = HeaderValue::from_maybe_shared(value);
        let (Ok(name), Ok(value)) = (name, value) else {
            return Err(Fault("the reply has a malformed header field"));
        };
        headers.append(name, value);
    }
    let status = reply.code.and_then(|code| StatusCode::from_u16(code).ok());
    let status = status.ok_or(Fault("the reply has no valid status"))?;
    let version = match reply.version {
        Some(0) => Version::HTTP_10,
        _ => Version::HTTP_11,
    };
    buffer.advance(length);
    let framing = framing(method, status, &headers)?;
    let doubtful = headers.contains_key(TRANSFER_ENCODING)
        && (version == Version::HTTP_10 || headers.contains_key(CONTENT_LENGTH));
    let stays = !doubtful && stays_open(version, status, &headers);
    Ok(Some(Head {
        status,
        version,
        headers,
        framing,
        stays,
    }))
}

/// How long the body is (RFC 9112 §6.3).
fn framing(method: &Method, status: StatusCode, headers: &HeaderMap) -> Result<Framing, Fault> {
    let bare = [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&status);
    if method == Method::HEAD || status.is_informational() || bare {
        return Ok(Framing::Length(0));
    }
    if let Some(last) = headers.get_all(TRANSFER_ENCODING).iter().next_back() {
        let last = last.as_bytes().rsplit(|&byte| byte == b',').next();
        let chunked = last.is_some_and(|last| last.trim_ascii().eq_ignore_ascii_case(b"chunked"));
        return Ok(if chunked {
            Framing::Chunked(Chunks::default())
        } else {
            Framing::Close
        });
    }
    let mut length = None;
    for value in headers.get_all(CONTENT_LENGTH) {
        for value in value.as_bytes().split(|&byte| byte == b',') {
            let value = number(value.trim_ascii());
            let value = value.ok_or(Fault("the reply has a malformed Content-Length"))?;
            if *length.get_or_insert(value) != value {
                return Err(Fault("the reply has two lengths"));
            }
        }
    }
    Ok(length.map_or(Framing::Close, Framing::Length))
}

fn number(digits: &[u8]) -> Option<u64> {
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Whether the server keeps the connection open (RFC 9112 §9.3).
fn stays_open(version: Version, status: StatusCode, headers: &HeaderMap) -> bool {
    let says = |word: &[u8]| {
        headers
            .get_all(CONNECTION)
            .iter()
            .flat_map(|value| value.as_bytes().split(|&byte| byte == b','))
            .any(|option| option.trim_ascii().eq_ignore_ascii_case(word))
    };
    status != StatusCode::SWITCHING_PROTOCOLS
        && !says(b"close")
        && (version == Version::HTTP_11 || says(b"keep-alive"))
}
