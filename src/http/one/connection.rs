//! One connection: a request goes out, and the head of its reply comes in.

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bytes::{BufMut, Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWrite};
use tokio::time::Instant;

use super::CUT_SHORT;
use super::head::{self, Head};
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
        let mut written = self.write(&out).await;
        self.out = out;
        if matches!(written, Written::All) && !together {
            written = match self.write(body).await {
                Written::Nothing(error) => Written::Some(error),
                more => more,
            };
        }
        if let Written::Nothing(error) = written {
            return Err(Unanswered::Unsent(error));
        }
        let mut received = None;
        let read = self.read_head(request, &mut received).await;
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
                match head::take(&mut self.buffer, request.method())? {
                    // An interim reply: the final one follows (RFC 9110 §15.2).
                    Some(head) if head.status.is_informational() && head.status != 101 => continue,
                    Some(head) => return Ok(head),
                    None => {}
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

    /// Writes all; ends early when the server answers before it has read everything, or hangs up.
    async fn write(&mut self, bytes: &[u8]) -> Written {
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
                        return match self.poll_fill(cx) {
                            Poll::Ready(Ok(_)) => {
                                Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()))
                            }
                            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
                            Poll::Pending => Poll::Pending,
                        };
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
