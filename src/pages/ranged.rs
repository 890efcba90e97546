//! A cursor walk in strides: the key range is cut, several strides are fetched at once, their rows handed out in order.

use std::collections::VecDeque;

use super::cursor::Cursor;
use super::error::WalkError;
use super::fetch::Fetched;
use super::items::Items;
use super::keys::{Keys, NoCut, Order};
use super::next::Onward;
use super::origin::resolve;
use super::query::with_parameter;
use super::strides::{Stride, Strides};
use super::style::Style;
use super::walk::{Batch, Walk};
use crate::http::Url;

/// How far the cutting of a walk is.
#[derive(Debug, Default)]
pub(super) enum Ranges {
    /// Not asked for, refused, or over.
    #[default]
    Off,
    /// Asked for: the first two pages are fetched one after the other, to compare with.
    Wanted(Option<Items>),
    /// Two pages are there: what the cut must agree with.
    Due(Box<Sample>),
    /// Under way.
    Cut(Box<Cutting>),
}

/// Two pages of the sequential walk.
#[derive(Debug)]
pub(super) struct Sample {
    first: Items,
    second: Items,
    /// The page after them.
    next: Url,
}

/// Strides on their way, in the order of their flights.
#[derive(Debug)]
pub(super) struct Cutting {
    strides: Strides,
    flying: VecDeque<Stride>,
    /// The key of the row handed out last.
    last: u128,
}

impl Walk {
    /// Whether a page may be fetched ahead of the cutting.
    pub(super) fn awaits_cut(&self) -> bool {
        matches!(self.ranges, Ranges::Wanted(_) | Ranges::Due(_))
    }

    /// Takes note of a page that the sequential walk handed out and that leads to `next`.
    pub(super) fn sample(&mut self, items: &Items, next: &Url) {
        if let Ranges::Wanted(first) = &mut self.ranges {
            self.ranges = match first.take() {
                None if Cursor::of(next).is_none() => {
                    self.refuse(&NoCut::Opaque);
                    return;
                }
                None => Ranges::Wanted(Some(items.clone())),
                Some(first) => Ranges::Due(Box::new(Sample {
                    first,
                    second: items.clone(),
                    next: next.clone(),
                })),
            };
        }
    }

    /// Cuts the range when two pages are there to compare with; or says why that cannot be.
    pub(super) async fn prepare_cut(&mut self) -> Result<(), WalkError> {
        let Ranges::Due(sample) = &self.ranges else {
            return Ok(());
        };
        match self.try_cut(sample).await? {
            Ok(Some(cutting)) => {
                self.queued = None;
                self.onward = Some(cutting.strides.url(cutting.last));
                self.ranges = Ranges::Cut(Box::new(cutting));
            }
            Ok(None) => self.ranges = Ranges::Off,
            Err(why) => self.refuse(&why),
        }
        Ok(())
    }

    fn refuse(&mut self, why: &NoCut) {
        self.ranges = Ranges::Off;
        let words = format!("--split: {why}; walking on without it");
        self.notes.push(words);
    }

    async fn try_cut(&self, sample: &Sample) -> Result<Result<Option<Cutting>, NoCut>, WalkError> {
        if self.style().map(|(style, _)| style) != Some(Style::Cursor) {
            return Ok(Err(NoCut::Opaque));
        }
        let Some(cursor) = Cursor::of(&sample.next) else {
            return Ok(Err(NoCut::Opaque));
        };
        let keys = match Keys::find(&sample.second, &cursor) {
            Ok(keys) => keys,
            Err(why) => return Ok(Err(why)),
        };
        let key = |item: Option<&[u8]>| item.and_then(|item| keys.of(item));
        let half = sample.first.len() / 2;
        let (Some(middle), Some(before), Some(last)) = (
            key(sample.first.item(half)),
            key(sample.first.last()),
            key(sample.second.last()),
        ) else {
            return Ok(Err(NoCut::Disagrees));
        };
        if let Some(why) = unordered(&keys, sample) {
            return Ok(Err(why));
        }
        let page = sample.second.len() as u64;
        let step = last.saturating_sub(before);
        let strides = |high| {
            let template = sample.next.clone();
            Strides::new(keys.clone(), template, last, high, step, page)
        };
        // The cut must agree with the walk: behind an item in the middle of a page comes the one after it.
        let Some(made) = self.fetch_aside(strides(last).url(middle)).await? else {
            return Ok(Err(NoCut::Disagrees));
        };
        let expected: Items = sample
            .first
            .iter()
            .skip(half + 1)
            .chain(sample.second.iter())
            .take(made.page.items.len().max(1))
            .collect();
        if made.page.items != expected || made.page.items.len() < 2 {
            return Ok(Err(NoCut::Disagrees));
        }
        // A cursor that says nothing but "backwards" leads to the last page.
        let reverse = Cursor {
            reverse: true,
            ..Cursor::default()
        };
        let end = with_parameter(&sample.next, "cursor", &reverse.encode());
        let Some(end) = self.fetch_aside(end).await? else {
            return Ok(Err(NoCut::Disagrees));
        };
        let Some(high) = key(end.page.items.last()) else {
            return Ok(Err(NoCut::Disagrees));
        };
        if end.look.onward != Onward::End || keys.check(&end.page.items, None) != Order::Rising {
            return Ok(Err(NoCut::Disagrees));
        }
        Ok(Ok((high > last).then(|| Cutting {
            strides: strides(high),
            flying: VecDeque::new(),
            last,
        })))
    }

