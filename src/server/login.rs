//! `/api-auth/login/` and `/api-auth/logout/`: the pages that open and close a session.

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

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
/// What `iri_to_uri` writes with a percent sign.
const NOT_IN_URIS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'/')
    .remove(b'#')
    .remove(b'%')
    .remove(b'[')
    .remove(b']')
    .remove(b'=')
    .remove(b':')
    .remove(b';')
    .remove(b'$')
    .remove(b'&')
    .remove(b'(')
    .remove(b')')
    .remove(b'+')
    .remove(b',')
    .remove(b'!')
    .remove(b'?')
    .remove(b'*')
    .remove(b'@')
    .remove(b'\'');
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
            return form(app, call, &Query::default(), &unmasked(&secret), "");
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
            &fields,
            &unmasked(&secret),
            "Please enter a correct username and password. Note that both fields may be case-sensitive.",
        );
    };
    let session = random_text().to_ascii_lowercase();
    app.sessions.open(session.clone(), user);
    let mut reply = found(app, &target(call, &fields));
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

/// Where to go after the login.
fn target(call: &Call, fields: &Query) -> String {
    let next = wanted(call, fields);
    if next.is_empty() {
        "/accounts/profile/".to_owned()
    } else {
        percent_encoding::utf8_percent_encode(&next, NOT_IN_URIS).to_string()
    }
}

/// The `next` of the form, else that of the URL; empty where it leads elsewhere (`get_redirect_url`).
fn wanted(call: &Call, fields: &Query) -> String {
    fields
        .last("next")
        .or_else(|| call.query.last("next"))
        .filter(|next| {
            // Browsers take a backslash for a slash.
            stays_here(next.trim(), call) && stays_here(&next.trim().replace('\\', "/"), call)
        })
        .unwrap_or_default()
        .to_owned()
}

/// `url_has_allowed_host_and_scheme`.
fn stays_here(url: &str, call: &Call) -> bool {
    if url.starts_with("///") || url.starts_with(char::is_control) {
        return false;
    }
    // `urlsplit` passes over these.
    let url = url.replace(['\t', '\r', '\n'], "");
    let (scheme, rest) = match url.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
        _ => (String::new(), url.as_str()),
    };
    let Some(rest) = rest.strip_prefix("//") else {
        return !url.is_empty() && scheme.is_empty();
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() {
        return scheme.is_empty();
    }
    let is_secure = call.scheme() == "https";
    let fits = match scheme.as_str() {
        "https" => true,
        "http" | "" => !is_secure,
        _ => false,
    };
    fits && host == call.host()
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
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

fn form(app: &App, call: &Call, fields: &Query, secret: &str, error: &str) -> Reply {
    let mask = random_text();
    let token = super::sessions::masked(secret, &mask);
    let next = escaped(&wanted(call, fields));
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

/// `django.utils.html.escape`.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    fn asked(target: &str) -> Call {
        let mut headers = HeaderMap::new();
        headers.insert("host", "shop.test:8000".parse().unwrap());
        Call::new("POST", target, headers, Bytes::new())
    }

    #[test]
    fn a_login_leads_to_this_server_only() {
        let call = asked("/api-auth/login/");
        let to = |next: &str| target(&call, &Query::parse(&format!("next={next}")));
        for (next, location) in [
            ("/api/me/", "/api/me/"),
            ("me/?a=1%26b=%C3%A9", "me/?a=1&b=%C3%A9"),
            ("http://shop.test:8000/x", "http://shop.test:8000/x"),
            ("//shop.test:8000/x", "//shop.test:8000/x"),
        ] {
            assert_eq!(to(next), location, "{next}");
        }
        for next in [
            "",
            "%20",
            "///shop.test:8000",
            "//evil.test/",
            "/%5Cevil.test/",
            "http://evil.test/",
            "http:///evil.test/",
            "ftp://shop.test:8000/",
            "http://shop.test/",
            "javascript:alert(1)",
            "ja%09vascript:alert(1)",
            "%00//evil.test",
        ] {
            assert_eq!(to(next), "/accounts/profile/", "{next}");
        }
    }

    #[test]
    fn the_form_goes_before_the_url_and_is_escaped() {
        let call = asked("/api-auth/login/?next=/of/the/url/");
        let next = |fields: &str| wanted(&call, &Query::parse(fields));
        assert_eq!(next(""), "/of/the/url/");
        assert_eq!(next("next=/of/the/form/"), "/of/the/form/");
        assert_eq!(next("next="), "");
        assert_eq!(escaped("/?a=\"<&'>"), "/?a=&quot;&lt;&amp;&#x27;&gt;");
    }
}
