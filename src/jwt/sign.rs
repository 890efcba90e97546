//! Making tokens: header and claims are written as they are given, then signed.

use serde_json::{Map, Value};

use super::algorithm::Algorithm;
use super::key::{Key, Material, pkcs8};
use super::segments;

/// Why a token cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The key is a public one.
    #[error("the {0} cannot sign: it has no private half")]
    NotPrivate(String),
    /// The key is of another kind than the algorithm.
    #[error("{algorithm} cannot be used with the {key}, which allows {allowed}")]
    WrongKind {
        /// The algorithm asked for.
        algorithm: String,
        /// The key, in words.
        key: String,
        /// What the key allows.
        allowed: String,
    },
    /// The key is shorter than RFC 7518 asks for.
    #[error("{0}")]
    Weak(String),
    /// The numbers of the key cannot be used for this.
    #[error("the {0} cannot be used for this signature")]
    Unusable(String),
}

/// The algorithm that a key signs with when nobody says which: its own `alg`, or the first of its
/// kind that its length allows.
pub fn default_algorithm(key: &Key) -> Option<Algorithm> {
    let allowed = key.algorithms();
    let strong = allowed
        .iter()
        .copied()
        .find(|algorithm| key.weakness(*algorithm).is_none());
    strong.or_else(|| allowed.first().copied())
}

/// Signs a token. `alg` is written into the header, in its place or first.
///
/// A key too weak for the algorithm is an error unless `allow_weak_key`.
pub fn sign(
    header: &Map<String, Value>,
    claims: &Map<String, Value>,
    key: &Key,
    algorithm: Algorithm,
    allow_weak_key: bool,
) -> Result<String, SignError> {
    if let Some(weakness) = key.weakness(algorithm).filter(|_| !allow_weak_key) {
        return Err(SignError::Weak(weakness));
    }
    let message = unsigned(&with_algorithm(header, algorithm.name()), claims);
    let signature = signature(key, algorithm, message.as_bytes())?;
    Ok(format!("{message}.{signature}"))
}

/// A header whose `alg` is the given one.
pub(crate) fn with_algorithm(header: &Map<String, Value>, name: &str) -> Map<String, Value> {
    let mut full = Map::new();
    if !header.contains_key("alg") {
        full.insert("alg".to_owned(), name.into());
    }
    full.extend(header.clone());
    full.insert("alg".to_owned(), name.into());
    full
}

/// The two segments that are signed, joined by their dot.
pub(crate) fn unsigned(header: &Map<String, Value>, claims: &Map<String, Value>) -> String {
    let part = |map: &Map<String, Value>| {
        segments::encode(Value::Object(map.clone()).to_string().as_bytes())
    };
    format!("{}.{}", part(header), part(claims))
}

/// The signature of a message, base64url.
pub(crate) fn signature(
    key: &Key,
    algorithm: Algorithm,
    message: &[u8],
) -> Result<String, SignError> {
    if !key.algorithms().contains(&algorithm) {
        let allowed: Vec<&str> = key
            .algorithms()
            .iter()
            .map(|algorithm| algorithm.name())
            .collect();
        return Err(SignError::WrongKind {
            algorithm: algorithm.to_string(),
            key: key.kind(),
            allowed: allowed.join(", "),
        });
    }
    if !key.is_private() {
        return Err(SignError::NotPrivate(key.kind()));
    }
    if let Material::Ec {
        scalar: Some(scalar),
        ..
    } = &key.material
    {
        match algorithm {
            Algorithm::ES512 => {
                return p521_signature(scalar, message)
                    .ok_or_else(|| SignError::Unusable(key.kind()));
            }
            Algorithm::ES256K => {
                return k256_signature(scalar, message)
                    .ok_or_else(|| SignError::Unusable(key.kind()));
            }
            _ => {}
        }
    }
    by_jsonwebtoken(key, algorithm, message).ok_or_else(|| SignError::Unusable(key.kind()))
}

fn p521_signature(scalar: &[u8], message: &[u8]) -> Option<String> {
    use p521::ecdsa::signature::Signer;
    let key = p521::ecdsa::SigningKey::from_slice(scalar).ok()?;
    let signature: p521::ecdsa::Signature = key.try_sign(message).ok()?;
    Some(segments::encode(&signature.to_bytes()))
}

