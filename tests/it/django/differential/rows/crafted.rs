//! Tokens that no server gave: every claim missing, of another type or out of time, and signatures of other keys.

use std::time::Duration;

use apictl::server::{Config, DEFAULT_KEY, Jwt};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde_json::json;

use crate::django::differential::step::{Step, get, post};

use super::check::{check, check_stock};

/// Before and after all that the clock of these tests shows.
const PAST: u64 = 1_700_000_000;
const FAR: u64 = 4_000_000_000;

/// A compact JWS under the documented key, or another.
fn signed_with(algorithm: hmac::Algorithm, key: &[u8], header: &str, claims: &str) -> String {
    let message = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    );
    let tag = hmac::sign(&hmac::Key::new(algorithm, key), message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag))
}

fn signed(claims: &str) -> String {
    signed_with(
        hmac::HMAC_SHA256,
        DEFAULT_KEY.as_bytes(),
        r#"{"alg":"HS256","typ":"JWT"}"#,
        claims,
    )
}

/// The same token at every place that takes one.
fn everywhere(token: &str) -> Vec<Step> {
    let field = |name: &str| json!({name: token}).to_string();
    vec![
        get("/api/me/").with("Authorization", &format!("Bearer {token}")),
        get("/api/unthrottled/").with("Authorization", &format!("Bearer {token}")),
        post("/api/token/verify/", &field("token")),
        post("/api/token/refresh/", &field("refresh")),
        post("/api/token/blacklist/", &field("refresh")),
        post("/api/token/blacklist/", &field("refresh")),
        post("/api/token/refresh/", &field("refresh")),
        post("/api/token/verify/", &field("token")),
        post("/api/sliding/refresh/", &field("token")),
    ]
}

/// Claims of a type with these members instead of its own, or without where the text is empty.
fn claims(token_type: &str, changes: &[(&str, &str)], jti: usize) -> String {
    let mut members = vec![
        ("token_type", format!("\"{token_type}\"")),
        ("exp", FAR.to_string()),
        ("iat", PAST.to_string()),
        ("jti", format!("\"{jti:032x}\"")),
        ("user_id", "\"1\"".to_owned()),
    ];
    for (name, value) in changes {
        members.retain(|(known, _)| known != name);
        if !value.is_empty() {
            members.push((name, (*value).to_owned()));
        }
    }
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("\"{name}\":{value}"))
        .collect();
    format!("{{{}}}", members.join(","))
}

#[test]
fn claims_are_judged_alike() {
    let changes: &[&[(&str, &str)]] = &[
        &[],
        &[("token_type", "")],
        &[("token_type", "null")],
        &[("token_type", "5")],
        &[("token_type", "\"Access\"")],
        &[("exp", "")],
        &[("exp", "null")],
        &[("exp", "\"soon\"")],
        &[("exp", "\"4000000000\"")],
        &[("exp", "1700000000")],
        &[("exp", "4000000000.5")],
        &[("exp", "[]")],
        &[("exp", "999999999999")],
        &[("exp", "1e300")],
        &[("exp", "true")],
        &[("exp", "-1")],
        &[("iat", "")],
        &[("iat", "4000000000")],
        &[("iat", "\"x\"")],
        &[("iat", "null")],
        &[("nbf", "4000000000")],
        &[("nbf", "1700000000")],
        &[("nbf", "\"x\"")],
        &[("jti", "")],
        &[("jti", "5")],
        &[("jti", "null")],
        &[("jti", "\"\"")],
        &[("sub", "5")],
        &[("sub", "\"5\"")],
        &[("sub", "null")],
        &[("user_id", "")],
        &[("user_id", "1")],
        &[("user_id", "null")],
        &[("user_id", "\"5\"")],
        &[("user_id", "\"99\"")],
        &[("user_id", "\"abc\"")],
        &[("user_id", "\"\"")],
        &[("user_id", "0")],
        &[("user_id", "true")],
        &[("user_id", "[]")],
        &[("user_id", "1.5")],
        &[("user_id", "\" 1 \"")],
        &[("user_id", "99999999999999999999")],
        &[("aud", "\"x\"")],
        &[("aud", "[\"x\"]")],
        &[("aud", "5")],
        &[("iss", "\"x\"")],
        &[("iss", "5")],
        &[("refresh_exp", "1700000000")],
        &[("refresh_exp", "4000000000")],
        &[("refresh_exp", "\"x\"")],
        &[("refresh_exp", "\"4000000000\"")],
        &[("refresh_exp", "999999999999")],
        &[("custom", "{\"a\":[1,\"é\"]}")],
    ];
    let mut sequences = Vec::new();
    for token_type in ["access", "refresh", "sliding"] {
        for change in changes {
            sequences.push(everywhere(&signed(&claims(
                token_type,
                change,
                sequences.len(),
            ))));
        }
    }
    for payload in ["[]", "\"x\"", "null", "{", "", "{}", "{\"exp\":4000000000}"] {
        sequences.push(everywhere(&signed(payload)));
    }
    check_stock(&sequences);
}

