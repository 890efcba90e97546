//! What token endpoints say: tokens, challenges, refusals. Pure.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::jwt;
use crate::secret::Secret;

use super::login::{Cookie, Tokens};
use super::shape::Shape;

/// Takes the tokens out of a reply's body; `None` when there is no access token in it.
///
/// The end of a token is its own `exp`, or what the reply says of it: `expires_in` (RFC 6749 §5.1),
/// `expiry` (knox), `access_expiration` (dj-rest-auth).
///
/// Ends are told by the server's clock, which is `skew_s` seconds before ours.
pub(super) fn tokens(shape: &Shape, body: &Value, now: Timestamp, skew_s: i64) -> Option<Tokens> {
    let there = now.checked_add(SignedDuration::from_secs(skew_s)).ok()?;
    let first = |pointers: &[String]| {
        pointers
            .iter()
            .filter_map(|pointer| body.pointer(pointer)?.as_str())
            .find(|text| !text.is_empty())
            .map(Secret::new)
    };
    let access = first(&shape.access_at)?;
    let refresh = first(&shape.refresh_at);
    Some(Tokens {
        access_exp: end_of(&access).or_else(|| told_end(body, there)),
        skew_s,
        refresh_exp: match &refresh {
            Some(token) => end_of(token),
            None => claim(&access, "refresh_exp"),
        },
        scheme: body
            .get("token_type")
            .and_then(Value::as_str)
            .map(str::to_owned),
        access,
        refresh,
        ..Tokens::default()
    })
}

/// When a token ends, where it is a JWT that says so.
pub(super) fn end_of(token: &Secret) -> Option<Timestamp> {
    Timestamp::from_second(jwt::expires_at(token.expose())?).ok()
}

/// Whether a token is a JWT.
pub(super) fn is_jwt(token: &Secret) -> bool {
    jwt::claims_of(token.expose()).is_ok()
}

fn claim(token: &Secret, name: &str) -> Option<Timestamp> {
    let claims = jwt::claims_of(token.expose()).ok()?;
    Timestamp::from_second(claims.get(name)?.as_i64()?).ok()
}

fn told_end(body: &Value, now: Timestamp) -> Option<Timestamp> {
    if let Some(seconds) = body.get("expires_in").and_then(Value::as_i64) {
        return now.checked_add(SignedDuration::from_secs(seconds)).ok();
    }
    ["expiry", "access_expiration"]
        .iter()
        .find_map(|name| body.get(name)?.as_str()?.parse().ok())
}

/// The scheme that a `WWW-Authenticate` field asks for (RFC 9110 §11.6.1), with its own letters.
///
/// `Basic` and its like carry no tokens and say nothing about how to send one.
pub(super) fn advertised(challenge: &str) -> Option<&str> {
    let end = challenge
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .unwrap_or(challenge.len());
    let scheme = &challenge[..end];
    let carries = !["basic", "digest", "negotiate", "session"]
        .iter()
        .any(|other| scheme.eq_ignore_ascii_case(other));
    (carries && !scheme.is_empty()).then_some(scheme)
}

/// The server's words about a refusal: DRF's `detail` and field errors, RFC 6749's `error`.
pub(super) fn words(body: &Value) -> Option<String> {
    let object = body.as_object()?;
    if let Some(detail) = object.get("detail") {
        return Some(flat(detail));
    }
    if let Some(error) = object.get("error").and_then(Value::as_str) {
        return Some(match object.get("error_description") {
            Some(description) => format!("{error}: {}", flat(description)),
            None => error.to_owned(),
        });
    }
    if let Some(errors) = object.get("non_field_errors") {
        return Some(flat(errors));
    }
    let fields: Vec<String> = object
        .iter()
        .map(|(name, value)| format!("{name}: {}", flat(value)))
        .collect();
    (!fields.is_empty()).then(|| fields.join("; "))
}

/// The fields that a 400 of DRF complains about.
pub(super) fn named_fields(body: &Value) -> Vec<String> {
    let Some(object) = body.as_object() else {
        return Vec::new();
    };
    object
        .iter()
        .filter(|(name, value)| value.is_array() && *name != "non_field_errors")
        .map(|(name, _)| name.clone())
        .collect()
}

