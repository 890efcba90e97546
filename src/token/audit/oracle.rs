//! Whether a token is accepted: compared with what a good token and no token are answered.

use serde_json::Value;
use thiserror::Error;

use super::target::{PastCaches, Target};
use super::verdict::Evidence;
use super::wire::{Stop, Wire};
use crate::http::{HeaderValue, Method, Reply, Request, Url, header};
use crate::secret::Secret;
use crate::token::exchange::advertised_by;

/// Why there can be no audit.
#[derive(Debug, Error)]
pub enum AuditError {
    /// No reply to one of the first requests.
    #[error("the audit could not begin")]
    Http(#[source] crate::http::Error),
    /// The first requests were throttled, or the budget is too small for them.
    #[error("the audit could not begin: {0}")]
    Stopped(String),
    /// The login was refused.
    #[error("the login for the audit was answered {status}: {reply}")]
    LoginRefused {
        /// The status.
        status: u16,
        /// The beginning of the body.
        reply: String,
    },
    /// The reply to the login holds no token; what it holds instead, where that is known.
    #[error("the reply to the login holds no access token{}", instead.as_deref().unwrap_or_default())]
    NoToken {
        /// `: it is a page (text/html)`, `: it sets the cookies a, b`.
        instead: Option<String>,
    },
    /// The good token is not accepted.
    #[error("{url} answers {status} to a good token")]
    GoodRefused {
        /// The protected endpoint.
        url: String,
        /// The status.
        status: u16,
    },
    /// The endpoint needs no token: acceptance would mean nothing.
    #[error(
        "{url} answers {status} without any token, so it cannot tell good tokens from bad ones"
    )]
    Public {
        /// The endpoint.
        url: String,
        /// The status.
        status: u16,
    },
}

impl From<Stop> for AuditError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Http(error) => Self::Http(error),
            other => Self::Stopped(other.words()),
        }
    }
}

/// What a server made of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    /// Answered like the good one.
    Accepted,
    /// Refused, or answered unlike the good one.
    Refused,
    /// 5xx.
    Crashed,
}

/// Knows what a good token is answered, at the protected endpoint and at the verify endpoint.
pub(super) struct Oracle {
    good: Reply,
    /// Whether the good token is answered otherwise each time, so that success alone tells.
    varies: bool,
    verify: Option<Url>,
    leak: Option<Evidence>,
}

impl Oracle {
    /// Asks without any token, with the good one, and without any again; then tries the verify endpoint with a
    /// good and a bad token. Where nobody is answered like the login, but not under an address that no cache
    /// has, a cache hands replies on: that is remembered, and from then on each address is another.
    pub(super) async fn learn(
        wire: &mut Wire,
        target: &mut Target,
        access: &Secret,
        now: f64,
    ) -> Result<Self, AuditError> {
        let before = wire.send(Request::get(target.protected.clone())).await?;
        let mut leak = None;
        if before.status.is_success() {
            leak = Some(past_caches(wire, target, &before, now).await?);
        }
        let mut good = wire.send(with_token(target, access)).await?;
        if good.status.as_u16() == 401
            && let Some(asked) =
                advertised_by(&good.headers).filter(|asked| *asked != target.scheme)
        {
            let usual = std::mem::replace(&mut target.scheme, asked);
            good = wire.send(with_token(target, access)).await?;
            if !good.status.is_success() {
                target.scheme = usual;
            }
        }
        if !good.status.is_success() {
            return Err(AuditError::GoodRefused {
                url: target.protected.path().to_owned(),
                status: good.status.as_u16(),
            });
        }
        if leak.is_none() {
            let after = wire.send(Request::get(target.protected.clone())).await?;
            if after.status.is_success() && alike(&good, &after) {
                leak = Some(past_caches(wire, target, &after, now).await?);
            }
        }
        // A page that shows the time is never the same twice.
        let varies = good.json().is_err() && {
            let again = wire.send(with_token(target, access)).await?;
            !alike(&good, &again)
        };
        let mut oracle = Self {
            good,
            varies,
            verify: None,
            leak,
        };
        if let Some(verify) = &target.verify {
            let good = wire.send(posted(verify, "token", access)).await?;
            let bad = Secret::new("not.a.token");
            if good.status.is_success()
                && !wire
                    .send(posted(verify, "token", &bad))
                    .await?
                    .status
                    .is_success()
            {
                oracle.verify = Some(verify.clone());
            }
        }
        Ok(oracle)
    }

