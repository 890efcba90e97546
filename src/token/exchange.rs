//! One exchange with a token endpoint: the request as the shape wants it, the reply sorted.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::http::header::{COOKIE, DATE, REFERER, SET_COOKIE, WWW_AUTHENTICATE};
use crate::http::{
    Authority, Client, Credential, HeaderMap, HeaderName, Method, Pending, Refusal, Reply, Request,
    Url, shown_url,
};
use crate::secret::Secret;

use super::answer;
use super::error::Error;
use super::login::{Cookie, Login};
use super::shape::{Encoding, Grant};

/// Name and value of a request body's fields.
pub(super) type Fields<'a> = Vec<(&'a str, &'a str)>;

/// A client, and what the user should be told of the exchanges it made.
pub(super) struct Exchange<'a> {
    /// The client; requests are bare unless made as somebody.
    pub(super) client: &'a Client,
    /// Notes for the user: a moved request, a missing endpoint.
    pub(super) notes: Vec<String>,
}

impl<'a> Exchange<'a> {
    /// No exchange yet.
    pub(super) fn new(client: &'a Client) -> Self {
        Self {
            client,
            notes: Vec::new(),
        }
    }

    /// An endpoint's URL, which must lie at the client's own origin: it will be sent secrets.
    pub(super) fn endpoint(&self, path: &str) -> Result<Url, Error> {
        let url = self.client.url(path)?;
        if self.client.is_base_origin(&url) {
            return Ok(url);
        }
        Err(Error::Foreign {
            url: shown_url(&url),
            origin: self.client.base().origin().ascii_serialization(),
        })
    }

    /// Sends fields without a credential.
    pub(super) async fn post(
        &mut self,
        url: &Url,
        fields: &Fields<'_>,
        body: Encoding,
    ) -> Result<Reply, Error> {
        let request = filled(Request::new(Method::POST, url.clone()), fields, body).bare();
        self.send(request).await
    }

    /// Sends a request as it is.
    pub(super) async fn send(&mut self, request: Request) -> Result<Reply, Error> {
        unmoved(
            self.client.send_following(request, &mut self.notes).await?,
            self.client.base(),
        )
    }

    /// Sends a request with a credential of its own, which is not renewed.
    pub(super) async fn send_as(
        &mut self,
        credential: Credential,
        request: Request,
    ) -> Result<Reply, Error> {
        let client = self
            .client
            .clone()
            .with_authority(Some(std::sync::Arc::new(Fixed(credential))));
        unmoved(
            client.send_following(request, &mut self.notes).await?,
            client.base(),
        )
    }
}

/// Where a redirect leads.
fn leads_to(reply: &Reply) -> Option<Url> {
    let location = reply
        .field("location")
        .filter(|_| reply.status.is_redirection())?;
    reply.url.join(location).ok()
}

/// The reply, unless it says that the whole API is to be asked by https: no other place of it will answer otherwise.
fn unmoved(reply: Reply, base: &Url) -> Result<Reply, Error> {
    match leads_to(&reply) {
        Some(mut to)
            if (reply.url.scheme(), to.scheme()) == ("http", "https")
                && to.path() == reply.url.path() =>
        {
            let shown = shown_url(&to);
            to.set_path(base.path());
            to.set_query(None);
            to.set_fragment(None);
            Err(Error::Moved {
                url: shown_url(&reply.url),
                to: shown,
                base: shown_url(&to),
            })
        }
        _ => Ok(reply),
    }
}

/// Puts fields into a request's body.
pub(super) fn filled(request: Request, fields: &Fields<'_>, body: Encoding) -> Request {
    match body {
        Encoding::Form => request.form(fields),
        Encoding::Json => {
            let object: Map<String, Value> = fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).into()))
                .collect();
            request.json(&Value::Object(object))
        }
    }
}

/// A credential that is what it is.
struct Fixed(Credential);

impl Authority for Fixed {
    fn credential(&self) -> Pending<'_, Result<Option<Credential>, Refusal>> {
        Box::pin(async { Ok(Some(self.0.clone())) })
    }

    fn renew<'a>(&'a self, _rejected: &'a Credential) -> Pending<'a, Result<bool, Refusal>> {
        Box::pin(async { Ok(false) })
    }
}

/// What a login is sent with.
pub(super) fn credential(login: &Login, scheme: &str) -> Credential {
    if login.shape.grant != Grant::Session {
        return Credential::authorization(scheme, &login.access);
    }
    let mut credential = Credential::field(COOKIE, cookie_field(&login.cookies));
    if let Some(token) = csrf_token(&login.cookies) {
        credential = credential.and(CSRF, token.clone());
    }
    // Django checks it over HTTPS, where browsers always send it.
    credential.and(REFERER, Secret::new(login.base_url.as_str()))
}

