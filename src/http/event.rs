//! What a client tells of its traffic.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode, Version};
use url::Url;

/// What a client reports of its traffic, for `--verbose`.
#[derive(Debug)]
pub enum Event<'a> {
    /// A request is about to be sent; its credentials are marked sensitive.
    Sent {
        /// The method.
        method: &'a Method,
        /// The URL.
        url: &'a Url,
        /// The header fields.
        headers: &'a HeaderMap,
    },
    /// The head of a reply arrived.
    Received {
        /// The protocol version.
        version: Version,
        /// The status.
        status: StatusCode,
        /// The header fields.
        headers: &'a HeaderMap,
        /// Time since the request was sent.
        elapsed: Duration,
    },
}

/// Sees every request and reply head as it passes.
pub type Observer = Arc<dyn Fn(&Event<'_>) + Send + Sync>;
