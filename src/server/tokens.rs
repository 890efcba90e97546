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
    let user = logged_in(app, call)?;
    let now = app.now();
    let refresh = token_for(Kind::Refresh, user, app, now);
    let access = jwt::access_from(&refresh, &app.config.jwt, app.config.drf, now);
    let body = format!(
        "{{\"refresh\":\"{}\",\"access\":\"{}\"}}",
        signed(app, &refresh)?,
        signed(app, &access)?
    );
    // The user, and the table of outstanding tokens.
    Ok(Answer::ok(body).after(if app.config.jwt.blacklist_app { 2 } else { 1 }))
}

/// `TokenObtainSlidingView`.
pub(super) fn obtain_sliding(app: &App, call: &Call) -> Result<Answer, Stop> {
    let user = logged_in(app, call)?;
    sliding(app, &token_for(Kind::Sliding, user, app, app.now()))
}

/// `TokenRefreshSlidingView`: a new `exp` and `iat`; the id stays, and the end of refreshing.
pub(super) fn refresh_sliding(app: &App, call: &Call) -> Result<Answer, Stop> {
    let now = app.now();
    let mut claims = listed_token(Kind::Sliding, app, &one_field("token", app, call)?)?;
    if !jwt::is_datable(&claims, jwt::REFRESH_END) {
        return Err(Stop::Crash);
    }
    jwt::check_refresh_end(&claims, &app.config.jwt, now).map_err(invalid)?;
    jwt::slide(&mut claims, &app.config.jwt, now);
    sliding(app, &claims)
}

fn sliding(app: &App, claims: &Claims) -> Result<Answer, Stop> {
    Ok(Answer::ok(format!(
        "{{\"token\":\"{}\"}}",
        signed(app, claims)?
    )))
}

/// The user whose name and password a body holds, in the words of simplejwt.
fn logged_in(app: &App, call: &Call) -> Result<User, Stop> {
    const FIELDS: [Field; 2] = [Field::text("username"), Field::text("password")];
    let user = log_in(&FIELDS, &body::parse(app, call)?)?;
    Ok(user.ok_or_else(|| {
        Refusal::unauthenticated_detail("No active account found with the given credentials")
    })?)
}

/// `Token.for_user(user)`.
fn token_for(kind: Kind, user: User, app: &App, now: f64) -> Claims {
    let mut claims = jwt::fresh(kind, &app.config.jwt, now);
    let user_id = if app.config.drf.writes_user_id_as_text() {
        Claim::String(user.id.to_string())
    } else {
        Claim::from(user.id)
    };
    claims.insert("user_id".to_owned(), user_id);
    claims
}

/// `TokenRefreshView`.
pub(super) fn refresh(app: &App, call: &Call) -> Result<Answer, Stop> {
    let settings = &app.config.jwt;
    let now = app.now();
    let mut claims = listed_token(Kind::Refresh, app, &one_field("refresh", app, call)?)?;
    let names_user = claims.get("user_id").is_some_and(is_truthy);
    if names_user && app.config.drf.refresh_checks_user() {
        match user_of(app, &claims)? {
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
        revoke(app, &claims)?;
    }
    jwt::renew(&mut claims, settings.refresh_lifetime.as_secs_f64(), now);
    let rotated = signed(app, &claims)?;
    Ok(Answer::ok(format!(
        "{{\"access\":\"{access}\",\"refresh\":\"{rotated}\"}}"
    )))
}

/// `TokenVerifyView`: any type will do, and the blacklist counts only with `BLACKLIST_AFTER_ROTATION`.
pub(super) fn verify(app: &App, call: &Call) -> Result<Answer, Stop> {
    let token = one_field("token", app, call)?;
    let settings = &app.config.jwt;
    let claims = jwt::read(&token, settings, app.config.drf, app.now()).map_err(invalid)?;
    if !jwt::is_datable(&claims, "exp") {
        return Err(Stop::Crash);
    }
    jwt::check(&claims, None).map_err(invalid)?;
    if settings.blacklist_after_rotation && settings.blacklist_app && is_revoked(app, &claims) {
        return Err(fields::non_field("Token is blacklisted").into());
    }
    Ok(Answer::ok("{}"))
}

/// `TokenBlacklistView`: without the app it says 200 and does nothing.
pub(super) fn blacklist(app: &App, call: &Call) -> Result<Answer, Stop> {
    let claims = listed_token(Kind::Refresh, app, &one_field("refresh", app, call)?)?;
    if app.config.jwt.blacklist_app {
        if app.config.drf.refresh_checks_user() {
            user_of(app, &claims)?;
        }
        // The table of outstanding tokens wants the token itself.
        signed(app, &claims)?;
        revoke(app, &claims)?;
    }
    Ok(Answer::ok("{}"))
}

/// `ObtainAuthToken`: the password is not trimmed, and a wrong one is a 400.
pub(super) fn api_token(app: &App, call: &Call) -> Result<Answer, Stop> {
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
    let user = log_in(&FIELDS, &body::parse_form_first(app, call)?)?;
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

fn one_field(name: &'static str, app: &App, call: &Call) -> Result<String, Stop> {
    let values = fields::validate(&[Field::text(name)], &body::parse(app, call)?, false)?;
    match values.into_iter().next() {
        Some((_, Value::Text(text))) => Ok(text),
        _ => Err(Stop::Crash),
    }
}

/// `RefreshToken(text)` or `SlidingToken(text)`: the kinds that can be blacklisted.
fn listed_token(kind: Kind, app: &App, text: &str) -> Result<Claims, Stop> {
    let settings = &app.config.jwt;
    let claims = jwt::read(text, settings, app.config.drf, app.now()).map_err(invalid)?;
    if settings.blacklist_app {
        // `self.payload["jti"]`: a `KeyError` that nobody catches.
        if !claims.contains_key("jti") {
            return Err(Stop::Crash);
        }
        if is_revoked(app, &claims) {
            return Err(invalid("Token is blacklisted"));
        }
    }
    if !jwt::is_datable(&claims, "exp") {
        return Err(Stop::Crash);
    }
    jwt::check(&claims, Some(kind)).map_err(invalid)?;
    Ok(claims)
}

/// The claim `jti` as the database compares it; null is no id, and equals none.
fn id_of(claims: &Claims) -> Option<String> {
    match claims.get("jti")? {
        Claim::Null => None,
        Claim::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn is_revoked(app: &App, claims: &Claims) -> bool {
    id_of(claims).is_some_and(|id| app.is_blacklisted(&id))
}

/// Puts a token on the blacklist; the column of ids holds no null.
fn revoke(app: &App, claims: &Claims) -> Result<(), Stop> {
    let id = id_of(claims).ok_or(Stop::Crash)?;
    let expires = claims
        .get("exp")
        .and_then(Claim::as_f64)
        .unwrap_or(f64::MAX);
    app.blacklist(&id, expires);
    Ok(())
}

fn signed(app: &App, claims: &Claims) -> Result<String, Stop> {
    jwt::encode(claims, &app.config.jwt, app.config.drf).ok_or(Stop::Crash)
}

/// `InvalidToken(message)`.
fn invalid(fault: jwt::Fault) -> Stop {
    if fault == jwt::UNREADABLE {
        return Stop::Crash;
    }
    let body = format!(
        "{{\"detail\":{},\"code\":\"token_not_valid\"}}",
        json::string(fault)
    );
    Refusal::unauthenticated(body).into()
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
