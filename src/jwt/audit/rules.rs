//! The rules on header, signature, registered claims and life time.

use serde_json::{Map, Value, json};

use crate::jwt::claims::numeric_date;
use crate::jwt::decode::{Decoded, Kind};
use crate::jwt::times::span;

use super::finding::{Finding, Severity};
use super::personal;

/// The life times beyond which a token is called long-lived, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Of an access token.
    pub access_s: f64,
    /// Of a refresh token.
    pub refresh_s: f64,
}

impl Default for Limits {
    /// A quarter of an hour, and two weeks.
    fn default() -> Self {
        Self {
            access_s: 900.0,
            refresh_s: 14.0 * 86_400.0,
        }
    }
}

/// Everything risky about a token of so many bytes.
pub fn audit(decoded: &Decoded, size: usize, limits: Limits) -> Vec<Finding> {
    let mut all = Vec::new();
    signature(decoded, &mut all);
    header(&decoded.header, &mut all);
    if let Some(claims) = decoded.claims() {
        life_time(claims, limits, &mut all);
        reach(claims, &mut all);
        personal::search(claims, &mut all);
    }
    for warning in &decoded.warnings {
        let severity = match warning.id {
            "repeated-name" | "unreadable" => Severity::Medium,
            "base64" | "not-a-time" | "out-of-range" | "milliseconds" | "ends-before-issue" => {
                Severity::Low
            }
            _ => continue,
        };
        all.push(Finding::new(
            warning.id,
            severity,
            warning.message.clone(),
            Value::Null,
        ));
    }
    if size > 4096 {
        let severity = if size > 8000 {
            Severity::Medium
        } else {
            Severity::Low
        };
        let message = format!(
            "{size} bytes: servers and proxies refuse headers of more than 8 KB in all, some of 4 KB"
        );
        all.push(Finding::new(
            "large",
            severity,
            message,
            json!({ "bytes": size }),
        ));
    }
    all.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    all
}

fn signature(decoded: &Decoded, all: &mut Vec<Finding>) {
    let alg = decoded.header.get("alg").cloned().unwrap_or(Value::Null);
    match decoded.kind {
        Kind::Unsecured | Kind::Truncated => all.push(
            Finding::new(
                "not-signed",
                Severity::High,
                "the token is not signed: anybody can write one",
                json!({ "alg": alg }),
            )
            .fix("sign every token, and refuse alg none: SIMPLE_JWT['ALGORITHM']"),
        ),
        Kind::Encrypted if alg.as_str().is_some_and(|alg| alg.starts_with("RSA1_5")) => {
            all.push(Finding::new(
                "rsa1_5",
                Severity::Medium,
                "RSA1_5 key encryption is open to padding oracles (RFC 8725 section 3.2)",
                json!({ "alg": alg }),
            ));
        }
        _ => {}
    }
}

fn header(header: &Map<String, Value>, all: &mut Vec<Finding>) {
    for name in ["jwk", "jku", "x5u", "x5c"] {
        if let Some(value) = header.get(name) {
            all.push(Finding::new(
                "embedded-key",
                Severity::Medium,
                format!("the header brings its own key ({name}): a reader that trusts it trusts anybody (RFC 8725 section 3.10)"),
                json!({ name: value }),
            ));
        }
    }
    if let Some(Value::String(kid)) = header.get("kid")
        && (kid.contains("..") || kid.contains(['/', '\'', '"', ';', '|', '\0', '<']))
    {
        all.push(Finding::new(
            "kid-injection",
            Severity::Medium,
            "kid holds characters of a path, a query or a command (RFC 8725 section 3.10)",
            json!({ "kid": kid }),
        ));
    }
    if let Some(crit) = header.get("crit") {
        all.push(Finding::new(
            "crit",
            Severity::Info,
            "readers that do not know the critical extensions must refuse the token",
            json!({ "crit": crit }),
        ));
    }
    if header.get("typ").is_none_or(|typ| typ == "JWT") {
        all.push(Finding::new(
            "no-explicit-type",
            Severity::Info,
            "typ does not say what kind of token this is (RFC 8725 section 3.11); simplejwt says it in token_type",
            json!({ "typ": header.get("typ") }),
        ));
    }
}

