//! A login's record sealed with a key that is kept elsewhere: AES-256-GCM (RFC 5116), bound to its place in the store.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::token::login::Key;

/// The length of a key in bytes.
pub(super) const KEY_BYTES: usize = 32;

/// The version of the envelope; a plain record has version 1.
const VERSION: u32 = 2;

#[derive(Serialize, Deserialize)]
struct Envelope {
    version: u32,
    sealed: String,
}

/// Random bytes from the operating system; `None` when it has none.
pub(super) fn random(bytes: usize) -> Option<Zeroizing<Vec<u8>>> {
    let mut drawn = Zeroizing::new(vec![0; bytes]);
    SystemRandom::new().fill(&mut drawn).ok()?;
    Some(drawn)
}

/// Whether a file's content is an envelope rather than a plain record.
pub(super) fn is_sealed(content: &[u8]) -> bool {
    serde_json::from_slice::<Envelope>(content).is_ok()
}

/// The envelope of a record; `None` only without randomness.
pub(super) fn seal(place: &Key, record: &[u8], key: &[u8]) -> Option<Vec<u8>> {
    let nonce = random(NONCE_LEN)?;
    let mut text = record.to_vec();
    let sealing = Nonce::try_assume_unique_for_key(&nonce).ok()?;
    cipher(key)?
        .seal_in_place_append_tag(sealing, aad(place), &mut text)
        .ok()?;
    let sealed = STANDARD_NO_PAD.encode([nonce.as_slice(), &text].concat());
    serde_json::to_vec_pretty(&Envelope {
        version: VERSION,
        sealed,
    })
    .ok()
}

/// The record in an envelope; `None` when the key, the place or a single bit is another.
pub(super) fn open(place: &Key, content: &[u8], key: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let envelope: Envelope = serde_json::from_slice(content).ok()?;
    if envelope.version != VERSION {
        return None;
    }
    let mut sealed = Zeroizing::new(STANDARD_NO_PAD.decode(envelope.sealed).ok()?);
    let (nonce, text) = sealed.split_at_mut_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let record = cipher(key)?.open_in_place(nonce, aad(place), text).ok()?;
    Some(Zeroizing::new(record.to_vec()))
}

fn cipher(key: &[u8]) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, key)
        .ok()
        .map(LessSafeKey::new)
}

/// Nobody can put one login's file in the place of another's.
fn aad(place: &Key) -> Aad<Vec<u8>> {
    Aad::from(format!("apictl login\n{}\n{}", place.origin, place.name).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_record_opens_with_its_key_in_its_place_alone() {
        let (key, other) = ([7; KEY_BYTES], [8; KEY_BYTES]);
        let place = Key::new("http://127.0.0.1:8000", "alice");
        let sealed = seal(&place, b"{\"access\":\"very-secret\"}", &key).unwrap();
        assert!(is_sealed(&sealed));
        assert!(!String::from_utf8_lossy(&sealed).contains("secret"));
        let record = open(&place, &sealed, &key).unwrap();
        assert_eq!(record.as_slice(), b"{\"access\":\"very-secret\"}");
        assert!(open(&place, &sealed, &other).is_none());
        assert!(open(&Key::new("http://127.0.0.1:8000", "bob"), &sealed, &key).is_none());
        let again = seal(&place, b"x", &key).unwrap();
        assert_ne!(again, seal(&place, b"x", &key).unwrap());
    }

    #[test]
    fn a_damaged_envelope_does_not_open() {
        let key = [7; KEY_BYTES];
        let place = Key::new("http://127.0.0.1:8000", "alice");
        let sealed = String::from_utf8(seal(&place, b"x", &key).unwrap()).unwrap();
        for broken in [
            "",
            "{}",
            "{\"version\":2,\"sealed\":\"\"}",
            "{\"version\":2,\"sealed\":\"AAAA\"}",
            "{\"version\":1}",
        ] {
            assert!(open(&place, broken.as_bytes(), &key).is_none(), "{broken}");
        }
        let newer = sealed.replace("\"version\": 2", "\"version\": 3");
        assert!(open(&place, newer.as_bytes(), &key).is_none());
    }
}
