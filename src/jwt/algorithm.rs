//! The signature algorithms of JOSE (RFC 7518 §3.1, RFC 8037, RFC 8812) that can be checked here.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A signature algorithm; `none` is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// HMAC with SHA-256.
    HS256,
    /// HMAC with SHA-384.
    HS384,
    /// HMAC with SHA-512.
    HS512,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RS256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    RS384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    RS512,
    /// RSASSA-PSS with SHA-256.
    PS256,
    /// RSASSA-PSS with SHA-384.
    PS384,
    /// RSASSA-PSS with SHA-512.
    PS512,
    /// ECDSA on P-256 with SHA-256.
    ES256,
    /// ECDSA on P-384 with SHA-384.
    ES384,
    /// ECDSA on P-521 with SHA-512.
    ES512,
    /// ECDSA on secp256k1 with SHA-256 (RFC 8812).
    ES256K,
    /// Ed25519 (RFC 8037); a header may also say `Ed25519` (RFC 9864).
    EdDSA,
}

/// Every algorithm, in the order of the registry.
pub const ALGORITHMS: [Algorithm; 14] = {
    use Algorithm::{
        ES256, ES256K, ES384, ES512, EdDSA, HS256, HS384, HS512, PS256, PS384, PS512, RS256, RS384,
        RS512,
    };
    [
        HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, ES256K,
        EdDSA,
    ]
};

impl Algorithm {
    /// The name that the header's `alg` carries; case counts (RFC 7515 §4.1.1).
    pub fn name(self) -> &'static str {
        match self {
            Self::HS256 => "HS256",
            Self::HS384 => "HS384",
            Self::HS512 => "HS512",
            Self::RS256 => "RS256",
            Self::RS384 => "RS384",
            Self::RS512 => "RS512",
            Self::PS256 => "PS256",
            Self::PS384 => "PS384",
            Self::PS512 => "PS512",
            Self::ES256 => "ES256",
            Self::ES384 => "ES384",
            Self::ES512 => "ES512",
            Self::ES256K => "ES256K",
            Self::EdDSA => "EdDSA",
        }
    }

    /// Whether signing and checking use one shared secret.
    pub fn is_hmac(self) -> bool {
        self.hmac_bytes().is_some()
    }

    /// The shortest HMAC secret that RFC 7518 §3.2 allows, in bytes: the length of the hash.
    pub fn hmac_bytes(self) -> Option<usize> {
        match self {
            Self::HS256 => Some(32),
            Self::HS384 => Some(48),
            Self::HS512 => Some(64),
            _ => None,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Algorithm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The text names no algorithm that is known here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no signature algorithm known here; known are HS256/384/512, RS256/384/512, PS256/384/512, ES256/384/512, ES256K, EdDSA"
)]
pub struct UnknownAlgorithm(pub String);

impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "Ed25519" {
            return Ok(Self::EdDSA);
        }
        ALGORITHMS
            .into_iter()
            .find(|algorithm| algorithm.name() == text)
            .ok_or_else(|| UnknownAlgorithm(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_case_counts() {
        for algorithm in ALGORITHMS {
            assert_eq!(algorithm.name().parse(), Ok(algorithm));
            assert!(
                algorithm
                    .name()
                    .to_lowercase()
                    .parse::<Algorithm>()
                    .is_err()
            );
        }
        assert!("none".parse::<Algorithm>().is_err());
    }
}
