//! Logging in: from a name and a password to a [`Login`].

use jiff::Timestamp;

use super::answer;
use super::error::Error;
use super::exchange::{Exchange, Fields, cookies_of, filled, skew_of, sorted};
use super::login::{Login, OauthClient, Tokens};
use super::shape::{Grant, RefreshBy, RevokeBy, Shape};
use super::{scheme, session};
use crate::http::{Client, Credential, Method, Request, shown_url};
use crate::secret::Secret;

/// Who logs in, and with what.
#[derive(Debug, Clone, Default)]
pub struct Applicant {
    /// What to call the login; the user's name unless said.
    pub name: Option<String>,
    /// The user, where the grant has one.
    pub username: Option<String>,
    /// Their password.
    pub password: Secret,
    /// Further fields of the request: a one-time code, a tenant.
    pub fields: Vec<(String, Secret)>,
    /// The OAuth 2.0 client.
    pub client: Option<OauthClient>,
    /// The scheme is what the shape says, whatever the server advertises.
    pub scheme_is_given: bool,
}

/// A new login, and what the user should be told of how it was got.
#[derive(Debug)]
pub struct Obtained {
    /// The login, not yet stored.
    pub login: Login,
    /// Notes for the user.
    pub notes: Vec<String>,
}

impl Applicant {
    /// What the login will be called.
    pub fn login_name(&self) -> String {
        let client = || self.client.as_ref().map(|client| client.id.clone());
        self.name
            .clone()
            .or_else(|| self.username.clone())
            .or_else(client)
            .unwrap_or_default()
    }
}

/// Logs in once. The shape's paths are joined to the client's base URL.
pub async fn obtain(
    client: &Client,
    shape: &Shape,
    applicant: &Applicant,
    now: Timestamp,
) -> Result<Obtained, Error> {
    let mut exchange = Exchange::new(client);
    let shape = absolute(&exchange, shape)?;
    let tokens = match shape.grant {
        Grant::Basic => basic(&mut exchange, applicant).await?,
        Grant::Session => session::log_in(&mut exchange, &shape, applicant).await?,
        _ => from_endpoint(&mut exchange, &shape, applicant, now).await?,
    };
    let mut login = login_of(client, shape, applicant, tokens, now);
    if !applicant.scheme_is_given && !matches!(login.shape.grant, Grant::Basic | Grant::Session) {
        scheme::learn(&mut exchange, &mut login).await;
    }
    Ok(Obtained {
        login,
        notes: exchange.notes,
    })
}

/// The shape with every path made a URL, so that the login works from any base path later.
fn absolute(exchange: &Exchange<'_>, shape: &Shape) -> Result<Shape, Error> {
    let mut shape = shape.clone();
    let places = [
        &mut shape.obtain,
        &mut shape.refresh,
        &mut shape.verify,
        &mut shape.revoke,
    ];
    for path in places.into_iter().flatten() {
        *path = exchange.endpoint(path)?.to_string();
    }
    Ok(shape)
}

fn login_of(
    client: &Client,
    mut shape: Shape,
    applicant: &Applicant,
    tokens: Tokens,
    now: Timestamp,
) -> Login {
    // dj-rest-auth hands out JWTs or opaque tokens, as the project is set up.
    let jwt_behind_token = shape.scheme == "Token" && answer::is_jwt(&tokens.access);
    let opaque_without_name = shape.preset == "custom" && !answer::is_jwt(&tokens.access);
    if jwt_behind_token && !applicant.scheme_is_given {
        "Bearer".clone_into(&mut shape.scheme);
    } else if opaque_without_name && !applicant.scheme_is_given {
        "Token".clone_into(&mut shape.scheme);
    }
    let mut cookies = tokens.cookies;
    if shape.grant != Grant::Session {
        // A refresh token in a cookie is a JWT; the session that some packages open beside it is not ours.
        cookies.retain(|cookie| tokens.refresh.is_none() && answer::is_jwt(&cookie.value));
    }
    if tokens.refresh.is_none() && cookies.is_empty() && shape.refresh_by == RefreshBy::Token {
        shape.refresh_by = RefreshBy::Nothing;
    }
    if shape.refresh_by == RefreshBy::Token && shape.revoke_by == RevokeBy::Access {
        shape.revoke_by = RevokeBy::Refresh;
    }
    let scheme = match &tokens.scheme {
        Some(told) if !applicant.scheme_is_given => told.clone(),
        _ => shape.scheme.clone(),
    };
    let cookie_end = cookies
        .iter()
        .filter_map(|cookie| answer::end_of(&cookie.value))
        .max();
    Login {
        name: applicant.login_name(),
        base_url: client.base().to_string(),
        scheme,
        username: applicant.username.clone(),
        access: tokens.access,
        refresh: tokens.refresh,
        cookies,
        client: applicant.client.clone(),
        obtained_at: now,
        access_exp: tokens.access_exp,
        refresh_exp: tokens.refresh_exp.or(cookie_end),
        skew_s: tokens.skew_s,
        shape,
    }
}

