//! Requests under a budget, with the API's own throttle honoured.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::verdict::{Evidence, cut};
use crate::http::{Client, Error, Reply, Request, retry_after};
use crate::secret::Secret;

/// The longest `Retry-After` that is waited out.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// After so many requests in a row without a reply the server counts as gone.
const PATIENCE: u32 = 3;

/// Why a request was not made, or has no reply.
#[derive(Debug)]
pub(super) enum Stop {
    /// The budget is used up.
    Budget(u32),
    /// The API throttles.
    Throttled(Throttle),
    /// No reply.
    Http(Error),
    /// Several requests in a row had no reply: the rest is not tried.
    Gone,
    /// What is needed for the request is not there.
    Missing(&'static str),
}

impl Stop {
    /// The reason in words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Budget(max) => {
                format!("the budget of {max} requests is used up (--max-requests)")
            }
            Self::Throttled(throttle) => throttle.words(),
            Self::Http(error) => format!("no answer: {error}"),
            Self::Gone => format!("no answer to the last {PATIENCE} requests"),
            Self::Missing(what) => (*what).to_owned(),
        }
    }
}

/// A 429 that was not waited out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Throttle {
    /// What `Retry-After` asked for.
    wait: Option<Duration>,
}

impl Throttle {
    fn words(self) -> String {
        let Some(wait) = self.wait else {
            return "the API throttles (429) and does not say until when".to_owned();
        };
        let asked_s = wait.as_secs();
        let longest_s = LONGEST_WAIT.as_secs();
        if wait <= LONGEST_WAIT {
            format!("the API throttles (429) after the {asked_s} s as well that it asked to wait")
        } else {
            format!("the API throttles (429) and asks to wait {asked_s} s, more than {longest_s} s")
        }
    }
}

/// The way to the server.
pub(super) struct Wire {
    client: Client,
    now: f64,
    started: Instant,
    max: u32,
    sent: u32,
    /// Requests kept back for the question at the end whether the good token still works.
    kept_back: u32,
    throttled: Option<Throttle>,
    silent: u32,
    secrets: Vec<Secret>,
}

impl Wire {
    /// `client` is anonymous: each request brings its own credential.
    /// `now` is in seconds since 1970.
    pub(super) fn new(client: Client, max: u32, now: f64) -> Self {
        Self {
            now,
            started: Instant::now(),
            client,
            max,
            sent: 0,
            kept_back: u32::from(max > 1),
            throttled: None,
            silent: 0,
            secrets: Vec::new(),
        }
    }

    fn clock(&self) -> SystemTime {
        let since_1970 = Duration::try_from_secs_f64(self.now).unwrap_or_default();
        SystemTime::UNIX_EPOCH + since_1970 + self.started.elapsed()
    }

    /// Requests so far.
    pub(super) fn sent(&self) -> u32 {
        self.sent
    }

    /// A text that evidence must not show.
    pub(super) fn hide(&mut self, secret: &Secret) {
        self.secrets.push(secret.clone());
    }

    /// Sends a request; a 429 with a bearable `Retry-After` is waited out, once.
    pub(super) async fn send(&mut self, request: Request) -> Result<Reply, Stop> {
        let reply = self.send_once(request.clone()).await?;
        if reply.status.as_u16() != 429 {
            return Ok(reply);
        }
        let wait = retry_after(&reply.headers, self.clock());
        if let Some(wait) = wait.filter(|wait| *wait <= LONGEST_WAIT) {
            tokio::time::sleep(wait).await;
            let again = self.send_once(request).await?;
            if again.status.as_u16() != 429 {
                return Ok(again);
            }
        }
        let throttle = Throttle { wait };
        self.throttled = Some(throttle);
        Err(Stop::Throttled(throttle))
    }

    /// Sends a request whatever the reply is.
    pub(super) async fn send_once(&mut self, request: Request) -> Result<Reply, Stop> {
        self.pay(1)?;
        let reply = self.client.send(request.bare()).await;
        self.silent = if reply.is_ok() { 0 } else { self.silent + 1 };
        reply.map_err(Stop::Http)
    }

    /// Sends a request by a client with a credential of its own.
    pub(super) async fn send_by(
        &mut self,
        client: &Client,
        request: Request,
    ) -> Result<Reply, Stop> {
        self.pay(1)?;
        client.send_authorised(request).await.map_err(Stop::Http)
    }

    /// Frees the request that was kept for the end.
    pub(super) fn release(&mut self) {
        self.kept_back = 0;
    }

    /// Takes requests out of the budget that the caller sends by itself.
    pub(super) fn pay(&mut self, requests: u32) -> Result<(), Stop> {
        if let Some(throttle) = self.throttled {
            return Err(Stop::Throttled(throttle));
        }
        if self.silent >= PATIENCE {
            return Err(Stop::Gone);
        }
        if self.sent + self.kept_back + requests > self.max {
            return Err(Stop::Budget(self.max));
        }
        self.sent += requests;
        Ok(())
    }

    /// The client, for requests that were paid for.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// A reply as evidence.
    pub(super) fn evidence(&self, request: impl Into<String>, reply: &Reply) -> Evidence {
        Evidence {
            request: request.into(),
            status: Some(reply.status.as_u16()),
            reply: cut(&reply.text(), &self.secrets),
        }
    }
}
