//! A reply on its way.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, Version};
use http_body_util::BodyExt;
use tokio::time::timeout;
use url::Url;

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
            let frame = timeout(self.timeout, self.body.frame())
                .await
                .map_err(|_| Error::late(&self.url, self.timeout))?;
            let Some(frame) = frame else { return Ok(None) };
            let frame = frame.map_err(|error| Error::classify(&self.url, &error, self.timeout))?;
            if let Ok(part) = frame.into_data() {
                return Ok(Some(part));
            }
        }
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
