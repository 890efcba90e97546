//! A transport that is one connection, with the instants at which bytes left and came: for measurements.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

use super::authority::Pending;
use super::dial::{Dialer, Failed};
use super::timed::origin_form;
use super::transport::{Body, Transport};

/// When a request went out and its reply came in, taken at the socket: just before the first byte was
/// written, and just after the first byte of the reply was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamps {
    /// Before the first byte of the request was written.
    pub sent: Instant,
    /// After the first byte of the reply was read.
    pub received: Instant,
}

/// One direct connection, opened beforehand or with the first request, kept alive, and opened anew where
/// the server closed it. A request that was written is never written again. One request at a time.
pub struct Wire {
    dialer: Dialer,
    open: Mutex<Option<Open>>,
}

struct Open {
    sender: Sender,
    marks: Arc<Marks>,
}

enum Sender {
    One(http1::SendRequest<Full<Bytes>>),
    Two(http2::SendRequest<Full<Bytes>>),
}

impl Wire {
    /// A connection that is not open yet.
    pub fn new(dialer: Dialer) -> Self {
        Self {
            dialer,
            open: Mutex::new(None),
        }
    }

    async fn dial(&self, uri: &Uri) -> Result<Open, Failed> {
        let marks = Arc::new(Marks::new());
        let seen = Arc::clone(&marks);
        let wrap = |tcp| Marked { tcp, marks: seen };
        let stream = TokioIo::new(self.dialer.dial(uri, wrap).await?.stream);
        // The connections' tasks end with the senders, or with an error that the sender is told.
        let sender = if self.dialer.is_http2() {
            let (sender, connection) = http2::handshake(TokioExecutor::new(), stream).await?;
            tokio::spawn(connection);
            Sender::Two(sender)
        } else {
            let (sender, connection) = http1::handshake(stream).await?;
            tokio::spawn(connection);
            Sender::One(sender)
        };
        Ok(Open { sender, marks })
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Body>, Failed> {
        let uri = request.uri().clone();
        let mut request = if self.dialer.is_http2() {
            let mut request = request.map(Full::new);
            *request.version_mut() = http::Version::HTTP_2;
            request
        } else {
            origin_form(request, &uri)?
        };
        // Out of its slot while in use: a caller that gives up gives up the connection.
        let mut slot = self.open.lock().await;
        let mut idle = slot.take();
        loop {
            let reused = match &mut idle {
                Some(open) => open.sender.ready().await,
                None => false,
            };
            let mut open = match idle.take() {
                Some(open) if reused => open,
                _ => self.dial(&uri).await?,
            };
            let started = Instant::now();
            open.marks.arm();
            match open.sender.try_send(request).await {
                Ok(reply) => {
                    let mut reply = reply.map(|body| body.map_err(Into::into).boxed_unsync());
                    let stamps = open.marks.stamps(started, Instant::now());
                    reply.extensions_mut().insert(stamps);
                    *slot = Some(open);
                    return Ok(reply);
                }
                // Nothing of it was written: the server had closed the idle connection.
                Err((_, Some(unsent))) if reused => request = unsent,
                Err((error, _)) => return Err(error.into()),
            }
        }
    }
}

type Unsent = (hyper::Error, Option<http::Request<Full<Bytes>>>);

impl Sender {
    fn is_closed(&self) -> bool {
        match self {
            Self::One(sender) => sender.is_closed(),
            Self::Two(sender) => sender.is_closed(),
        }
    }

    /// Waits until the last reply is out of the way; false where the connection is at its end.
    async fn ready(&mut self) -> bool {
        match self {
            Self::One(sender) => sender.ready().await.is_ok(),
            Self::Two(sender) => sender.ready().await.is_ok(),
        }
    }

    async fn try_send(
        &mut self,
        request: http::Request<Full<Bytes>>,
    ) -> Result<http::Response<Incoming>, Unsent> {
        let sent = match self {
            Self::One(sender) => sender.try_send_request(request).await,
            Self::Two(sender) => sender.try_send_request(request).await,
        };
        sent.map_err(|mut error| {
            let unsent = error.take_message();
            (error.into_error(), unsent)
        })
    }
}

impl Transport for Wire {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> Pending<'_, Result<http::Response<Body>, Failed>> {
        Box::pin(self.exchange(request))
    }

    fn prepare<'a>(&'a self, url: &'a Url) -> Pending<'a, Result<(), Failed>> {
        Box::pin(async move {
            let uri: Uri = url.as_str().parse()?;
            let mut open = self.open.lock().await;
            if open.as_ref().is_none_or(|open| open.sender.is_closed()) {
                *open = Some(self.dial(&uri).await?);
            }
            Ok(())
        })
    }
}

/// The first write and the first read since they were armed, in nanoseconds since `base`; 0 is none yet.
struct Marks {
    base: Instant,
    wrote: AtomicU64,
    read: AtomicU64,
}

impl Marks {
    fn new() -> Self {
        Self {
            base: Instant::now(),
            wrote: AtomicU64::new(0),
            read: AtomicU64::new(0),
        }
    }

    fn arm(&self) {
        self.wrote.store(0, Ordering::Relaxed);
        self.read.store(0, Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.base.elapsed().as_nanos())
            .unwrap_or(u64::MAX)
            .max(1)
    }

    /// The instants marked, or those around the call where a mark is missing.
    fn stamps(&self, before: Instant, after: Instant) -> Stamps {
        let at = |nanos: u64, other: Instant| match nanos {
            0 => other,
            nanos => self.base + Duration::from_nanos(nanos),
        };
        Stamps {
            sent: at(self.wrote.load(Ordering::Relaxed), before),
            received: at(self.read.load(Ordering::Relaxed), after),
        }
    }
}

/// A socket that marks the first write and the first read after it.
struct Marked {
    tcp: tokio::net::TcpStream,
    marks: Arc<Marks>,
}

impl Marked {
    fn writes(&self) {
        if self.marks.wrote.load(Ordering::Relaxed) == 0 {
            self.marks.wrote.store(self.marks.now(), Ordering::Relaxed);
        }
    }
}

impl AsyncRead for Marked {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.tcp).poll_read(cx, buffer);
        let marks = &self.marks;
        if buffer.filled().len() > before
            && marks.wrote.load(Ordering::Relaxed) != 0
            && marks.read.load(Ordering::Relaxed) == 0
        {
            marks.read.store(marks.now(), Ordering::Relaxed);
        }
        polled
    }
}

impl AsyncWrite for Marked {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.writes();
        Pin::new(&mut self.tcp).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.writes();
        Pin::new(&mut self.tcp).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
