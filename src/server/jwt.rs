//! Tokens as simplejwt makes and takes them. Claims keep their order; the JSON is compact.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use jsonwebtoken::crypto;
use serde_json::{Map, Value, json};

use super::auth::python_b64decode;
use super::config::Jwt;
use super::json;
use super::profile::Profile;

/// A segment as `PyJWT` reads it: stray bits at the end are no matter. Older releases pad what they are given to a
/// multiple of four, and Python's decoder takes more padding than is due.
fn segment(text: &str, drf: Profile) -> Option<Vec<u8>> {
    const STRICT: GeneralPurpose = GeneralPurpose::new(
        &URL_SAFE,
        GeneralPurposeConfig::new()
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    if drf.has_strict_pyjwt() {
        return STRICT.decode(text).ok();
    }
    let padding = "=".repeat((4 - text.len() % 4) % 4);
    let standard = text.replace('-', "+").replace('_', "/");
    python_b64decode(&(standard + &padding))
}

/// The claims of a token, in order.
pub(super) type Claims = Map<String, Value>;

/// The two kinds of token of a pair, and the one that is both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Access,
    Refresh,
    Sliding,
}

impl Kind {
    /// The value of the claim `token_type`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::Sliding => "sliding",
        }
    }
}

/// Why a token is refused: simplejwt's words.
pub(super) type Fault = &'static str;

const INVALID: Fault = "Token is invalid";
const EXPIRED: Fault = "Token is expired";
/// `SLIDING_TOKEN_REFRESH_EXP_CLAIM`.
/// Not simplejwt's words: an exception that nobody handles.
pub(super) const UNREADABLE: Fault = "TypeError";
pub(super) const REFRESH_END: &str = "refresh_exp";

/// The claims of a new token: `token_type, exp, iat, jti`, and `refresh_exp` of a sliding one.
pub(super) fn fresh(kind: Kind, settings: &Jwt, now: f64) -> Claims {
    let lifetime = match kind {
        Kind::Access | Kind::Sliding => settings.access_lifetime,
        Kind::Refresh => settings.refresh_lifetime,
    };
    let mut claims = Claims::new();
    claims.insert("token_type".to_owned(), json!(kind.name()));
    claims.insert("exp".to_owned(), json!(whole(now + lifetime.as_secs_f64())));
    claims.insert("iat".to_owned(), json!(whole(now)));
    claims.insert("jti".to_owned(), json!(token_id()));
    if kind == Kind::Sliding {
        let end = whole(now + settings.refresh_lifetime.as_secs_f64());
        claims.insert(REFRESH_END.to_owned(), json!(end));
    }
    claims
}

/// Gives a sliding token a new end and start, in place.
pub(super) fn slide(claims: &mut Claims, settings: &Jwt, now: f64) {
    let end = whole(now + settings.access_lifetime.as_secs_f64());
    claims.insert("exp".to_owned(), json!(end));
    claims.insert("iat".to_owned(), json!(whole(now)));
}

/// `check_exp("refresh_exp")`: whether a sliding token may still be refreshed.
pub(super) fn check_refresh_end(claims: &Claims, settings: &Jwt, now: f64) -> Result<(), Fault> {
    let Some(end) = claims.get(REFRESH_END) else {
        return Err("Token has no 'refresh_exp' claim");
    };
    if integer(end).is_none_or(|end| end <= now - settings.leeway.as_secs_f64()) {
        return Err("Token 'refresh_exp' claim has expired");
    }
    Ok(())
}

/// Gives a token a new id, end and start, in place.
pub(super) fn renew(claims: &mut Claims, lifetime_s: f64, now: f64) {
    claims.insert("jti".to_owned(), json!(token_id()));
    claims.insert("exp".to_owned(), json!(whole(now + lifetime_s)));
    claims.insert("iat".to_owned(), json!(whole(now)));
}

/// An access token with the claims of a refresh token, its own type, id and times.
pub(super) fn access_from(refresh: &Claims, settings: &Jwt, drf: Profile, now: f64) -> Claims {
    let mut access = fresh(Kind::Access, settings, now);
    let keeps_iat = !drf.writes_user_id_as_text();
    for (name, value) in refresh {
        let is_own =
            matches!(name.as_str(), "token_type" | "exp" | "jti") || (name == "iat" && !keeps_iat);
        if !is_own {
            access.insert(name.clone(), value.clone());
        }
    }
    access
}

/// Signs claims. `None` when the key does not fit the algorithm, or `PyJWT` would not write them.
pub(super) fn encode(claims: &Claims, settings: &Jwt, drf: Profile) -> Option<String> {
    let mut claims = claims.clone();
    for (name, value) in [("aud", &settings.audience), ("iss", &settings.issuer)] {
        if let Some(value) = value {
            claims.insert(name.to_owned(), json!(value));
        }
    }
    let issuer = claims.get("iss");
    if issuer.is_some_and(|issuer| !issuer.is_string()) && drf.has_strict_pyjwt() {
        return None;
    }
    let payload = json::in_ascii(&serde_json::to_string(&claims).ok()?);
    settings.key.sign(|algorithm, key| {
        let header = format!("{{\"alg\":\"{algorithm:?}\",\"typ\":\"JWT\"}}");
        let message = format!("{}.{}", BASE64.encode(header), BASE64.encode(payload));
        let signature = crypto::sign(message.as_bytes(), key, algorithm).ok()?;
        Some(format!("{message}.{signature}"))
    })
}

