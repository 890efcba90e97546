//! The client: base URL, origin rule, credentials, caps.

use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderValue, USER_AGENT};
use http::{HeaderMap, HeaderName};
use tokio::time::{Instant, timeout};
use url::Url;

use super::address::join;
use super::authority::{Authority, Credential};
use super::error::Error;
use super::event::{Event, Observer};
use super::incoming::Incoming;
use super::message::{Reply, Request};
use super::transport::Transport;

const AGENT: &str = concat!("apictl/", env!("CARGO_PKG_VERSION"));
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_MAX_BODY: usize = 256 * 1024 * 1024;

/// Sends requests relative to a base URL. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    base: Url,
    authority: Option<Arc<dyn Authority>>,
    headers: HeaderMap,
    agent: HeaderValue,
    timeout: Duration,
    max_body: usize,
    observer: Option<Observer>,
}

impl Client {
    /// An anonymous client of the API at `base`.
    pub fn new(transport: Arc<dyn Transport>, base: Url) -> Self {
        Self {
            transport,
            base,
            authority: None,
            headers: HeaderMap::new(),
            agent: HeaderValue::from_static(AGENT),
            timeout: DEFAULT_TIMEOUT,
            max_body: DEFAULT_MAX_BODY,
            observer: None,
        }
    }

    /// The same client on another transport.
    #[must_use]
    pub fn with_transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = transport;
        self
    }

    /// The same client as somebody; `None` makes it anonymous.
    #[must_use]
    pub fn with_authority(mut self, authority: Option<Arc<dyn Authority>>) -> Self {
        self.authority = authority;
        self
    }

    /// Header fields for every request to the base origin. Other origins never see them: they may be credentials.
    #[must_use]
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// The same client without these of the user's header fields.
    #[must_use]
    pub fn without(mut self, names: &[HeaderName]) -> Self {
        for name in names {
            self.headers.remove(name);
        }
        self
    }

    /// Another `User-Agent`.
    #[must_use]
    pub fn with_agent(mut self, agent: HeaderValue) -> Self {
        self.agent = agent;
        self
    }

    /// The same client with the `User-Agent` of another.
    #[must_use]
    pub fn with_agent_of(mut self, other: &Self) -> Self {
        self.agent = other.agent.clone();
        self
    }

    /// The longest wait for the head of a reply, and for each further part of its body.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The largest body [`Client::send`] takes, in bytes.
    #[must_use]
    pub fn with_max_body(mut self, max_body: usize) -> Self {
        self.max_body = max_body;
        self
    }

    /// Reports traffic to `observer`.
    #[must_use]
    pub fn with_observer(mut self, observer: Option<Observer>) -> Self {
        self.observer = observer;
        self
    }

    /// The base URL.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// Joins a URL or a path to the base URL, as [`join`] does.
    pub fn url(&self, text: &str) -> Result<Url, Error> {
        join(&self.base, text)
    }

    /// Whether requests carry no credential of the client's own.
    pub fn is_anonymous(&self) -> bool {
        self.authority.is_none()
    }

    /// Whether `url` has the scheme, host and port of the base URL (RFC 6454).
    pub fn is_base_origin(&self, url: &Url) -> bool {
        url.scheme() == self.base.scheme()
            && url.host().is_some()
            && url.host() == self.base.host()
            && url.port_or_known_default() == self.base.port_or_known_default()
    }

    /// Opens the connection to the server of `url` beforehand, where the transport is a single connection.
    pub async fn prepare(&self, url: &Url) -> Result<(), Error> {
        let opened = timeout(self.timeout, self.transport.prepare(url)).await;
        opened
            .map_err(|_| Error::late(url, self.timeout))?
            .map_err(|error| Error::classify(url, &error, self.timeout))
    }

    /// Obtains the credential that requests will carry, and renews it where its time is up: a request does so by itself,
    /// but what is measured must not.
    pub async fn authorize(&self) -> Result<(), Error> {
        self.credential().await.map(drop)
    }

    async fn credential(&self) -> Result<Option<Credential>, Error> {
        match &self.authority {
            Some(authority) => authority.credential().await.map_err(Error::Credential),
            None => Ok(None),
        }
    }

    /// Sends one request once and reads its whole reply.
    pub async fn send(&self, request: Request) -> Result<Reply, Error> {
        self.open(request).await?.whole().await
    }

    /// Sends one request once and returns as soon as the head of its reply is there.
    pub async fn open(&self, request: Request) -> Result<Incoming, Error> {
        let credential = self.credential_for(&request).await?;
        self.open_as(request, credential.as_ref()).await
    }

    pub(super) fn authority(&self) -> Option<&Arc<dyn Authority>> {
        self.authority.as_ref()
    }

    pub(super) async fn credential_for(
        &self,
        request: &Request,
    ) -> Result<Option<Credential>, Error> {
        if request.bare || !self.is_base_origin(&request.url) {
            return Ok(None);
        }
        self.credential().await
    }

    pub(super) async fn open_as(
        &self,
        request: Request,
        credential: Option<&Credential>,
    ) -> Result<Incoming, Error> {
        let Request {
            method,
            url,
            headers,
            body,
            asked,
            ..
        } = request;
        let headers = self.assemble(&url, &headers, credential)?;
        if let Some(observer) = &self.observer {
            observer(&Event::Sent {
                method: &method,
                url: &url,
                headers: &headers,
            });
        }
        let mut message = http::Request::new(body.unwrap_or_default());
        *message.method_mut() = method;
        if let Some(asked) = asked {
            *message.version_mut() = asked;
        }
        *message.uri_mut() = url
            .as_str()
            .parse()
            .map_err(|error: http::uri::InvalidUri| Error::Url {
                url: url.to_string(),
                why: error.to_string(),
            })?;
        *message.headers_mut() = headers;

        let started = Instant::now();
        let reply = timeout(self.timeout, self.transport.send(message))
            .await
            .map_err(|_| Error::late(&url, self.timeout))?
            .map_err(|error| Error::classify(&url, &error, self.timeout))?;
        let (head, body) = reply.into_parts();
        if let Some(observer) = &self.observer {
            observer(&Event::Received {
                version: head.version,
                status: head.status,
                headers: &head.headers,
                elapsed: started.elapsed(),
            });
        }
        Ok(Incoming {
            status: head.status,
            headers: head.headers,
            version: head.version,
            stamps: head.extensions.get().copied(),
            url,
            body,
            timeout: self.timeout,
            max_body: self.max_body,
        })
    }

    /// The fields of a request, most particular last: the client's, the credential's, the user's, its own.
    fn assemble(
        &self,
        url: &Url,
        own: &HeaderMap,
        credential: Option<&Credential>,
    ) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::with_capacity(6);
        headers.insert(
            ACCEPT,
            HeaderValue::from_static("application/json, */*;q=0.5"),
        );
        // Texts in replies are translated by DRF; findings and errors quote them.
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
        headers.insert(USER_AGENT, self.agent.clone());
        if let Some(credential) = credential {
            credential.apply(&mut headers).map_err(|name| Error::Setup {
                what: format!("the credential holds characters that the header field '{name}' cannot carry"),
                source: None,
            })?;
        }
        if self.is_base_origin(url) {
            replace(&mut headers, &self.headers);
        }
        replace(&mut headers, own);
        Ok(headers)
    }
}

/// Puts the fields of `others` in place of those of the same name.
fn replace(headers: &mut HeaderMap, others: &HeaderMap) {
    for name in others.keys() {
        headers.remove(name);
    }
    for (name, value) in others {
        headers.append(name, value.clone());
    }
}
