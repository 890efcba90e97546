//! A transport that is one connection, with the instants at which bytes left and came: for measurements.

use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use tokio::sync::Mutex;
use url::Url;

use super::authority::Pending;
use super::dial::{Dialer, Failed, Stream};
use super::one::{Idle, Resend, Stamps};
use super::transport::{Body, Transport};
use super::two::Two;

/// One direct connection, opened beforehand or with the first request, kept alive, and opened anew where
/// the server closed it. A request that was written is not written again, but for the first one that a server did not read
/// because it closes its connections behind replies. One request at a time.
pub struct Wire {
    dialer: Dialer,
    one: Idle,
    two: Mutex<Option<Two>>,
}

impl Wire {
    /// A connection that is not open yet.
    pub fn new(dialer: Dialer) -> Self {
        Self {
            one: Idle::knowing(dialer.habits(), Resend::Unseen),
            dialer,
            two: Mutex::new(None),
        }
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Body>, Failed> {
        let (mut reply, stamps) = if self.dialer.is_http2() {
            Box::pin(self.exchange_two(request)).await?
        } else {
            let dial = || self.stream(request.uri());
            let (reply, stamps) = self.one.exchange(&request, Duration::MAX, dial).await?;
            (reply.map(Body::from), stamps)
        };
        reply.extensions_mut().insert(stamps);
        Ok(reply)
    }

    async fn exchange_two(
        &self,
        mut request: http::Request<Bytes>,
    ) -> Result<(http::Response<Body>, Stamps), Failed> {
        // Out of its slot while in use: a caller that gives up gives up the connection.
        let mut slot = self.two.lock().await;
        let mut idle = slot.take();
        loop {
            let reused = match &mut idle {
                Some(two) => two.is_ready().await,
                None => false,
            };
            let mut two = match idle.take() {
                Some(two) if reused => two,
                _ => Two::dial(&self.dialer, request.uri()).await?,
            };
            match two.ask(request).await {
                Ok(answer) => {
                    *slot = Some(two);
                    return Ok(answer);
                }
                // Nothing of it was written: the server had closed the idle connection.
                Err((_, Some(unsent))) if reused => request = unsent,
                Err((error, _)) => return Err(error.into()),
            }
        }
    }

    async fn stream(&self, uri: &Uri) -> Result<Box<dyn Stream>, Failed> {
        Ok(self.dialer.dial(uri, |tcp| tcp).await?.stream)
    }
}

impl Transport for Wire {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> Pending<'_, Result<http::Response<Body>, Failed>> {
        Box::pin(self.exchange(request))
    }

    fn prepare<'a>(&'a self, url: &'a Url) -> Pending<'a, Result<(), Failed>> {
        Box::pin(async move {
            let uri: Uri = url.as_str().parse()?;
            if !self.dialer.is_http2() {
                return self.one.prepare(&uri, || self.stream(&uri)).await;
            }
            let mut two = self.two.lock().await;
            if two.as_ref().is_none_or(Two::is_closed) {
                *two = Some(Two::dial(&self.dialer, &uri).await?);
            }
            Ok(())
        })
    }
}
