//! Bytes to keys, by what the bytes are.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::der;
use super::jwk;
use super::material::{Key, KeyError, Material};

/// The keys in a file, whatever its form: PEM (PKCS#1, PKCS#8, SEC1, SPKI, X.509), DER of the same,
/// JWK, JWK Set, the base64 body of a PEM without its frame, or else the text of a shared secret.
///
/// A text may hold several keys; of a chain of certificates only the first, the leaf, counts. A PEM
/// on one line with `\n` written out, as environment files hold it, is read too.
pub fn read_keys(content: &[u8]) -> Result<Vec<Key>, KeyError> {
    if content.is_empty() {
        return Err(KeyError::Empty);
    }
    // A DER key may happen to be UTF-8 only when it is broken: the sequence tag alone is '0'.
    if content.starts_with(b"0\x82")
        || content.starts_with(b"0\x81")
        || std::str::from_utf8(content).is_err()
    {
        return if content[0] == b'0' {
            der::key(content).map(|material| vec![material.into()])
        } else {
            Err(KeyError::Unrecognised)
        };
    }
    let text = String::from_utf8_lossy(content);
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(KeyError::Empty);
    }
    match frame(trimmed) {
        Some("JSON") => jwk::keys(trimmed),
        Some("PEM") => pem_keys(trimmed),
        Some(_) => Err(KeyError::OpenSsh),
        None => match der::key(content).or_else(|fault| unframed(trimmed).ok_or(fault)) {
            Ok(material) => Ok(vec![material.into()]),
            Err(KeyError::Encrypted) => Err(KeyError::Encrypted),
            Err(_) => Ok(vec![secret(content)]),
        },
    }
}

/// A shared secret from a file or the environment: the bytes without the line break that editors
/// and `echo` put at the end. A key text is refused (see [`KeyError::NotASecret`]).
pub fn read_secret(content: &[u8]) -> Result<Key, KeyError> {
    let text = std::str::from_utf8(content).unwrap_or_default().trim();
    match frame(text) {
        Some("PEM") => return Err(KeyError::NotASecret("PEM")),
        Some("SSH") => return Err(KeyError::NotASecret("OpenSSH")),
        Some(_) if jwk::keys(text).is_ok() => return Err(KeyError::NotASecret("JWK")),
        _ => {}
    }
    Ok(secret(content))
}

fn secret(content: &[u8]) -> Key {
    let bytes = content.strip_suffix(b"\n").unwrap_or(content);
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    Material::Oct(Zeroizing::new(bytes.to_vec())).into()
}

/// Which key text it looks like.
fn frame(text: &str) -> Option<&'static str> {
    if text.contains("-----BEGIN") {
        Some("PEM")
    } else if text.starts_with("ssh-") || text.starts_with("ecdsa-sha2-") {
        Some("SSH")
    } else if (text.starts_with('{') && text.ends_with('}'))
        || (text.starts_with("[{") && text.ends_with(']'))
    {
        Some("JSON")
    } else {
        None
    }
}

/// The base64 body of a PEM text without its frame, as some settings pages show it.
fn unframed(text: &str) -> Option<Material> {
    if !text.starts_with('M') || text.len() < 40 {
        return None;
    }
    let body: String = text.split_whitespace().collect();
    der::key(&STANDARD.decode(body).ok()?).ok()
}