/// Whether a 400 says that name and password do not fit, in a package that has no 401 for it.
pub(super) fn denies(body: &Value) -> bool {
    body.get("non_field_errors").is_some()
        || ["invalid_grant", "invalid_client"]
            .iter()
            .any(|code| body.get("error").and_then(Value::as_str) == Some(code))
}

fn flat(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(flat).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// One `Set-Cookie` field (RFC 6265 §5.2) as what is sent back; `None` when it only deletes.
pub(super) fn cookie(field: &str) -> Option<Cookie> {
    let (pair, attributes) = field.split_once(';').unwrap_or((field, ""));
    let (name, value) = pair.split_once('=')?;
    let value = value.trim().trim_matches('"');
    let gone = attributes.split(';').any(|attribute| {
        attribute.split_once('=').is_some_and(|(name, value)| {
            name.trim().eq_ignore_ascii_case("max-age") && value.trim() == "0"
        })
    });
    (!gone && !value.is_empty()).then(|| Cookie {
        name: name.trim().to_owned(),
        value: Secret::new(value),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::token::presets::Preset;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn an_opaque_token_ends_when_the_reply_says_so() {
        let oauth = tokens(
            &Preset::OauthPassword.shape(),
            &json!({"access_token": "a", "expires_in": 36000, "token_type": "Bearer", "refresh_token": "r"}),
            NOW,
            0,
        )
        .unwrap();
        assert_eq!(oauth.access_exp.unwrap().as_second(), 36_000);
        assert_eq!(oauth.refresh.unwrap().expose(), "r");
        assert_eq!(oauth.scheme.as_deref(), Some("Bearer"));
        let knox = tokens(
            &Preset::Knox.shape(),
            &json!({"expiry": "1970-01-01T10:00:00.5-06:00", "token": "k"}),
            NOW,
            0,
        )
        .unwrap();
        assert_eq!(knox.access_exp.unwrap().as_second(), 16 * 3_600);
    }

    #[test]
    fn an_empty_refresh_token_is_none() {
        let shape = Preset::DjRestAuth.shape();
        let found = tokens(&shape, &json!({"access": "a.b.c", "refresh": ""}), NOW, 0).unwrap();
        assert_eq!(found.refresh, None);
        assert_eq!(tokens(&shape, &json!({"refresh": "x"}), NOW, 0), None);
    }

    #[test]
    fn the_scheme_keeps_the_servers_letters() {
        assert_eq!(advertised("JWT realm=\"api\""), Some("JWT"));
        assert_eq!(advertised("Token"), Some("Token"));
        assert_eq!(advertised("bearer realm=x"), Some("bearer"));
        assert_eq!(advertised("Basic realm=\"api\""), None);
        assert_eq!(advertised(""), None);
    }

    #[test]
    fn refusals_are_told_in_the_servers_words() {
        assert_eq!(
            words(&json!({"detail": "Token is blacklisted", "code": "token_not_valid"})).as_deref(),
            Some("Token is blacklisted")
        );
        assert_eq!(
            words(&json!({"email": ["This field is required."]})).as_deref(),
            Some("email: This field is required.")
        );
        assert_eq!(
            words(
                &json!({"error": "invalid_grant", "error_description": "Invalid credentials given."})
            )
            .as_deref(),
            Some("invalid_grant: Invalid credentials given.")
        );
        assert_eq!(
            named_fields(&json!({"email": ["This field is required."], "code": "x"})),
            ["email"]
        );
    }

    #[test]
    fn a_cookie_that_is_deleted_is_not_kept() {
        let kept = cookie("sessionid=abc; HttpOnly; Path=/; SameSite=Lax").unwrap();
        assert_eq!(
            (kept.name.as_str(), kept.value.expose()),
            ("sessionid", "abc")
        );
        assert!(cookie("sessionid=\"\"; Max-Age=0; Path=/").is_none());
        assert!(cookie("csrftoken=x; Max-Age=0").is_none());
    }
}
