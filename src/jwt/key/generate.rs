//! New keys.

use rand_core::{OsRng, RngCore};
use rsa::RsaPrivateKey;
use zeroize::Zeroizing;

use crate::jwt::algorithm::Algorithm;

use super::curve::Curve;
use super::der;
use super::material::{Key, KeyError, Material};

/// What kind of key to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyType {
    /// A shared secret of so many bytes.
    Oct(usize),
    /// An RSA key of so many bits.
    Rsa(usize),
    /// An elliptic curve key.
    Ec(Curve),
    /// An Ed25519 key.
    Ed25519,
}

impl KeyType {
    /// The usual key for an algorithm: a secret as long as the hash, RSA of 2048 bits.
    pub fn for_algorithm(algorithm: Algorithm) -> Self {
        match (algorithm.hmac_bytes(), algorithm) {
            (Some(bytes), _) => Self::Oct(bytes),
            (None, Algorithm::EdDSA) => Self::Ed25519,
            (None, _) => Curve::ALL
                .into_iter()
                .find(|curve| curve.algorithm() == algorithm)
                .map_or(Self::Rsa(2048), Self::Ec),
        }
    }
}

/// Makes a new key from the operating system's randomness.
pub fn generate(kind: KeyType) -> Result<Key, KeyError> {
    let material = match kind {
        KeyType::Oct(bytes) => {
            let mut secret = Zeroizing::new(vec![0; bytes]);
            OsRng.fill_bytes(&mut secret);
            Material::Oct(secret)
        }
        KeyType::Rsa(bits) => {
            let key = RsaPrivateKey::new(&mut OsRng, bits)
                .map_err(|e| KeyError::Unsupported(format!("RSA {bits}: {e}")))?;
            der::from_rsa(&key)?
        }
        KeyType::Ec(curve) => {
            let (scalar, point) = curve
                .pair(&curve.generate())
                .ok_or(KeyError::Der("the EC scalar is out of range"))?;
            Material::Ec {
                curve,
                point,
                scalar: Some(scalar),
            }
        }
        KeyType::Ed25519 => {
            let mut seed = Zeroizing::new([0; 32]);
            OsRng.fill_bytes(seed.as_mut());
            der::ed_private(seed.as_slice())?
        }
    };
    Ok(material.into())
}