#[test]
fn signatures_and_headers_are_judged_alike() {
    let key = DEFAULT_KEY.as_bytes();
    let mut sequences = Vec::new();
    let mut add = |algorithm, key: &[u8], header: &str| {
        for token_type in ["access", "refresh"] {
            let claims = claims(token_type, &[], sequences.len());
            sequences.push(everywhere(&signed_with(algorithm, key, header, &claims)));
        }
    };
    add(
        hmac::HMAC_SHA256,
        b"another key that is long enough",
        r#"{"alg":"HS256","typ":"JWT"}"#,
    );
    add(hmac::HMAC_SHA512, key, r#"{"alg":"HS512","typ":"JWT"}"#);
    for header in [
        r#"{"alg":"HS512","typ":"JWT"}"#,
        r#"{"alg":"none","typ":"JWT"}"#,
        r#"{"alg":"hs256","typ":"JWT"}"#,
        r#"{"alg":"HS256"}"#,
        r#"{"typ":"JWT"}"#,
        r#"{"alg":null}"#,
        r#"{"alg":5}"#,
        r#"{"alg":"RS256"}"#,
        r#"{"alg":"HS256","kid":"x"}"#,
        r#"{"alg":"HS256","kid":5}"#,
        r#"{"alg":"HS256","crit":["exp"]}"#,
        r#"{"alg":"HS256","typ":"at+jwt"}"#,
        r#"{"alg":"HS256","b64":false}"#,
        "[]",
        "x",
        "",
    ] {
        add(hmac::HMAC_SHA256, key, header);
    }
    let whole = signed(&claims("access", &[], 1));
    let (message, signature) = whole.rsplit_once('.').unwrap();
    for token in [
        format!("{message}."),
        format!("{message}.{signature}=="),
        format!("{message}.{}", &signature[..42]),
        format!("{message}.{signature}A"),
        format!("{message}.{signature}AA"),
        format!("{message}.{signature}.x"),
        format!("{message}.!{signature}"),
        message.to_owned(),
        format!(".{message}.{signature}"),
        whole.replace('.', ".."),
        format!("{}{whole}", "A".repeat(4)),
    ] {
        sequences.push(everywhere(&token));
    }
    check_stock(&sequences);
}

#[test]
fn audiences_issuers_and_leeway_are_judged_alike() {
    let settings = json!({"SIMPLE_JWT": {"AUDIENCE": "tests", "ISSUER": "shop", "LEEWAY": 10}});
    let config = Config {
        jwt: Jwt {
            audience: Some("tests".to_owned()),
            issuer: Some("shop".to_owned()),
            leeway: Duration::from_secs(10),
            ..Jwt::default()
        },
        ..Config::default()
    };
    // Times near the leeway are tried with tokens that the servers make themselves, in `tokens.rs`.
    let changes: &[&[(&str, &str)]] = &[
        &[("aud", "\"tests\""), ("iss", "\"shop\"")],
        &[("aud", "[\"x\",\"tests\"]"), ("iss", "\"shop\"")],
        &[("aud", "[\"tests\",5]"), ("iss", "\"shop\"")],
        &[("aud", "[]"), ("iss", "\"shop\"")],
        &[("aud", "\"x\""), ("iss", "\"shop\"")],
        &[("aud", "null"), ("iss", "\"shop\"")],
        &[("iss", "\"shop\"")],
        &[("aud", "\"tests\"")],
        &[("aud", "\"tests\""), ("iss", "\"x\"")],
        &[("aud", "\"tests\""), ("iss", "[\"shop\"]")],
        &[("aud", "\"tests\""), ("iss", "null")],
    ];
    let mut sequences = Vec::new();
    for token_type in ["access", "refresh"] {
        for change in changes {
            sequences.push(everywhere(&signed(&claims(
                token_type,
                change,
                sequences.len(),
            ))));
        }
    }
    check(&settings, &config, &sequences);
}
