//! `ALGORITHM` and its keys.

use std::fmt;
use std::sync::Arc;

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use thiserror::Error;

/// What tokens are signed with.
#[derive(Clone)]
pub enum SigningKey {
    /// HS256 with a shared secret.
    Hs256(Vec<u8>),
    /// RS256 or ES256 with a private key.
    Private(Arc<KeyPair>),
}

/// A private key and what follows from it.
pub struct KeyPair {
    algorithm: Algorithm,
    signing: EncodingKey,
    verifying: DecodingKey,
    /// The public half, as a JWK set.
    jwks: String,
}

/// Why a file is not a signing key.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The PEM block holds neither an RSA key nor one of the curve P-256.
    #[error("not a private key for RS256 or ES256")]
    Unfit(#[source] jsonwebtoken::errors::Error),
    /// The public half could not be written as a JWK.
    #[error("the key cannot be published")]
    Unpublishable(#[source] serde_json::Error),
}

impl SigningKey {
    /// Reads a private key in PEM for RS256 or ES256; anything that is not PEM is a secret for HS256.
    pub fn read(bytes: &[u8]) -> Result<Self, KeyError> {
        if !bytes.trim_ascii_start().starts_with(b"-----BEGIN") {
            return Ok(Self::Hs256(bytes.to_vec()));
        }
        let (algorithm, signing) = EncodingKey::from_rsa_pem(bytes)
            .map(|key| (Algorithm::RS256, key))
            .or_else(|_| EncodingKey::from_ec_pem(bytes).map(|key| (Algorithm::ES256, key)))
            .map_err(KeyError::Unfit)?;
        let jwk = Jwk::from_encoding_key(&signing, algorithm).map_err(KeyError::Unfit)?;
        let verifying = DecodingKey::from_jwk(&jwk).map_err(KeyError::Unfit)?;
        let jwk = serde_json::to_string(&jwk).map_err(KeyError::Unpublishable)?;
        let jwks = format!("{{\"keys\":[{jwk}]}}");
        Ok(Self::Private(Arc::new(KeyPair {
            algorithm,
            signing,
            verifying,
            jwks,
        })))
    }

    /// Calls `use_key` with the algorithm and the key that signs.
    pub(super) fn sign<T>(&self, use_key: impl FnOnce(Algorithm, &EncodingKey) -> T) -> T {
        match self {
            Self::Hs256(secret) => use_key(Algorithm::HS256, &EncodingKey::from_secret(secret)),
            Self::Private(pair) => use_key(pair.algorithm, &pair.signing),
        }
    }

    /// Calls `use_key` with the algorithm and the key that verifies.
    pub(super) fn verify<T>(&self, use_key: impl FnOnce(Algorithm, &DecodingKey) -> T) -> T {
        match self {
            Self::Hs256(secret) => use_key(Algorithm::HS256, &DecodingKey::from_secret(secret)),
            Self::Private(pair) => use_key(pair.algorithm, &pair.verifying),
        }
    }

    /// The JWK set of the public key; a shared secret is not published.
    pub(super) fn jwks(&self) -> &str {
        match self {
            Self::Hs256(_) => "{\"keys\":[]}",
            Self::Private(pair) => &pair.jwks,
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hs256(_) => f.write_str("Hs256"),
            Self::Private(pair) => write!(f, "{:?}", pair.algorithm),
        }
    }
}
