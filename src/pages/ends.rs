//! The two ends of a counted list, looked at twice: for two requests it is seen that rows came and went although the
//! count stayed.
//!
//! Rows come at one end of most lists: behind the last one by `id`, before the first one by `-created`. When another
//! goes at the same time, every row between the two moves by one place, and the walk loses or doubles the one that
//! crosses the border of a page. At the end where rows come, the page then holds other items than before.

use std::hash::{BuildHasher, RandomState};

use tokio::task::JoinHandle;

use super::error::WalkError;
use super::fetch::{Fetched, Fetcher};
use super::items::Items;
use super::pointer::Pointer;
use super::unique::field;
use crate::http::Url;

/// Members that tell one item from another, likeliest first.
const NAMES: [&str; 5] = ["id", "pk", "uuid", "url", "slug"];

/// What the ends of a list held when the walk began.
pub(super) struct Ends {
    name: String,
    hasher: RandomState,
    url: Url,
    pointer: Pointer,
    first: u64,
    last: JoinHandle<Result<Fetched, WalkError>>,
    /// What the last page held when the walk came there.
    reached: Option<u64>,
}

impl Drop for Ends {
    fn drop(&mut self) {
        self.last.abort();
    }
}

impl Ends {
    /// Looks at the last page, at `last`, while the walk goes on behind the first, at `url` with `items`. `None` when the
    /// items cannot be told apart.
    pub(super) fn look(
        fetcher: &Fetcher,
        url: &Url,
        items: &Items,
        pointer: Pointer,
        last: Url,
        name: Option<&str>,
    ) -> Option<Self> {
        let one = items.item(0)?;
        let name = name
            .into_iter()
            .chain(NAMES)
            .find(|name| field(one, name).is_some())?
            .to_owned();
        let hasher = RandomState::new();
        let first = print(&hasher, &name, items);
        let fetch = fetcher.clone().fetch(1, last, Some(pointer.clone()), None);
        Some(Self {
            name,
            hasher,
            url: url.clone(),
            pointer,
            first,
            last: tokio::spawn(fetch),
            reached: None,
        })
    }

    /// The walk came to its last page.
    pub(super) fn reach(&mut self, items: &Items) {
        self.reached = Some(print(&self.hasher, &self.name, items));
    }

    /// Looks again: what speaks against the walk, if anything; `None` when that cannot be said. `count` is the walk's.
    pub(super) async fn compare(
        &mut self,
        fetcher: &Fetcher,
        count: Option<u64>,
    ) -> Option<Result<(), &'static str>> {
        let last = (&mut self.last).await.ok()?.ok()?;
        if last.look.count == count && Some(self.print(&last)) != self.reached {
            return Some(Err(
                "the last page held other items when the walk began: rows came and went although the count stayed",
            ));
        }
        let again = fetcher.clone();
        let first = again
            .fetch(1, self.url.clone(), Some(self.pointer.clone()), None)
            .await
            .ok()?;
        // Another count says that the list changed behind the walk's back, which is nothing to the walk.
        if first.look.count != count || last.look.count != count {
            return None;
        }
        if self.print(&first) != self.first {
            return Some(Err(
                "the first page holds other items when the walk is over: rows came and went although the count stayed",
            ));
        }
        Some(Ok(()))
    }

    fn print(&self, fetched: &Fetched) -> u64 {
        print(&self.hasher, &self.name, &fetched.page.items)
    }
}

/// A fingerprint of which items a page holds, whatever else in them changes.
fn print(hasher: &RandomState, name: &str, items: &Items) -> u64 {
    let names: Vec<Option<&str>> = items
        .iter()
        .map(|item| field(item, name).map(serde_json::value::RawValue::get))
        .collect();
    hasher.hash_one(names)
}
