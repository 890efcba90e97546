//! Asks: one request for each cell, pulled one at a time.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::Value;

use super::matrix::{Answer, Cell, Observed};
use super::metadata::{Metadata, told};
use super::policy::is_safe;
use super::rows::Listing;
use crate::http::{Client, Error, Method, Reply, Request, Url, header};

/// The longest `Retry-After` that is waited out; a longer one leaves the cell throttled.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// After so many unanswered requests in a row the rest is not asked: each would cost a whole time-out.
const PATIENCE: u32 = 5;

/// A body that no JSON parser takes, for views whose fields are not known.
const MALFORMED: &str = "{\"apictl\":";

/// Somebody to ask as.
#[derive(Clone)]
pub struct Identity {
    /// `anon` or the name of a login.
    pub name: String,
    /// A client that carries the credential.
    pub client: Client,
}

/// One request to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The URL as it was given.
    pub url: String,
    /// The method, in capitals.
    pub method: String,
    /// The name of the identity to ask as.
    pub identity: String,
    /// The body for an unsafe method; without it one is sent that cannot validate.
    pub data: Option<String>,
}

/// Works through steps in order. Unsafe methods are sent exactly as planned: leaving them out is the caller's part.
pub struct Crawl {
    identities: Vec<Identity>,
    steps: VecDeque<Step>,
    metadata: Vec<(String, String, Metadata)>,
    listings: Option<(usize, Vec<Listing>)>,
    fault: Option<Error>,
    unanswered: u32,
}

impl Crawl {
    /// Makes nothing happen yet.
    pub fn new(identities: Vec<Identity>, steps: Vec<Step>) -> Self {
        Self {
            identities,
            steps: steps.into(),
            metadata: Vec::new(),
            listings: None,
            fault: None,
            unanswered: 0,
        }
    }

    /// Remembers the first `most` rows of every list that a GET shows.
    #[must_use]
    pub fn remembering_rows(mut self, most: usize) -> Self {
        self.listings = Some((most, Vec::new()));
        self
    }

    /// The lists remembered so far.
    pub fn listings(&self) -> &[Listing] {
        self.listings.as_ref().map_or(&[], |(_, listings)| listings)
    }

    /// Plans a GET of every remembered row on the API's own origin, as the identity that was shown it.
    pub fn plan_rows(&mut self) {
        let own = |row: &String| {
            self.identities.first().is_some_and(|person| {
                let url = person.client.url(row);
                url.is_ok_and(|url| person.client.is_base_origin(&url))
            })
        };
        let steps: Vec<Step> = self
            .listings()
            .iter()
            .flat_map(|listing| {
                listing.rows.iter().filter(|row| own(row)).map(|row| Step {
                    url: row.clone(),
                    method: "GET".to_owned(),
                    identity: listing.identity.clone(),
                    data: None,
                })
            })
            .collect();
        self.listings = None;
        self.steps.extend(steps);
    }

    /// The next cell; `None` at the end.
    pub async fn next(&mut self) -> Option<Cell> {
        let step = self.steps.pop_front()?;
        let answer = if self.unanswered >= PATIENCE {
            Answer::Unanswered(format!(
                "not asked after {PATIENCE} requests without an answer"
            ))
        } else {
            match self.ask(&step).await {
                Ok(observed) => {
                    self.unanswered = 0;
                    Answer::Observed(observed)
                }
                Err(error) => {
                    self.unanswered += 1;
                    let words = error.to_string();
                    self.fault.get_or_insert(error);
                    Answer::Unanswered(words)
                }
            }
        };
        Some(Cell {
            url: step.url,
            method: step.method,
            identity: step.identity,
            answer,
        })
    }

    /// The cells that `OPTIONS` replies so far tell of a URL's writing methods.
    pub fn told(&self, url: &str) -> Vec<Cell> {
        let seen: Vec<(String, Metadata)> = self
            .metadata
            .iter()
            .filter(|(of, _, _)| of == url)
            .map(|(_, identity, metadata)| (identity.clone(), metadata.clone()))
            .collect();
        told(url, &seen)
    }

