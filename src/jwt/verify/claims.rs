//! The checks of the claims (RFC 7519 §4.1), each on its own, none hidden by another.

use serde_json::{Map, Value};

use crate::jwt::claims::numeric_date;
use crate::jwt::times::{rfc3339, span, timestamp};

use super::policy::Policy;
use super::verdict::{Check, Reason};

/// A clock difference beyond a day is no clock difference.
const LEEWAY_LIMIT: f64 = 86_400.0;

/// Every check of the claims at `now`, in seconds since 1970.
pub(crate) fn check(claims: &Map<String, Value>, policy: &Policy, now: f64) -> Vec<Check> {
    let leeway = leeway(policy);
    let mut all = vec![
        expiry(claims, now, leeway),
        beginning(claims, "nbf", now, leeway),
        beginning(claims, "iat", now, leeway),
    ];
    all.extend(
        policy
            .max_age_s
            .map(|age| max_age(claims, age, now, leeway)),
    );
    all.extend(types(claims));
    all.push(issuer(claims, &policy.issuers));
    all.push(audience(claims, &policy.audiences));
    all.extend(
        policy
            .subject
            .as_deref()
            .map(|sub| text(claims, "sub", sub, Reason::Subject)),
    );
    all.extend(
        policy
            .token_type
            .as_deref()
            .map(|kind| text(claims, "token_type", kind, Reason::TokenType)),
    );
    all.extend(policy.required.iter().map(|name| required(claims, name)));
    all
}

/// The registered claims whose JSON type RFC 7519 fixes. `PyJWT`, and so simplejwt, refuses a `sub` or
/// `jti` that is a number, whatever else is right.
fn types(claims: &Map<String, Value>) -> Vec<Check> {
    let texts = ["iss", "sub", "jti"]
        .into_iter()
        .filter_map(|name| match claims.get(name)? {
            Value::String(_) => None,
            other => Some((name, other, "a text")),
        });
    let audience = claims.get("aud").filter(|aud| !is_audience(aud));
    texts
        .chain(audience.map(|aud| ("aud", aud, "a text or a list of texts")))
        .map(|(name, found, wanted)| {
            let message = format!("{name} is {found}, which is not {wanted}");
            Check::fail(&format!("{name}-type"), Reason::ClaimType, message)
        })
        .collect()
}

fn is_audience(aud: &Value) -> bool {
    match aud {
        Value::String(_) => true,
        Value::Array(list) => list.iter().all(Value::is_string),
        _ => false,
    }
}

/// The leeway in force.
pub(crate) fn leeway(policy: &Policy) -> f64 {
    if policy.leeway_s.is_nan() {
        // Every comparison with it would pass.
        return 0.0;
    }
    policy.leeway_s.clamp(0.0, LEEWAY_LIMIT)
}

/// A time claim: absent, a usable number, or the check that fails.
fn date(claims: &Map<String, Value>, name: &str) -> Result<Option<f64>, Check> {
    let Some(value) = claims.get(name) else {
        return Ok(None);
    };
    match numeric_date(value) {
        Some(seconds) if timestamp(seconds).is_some() => Ok(Some(seconds)),
        _ => Err(Check::fail(
            name,
            Reason::ClaimType,
            format!("{name} is {value}, which is no time in seconds since 1970"),
        )),
    }
}

fn at(seconds: f64) -> String {
    rfc3339(seconds).unwrap_or_default()
}

fn expiry(claims: &Map<String, Value>, now: f64, leeway: f64) -> Check {
    match date(claims, "exp") {
        Err(check) => check,
        Ok(None) => Check::skip("exp", "no exp: the token never expires"),
        Ok(Some(exp)) if exp <= now - leeway => Check::fail(
            "exp",
            Reason::Expired,
            format!("expired {} ago, at {}", span(now - exp), at(exp)),
        ),
        Ok(Some(exp)) if exp <= now => Check::pass(
            "exp",
            format!(
                "expired {} ago, within the leeway of {}",
                span(now - exp),
                span(leeway)
            ),
        ),
        Ok(Some(exp)) => Check::pass(
            "exp",
            format!("expires in {}, at {}", span(exp - now), at(exp)),
        ),
    }
}

