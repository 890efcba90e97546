//! What is under attack, and what the audit may use. Pure but for the requests it describes.

use crate::http::{Client, Method, Reply, Request, Url};
use crate::jwt::Key;
use crate::secret::Secret;
use crate::token::shape::{Encoding, Shape};

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
}

impl Target {
    /// The endpoints of a shape, whose paths are joined to the client's base URL.
    pub fn new(client: &Client, protected: Url, shape: Shape) -> Result<Self, crate::http::Error> {
        let at = |path: &Option<String>| path.as_deref().map(|path| client.url(path)).transpose();
        Ok(Self {
            protected,
            obtain: at(&shape.obtain)?,
            refresh: at(&shape.refresh)?,
            verify: at(&shape.verify)?,
            revoke: at(&shape.revoke)?,
            scheme: shape.scheme.clone(),
            refresh_field: shape.refresh_field.clone(),
            shape,
        })
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

    /// A login request.
    pub(super) fn login(&self, username: &str, password: &Secret) -> Option<Request> {
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
#[derive(Debug, Clone, Default)]
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
    /// Guesses of the secret, beside the built-in ones.
    pub guesses: Vec<Secret>,
    /// The most requests.
    pub max_requests: u32,
    /// Send eight refreshes at once.
    pub race: bool,
    /// The time, in seconds since 1970.
    pub now: f64,
}
