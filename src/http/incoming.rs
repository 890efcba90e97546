//! A reply on its way.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, Version};
use http_body::Body as _;
use tokio::time::sleep;
use url::Url;

use super::dial::Failed;
use super::error::{Error, host_of};
use super::message::Reply;
use super::one::Stamps;
use super::transport::Body;

/// A reply whose head has arrived and whose body is on its way.
pub struct Incoming {
    /// The status.
    pub status: StatusCode,
    /// The header fields.
    pub headers: HeaderMap,
    /// The protocol version.
    pub version: Version,
    /// When bytes left and came, where the transport is a [`Wire`](super::Wire).
    pub stamps: Option<Stamps>,
    /// The URL that answers.
    pub url: Url,
    pub(super) body: Body,
    pub(super) timeout: Duration,
    pub(super) max_body: usize,
}

impl Incoming {
    /// The next part of the body, decompressed; `None` at its end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            let frame = self.soon(|body, cx| Pin::new(body).poll_frame(cx)).await?;
            let Some(frame) = frame.transpose().map_err(|error| self.failed(&error))? else {
                return Ok(None);
            };
            if let Ok(part) = frame.into_data() {
                return Ok(Some(part));
            }
        }
    }

    /// Reads the next part of the body, decompressed, behind what is in `into`; how many bytes, 0 at its end.
    pub async fn read(&mut self, into: &mut BytesMut) -> Result<usize, Error> {
        let read = self.soon(|body, cx| body.poll_read(cx, into)).await?;
        read.map_err(|error| self.failed(&error))
    }

    /// Waits for something of the body, no longer than may be. What is there already needs no timer.
    async fn soon<T>(
        &mut self,
        mut poll: impl FnMut(&mut Body, &mut Context<'_>) -> Poll<T>,
    ) -> Result<T, Error> {
        let mut wait = pin!(None);
        poll_fn(|cx| {
            if let Poll::Ready(done) = poll(&mut self.body, cx) {
                return Poll::Ready(Ok(done));
            }
            if wait.is_none() {
                wait.set(Some(sleep(self.timeout)));
            }
            let late = wait.as_mut().as_pin_mut().map(|wait| wait.poll(cx));
            match late {
                Some(Poll::Ready(())) => Poll::Ready(Err(Error::late(&self.url, self.timeout))),
                _ => Poll::Pending,
            }
        })
        .await
    }

    fn failed(&self, error: &Failed) -> Error {
        Error::classify(&self.url, error, self.timeout)
    }

    /// Reads the rest of the body, up to the client's cap.
    pub async fn whole(mut self) -> Result<Reply, Error> {
        let mut first: Option<Bytes> = None;
        let mut joined = BytesMut::new();
        while let Some(part) = self.chunk().await? {
            if joined.len() + first.as_ref().map_or(0, Bytes::len) + part.len() > self.max_body {
                return Err(Error::TooLarge {
                    host: host_of(&self.url),
                    limit: self.max_body,
                });
            }
            // Most bodies arrive in one part, which is then passed on uncopied.
            match first.take() {
                None if joined.is_empty() => first = Some(part),
                Some(earlier) => {
                    joined.extend_from_slice(&earlier);
                    joined.extend_from_slice(&part);
                }
                None => joined.extend_from_slice(&part),
            }
        }
        Ok(Reply {
            status: self.status,
            headers: self.headers,
            body: first.unwrap_or_else(|| joined.freeze()),
            url: self.url,
            version: self.version,
        })
    }
}
