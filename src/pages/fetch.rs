//! Fetches one page, with retries; says what its head says as soon as it is there.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use super::error::WalkError;
use super::items::Items;
use super::next::{Fields, Hints, Known, Look, look_again};
use super::pace::{Pace, dice};
use super::page::Page;
use super::passed::Passed;
use super::pointer::Pointer;
use super::split::Splitter;
use super::style::Style;
use crate::http::{
    Client, Decision, Hop, Incoming, Method, Policy, Request, StatusCode, Url, header, hop,
    retry_after,
};

/// Items of a page are handed out when they are more bytes than this, though the page is not whole.
const PART: usize = 2 * 1024 * 1024;

/// The largest page that is held, and the largest item.
const MAX_BODY: usize = 256 * 1024 * 1024;

/// How often one page may be refused for coming too often before the walk gives up.
const MAX_REFUSALS: u32 = 50;

/// How pages are fetched: the same for all pages of a walk.
#[derive(Clone)]
pub(super) struct Fetcher {
    pub(super) client: Client,
    pub(super) pace: Arc<Pace>,
    pub(super) policy: Policy,
    pub(super) hints: Hints,
    /// The style, once the first page told it.
    pub(super) known: Option<Style>,
    pub(super) strict: bool,
}

/// Where a page goes while it is fetched.
#[derive(Default)]
pub(super) struct Outlets {
    /// Is told how the page looks when its items begin.
    pub(super) early: Option<oneshot::Sender<Look>>,
    /// Takes the items of a long page as they come.
    pub(super) parts: Option<Parts>,
    /// Where memory for the items is taken from.
    pub(super) spares: Spares,
    /// What was handed out.
    pub(super) passed: Passed,
}

/// Where the items of a long page go; most pages are short, and a way of their own would cost them more than the rest.
pub(super) enum Parts {
    /// None was handed out yet.
    Shut(oneshot::Sender<mpsc::Receiver<Items>>),
    Open(mpsc::Sender<Items>),
}

impl Parts {
    /// Hands items out; waits until those before are taken.
    async fn pass(self, items: Items) -> Self {
        let open = match self {
            Self::Open(open) => open,
            Self::Shut(announce) => {
                // One part waits while the one before is written.
                let (open, taken) = mpsc::channel(1);
                // Nobody takes it when the walk is over.
                let _ = announce.send(taken);
                open
            }
        };
        let _ = open.send(items).await;
        Self::Open(open)
    }
}

/// Memory of pages that were handed out: a page in fresh memory costs twice as much.
#[derive(Debug, Clone, Default)]
pub(super) struct Spares(Arc<Mutex<Vec<Items>>>);

impl Spares {
    /// Takes memory back.
    pub(super) fn give_back(&self, items: Items) {
        let mut spares = self.lock();
        if spares.len() < 32 && items.size() < 2 * PART {
            spares.push(items);
        }
    }

