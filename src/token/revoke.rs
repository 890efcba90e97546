//! Logging out, and proving it: an endpoint that answers 200 may have done nothing.

use jiff::Timestamp;

use super::answer;
use super::error::Error;
use super::exchange::{Exchange, credential, filled, sorted};
use super::login::{Login, Tokens};
use super::obtain::client_fields;
use super::refresh::{ask, is_final, refresh, with_cookies};
use super::session;
use super::shape::{Encoding, RefreshBy, RevokeBy};
use crate::http::{Client, Method, Reply, Request, shown_url};

/// What became of a logout.
#[derive(Debug)]
pub struct Revoked {
    /// The endpoint that was asked.
    pub endpoint: String,
    /// The status it answered.
    pub status: u16,
    /// Whether the login still works.
    pub proof: Proof,
    /// Notes for the user.
    pub notes: Vec<String>,
}

/// Whether a login still works after its logout.
#[derive(Debug, Clone, PartialEq)]
pub enum Proof {
    /// The server refused it, in these words.
    Refused(String),
    /// It still works; a refresh that showed it brought these tokens.
    StillWorks(Option<Box<Tokens>>),
    /// It could not be tried.
    Untried(&'static str),
}

/// Revokes a login once, then tries to use it.
pub async fn revoke(client: &Client, login: &Login, now: Timestamp) -> Result<Revoked, Error> {
    let mut exchange = Exchange::new(client);
    let reply = log_out(&mut exchange, login, now).await?;
    let refused = match login.shape.revoke_by {
        // Whatever it answers, its redirect or page is no JSON.
        RevokeBy::Session | RevokeBy::Oauth if reply.status.as_u16() < 400 => None,
        _ if reply.status.is_success() => None,
        _ => sorted(&reply).err(),
    };
    let proof = match refused {
        // A second logout is refused because the first one worked; the proof tells.
        None | Some(Error::Credentials { .. }) => prove(&mut exchange, login, now).await?,
        Some(error) => return Err(error),
    };
    Ok(Revoked {
        endpoint: shown_url(&reply.url),
        status: reply.status.as_u16(),
        proof,
        notes: exchange.notes,
    })
}

async fn log_out(
    exchange: &mut Exchange<'_>,
    login: &Login,
    now: Timestamp,
) -> Result<Reply, Error> {
    let shape = &login.shape;
    let unsupported = || Error::Unsupported {
        preset: shape.preset.clone(),
        what: "revoke",
    };
    let url = exchange.endpoint(shape.revoke.as_deref().ok_or_else(unsupported)?)?;
    match shape.revoke_by {
        RevokeBy::Session => session::log_out(exchange, login, &url).await,
        RevokeBy::Access => {
            let credential = credential(login, &login.scheme);
            let request = Request::new(Method::POST, url);
            exchange.send_as(credential, request).await
        }
        RevokeBy::Refresh => {
            let fields = match &login.refresh {
                Some(token) => vec![(shape.refresh_field.as_str(), token.expose())],
                None if !login.cookies.is_empty() => Vec::new(),
                None => return Err(unsupported()),
            };
            let request = filled(Request::new(Method::POST, url), &fields, shape.body);
            let request = with_cookies(request, login);
            // A view of the project's own may want to know who logs out; one that takes an access token which has ended
            // for a wrong one is asked without.
            let alive = login.access_exp.is_none_or(|end| end > now);
            if alive {
                let credential = credential(login, &login.scheme);
                let reply = exchange.send_as(credential, request.clone()).await?;
                if reply.status.as_u16() != 401 {
                    return Ok(reply);
                }
            }
            exchange.send(request.bare()).await
        }
        RevokeBy::Oauth => {
            let token = login.refresh.as_ref().unwrap_or(&login.access);
            let mut fields = vec![("token", token.expose())];
            if let Some(client) = &login.client {
                fields.extend(client_fields(client));
            }
            exchange.post(&url, &fields, Encoding::Form).await
        }
    }
}

/// Uses what was revoked.
async fn prove(exchange: &mut Exchange<'_>, login: &Login, now: Timestamp) -> Result<Proof, Error> {
    let refreshes = login.shape.refresh_by == RefreshBy::Token && login.refresh.is_some();
    if refreshes {
        return match refresh(exchange.client, login, now).await {
            Ok(tokens) => Ok(Proof::StillWorks(Some(Box::new(tokens)))),
            Err(error) => match is_final(&error) {
                Some(detail) => Ok(Proof::Refused(detail.to_owned())),
                None => Err(error),
            },
        };
    }
    if login.shape.refresh_by == RefreshBy::Token {
        let reply = ask(exchange.client, login).await?;
        return Ok(match reply.status.as_u16() {
            400..=499 => Proof::Refused(words_of(&reply)),
            _ => Proof::StillWorks(None),
        });
    }
    if login.shape.revoke_by == RevokeBy::Access {
        // The same request again: a token that is gone may not even log out.
        let reply = log_out(exchange, login, now).await?;
        return Ok(match reply.status.as_u16() {
            400 | 401 | 403 => Proof::Refused(words_of(&reply)),
            _ => Proof::StillWorks(None),
        });
    }
    Ok(Proof::Untried("no endpoint is known that would show it"))
}

fn words_of(reply: &Reply) -> String {
    let body = reply.json().unwrap_or_default();
    answer::words(&body).unwrap_or_else(|| reply.status.to_string())
}
