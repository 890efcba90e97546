//! One connection: a request goes out, and the head of its reply comes in.

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};

use bytes::{BufMut, Bytes, BytesMut};
use http::Method;
use tokio::io::{AsyncReadExt, AsyncWrite};
use tokio::time::Instant;

use super::head::{self, Head};
use super::{CUT_SHORT, Fault};
use crate::http::dial::{Failed, Stream};

/// What is read at once. More saves no time, and is held by every connection.
const READ: usize = 64 * 1024;

/// The most memory, in bytes, that is taken on the word of a `Content-Length`.
const ROOM: usize = 1024 * 1024;

/// Bodies up to this size, in bytes, are written together with their heads.
const TOGETHER: usize = 16 * 1024;

/// When a request went out and its reply came in, taken at the socket: just before the first byte was
/// written, and just after the first byte of the reply was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamps {
    /// Before the first byte of the request was written.
    pub sent: Instant,
    /// After the first byte of the reply was read.
    pub received: Instant,
    /// Whether the server closes the connection behind the reply: it says so, or was seen to.
    pub closes: bool,
}

pub(super) struct Connection {
    /// The server that it leads to.
    pub(super) authority: Box<str>,
    stream: Box<dyn Stream>,
    /// What was read and not taken yet.
    pub(super) buffer: BytesMut,
    /// What is written.
    out: Vec<u8>,
    /// How many replies it has brought.
    pub(super) replies: u32,
}

/// Why there is no reply.
pub(super) enum Unanswered {
    /// Nothing of the request was written.
    Unsent(io::Error),
    /// All of it was written, and the connection ended before a byte came.
    Ignored(Failed),
    Lost(Failed),
}

impl Connection {
    pub(super) fn over(stream: Box<dyn Stream>, authority: &str) -> Self {
        Self {
            authority: authority.into(),
            stream,
            buffer: BytesMut::new(),
            out: Vec::with_capacity(512),
            replies: 0,
        }
    }

    /// Whether an idle connection can still be used: the server neither closed it nor sent what nobody asked for.
    pub(super) fn is_open(&mut self) -> bool {
        let mut cx = Context::from_waker(Waker::noop());
        self.buffer.is_empty() && self.poll_fill(&mut cx).is_pending()
    }

    /// Sends a request and reads the head of its reply.
    pub(super) async fn ask(
        &mut self,
        request: &http::Request<Bytes>,
    ) -> Result<(Head, Stamps), Unanswered> {
        let mut out = std::mem::take(&mut self.out);
        out.clear();
        head::write(&mut out, request);
        let body = request.body();
        let together = body.len() <= TOGETHER;
        if together {
            out.extend_from_slice(body);
        }
        let sent = Instant::now();
        let mut early = None;
        let mut written = self.write(&out, request.method(), &mut early).await;
        self.out = out;
        if matches!(written, Written::All) && !together {
            written = match self.write(body, request.method(), &mut early).await {
                Written::Nothing(error) => Written::Some(error),
                more => more,
            };
        }
        if let Written::Nothing(error) = written {
            return Err(Unanswered::Unsent(error));
        }
        let mut received = None;
        let read = match early {
            Some((head, at)) => {
                received = Some(at);
                Ok(head)
            }
            None => self.read_head(request, &mut received).await,
        };
        match (read, written) {
            // A server that refuses a body that it has not read answers and closes.
            (Ok(mut head), written) => {
                self.replies += 1;
                head.stays &= matches!(written, Written::All);
                let stamps = Stamps {
                    sent,
                    received: received.unwrap_or(sent),
                    closes: !head.stays,
                };
                Ok((head, stamps))
            }
            (Err(_), Written::Some(error)) => Err(Unanswered::Lost(error.into())),
            (Err(error), _) if received.is_none() => Err(Unanswered::Ignored(error)),
            (Err(error), _) => Err(Unanswered::Lost(error)),
        }
    }

