//! Looks at single URLs, within a budget of requests.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::sightings::identity;
use crate::http::{
    Client, Decision, Error, HeaderMap, HeaderValue, Method, Policy, Reply, Request, StatusCode,
    Url, header, retry_after,
};
use crate::pages::error::WalkError;
use crate::pages::link::link_with;
use crate::pages::next::{Hints, Look, Onward, look};
use crate::pages::origin::resolve;
use crate::pages::pace::{Pace, dice};
use crate::pages::pointer::Pointer;
use crate::pages::query::with_parameter;
use crate::pages::split::Splitter;
use crate::pages::timing::queries;

/// How long a look waits for a server that asks for patience.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a refused or failed look is made again.
const RETRIES: u32 = 3;

/// One page, as it was seen.
#[derive(Debug, Clone)]
pub(super) struct Sight {
    /// The URL that answered.
    pub(super) url: Url,
    /// The status.
    pub(super) status: u16,
    /// What tells its items apart, in order.
    pub(super) ids: Vec<String>,
    /// The count that it gave.
    pub(super) count: Option<u64>,
    /// The next page, on the page's own origin.
    pub(super) next: Option<Url>,
    /// The link back, as written.
    pub(super) previous: Option<String>,
    /// Milliseconds until its end.
    pub(super) total_ms: f64,
    /// SQL queries, where `Server-Timing` tells.
    pub(super) queries: Option<u64>,
    /// Bytes of the body.
    pub(super) bytes: u64,
    /// Its header fields.
    pub(super) headers: HeaderMap,
    /// Its items, as written.
    pub(super) items: Vec<Vec<u8>>,
}

impl Sight {
    /// How many items there were.
    pub(super) fn rows(&self) -> u64 {
        self.ids.len() as u64
    }

    /// A header field's value.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether it is a page.
    pub(super) fn is_page(&self) -> bool {
        self.status == 200
    }

    /// Reads a page from what a walk or a look brought.
    pub(super) fn read(
        url: Url,
        headers: HeaderMap,
        envelope: &serde_json::Value,
        hints: &Hints,
        ids: Vec<String>,
        total_s: f64,
        bytes: u64,
    ) -> Self {
        let fields = crate::pages::fetch::fields(&headers);
        let Look { onward, count, .. } = look(&url, &fields, envelope, hints);
        let carrier = match &onward {
            Onward::Parameter(name, _) => name.clone(),
            _ => "cursor".to_owned(),
        };
        let next = match onward {
            Onward::Link(link) => resolve(&url, &link).ok().map(|followed| followed.url),
            Onward::Parameter(name, value) => Some(with_parameter(&url, &name, &value)),
            Onward::End | Onward::Unsaid => None,
        };
        let links: Vec<&str> = fields.link.iter().map(String::as_str).collect();
        let previous = [
            "/previous",
            "/links/previous",
            "/links/prev",
            "/meta/previous",
        ]
        .iter()
        .find_map(|place| envelope.pointer(place)?.as_str())
        .or_else(|| link_with(&links, "prev"))
        .or_else(|| link_with(&links, "previous"))
        .map(|text| {
            if text.contains("://") || text.starts_with(['/', '?', '.']) {
                text.to_owned()
            } else {
                // a token alone, as `next` may be
                with_parameter(&url, &carrier, text).to_string()
            }
        });
        let timing = headers
            .get("server-timing")
            .and_then(|value| queries(value.to_str().ok()?));
        Self {
            url,
            status: 200,
            ids,
            count,
            next,
            previous,
            total_ms: total_s * 1e3,
            queries: timing,
            bytes,
            headers,
            items: Vec::new(),
        }
    }
}

/// Why an audit ends before its last look.
#[derive(Debug)]
pub(super) enum Stop {
    /// The requests that were allowed are used up.
    Budget,
    /// The server refuses for coming too often, and for longer than a look waits.
    Throttled(String),
    /// Nothing answers any more.
    NoAnswer(Error),
}

impl From<Stop> for WalkError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::NoAnswer(source) => Self::Http { page: 0, source },
            Stop::Budget | Stop::Throttled(_) => Self::CutOff { page: 0 },
        }
    }
}

/// Sends looks.
pub(super) struct Scout {
    pub(super) client: Client,
    pub(super) items: Option<Pointer>,
    pub(super) hints: Hints,
    /// The pace of the walk, so that a rate holds for both.
    pub(super) pace: Arc<Pace>,
    /// The most requests, the walk's included.
    pub(super) allowance: u64,
}

