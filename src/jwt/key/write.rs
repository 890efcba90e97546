//! Keys as PEM: PKCS#8 for the private half, SPKI for the public one.

use pem::{EncodeConfig, LineEnding, Pem};
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey};
use rsa::{BigUint, RsaPrivateKey, RsaPublicKey};
use zeroize::Zeroizing;

use super::material::{Key, Material};

/// The start of a PKCS#8 Ed25519 key (RFC 8410 §7); the seed follows.
const ED25519_PKCS8: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
/// The start of an Ed25519 SPKI; the point follows.
const ED25519_SPKI: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

/// The private half as PKCS#8 DER; `None` for a public key or a shared secret.
pub(crate) fn pkcs8(key: &Key) -> Option<Zeroizing<Vec<u8>>> {
    match &key.material {
        Material::Oct(_) => None,
        Material::Rsa { private, .. } => {
            let pair = RsaPrivateKey::from_pkcs1_der(private.as_ref()?).ok()?;
            Some(Zeroizing::new(
                pair.to_pkcs8_der().ok()?.as_bytes().to_vec(),
            ))
        }
        Material::Ec { curve, scalar, .. } => curve.pkcs8(scalar.as_ref()?),
        Material::Ed25519 { seed, .. } => {
            let mut der = Zeroizing::new(ED25519_PKCS8.to_vec());
            der.extend_from_slice(seed.as_ref()?.as_slice());
            Some(der)
        }
    }
}

/// The public half as SPKI DER; `None` for a shared secret.
pub(crate) fn spki(key: &Key) -> Option<Vec<u8>> {
    match &key.material {
        Material::Oct(_) => None,
        Material::Rsa { n, e, .. } => {
            let limit = n.len() * 8;
            let (n, e) = (BigUint::from_bytes_be(n), BigUint::from_bytes_be(e));
            let key = RsaPublicKey::new_with_max_size(n, e, limit).ok()?;
            Some(key.to_public_key_der().ok()?.into_vec())
        }
        Material::Ec { curve, point, .. } => curve.spki(point),
        Material::Ed25519 { public, .. } => Some([ED25519_SPKI.as_slice(), public].concat()),
    }
}

/// The private half as a PEM text; `None` for a public key or a shared secret.
pub fn private_pem(key: &Key) -> Option<Zeroizing<String>> {
    Some(Zeroizing::new(framed("PRIVATE KEY", &pkcs8(key)?)))
}

/// The public half as a PEM text; `None` for a shared secret.
pub fn public_pem(key: &Key) -> Option<String> {
    Some(framed("PUBLIC KEY", &spki(key)?))
}

fn framed(tag: &str, der: &[u8]) -> String {
    let config = EncodeConfig::new().set_line_ending(LineEnding::LF);
    pem::encode_config(&Pem::new(tag, der), config)
}
