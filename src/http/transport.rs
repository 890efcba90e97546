//! The seam between the client and the wire.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use url::Url;

use super::authority::Pending;
use super::dial::Failed;
use super::one::Received;

/// A body that arrives in parts.
pub struct Body(Kind);

enum Kind {
    /// From a connection of ours, which can read into any memory.
    Received(Received),
    Other(UnsyncBoxBody<Bytes, Failed>),
}

impl Body {
    /// A body of any kind.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Failed>,
    {
        Self(Kind::Other(body.map_err(Into::into).boxed_unsync()))
    }

    /// Reads the next part behind what is in `into`; how many bytes, 0 at the end.
    pub(super) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        into: &mut BytesMut,
    ) -> Poll<Result<usize, Failed>> {
        let other = match &mut self.0 {
            Kind::Received(body) => return body.poll_read(cx, into),
            Kind::Other(other) => other,
        };
        while let Some(frame) = ready!(Pin::new(&mut *other).poll_frame(cx)?) {
            if let Ok(part) = frame.into_data()
                && !part.is_empty()
            {
                into.extend_from_slice(&part);
                return Poll::Ready(Ok(part.len()));
            }
        }
        Poll::Ready(Ok(0))
    }
}

impl From<Received> for Body {
    fn from(body: Received) -> Self {
        Self(Kind::Received(body))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Failed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
        match &mut self.0 {
            Kind::Received(body) => Pin::new(body).poll_frame(cx),
            Kind::Other(body) => Pin::new(body).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Kind::Received(body) => body.is_end_stream(),
            Kind::Other(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Received(body) => body.size_hint(),
            Kind::Other(body) => body.size_hint(),
        }
    }
}

/// Carries one request and brings the head of its reply: the network, or a service in this process.
pub trait Transport: Send + Sync {
    /// Sends one request once; only what a closed connection did not carry to the server is sent on another.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> Pending<'_, Result<http::Response<Body>, Failed>>;

    /// Opens the connection to the server of `url`, where the transport is a single one.
    fn prepare<'a>(&'a self, _url: &'a Url) -> Pending<'a, Result<(), Failed>> {
        Box::pin(async { Ok(()) })
    }
}
