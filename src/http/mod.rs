//! The one HTTP client, shared by every command.
//!
//! One call is one request on the wire: no redirect is followed and nothing is resent unless a flow asks for it by the name
//! of the call, or a kept connection was closed before the server read the request (RFC 9112 §9.3.1). Credentials go to
//! the origin of the base URL and nowhere else.

mod address;
mod again;
mod authority;
mod client;
mod dial;
mod error;
mod event;
mod incoming;
mod inflate;
mod message;
mod network;
mod one;
mod plain;
mod redact;
mod redirect;
mod retry;
mod timed;
mod transport;
mod trusting;
mod two;
mod wire;

pub use address::{absolute, join};
pub use authority::{Authority, Credential, Pending, Refusal};
pub use client::Client;
pub use dial::Dialer;
pub use error::Error;
pub use event::{Event, Observer};
pub use incoming::Incoming;
pub use message::{Reply, Request};
pub use network::{Network, Settings, has_system_proxy};
pub use one::Stamps;
pub use redact::{is_sensitive_header, shown_headers, shown_url};
pub use redirect::{Hop, hop};
pub use retry::{Decision, Policy, retry_after};
pub use timed::{Phases, Timed};
pub use transport::{Body, Transport};
pub use wire::Wire;

pub use bytes::Bytes;
pub use http::header;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version};
pub use url::Url;
