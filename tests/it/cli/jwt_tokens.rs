//! Tokens for the tests of `apictl jwt`, written by hand so that any text can stand in them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A segment of a token.
pub fn segment(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// A token with a signature that belongs to nothing.
pub fn token(header: &str, claims: &str) -> String {
    format!("{}.{}.c2ln", segment(header), segment(claims))
}

/// A token signed with HMAC-SHA256, whatever its texts are.
pub fn signed(header: &str, claims: &str, secret: &str) -> String {
    let message = format!("{}.{}", segment(header), segment(claims));
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(ring::hmac::sign(&key, message.as_bytes()));
    format!("{message}.{signature}")
}
