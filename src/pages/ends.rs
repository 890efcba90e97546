//! The two ends of a counted list and some pages between, looked at twice: for a few requests it is seen that rows came
//! and went although the count stayed.
//!
//! Rows come at one end of most lists: behind the last one by `id`, before the first one by `-created`. When another
//! goes at the same time, every row between the two moves by one place, and the walk loses or doubles the one that
//! crosses the border of a page. At the end where rows come, the page then holds other items than before. Where rows
//! come elsewhere, so do the pages that were walked before, from where the row went or came: some of them are looked at.

use std::hash::{BuildHasher, RandomState};

use futures_util::stream::{self, StreamExt};
use tokio::task::JoinHandle;

use super::error::WalkError;
use super::fetch::{Fetched, Fetcher};
use super::items::Items;
use super::pointer::Pointer;
use super::query::same_request;
use super::unique::{field, naming};
use crate::http::Url;

/// A list of so many pages is looked at again whole: the requests are few, and nothing is left open.
const WHOLE: u64 = 64;

/// How many pages between the ends of a longer one are looked at again.
const SOME: u64 = 16;

/// How many at once.
const AT_ONCE: usize = 4;

/// What the second look says for the walk.
pub(super) enum Held {
    /// What was looked at holds the same items.
    Some,
    /// That was every page.
    All,
}

/// What the ends of a list held when the walk began.
pub(super) struct Ends {
    name: String,
    hasher: RandomState,
    pointer: Pointer,
    pages: u64,
    /// The pages between that are looked at again.
    middles: Vec<u64>,
    /// What the first page and they held.
    passed: Vec<(Url, u64)>,
    /// Where the last page was looked for.
    last_url: Url,
    last: JoinHandle<Result<Fetched, WalkError>>,
    /// What the last page held when the walk came there; `None` where that is not known.
    reached: Option<u64>,
}

impl Drop for Ends {
    fn drop(&mut self) {
        self.last.abort();
    }
}

impl Ends {
    /// Looks at the last page of `pages`, at `last`, while the walk goes on behind the first, at `url` with `items`. `None` when the
    /// items cannot be told apart.
    pub(super) fn look(
        fetcher: &Fetcher,
        url: &Url,
        items: &Items,
        pointer: Pointer,
        (last, pages): (Url, u64),
        name: Option<&str>,
    ) -> Option<Self> {
        let name = naming(items.item(0)?, name)?.to_owned();
        let hasher = RandomState::new();
        let first = print(&hasher, &name, items);
        let fetch = fetcher.clone();
        let fetch = fetch.fetch(1, last.clone(), Some(pointer.clone()), None);
        Some(Self {
            name,
            hasher,
            pointer,
            pages,
            middles: middles(pages),
            passed: vec![(url.clone(), first)],
            last_url: last,
            last: tokio::spawn(fetch),
            reached: None,
        })
    }

    /// The walk came to page `number`, at `url`.
    pub(super) fn pass(&mut self, number: u64, url: &Url, items: &Items) {
        if self.middles.contains(&number) {
            let print = print(&self.hasher, &self.name, items);
            self.passed.push((url.clone(), print));
        }
    }

    /// The walk came to its last page, at `url`.
    pub(super) fn reach(&mut self, url: &Url, items: &Items) {
        // Another one than was expected is no page to compare with.
        self.reached =
            same_request(url, &self.last_url).then(|| print(&self.hasher, &self.name, items));
    }

    /// Looks again: what speaks against the walk, if anything; `None` when that cannot be said. `count` is the walk's.
    pub(super) async fn compare(
        &mut self,
        fetcher: &Fetcher,
        count: Option<u64>,
    ) -> Option<Result<Held, &'static str>> {
        let last = (&mut self.last).await.ok()?.ok()?;
        let mut changed = last.look.count != count;
        let differs = |reached| self.print(&last) != reached;
        if !changed && self.reached.is_some_and(differs) {
            return Some(Err(
                "the last page held other items when the walk began: rows came and went although the count stayed",
            ));
        }
        // The last one is known from its early look.
        let all = self.reached.is_some() && self.passed.len() as u64 + 1 == self.pages;
        let looks = self.passed.iter().map(|(url, _)| self.again(fetcher, url));
        let looks = stream::iter(looks).buffered(AT_ONCE);
        let mut looks = looks.zip(stream::iter(&self.passed));
        while let Some((look, (_, held))) = looks.next().await {
            let look = look?;
            if self.print(&look) == *held {
                continue;
            }
            if look.look.count == count {
                return Some(Err(
                    "a page holds other items when the walk is over: rows came and went although the count stayed",
                ));
            }
            changed = true;
            break;
        }
        match (changed, all) {
            (false, true) => Some(Ok(Held::All)),
            (false, false) => self.reached.map(|_| Ok(Held::Some)),
            (true, true) => Some(Err(
                "the list changed before it was looked at again: whether it changed during the walk cannot be told",
            )),
            // Most changes are behind the walk's back, and nothing to it.
            (true, false) => None,
        }
    }

    /// Looks at a page again; a look that is refused is not worth a wait.
    async fn again(&self, fetcher: &Fetcher, url: &Url) -> Option<Fetched> {
        let pointer = Some(self.pointer.clone());
        let mut fetcher = fetcher.clone();
        fetcher.policy.retries = 0;
        fetcher.fetch(1, url.clone(), pointer, None).await.ok()
    }

    fn print(&self, fetched: &Fetched) -> u64 {
        print(&self.hasher, &self.name, &fetched.page.items)
    }
}

/// Which pages between the ends of so many are looked at again, evenly spread.
fn middles(pages: u64) -> Vec<u64> {
    let between = pages.saturating_sub(2);
    let looks = if pages > WHOLE { SOME } else { between };
    (1..=looks)
        .map(|look| 1 + look * pages / (looks + 1))
        .collect()
}

/// A fingerprint of where a page begins and ends, whatever else in its items changes. Rows exchanged between the two were
/// seen or not with the page as a whole, and move no border.
fn print(hasher: &RandomState, name: &str, items: &Items) -> u64 {
    let name_of = |item| field(item, name).map(serde_json::value::RawValue::get);
    let borders = [items.item(0), items.last()].map(|item| item.and_then(name_of));
    hasher.hash_one((items.len(), borders))
}
