//! The good token that forgeries are made from, and how raw tokens are written. Pure.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde_json::{Map, Value};

use crate::jwt::{Algorithm, Key, SignError, decode, sign};
use crate::secret::Secret;

/// A good token, taken apart.
#[derive(Debug, Clone)]
pub(super) struct Original {
    pub(super) header: Map<String, Value>,
    pub(super) claims: Map<String, Value>,
    /// `alg`, as the header spells it.
    pub(super) algorithm: String,
    /// The three segments.
    pub(super) parts: [Secret; 3],
}

/// A token made for an attack.
#[derive(Debug, Clone)]
pub(super) struct Forgery {
    /// What is wrong with it, in words.
    pub(super) label: String,
    pub(super) token: Secret,
}

impl Forgery {
    pub(super) fn new(label: impl Into<String>, token: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            token: Secret::new(token),
        }
    }
}

impl Original {
    /// `None` for anything but a signed token with claims.
    pub(super) fn read(token: &Secret) -> Option<Self> {
        let decoded = decode(token.expose()).ok()?;
        let claims = decoded.claims()?.clone();
        let mut parts = token.expose().split('.').map(Secret::new);
        let parts = [parts.next()?, parts.next()?, parts.next()?];
        Some(Self {
            algorithm: decoded.header.get("alg")?.as_str()?.to_owned(),
            header: decoded.header,
            claims,
            parts,
        })
    }

    /// The token.
    pub(super) fn text(&self) -> String {
        self.parts.each_ref().map(Secret::expose).join(".")
    }

    /// Whether signing and checking use one shared secret.
    pub(super) fn is_hmac(&self) -> bool {
        self.algorithm.starts_with("HS")
    }

    /// A number among the claims.
    pub(super) fn seconds(&self, claim: &str) -> Option<f64> {
        self.claims.get(claim)?.as_f64()
    }

    /// How long it lives, in seconds, by `exp` − `iat`.
    pub(super) fn life(&self) -> Option<f64> {
        Some(self.seconds("exp")? - self.seconds("iat")?)
    }

    /// The claims with one changed; `None` removes it.
    pub(super) fn claims_with(&self, claim: &str, value: Option<Value>) -> Map<String, Value> {
        let mut claims = self.claims.clone();
        match value {
            Some(value) => {
                claims.insert(claim.to_owned(), value);
            }
            None => {
                claims.shift_remove(claim);
            }
        }
        claims
    }

    /// The header with one member changed.
    pub(super) fn header_with(&self, member: &str, value: impl Into<Value>) -> Map<String, Value> {
        let mut header = self.header.clone();
        header.insert(member.to_owned(), value.into());
        header
    }
}

/// base64url without padding.
pub(super) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// JSON as compact text.
pub(super) fn json(map: &Map<String, Value>) -> String {
    Value::Object(map.clone()).to_string()
}

/// The ring name of an HMAC algorithm.
pub(super) fn hmac_named(algorithm: &str) -> Option<hmac::Algorithm> {
    match algorithm {
        "HS256" => Some(hmac::HMAC_SHA256),
        "HS384" => Some(hmac::HMAC_SHA384),
        "HS512" => Some(hmac::HMAC_SHA512),
        _ => None,
    }
}

/// A token of these texts under an HMAC; `jwt::sign` refuses keys and headers as bad as attacks need.
pub(super) fn hmac_token(
    algorithm: hmac::Algorithm,
    secret: &[u8],
    header: &str,
    claims: &str,
) -> String {
    let message = format!("{}.{}", encode(header), encode(claims));
    let tag = hmac::sign(&hmac::Key::new(algorithm, secret), message.as_bytes());
    format!("{message}.{}", encode(tag))
}

/// A key that signs what the server accepts.
#[derive(Clone)]
pub(super) enum Signer {
    /// A shared secret.
    Hmac(Secret, String),
    /// A private key.
    Private(Box<Key>, Algorithm),
}

impl Signer {
    /// A signer for the algorithm of a token.
    pub(super) fn for_key(key: Key, algorithm: &str) -> Option<Self> {
        let algorithm: Algorithm = algorithm.parse().ok()?;
        (key.is_private() && key.algorithms().contains(&algorithm))
            .then(|| Self::Private(Box::new(key), algorithm))
    }

    /// Signs a header and claims.
    pub(super) fn sign(
        &self,
        header: &Map<String, Value>,
        claims: &Map<String, Value>,
    ) -> Result<String, SignError> {
        match self {
            Self::Hmac(secret, algorithm) => {
                let hash = hmac_named(algorithm).unwrap_or(hmac::HMAC_SHA256);
                Ok(hmac_token(
                    hash,
                    secret.expose().as_bytes(),
                    &json(header),
                    &json(claims),
                ))
            }
            Self::Private(key, algorithm) => sign(header, claims, key, *algorithm, true),
        }
    }
}
