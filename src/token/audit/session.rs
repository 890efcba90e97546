//! What the probes share.

use super::forge;
use super::oracle::{Judged, Oracle, posted};
use super::original::{Original, Signer};
use super::target::{Pair, Target};
use super::verdict::Evidence;
use super::wire::{Stop, Wire};
use crate::http::{Reply, Url};
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
    pub(super) signer: Option<Signer>,
    pub(super) signer_is_proved: bool,
    pub(super) rotates: Option<bool>,
    pub(super) now: f64,
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

    pub(super) fn judge(&self, reply: &Reply) -> Judged {
        self.oracle.judge(reply)
    }

    pub(super) fn good_reply(&self) -> &Reply {
        self.oracle.good()
    }

    /// Posts a refresh token.
    pub(super) async fn refresh(&mut self, url: &Url, token: &Secret) -> Result<Reply, Stop> {
        let request = posted(url, &self.target.refresh_field, token);
        self.wire.send(request).await
    }

    /// A new login of the audit's account.
    pub(super) async fn log_in(&mut self) -> Result<Reply, Stop> {
        match &self.credentials {
            Some((username, password)) => {
                log_in(&mut self.wire, &self.target, username, password).await
            }
            None => Err(Stop::Throttled),
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
        None => Err(Stop::Throttled),
    }
}
