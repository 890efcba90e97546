//! A transport that opens a connection for each request and tells how long each phase took.

use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::authority::Pending;
use super::dial::{Dialer, Failed};
use super::error::Error;
use super::network::Settings;
use super::one::once;
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
    /// Sets the network up for URLs with this scheme; fails on a bad CA bundle, and for https without certificates.
    pub fn new(settings: Settings, scheme: &str) -> Result<Self, Error> {
        let settings = Settings {
            http2_prior_knowledge: false,
            ..settings
        };
        let dialer = Dialer::new(settings)?;
        dialer.set_up(scheme)?;
        Ok(Self {
            dialer,
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
        let dialled = self.dialer.dial(request.uri(), |tcp| tcp).await?;
        let started = Instant::now();
        let reply = once(dialled.stream, &request).await?;
        if let Ok(mut last) = self.last.lock() {
            *last = Some(Phases {
                dns: dialled.dns,
                connect: dialled.connect,
                tls: dialled.tls,
                first_byte: started.elapsed(),
            });
        }
        Ok(reply.map(Body::from))
    }
}

impl Transport for Timed {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> Pending<'_, Result<http::Response<Body>, Failed>> {
        Box::pin(self.exchange(request))
    }
}
