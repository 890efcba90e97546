//! Compressed replies, taken apart as they come.

use std::io;

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder};
use futures_util::{StreamExt, TryStreamExt, stream};
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, RANGE};
use http::{HeaderMap, HeaderValue, Response};
use http_body::Frame;
use http_body_util::{BodyExt, StreamBody};
use tokio::io::{AsyncBufReadExt, AsyncRead};
use tokio_util::io::{ReaderStream, StreamReader};

use super::transport::Body;

/// What is asked for.
const ACCEPTED: HeaderValue = HeaderValue::from_static("gzip, br");

/// What is taken apart at once, in bytes.
const PART: usize = 32 * 1024;

/// The codings that can be taken apart (RFC 9110 §8.4.1).
#[derive(Clone, Copy)]
enum Coding {
    Gzip,
    Brotli,
}

impl Coding {
    fn of(fields: &HeaderMap) -> Option<Self> {
        let name = fields.get(CONTENT_ENCODING)?.as_bytes();
        let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
        match () {
            () if is("gzip") || is("x-gzip") => Some(Self::Gzip),
            () if is("br") => Some(Self::Brotli),
            () => None,
        }
    }
}

/// Asks for a compressed reply; a part of one would be a part of nothing.
pub(super) fn ask(fields: &mut HeaderMap) {
    if !fields.contains_key(ACCEPT_ENCODING) && !fields.contains_key(RANGE) {
        fields.insert(ACCEPT_ENCODING, ACCEPTED);
    }
}

/// The reply as its server meant it, without the fields that speak of the compression.
pub(super) fn inflated(reply: Response<Body>) -> Response<Body> {
    let (mut head, body) = reply.into_parts();
    let Some(coding) = Coding::of(&head.headers) else {
        return Response::from_parts(head, body);
    };
    head.headers.remove(CONTENT_ENCODING);
    head.headers.remove(CONTENT_LENGTH);
    let parts = body.into_data_stream().map_err(io::Error::other);
    let mut packed = StreamReader::new(parts);
    let unpacked = stream::once(async move {
        // A reply to HEAD, and a 304, names the coding of what does not come.
        if packed.fill_buf().await?.is_empty() {
            return Ok(stream::empty().left_stream());
        }
        let unpacked: Box<dyn AsyncRead + Send + Unpin> = match coding {
            Coding::Gzip => {
                let mut members = GzipDecoder::new(packed);
                // They are one text (RFC 1952 §2.2), also where a later one comes later.
                members.multiple_members(true);
                Box::new(members)
            }
            Coding::Brotli => Box::new(BrotliDecoder::new(packed)),
        };
        Ok::<_, io::Error>(ReaderStream::with_capacity(unpacked, PART).right_stream())
    });
    let body = StreamBody::new(Box::pin(unpacked.try_flatten()).map_ok(Frame::data));
    Response::from_parts(head, Body::new(body))
}