    /// What nobody was answered where a cache hands on what the login was answered.
    pub(super) fn leak(&self) -> Option<&Evidence> {
        self.leak.as_ref()
    }

    /// The reply to the good token.
    pub(super) fn good(&self) -> &Reply {
        &self.good
    }

    /// What a reply of the protected endpoint means.
    pub(super) fn judge(&self, reply: &Reply) -> Judged {
        match reply.status.as_u16() {
            500.. => Judged::Crashed,
            200..=299 if self.varies || alike(&self.good, reply) => Judged::Accepted,
            _ => Judged::Refused,
        }
    }

    /// Sends a token to the protected endpoint.
    pub(super) async fn ask(
        &self,
        wire: &mut Wire,
        target: &Target,
        token: &Secret,
        label: &str,
    ) -> Result<(Judged, Evidence), Stop> {
        let reply = wire.send(with_token(target, token)).await?;
        let request = format!("GET {} with {label}", target.protected.path());
        Ok((self.judge(&reply), wire.evidence(request, &reply)))
    }

    /// Sends a token to the verify endpoint; `None` where there is none that can be relied upon.
    pub(super) async fn ask_verify(
        &self,
        wire: &mut Wire,
        token: &Secret,
        label: &str,
    ) -> Result<Option<(Judged, Evidence)>, Stop> {
        let Some(verify) = &self.verify else {
            return Ok(None);
        };
        let reply = wire.send(posted(verify, "token", token)).await?;
        let judged = match reply.status.as_u16() {
            500.. => Judged::Crashed,
            200..=299 => Judged::Accepted,
            _ => Judged::Refused,
        };
        let request = format!("POST {} with {label}", verify.path());
        Ok(Some((judged, wire.evidence(request, &reply))))
    }
}

/// Whether nobody is refused once no cache can answer; if not, the endpoint is public.
async fn past_caches(
    wire: &mut Wire,
    target: &mut Target,
    seen: &Reply,
    now: f64,
) -> Result<Evidence, AuditError> {
    target.past_caches = Some(PastCaches::new(now));
    let nobody = wire.send(Request::get(target.asked())).await?;
    if !matches!(nobody.status.as_u16(), 401 | 403) {
        return Err(AuditError::Public {
            url: target.protected.path().to_owned(),
            status: seen.status.as_u16(),
        });
    }
    let request = format!("GET {} without any token", target.protected.path());
    Ok(wire.evidence(request, seen))
}

/// A GET of the protected endpoint with a token.
pub(super) fn with_token(target: &Target, token: &Secret) -> Request {
    authorised(Request::get(target.asked()), target, token)
}

/// A request with a token.
pub(super) fn authorised(request: Request, target: &Target, token: &Secret) -> Request {
    with_authorization(request, &format!("{} {}", target.scheme, token.expose()))
}

/// A GET of the protected endpoint with an `Authorization` of any form.
pub(super) fn with_field(target: &Target, value: &str) -> Request {
    with_authorization(Request::get(target.asked()), value)
}

fn with_authorization(request: Request, value: &str) -> Request {
    match HeaderValue::from_str(value) {
        Ok(mut value) => {
            value.set_sensitive(true);
            request.header(header::AUTHORIZATION, value)
        }
        // Forged tokens are base64url; a text that no header carries is refused by every server alike.
        Err(_) => request,
    }
}

/// A POST of one field as JSON.
pub(super) fn posted(url: &Url, field: &str, token: &Secret) -> Request {
    Request::new(Method::POST, url.clone()).json(&serde_json::json!({ field: token.expose() }))
}

/// Whether two bodies have the same shape: equal, or JSON objects of the same members, or both lists.
pub(super) fn alike(good: &Reply, other: &Reply) -> bool {
    if good.body == other.body {
        return true;
    }
    match (good.json(), other.json()) {
        (Ok(Value::Object(good)), Ok(Value::Object(other))) => {
            good.len() == other.len() && good.keys().all(|key| other.contains_key(key))
        }
        (Ok(Value::Array(_)), Ok(Value::Array(_))) => true,
        _ => false,
    }
}