    /// The first error that left a cell without an answer.
    pub fn into_fault(self) -> Option<Error> {
        self.fault
    }

    async fn ask(&mut self, step: &Step) -> Result<Observed, Error> {
        let Some(identity) = self
            .identities
            .iter()
            .find(|identity| identity.name == step.identity)
        else {
            return Err(Error::Credential(
                format!("there is no login '{}'", step.identity).into(),
            ));
        };
        let client = identity.client.clone();
        let url = client.url(&step.url)?;
        let method: Method = step.method.parse().map_err(|_| Error::Setup {
            what: format!("'{}' is not a method", step.method),
            source: None,
        })?;
        let mut request = Request::new(method, url);
        if !is_safe(&step.method) {
            let body = step
                .data
                .clone()
                .unwrap_or_else(|| self.harmless(&step.url));
            request = request.body("application/json", body);
        }
        let reply = patient(&client, request).await?;
        if step.method == "OPTIONS" && reply.status.is_success() {
            let body = reply.json().unwrap_or(Value::Null);
            let metadata = Metadata::read(reply.field("allow"), &body);
            self.metadata
                .push((step.url.clone(), step.identity.clone(), metadata));
        }
        if let Some((most, listings)) = &mut self.listings
            && step.method == "GET"
            && reply.status.is_success()
        {
            let body = reply.json().unwrap_or(Value::Null);
            listings.extend(Listing::read(&step.url, &step.identity, &body, *most));
        }
        Ok(observe(
            &reply,
            !is_safe(&step.method) && step.data.is_none(),
        ))
    }

    /// A body that changes nothing: refused by the serializer where its fields are known, by the parser elsewhere.
    fn harmless(&self, url: &str) -> String {
        self.metadata
            .iter()
            .filter(|(of, _, _)| of == url)
            .find_map(|(_, _, metadata)| metadata.invalid_body())
            .map_or_else(|| MALFORMED.to_owned(), |body| body.to_string())
    }
}

/// Sends a request, and once more after a short `Retry-After`.
async fn patient(client: &Client, request: Request) -> Result<Reply, Error> {
    let reply = client.send_authorised(request.clone()).await?;
    if reply.status.as_u16() != 429 {
        return Ok(reply);
    }
    let seconds = reply
        .field("retry-after")
        .and_then(|text| text.trim().parse().ok());
    match seconds.map(Duration::from_secs) {
        Some(wait) if wait <= LONGEST_WAIT => {
            tokio::time::sleep(wait).await;
            client.send_authorised(request).await
        }
        _ => Ok(reply),
    }
}

/// Whether a redirect leads to a login page: one that is called so, or that is told where to come back to. Where only the
/// slash or the origin is another one, it is the page that was asked for.
fn leads_to_login(from: &Url, location: &str) -> bool {
    let Ok(to) = from.join(location) else {
        return false;
    };
    if to.path().trim_end_matches('/') == from.path().trim_end_matches('/') {
        return false;
    }
    let path = to.path().to_ascii_lowercase();
    let is_called_so = ["login", "log-in", "signin", "sign-in"]
        .iter()
        .any(|name| path.contains(name));
    // Django's REDIRECT_FIELD_NAME.
    is_called_so
        || to
            .query_pairs()
            .any(|(name, value)| name == "next" && value.contains(from.path()))
}

fn observe(reply: &Reply, harmless: bool) -> Observed {
    Observed {
        status: reply.status.as_u16(),
        challenge: reply.headers.contains_key(header::WWW_AUTHENTICATE),
        from_drf: reply.headers.contains_key(header::ALLOW),
        harmless,
        location: reply.field("location").map(str::to_owned),
        to_login: reply
            .field("location")
            .is_some_and(|location| leads_to_login(&reply.url, location)),
        ..Observed::default()
    }
    .with_body(&reply.body)
}
