//! What is under attack, and what the audit may use. Pure but for the requests it describes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::http::{Client, Method, Reply, Request, Url};
use crate::jwt::Key;
use crate::secret::Secret;
use crate::token::shape::{Encoding, Grant, RefreshBy, RevokeBy, Shape, VerifyBy};

/// The endpoints under attack.
#[derive(Debug, Clone)]
pub struct Target {
    /// A GET that answers 2xx to the good token and refuses nobody else's.
    pub protected: Url,
    /// Where a login is made.
    pub obtain: Option<Url>,
    /// Where an access token is bought.
    pub refresh: Option<Url>,
    /// Where a token is checked.
    pub verify: Option<Url>,
    /// Where a refresh token is revoked.
    pub revoke: Option<Url>,
    /// The scheme of `Authorization`.
    pub scheme: String,
    /// The vocabulary of the endpoints.
    pub shape: Shape,
    pub(super) refresh_field: String,
    pub(super) past_caches: Option<PastCaches>,
}

/// Makes each URL another one, so that no cache has it.
#[derive(Debug, Clone)]
pub(super) struct PastCaches {
    name: String,
    count: Arc<AtomicU32>,
}

impl PastCaches {
    /// `now`, in whole seconds since 1970, and the process keep the URLs of two audits apart.
    pub(super) fn new(now: f64) -> Self {
        Self {
            name: format!("apictl-{:x}-{:x}", now.to_bits(), std::process::id()),
            count: Arc::default(),
        }
    }

    pub(super) fn apply(&self, url: &Url) -> Url {
        let mut url = url.clone();
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        url.query_pairs_mut()
            .append_pair(&self.name, &count.to_string());
        url
    }
}

impl Target {
    /// The endpoints of a shape, whose paths are joined to the client's base URL.
    pub fn new(client: &Client, protected: Url, shape: Shape) -> Result<Self, crate::http::Error> {
        let at = |path: &Option<String>| path.as_deref().map(|path| client.url(path)).transpose();
        Ok(Self {
            protected,
            obtain: at(&shape.obtain)?,
            refresh: at(&shape.refresh)?.filter(|_| shape.refresh_by == RefreshBy::Token),
            verify: at(&shape.verify)?.filter(|_| shape.verify_by == VerifyBy::Post),
            revoke: at(&shape.revoke)?.filter(|_| shape.revoke_by == RevokeBy::Refresh),
            scheme: shape.scheme.clone(),
            refresh_field: shape.refresh_field.clone(),
            past_caches: None,
            shape,
        })
    }

    /// The protected endpoint under an address that no cache answers for.
    pub(super) fn asked(&self) -> Url {
        match &self.past_caches {
            Some(past) => past.apply(&self.protected),
            None => self.protected.clone(),
        }
    }

    /// Whether a reply of the refresh endpoint hands out a token: a proxy's friendly page does not.
    pub(super) fn hands_out(&self, reply: &Reply) -> bool {
        reply.status.is_success() && self.pair_in(reply).is_some()
    }

    /// Whether the server is on this machine.
    pub fn is_loopback(&self) -> bool {
        match self.protected.host() {
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            None => false,
        }
    }

    /// A login request; `None` where a login takes more than a name and a password in a body.
    pub(super) fn login(&self, username: &str, password: &Secret) -> Option<Request> {
        if self.shape.grant != Grant::Password {
            return None;
        }
        let request = Request::new(Method::POST, self.obtain.clone()?);
        let (name, word) = (&self.shape.username_field, &self.shape.password_field);
        Some(match self.shape.body {
            Encoding::Json => request.json(&serde_json::json!({
                name.as_str(): username,
                word.as_str(): password.expose(),
            })),
            Encoding::Form => request.form(&[(name, username), (word, password.expose())]),
        })
    }

    /// The tokens in a reply.
    pub(super) fn pair_in(&self, reply: &Reply) -> Option<Pair> {
        let body = reply.json().ok()?;
        let at = |pointers: &[String]| {
            pointers
                .iter()
                .find_map(|pointer| body.pointer(pointer)?.as_str())
                .filter(|token| !token.is_empty())
                .map(Secret::new)
        };
        Some(Pair {
            access: at(&self.shape.access_at)?,
            refresh: at(&self.shape.refresh_at),
        })
    }
}

/// An access token and what refreshes it.
#[derive(Debug, Clone)]
pub struct Pair {
    pub(super) access: Secret,
    pub(super) refresh: Option<Secret>,
}

impl Pair {
    /// A pair that was obtained elsewhere.
    pub fn new(access: Secret, refresh: Option<Secret>) -> Self {
        Self { access, refresh }
    }
}

/// What the audit may use.
#[derive(Clone, Default)]
pub struct Materials {
    /// A good pair; it is never refreshed and never revoked.
    pub pair: Option<Pair>,
    /// A user and a password, for logins that the audit may use up.
    pub credentials: Option<(String, Secret)>,
    /// The key that the server signs with, or a shared secret.
    pub key: Option<Key>,
    /// A shared secret as text.
    pub secret: Option<Secret>,
    /// Public keys as PEM.
    pub public_keys: Vec<String>,
    /// Documents that hold public keys, as they are served: JWK Sets.
    pub key_documents: Vec<Vec<u8>>,
    /// Somebody else who may GET the protected endpoint: the name, and a client that carries the credential.
    pub other: Option<(String, Client)>,
    /// An access token that ended long ago.
    pub old_token: Option<Secret>,
    /// So long an access token is waited for to end, where the key is not known.
    pub patience: Duration,
    /// Guesses of the secret, beside the built-in ones.
    pub guesses: Vec<Secret>,
    /// The most requests.
    pub max_requests: u32,
    /// Send eight refreshes at once.
    pub race: bool,
    /// The time, in seconds since 1970.
    pub now: f64,
}
