//! Keys in DER: PKCS#1 (RFC 8017), PKCS#8 (RFC 5208), SEC1 (RFC 5915), SPKI and X.509 (RFC 5280).

use rsa::RsaPrivateKey;
use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey};
use rsa::traits::PublicKeyParts;
use zeroize::Zeroizing;

use super::curve::Curve;
use super::material::{KeyError, Material};

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const OID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const CONTEXT_0: u8 = 0xa0;

const RSA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";
const RSA_PSS: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a";
const EC: &[u8] = b"\x2a\x86\x48\xce\x3d\x02\x01";
const ED25519: &[u8] = b"\x2b\x65\x70";
const ED448: &[u8] = b"\x2b\x65\x71";
/// PKCS#5, the family of passphrase-based encryption, and PKCS#12's.
const PASSPHRASE: [&[u8]; 2] = [
    b"\x2a\x86\x48\x86\xf7\x0d\x01\x05",
    b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c",
];

type Field<'a> = (u8, &'a [u8]);

/// The key in a DER value, whichever form it has.
pub(crate) fn key(der: &[u8]) -> Result<Material, KeyError> {
    let (tag, body, rest) = value(der).ok_or(KeyError::Der("they are cut short"))?;
    if tag != SEQUENCE || !rest.is_empty() {
        return Err(KeyError::Der("they are not one SEQUENCE"));
    }
    let all = fields(body).ok_or(KeyError::Der("they are cut short"))?;
    match all.as_slice() {
        [(SEQUENCE, algorithm), (BIT_STRING, bits)] => public(algorithm, bits),
        [(SEQUENCE, tbs), (SEQUENCE, _), (BIT_STRING, _)] => certificate(tbs),
        [(SEQUENCE, algorithm), (OCTET_STRING, _)] if is_passphrase(algorithm) => {
            Err(KeyError::Encrypted)
        }
        [(INTEGER, _), (INTEGER, _)] => rsa_public(der),
        [(INTEGER, _), (SEQUENCE, algorithm), (OCTET_STRING, key), ..] => private(algorithm, key),
        [(INTEGER, [1]), (OCTET_STRING, scalar), more @ ..] => {
            let curve = more
                .iter()
                .find(|(tag, _)| *tag == CONTEXT_0)
                .and_then(|(_, named)| fields(named))
                .and_then(|named| curve_of(&named));
            ec_private(curve, scalar)
        }
        [(INTEGER, _), (INTEGER, _), .., (INTEGER, _)] if all.len() >= 9 => rsa_private(der),
        _ => Err(KeyError::Der(
            "they have the shape of no key form known here",
        )),
    }
}

/// One value at the front: tag, content, and what follows it.
fn value(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let count = usize::from(first & 0x7f);
        if count == 0 || count > 4 {
            return None;
        }
        let (digits, rest) = rest.split_at_checked(count)?;
        let length = digits
            .iter()
            .fold(0_usize, |sum, digit| sum << 8 | usize::from(*digit));
        (length, rest)
    };
    let (body, rest) = rest.split_at_checked(length)?;
    Some((tag, body, rest))
}

/// The values inside a constructed one.
fn fields(mut body: &[u8]) -> Option<Vec<Field<'_>>> {
    let mut all = Vec::new();
    while !body.is_empty() {
        let (tag, content, rest) = value(body)?;
        all.push((tag, content));
        body = rest;
    }
    Some(all)
}

