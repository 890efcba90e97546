//! Asking the server about a token, and saying what its answer is worth.

use super::answer;
use super::error::Error;
use super::exchange::{Exchange, credential, sorted};
use super::login::Login;
use super::shape::VerifyBy;
use crate::http::{Client, Request, Url, shown_url};

/// Which of a login's tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// The one that is sent with requests.
    #[default]
    Access,
    /// The one that buys access tokens.
    Refresh,
}

/// What the server said of a token.
#[derive(Debug)]
pub struct Verdict {
    /// The endpoint that was asked.
    pub endpoint: String,
    /// Whether it accepted the token.
    pub valid: bool,
    /// The status it answered.
    pub status: u16,
    /// Its words, where it refused.
    pub detail: Option<String>,
    /// What the answer does not prove.
    pub worth: &'static str,
    /// Notes for the user.
    pub notes: Vec<String>,
}

const POST_ACCESS: &str = "the signature and the life time were checked; \
     the user was not looked up and may be inactive or deleted";
const POST_REFRESH: &str = "the signature and the life time were checked; a blacklisted token is \
     answered alike unless BLACKLIST_AFTER_ROTATION is set: only a refresh proves that it works";
const GET_ACCESS: &str = "the endpoint took it for a request of this user just now";

/// The same path, with or without the slash that Django adds.
fn is_same_place(one: &Url, other: &Url) -> bool {
    one.path().trim_end_matches('/') == other.path().trim_end_matches('/')
}

/// Whether the words of a 403 are about who asks, and not about what that one may do.
fn is_about_authentication(words: &str) -> bool {
    const ABOUT: [&str; 7] = [
        "credential",
        "token",
        "authenticat",
        "inactive",
        "expired",
        "signature",
        "session",
    ];
    let words = words.to_lowercase();
    ABOUT.iter().any(|about| words.contains(about))
}

/// Asks the server about one token of a login.
pub async fn verify(client: &Client, login: &Login, which: Which) -> Result<Verdict, Error> {
    let shape = &login.shape;
    let unsupported = |what| Error::Unsupported {
        preset: shape.preset.clone(),
        what,
    };
    let token = match which {
        Which::Access => Some(&login.access),
        Which::Refresh => login.refresh.as_ref(),
    };
    let path = shape
        .verify
        .as_deref()
        .ok_or_else(|| unsupported("verify"))?;
    let mut exchange = Exchange::new(client);
    let url = exchange.endpoint(path)?;
    let asked = url.clone();
    let (reply, worth) = match (shape.verify_by, token) {
        (VerifyBy::Post, Some(token)) => {
            let fields = vec![("token", token.expose())];
            let worth = match which {
                Which::Access => POST_ACCESS,
                Which::Refresh => POST_REFRESH,
            };
            (exchange.post(&url, &fields, shape.body).await?, worth)
        }
        (VerifyBy::Get, Some(_)) if which == Which::Access => {
            let credential = credential(login, &login.scheme);
            let reply = exchange.send_as(credential, Request::get(url)).await?;
            (reply, GET_ACCESS)
        }
        _ => return Err(unsupported("verify a refresh token")),
    };
    let status = reply.status.as_u16();
    let endpoint = shown_url(&reply.url);
    let elsewhere = shape.verify_by == VerifyBy::Get && !is_same_place(&asked, &reply.url);
    let detail = match (sorted(&reply), shape.verify_by) {
        // To a login, mostly, which anybody is shown.
        _ if elsewhere => Some(format!("it leads to {}", reply.url.path())),
        // A page of the user's need not be JSON.
        (Ok(_), _) | (Err(Error::NotJson { .. }), VerifyBy::Get) => None,
        (Err(Error::Credentials { detail, .. }), _) => Some(detail),
        // DRF answers 403 in place of 401 where the first authentication class has no challenge.
        (Err(Error::Refused { status: 403, .. }), VerifyBy::Get) => {
            let body = reply.json().unwrap_or_default();
            answer::words(&body).filter(|words| is_about_authentication(words))
        }
        (Err(other), _) => return Err(other),
    };
    Ok(Verdict {
        endpoint,
        valid: detail.is_none(),
        status,
        detail,
        worth,
        notes: exchange.notes,
    })
}
