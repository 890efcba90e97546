//! Buying a new access token.

use jiff::Timestamp;

use super::answer;
use super::error::Error;
use super::exchange::{Exchange, Fields, cookie_field, cookies_of, filled, skew_of, sorted};
use super::login::{Login, Tokens};
use super::obtain::{client_fields, no_token};
use super::shape::{Encoding, RefreshBy};
use crate::http::header::COOKIE;
use crate::http::{Client, HeaderValue, Method, Reply, Request};

/// Refreshes once, on the wire. Stores nothing: the caller writes the result down before it is used.
pub async fn refresh(client: &Client, login: &Login, now: Timestamp) -> Result<Tokens, Error> {
    let reply = ask(client, login).await?;
    let body = sorted(&reply)?;
    let mut tokens = answer::tokens(&login.shape, &body, now, skew_of(&reply, now))
        .ok_or_else(|| no_token(&login.shape, &body, &reply.url))?;
    tokens.cookies = if login.cookies.is_empty() {
        Vec::new()
    } else {
        cookies_of(&reply)
    };
    Ok(tokens)
}

/// One refresh request and its reply, whatever it is.
pub(super) async fn ask(client: &Client, login: &Login) -> Result<Reply, Error> {
    let shape = &login.shape;
    let unsupported = || Error::Unsupported {
        preset: shape.preset.clone(),
        what: "refresh",
    };
    let path = shape.refresh.as_deref().ok_or_else(unsupported)?;
    let mut exchange = Exchange::new(client);
    let url = exchange.endpoint(path)?;
    let mut fields: Fields<'_> = match (shape.refresh_by, &login.refresh) {
        (RefreshBy::Nothing, _) => return Err(unsupported()),
        (RefreshBy::Access, _) => vec![(&shape.refresh_field, login.access.expose())],
        (RefreshBy::ClientCredentials, _) => vec![("grant_type", "client_credentials")],
        (RefreshBy::Token, Some(token)) => vec![(&shape.refresh_field, token.expose())],
        // The refresh token is in a cookie that scripts cannot read.
        (RefreshBy::Token, None) => Vec::new(),
    };
    if shape.body == Encoding::Form && shape.refresh_by == RefreshBy::Token {
        fields.push(("grant_type", "refresh_token"));
    }
    if let Some(client) = &login.client {
        fields.extend(client_fields(client));
    }
    let request = filled(Request::new(Method::POST, url), &fields, shape.body).bare();
    exchange.send(with_cookies(request, login)).await
}

/// The request with the cookies that hold a login's refresh token, where it is in one.
pub(super) fn with_cookies(mut request: Request, login: &Login) -> Request {
    if !login.cookies.is_empty()
        && let Ok(mut value) = HeaderValue::from_str(cookie_field(&login.cookies).expose())
    {
        value.set_sensitive(true);
        request.headers.insert(COOKIE, value);
    }
    request
}

/// Whether a refusal means that the refresh token is worth nothing any more. A proxy's page, a throttle
/// or a broken server say nothing about it.
pub(super) fn is_final(error: &Error) -> Option<&str> {
    match error {
        Error::Credentials { detail, .. } => Some(detail),
        // simplejwt's serializers refuse a blacklisted token in these words in some versions.
        Error::Fields { detail, fields, .. }
            if fields
                .iter()
                .any(|field| field == "refresh" || field == "token") =>
        {
            Some(detail)
        }
        _ => None,
    }
}