async fn from_endpoint(
    exchange: &mut Exchange<'_>,
    shape: &Shape,
    applicant: &Applicant,
    now: Timestamp,
) -> Result<Tokens, Error> {
    let path = shape.obtain.as_deref().ok_or_else(|| Error::Unsupported {
        preset: shape.preset.clone(),
        what: "log in",
    })?;
    let url = exchange.endpoint(path)?;
    let username = applicant.username.as_deref().unwrap_or_default();
    let password = applicant.password.expose();
    let mut fields: Fields<'_> = match shape.grant {
        Grant::BasicLogin => Vec::new(),
        Grant::OauthPassword => vec![
            ("grant_type", "password"),
            ("username", username),
            ("password", password),
        ],
        Grant::OauthClientCredentials => vec![("grant_type", "client_credentials")],
        _ => vec![
            (shape.username_field.as_str(), username),
            (shape.password_field.as_str(), password),
        ],
    };
    if let Some(client) = &applicant.client {
        fields.extend(client_fields(client));
    }
    for (name, value) in &applicant.fields {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value.expose()));
    }
    let reply = if shape.grant == Grant::BasicLogin {
        let request = filled(Request::new(Method::POST, url), &fields, shape.body);
        let credential = Credential::basic(username, &applicant.password);
        exchange.send_as(credential, request).await?
    } else {
        exchange.post(&url, &fields, shape.body).await?
    };
    let body = sorted(&reply)?;
    let mut tokens = answer::tokens(shape, &body, now, skew_of(&reply, now))
        .ok_or_else(|| no_token(shape, &body, &reply.url))?;
    tokens.cookies = cookies_of(&reply);
    Ok(tokens)
}

/// What says which OAuth 2.0 client asks, in the body (RFC 6749 §2.3.1).
pub(super) fn client_fields(client: &OauthClient) -> Fields<'_> {
    let mut fields = vec![("client_id", client.id.as_str())];
    if let Some(secret) = &client.secret {
        fields.push(("client_secret", secret.expose()));
    }
    if let Some(scope) = &client.scope {
        fields.push(("scope", scope));
    }
    fields
}

pub(super) fn no_token(shape: &Shape, body: &serde_json::Value, url: &crate::http::Url) -> Error {
    let found = match body.as_object() {
        Some(object) if object.is_empty() => "no fields".to_owned(),
        Some(object) => {
            let names: Vec<&str> = object.keys().map(String::as_str).collect();
            names.join(", ")
        }
        None => "no object".to_owned(),
    };
    Error::NoToken {
        url: shown_url(url),
        looked: shape.access_at.join(" or "),
        found,
    }
}

/// HTTP Basic has no login. The base URL is asked as the user: DRF answers a wrong password 401 even
/// where anybody may read, so a 401 means the pair is wrong, and any other answer leaves it open.
async fn basic(exchange: &mut Exchange<'_>, applicant: &Applicant) -> Result<Tokens, Error> {
    let username = applicant.username.as_deref().unwrap_or_default();
    let credential = Credential::basic(username, &applicant.password);
    let request = Request::get(exchange.client.base().clone());
    let reply = exchange.send_as(credential, request).await?;
    if reply.status.as_u16() == 401 {
        sorted(&reply)?;
    }
    if !reply.status.is_success() {
        exchange.notes.push(format!(
            "nothing at {} checks name and password; they are stored unchecked",
            shown_url(&reply.url)
        ));
    }
    let pair = Secret::new(format!("{username}:{}", applicant.password.expose()));
    Ok(Tokens {
        access: encoded(&pair),
        ..Tokens::default()
    })
}

/// The user-pass of RFC 7617, as it follows `Basic`.
fn encoded(pair: &Secret) -> Secret {
    use base64::Engine;
    Secret::new(base64::engine::general_purpose::STANDARD.encode(pair.expose()))
}