/// Checks a token as `PyJWT` does for simplejwt: shape, algorithm, signature, times, issuer, audience.
fn decode(token: &str, settings: &Jwt, drf: Profile, now: f64) -> Result<Claims, Fault> {
    let mut parts = token.split('.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(INVALID);
    };
    let head = object(header, drf).ok_or(INVALID)?;
    let message = &token[..header.len() + 1 + payload.len()];
    let signature = BASE64.encode(segment(signature, drf).ok_or(INVALID)?);
    let is_genuine = settings.key.verify(|algorithm, key| {
        head.get("alg").and_then(Value::as_str) == Some(&format!("{algorithm:?}"))
            && (!drf.has_strict_pyjwt() || is_strictly_sound(&head))
            && head.get("b64") != Some(&Value::Bool(false))
            && crypto::verify(&signature, message.as_bytes(), key, algorithm).unwrap_or(false)
    });
    if !is_genuine {
        return Err(INVALID);
    }
    let claims = object(payload, drf).ok_or(INVALID)?;
    check_times(&claims, settings, drf, now)?;
    check_names(&claims, settings, drf)?;
    Ok(claims)
}

/// What newer releases of `PyJWT` look for in a header.
fn is_strictly_sound(head: &Claims) -> bool {
    head.get("kid").is_none_or(Value::is_string) && !head.contains_key("crit")
}

/// The same in the words of a release: older ones do not tell expired from invalid.
pub(super) fn read(token: &str, settings: &Jwt, drf: Profile, now: f64) -> Result<Claims, Fault> {
    decode(token, settings, drf, now).map_err(|fault| {
        if drf.tells_expired_from_invalid() || fault == UNREADABLE {
            fault
        } else {
            "Token is invalid or expired"
        }
    })
}

/// Whether simplejwt can make a date of a claim: what is no number, or past the year 9999, raises what nobody
/// catches, though `PyJWT` takes texts of digits for times.
pub(super) fn is_datable(claims: &Claims, name: &str) -> bool {
    match claims.get(name) {
        None | Some(Value::Bool(_)) => true,
        Some(value) => value
            .as_f64()
            .is_some_and(|seconds| (-62_135_596_800.0..253_402_300_800.0).contains(&seconds)),
    }
}

/// `Token.verify`: `exp`, `jti` and the type are there and right.
pub(super) fn check(claims: &Claims, kind: Option<Kind>) -> Result<(), Fault> {
    if !claims.contains_key("exp") {
        return Err("Token has no 'exp' claim");
    }
    if !claims.contains_key("jti") {
        return Err("Token has no id");
    }
    let Some(kind) = kind else { return Ok(()) };
    match claims.get("token_type") {
        None => Err("Token has no type"),
        Some(found) if found.as_str() == Some(kind.name()) => Ok(()),
        Some(_) => Err("Token has wrong type"),
    }
}

fn check_times(claims: &Claims, settings: &Jwt, drf: Profile, now: f64) -> Result<(), Fault> {
    let leeway = settings.leeway.as_secs_f64();
    let time = |name: &str| match claims.get(name) {
        None => Ok(None),
        Some(Value::Null | Value::Array(_) | Value::Object(_)) if !drf.has_strict_pyjwt() => {
            Err(UNREADABLE)
        }
        Some(value) => integer(value).map(Some).ok_or(INVALID),
    };
    if time("iat")?.is_some_and(|iat| iat > now + leeway) {
        return Err(INVALID);
    }
    if time("nbf")?.is_some_and(|nbf| nbf > now + leeway) {
        return Err(INVALID);
    }
    if time("exp")?.is_some_and(|exp| exp <= now - leeway) {
        return Err(EXPIRED);
    }
    Ok(())
}

fn check_names(claims: &Claims, settings: &Jwt, drf: Profile) -> Result<(), Fault> {
    if let Some(issuer) = &settings.issuer
        && claims.get("iss").and_then(Value::as_str) != Some(issuer)
    {
        return Err(INVALID);
    }
    if let Some(audience) = &settings.audience {
        let names_us = match claims.get("aud") {
            Some(Value::String(one)) => one == audience,
            Some(Value::Array(many)) => {
                many.iter().all(Value::is_string) && many.iter().any(|one| one == audience)
            }
            _ => false,
        };
        if !names_us {
            return Err(INVALID);
        }
    }
    for name in ["sub", "jti"] {
        let is_text = claims.get(name).is_none_or(Value::is_string);
        if !is_text && drf.has_strict_pyjwt() {
            return Err(INVALID);
        }
    }
    Ok(())
}

/// `int(value)` of a claim.
fn integer(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64().map(f64::trunc),
        Value::String(text) => text.trim().parse::<i64>().ok().map(seconds),
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        _ => None,
    }
}

fn object(text: &str, drf: Profile) -> Option<Claims> {
    let bytes = segment(text, drf)?;
    match serde_json::from_slice(&bytes).ok()? {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

/// Whole seconds, rounded down as `timegm(utctimetuple())` does.
#[expect(
    clippy::cast_possible_truncation,
    reason = "seconds since 1970 fit easily"
)]
fn whole(seconds: f64) -> i64 {
    seconds.floor() as i64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "only times past the year 285 million lose precision"
)]
fn seconds(whole: i64) -> f64 {
    whole as f64
}

/// `uuid4().hex`.
fn token_id() -> String {
    let mut bytes = [0_u8; 16];
    let random = ring::rand::SystemRandom::new();
    // Without randomness the id would repeat; zeroes then show that in every token.
    let _ = ring::rand::SecureRandom::fill(&random, &mut bytes);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    bytes.iter().fold(String::with_capacity(32), |hex, byte| {
        hex + &format!("{byte:02x}")
    })
}
