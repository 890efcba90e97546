//! One HTTP/2 connection (RFC 9113), with the instants at which bytes left and came.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http_body_util::Full;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use super::dial::{Dialer, Failed, Stream};
use super::one::Stamps;
use super::transport::Body;

pub(super) struct Two {
    sender: http2::SendRequest<Full<Bytes>>,
    marks: Arc<Marks>,
}

/// An error, with the request where nothing of it was written.
type Unsent = (hyper::Error, Option<http::Request<Bytes>>);

impl Two {
    pub(super) async fn dial(dialer: &Dialer, uri: &Uri) -> Result<Self, Failed> {
        let marks = Arc::new(Marks::new());
        let seen = Arc::clone(&marks);
        let wrap = |tcp| Marked { tcp, marks: seen };
        let stream = TokioIo::new(dialer.dial(uri, wrap).await?.stream);
        let (sender, connection) = http2::handshake(TokioExecutor::new(), stream).await?;
        // It ends with the sender, or with an error that the sender is told.
        tokio::spawn(connection);
        Ok(Self { sender, marks })
    }

    pub(super) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// Waits until the last reply is out of the way; false where the connection is at its end.
    pub(super) async fn is_ready(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }

    pub(super) async fn ask(
        &mut self,
        request: http::Request<Bytes>,
    ) -> Result<(http::Response<Body>, Stamps), Unsent> {
        let started = Instant::now();
        self.marks.arm();
        let (mut head, body) = request.into_parts();
        head.version = http::Version::HTTP_2;
        let request = http::Request::from_parts(head, Full::new(body.clone()));
        match self.sender.try_send_request(request).await {
            Ok(reply) => {
                let stamps = self.marks.stamps(started, Instant::now());
                let reply = reply.map(Body::new);
                Ok((reply, stamps))
            }
            Err(mut error) => {
                let unsent = error.take_message();
                let unsent = unsent.map(|request| request.map(|_| body));
                Err((error.into_error(), unsent))
            }
        }
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
            closes: false,
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

impl Stream for Marked {}

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
