//! Forgeries that need no key of the server. Pure.

use ring::hmac::HMAC_SHA256;
use serde_json::{Map, Value, json as value};

use super::original::{Forgery, Original, encode, hmac_named, hmac_token, json};
use crate::jwt::{Algorithm, Curve, Key, KeyError, KeyType, generate, public_jwk, sign};
use crate::secret::Secret;

/// Signature removed, cut off with its dot, shortened, changed.
pub(super) fn stripped(good: &Original) -> Vec<Forgery> {
    let [header, claims, signature] = good.parts.each_ref().map(Secret::expose);
    let shorter = &signature[..signature.len().saturating_sub(4)];
    let first = if signature.starts_with('A') { "B" } else { "A" };
    let changed = format!("{first}{}", signature.get(1..).unwrap_or_default());
    vec![
        Forgery::new("signature removed", format!("{header}.{claims}.")),
        Forgery::new("two segments", format!("{header}.{claims}")),
        Forgery::new("signature cut by 4", format!("{header}.{claims}.{shorter}")),
        Forgery::new("signature changed", format!("{header}.{claims}.{changed}")),
    ]
}

/// Another end under the old signature: accepted, anybody can write tokens.
pub(super) fn tampered(good: &Original) -> Vec<Forgery> {
    let [header, _, signature] = good.parts.each_ref().map(Secret::expose);
    let later = good.seconds("exp").unwrap_or(4e9) + 60.0;
    let claims = good.claims_with("exp", Some(value!(later.round())).map(whole));
    vec![Forgery::new(
        "exp a minute later",
        format!("{header}.{}.{signature}", encode(json(&claims))),
    )]
}

/// `alg` none in four spellings without a signature, none over the old one, and no `alg` at all.
pub(super) fn alg_none(good: &Original) -> Vec<Forgery> {
    let claims = good.parts[1].expose();
    let mut forgeries: Vec<Forgery> = ["none", "None", "NONE", "nOnE"]
        .iter()
        .map(|alg| {
            let header = encode(json(&good.header_with("alg", *alg)));
            Forgery::new(format!("alg {alg}"), format!("{header}.{claims}."))
        })
        .collect();
    let none = encode(json(&good.header_with("alg", "none")));
    forgeries.push(Forgery::new(
        "alg none, old signature",
        format!("{none}.{claims}.{}", good.parts[2].expose()),
    ));
    let mut without = good.header.clone();
    without.shift_remove("alg");
    forgeries.push(Forgery::new(
        "no alg",
        format!("{}.{claims}.", encode(json(&without))),
    ));
    forgeries
}

/// HMAC keyed with a public key that everybody can have: as PEM in three line forms, and as DER.
pub(super) fn confusion(good: &Original, pem: &str) -> Vec<Forgery> {
    let header = json(&good.header_with("alg", "HS256"));
    let claims = json(&good.claims);
    let plain = pem.trim_end().replace("\r\n", "\n");
    let mut secrets = vec![
        ("PEM", format!("{plain}\n").into_bytes()),
        ("PEM without its last newline", plain.clone().into_bytes()),
        (
            "PEM with CRLF",
            (plain.replace('\n', "\r\n") + "\r\n").into_bytes(),
        ),
    ];
    let base64: String = plain
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let engine = base64::engine::general_purpose::STANDARD;
    if let Ok(der) = base64::Engine::decode(&engine, base64) {
        secrets.push(("DER", der));
    }
    secrets
        .into_iter()
        .map(|(form, secret)| {
            Forgery::new(
                format!("HS256 keyed with the public key as {form}"),
                hmac_token(HMAC_SHA256, &secret, &header, &claims),
            )
        })
        .collect()
}

/// HMAC keyed with a JWK Set as it is served.
pub(super) fn confusion_by_document(good: &Original, document: &[u8]) -> Forgery {
    let header = json(&good.header_with("alg", "HS256"));
    Forgery::new(
        "HS256 keyed with the JWK Set as it is served",
        hmac_token(HMAC_SHA256, document, &header, &json(&good.claims)),
    )
}

/// A key of ours, of the kind that the server's algorithm takes.
pub(super) fn own_key(good: &Original) -> Result<(Key, Algorithm), KeyError> {
    let algorithm = match good.algorithm.parse() {
        Ok(algorithm) if !good.is_hmac() => algorithm,
        // Where the server shares a secret, any public key of ours would be a key from the token.
        _ => Algorithm::ES256,
    };
    let kind = if algorithm == Algorithm::ES256 {
        KeyType::Ec(Curve::P256)
    } else {
        KeyType::for_algorithm(algorithm)
    };
    Ok((generate(kind)?, algorithm))
}

/// Signed with a key that the server has never seen.
pub(super) fn other_key(good: &Original, own: &(Key, Algorithm)) -> Vec<Forgery> {
    let token = match hmac_named(&good.algorithm) {
        Some(hash) => Some(hmac_token(
            hash,
            b"a secret that is not the server's, of 40 bytes",
            &json(&good.header),
            &json(&good.claims),
        )),
        None => sign(&good.header, &good.claims, &own.0, own.1, true).ok(),
    };
    token
        .map(|token| Forgery::new(format!("{} with a key of ours", good.algorithm), token))
        .into_iter()
        .collect()
}