impl Scout {
    /// Requests sent so far, by the walk and by looks.
    pub(super) fn sent(&self) -> u64 {
        self.pace.requests()
    }

    /// Whether `looks` more requests are allowed.
    pub(super) fn affords(&self, looks: u64) -> bool {
        self.sent() + looks <= self.allowance
    }

    /// Looks at one URL as the client's identity; a body that is no page has no items.
    pub(super) async fn glance(&self, url: &Url) -> Result<Sight, Stop> {
        let client = self.client.clone();
        self.glance_with(&client, Request::get(url.clone())).await
    }

    /// Looks at one URL with a client and a request of one's own. A 5xx counts when it comes three times in a row.
    pub(super) async fn glance_with(
        &self,
        client: &Client,
        request: Request,
    ) -> Result<Sight, Stop> {
        let (mut reply, mut total_s) = self.send(client, request.clone()).await?;
        for _ in 0..2 {
            if !reply.status.is_server_error() {
                break;
            }
            (reply, total_s) = self.send(client, request.clone()).await?;
        }
        Ok(self.sight(&reply, total_s))
    }

    fn sight(&self, reply: &Reply, total_s: f64) -> Sight {
        let mut splitter = Splitter::new(self.items.clone());
        let page = splitter
            .feed(&reply.body)
            .ok()
            .and_then(|()| splitter.finish().ok())
            .filter(|_| reply.status.is_success());
        let nothing = serde_json::Value::Null;
        let envelope = page.as_ref().map_or(&nothing, |page| &page.envelope);
        let items: Vec<Vec<u8>> = page.as_ref().map_or_else(Vec::new, |page| {
            page.items.iter().map(<[u8]>::to_vec).collect()
        });
        let mut sight = Sight::read(
            reply.url.clone(),
            reply.headers.clone(),
            envelope,
            &self.hints,
            items.iter().map(|item| identity(item)).collect(),
            total_s,
            reply.body.len() as u64,
        );
        sight.status = match reply.status.as_u16() {
            // A 200 that is no page, a login page say, is no answer of the list.
            200 if page.is_none() => 204,
            status => status,
        };
        sight.items = items;
        sight
    }

    /// Sends one request, patiently: refusals for coming too often and broken connections are no answers.
    pub(super) async fn send(
        &self,
        client: &Client,
        request: Request,
    ) -> Result<(Reply, f64), Stop> {
        let policy = Policy {
            retries: RETRIES,
            patience: PATIENCE,
            ..Policy::default()
        };
        let mut attempt = 0;
        loop {
            if !self.affords(1) {
                return Err(Stop::Budget);
            }
            self.pace.turn().await;
            let started = Instant::now();
            let mut notes = Vec::new();
            let answer = client.send_following(request.clone(), &mut notes).await;
            let total_s = started.elapsed().as_secs_f64();
            let decision = match &answer {
                Ok(reply) if reply.status == StatusCode::TOO_MANY_REQUESTS => {
                    let advised = retry_after(&reply.headers, std::time::SystemTime::UNIX_EPOCH)
                        .filter(|wait| wait.as_secs() < 1_000_000_000);
                    let answer = Some((reply.status, advised));
                    policy.decide(attempt, &Method::GET, answer, dice())
                }
                Err(error) if error.is_transient() => {
                    policy.decide(attempt, &Method::GET, None, dice())
                }
                _ => Decision::Stop,
            };
            attempt += 1;
            match (decision, answer) {
                (Decision::Wait(wait), Ok(_)) => self.pace.throttle(wait),
                (Decision::Wait(wait), Err(_)) => {
                    self.pace.retry(wait);
                    sleep(wait).await;
                }
                (Decision::Stop, Ok(reply)) if reply.status == StatusCode::TOO_MANY_REQUESTS => {
                    let advised = reply.field("retry-after").unwrap_or("not told");
                    return Err(Stop::Throttled(format!(
                        "the server answered 429 (Retry-After: {advised})"
                    )));
                }
                (Decision::Stop, Ok(reply)) => return Ok((reply, total_s)),
                (Decision::Stop, Err(error)) => return Err(Stop::NoAnswer(error)),
            }
        }
    }

    /// A request that offers gzip, for a client that does not decompress.
    pub(super) fn offering_gzip(url: &Url) -> Request {
        Request::get(url.clone()).header(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("gzip, br"),
        )
    }
}