    fn take(&self) -> Items {
        self.lock().pop().unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Items>> {
        // Empty memory is whole even if a holder panicked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page and how it looked.
pub(super) struct Fetched {
    /// The URL that answered, after redirects.
    pub(super) url: Url,
    pub(super) page: Page,
    pub(super) look: Look,
    /// Items of the page that were handed out before it was whole.
    pub(super) before: u64,
    /// Bytes of the body, decompressed.
    pub(super) bytes: u64,
    /// Time to the head and to the end of the reply, of the attempt that succeeded.
    pub(super) timing: Timing,
    pub(super) headers: crate::http::HeaderMap,
}

/// How long a page took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Timing {
    /// Seconds until the head of the reply.
    pub head_s: f64,
    /// Seconds until its last byte.
    pub total_s: f64,
}

enum Answer {
    Page(Box<Fetched>),
    Refused {
        status: StatusCode,
        advised: Option<Duration>,
        detail: String,
    },
}

impl Fetcher {
    /// Fetches page `number` whole. `early` is told how it looks when its items begin.
    pub(super) async fn fetch(
        self,
        number: u64,
        url: Url,
        pointer: Option<Pointer>,
        early: Option<oneshot::Sender<Look>>,
    ) -> Result<Fetched, WalkError> {
        let outlets = Outlets {
            early,
            ..Outlets::default()
        };
        let fetched = self.fetch_into(number, url, pointer, outlets).await;
        fetched.map(|fetched| *fetched)
    }

    /// Fetches page `number`.
    pub(super) async fn fetch_into(
        self,
        number: u64,
        url: Url,
        pointer: Option<Pointer>,
        mut outlets: Outlets,
    ) -> Result<Box<Fetched>, WalkError> {
        let (mut attempt, mut refusals) = (0, 0);
        loop {
            self.pace.turn().await;
            let answer = self
                .once(number, &url, pointer.as_ref(), &mut outlets)
                .await;
            let decision = match &answer {
                Ok(Answer::Refused {
                    status, advised, ..
                }) => {
                    let throttled = *status == StatusCode::TOO_MANY_REQUESTS;
                    if throttled {
                        refusals += 1;
                    }
                    // Waiting as told is no failure: it does not use up the attempts.
                    let patient = throttled && attempt < self.policy.retries;
                    let counted = match (patient, advised) {
                        (true, Some(_)) => 0,
                        // ever longer, where nobody says how long
                        (true, None) => (refusals - 1).min(self.policy.retries - 1),
                        (false, _) => attempt,
                    };
                    let answer = Some((*status, *advised));
                    if throttled && refusals >= MAX_REFUSALS {
                        Decision::Stop
                    } else {
                        self.policy.decide(counted, &Method::GET, answer, dice())
                    }
                }
                Err(WalkError::Http { source, .. }) if source.is_transient() => {
                    self.policy.decide(attempt, &Method::GET, None, dice())
                }
                Ok(Answer::Page(_)) | Err(_) => Decision::Stop,
            };
            match (decision, answer) {
                (Decision::Wait(wait), Ok(Answer::Refused { status, .. }))
                    if status == StatusCode::TOO_MANY_REQUESTS =>
                {
                    // A little more than asked, so that all workers do not come back in the same instant.
                    self.pace
                        .throttle(wait + Duration::from_millis(50).mul_f64(dice()));
                }
                (Decision::Wait(wait), _) => {
                    attempt += 1;
                    self.pace.retry(wait);
                    sleep(wait).await;
                }
                (Decision::Stop, Ok(Answer::Page(fetched))) => return Ok(fetched),
                (Decision::Stop, Ok(Answer::Refused { status, detail, .. })) => {
                    return Err(WalkError::Status {
                        page: number,
                        status: status.as_u16(),
                        detail,
                    });
                }
                (Decision::Stop, Err(error)) => return Err(error),
            }
        }
    }

    async fn once(
        &self,
        page: u64,
        url: &Url,
        pointer: Option<&Pointer>,
        outlets: &mut Outlets,
    ) -> Result<Answer, WalkError> {
        let started = tokio::time::Instant::now();
        let reply = self.open(page, url).await?;
        let head_s = started.elapsed().as_secs_f64();
        if !reply.status.is_success() {
            return refused(page, reply).await;
        }
        if let Some(media_type) = foreign_media_type(&reply) {
            return Err(WalkError::MediaType { page, media_type });
        }
        let mut fetched = self.read(page, reply, pointer, outlets).await?;
        fetched.timing = Timing {
            head_s,
            total_s: started.elapsed().as_secs_f64(),
        };
        Ok(Answer::Page(Box::new(fetched)))
    }

    /// Opens a page, following redirects within its origin.
    async fn open(&self, page: u64, url: &Url) -> Result<Incoming, WalkError> {
        let mut request = Request::get(url.clone());
        for _ in 0..5 {
            let reply = self
                .client
                .open_authorised(request.clone())
                .await
                .map_err(|source| WalkError::Http { page, source })?;
            let location = reply
                .headers
                .get(header::LOCATION)
                .and_then(|value| value.to_str().ok());
            match hop(&request, reply.status, location) {
                Hop::Final => return Ok(reply),
                Hop::Follow { request: moved, .. } => request = *moved,
                Hop::Refuse(why) => return Err(WalkError::Redirect { page, why }),
            }
        }
        let why = "more than 5 redirects in a row".to_owned();
        Err(WalkError::Redirect { page, why })
    }

    fn look(
        &self,
        url: &Url,
        fields: &Fields,
        envelope: &serde_json::Value,
        rows: Option<u64>,
    ) -> Look {
        let style = self.known;
        look_again(url, fields, envelope, &self.hints, Known { style, rows })
    }

    async fn read(
        &self,
        page: u64,
        mut reply: Incoming,
        pointer: Option<&Pointer>,
        outlets: &mut Outlets,
    ) -> Result<Fetched, WalkError> {
        let fields = fields(&reply.headers);
        let spare = outlets.spares.take();
        let mut splitter = Splitter::new(pointer.cloned())
            .strict(self.strict)
            .reusing(spare);
        let broken = |source| WalkError::Body { page, source };
        let (mut bytes, mut seen) = (0, None);
        // Items that were handed out cannot be taken back: they must come again.
        let mut again = outlets.passed.again();
        loop {
            let read = reply.read(splitter.memory()).await;
            match read.map_err(|source| WalkError::Http { page, source })? {
                0 => break,
                more => bytes += more as u64,
            }
            splitter.split().map_err(broken)?;
            if splitter.held() > MAX_BODY {
                return Err(WalkError::TooLarge {
                    page,
                    limit: MAX_BODY,
                });
            }
            if outlets.early.is_some()
                && let Some(head) = splitter.head()
                && let Some(early) = outlets.early.take()
            {
                let look = self.look(&reply.url, &fields, head, None);
                seen = Some(look.clone());
                // Nobody listens when the page is fetched ahead by plan.
                let _ = early.send(look);
            }
            if splitter.held() > PART && outlets.parts.is_some() {
                let mut items = splitter.take_items();
                if !again.skip(&mut items) {
                    return Err(WalkError::Changed { page });
                }
                outlets.passed.add(items.iter());
                if let Some(parts) = outlets.parts.take_if(|_| !items.is_empty()) {
                    // Until it is taken nothing more is read.
                    outlets.parts = Some(parts.pass(items).await);
                }
            }
        }
        let mut whole = splitter.finish().map_err(broken)?;
        if !again.skip(&mut whole.items) || !again.is_over() {
            return Err(WalkError::Changed { page });
        }
        let before = outlets.passed.items();
        let rows = before + whole.items.len() as u64;
        // The style may hang on how many items there are.
        let is_settled = whole.ends_with_items && self.known.is_some();
        Ok(Fetched {
            look: match seen.filter(|_| is_settled) {
                Some(look) => look,
                None => self.look(&reply.url, &fields, &whole.envelope, Some(rows)),
            },
            url: reply.url,
            before,
            page: whole,
            bytes,
            timing: Timing::default(),
            headers: reply.headers,
        })
    }
}

/// The fields that speak of pages.
pub(super) fn fields(headers: &crate::http::HeaderMap) -> Fields {
    let text =
        |value: &crate::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Fields {
        link: headers.get_all(header::LINK).iter().map(text).collect(),
        total: ["x-total-count", "x-total", "total-count", "x-count"]
            .iter()
            .find_map(|name| text(headers.get(*name)?).trim().parse().ok()),
    }
}

/// The media type of a reply that is surely no JSON: a login page, say.
fn foreign_media_type(reply: &Incoming) -> Option<String> {
    let value = reply.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let media_type = value.split(';').next()?.trim().to_ascii_lowercase();
    let foreign = [
        "text/html",
        "application/xhtml+xml",
        "text/xml",
        "application/xml",
    ];
    foreign.contains(&media_type.as_str()).then_some(media_type)
}

async fn refused(page: u64, mut reply: Incoming) -> Result<Answer, WalkError> {
    // A date is measured against the server's own clock, where it tells it.
    let advised = match date_of(&reply) {
        Some(now) => retry_after(&reply.headers, now),
        None => retry_after(&reply.headers, std::time::SystemTime::UNIX_EPOCH)
            .filter(|wait| wait.as_secs() < 1_000_000_000),
    };
    let mut body = Vec::new();
    while body.len() < 2_000
        && let Some(part) = reply
            .chunk()
            .await
            .map_err(|source| WalkError::Http { page, source })?
    {
        body.extend_from_slice(&part);
    }
    Ok(Answer::Refused {
        status: reply.status,
        advised,
        detail: detail(&body).map_or_else(String::new, |text| format!(": {text}")),
    })
}

fn date_of(reply: &Incoming) -> Option<std::time::SystemTime> {
    httpdate::parse_http_date(reply.headers.get(header::DATE)?.to_str().ok()?).ok()
}

/// DRF's `detail`, or the beginning of a short text.
fn detail(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?.trim();
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(text) {
        let detail = value.get("detail").or_else(|| value.get("errors"));
        return match detail {
            Some(serde_json::Value::String(detail)) => Some(detail.clone()),
            Some(other) => Some(other.to_string()),
            None => Some(text.chars().take(200).collect()),
        };
    }
    (!text.is_empty() && !text.starts_with('<')).then(|| text.chars().take(200).collect())
}
