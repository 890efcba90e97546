//! The seam between the client and the wire.

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use url::Url;

use super::authority::Pending;

/// A body that arrives in parts.
pub type Body = UnsyncBoxBody<Bytes, Box<dyn std::error::Error + Send + Sync>>;

/// Carries one request and brings the head of its reply: the network, or a service in this process.
pub trait Transport: Send + Sync {
    /// Sends one request exactly once.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> Pending<'_, Result<http::Response<Body>, Box<dyn std::error::Error + Send + Sync>>>;

    /// Opens the connection to the server of `url`, where the transport is a single one.
    fn prepare<'a>(
        &'a self,
        _url: &'a Url,
    ) -> Pending<'a, Result<(), Box<dyn std::error::Error + Send + Sync>>> {
        Box::pin(async { Ok(()) })
    }
}