fn beginning(claims: &Map<String, Value>, name: &str, now: f64, leeway: f64) -> Check {
    let word = if name == "nbf" {
        "not valid before"
    } else {
        "issued in the future, at"
    };
    match date(claims, name) {
        Err(check) => check,
        Ok(None) => Check::skip(name, format!("no {name}")),
        Ok(Some(start)) if start > now + leeway => Check::fail(
            name,
            Reason::NotYetValid,
            format!("{word} {}, in {}", at(start), span(start - now)),
        ),
        Ok(Some(start)) => Check::pass(name, at(start)),
    }
}

fn max_age(claims: &Map<String, Value>, most: f64, now: f64, leeway: f64) -> Check {
    match date(claims, "iat") {
        Err(check) => Check {
            check: "max-age".to_owned(),
            ..check
        },
        Ok(None) => Check::fail(
            "max-age",
            Reason::MissingClaim,
            "no iat, so the age is not known",
        ),
        Ok(Some(iat)) if now - iat > most + leeway => Check::fail(
            "max-age",
            Reason::MaxAge,
            format!("issued {} ago, allowed are {}", span(now - iat), span(most)),
        ),
        Ok(Some(iat)) => Check::pass(
            "max-age",
            format!("issued {} ago", span((now - iat).max(0.0))),
        ),
    }
}

fn issuer(claims: &Map<String, Value>, expected: &[String]) -> Check {
    let found = claims.get("iss");
    if expected.is_empty() {
        return match found {
            None => Check::skip("iss", "no iss"),
            Some(iss) => Check::skip(
                "iss",
                format!("iss is {iss}, not checked: nothing was expected"),
            ),
        };
    }
    one_of("iss", found, expected, Reason::Issuer)
}

fn text(claims: &Map<String, Value>, name: &str, expected: &str, reason: Reason) -> Check {
    one_of(name, claims.get(name), &[expected.to_owned()], reason)
}

/// A claim that must be one of the texts: another JSON type never matches.
fn one_of(name: &str, found: Option<&Value>, expected: &[String], reason: Reason) -> Check {
    match found {
        Some(Value::String(found)) if expected.contains(found) => {
            Check::pass(name, format!("{name} is {found:?}"))
        }
        Some(found) => Check::fail(
            name,
            reason,
            format!("{name} is {found}, expected {}", listed(expected)),
        ),
        None => Check::fail(
            name,
            reason,
            format!("no {name}, expected {}", listed(expected)),
        ),
    }
}

fn listed(expected: &[String]) -> String {
    let quoted: Vec<String> = expected.iter().map(|text| format!("{text:?}")).collect();
    quoted.join(" or ")
}

fn audience(claims: &Map<String, Value>, expected: &[String]) -> Check {
    let found = claims.get("aud");
    if expected.is_empty() {
        return match found {
            None => Check::skip("aud", "no aud"),
            Some(aud) => Check::skip(
                "aud",
                format!("aud is {aud}, not checked: nothing was expected"),
            ),
        };
    }
    let names = match found {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(list)) => {
            let names: Option<Vec<&String>> = list
                .iter()
                .map(|item| match item {
                    Value::String(name) => Some(name),
                    _ => None,
                })
                .collect();
            names.unwrap_or_default()
        }
        _ => Vec::new(),
    };
    if names.iter().any(|name| expected.contains(name)) {
        return Check::pass("aud", format!("aud is {}", found.unwrap_or(&Value::Null)));
    }
    match found {
        Some(found) => Check::fail(
            "aud",
            Reason::Audience,
            format!("aud is {found}, expected {}", listed(expected)),
        ),
        None => Check::fail(
            "aud",
            Reason::Audience,
            format!("no aud, expected {}", listed(expected)),
        ),
    }
}

fn required(claims: &Map<String, Value>, name: &str) -> Check {
    match claims.get(name) {
        None => Check::fail(
            name,
            Reason::MissingClaim,
            format!("no {name}, which is required"),
        ),
        Some(Value::Null) => Check::fail(
            name,
            Reason::MissingClaim,
            format!("{name} is null, and required"),
        ),
        Some(_) => Check::pass(name, format!("{name} is present")),
    }
}
