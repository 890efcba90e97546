//! Which pages are sent for ahead of the one that is read, and when.

use super::next::{Look, Onward};
use super::origin::resolve;
use super::query::with_parameter;
use super::ranged::Ranges;
use super::walk::Walk;
use super::window::Concurrency;
use crate::http::Url;

impl Walk {
    /// Sends for as many pages as the window allows.
    pub(super) fn fill(&mut self) {
        let size = if self.awaits_cut() {
            1
        } else {
            self.window.size()
        };
        // A page that waits for the one before it holds no request back; a few may wait.
        let held = size + size / 4;
        while self.flights.pending() < size && self.flights.len() < held {
            let Some(url) = self.take_upcoming() else {
                break;
            };
            let early = match self.options.concurrency {
                Concurrency::Fixed(1) => false,
                // The size of the pages is settled first, and so is a list without links.
                _ => self.plan.is_none() && self.resized && matches!(self.ranges, Ranges::Off),
            };
            let pointer = self.pointer.clone();
            // What compares whole pages wants whole pages; and the size of the pages is settled first.
            self.flights.parts = self.options.parts
                && self.resized
                && self.options.shard.is_none()
                && !self.options.keep_prints
                && matches!(self.ranges, Ranges::Off);
            self.flights
                .launch(&self.fetcher, self.upcoming, &url, pointer, early);
            self.upcoming += 1;
        }
    }

    fn take_upcoming(&mut self) -> Option<Url> {
        let last = [self.options.max_pages, self.until];
        if last.into_iter().flatten().any(|last| self.upcoming > last) {
            return None;
        }
        if let Some(max) = self.options.max_items
            && self.granted > 0
        {
            // Pages that the limit makes needless are not fetched ahead.
            let ahead = self.flights.len() as u64 * self.granted;
            if self.tally.items + ahead >= max {
                return None;
            }
        }
        if let Some(url) = self.queued.take() {
            return Some(url);
        }
        if let Some(url) = self.next_stride() {
            return Some(url);
        }
        let (plan, base) = self.plan.as_ref()?;
        let number = self.upcoming - base;
        (number < plan.pages()).then(|| plan.url(number))
    }

    /// The head of the hindmost page is there: its next page may be sent for.
    pub(super) fn chain(&mut self, url: &Url, look: &Look) {
        if self.plan.is_some() || self.queued.is_some() {
            return;
        }
        let next = match &look.onward {
            Onward::Link(link) => resolve(url, link).ok().map(|followed| followed.url),
            Onward::Parameter(name, value) => Some(with_parameter(url, name, value)),
            Onward::End | Onward::Unsaid => None,
        };
        let next = next.map(|next| self.seams.share(url, &next, None).unwrap_or(next));
        // A page that leads to itself or back is judged when it is whole.
        self.queued = next.filter(|next| !self.visited.knows(next));
    }

    pub(super) fn pace_window(&mut self) {
        let throttled = self.fetcher.pace.throttled();
        if throttled > self.throttled {
            self.throttled = throttled;
            self.window.throttled();
        }
        self.window.arrived(self.started.elapsed().as_secs_f64());
    }
}
