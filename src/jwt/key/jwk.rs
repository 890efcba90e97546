//! JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037) and their thumbprints (RFC 7638).

use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BigUint, RsaPrivateKey};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::jwt::segments;

use super::curve::Curve;
use super::der;
use super::material::{Key, KeyError, Material};

/// The keys of a JWK, a JWK Set, a list of JWKs, or an object of PEM certificates by name. Keys of
/// a set that are of no use here are passed over, unless none remains.
pub(crate) fn keys(text: &str) -> Result<Vec<Key>, KeyError> {
    let value: Value = serde_json::from_str(text).map_err(|e| KeyError::Jwk(e.to_string()))?;
    let list = match value {
        Value::Array(list) => list,
        Value::Object(mut map) => match map.remove("keys") {
            Some(Value::Array(list)) => list,
            Some(_) => return Err(KeyError::Jwk("`keys` is not a list".to_owned())),
            None if map.contains_key("kty") => return Ok(vec![key(&map)?]),
            None => return certificates(&map),
        },
        _ => {
            return Err(KeyError::Jwk(
                "it is neither an object nor a list".to_owned(),
            ));
        }
    };
    let mut first_fault = KeyError::Jwk("the set has no keys".to_owned());
    let mut faulted = false;
    let mut all = Vec::new();
    for item in &list {
        match item.as_object().map(key) {
            Some(Ok(key)) => all.push(key),
            Some(Err(fault)) if !faulted => {
                first_fault = fault;
                faulted = true;
            }
            _ => {}
        }
    }
    if all.is_empty() {
        Err(first_fault)
    } else {
        Ok(all)
    }
}

/// `{"name": "-----BEGIN CERTIFICATE-----…"}`, as some identity providers publish their keys.
fn certificates(map: &Map<String, Value>) -> Result<Vec<Key>, KeyError> {
    let named = map.iter().filter_map(|(kid, pem)| {
        Some((kid, pem.as_str().filter(|pem| pem.contains("-----BEGIN"))?))
    });
    let mut all = Vec::new();
    for (kid, pem) in named {
        for mut key in super::read::pem_keys(pem)? {
            key.kid = Some(kid.clone());
            all.push(key);
        }
    }
    if all.is_empty() {
        return Err(KeyError::Jwk("it has neither `kty` nor `keys`".to_owned()));
    }
    Ok(all)
}

/// One JWK.
fn key(map: &Map<String, Value>) -> Result<Key, KeyError> {
    let text = |name: &str| map.get(name).and_then(Value::as_str);
    let number = |name: &str| -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let part = text(name).ok_or_else(|| KeyError::Jwk(format!("`{name}` is missing")))?;
        segments::lenient(part, segments::Segment::Header)
            .map(|(bytes, _)| Zeroizing::new(bytes))
            .map_err(|_| KeyError::Jwk(format!("`{name}` is not base64url")))
    };
    let private = map.contains_key("d");
    let material = match (text("kty"), text("crv")) {
        (Some("oct"), _) => Material::Oct(number("k")?),
        (Some("RSA"), _) if private => rsa_private(&number)?,
        (Some("RSA"), _) => Material::Rsa {
            n: trimmed(&number("n")?),
            e: trimmed(&number("e")?),
            private: None,
        },
        (Some("EC"), Some(crv)) => {
            let curve =
                Curve::named(crv).ok_or_else(|| KeyError::Unsupported(format!("EC {crv}")))?;
            ec(
                curve,
                &number("x")?,
                &number("y")?,
                if private { Some(number("d")?) } else { None },
            )?
        }
        (Some("OKP"), Some("Ed25519")) => {
            let public: [u8; 32] = number("x")?
                .as_slice()
                .try_into()
                .map_err(|_| KeyError::Jwk("`x` of an Ed25519 key has 32 bytes".to_owned()))?;
            if private {
                let pair = der::ed_private(&number("d")?)?;
                match &pair {
                    Material::Ed25519 { public: own, .. } if *own == public => pair,
                    _ => return Err(KeyError::Jwk("`x` does not belong to `d`".to_owned())),
                }
            } else {
                Material::Ed25519 { public, seed: None }
            }
        }
        (Some(kty), crv) => {
            return Err(KeyError::Unsupported(
                format!("{kty} {}", crv.unwrap_or_default())
                    .trim_end()
                    .to_owned(),
            ));
        }
        (None, _) => return Err(KeyError::Jwk("`kty` is missing".to_owned())),
    };
    Ok(Key {
        material,
        kid: text("kid").map(str::to_owned),
        alg: text("alg").map(str::to_owned),
        usage: text("use")
            .or_else(|| other_operations(map))
            .map(str::to_owned),
    })
}

/// RFC 7517 §4.3: a key whose operations are known and neither `sign` nor `verify` is not for signatures.
fn other_operations(map: &Map<String, Value>) -> Option<&'static str> {
    let operations = map.get("key_ops")?.as_array()?;
    let signs = |operation: &Value| matches!(operation.as_str(), Some("sign" | "verify"));
    (!operations.is_empty() && !operations.iter().any(signs)).then_some("enc")
}

/// A number without leading zeros.
fn trimmed(number: &[u8]) -> Vec<u8> {
    number
        .iter()
        .copied()
        .skip_while(|byte| *byte == 0)
        .collect()
}

