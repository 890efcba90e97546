//! What becomes of a page that came in: counted, cut to what is wanted, handed out.

use std::hash::BuildHasher;

use super::ends::Ends;
use super::fetch::{Fetched, Timing};
use super::items::Items;
use super::plan::{Plan, items_before};
use super::ranged::Ranges;
use super::seam::Joint;
use super::tally::Tally;
use super::walk::{Batch, Walk};
use crate::http::{HeaderMap, Url};

impl Walk {
    /// Takes in a page: counts it, finds out where to go from it. None when it is to be fetched anew.
    pub(super) fn settle(&mut self, number: u64, fetched: Box<Fetched>) -> Option<Batch> {
        if matches!(self.ranges, Ranges::Cut(_)) {
            return self.settle_stride(*fetched);
        }
        let first = self.style.is_none();
        if first && !self.learn(&fetched) {
            return None;
        }
        if self.repeats(&fetched) {
            return None;
        }
        let Fetched {
            url,
            page,
            look,
            before,
            bytes,
            timing,
            headers,
        } = *fetched;
        let mut items = page.items;
        let received = before + items.len() as u64;
        let border = self.options.max_items.and_then(|_| self.border(number));
        if self.join(number, &url, &mut items) {
            return None;
        }
        let next = self.onward_from(&url, number, &look, received);
        // Some APIs call the number of items in the page its count.
        let count = look
            .count
            .filter(|&count| !(count == received && next.is_some()));
        if first && !self.enter_shard(&url, next.as_ref(), received, count) {
            return None;
        }
        if first && self.options.shard.is_none() {
            self.tally.skipped = items_before(&url, next.as_ref(), received);
        }
        if first && self.options.look_at_ends && !self.seams.is_untried() {
            self.look_at_ends(&url, next.as_ref(), &items, received, count);
        }
        if let Some(ends) = &mut self.ends {
            match next {
                None if before == 0 => ends.reach(&url, &items),
                Some(_) if before == 0 => ends.pass(number, &url, &items),
                // What is left of a page that was handed out in parts is no page to compare with.
                None | Some(_) => {}
            }
        }
        let sample = self.awaits_cut().then(|| items.clone());
        let cut = self.take_in(number, &mut items);
        if cut {
            // As of a page handed out in parts: who goes on from here wants the rest of it.
            self.before_parts = self.before_parts.take().or(border);
        } else {
            self.at = Some(number);
            self.before_parts = None;
        }
        self.tally.page(number, count, bytes);
        self.course(number, &url, next, count, received, cut);
        if let (Some(sample), Some(next), None) = (sample, self.onward.clone(), self.stopped) {
            self.sample(&sample, &next);
        }
        Some(Batch {
            page: number,
            whole: !cut,
            url,
            items,
            timing,
            headers,
            envelope: page.envelope,
        })
    }

    /// What was seen before page `number`, where none of it was handed out yet.
    pub(super) fn border(&self, number: u64) -> Option<(Tally, Option<Vec<u8>>)> {
        let fresh = self.before_parts.is_none();
        fresh.then(|| {
            (
                self.tally.clone(),
                self.seams.row(number).map(<[u8]>::to_vec),
            )
        })
    }

    /// Looks at the last page of a list whose pages are counted, and remembers the first.
    fn look_at_ends(
        &mut self,
        url: &Url,
        next: Option<&Url>,
        items: &Items,
        received: u64,
        count: Option<u64>,
    ) {
        let plan = next.and_then(|next| Plan::new(url, next, received, count));
        // Items that were handed out already cannot be compared.
        if let (Some(plan), Some(pointer)) = (plan, self.pointer.clone())
            && received == items.len() as u64
        {
            let last = (plan.url(plan.pages() - 1), plan.pages());
            let name = self.options.unique_by.as_deref();
            self.ends = Ends::look(&self.fetcher, url, items, pointer, last, name);
        }
    }

    /// Hands out items of a page that is not whole yet.
    pub(super) fn hand_out_part(&mut self, number: u64, url: Url, mut items: Items) -> Batch {
        self.before_parts = self.border(number).or(self.before_parts.take());
        if self.join(number, &url, &mut items) {
            items.skip(items.len());
        }
        if self.take_in(number, &mut items) {
            self.stopped = Some("max-items");
            self.flights.clear();
            self.plan = None;
            self.queued = None;
        }
        Batch {
            page: number,
            whole: false,
            url,
            items,
            timing: Timing::default(),
            headers: HeaderMap::new(),
            envelope: serde_json::Value::Null,
        }
    }

    /// Takes the row away that a page shares with the one before it; true when the page is asked for without it.
    fn join(&mut self, number: u64, url: &Url, items: &mut Items) -> bool {
        match self.seams.begin(number, items) {
            Some(Joint::Fits(at)) => items.skip(at + 1),
            Some(Joint::Stuck) => return self.ask_unshared(number, url),
            Some(Joint::Torn) => self.tally.doubt(
                "seam",
                &format!("page {number} does not begin with the last item of the page before it: rows came or went"),
            ),
            None => {}
        }
        false
    }

    /// Counts items of a page, without those that are not wanted; true when some lay behind a limit.
    pub(super) fn take_in(&mut self, number: u64, items: &mut Items) -> bool {
        if self.options.keep_prints {
            self.prints.push(self.hasher.hash_one(items.lines()));
        }
        if let Some(unique) = &mut self.unique {
            let before = items.len();
            items.retain(|item| unique.is_new(item));
            self.tally.duplicates += (before - items.len()) as u64;
        }
        let cut = self.cut(items);
        self.tally.items(number, items);
        cut
    }

    /// Cuts the items to what the user wants; true when some were cut off.
    fn cut(&self, items: &mut Items) -> bool {
        let Some(max) = self.options.max_items else {
            return false;
        };
        let room = usize::try_from(max.saturating_sub(self.tally.items)).unwrap_or(usize::MAX);
        let cut = items.len() > room;
        items.truncate(room);
        cut
    }
}
