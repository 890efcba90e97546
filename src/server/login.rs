//! `/api-auth/login/` and `/api-auth/logout/`: the pages that open and close a session.

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;

use super::app::App;
use super::body::{self, Data};
use super::call::Call;
use super::html;
use super::query::Query;
use super::reply::Reply;
use super::sessions::{random_text, unmasked};
use super::users;

const LOGIN: &str = "/api-auth/login/";
const LOGOUT: &str = "/api-auth/logout/";
/// Both paths.
pub(super) const PATHS: [&str; 2] = [LOGIN, LOGOUT];
const COOKIE: &str = "Path=/; SameSite=Lax";
const YEAR_S: u32 = 31_449_600;
const FORTNIGHT_S: u32 = 1_209_600;

/// Answers if the path is one of the two.
pub(super) fn answer(app: &App, call: &Call) -> Option<Reply> {
    match call.path.as_str() {
        LOGIN => Some(login(app, call)),
        LOGOUT => Some(logout(app, call)),
        _ => None,
    }
}

fn login(app: &App, call: &Call) -> Reply {
    if call.method != "POST" {
        let secret = call.cookie("csrftoken").unwrap_or_else(random_text);
        return form(app, call, &unmasked(&secret), "");
    }
    let Ok(Data::Form(fields)) = body::parse(app, call) else {
        return forbidden();
    };
    let secret = call.cookie("csrftoken").map(|cookie| unmasked(&cookie));
    let sent = fields.last("csrfmiddlewaretoken").map(unmasked);
    let Some(secret) = secret.filter(|secret| Some(secret) == sent.as_ref()) else {
        return forbidden();
    };
    let name = fields.last("username").unwrap_or_default();
    let Some(user) = users::authenticate(name, fields.last("password").unwrap_or_default()) else {
        return form(
            app,
            call,
            &secret,
            "Please enter a correct username and password. Note that both fields may be case-sensitive.",
        );
    };
    let session = random_text().to_ascii_lowercase();
    app.sessions.open(session.clone(), user);
    let mut reply = found(app, &target(&fields));
    set_csrf(&mut reply, app, &random_text());
    let end = http_date(app.now() + f64::from(FORTNIGHT_S));
    reply.push(
        "set-cookie",
        &format!("sessionid={session}; expires={end}; HttpOnly; Max-Age={FORTNIGHT_S}; {COOKIE}"),
    );
    reply
}

fn logout(app: &App, call: &Call) -> Reply {
    if let Some(session) = call.cookie("sessionid") {
        app.sessions.close(&session);
    }
    let mut reply = found(app, LOGIN);
    reply.push(
        "set-cookie",
        &format!("sessionid=\"\"; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; {COOKIE}"),
    );
    reply
}

/// Where to go after the login: a path on this server.
fn target(fields: &Query) -> String {
    match fields.last("next") {
        Some(next) if next.starts_with('/') && !next.starts_with("//") => next.to_owned(),
        _ => "/accounts/profile/".to_owned(),
    }
}

/// Gives the secret that `X-CSRFToken` is to name.
fn set_csrf(reply: &mut Reply, app: &App, secret: &str) {
    let end = http_date(app.now() + f64::from(YEAR_S));
    reply.push(
        "set-cookie",
        &format!("csrftoken={secret}; expires={end}; Max-Age={YEAR_S}; {COOKIE}"),
    );
}

/// `never_cache`.
fn never_cache(reply: &mut Reply, app: &App) {
    reply.push("expires", &http_date(app.now()));
    reply.push(
        "cache-control",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    );
}

fn http_date(seconds: f64) -> String {
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs_f64(seconds.max(0.0)))
}

fn found(app: &App, location: &str) -> Reply {
    let mut reply = Reply::bare(302);
    reply.push("content-type", html::TYPE);
    reply.push("location", location);
    never_cache(&mut reply, app);
    reply.push("vary", "Cookie");
    reply.finish(false);
    reply
}

fn forbidden() -> Reply {
    html::page(
        403,
        "403 Forbidden",
        "CSRF verification failed. Request aborted.",
    )
}

fn form(app: &App, call: &Call, secret: &str, error: &str) -> Reply {
    let mask = random_text();
    let token = super::sessions::masked(secret, &mask);
    let next: String = call
        .query
        .last("next")
        .unwrap_or_default()
        .chars()
        .filter(is_plain)
        .collect();
    let mut reply = Reply::bare(200);
    reply.body = Bytes::from(format!(
        "<!doctype html>\n<title>Log in</title>\n<form method=\"post\">\n<input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"{token}\">\n<input type=\"hidden\" name=\"next\" value=\"{next}\" />\n<p>{error}</p>\n<label>Username: <input name=\"username\"></label>\n<label>Password: <input type=\"password\" name=\"password\"></label>\n<button>Log in</button>\n</form>\n"
    ));
    reply.push("content-type", html::TYPE);
    never_cache(&mut reply, app);
    reply.push("vary", "Cookie");
    reply.finish(false);
    set_csrf(&mut reply, app, secret);
    reply
}

fn is_plain(c: &char) -> bool {
    !matches!(c, '<' | '>' | '"' | '\'' | '&')
}
