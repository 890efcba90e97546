//! What can go wrong with tokens, in the words of whoever logs in.

use thiserror::Error;

use super::login::Key;
use super::store::StoreError;
use crate::http;

/// Why there is no token, or none that is worth anything. Shown URLs carry no credentials.
#[derive(Debug, Error)]
pub enum Error {
    /// The request has no usable reply.
    #[error(transparent)]
    Http(#[from] http::Error),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server knows no such user, password, or client; inactive users are answered alike.
    #[error("{url} refused the credentials: {detail}")]
    Credentials {
        /// The endpoint.
        url: String,
        /// The server's words.
        detail: String,
    },
    /// The server wants other fields in the request.
    #[error("{url} wants other fields: {detail}")]
    Fields {
        /// The endpoint.
        url: String,
        /// The server's words, field by field.
        detail: String,
        /// The fields it named.
        fields: Vec<String>,
    },
    /// There is no such endpoint.
    #[error("there is no token endpoint at {url} ({status})")]
    NoEndpoint {
        /// The endpoint.
        url: String,
        /// 404 or 405.
        status: u16,
    },
    /// Too many requests.
    #[error("{url} throttles: {detail}")]
    Throttled {
        /// The endpoint.
        url: String,
        /// The server's words, with its `Retry-After`.
        detail: String,
    },
    /// The server failed.
    #[error("{url} answered {status}: {detail}")]
    Server {
        /// The endpoint.
        url: String,
        /// The 5xx status.
        status: u16,
        /// What the reply was, in a few words.
        detail: String,
    },
    /// The API is asked by http and wants https.
    #[error("{url} redirects to {to}")]
    Moved {
        /// The endpoint.
        url: String,
        /// Where the redirect leads.
        to: String,
        /// The base URL that it means.
        base: String,
    },
    /// Any other refusal.
    #[error("{url} answered {status}: {detail}")]
    Refused {
        /// The endpoint.
        url: String,
        /// The status.
        status: u16,
        /// The server's words.
        detail: String,
    },
    /// The reply is no JSON.
    #[error("{url} answered {status} with {found} instead of JSON")]
    NotJson {
        /// The endpoint.
        url: String,
        /// The status.
        status: u16,
        /// What came instead.
        found: String,
    },
    /// The reply is JSON, but without a token where one should be.
    #[error("the reply of {url} holds no token at {looked}; it has {found}")]
    NoToken {
        /// The endpoint.
        url: String,
        /// Where it was looked for.
        looked: String,
        /// The fields that are there.
        found: String,
    },
    /// No login of that name is stored.
    #[error("there is no login {0}")]
    NoLogin(Key),
    /// The server no longer honours what the login is refreshed with.
    #[error("the login {key} has ended: {detail}")]
    Ended {
        /// The login.
        key: Key,
        /// Why.
        detail: String,
    },
    /// The server's tokens live shorter than asked for.
    #[error("a fresh token of {key} lives {lives_s} s, less than the {wanted_s} s asked for")]
    ShortLived {
        /// The login.
        key: Key,
        /// Its life in seconds.
        lives_s: i64,
        /// The life asked for, in seconds.
        wanted_s: i64,
    },
    /// The API's shape has no such endpoint.
    #[error("the preset '{preset}' knows no endpoint to {what}")]
    Unsupported {
        /// The preset of the login.
        preset: String,
        /// "refresh", "verify" …
        what: &'static str,
    },
    /// No endpoint that hands out tokens was found.
    #[error("no token endpoint found at {origin}; asked {asked} paths")]
    NotDiscovered {
        /// The API.
        origin: String,
        /// How many paths were tried.
        asked: usize,
    },
    /// A stored endpoint is not on the login's own origin.
    #[error("the endpoint {url} is not at {origin}, the origin of the login")]
    Foreign {
        /// The endpoint.
        url: String,
        /// The origin.
        origin: String,
    },
}