    /// A page that is not handed out; `None` when the server refuses the cursor.
    async fn fetch_aside(&self, url: Url) -> Result<Option<Fetched>, WalkError> {
        let number = self.tally.pages + 1;
        let pointer = self.pointer.clone();
        let answer = self.fetcher.clone().fetch(number, url, pointer, None).await;
        match answer {
            Ok(page) => Ok(Some(page)),
            Err(
                WalkError::Status {
                    status: 400..=499, ..
                }
                | WalkError::Body { .. },
            ) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The URL of the next stride; the range is cut as the window moves on.
    pub(super) fn next_stride(&mut self) -> Option<Url> {
        let Ranges::Cut(cutting) = &mut self.ranges else {
            return None;
        };
        let stride = cutting.strides.cut()?;
        cutting.flying.push_back(stride);
        Some(cutting.strides.url(stride.from))
    }

    /// Takes in the page of the foremost stride.
    pub(super) fn settle_stride(&mut self, mut fetched: Fetched) -> Option<Batch> {
        let number = self.tally.pages + 1;
        let Ranges::Cut(cutting) = &mut self.ranges else {
            return None;
        };
        let stride = cutting.flying.pop_front()?;
        let mut items = std::mem::take(&mut fetched.page.items);
        let order = cutting.strides.keys().check(&items, Some(cutting.last));
        let key = |item: &[u8]| cutting.strides.keys().of(item);
        let kept = match stride.to {
            Some(to) => items
                .iter()
                .take_while(|item| key(item).is_some_and(|key| key <= to))
                .count(),
            None => items.len(),
        };
        let behind = items.item(kept).and_then(key);
        items.truncate(kept);
        let reached = items.last().and_then(key);
        cutting.last = reached.unwrap_or(cutting.last);
        let next = match &fetched.look.onward {
            Onward::Link(link) => resolve(&fetched.url, link).ok().map(|link| link.url),
            _ => None,
        };
        // Where rows on both sides of a page's end have one key, the server counts on from an earlier one.
        let counts_on = |next: &Url| Cursor::of(next).is_some_and(|cursor| cursor.offset > 0);
        let tied = behind.is_none() && next.as_ref().is_some_and(counts_on);
        let order = match reached {
            Some(key) if tied => Order::Tie(cutting.strides.keys().position(key)),
            _ => order,
        };
        // Rows of the stride are left when the page ended before its end did.
        let short = !tied && behind.is_none() && next.is_some() && reached != stride.to;
        if let Some(behind) = behind {
            cutting.strides.held(kept as u64, behind);
        }
        let mut onward = stride.to.map(|to| cutting.strides.url(to));
        if tied || short {
            onward.clone_from(&next);
        }
        if short {
            let from = reached.unwrap_or(stride.from);
            cutting.strides.fell_short(stride, from);
            let parts = cutting.strides.recut(from, stride, self.window.size());
            for (place, part) in parts.into_iter().enumerate() {
                let url = cutting.strides.url(part.from);
                let pointer = self.pointer.clone();
                self.flights
                    .insert(place, &self.fetcher, number, &url, pointer);
                cutting.flying.insert(place, part);
            }
        }
        self.tell_order(number, order, onward.as_ref(), short && reached.is_none());
        Some(self.hand_out_stride(number, fetched, items, onward))
    }

    /// What is no longer in order is no longer cut.
    fn tell_order(&mut self, number: u64, order: Order, onward: Option<&Url>, stuck: bool) {
        match order {
            Order::Rising if !stuck => return,
            Order::Rising => {
                self.tally.doubt(
                    "order",
                    &format!("page {number} is empty, and is not the last"),
                );
            }
            Order::Tie(value) => self.refuse(&NoCut::tie(&value)),
            Order::Broken => self.tally.doubt(
                "order",
                &format!("page {number} is not in the order that its cursors name"),
            ),
        }
        self.flights.clear();
        self.ranges = Ranges::Off;
        self.queued = onward.cloned();
        self.upcoming = number + 1;
    }

    fn hand_out_stride(
        &mut self,
        number: u64,
        fetched: Fetched,
        mut items: Items,
        onward: Option<Url>,
    ) -> Batch {
        let border = self.options.max_items.and_then(|_| self.border(number));
        let cut = self.take_in(number, &mut items);
        if cut {
            self.before_parts = border;
            self.onward = Some(fetched.url.clone());
        } else {
            self.at = Some(number);
            self.onward = onward;
        }
        self.tally.page(number, fetched.look.count, fetched.bytes);
        self.stopped = match self.limit_met(self.tally.pages) {
            Some("max-pages") if self.onward.is_none() => None,
            met => met,
        };
        if self.stopped.is_some() || self.onward.is_none() {
            self.tally.ended = self.onward.is_none();
            self.flights.clear();
            self.ranges = Ranges::Off;
            self.queued = None;
        }
        Batch {
            page: number,
            whole: !cut,
            url: fetched.url,
            items,
            timing: fetched.timing,
            headers: fetched.headers,
            envelope: fetched.page.envelope,
        }
    }
}

/// Whether the two pages are out of order.
fn unordered(keys: &Keys, sample: &Sample) -> Option<NoCut> {
    let before = sample.first.last().and_then(|item| keys.of(item));
    for order in [
        keys.check(&sample.first, None),
        keys.check(&sample.second, before),
    ] {
        match order {
            Order::Rising => {}
            Order::Tie(value) => return Some(NoCut::tie(&value)),
            Order::Broken => return Some(NoCut::Disagrees),
        }
    }
    None
}