/// Our public key in the header, and a shared secret of ours in the header.
pub(super) fn embedded_jwk(good: &Original, own: &(Key, Algorithm)) -> Vec<Forgery> {
    let mut forgeries = Vec::new();
    if let Some(jwk) = public_jwk(&own.0) {
        let header = good.header_with("jwk", jwk);
        if let Ok(token) = sign(&header, &good.claims, &own.0, own.1, true) {
            forgeries.push(Forgery::new(format!("jwk with our {}", own.1), token));
        }
    }
    let secret = b"a secret of ours, of 32 bytes ...";
    let mut header = good.header_with("jwk", value!({"kty": "oct", "k": encode(secret)}));
    let algorithm = if good.is_hmac() {
        &good.algorithm
    } else {
        "HS256"
    };
    header.insert("alg".to_owned(), algorithm.into());
    let hash = hmac_named(algorithm).unwrap_or(HMAC_SHA256);
    forgeries.push(Forgery::new(
        "jwk with a shared secret of ours",
        hmac_token(hash, secret, &json(&header), &json(&good.claims)),
    ));
    forgeries
}

/// Headers that send the server to `address` for the key.
pub(super) fn fetched(good: &Original, own: &(Key, Algorithm), address: &str) -> Vec<Forgery> {
    ["jku", "x5u"]
        .iter()
        .filter_map(|member| {
            let mut header = good.header_with(member, format!("{address}/{member}"));
            header.insert("kid".to_owned(), "apictl".into());
            let token = sign(&header, &good.claims, &own.0, own.1, true).ok()?;
            Some(Forgery::new(
                format!("{member} to a listener of ours"),
                token,
            ))
        })
        .collect()
}

/// The JWK Set that the listener serves.
pub(super) fn key_set(own: &(Key, Algorithm)) -> String {
    let mut key = public_jwk(&own.0).unwrap_or_default();
    key.insert("kid".to_owned(), "apictl".into());
    key.insert("alg".to_owned(), own.1.name().into());
    value!({ "keys": [key] }).to_string()
}

/// `kid` that leads to an empty file, and an empty key without it.
pub(super) fn kid(good: &Original) -> Vec<Forgery> {
    let algorithm = if good.is_hmac() {
        &good.algorithm
    } else {
        "HS256"
    };
    let hash = hmac_named(algorithm).unwrap_or(HMAC_SHA256);
    let forge = |label: &str, mut header: Map<String, Value>| {
        header.insert("alg".to_owned(), algorithm.into());
        Forgery::new(
            label,
            hmac_token(hash, b"", &json(&header), &json(&good.claims)),
        )
    };
    vec![
        forge(
            "kid ../../../../../../dev/null, empty key",
            good.header_with("kid", "../../../../../../dev/null"),
        ),
        forge("empty key", good.header.clone()),
    ]
}

/// The same bytes spelt otherwise: with padding, and with stray bits in the last character.
pub(super) fn base64_forms(good: &Original) -> Vec<Forgery> {
    let [header, claims, signature] = good.parts.each_ref().map(Secret::expose);
    let mut forgeries = vec![Forgery::new(
        "padding added",
        format!("{header}.{claims}.{signature}="),
    )];
    if let Some(stray) = stray_bits(signature) {
        forgeries.push(Forgery::new(
            "stray bits in the last character",
            format!("{header}.{claims}.{stray}"),
        ));
    }
    forgeries
}

/// Another last character that stands for the same bytes, where the length leaves bits unused.
fn stray_bits(text: &str) -> Option<String> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    if text.len() % 4 < 2 {
        return None;
    }
    let last = text.bytes().last()?;
    let index = ALPHABET.iter().position(|letter| *letter == last)?;
    let other = char::from(ALPHABET[index ^ 1]);
    Some(format!("{}{other}", &text[..text.len() - 1]))
}

/// A number without its fraction, as `exp` is written.
pub(super) fn whole(number: Value) -> Value {
    match number.as_f64() {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "times of tokens fit by far"
        )]
        Some(seconds) => value!(seconds as i64),
        None => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jwt::decode;

    fn good() -> Original {
        let token = hmac_token(
            HMAC_SHA256,
            b"k",
            r#"{"alg":"HS256","typ":"JWT"}"#,
            r#"{"token_type":"access","exp":4000000000,"user_id":"1"}"#,
        );
        Original::read(&Secret::new(token)).unwrap()
    }

    #[test]
    fn forgeries_keep_the_claims_and_differ_from_the_good_token() {
        let good = good();
        let own = own_key(&good).unwrap();
        let text = good.parts.each_ref().map(Secret::expose).join(".");
        let all = [
            stripped(&good),
            alg_none(&good),
            other_key(&good, &own),
            embedded_jwk(&good, &own),
            fetched(&good, &own, "http://127.0.0.1:1"),
            kid(&good),
            base64_forms(&good),
            confusion(
                &good,
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
            ),
        ];
        for forgery in all.iter().flatten() {
            assert_ne!(forgery.token.expose(), text, "{}", forgery.label);
            let decoded = decode(forgery.token.expose()).unwrap();
            assert_eq!(decoded.claims(), Some(&good.claims), "{}", forgery.label);
        }
    }

    #[test]
    fn stray_bits_stand_for_the_same_bytes() {
        assert_eq!(stray_bits("AAA").as_deref(), Some("AAB"));
        assert_eq!(stray_bits("AAAA"), None);
    }

    #[test]
    fn a_tampered_token_ends_later() {
        let forged = &tampered(&good())[0];
        let decoded = decode(forged.token.expose()).unwrap();
        assert_eq!(decoded.claims().unwrap()["exp"], 4_000_000_060_i64);
    }
}
