//! What the holder of a token should know that its claims do not say aloud.

use serde::Serialize;
use serde_json::{Map, Value};

use super::algorithm::Algorithm;
use super::claims::numeric_date;
use super::decode::{Decoded, Kind, Payload};
use super::{json, times};

/// Beyond this many bytes proxies and servers with small header buffers refuse the request.
const LARGE: usize = 4096;

/// Seconds for the years 5138 to 3 million: as milliseconds, 1973 to 5138.
const MILLISECONDS: std::ops::Range<f64> = 1e11..1e14;

/// One remark about a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A stable name: `no-exp`, `crit`, `alg-none`, …
    pub id: &'static str,
    /// A sentence for people.
    pub message: String,
}

fn warning(id: &'static str, message: impl Into<String>) -> Warning {
    Warning {
        id,
        message: message.into(),
    }
}

/// Everything remarkable about a token: its size in bytes, whether all of its base64url was
/// canonical, and the texts of its two JSON segments.
pub(crate) fn of(
    decoded: &Decoded,
    size: usize,
    canonical: bool,
    header_text: &str,
    claims_text: &str,
) -> Vec<Warning> {
    let mut all: Vec<Warning> = decoded
        .faults
        .iter()
        .map(|fault| warning("unreadable", fault.to_string()))
        .collect();
    all.extend(about_signature(decoded));
    all.extend(about_header(&decoded.header));
    match &decoded.payload {
        Payload::Claims(claims) => all.extend(about_times(claims)),
        Payload::Text(text) if text.matches('.').count() >= 2 && text.starts_with('e') => {
            all.push(warning("nested", "the payload is another token"));
        }
        _ => {}
    }
    for (part, text) in [("header", header_text), ("claims", claims_text)] {
        let names = json::repeated_names(text);
        if !names.is_empty() && json::object(text.as_bytes(), super::Segment::Claims).is_ok() {
            all.push(warning(
                "repeated-name",
                format!(
                    "the {part} name {} more than once: shown is the last, other readers may take the first",
                    names.join(", ")
                ),
            ));
        }
    }
    if !canonical {
        all.push(warning(
            "base64",
            "not canonical base64url (padding, another alphabet or stray bits): strict readers refuse it",
        ));
    }
    if size > LARGE {
        all.push(warning(
            "large",
            format!("{size} bytes: many servers and proxies limit all headers together to 8 KB"),
        ));
    }
    all
}

fn about_signature(decoded: &Decoded) -> Option<Warning> {
    let alg = decoded.header.get("alg");
    match decoded.kind {
        Kind::Truncated => Some(warning("no-signature", "the signature segment is missing")),
        Kind::Unsecured
            if decoded.signature.is_empty() && alg.and_then(Value::as_str) != Some("none") =>
        {
            Some(warning("no-signature", "the signature is empty"))
        }
        Kind::Unsecured => Some(warning(
            "alg-none",
            "alg is none: anybody could have written this token",
        )),
        Kind::Encrypted => None,
        Kind::Signed => match alg {
            None => Some(warning("no-alg", "the header names no algorithm")),
            Some(Value::String(name)) if name.parse::<Algorithm>().is_ok() => None,
            Some(other) => Some(warning(
                "unknown-alg",
                format!("alg is {other}, which cannot be verified here"),
            )),
        },
    }
}

fn about_header(header: &Map<String, Value>) -> Vec<Warning> {
    let mut all = Vec::new();
    if let Some(crit) = header.get("crit") {
        all.push(warning(
            "crit",
            format!(
                "crit is {crit}: a reader that does not know these extensions must refuse the token"
            ),
        ));
    }
    if header.get("b64") == Some(&Value::Bool(false)) {
        all.push(warning(
            "b64",
            "b64 is false: the payload is signed unencoded (RFC 7797)",
        ));
    }
    let keys: Vec<&str> = ["jwk", "jku", "x5u", "x5c"]
        .into_iter()
        .filter(|name| header.contains_key(*name))
        .collect();
    if !keys.is_empty() {
        all.push(warning(
            "embedded-key",
            format!(
                "the header brings its own key ({}): never trust a key that a token brings",
                keys.join(", ")
            ),
        ));
    }
    if header
        .get("cty")
        .and_then(Value::as_str)
        .is_some_and(|cty| cty.eq_ignore_ascii_case("jwt"))
    {
        all.push(warning(
            "nested",
            "cty is JWT: the payload is another token",
        ));
    }
    all
}

