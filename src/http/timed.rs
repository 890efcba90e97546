//! A transport that opens a connection for each request and tells how long each phase took.

use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use http::header::HOST;
use http::{HeaderValue, Uri};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::time::Instant;

use super::authority::Pending;
use super::dial::{Dialer, Failed};
use super::error::Error;
use super::network::Settings;
use super::transport::{Body, Transport};

/// How long each phase of a request took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phases {
    /// Looking the name up; `None` for an address.
    pub dns: Option<Duration>,
    /// The TCP handshake.
    pub connect: Duration,
    /// The TLS handshake; `None` for http.
    pub tls: Option<Duration>,
    /// From the request's first byte to the end of the reply's head.
    pub first_byte: Duration,
}

/// Sends each request over HTTP/1.1 on a new, direct connection, uncompressed. No proxy is used.
pub struct Timed {
    dialer: Dialer,
    last: Mutex<Option<Phases>>,
}

impl Timed {
    /// Sets the network up; fails on a bad CA bundle.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let settings = Settings {
            http2_prior_knowledge: false,
            ..settings
        };
        Ok(Self {
            dialer: Dialer::new(settings)?,
            last: Mutex::new(None),
        })
    }

    /// The phases of the last request that got a reply.
    pub fn last(&self) -> Option<Phases> {
        self.last.lock().map_or(None, |last| *last)
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Body>, Failed> {
        let uri = request.uri().clone();
        let dialled = self.dialer.dial(&uri, |tcp| tcp).await?;
        let request = origin_form(request, &uri)?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(dialled.stream)).await?;
        // It ends with the body, or breaks off, which the reader of the body is told.
        tokio::spawn(connection);
        let started = Instant::now();
        let reply = sender.send_request(request).await?;
        if let Ok(mut last) = self.last.lock() {
            *last = Some(Phases {
                dns: dialled.dns,
                connect: dialled.connect,
                tls: dialled.tls,
                first_byte: started.elapsed(),
            });
        }
        Ok(reply.map(|body| body.map_err(Into::into).boxed_unsync()))
    }
}

/// The request as HTTP/1.1 sends it to the server itself (RFC 9112 §3.2.1).
pub(super) fn origin_form(
    mut request: http::Request<Bytes>,
    uri: &Uri,
) -> Result<http::Request<Full<Bytes>>, Failed> {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let authority = authority.rsplit('@').next().unwrap_or(authority);
    if !request.headers().contains_key(HOST) {
        request
            .headers_mut()
            .insert(HOST, HeaderValue::from_str(authority)?);
    }
    *request.uri_mut() = match uri.path_and_query() {
        Some(path) => Uri::from(path.clone()),
        None => Uri::from_static("/"),
    };
    Ok(request.map(Full::new))
}

impl Transport for Timed {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> Pending<'_, Result<http::Response<Body>, Failed>> {
        Box::pin(self.exchange(request))
    }
}
