//! The elliptic curves of JOSE (RFC 7518 §6.2.1.1, RFC 8812 §3.1).

use std::fmt;

use rand_core::OsRng;
use rsa::pkcs8::EncodePrivateKey;
use zeroize::Zeroizing;

use crate::jwt::algorithm::Algorithm;

/// An elliptic curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// NIST P-521.
    P521,
    /// secp256k1.
    Secp256k1,
}

/// Runs the same words on the crate of a curve.
macro_rules! on {
    ($curve:expr, $krate:ident => $body:expr) => {
        match $curve {
            Curve::P256 => {
                use p256 as $krate;
                $body
            }
            Curve::P384 => {
                use p384 as $krate;
                $body
            }
            Curve::P521 => {
                use p521 as $krate;
                $body
            }
            Curve::Secp256k1 => {
                use k256 as $krate;
                $body
            }
        }
    };
}

impl Curve {
    /// Every curve.
    pub const ALL: [Self; 4] = [Self::P256, Self::P384, Self::P521, Self::Secp256k1];

    /// The JWK name.
    pub fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
            Self::Secp256k1 => "secp256k1",
        }
    }

    /// The curve of a JWK name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|curve| curve.name() == name)
    }

    /// The one algorithm of the curve.
    pub fn algorithm(self) -> Algorithm {
        match self {
            Self::P256 => Algorithm::ES256,
            Self::P384 => Algorithm::ES384,
            Self::P521 => Algorithm::ES512,
            Self::Secp256k1 => Algorithm::ES256K,
        }
    }

    /// The length of a coordinate and of a scalar, in bytes.
    pub(crate) fn bytes(self) -> usize {
        match self {
            Self::P256 | Self::Secp256k1 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    /// The uncompressed form of a point in SEC1 form, if it lies on the curve.
    pub(crate) fn point(self, sec1: &[u8]) -> Option<Vec<u8>> {
        on!(self, curve => {
            use p256::elliptic_curve::sec1::ToEncodedPoint;
            let key = curve::PublicKey::from_sec1_bytes(sec1).ok()?;
            Some(key.to_encoded_point(false).as_bytes().to_vec())
        })
    }

    /// The scalar at full length and the point that belongs to it, if it is in range.
    pub(crate) fn pair(self, scalar: &[u8]) -> Option<(Zeroizing<Vec<u8>>, Vec<u8>)> {
        let excess = scalar.len().saturating_sub(self.bytes());
        if scalar[..excess].iter().any(|byte| *byte != 0) {
            return None;
        }
        let mut full = Zeroizing::new(vec![0; self.bytes() - (scalar.len() - excess)]);
        full.extend_from_slice(&scalar[excess..]);
        on!(self, curve => {
            use p256::elliptic_curve::sec1::ToEncodedPoint;
            let key = curve::SecretKey::from_slice(&full).ok()?;
            let point = key.public_key().to_encoded_point(false).as_bytes().to_vec();
            Some((full, point))
        })
    }

    /// A new random scalar.
    pub(crate) fn generate(self) -> Zeroizing<Vec<u8>> {
        on!(self, curve => {
            Zeroizing::new(curve::SecretKey::random(&mut OsRng).to_bytes().to_vec())
        })
    }

    /// A scalar as PKCS#8 DER.
    pub(crate) fn pkcs8(self, scalar: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        on!(self, curve => {
            let key = curve::SecretKey::from_slice(scalar).ok()?;
            Some(Zeroizing::new(key.to_pkcs8_der().ok()?.as_bytes().to_vec()))
        })
    }

    /// A point as SPKI DER.
    pub(crate) fn spki(self, point: &[u8]) -> Option<Vec<u8>> {
        on!(self, curve => {
            use rsa::pkcs8::EncodePublicKey;
            let key = curve::PublicKey::from_sec1_bytes(point).ok()?;
            Some(key.to_public_key_der().ok()?.into_vec())
        })
    }
}

impl fmt::Display for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
