//! One key: its numbers, what is known of its intended use, and which algorithms it allows.

use std::fmt;

use zeroize::Zeroizing;

use crate::jwt::algorithm::{ALGORITHMS, Algorithm};

use super::curve::Curve;

/// Why bytes are not a key that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing is there.
    #[error("the key is empty")]
    Empty,
    /// A private key under a passphrase.
    #[error(
        "the private key is encrypted; decrypt it first, for example with `openssl pkey -in key.pem -out plain.pem`"
    )]
    Encrypted,
    /// OpenSSH's own format.
    #[error(
        "this is an OpenSSH key; convert it with `ssh-keygen -e -m PKCS8 -f FILE` (or `-p -m PEM` for a private key)"
    )]
    OpenSsh,
    /// A PEM text without a key in it, or with a broken one.
    #[error("the PEM text holds no usable key: {0}")]
    Pem(String),
    /// DER of no known key form.
    #[error("the DER bytes are no usable key: {0}")]
    Der(&'static str),
    /// A JSON text that is no JWK or JWK Set.
    #[error("the JSON text is no usable JWK or JWK Set: {0}")]
    Jwk(String),
    /// A kind of key that no algorithm here uses.
    #[error("a key of type {0} is not supported")]
    Unsupported(String),
    /// A key text where a shared secret is expected: using a public key as a secret is the classic
    /// key confusion (RFC 8725 §2.1).
    #[error("this is not a shared secret but a key file ({0})")]
    NotASecret(&'static str),
    /// Bytes that are neither text nor a known key form.
    #[error("the content is no PEM, DER, JWK or JWK Set, and binary, so no secret either")]
    Unrecognised,
}

/// The numbers of a key.
#[derive(Clone)]
pub(crate) enum Material {
    /// A shared secret.
    Oct(Zeroizing<Vec<u8>>),
    /// An RSA key: modulus and exponent, big endian without leading zeros, and PKCS#1 DER.
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
        private: Option<Zeroizing<Vec<u8>>>,
    },
    /// An elliptic curve key: the uncompressed point, and the scalar.
    Ec {
        curve: Curve,
        point: Vec<u8>,
        scalar: Option<Zeroizing<Vec<u8>>>,
    },
    /// An Ed25519 key: the public point, and the seed.
    Ed25519 {
        public: [u8; 32],
        seed: Option<Zeroizing<[u8; 32]>>,
    },
}

/// A key and what it says about its use.
#[derive(Clone)]
pub struct Key {
    pub(crate) material: Material,
    /// The key's name in a set.
    pub kid: Option<String>,
    /// The one algorithm that the key allows, by its own `alg` member.
    pub alg: Option<String>,
    /// `sig` or `enc`, by its own `use` member.
    pub usage: Option<String>,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}, kid {:?})", self.kind(), self.kid)
    }
}

impl From<Material> for Key {
    fn from(material: Material) -> Self {
        Self {
            material,
            kid: None,
            alg: None,
            usage: None,
        }
    }
}

impl Key {
    /// What it is, for people: `RSA 2048 public key`.
    pub fn kind(&self) -> String {
        let side = if self.is_private() {
            "private"
        } else {
            "public"
        };
        match &self.material {
            Material::Oct(secret) => format!("shared secret of {} bytes", secret.len()),
            Material::Rsa { n, .. } => format!("RSA {} {side} key", bits(n)),
            Material::Ec { curve, .. } => format!("EC {curve} {side} key"),
            Material::Ed25519 { .. } => format!("Ed25519 {side} key"),
        }
    }

    /// Whether it is a shared secret.
    pub fn is_secret(&self) -> bool {
        matches!(self.material, Material::Oct(_))
    }

    /// A shared secret that is a text; `None` for any other key.
    pub fn secret_text(&self) -> Option<&str> {
        match &self.material {
            Material::Oct(secret) => std::str::from_utf8(secret).ok(),
            _ => None,
        }
    }

    /// Whether it can sign.
    pub fn is_private(&self) -> bool {
        match &self.material {
            Material::Oct(_) => true,
            Material::Rsa { private, .. } => private.is_some(),
            Material::Ec { scalar, .. } => scalar.is_some(),
            Material::Ed25519 { seed, .. } => seed.is_some(),
        }
    }

    /// The algorithms that this key allows: those of its kind, or the one its `alg` names. The
    /// token has no say in it.
    pub fn algorithms(&self) -> Vec<Algorithm> {
        ALGORITHMS
            .into_iter()
            .filter(|algorithm| self.fits(*algorithm))
            .filter(|algorithm| {
                self.alg
                    .as_ref()
                    .is_none_or(|alg| alg.parse() == Ok(*algorithm))
            })
            .collect()
    }

    /// Whether an algorithm works with numbers of this kind.
    fn fits(&self, algorithm: Algorithm) -> bool {
        use Algorithm::{EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
        match &self.material {
            Material::Oct(_) => algorithm.is_hmac(),
            Material::Rsa { .. } => {
                matches!(algorithm, RS256 | RS384 | RS512 | PS256 | PS384 | PS512)
            }
            Material::Ec { curve, .. } => curve.algorithm() == algorithm,
            Material::Ed25519 { .. } => algorithm == EdDSA,
        }
    }

    /// Why the key is too weak for an algorithm (RFC 7518 §3.2 and §3.3), if it is.
    pub fn weakness(&self, algorithm: Algorithm) -> Option<String> {
        match &self.material {
            Material::Oct(secret) if secret.is_empty() => Some("the secret is empty".to_owned()),
            Material::Oct(secret) => {
                let least = algorithm
                    .hmac_bytes()
                    .filter(|least| secret.len() < *least)?;
                Some(format!(
                    "the secret has {} bytes, {algorithm} wants at least {least} (RFC 7518 section 3.2)",
                    secret.len()
                ))
            }
            Material::Rsa { n, .. } if bits(n) < 2048 => Some(format!(
                "the RSA key has {} bits, {algorithm} wants at least 2048 (RFC 7518 section 3.3)",
                bits(n)
            )),
            _ => None,
        }
    }
}

/// The length of a big-endian number in bits.
pub(crate) fn bits(number: &[u8]) -> usize {
    let significant = number.iter().skip_while(|b| **b == 0);
    let mut bytes = significant.copied();
    bytes.next().map_or(0, |first| {
        8 - first.leading_zeros() as usize + 8 * bytes.count()
    })
}
