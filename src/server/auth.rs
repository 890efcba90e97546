//! Authentication classes: who is calling, or why the credentials are refused.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::app::App;
use super::call::Call;
use super::fields::python_int;
use super::json;
use super::jwt::{self, Claims};
use super::reply::{Refusal, Stop};
use super::users::{self, User};

/// One of `authentication_classes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Authenticator {
    Jwt,
    Token,
    Basic,
    Session,
}

impl Authenticator {
    /// `authenticate_header`: what a 401 asks for.
    pub(super) fn challenge(self, app: &App) -> Option<String> {
        match self {
            Self::Jwt => {
                let scheme = app
                    .config
                    .jwt
                    .header_types
                    .first()
                    .map_or("Bearer", String::as_str);
                Some(format!("{scheme} realm=\"api\""))
            }
            Self::Token => Some("Token".to_owned()),
            Self::Basic => Some("Basic realm=\"api\"".to_owned()),
            Self::Session => None,
        }
    }

    fn authenticate(self, app: &App, call: &Call) -> Result<Option<User>, Stop> {
        let header = call.header("authorization").unwrap_or_default();
        match self {
            Self::Jwt => jwt_user(app, &header),
            Self::Token => Ok(token_user(&header)?),
            Self::Basic => Ok(basic_user(app, &header)?),
            Self::Session => Ok(app.sessions.authenticate(call)?),
        }
    }
}

/// The first class that recognises credentials decides.
pub(super) fn authenticate(
    classes: &[Authenticator],
    app: &App,
    call: &Call,
) -> Result<Option<User>, Stop> {
    for class in classes {
        if let Some(user) = class.authenticate(app, call)? {
            return Ok(Some(user));
        }
    }
    Ok(None)
}

fn parts(header: &str) -> Vec<&str> {
    header
        .split([' ', '\t', '\n', '\r', '\u{b}', '\u{c}'])
        .filter(|part| !part.is_empty())
        .collect()
}

/// `JWTAuthentication`; the scheme's case matters.
fn jwt_user(app: &App, header: &str) -> Result<Option<User>, Stop> {
    let settings = &app.config.jwt;
    let parts = parts(header);
    let Some(scheme) = parts.first() else {
        return Ok(None);
    };
    if !settings.header_types.iter().any(|known| known == scheme) {
        return Ok(None);
    }
    let [_, token] = parts[..] else {
        return Err(Refusal::unauthenticated(
            r#"{"detail":"Authorization header must contain two space-delimited values","code":"bad_authorization_header"}"#,
        )
        .into());
    };
    let refuse = |fault| {
        if fault == jwt::UNREADABLE {
            return Stop::Crash;
        }
        let refusal = Refusal::unauthenticated(format!(
            r#"{{"detail":"Given token not valid for any token type","code":"token_not_valid","messages":[{{"token_class":"AccessToken","token_type":"access","message":{}}}]}}"#,
            json::string(fault)
        ));
        Stop::from(refusal)
    };
    let claims = jwt::read(token, settings, app.config.drf, app.now()).map_err(refuse)?;
    if !jwt::is_datable(&claims, "exp") {
        return Err(Stop::Crash);
    }
    jwt::check(&claims, Some(jwt::Kind::Access)).map_err(refuse)?;
    match user_of(app, &claims)? {
        Claimed::Nobody => Err(Refusal::unauthenticated(
            r#"{"detail":"Token contained no recognizable user identification","code":"token_not_valid"}"#,
        )
        .into()),
        Claimed::Unknown => Err(Refusal::unauthenticated(
            r#"{"detail":"User not found","code":"user_not_found"}"#,
        )
        .into()),
        Claimed::User(user) if !user.is_active => Err(Refusal::unauthenticated(
            r#"{"detail":"User is inactive","code":"user_inactive"}"#,
        )
        .into()),
        Claimed::User(user) => Ok(Some(user)),
    }
}

/// Whom the claim `user_id` names.
pub(super) enum Claimed {
    /// There is no such claim.
    Nobody,
    /// No user has this id.
    Unknown,
    User(User),
}

