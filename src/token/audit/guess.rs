//! Guessing an HMAC secret, offline. Pure.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;

use super::original::{Original, hmac_named};

/// Secrets of tutorials, defaults and placeholders.
pub(super) const COMMON: &[&str] = &[
    "secret",
    "Secret",
    "SECRET",
    "secretkey",
    "secret-key",
    "secret_key",
    "SECRET_KEY",
    "mysecret",
    "my-secret",
    "my_secret",
    "mysecretkey",
    "supersecret",
    "super-secret",
    "super_secret",
    "password",
    "Password",
    "passw0rd",
    "123456",
    "12345678",
    "1234567890",
    "qwerty",
    "changeme",
    "change-me",
    "change_me",
    "CHANGE_ME",
    "changeit",
    "default",
    "key",
    "jwt",
    "jwtsecret",
    "jwt-secret",
    "jwt_secret",
    "JWT_SECRET",
    "jwtkey",
    "token",
    "test",
    "testing",
    "dev",
    "development",
    "debug",
    "admin",
    "root",
    "django",
    "django-insecure",
    "django-secret",
    "drf",
    "your-secret-key",
    "your_secret_key",
    "your-256-bit-secret",
    "your-384-bit-secret",
    "your-512-bit-secret",
    "yoursecret",
    "example",
    "example_key",
    "foo",
    "bar",
    "foobar",
    "letmein",
    "hello",
    "none",
    "null",
    "undefined",
    "insecure",
    "insecure-secret",
    "not-a-secret",
    "notasecret",
    "private",
    "signing-key",
    "signingkey",
    "s3cr3t",
    "s3cret",
    "shhhhh",
    "keyboard cat",
    "abc123",
    "a",
    "0",
    "1",
    "",
];

/// The first candidate that signs the token; `None` when none does, or the token has no HMAC.
pub(super) fn search<'a>(
    good: &Original,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let hash = hmac_named(&good.algorithm)?;
    let tag = URL_SAFE_NO_PAD.decode(good.parts[2].expose()).ok()?;
    let message = format!("{}.{}", good.parts[0].expose(), good.parts[1].expose());
    candidates.into_iter().find(|candidate| {
        let key = hmac::Key::new(hash, candidate.as_bytes());
        hmac::verify(&key, message.as_bytes(), &tag).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;
    use crate::token::audit::original::hmac_token;

    fn signed(secret: &str) -> Original {
        let header = r#"{"alg":"HS256"}"#;
        let token = hmac_token(hmac::HMAC_SHA256, secret.as_bytes(), header, "{}");
        Original::read(&Secret::new(token)).unwrap()
    }

    #[test]
    fn a_common_secret_is_guessed_and_a_random_one_is_not() {
        let common = || COMMON.iter().copied();
        assert_eq!(search(&signed("changeme"), common()), Some("changeme"));
        assert_eq!(search(&signed("kR7x.9q-unlikely"), common()), None);
    }
}