    /// The head of a reply; `received` is when its first byte was there.
    async fn read_head(
        &mut self,
        request: &http::Request<Bytes>,
        received: &mut Option<Instant>,
    ) -> Result<Head, Failed> {
        loop {
            if !self.buffer.is_empty() {
                received.get_or_insert_with(Instant::now);
                if let Some(head) = self.take_final(request.method())? {
                    return Ok(head);
                }
            }
            let begun = received.is_some();
            let more = poll_fn(|cx| {
                if begun {
                    self.poll_more(cx)
                } else {
                    self.poll_fill(cx)
                }
            });
            if more.await? == 0 {
                return Err(CUT_SHORT.into());
            }
        }
    }

    /// The head of the final reply, where all of it was read. Interim ones before it are passed over (RFC 9110 §15.2).
    fn take_final(&mut self, method: &Method) -> Result<Option<Head>, Fault> {
        while let Some(head) = head::take(&mut self.buffer, method)? {
            if !head.status.is_informational() || head.status == 101 {
                return Ok(Some(head));
            }
        }
        Ok(None)
    }

    /// Reads more of a reply that has begun; 0 is the end.
    pub(super) fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let polled = self.poll_fill(cx);
        self.acknowledged(polled)
    }

    /// Lets the server go on that waits for word of what came.
    fn acknowledged<T>(&self, polled: Poll<T>) -> Poll<T> {
        if polled.is_pending() {
            self.stream.acknowledge();
        }
        polled
    }

    /// Reads what there is; 0 is the end.
    fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        self.buffer.reserve(READ);
        pin!(self.stream.read_buf(&mut self.buffer)).poll(cx)
    }

    /// Reads more of a body, at most `most` bytes, behind what is in `into`, which takes room for as many beforehand; 0 is
    /// the end.
    pub(super) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        into: &mut BytesMut,
        most: u64,
    ) -> Poll<io::Result<usize>> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        into.reserve(most.min(ROOM));
        let mut part = into.limit(most.min(READ));
        let polled = pin!(self.stream.read_buf(&mut part)).poll(cx);
        self.acknowledged(polled)
    }

    /// Writes all; ends early when the server answers before it has read everything, or hangs up. The head of such an answer
    /// is in `early`, with the time at which it was there.
    async fn write(
        &mut self,
        bytes: &[u8],
        method: &Method,
        early: &mut Option<(Head, Instant)>,
    ) -> Written {
        let mut at = 0;
        let end = poll_fn(|cx| {
            while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
                match Pin::new(&mut self.stream).poll_write(cx, rest) {
                    Poll::Ready(Ok(0)) => {
                        return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
                    }
                    Poll::Ready(Ok(more)) => at += more,
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Pending => {
                        if ready!(self.poll_fill(cx))? == 0 {
                            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
                        }
                        if let Some(head) = self.take_final(method).map_err(io::Error::other)? {
                            *early = Some((head, Instant::now()));
                            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
                        }
                    }
                }
            }
            Pin::new(&mut self.stream).poll_flush(cx)
        })
        .await;
        match end {
            Ok(()) => Written::All,
            Err(error) if at == 0 => Written::Nothing(error),
            Err(error) => Written::Some(error),
        }
    }
}

/// How much of a request went out.
enum Written {
    All,
    Some(io::Error),
    Nothing(io::Error),
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;
    use tokio::io::AsyncWriteExt;

    #[tokio::test]
    async fn an_interim_reply_does_not_end_an_upload() {
        const LENGTH: usize = 100_000;
        let (client, mut server) = tokio::io::duplex(1024);
        let request = http::Request::post("http://h/")
            .body(Bytes::from(vec![b'x'; LENGTH]))
            .unwrap();
        tokio::spawn(async move {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(server.read_u8().await.unwrap());
            }
            for part in [
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early",
                " Hints\r\n\r\n",
            ] {
                server.write_all(part.as_bytes()).await.unwrap();
                server.read_exact(&mut vec![0; LENGTH / 2]).await.unwrap();
            }
            let reply = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
            server.write_all(reply).await.unwrap();
        });
        let asked = super::super::once(Box::new(client), &request);
        let reply = tokio::time::timeout(std::time::Duration::from_secs(10), asked).await;
        let reply = reply.unwrap().unwrap();
        assert_eq!(reply.into_body().collect().await.unwrap().to_bytes(), "ok");
    }
}
