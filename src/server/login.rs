//! `/api-auth/login/` and `/api-auth/logout/`: the pages that open and close a session.

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;

use super::app::App;
use super::body;
use super::call::Call;
use super::html;
use super::query::Query;
use super::reply::Reply;
use super::sessions::{is_forged, random_text, unmasked};
use super::users;

const LOGIN: &str = "/api-auth/login/";
const LOGOUT: &str = "/api-auth/logout/";
const LOGIN_METHODS: &str = "GET, POST, PUT, HEAD, OPTIONS";
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
    match call.method.as_str() {
        "GET" | "HEAD" => {
            let secret = call.cookie("csrftoken").unwrap_or_else(random_text);
            return form(app, call, &unmasked(&secret), "");
        }
        "OPTIONS" => return methods(app, 200, LOGIN_METHODS),
        _ if is_forged(call) => return forbidden(),
        "POST" => {}
        _ => return methods(app, 405, LOGIN_METHODS),
    }
    let fields = body::form(call).unwrap_or_default();
    let name = fields.last("username").unwrap_or_default();
    let Some(user) = users::authenticate(name, fields.last("password").unwrap_or_default()) else {
        let secret = call.cookie("csrftoken").unwrap_or_default();
        return form(
            app,
            call,
            &unmasked(&secret),
            "Please enter a correct username and password. Note that both fields may be case-sensitive.",
        );
    };
    let session = random_text().to_ascii_lowercase();
    app.sessions.open(session.clone(), user);
    let mut reply = found(app, &target(&fields));
    // The form's own guard is nearer to the view than the session.
    reply.push("vary", "Cookie");
    reply.finish(false);
    set_csrf(&mut reply, app, &random_text());
    let end = http_date(app.now() + f64::from(FORTNIGHT_S));
    reply.push(
        "set-cookie",
        &format!("sessionid={session}; expires={end}; HttpOnly; Max-Age={FORTNIGHT_S}; {COOKIE}"),
    );
    reply
}

fn logout(app: &App, call: &Call) -> Reply {
    let by_get = app.config.drf.logs_out_by_get();
    let allowed = if by_get {
        "GET, HEAD, POST, OPTIONS"
    } else {
        "POST, OPTIONS"
    };
    match call.method.as_str() {
        "GET" | "HEAD" if by_get => {}
        "OPTIONS" => return methods(app, 200, allowed),
        "GET" | "HEAD" => return methods(app, 405, allowed),
        _ if is_forged(call) => return forbidden(),
        "POST" => {}
        _ => return methods(app, 405, allowed),
    }
    let session = call.cookie("sessionid");
    if let Some(session) = &session {
        app.sessions.close(session);
    }
    let mut reply = found(app, LOGIN);
    reply.finish(true);
    if session.is_some() {
        reply.push(
            "set-cookie",
            &format!("sessionid=\"\"; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; {COOKIE}"),
        );
    }
    reply
}

/// The answer of Django's `View` to `OPTIONS`, and to a method that it has not.
fn methods(app: &App, status: u16, allowed: &str) -> Reply {
    let mut reply = Reply::bare(status);
    reply.push("content-type", html::TYPE);
    reply.push("allow", allowed);
    if status == 200 {
        reply.push("content-length", "0");
    }
    never_cache(&mut reply, app);
    if status == 200 {
        reply.push("x-frame-options", "DENY");
        reply.secure();
    } else {
        reply.finish(false);
    }
    reply
}

/// Where to go after the login: a path on this server.
fn target(fields: &Query) -> String {
    match fields.last("next") {
        Some(next) if next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') => {
            next.to_owned()
        }
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
