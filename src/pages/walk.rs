//! Walks a paginated list: `while let Some(batch) = walk.next().await? { … }`.

use std::hash::RandomState;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ends::{Ends, Held};
use super::error::WalkError;
use super::fetch::{Fetcher, Timing};
use super::flight::{Event, Flights};
use super::items::Items;
use super::options::Options;
use super::origin::Fault;
use super::pace::Pace;
use super::plan::Plan;
use super::pointer::Pointer;
use super::proof::Proof;
use super::ranged::Ranges;
use super::seam::Seams;
use super::style::Style;
use super::tally::Tally;
use super::unique::Unique;
use super::visited::Visited;
use super::window::{Concurrency, Window};
use crate::http::{Client, HeaderMap, Url};

/// The items of one page.
#[derive(Debug)]
pub struct Batch {
    /// The number of the page, from 1.
    pub page: u64,
    /// Whether the page ends with these items; only behind a whole page is there a [`Position`].
    pub whole: bool,
    /// Where it came from.
    pub url: Url,
    /// Its items.
    pub items: Items,
    /// How long it took.
    pub timing: Timing,
    /// The header fields of its reply.
    pub headers: HeaderMap,
    /// The body around the items.
    pub envelope: serde_json::Value,
}

/// Where a walk stands behind a page: enough to go on from there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// The next page; `None` behind the last one.
    pub next: Option<String>,
    /// The style.
    pub style: String,
    /// Where the items are.
    pub items: String,
    /// How many items a full page holds.
    pub granted: u64,
    /// What was seen so far.
    pub tally: Tally,
    /// The number of the next page, where the walk did not begin with page 1.
    #[serde(default)]
    pub page: Option<u64>,
    /// The last page of the part that is walked.
    #[serde(default)]
    pub until: Option<u64>,
    /// The last row before the next page, where that is to begin with it.
    #[serde(default)]
    pub row: Option<Vec<u8>>,
}

/// A walk through a list, page by page, in order.
pub struct Walk {
    pub(super) fetcher: Fetcher,
    pub(super) options: Options,
    pub(super) flights: Flights,
    pub(super) window: Window,
    pub(super) plan: Option<(Plan, u64)>,
    /// Whether a plan was tried.
    pub(super) planned: bool,
    pub(super) ranges: Ranges,
    pub(super) ends: Option<Ends>,
    pub(super) seams: Seams,
    ends_held: bool,
    rechecked: bool,
    /// The number of the page that is sent for next, and its URL where that is known.
    pub(super) upcoming: u64,
    pub(super) queued: Option<Url>,
    pub(super) visited: Visited,
    pub(super) tally: Tally,
    pub(super) unique: Option<Unique>,
    pub(super) style: Option<(Style, String)>,
    pub(super) pointer: Option<Pointer>,
    pub(super) granted: u64,
    pub(super) resized: bool,
    pub(super) switched: bool,
    pub(super) previous: Items,
    /// The last page of the part that is walked.
    pub(super) until: Option<u64>,
    /// The number of the page handed out last.
    pub(super) at: Option<u64>,
    /// What was seen before the page that is being handed out in parts.
    pub(super) before_parts: Option<(Tally, Option<Vec<u8>>)>,
    pub(super) prints: Vec<u64>,
    pub(super) hasher: RandomState,
    pub(super) onward: Option<Url>,
    pub(super) pending: Option<WalkError>,
    pub(super) stopped: Option<&'static str>,
    pub(super) faults: Vec<Fault>,
    pub(super) notes: Vec<String>,
    pub(super) throttled: u64,
    pub(super) started: tokio::time::Instant,
}

impl Walk {
    /// A walk that begins at `url`. Sends nothing yet.
    pub fn new(client: Client, url: Url, options: Options) -> Self {
        let pace = Arc::new(Pace::new(options.rate));
        let mut visited = Visited::default();
        visited.enter(&url, 1);
        Self {
            fetcher: Fetcher {
                client,
                pace,
                policy: options.policy,
                hints: options.hints.clone(),
                known: None,
                strict: options.strict,
            },
            flights: Flights::default(),
            window: Window::new(match options.concurrency {
                Concurrency::Early if options.split => Concurrency::Auto,
                chosen => chosen,
            }),
            ranges: if options.split {
                Ranges::Wanted(None)
            } else {
                Ranges::Off
            },
            ends: None,
            seams: Seams::new(options.share_rows),
            ends_held: false,
            rechecked: false,
            plan: None,
            planned: false,
            upcoming: 1,
            onward: Some(url.clone()),
            queued: Some(url),
            visited,
            tally: Tally::default(),
            unique: options.unique_by.as_deref().map(Unique::by),
            style: None,
            pointer: options.items.clone(),
            granted: 0,
            resized: options.page_size.is_none(),
            switched: false,
            previous: Items::default(),
            until: None,
            at: None,
            before_parts: None,
            prints: Vec::new(),
            hasher: RandomState::new(),
            pending: None,
            stopped: None,
            faults: Vec::new(),
            notes: Vec::new(),
            throttled: 0,
            started: tokio::time::Instant::now(),
            options,
        }
    }

