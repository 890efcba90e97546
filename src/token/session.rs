//! Django's own login: a form, a session cookie and a CSRF token.

use super::error::Error;
use super::exchange::{CSRF, Exchange, Fields, cookie_field, cookies_of, csrf_token, sorted};
use super::login::{Cookie, Login, Tokens};
use super::obtain::Applicant;
use super::shape::{Encoding, Shape};
use crate::http::header::{COOKIE, REFERER};
use crate::http::{HeaderValue, Method, Reply, Request, Url, shown_url};
use crate::secret::Secret;

/// Fetches the login form for its CSRF cookie, sends it, and keeps the session that a redirect brings.
pub(super) async fn log_in(
    exchange: &mut Exchange<'_>,
    shape: &Shape,
    applicant: &Applicant,
) -> Result<Tokens, Error> {
    let url = exchange.endpoint(shape.obtain.as_deref().unwrap_or("/api-auth/login/"))?;
    let form = exchange.send(Request::get(url.clone()).bare()).await?;
    let mut cookies = cookies_of(&form);
    if !form.status.is_success() {
        sorted(&form)?;
    }
    let token = csrf_token(&cookies).cloned().unwrap_or_default();
    let mut fields: Fields<'_> = vec![
        (
            shape.username_field.as_str(),
            applicant.username.as_deref().unwrap_or_default(),
        ),
        (shape.password_field.as_str(), applicant.password.expose()),
        ("csrfmiddlewaretoken", token.expose()),
        ("next", "/"),
    ];
    for (name, value) in &applicant.fields {
        fields.push((name, value.expose()));
    }
    let reply = submit(exchange, &form.url, &fields, &cookies).await?;
    let detail = |words: &str| Error::Credentials {
        url: shown_url(&url),
        detail: words.to_owned(),
    };
    match reply.status.as_u16() {
        301..=303 => {}
        // The form again: Django answers a wrong password with 200.
        200 => return Err(detail("the login form came back")),
        403 => {
            return Err(Error::Refused {
                url: shown_url(&url),
                status: 403,
                detail: "Django's CSRF check failed".to_owned(),
            });
        }
        _ => {
            sorted(&reply)?;
        }
    }
    for cookie in cookies_of(&reply) {
        cookies.retain(|kept| kept.name != cookie.name);
        cookies.push(cookie);
    }
    let session = cookies
        .iter()
        .find(|cookie| cookie.name != "csrftoken")
        .map(|cookie| cookie.value.clone())
        .ok_or_else(|| detail("no session cookie came back"))?;
    Ok(Tokens {
        access: session,
        cookies,
        ..Tokens::default()
    })
}

/// Sends Django's logout form.
pub(super) async fn log_out(
    exchange: &mut Exchange<'_>,
    login: &Login,
    url: &Url,
) -> Result<Reply, Error> {
    let token = csrf_token(&login.cookies).cloned().unwrap_or_default();
    // With somewhere to go on to, Django needs no page of the project's to say goodbye.
    let fields = vec![("csrfmiddlewaretoken", token.expose()), ("next", "/")];
    submit(exchange, url, &fields, &login.cookies).await
}

async fn submit(
    exchange: &Exchange<'_>,
    url: &Url,
    fields: &Fields<'_>,
    cookies: &[Cookie],
) -> Result<Reply, Error> {
    let request = Request::new(Method::POST, url.clone()).bare();
    let mut request = super::exchange::filled(request, fields, Encoding::Form);
    let mut insert = |name, value: &Secret| {
        // Values that came from headers fit into one.
        if let Ok(mut value) = HeaderValue::from_str(value.expose()) {
            value.set_sensitive(true);
            request.headers.insert(name, value);
        }
    };
    insert(COOKIE, &cookie_field(cookies));
    if let Some(token) = csrf_token(cookies) {
        insert(CSRF, token);
    }
    insert(REFERER, &Secret::new(url.as_str()));
    Ok(exchange.client.send(request).await?)
}
