//! The body of a reply, read as it is asked for; its connection is given back behind it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Frame, SizeHint};

use super::chunks::Chunks;
use super::connection::Connection;
use super::idle::Idle;
use super::{CUT_SHORT, Fault};
use crate::http::dial::Failed;

/// The most memory, in bytes, that a connection takes in exchange for what it has read.
const LARGEST_SWAP: usize = 1024 * 1024;

/// Where a body ends.
#[derive(Debug)]
pub(super) enum Framing {
    /// After so many bytes.
    Length(u64),
    Chunked(Chunks),
    /// With the connection.
    Close,
}

impl Framing {
    fn take(&mut self, buffer: &mut BytesMut) -> Result<Option<Bytes>, Fault> {
        if let Self::Chunked(chunks) = self {
            return chunks.take(buffer);
        }
        let here =
            usize::try_from(self.ahead()).map_or(buffer.len(), |most| most.min(buffer.len()));
        self.pass(here);
        Ok((here > 0).then(|| buffer.split_to(here).freeze()))
    }

    /// How many bytes come next that are all data.
    fn ahead(&self) -> u64 {
        match self {
            Self::Length(left) => *left,
            Self::Chunked(chunks) => chunks.ahead(),
            Self::Close => u64::MAX,
        }
    }

    /// So many bytes of data were taken.
    fn pass(&mut self, taken: usize) {
        match self {
            Self::Length(left) => *left -= taken as u64,
            Self::Chunked(chunks) => chunks.pass(taken),
            Self::Close => {}
        }
    }

    fn is_done(&self) -> bool {
        matches!(self, Self::Length(0) | Self::Chunked(Chunks::Done))
    }
}

/// A body whose connection is given back behind it. One that is not read to its end closes the connection.
pub(in crate::http) struct Received {
    framing: Framing,
    from: Option<(Connection, Option<Idle>)>,
}

impl Received {
    /// The body that follows a head; `home` takes the connection back where it stays open.
    pub(super) fn new(framing: Framing, connection: Connection, home: Option<Idle>) -> Self {
        let mut body = Self {
            framing,
            from: Some((connection, home)),
        };
        body.end_if_done();
        body
    }

    fn end_if_done(&mut self) {
        if self.framing.is_done()
            && let Some((connection, Some(home))) = self.from.take()
        {
            home.give_back(connection);
        }
    }

    /// The next part; `None` at the end.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Failed>> {
        while let Some((connection, _)) = &mut self.from {
            let part = self.framing.take(&mut connection.buffer)?;
            self.end_if_done();
            let Some((connection, _)) = &mut self.from else {
                return Poll::Ready(Ok(part));
            };
            if part.is_some() {
                return Poll::Ready(Ok(part));
            }
            if ready!(connection.poll_more(cx))? == 0 {
                return Poll::Ready(self.cut().map(|()| None));
            }
        }
        Poll::Ready(Ok(None))
    }

    /// Reads the next part behind what is in `into`; how many bytes, 0 at the end.
    pub(in crate::http) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        into: &mut BytesMut,
    ) -> Poll<Result<usize, Failed>> {
        let polled = ready!(self.poll_into(cx, into));
        if polled.is_err() {
            self.from = None;
        }
        Poll::Ready(polled)
    }

    fn poll_into(
        &mut self,
        cx: &mut Context<'_>,
        into: &mut BytesMut,
    ) -> Poll<Result<usize, Failed>> {
        let Some((connection, _)) = &mut self.from else {
            return Poll::Ready(Ok(0));
        };
        let (ahead, read) = (self.framing.ahead(), connection.buffer.len());
        if ahead == 0 || ahead < read as u64 {
            let part = ready!(self.poll(cx))?.unwrap_or_default();
            into.extend_from_slice(&part);
            return Poll::Ready(Ok(part.len()));
        }
        let more = if read == 0 {
            ready!(connection.poll_read(cx, into, ahead))?
        } else if into.is_empty() && into.capacity() <= LARGEST_SWAP {
            std::mem::swap(into, &mut connection.buffer);
            read
        } else {
            into.unsplit(connection.buffer.split());
            read
        };
        if more == 0 {
            return Poll::Ready(self.cut().map(|()| 0));
        }
        self.framing.pass(more);
        self.end_if_done();
        Poll::Ready(Ok(more))
    }

    /// The connection has ended.
    fn cut(&mut self) -> Result<(), Failed> {
        self.from = None;
        match self.framing {
            Framing::Close => Ok(()),
            _ => Err(CUT_SHORT.into()),
        }
    }
}

impl http_body::Body for Received {
    type Data = Bytes;
    type Error = Failed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
        let polled = ready!(self.poll(cx));
        if polled.is_err() {
            self.from = None;
        }
        Poll::Ready(polled.map(|part| part.map(Frame::data)).transpose())
    }

    fn is_end_stream(&self) -> bool {
        self.from.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        match self.framing {
            Framing::Length(left) => SizeHint::with_exact(left),
            Framing::Chunked(_) | Framing::Close => SizeHint::default(),
        }
    }
}
