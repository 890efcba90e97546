//! Who a request is made as.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, HeaderName};
use http::{HeaderMap, HeaderValue};

use crate::secret::Secret;

/// A boxed future, so that [`Authority`] can be used as a trait object.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Why there is no credential: the words belong to whoever keeps the credentials.
pub type Refusal = Box<dyn std::error::Error + Send + Sync>;

/// Keeps a credential valid. The client asks it before each request to the base origin.
pub trait Authority: Send + Sync {
    /// The credential for the next request, renewed first when it is about to expire; `None` for an
    /// anonymous one.
    fn credential(&self) -> Pending<'_, Result<Option<Credential>, Refusal>>;

    /// Tells that `rejected` was answered 401. True when another credential may now be tried.
    fn renew<'a>(&'a self, rejected: &'a Credential) -> Pending<'a, Result<bool, Refusal>>;

    /// Like [`Authority::renew`], with the header fields of the 401, whose `WWW-Authenticate` may ask for
    /// another scheme.
    fn challenged<'a>(
        &'a self,
        rejected: &'a Credential,
        _headers: &'a HeaderMap,
    ) -> Pending<'a, Result<bool, Refusal>> {
        self.renew(rejected)
    }

    /// A credential that was changed for a challenge was rejected as well. False when nothing is taken back.
    fn withdraw(&self, _rejected: &Credential) -> bool {
        false
    }
}

/// The header fields that say who asks: `Authorization`, or a session's `Cookie` and `X-CSRFToken`.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    fields: Vec<(HeaderName, Secret)>,
}

impl Credential {
    /// `Authorization: <scheme> <token>`, with the scheme's letters as given.
    pub fn authorization(scheme: &str, token: &Secret) -> Self {
        Self::field(
            AUTHORIZATION,
            Secret::new(format!("{scheme} {}", token.expose())),
        )
    }

    /// `Authorization: Basic` of RFC 7617, in UTF-8.
    pub fn basic(username: &str, password: &Secret) -> Self {
        let pair = Secret::new(format!("{username}:{}", password.expose()));
        Self::authorization("Basic", &Secret::new(STANDARD.encode(pair.expose())))
    }

    /// Any other header field.
    pub fn field(name: HeaderName, value: Secret) -> Self {
        Self {
            fields: vec![(name, value)],
        }
    }

    /// The same credential with one more field.
    #[must_use]
    pub fn and(mut self, name: HeaderName, value: Secret) -> Self {
        self.fields.push((name, value));
        self
    }

    /// Puts the fields in place. Fields whose value no header can carry are refused by name.
    pub(super) fn apply(&self, headers: &mut HeaderMap) -> Result<(), HeaderName> {
        for (name, value) in &self.fields {
            let mut value = HeaderValue::from_str(value.expose()).map_err(|_| name.clone())?;
            value.set_sensitive(true);
            headers.insert(name.clone(), value);
        }
        Ok(())
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.fields.iter().map(|(name, _)| name))
            .finish()
    }
}