fn k256_signature(scalar: &[u8], message: &[u8]) -> Option<String> {
    use k256::ecdsa::signature::Signer;
    let key = k256::ecdsa::SigningKey::from_slice(scalar).ok()?;
    let signature: k256::ecdsa::Signature = key.try_sign(message).ok()?;
    Some(segments::encode(&signature.to_bytes()))
}

fn by_jsonwebtoken(key: &Key, algorithm: Algorithm, message: &[u8]) -> Option<String> {
    use jsonwebtoken::EncodingKey;
    let native = match &key.material {
        Material::Oct(secret) => EncodingKey::from_secret(secret),
        Material::Rsa { private, .. } => EncodingKey::from_rsa_der(private.as_ref()?),
        Material::Ec { .. } => EncodingKey::from_ec_der(&pkcs8(key)?),
        Material::Ed25519 { .. } => EncodingKey::from_ed_der(&pkcs8(key)?),
    };
    let algorithm = algorithm.name().parse().ok()?;
    jsonwebtoken::crypto::sign(message, &native, algorithm).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jwt::{
        ALGORITHMS, KeyType, Policy, Verifier, generate, private_pem, public_pem, read_keys,
    };
    use serde_json::json;

    fn map(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn every_algorithm_signs_what_it_verifies_and_nothing_else() {
        let rsa = generate(KeyType::Rsa(2048)).unwrap();
        for algorithm in ALGORITHMS {
            let key = match KeyType::for_algorithm(algorithm) {
                KeyType::Rsa(_) => rsa.clone(),
                other => generate(other).unwrap(),
            };
            let token = sign(
                &Map::new(),
                &map(&json!({"sub": "1"})),
                &key,
                algorithm,
                false,
            )
            .unwrap();
            let keys = match (private_pem(&key), public_pem(&key)) {
                (Some(private), Some(public)) => {
                    let mut keys = read_keys(private.as_bytes()).unwrap();
                    let public = read_keys(public.as_bytes()).unwrap();
                    assert!(keys[0].is_private() && !public[0].is_private());
                    keys.extend(public);
                    keys
                }
                _ => vec![key],
            };
            for key in keys {
                let verifier = Verifier::new(&[key], Policy::default()).unwrap();
                assert!(verifier.verify(&token, 0.0).is_valid(), "{algorithm}");
                let (rest, last) = token.split_at(token.len() - 8);
                let other = format!("{rest}{}", last.chars().rev().collect::<String>());
                assert!(!verifier.verify(&other, 0.0).is_valid(), "{algorithm}");
            }
        }
    }

    #[test]
    fn the_header_keeps_its_order_and_gets_its_algorithm() {
        let header = map(&json!({"typ": "at+jwt", "alg": "none", "kid": "k"}));
        let key = generate(KeyType::Oct(32)).unwrap();
        let token = sign(&header, &Map::new(), &key, Algorithm::HS256, false).unwrap();
        let decoded = crate::jwt::decode(&token).unwrap();
        assert_eq!(
            serde_json::to_string(&decoded.header).unwrap(),
            r#"{"typ":"at+jwt","alg":"HS256","kid":"k"}"#
        );
    }

    #[test]
    fn a_key_that_cannot_sign_says_why() {
        let claims = Map::new();
        let key = generate(KeyType::Ed25519).unwrap();
        let public = &read_keys(public_pem(&key).unwrap().as_bytes()).unwrap()[0];
        let refused =
            |key: &Key, algorithm| sign(&claims, &claims, key, algorithm, false).unwrap_err();
        assert!(matches!(
            refused(public, Algorithm::EdDSA),
            SignError::NotPrivate(_)
        ));
        assert!(matches!(
            refused(&key, Algorithm::HS256),
            SignError::WrongKind { .. }
        ));
        let short = generate(KeyType::Oct(8)).unwrap();
        assert!(matches!(
            refused(&short, Algorithm::HS256),
            SignError::Weak(_)
        ));
        assert!(sign(&claims, &claims, &short, Algorithm::HS256, true).is_ok());
    }
}
