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
