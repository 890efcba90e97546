//! The endpoints of simplejwt, and `obtain_auth_token`.

use serde_json::Value as Claim;

use super::app::App;
use super::auth::{Claimed, user_of};
use super::body::{self, Data};
use super::call::Call;
use super::fields::{self, Field, Kind as FieldKind, Value};
use super::json;
use super::jwt::{self, Claims, Kind};
use super::reply::{Answer, Refusal, Stop};
use super::users::{self, User};

/// `TokenObtainPairView`.
pub(super) fn obtain(app: &App, call: &Call) -> Result<Answer, Stop> {
    const FIELDS: [Field; 2] = [Field::text("username"), Field::text("password")];
    let user = log_in(&FIELDS, &body::parse(call)?)?;
    let user = user.ok_or_else(|| {
        Refusal::unauthenticated_detail("No active account found with the given credentials")
    })?;
    let now = app.now();
    let mut refresh = jwt::fresh(Kind::Refresh, &app.config.jwt, now);
    let user_id = if app.config.drf.writes_user_id_as_text() {
        Claim::String(user.id.to_string())
    } else {
        Claim::from(user.id)
    };
    refresh.insert("user_id".to_owned(), user_id);
    let access = jwt::access_from(&refresh, &app.config.jwt, app.config.drf, now);
    Ok(Answer::ok(format!(
        "{{\"refresh\":\"{}\",\"access\":\"{}\"}}",
        signed(app, &refresh)?,
        signed(app, &access)?
    )))
}

/// `TokenRefreshView`.
pub(super) fn refresh(app: &App, call: &Call) -> Result<Answer, Stop> {
    let settings = &app.config.jwt;
    let now = app.now();
    let mut claims = refresh_token(app, &one_field("refresh", call)?)?;
    let names_user = claims.get("user_id").is_some_and(is_truthy);
    if names_user && app.config.drf.refresh_checks_user() {
        match user_of(&claims)? {
            Claimed::User(user) if user.is_active => {}
            Claimed::User(_) => {
                return Err(Refusal::unauthenticated_detail(
                    "No active account found for the given token.",
                )
                .into());
            }
            // `User.DoesNotExist`, which nobody catches in 5.5.1.
            Claimed::Unknown | Claimed::Nobody => return Err(Stop::Crash),
        }
    }
    let access = signed(
        app,
        &jwt::access_from(&claims, settings, app.config.drf, now),
    )?;
    if !settings.rotate {
        return Ok(Answer::ok(format!("{{\"access\":\"{access}\"}}")));
    }
    if settings.blacklist_after_rotation && settings.blacklist_app {
        revoke(app, &claims);
    }
    jwt::renew(&mut claims, settings.refresh_lifetime.as_secs_f64(), now);
    let rotated = signed(app, &claims)?;
    Ok(Answer::ok(format!(
        "{{\"access\":\"{access}\",\"refresh\":\"{rotated}\"}}"
    )))
}

/// `TokenVerifyView`: any type will do, and the blacklist counts only with `BLACKLIST_AFTER_ROTATION`.
pub(super) fn verify(app: &App, call: &Call) -> Result<Answer, Stop> {
    let token = one_field("token", call)?;
    let settings = &app.config.jwt;
    let claims = jwt::read(&token, settings, app.config.drf, app.now())
        .and_then(|claims| jwt::check(&claims, None).map(|()| claims))
        .map_err(invalid)?;
    if settings.blacklist_after_rotation
        && settings.blacklist_app
        && app.is_blacklisted(id_of(&claims))
    {
        return Err(fields::non_field("Token is blacklisted").into());
    }
    Ok(Answer::ok("{}"))
}

/// `TokenBlacklistView`: without the app it says 200 and does nothing.
pub(super) fn blacklist(app: &App, call: &Call) -> Result<Answer, Stop> {
    let claims = refresh_token(app, &one_field("refresh", call)?)?;
    if app.config.jwt.blacklist_app {
        user_of(&claims)?;
        revoke(app, &claims);
    }
    Ok(Answer::ok("{}"))
}

/// `ObtainAuthToken`: the password is not trimmed, and a wrong one is a 400.
pub(super) fn api_token(call: &Call) -> Result<Answer, Stop> {
    const FIELDS: [Field; 2] = [
        Field::text("username"),
        Field {
            kind: FieldKind::Text {
                max_length: None,
                allow_blank: false,
                trim: false,
            },
            ..Field::text("password")
        },
    ];
    let user = log_in(&FIELDS, &body::parse_form_first(call)?)?;
    let user =
        user.ok_or_else(|| fields::non_field("Unable to log in with provided credentials."))?;
    Ok(Answer::ok(format!(
        "{{\"token\":\"{}\"}}",
        users::api_key(user)
    )))
}

fn log_in(fields: &[Field], data: &Data) -> Result<Option<User>, Refusal> {
    let values = fields::validate(fields, data, false)?;
    match &values[..] {
        [(_, Value::Text(name)), (_, Value::Text(password))] => {
            Ok(users::authenticate(name, password))
        }
        _ => Ok(None),
    }
}

fn one_field(name: &'static str, call: &Call) -> Result<String, Stop> {
    let values = fields::validate(&[Field::text(name)], &body::parse(call)?, false)?;
    match values.into_iter().next() {
        Some((_, Value::Text(text))) => Ok(text),
        _ => Err(Stop::Crash),
    }
}

/// `RefreshToken(text)`.
fn refresh_token(app: &App, text: &str) -> Result<Claims, Stop> {
    let settings = &app.config.jwt;
    let claims = jwt::read(text, settings, app.config.drf, app.now()).map_err(invalid)?;
    if settings.blacklist_app {
        // `self.payload["jti"]`: a `KeyError` that nobody catches.
        if !claims.contains_key("jti") {
            return Err(Stop::Crash);
        }
        if app.is_blacklisted(id_of(&claims)) {
            return Err(invalid("Token is blacklisted").into());
        }
    }
    jwt::check(&claims, Some(Kind::Refresh)).map_err(invalid)?;
    Ok(claims)
}

fn id_of(claims: &Claims) -> &str {
    claims
        .get("jti")
        .and_then(Claim::as_str)
        .unwrap_or_default()
}

fn revoke(app: &App, claims: &Claims) {
    let expires = claims
        .get("exp")
        .and_then(Claim::as_f64)
        .unwrap_or(f64::MAX);
    app.blacklist(id_of(claims), expires);
}

fn signed(app: &App, claims: &Claims) -> Result<String, Stop> {
    jwt::encode(claims, &app.config.jwt).ok_or(Stop::Crash)
}

/// `InvalidToken(message)`.
fn invalid(fault: jwt::Fault) -> Refusal {
    Refusal::unauthenticated(format!(
        "{{\"detail\":{},\"code\":\"token_not_valid\"}}",
        json::string(fault)
    ))
}

/// Python's truth of a claim.
fn is_truthy(claim: &Claim) -> bool {
    match claim {
        Claim::Null => false,
        Claim::Bool(value) => *value,
        Claim::Number(number) => number.as_f64() != Some(0.0),
        Claim::String(text) => !text.is_empty(),
        Claim::Array(items) => !items.is_empty(),
        Claim::Object(members) => !members.is_empty(),
    }
}
