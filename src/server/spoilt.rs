//! Bodies that do not come as they should.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::Sleep;

use super::faults::Fault;

/// How many pieces a slow body comes in, and how far apart.
const PIECES: usize = 10;
const PAUSE: Duration = Duration::from_millis(100);

/// A body under a fault.
pub(super) struct Spoilt {
    rest: Bytes,
    /// How long it claims to be.
    claimed: u64,
    piece: usize,
    pause: Option<Pin<Box<Sleep>>>,
    end: End,
}

/// What comes after the last byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Proper,
    Broken,
    /// Nothing, for ever.
    Silence,
}

impl End {
    /// How a body ends under a fault.
    pub(super) fn after(fault: Fault) -> Self {
        match fault {
            Fault::Drip(_) => Self::Proper,
            Fault::Stall(_) => Self::Silence,
            _ => Self::Broken,
        }
    }
}

impl Spoilt {
    /// The body as the fault lets it through.
    pub(super) fn new(body: &Bytes, fault: Fault) -> Self {
        let length = body.len();
        let slow = matches!(fault, Fault::Drip(_));
        let kept = if matches!(fault, Fault::Truncate(_) | Fault::Stall(_)) {
            length / 2
        } else {
            length
        };
        let surplus = if matches!(fault, Fault::WrongLength(_)) {
            7
        } else {
            0
        };
        Self {
            rest: body.slice(..kept),
            claimed: (length + surplus) as u64,
            piece: if slow {
                length.div_ceil(PIECES).max(1)
            } else {
                length.max(1)
            },
            pause: slow.then(|| Box::pin(tokio::time::sleep(PAUSE))),
            end: End::after(fault),
        }
    }

    /// How long the body claims to be.
    pub(super) fn claimed(&self) -> u64 {
        self.claimed
    }
}

impl http_body::Body for Spoilt {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(context));
            pause.as_mut().reset(tokio::time::Instant::now() + PAUSE);
        }
        if self.rest.is_empty() {
            return match self.end {
                End::Proper => Poll::Ready(None),
                End::Broken => Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into()))),
                // Nobody is woken: the connection ends when the client gives up or the server stops.
                End::Silence => Poll::Pending,
            };
        }
        let piece = self.piece.min(self.rest.len());
        let bytes = self.rest.split_to(piece);
        if self.end == End::Broken && self.pause.is_none() {
            // What was sent must have left before the connection breaks, or nothing at all arrives.
            self.pause = Some(Box::pin(tokio::time::sleep(PAUSE)));
        }
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
