//! One key ready for one algorithm: parsed once, used for any number of tokens.
//!
//! ring does the arithmetic. What it leaves out is done by others: RSA keys outside 2048 to 8192
//! bits by `jsonwebtoken`, P-521 and secp256k1 by their own crates.

use ring::{hmac, signature};

use crate::jwt::algorithm::Algorithm;
use crate::jwt::key::{Key, Material};
use crate::jwt::segments;

/// A key ready to check the signatures of one algorithm.
pub(crate) struct Checker {
    /// The algorithm.
    pub(crate) algorithm: Algorithm,
    arithmetic: Arithmetic,
}

enum Arithmetic {
    Hmac(hmac::Key),
    Rsa {
        parameters: &'static signature::RsaParameters,
        numbers: signature::RsaPublicKeyComponents<Vec<u8>>,
    },
    RsaOfOddSize(Box<jsonwebtoken::DecodingKey>, jsonwebtoken::Algorithm),
    Point(signature::UnparsedPublicKey<Vec<u8>>),
    P521(Box<p521::ecdsa::VerifyingKey>),
    Secp256k1(Box<k256::ecdsa::VerifyingKey>),
}

impl Checker {
    /// Prepares a key; `None` when the algorithm does not belong to its kind or its numbers are
    /// not usable.
    pub(crate) fn new(key: &Key, algorithm: Algorithm) -> Option<Self> {
        let arithmetic = match &key.material {
            Material::Oct(secret) => Arithmetic::Hmac(hmac::Key::new(hmac_of(algorithm)?, secret)),
            Material::Rsa { n, e, .. } => rsa(n, e, algorithm)?,
            Material::Ec { point, .. } => match algorithm {
                Algorithm::ES256 => ring_point(&signature::ECDSA_P256_SHA256_FIXED, point),
                Algorithm::ES384 => ring_point(&signature::ECDSA_P384_SHA384_FIXED, point),
                Algorithm::ES512 => Arithmetic::P521(Box::new(
                    p521::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?,
                )),
                Algorithm::ES256K => Arithmetic::Secp256k1(Box::new(
                    k256::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?,
                )),
                _ => return None,
            },
            Material::Ed25519 { public, .. } => ring_point(&signature::ED25519, public),
        };
        Some(Self {
            algorithm,
            arithmetic,
        })
    }

    /// Whether the signature is that of the message. Shared secrets are compared in constant time.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.arithmetic {
            Arithmetic::Hmac(key) => hmac::verify(key, message, signature).is_ok(),
            Arithmetic::Rsa {
                parameters,
                numbers,
            } => numbers.verify(parameters, message, signature).is_ok(),
            Arithmetic::RsaOfOddSize(key, algorithm) => {
                let encoded = segments::encode(signature);
                jsonwebtoken::crypto::verify(&encoded, message, key, *algorithm).unwrap_or(false)
            }
            Arithmetic::Point(key) => key.verify(message, signature).is_ok(),
            Arithmetic::P521(key) => {
                use p521::ecdsa::signature::Verifier;
                p521::ecdsa::Signature::from_slice(signature)
                    .is_ok_and(|signature| key.verify(message, &signature).is_ok())
            }
            Arithmetic::Secp256k1(key) => {
                use k256::ecdsa::signature::Verifier;
                // RFC 8812 does not ask for low s, which this crate insists on.
                k256::ecdsa::Signature::from_slice(signature).is_ok_and(|signature| {
                    let signature = signature.normalize_s().unwrap_or(signature);
                    key.verify(message, &signature).is_ok()
                })
            }
        }
    }
}

fn ring_point(
    algorithm: &'static dyn signature::VerificationAlgorithm,
    point: &[u8],
) -> Arithmetic {
    Arithmetic::Point(signature::UnparsedPublicKey::new(algorithm, point.to_vec()))
}

/// ring's HMAC for an algorithm.
pub(crate) fn hmac_of(algorithm: Algorithm) -> Option<hmac::Algorithm> {
    match algorithm {
        Algorithm::HS256 => Some(hmac::HMAC_SHA256),
        Algorithm::HS384 => Some(hmac::HMAC_SHA384),
        Algorithm::HS512 => Some(hmac::HMAC_SHA512),
        _ => None,
    }
}

fn rsa(n: &[u8], e: &[u8], algorithm: Algorithm) -> Option<Arithmetic> {
    let (parameters, other) = match algorithm {
        Algorithm::RS256 => (
            &signature::RSA_PKCS1_2048_8192_SHA256,
            jsonwebtoken::Algorithm::RS256,
        ),
        Algorithm::RS384 => (
            &signature::RSA_PKCS1_2048_8192_SHA384,
            jsonwebtoken::Algorithm::RS384,
        ),
        Algorithm::RS512 => (
            &signature::RSA_PKCS1_2048_8192_SHA512,
            jsonwebtoken::Algorithm::RS512,
        ),
        Algorithm::PS256 => (
            &signature::RSA_PSS_2048_8192_SHA256,
            jsonwebtoken::Algorithm::PS256,
        ),
        Algorithm::PS384 => (
            &signature::RSA_PSS_2048_8192_SHA384,
            jsonwebtoken::Algorithm::PS384,
        ),
        Algorithm::PS512 => (
            &signature::RSA_PSS_2048_8192_SHA512,
            jsonwebtoken::Algorithm::PS512,
        ),
        _ => return None,
    };
    let bits = n.len() * 8 - n.first()?.leading_zeros() as usize;
    Some(if (2048..=8192).contains(&bits) {
        let numbers = signature::RsaPublicKeyComponents {
            n: n.to_vec(),
            e: e.to_vec(),
        };
        Arithmetic::Rsa {
            parameters,
            numbers,
        }
    } else {
        let key = jsonwebtoken::DecodingKey::from_rsa_raw_components(n, e);
        Arithmetic::RsaOfOddSize(Box::new(key), other)
    })
}
