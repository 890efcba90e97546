//! What the probes share.

use std::time::Duration;

use tokio::time::Instant;

use super::forge;
use super::oracle::{Judged, Oracle, authorised, posted, with_token};
use super::original::{Original, Signer};
use super::target::{Pair, Target};
use super::verdict::Evidence;
use super::wire::{Stop, Wire};
use crate::http::{Client, Reply, Url};
use crate::jwt::{Algorithm, Key};
use crate::secret::Secret;

/// What probes share.
pub(super) struct Session {
    pub(super) wire: Wire,
    pub(super) target: Target,
    pub(super) credentials: Option<(String, Secret)>,
    pub(super) good: Pair,
    pub(super) original: Option<Original>,
    pub(super) public_keys: Vec<String>,
    pub(super) key_documents: Vec<Vec<u8>>,
    pub(super) other: Option<(String, Client)>,
    pub(super) old_token: Option<Secret>,
    pub(super) patience: Duration,
    pub(super) signer: Option<Signer>,
    pub(super) signer_is_proved: bool,
    pub(super) rotates: Option<bool>,
    pub(super) now: f64,
    pub(super) started: Instant,
    /// When the good token came.
    pub(super) since: Instant,
    pub(super) own: Option<(Key, Algorithm)>,
    pub(super) oracle: Oracle,
}

impl Session {
    pub(super) async fn ask(
        &mut self,
        token: &Secret,
        label: &str,
    ) -> Result<(Judged, Evidence), Stop> {
        self.oracle
            .ask(&mut self.wire, &self.target, token, label)
            .await
    }

    pub(super) async fn ask_verify(
        &mut self,
        token: &Secret,
        label: &str,
    ) -> Result<Option<(Judged, Evidence)>, Stop> {
        self.oracle.ask_verify(&mut self.wire, token, label).await
    }

    /// Whether the server answers the good token: then it was a request that had no answer, not the server.
    pub(super) async fn is_up(&mut self) -> bool {
        let request = with_token(&self.target, &self.good.access);
        let reply = self.wire.send(request).await;
        reply.is_ok_and(|reply| reply.status.is_success())
    }

    pub(super) fn judge(&self, reply: &Reply) -> Judged {
        self.oracle.judge(reply)
    }

    pub(super) fn good_reply(&self) -> &Reply {
        self.oracle.good()
    }

    /// The time by now, in seconds since 1970.
    pub(super) fn clock(&self) -> f64 {
        self.now + self.started.elapsed().as_secs_f64()
    }

    /// Logs in again when the good token is about to end. A token that says nothing of its end stays.
    pub(super) async fn freshen(&mut self) {
        let Some(life) = self.original.as_ref().and_then(Original::life) else {
            return;
        };
        let left = life - self.since.elapsed().as_secs_f64();
        if self.credentials.is_none() || left > (life / 2.0).min(5.0) {
            return;
        }
        let Ok(reply) = self.log_in().await else {
            return;
        };
        if let Some(pair) = self.target.pair_in(&reply) {
            self.adopt(pair);
        }
    }

    /// Takes a pair for the good one.
    fn adopt(&mut self, pair: Pair) {
        self.wire.hide(&pair.access);
        if let Some(refresh) = &pair.refresh {
            self.wire.hide(refresh);
        }
        self.original = Original::read(&pair.access);
        self.good = pair;
        self.since = Instant::now();
    }

    /// Posts a refresh token.
    pub(super) async fn refresh(&mut self, url: &Url, token: &Secret) -> Result<Reply, Stop> {
        let request = posted(url, &self.target.refresh_field, token);
        self.wire.send(request).await
    }

    /// Revokes a refresh token, as somebody whose access token is this.
    pub(super) async fn log_out(
        &mut self,
        url: &Url,
        refresh: &Secret,
        access: &Secret,
    ) -> Result<Reply, Stop> {
        let request = posted(url, &self.target.refresh_field, refresh);
        let request = authorised(request, &self.target, access);
        self.wire.send(request).await
    }

    /// A new login of the audit's account.
    pub(super) async fn log_in(&mut self) -> Result<Reply, Stop> {
        match &self.credentials {
            Some((username, password)) => {
                log_in(&mut self.wire, &self.target, username, password).await
            }
            None => Err(Stop::Missing(
                "needs a login made for it (--username, --password-stdin)",
            )),
        }
    }

    /// A key of ours, made once: RSA keys take their time.
    pub(super) fn own_key(&mut self, good: &Original) -> Result<(Key, Algorithm), String> {
        if let Some(own) = &self.own {
            return Ok(own.clone());
        }
        let own = forge::own_key(good).map_err(|error| format!("no key of our own: {error}"))?;
        self.own = Some(own.clone());
        Ok(own)
    }
}

pub(super) async fn log_in(
    wire: &mut Wire,
    target: &Target,
    username: &str,
    password: &Secret,
) -> Result<Reply, Stop> {
    match target.login(username, password) {
        Some(request) => wire.send(request).await,
        None => Err(Stop::Missing(
            "the preset has no endpoint for a login with user name and password",
        )),
    }
}