fn life_time(claims: &Map<String, Value>, limits: Limits, all: &mut Vec<Finding>) {
    let date = |name: &str| claims.get(name).and_then(numeric_date);
    let Some(exp) = date("exp") else {
        all.push(
            Finding::new(
                "no-exp",
                Severity::High,
                "no exp: a stolen token works for ever",
                Value::Null,
            )
            .fix("give tokens an end: SIMPLE_JWT['ACCESS_TOKEN_LIFETIME']"),
        );
        return;
    };
    let Some(iat) = date("iat").or_else(|| date("nbf")) else {
        all.push(Finding::new(
            "no-iat",
            Severity::Low,
            "no iat: the life time cannot be told, nor tokens refused by age",
            Value::Null,
        ));
        return;
    };
    let life = exp - iat;
    let refresh = claims
        .get("token_type")
        .is_some_and(|kind| kind == "refresh");
    let (limit, id, fix) = if refresh {
        (
            limits.refresh_s,
            "long-lived-refresh",
            "shorten SIMPLE_JWT['REFRESH_TOKEN_LIFETIME'], with ROTATE_REFRESH_TOKENS and BLACKLIST_AFTER_ROTATION",
        )
    } else {
        (
            limits.access_s,
            "long-lived",
            "shorten SIMPLE_JWT['ACCESS_TOKEN_LIFETIME']; a stolen access token cannot be revoked",
        )
    };
    if life > limit {
        // simplejwt up to 5.5.0 copies iat from the refresh token, so a little over says nothing.
        let severity = if life > limit * 4.0 {
            Severity::Medium
        } else {
            Severity::Low
        };
        let message = format!("lives {}, longer than {}", span(life), span(limit));
        all.push(
            Finding::new(
                id,
                severity,
                message,
                json!({ "lifetime_s": life, "limit_s": limit }),
            )
            .fix(fix),
        );
    }
}

/// Where the token is accepted.
fn reach(claims: &Map<String, Value>, all: &mut Vec<Finding>) {
    let missing: Vec<&str> = ["aud", "iss"]
        .into_iter()
        .filter(|name| !claims.contains_key(*name))
        .collect();
    if !missing.is_empty() {
        all.push(
            Finding::new(
                "no-audience",
                Severity::Info,
                format!("no {}: every service that shares the key trusts the token (RFC 8725 sections 3.8 and 3.9)", missing.join(" and no ")),
                json!({ "missing": missing }),
            )
            .fix("set SIMPLE_JWT['AUDIENCE'] and SIMPLE_JWT['ISSUER']"),
        );
    }
    let refresh = claims
        .get("token_type")
        .is_some_and(|kind| kind == "refresh");
    if refresh && !claims.contains_key("jti") {
        all.push(Finding::new(
            "no-jti",
            Severity::Low,
            "a refresh token without jti cannot be revoked",
            Value::Null,
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jwt::{decode, segments::encode};

    fn ids(header: &Value, claims: &Value) -> Vec<(&'static str, Severity)> {
        let token = format!(
            "{}.{}.c2ln",
            encode(header.to_string().as_bytes()),
            encode(claims.to_string().as_bytes())
        );
        audit(&decode(&token).unwrap(), token.len(), Limits::default())
            .iter()
            .map(|finding| (finding.id, finding.severity))
            .filter(|(_, severity)| *severity > Severity::Info)
            .collect()
    }

    #[test]
    fn an_ordinary_token_of_simplejwt_raises_nothing() {
        let header = json!({"alg": "HS256", "typ": "JWT"});
        let access = json!({"token_type": "access", "exp": 1_700_000_300, "iat": 1_700_000_000, "jti": "a1", "user_id": "1"});
        let refresh = json!({"token_type": "refresh", "exp": 1_700_086_400, "iat": 1_700_000_000, "jti": "a1", "user_id": "1"});
        assert_eq!(ids(&header, &access), []);
        assert_eq!(ids(&header, &refresh), []);
        assert_eq!(
            ids(&json!({"alg": "RS256"}), &access),
            [],
            "an asymmetric algorithm is no fault"
        );
    }

    #[test]
    fn risks_are_found_and_ranked() {
        let hs = json!({"alg": "HS256"});
        assert_eq!(
            ids(&json!({"alg": "none"}), &json!({"exp": 300, "iat": 0})),
            [("not-signed", Severity::High)]
        );
        assert_eq!(ids(&hs, &json!({})), [("no-exp", Severity::High)]);
        assert_eq!(ids(&hs, &json!({"exp": 1})), [("no-iat", Severity::Low)]);
        assert_eq!(
            ids(&hs, &json!({"exp": 1800, "iat": 0})),
            [("long-lived", Severity::Low)]
        );
        assert_eq!(
            ids(&hs, &json!({"exp": 86400, "iat": 0})),
            [("long-lived", Severity::Medium)]
        );
        let refresh = json!({"exp": 31_536_000, "iat": 0, "token_type": "refresh"});
        assert_eq!(
            ids(&hs, &refresh),
            [
                ("long-lived-refresh", Severity::Medium),
                ("no-jti", Severity::Low)
            ]
        );
        let fine = json!({"exp": 300, "iat": 0});
        assert_eq!(
            ids(
                &json!({"alg": "HS256", "jku": "http://x", "kid": "../x"}),
                &fine
            ),
            [
                ("embedded-key", Severity::Medium),
                ("kid-injection", Severity::Medium)
            ]
        );
    }
}