/// The keys of a PEM text.
pub(crate) fn pem_keys(text: &str) -> Result<Vec<Key>, KeyError> {
    let written_out = text.contains("\\n").then(|| text.replace("\\n", "\n"));
    let text = written_out.as_deref().unwrap_or(text);
    let blocks = pem::parse_many(text).map_err(|e| KeyError::Pem(e.to_string()))?;
    let mut keys: Vec<Key> = Vec::new();
    let mut certificate = None;
    let mut others = Vec::new();
    for block in &blocks {
        match block.tag() {
            "ENCRYPTED PRIVATE KEY" => return Err(KeyError::Encrypted),
            _ if block.headers().get("Proc-Type").is_some() => return Err(KeyError::Encrypted),
            "OPENSSH PRIVATE KEY" | "SSH2 PUBLIC KEY" => return Err(KeyError::OpenSsh),
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
                if certificate.is_none() {
                    certificate = Some(der::key(block.contents())?);
                }
            }
            tag if tag.ends_with("PRIVATE KEY") || tag.ends_with("PUBLIC KEY") => {
                keys.push(der::key(block.contents())?.into());
            }
            other => others.push(other),
        }
    }
    if keys.is_empty() {
        keys.extend(certificate.map(Key::from));
    }
    if keys.is_empty() {
        return Err(KeyError::Pem(match others.first() {
            Some(tag) => format!("it is a {tag}"),
            None => "no complete block between BEGIN and END lines".to_owned(),
        }));
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jwt::{KeyType, generate, private_jwk, private_pem, public_jwk, public_pem};

    #[test]
    fn content_decides_what_a_key_is() {
        let kind = |content: &[u8]| read_keys(content).map(|keys| keys[0].kind());
        assert_eq!(
            kind(b"hunter2\n"),
            Ok("shared secret of 7 bytes".to_owned())
        );
        assert_eq!(
            kind(b"MIIBsecretsecretsecretsecretsecretsecretsecret"),
            Ok("shared secret of 46 bytes".to_owned())
        );
        assert_eq!(
            kind(b"0123456789"),
            Ok("shared secret of 10 bytes".to_owned())
        );
        assert_eq!(kind(b""), Err(KeyError::Empty));
        assert_eq!(kind(b" \n"), Err(KeyError::Empty));
        assert_eq!(kind(b"\xff\xfe\x00"), Err(KeyError::Unrecognised));
        assert!(matches!(kind(b"0\x82\x01\x0a\x02"), Err(KeyError::Der(_))));
        assert!(matches!(kind(b"{\"kty\":\"oct\"}"), Err(KeyError::Jwk(_))));
        assert!(matches!(
            kind(b"{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"AA\"}"),
            Err(KeyError::Unsupported(_))
        ));
    }

    #[test]
    fn a_pair_whose_halves_do_not_belong_together_is_refused() {
        for kind in [KeyType::Ed25519, KeyType::Ec(crate::jwt::Curve::P256)] {
            let (one, other) = (generate(kind).unwrap(), generate(kind).unwrap());
            let mut jwk = private_jwk(&one).unwrap();
            jwk.extend(public_jwk(&other).unwrap());
            let text = serde_json::Value::Object(jwk).to_string();
            assert!(matches!(read_keys(text.as_bytes()), Err(KeyError::Jwk(_))));
        }
    }

    #[test]
    fn debug_output_and_errors_hold_no_key() {
        let key = generate(KeyType::Ed25519).unwrap();
        let secret = private_jwk(&key).unwrap()["d"].as_str().unwrap().to_owned();
        assert!(!format!("{key:?}").contains(&secret));
        let error = read_secret(private_pem(&key).unwrap().as_bytes()).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("MC4C"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>, text in "[-BEGINPRIVATE KEYDOCRTFU\n{}\"a-z:,=0-9]{0,120}") {
            let _ = read_keys(&bytes);
            let _ = read_keys(text.as_bytes());
            let _ = read_secret(&bytes);
        }

        #[test]
        fn damaged_keys_are_read_without_a_panic(at: proptest::sample::Index, byte: u8, cut: proptest::sample::Index, curve in 0_usize..4) {
            let curve = crate::jwt::Curve::ALL[curve];
            let key = generate(KeyType::Ec(curve)).unwrap();
            let private = super::super::write::pkcs8(&key).unwrap().to_vec();
            let public = pem::parse(public_pem(&key).unwrap()).unwrap().into_contents();
            for mut der in [private, public] {
                let index = at.index(der.len());
                der[index] = byte;
                let _ = read_keys(&der);
                let _ = der::key(&der);
                let cut = cut.index(der.len());
                let _ = der::key(&der[..cut]);
            }
        }

        #[test]
        fn der_of_any_shape_is_read_without_a_panic(body: Vec<u8>, tag in 0_usize..5) {
            let inner = [[0x02, 0x01, 0x00], [0x30, 0x01, 0x06], [0x30, 0x84, 0xff], [0x04, 0x02, 0x30], [0x02, 0x01, 0x01]][tag];
            let mut der = vec![0x30, 0x82];
            der.extend(u16::try_from(inner.len() + body.len()).unwrap_or_default().to_be_bytes());
            der.extend(inner);
            der.extend(body);
            let _ = der::key(&der);
        }
    }
}