fn is_passphrase(algorithm: &[u8]) -> bool {
    fields(algorithm)
        .as_deref()
        .and_then(<[Field<'_>]>::first)
        .is_some_and(|(tag, oid)| {
            *tag == OID && PASSPHRASE.iter().any(|family| oid.starts_with(family))
        })
}

/// The curve that a list of values names.
fn curve_of(named: &[Field<'_>]) -> Option<Curve> {
    let (_, oid) = named.iter().rfind(|(tag, _)| *tag == OID)?;
    match *oid {
        b"\x2a\x86\x48\xce\x3d\x03\x01\x07" => Some(Curve::P256),
        b"\x2b\x81\x04\x00\x22" => Some(Curve::P384),
        b"\x2b\x81\x04\x00\x23" => Some(Curve::P521),
        b"\x2b\x81\x04\x00\x0a" => Some(Curve::Secp256k1),
        _ => None,
    }
}

/// The algorithm's identifier and, for EC, its curve.
fn algorithm_of(algorithm: &[u8]) -> Result<(&[u8], Option<Curve>), KeyError> {
    let broken = KeyError::Der("the algorithm is missing");
    let named = fields(algorithm).ok_or_else(|| broken.clone())?;
    match named.first() {
        Some((OID, oid)) => Ok((oid, curve_of(&named[1..]))),
        _ => Err(broken),
    }
}

fn unsupported(oid: &[u8]) -> KeyError {
    KeyError::Unsupported(match oid {
        ED448 => "Ed448".to_owned(),
        other => format!("with the identifier {}", dotted(other)),
    })
}

/// An object identifier as people write it.
fn dotted(oid: &[u8]) -> String {
    let Some((first, rest)) = oid.split_first() else {
        return "(empty)".to_owned();
    };
    let mut text = format!(
        "{}.{}",
        (first / 40).min(2),
        first - 40 * (first / 40).min(2)
    );
    let mut number = 0_u64;
    for byte in rest {
        number = number << 7 & u64::MAX >> 1 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            text.push('.');
            text.push_str(&number.to_string());
            number = 0;
        }
    }
    text
}

/// SPKI.
fn public(algorithm: &[u8], bits: &[u8]) -> Result<Material, KeyError> {
    let (oid, curve) = algorithm_of(algorithm)?;
    let Some((0, bits)) = bits.split_first().map(|(unused, bits)| (*unused, bits)) else {
        return Err(KeyError::Der("the bit string has loose bits"));
    };
    match oid {
        RSA | RSA_PSS => rsa_public(bits),
        EC => {
            let curve =
                curve.ok_or_else(|| KeyError::Unsupported("EC on an unknown curve".to_owned()))?;
            let point = curve
                .point(bits)
                .ok_or(KeyError::Der("the point is not on the curve"))?;
            Ok(Material::Ec {
                curve,
                point,
                scalar: None,
            })
        }
        ED25519 => {
            let public = bits
                .try_into()
                .map_err(|_| KeyError::Der("an Ed25519 key has 32 bytes"))?;
            Ok(Material::Ed25519 { public, seed: None })
        }
        other => Err(unsupported(other)),
    }
}

/// The subject's key in an X.509 certificate; nothing of the certificate itself is checked.
fn certificate(tbs: &[u8]) -> Result<Material, KeyError> {
    let broken = KeyError::Der("the certificate holds no public key");
    let all = fields(tbs).ok_or_else(|| broken.clone())?;
    let skip = usize::from(all.first().is_some_and(|(tag, _)| *tag == CONTEXT_0));
    // Serial number, signature algorithm, issuer, validity, subject, then the key.
    let Some((SEQUENCE, spki)) = all.get(skip + 5) else {
        return Err(broken);
    };
    match fields(spki).as_deref() {
        Some([(SEQUENCE, algorithm), (BIT_STRING, bits)]) => public(algorithm, bits),
        _ => Err(broken),
    }
}

/// PKCS#8.
fn private(algorithm: &[u8], inner: &[u8]) -> Result<Material, KeyError> {
    let (oid, curve) = algorithm_of(algorithm)?;
    match oid {
        RSA | RSA_PSS => rsa_private(inner),
        EC => {
            let sec1 = value(inner).and_then(|(_, body, _)| fields(body));
            let Some([(INTEGER, [1]), (OCTET_STRING, scalar), more @ ..]) = sec1.as_deref() else {
                return Err(KeyError::Der("the EC private key is broken"));
            };
            let own = more
                .iter()
                .find(|(tag, _)| *tag == CONTEXT_0)
                .and_then(|(_, named)| curve_of(&fields(named)?));
            ec_private(curve.or(own), scalar)
        }
        ED25519 => match value(inner) {
            Some((OCTET_STRING, seed, _)) => ed_private(seed),
            _ => Err(KeyError::Der("the Ed25519 seed is missing")),
        },
        other => Err(unsupported(other)),
    }
}

fn ec_private(curve: Option<Curve>, scalar: &[u8]) -> Result<Material, KeyError> {
    let curve = curve.ok_or_else(|| KeyError::Unsupported("EC on an unknown curve".to_owned()))?;
    let (scalar, point) = curve
        .pair(scalar)
        .ok_or(KeyError::Der("the EC scalar is out of range"))?;
    Ok(Material::Ec {
        curve,
        point,
        scalar: Some(scalar),
    })
}

/// An Ed25519 key from its seed.
pub(crate) fn ed_private(seed: &[u8]) -> Result<Material, KeyError> {
    use ring::signature::KeyPair;
    let broken = |_| KeyError::Der("an Ed25519 seed has 32 bytes");
    let pair = ring::signature::Ed25519KeyPair::from_seed_unchecked(seed)
        .map_err(|_| KeyError::Der("an Ed25519 seed has 32 bytes"))?;
    let public = pair.public_key().as_ref().try_into().map_err(broken)?;
    let seed: [u8; 32] = seed.try_into().map_err(broken)?;
    Ok(Material::Ed25519 {
        public,
        seed: Some(Zeroizing::new(seed)),
    })
}

fn rsa_public(pkcs1: &[u8]) -> Result<Material, KeyError> {
    let numbers = value(pkcs1).and_then(|(_, body, _)| fields(body));
    let Some([(INTEGER, n), (INTEGER, e)]) = numbers.as_deref() else {
        return Err(KeyError::Der("the RSA numbers are not usable"));
    };
    let trimmed = |number: &[u8]| -> Vec<u8> {
        number
            .iter()
            .copied()
            .skip_while(|byte| *byte == 0)
            .collect()
    };
    Ok(Material::Rsa {
        n: trimmed(n),
        e: trimmed(e),
        private: None,
    })
}

fn rsa_private(pkcs1: &[u8]) -> Result<Material, KeyError> {
    let key = RsaPrivateKey::from_pkcs1_der(pkcs1)
        .map_err(|_| KeyError::Der("the RSA numbers are not usable"))?;
    from_rsa(&key)
}

/// An RSA key pair in its normal form.
pub(crate) fn from_rsa(key: &RsaPrivateKey) -> Result<Material, KeyError> {
    let der = key
        .to_pkcs1_der()
        .map_err(|_| KeyError::Der("the RSA numbers are not usable"))?;
    Ok(Material::Rsa {
        n: key.n().to_bytes_be(),
        e: key.e().to_bytes_be(),
        private: Some(Zeroizing::new(der.as_bytes().to_vec())),
    })
}