fn about_times(claims: &Map<String, Value>) -> Vec<Warning> {
    let mut all = Vec::new();
    if !claims.contains_key("exp") {
        all.push(warning(
            "no-exp",
            "no exp: the token never expires by itself",
        ));
    }
    for name in times::names() {
        let Some(value) = claims.get(name) else {
            continue;
        };
        match numeric_date(value) {
            None => all.push(warning(
                "not-a-time",
                format!("{name} is {value}, not a number of seconds since 1970"),
            )),
            Some(seconds) if MILLISECONDS.contains(&seconds) => all.push(warning(
                "milliseconds",
                format!("{name} is {value}: probably milliseconds, where seconds are meant"),
            )),
            Some(seconds) if times::timestamp(seconds).is_none() => all.push(warning(
                "out-of-range",
                format!("{name} is {value}, which no calendar holds"),
            )),
            Some(_) => {}
        }
    }
    if let (Some(exp), Some(iat)) = (date(claims, "exp"), date(claims, "iat"))
        && exp < iat
    {
        all.push(warning("ends-before-issue", "exp lies before iat"));
    }
    all
}

fn date(claims: &Map<String, Value>, name: &str) -> Option<f64> {
    claims.get(name).and_then(numeric_date)
}

#[cfg(test)]
mod tests {
    use crate::jwt::decode;
    use crate::jwt::segments::encode;

    fn ids(header: &str, claims: &str, signature: &str) -> Vec<&'static str> {
        let part = |text: &str| encode(text.as_bytes());
        let token = format!("{}.{}{signature}", part(header), part(claims));
        decode(&token)
            .unwrap()
            .warnings
            .iter()
            .map(|w| w.id)
            .collect()
    }

    #[test]
    fn an_ordinary_token_is_passed_over_in_silence() {
        let claims =
            r#"{"token_type":"access","exp":1700000300,"iat":1700000000,"jti":"x","user_id":"1"}"#;
        assert!(ids(r#"{"alg":"HS256","typ":"JWT"}"#, claims, ".c2ln").is_empty());
    }

    #[test]
    fn each_oddity_has_its_name() {
        let hs = r#"{"alg":"HS256"}"#;
        let exp = r#"{"exp":1}"#;
        assert_eq!(ids(hs, "{}", ".c2ln"), ["no-exp"]);
        assert_eq!(ids(hs, exp, ""), ["no-signature"]);
        assert_eq!(ids(hs, exp, "."), ["no-signature"]);
        assert_eq!(ids(r#"{"alg":"none"}"#, exp, "."), ["alg-none"]);
        assert_eq!(ids("{}", exp, ".c2ln"), ["no-alg"]);
        assert_eq!(ids(r#"{"alg":"Ed448"}"#, exp, ".c2ln"), ["unknown-alg"]);
        assert_eq!(
            ids(r#"{"alg":"HS256","crit":["x"]}"#, exp, ".c2ln"),
            ["crit"]
        );
        assert_eq!(
            ids(r#"{"alg":"HS256","b64":false,"jwk":{}}"#, exp, ".c2ln"),
            ["b64", "embedded-key"]
        );
        assert_eq!(ids(hs, r#"{"exp":"x"}"#, ".c2ln"), ["not-a-time"]);
        assert_eq!(ids(hs, r#"{"exp":1e300}"#, ".c2ln"), ["out-of-range"]);
        assert_eq!(
            ids(hs, r#"{"exp":1700000000000}"#, ".c2ln"),
            ["milliseconds"]
        );
        assert_eq!(
            ids(hs, r#"{"exp":170000000000}"#, ".c2ln"),
            ["milliseconds"]
        );
        assert_eq!(ids(hs, r#"{"exp":1,"exp":2}"#, ".c2ln"), ["repeated-name"]);
        assert_eq!(ids(hs, exp, ".c2l="), ["base64"]);
        let long = format!(r#"{{"exp":1,"x":"{}"}}"#, "x".repeat(4000));
        assert_eq!(ids(hs, &long, ".c2ln"), ["large"]);
        assert_eq!(
            ids(r#"{"alg":"HS256","cty":"JWT"}"#, "eyJ.e30.x", ".c2ln"),
            ["unreadable", "nested", "nested"]
        );
    }
}