type Number<'a> = dyn Fn(&str) -> Result<Zeroizing<Vec<u8>>, KeyError> + 'a;

fn rsa_private(number: &Number<'_>) -> Result<Material, KeyError> {
    let big = |name: &str| number(name).map(|bytes| BigUint::from_bytes_be(&bytes));
    // Without its primes a key can still be completed from n, e and d.
    let primes = match (big("p"), big("q")) {
        (Ok(p), Ok(q)) => vec![p, q],
        _ => Vec::new(),
    };
    let key = RsaPrivateKey::from_components(big("n")?, big("e")?, big("d")?, primes)
        .map_err(|_| KeyError::Jwk("the RSA numbers do not belong together".to_owned()))?;
    der::from_rsa(&key)
}

fn ec(
    curve: Curve,
    x: &[u8],
    y: &[u8],
    scalar: Option<Zeroizing<Vec<u8>>>,
) -> Result<Material, KeyError> {
    let size = curve.bytes();
    let mut sec1 = vec![4];
    for coordinate in [x, y] {
        let digits = trimmed(coordinate);
        if digits.len() > size {
            return Err(KeyError::Jwk(format!(
                "a {curve} coordinate has {size} bytes"
            )));
        }
        sec1.resize(sec1.len() + size - digits.len(), 0);
        sec1.extend(digits);
    }
    let point = curve
        .point(&sec1)
        .ok_or_else(|| KeyError::Jwk("the point is not on the curve".to_owned()))?;
    let Some(scalar) = scalar else {
        return Ok(Material::Ec {
            curve,
            point,
            scalar: None,
        });
    };
    match curve.pair(&scalar) {
        Some((scalar, own)) if own == point => Ok(Material::Ec {
            curve,
            point,
            scalar: Some(scalar),
        }),
        _ => Err(KeyError::Jwk(
            "`d` does not belong to `x` and `y`".to_owned(),
        )),
    }
}

/// The members that make up a key's identity, in the order of RFC 7638 §3.2; for a shared secret
/// that includes the secret.
fn required(key: &Key) -> Map<String, Value> {
    let mut map = Map::new();
    let mut put = |name: &str, value: String| map.insert(name.to_owned(), Value::String(value));
    match &key.material {
        Material::Oct(secret) => {
            put("k", segments::encode(secret));
            put("kty", "oct".to_owned());
        }
        Material::Rsa { n, e, .. } => {
            put("e", segments::encode(e));
            put("kty", "RSA".to_owned());
            put("n", segments::encode(n));
        }
        Material::Ec { curve, point, .. } => {
            let (x, y) = point[1..].split_at(curve.bytes());
            put("crv", curve.name().to_owned());
            put("kty", "EC".to_owned());
            put("x", segments::encode(x));
            put("y", segments::encode(y));
        }
        Material::Ed25519 { public, .. } => {
            put("crv", "Ed25519".to_owned());
            put("kty", "OKP".to_owned());
            put("x", segments::encode(public));
        }
    }
    map
}

/// The SHA-256 thumbprint of a key (RFC 7638), base64url.
pub fn thumbprint(key: &Key) -> String {
    let text = Zeroizing::new(Value::Object(required(key)).to_string());
    segments::encode(&Sha256::digest(text.as_bytes()))
}

/// The public half as a JWK; `None` for a shared secret, which has none.
pub fn public_jwk(key: &Key) -> Option<Map<String, Value>> {
    (!matches!(key.material, Material::Oct(_))).then(|| with_use(key, required(key)))
}

/// The key with its secret numbers as a JWK; `None` when it has none.
pub fn private_jwk(key: &Key) -> Option<Map<String, Value>> {
    let mut map = required(key);
    let mut put = |name: &str, bytes: &[u8]| {
        map.insert(name.to_owned(), Value::String(segments::encode(bytes)));
    };
    match &key.material {
        Material::Oct(_) => {}
        Material::Rsa { private, .. } => {
            let mut pair = RsaPrivateKey::from_pkcs1_der(private.as_ref()?).ok()?;
            pair.precompute().ok()?;
            put("d", &pair.d().to_bytes_be());
            if let [p, q] = pair.primes() {
                put("p", &p.to_bytes_be());
                put("q", &q.to_bytes_be());
                put("dp", &pair.dp()?.to_bytes_be());
                put("dq", &pair.dq()?.to_bytes_be());
                put("qi", &pair.crt_coefficient()?.to_bytes_be());
            }
            debug_assert_eq!(pair.size(), pair.n().to_bytes_be().len());
        }
        Material::Ec { scalar, .. } => put("d", scalar.as_ref()?),
        Material::Ed25519 { seed, .. } => put("d", seed.as_ref()?.as_slice()),
    }
    Some(with_use(key, map))
}

/// Adds `kid`, `alg` and `use` in front of the numbers.
fn with_use(key: &Key, numbers: Map<String, Value>) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in [("kid", &key.kid), ("use", &key.usage), ("alg", &key.alg)] {
        if let Some(value) = value {
            map.insert(name.to_owned(), Value::String(value.clone()));
        }
    }
    map.extend(numbers);
    map
}