/// Looks the user up; an id that no integer can be made of is an unhandled exception.
pub(super) fn user_of(app: &App, claims: &Claims) -> Result<Claimed, Stop> {
    let id = match claims.get("user_id") {
        None => return Ok(Claimed::Nobody),
        Some(Value::Null) => None,
        Some(Value::Bool(value)) => Some(i128::from(*value)),
        Some(Value::Number(number)) => number
            .as_i64()
            .map(i128::from)
            .or_else(|| python_int(number.to_string().split('.').next()?)),
        Some(Value::String(text)) => Some(python_int(text).ok_or(Stop::Crash)?),
        Some(_) => return Err(Stop::Crash),
    };
    if id.is_some_and(|id| i64::try_from(id).is_err()) && !app.config.drf.bears_huge_keys() {
        return Err(Stop::Crash);
    }
    let user = id
        .and_then(|id| u64::try_from(id).ok())
        .and_then(users::by_id);
    Ok(user.map_or(Claimed::Unknown, Claimed::User))
}

/// `TokenAuthentication`; the keyword's case does not matter.
fn token_user(header: &str) -> Result<Option<User>, Refusal> {
    let parts = parts(header);
    if !parts
        .first()
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("token"))
    {
        return Ok(None);
    }
    let refuse = Refusal::unauthenticated_detail;
    match parts[..] {
        [_, key] if !is_utf8(key) => Err(refuse(
            "Invalid token header. Token string should not contain invalid characters.",
        )),
        [_, key] => {
            let user = users::by_api_key(key).ok_or_else(|| refuse("Invalid token."))?;
            if user.is_active {
                Ok(Some(user))
            } else {
                Err(refuse("User inactive or deleted."))
            }
        }
        [_] => Err(refuse("Invalid token header. No credentials provided.")),
        _ => Err(refuse(
            "Invalid token header. Token string should not contain spaces.",
        )),
    }
}

/// Whether a header value, shown as WSGI does with a character a byte, is UTF-8.
fn is_utf8(text: &str) -> bool {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
    bytes.is_some_and(|bytes| std::str::from_utf8(&bytes).is_ok())
}

/// `BasicAuthentication`.
fn basic_user(app: &App, header: &str) -> Result<Option<User>, Refusal> {
    let parts = parts(header);
    if !parts
        .first()
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic"))
    {
        return Ok(None);
    }
    let refuse = Refusal::unauthenticated_detail;
    let credentials = match parts[..] {
        [_, credentials] => credentials,
        [_] => return Err(refuse("Invalid basic header. No credentials provided.")),
        _ => {
            return Err(refuse(
                "Invalid basic header. Credentials string should not contain spaces.",
            ));
        }
    };
    let decoded = python_b64decode(credentials).map(|bytes| match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => error.as_bytes().iter().copied().map(char::from).collect(),
    });
    let pair = decoded
        .as_ref()
        .and_then(|text| match text.split_once(':') {
            None if !app.config.drf.wants_colon_in_basic() => Some((text.as_str(), "")),
            pair => pair,
        });
    let Some((name, password)) = pair else {
        return Err(refuse(
            "Invalid basic header. Credentials not correctly base64 encoded.",
        ));
    };
    users::authenticate(name, password)
        .map(Some)
        .ok_or_else(|| refuse("Invalid username/password."))
}

/// `base64.b64decode(text)`: characters outside the alphabet are passed over; the padding must be right.
pub(super) fn python_b64decode(text: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let mut kept = String::new();
    let mut padding = 0;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '+' | '/') {
            padding = 0;
            kept.push(c);
        } else if c == '=' {
            padding += 1;
            // A complete group ends the data: what follows is ignored.
            if kept.len() % 4 >= 2 && kept.len() % 4 + padding >= 4 {
                return LENIENT.decode(&kept).ok();
            }
        }
    }
    if kept.len().is_multiple_of(4) {
        LENIENT.decode(&kept).ok()
    } else {
        None
    }
}