    /// A walk that goes on behind the page at which `position` was taken.
    pub fn resume(client: Client, position: Position, options: Options) -> Self {
        let first = client.base().clone();
        let mut walk = Self::new(client, first, options);
        walk.visited = Visited::default();
        walk.upcoming = position.page.unwrap_or(position.tally.pages + 1);
        walk.until = position.until;
        let next = position.next.and_then(|next| Url::parse(&next).ok());
        if let Some(next) = &next {
            walk.visited.enter(next, walk.upcoming);
        }
        walk.queued.clone_from(&next);
        walk.onward = next;
        walk.at = position.page.map(|page| page.saturating_sub(1));
        walk.granted = position.granted;
        walk.seams = Seams::resumed(walk.seams.is_on(), walk.upcoming, position.row);
        // Before the first page nothing was learnt.
        if let Ok(style) = position.style.parse() {
            walk.style = Some((style, "as before".to_owned()));
            walk.fetcher.known = Some(style);
            walk.pointer = position.items.parse().ok();
            walk.resized = true;
        }
        walk.tally = position.tally;
        walk.stopped = walk
            .limit_met(walk.upcoming - 1)
            .filter(|_| walk.onward.is_some());
        walk
    }

    /// Which limit of the user's is met behind page `number`.
    pub(super) fn limit_met(&self, number: u64) -> Option<&'static str> {
        let full = |max: Option<u64>, seen: u64| max.is_some_and(|max| seen >= max);
        if full(self.options.max_items, self.tally.items) {
            Some("max-items")
        } else if full(self.options.max_pages, number) {
            Some("max-pages")
        } else {
            None
        }
    }

    /// The walk with items that count as seen; for [`Walk::resume`].
    #[must_use]
    pub fn having_seen(mut self, unique: Unique) -> Self {
        self.unique = Some(unique);
        self
    }

    /// The items of the next page; `None` behind the last one. To be awaited to its end: pages that are looked at again, and a
    /// cut that is tried, are lost with it.
    pub async fn next(&mut self) -> Result<Option<Batch>, WalkError> {
        if let Some(error) = self.pending.take() {
            self.queued = None;
            return Err(error);
        }
        loop {
            self.prepare_cut().await?;
            self.fill();
            match self.flights.event().await {
                None => {
                    self.compare_ends().await;
                    return Ok(None);
                }
                Some(Event::Sighted(url, look)) => self.chain(&url, &look),
                Some(Event::Part(number, url, items)) => {
                    return Ok(Some(self.hand_out_part(number, url, items)));
                }
                Some(Event::Landed(number, _, Ok(fetched))) => {
                    self.pace_window();
                    if let Some(batch) = self.settle(number, fetched) {
                        return Ok(Some(batch));
                    }
                    if let Some(error) = self.pending.take() {
                        return Err(error);
                    }
                }
                Some(Event::Landed(number, url, Err(error))) => {
                    self.flights.clear();
                    if self.takes_no_offset(&error) && self.ask_unshared(number, &url) {
                        continue;
                    }
                    self.queued = None;
                    return self.give_up(number, &url, error);
                }
            }
        }
    }

    /// Takes items back whose memory can be used again.
    pub fn give_back(&self, items: Items) {
        self.flights.give_back(items);
    }

    /// What the verdict rests on.
    pub fn proof(&self) -> Proof {
        match self.tally.count {
            _ if self.rechecked => Proof::Recheck,
            _ if self.seams.held() => Proof::Seams,
            Some(_) if self.ends_held => Proof::Ends,
            Some(_) => Proof::Count,
            None => Proof::End,
        }
    }

    /// What may have happened to a walk that seems complete without being seen; `None` where nothing can.
    pub fn leaves_open(&self) -> Option<&'static str> {
        let (style, _) = self.style()?;
        self.proof().leaves_open(style, self.tally.pages)
    }

    /// Looks at both ends again when all else speaks for the walk.
    async fn compare_ends(&mut self) {
        let Some(mut ends) = self.ends.take() else {
            return;
        };
        if self.tally.is_complete() {
            match ends.compare(&self.fetcher, self.tally.count).await {
                Some(Ok(Held::Some)) => self.ends_held = true,
                Some(Ok(Held::All)) => self.rechecked = true,
                Some(Err(words)) => self.tally.doubt("ends", words),
                None => {}
            }
        }
    }

    /// A fingerprint of each page handed out, where they are kept, and what made them.
    pub fn prints(&self) -> (&[u64], &RandomState) {
        (&self.prints, &self.hasher)
    }

    /// The list was looked at again, with what speaks against the walk.
    pub(super) fn looked_again(&mut self, doubt: Option<&str>) {
        self.rechecked = true;
        if let Some(words) = doubt {
            self.tally.doubt("recheck", words);
        }
    }

    /// Whether the last page was handed out.
    pub fn is_over(&self) -> bool {
        self.tally.ended
    }

    /// Counts so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The pace, for its counters and its pauses.
    pub fn pace(&self) -> Arc<Pace> {
        Arc::clone(&self.fetcher.pace)
    }

    /// The style, and where it can be seen, once the first page is there.
    pub fn style(&self) -> Option<(Style, &str)> {
        self.style
            .as_ref()
            .map(|(style, why)| (*style, why.as_str()))
    }

    /// What was wrong with links, and repaired.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Things worth telling that are no errors.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Which limit of the user's ended the walk before its last page.
    pub fn stopped(&self) -> Option<&'static str> {
        self.stopped
    }

    /// Where the walk stands behind the page handed out last.
    pub fn position(&self) -> Position {
        let number = self.at.map_or(self.upcoming, |page| page + 1);
        let (tally, row) = match &self.before_parts {
            Some((tally, row)) => (tally, row.as_deref()),
            None => (&self.tally, self.seams.row(number)),
        };
        Position {
            next: self.onward.as_ref().map(Url::to_string),
            style: self
                .style
                .as_ref()
                .map_or_else(String::new, |(style, _)| style.to_string()),
            items: self
                .pointer
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            granted: self.granted,
            tally: tally.clone(),
            page: self.at.map(|page| page + 1),
            until: self.until,
            row: row.map(<[u8]>::to_vec),
        }
    }
}