/// Django's `CSRF_HEADER_NAME`.
pub(super) const CSRF: HeaderName = HeaderName::from_static("x-csrftoken");

/// Django's CSRF token, where there is one.
pub(super) fn csrf_token(cookies: &[Cookie]) -> Option<&Secret> {
    cookies
        .iter()
        .find(|cookie| cookie.name == "csrftoken")
        .map(|cookie| &cookie.value)
}

/// Cookies as a `Cookie` field.
pub(super) fn cookie_field(cookies: &[Cookie]) -> Secret {
    let pairs: Vec<String> = cookies
        .iter()
        .map(|cookie| format!("{}={}", cookie.name, cookie.value.expose()))
        .collect();
    Secret::new(pairs.join("; "))
}

/// The cookies that a reply sets.
pub(super) fn cookies_of(reply: &Reply) -> Vec<Cookie> {
    reply
        .headers
        .get_all(SET_COOKIE)
        .iter()
        .filter_map(|field| answer::cookie(field.to_str().ok()?))
        .collect()
}

/// The scheme that a 401 asks for.
pub(super) fn advertised_by(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(WWW_AUTHENTICATE)
        .iter()
        .find_map(|field| answer::advertised(field.to_str().ok()?))
        .map(str::to_owned)
}

/// How far the server's clock is ahead of ours, in seconds. Differences that a slow reply explains are none.
pub(super) fn skew_of(reply: &Reply, now: Timestamp) -> i64 {
    const NOISE_S: i64 = 5;
    let skew = reply
        .headers
        .get(DATE)
        .and_then(|field| field.to_str().ok())
        .and_then(|text| httpdate::parse_http_date(text).ok())
        .and_then(|date| Timestamp::try_from(date).ok())
        .map_or(0, |date| date.as_second() - now.as_second());
    if skew.abs() <= NOISE_S { 0 } else { skew }
}

/// The body of a good reply, or what a bad one means.
pub(super) fn sorted(reply: &Reply) -> Result<Value, Error> {
    let url = shown_url(&reply.url);
    let status = reply.status.as_u16();
    let body = reply.json();
    if reply.status.is_success() {
        return body.map_err(|error| Error::NotJson {
            found: found_instead(reply, &error),
            url,
            status,
        });
    }
    let body = body.unwrap_or(Value::Null);
    let detail = answer::words(&body).unwrap_or_else(|| unworded(reply));
    Err(match status {
        // A proxy's 401 says nothing about the token: only an answer in words counts.
        401 if body.is_object() => Error::Credentials { url, detail },
        400 if answer::denies(&body) => Error::Credentials { url, detail },
        400 if !answer::named_fields(&body).is_empty() => Error::Fields {
            url,
            detail,
            fields: answer::named_fields(&body),
        },
        404 | 405 => Error::NoEndpoint { url, status },
        429 => Error::Throttled {
            url,
            detail: match reply.field("retry-after") {
                Some(wait) => format!("{detail} (Retry-After: {wait})"),
                None => detail,
            },
        },
        500.. => Error::Server {
            url,
            status,
            detail,
        },
        _ => Error::Refused {
            url,
            status,
            detail,
        },
    })
}

fn found_instead(reply: &Reply, error: &serde_json::Error) -> String {
    if reply.body.is_empty() {
        return "an empty body".to_owned();
    }
    let media_type = reply.media_type().unwrap_or_default();
    if media_type.contains("html") || reply.body.trim_ascii_start().starts_with(b"<") {
        return "an HTML page".to_owned();
    }
    if error.is_eof() {
        return format!("JSON that breaks off after {} bytes", reply.body.len());
    }
    match media_type.as_str() {
        "" | "application/json" => "malformed JSON".to_owned(),
        other => other.to_owned(),
    }
}

/// A reply without words of its own, in a few words.
fn unworded(reply: &Reply) -> String {
    if let Some(to) = leads_to(reply) {
        return format!("a redirect to {}", shown_url(&to));
    }
    let media_type = reply.media_type().unwrap_or_default();
    let text = reply.text();
    // Django's APPEND_SLASH with DEBUG: the page names the mistake.
    if text.contains("APPEND_SLASH") {
        return "the path has no slash at its end, and the server insists on one".to_owned();
    }
    if media_type.contains("html") {
        return match title_of(&text) {
            Some(title) => format!("an HTML page titled \"{title}\""),
            None => "an HTML page".to_owned(),
        };
    }
    if reply.body.is_empty() {
        "no words".to_owned()
    } else {
        "no JSON".to_owned()
    }
}

fn title_of(html: &str) -> Option<String> {
    let start = html.find("<title>")? + "<title>".len();
    let end = html[start..].find("</title>")? + start;
    let words: Vec<&str> = html[start..end].split_whitespace().collect();
    let title: String = words.join(" ").chars().take(80).collect();
    (!title.is_empty()).then_some(title)
}
