//! Where a walk goes from a page.

use super::cursor::{Cursor, OFFSET_CUTOFF};
use super::error::WalkError;
use super::fetch::Fetched;
use super::items::Items;
use super::next::{Look, Onward};
use super::origin::resolve;
use super::plan::{Plan, count_on, counts_items};
use super::query::{parameter, same_request, with_parameter};
use super::sizing::size_parameter;
use super::style::Style;
use super::unique::{field, naming};
use super::walk::{Batch, Walk};
use super::window::Concurrency;
use crate::http::Url;

impl Walk {
    /// Learns from the first page; false when it is fetched again with the page size asked for.
    pub(super) fn learn(&mut self, fetched: &Fetched) -> bool {
        let style = fetched.look.style;
        if !self.resized {
            self.resized = true;
            let size = self.options.page_size.unwrap_or_default();
            let name = size_parameter(&fetched.url, style);
            let url = with_parameter(&fetched.url, &name, &size.to_string());
            if !same_request(&url, &fetched.url) {
                self.flights.clear();
                self.upcoming -= 1;
                self.queued = Some(url);
                return false;
            }
        }
        self.style = Some((style, fetched.look.why.clone()));
        self.fetcher.known = Some(style);
        self.pointer = Some(fetched.page.pointer.clone());
        self.granted = fetched.before + fetched.page.items.len() as u64;
        if let Some(asked) = self.options.page_size
            && self.granted < asked
            && fetched.look.onward != Onward::End
        {
            self.notes.push(format!(
                "{asked} items a page were asked for, the server gives {}",
                self.granted
            ));
        }
        true
    }

    /// Whether a list that is counted on came back with the page before: then the server ignores
    /// the parameter, and the other usual one is tried.
    pub(super) fn repeats(&mut self, fetched: &Fetched) -> bool {
        let (made_up, moves_nothing) = match &fetched.look.onward {
            Onward::Unsaid => (true, true),
            // Rows may be alike by chance where a token moves on.
            Onward::Parameter(name, value) => {
                let counts = value.parse::<u64>().is_ok();
                let asked = || parameter(&fetched.url, name);
                (true, counts || asked().as_ref() == Some(value))
            }
            Onward::Link(_) | Onward::End => (false, false),
        };
        // What is left of a page that was handed out in parts is no page to compare with.
        let counted = made_up && fetched.before == 0 && !fetched.page.items.is_empty();
        let same = counted && moves_nothing && same_rows(&fetched.page.items, &self.previous);
        if counted && !same {
            self.previous = fetched.page.items.clone();
        }
        if !same {
            return false;
        }
        let page = self.tally.pages + 1;
        let before = page - 1;
        let is_guess = self.fetcher.hints.style.is_none();
        if is_guess
            && !self.switched
            && fetched.look.onward == Onward::Unsaid
            && self
                .style()
                .is_some_and(|(style, _)| style == Style::LimitOffset)
        {
            self.switched = true;
            self.seams.give_up();
            self.style = Some((
                Style::PageNumber,
                "a count without a link, and 'offset' changes nothing".to_owned(),
            ));
            self.flights.clear();
            self.plan = None;
            self.upcoming = page;
            let number = page.to_string();
            self.queued = Some(with_parameter(&fetched.url, "page", &number));
            return true;
        }
        let parameter = match &fetched.look.onward {
            Onward::Parameter(name, _) => name.clone(),
            _ if self.switched => "page".to_owned(),
            _ => "offset".to_owned(),
        };
        self.flights.clear();
        self.plan = None;
        self.pending = Some(WalkError::Ignored {
            page,
            before,
            parameter,
        });
        false
    }

    /// The page after this one. An error is kept until the page itself is handed out.
    pub(super) fn onward_from(
        &mut self,
        url: &Url,
        number: u64,
        look: &Look,
        received: u64,
    ) -> Option<Url> {
        let next = match &look.onward {
            Onward::Link(link) => match resolve(url, link) {
                Ok(followed) => {
                    if let Some(fault) = followed.fault
                        && !self.faults.contains(&fault)
                    {
                        self.faults.push(fault);
                    }
                    Some(followed.url)
                }
                Err(source) => {
                    self.pending = Some(WalkError::Link {
                        page: number,
                        source,
                    });
                    None
                }
            },
            // Nothing stands behind an offset that brought nothing.
            Onward::Parameter(name, _) if received == 0 && counts_items(name) => return None,
            Onward::Parameter(name, value) => Some(with_parameter(url, name, value)),
            Onward::End => None,
            Onward::Unsaid => {
                let style = self.style().map_or(Style::Single, |(style, _)| style);
                count_on(url, style, received, self.granted, look.count)
            }
        };
        if let (None, None, Some(place)) = (&next, &self.pending, &look.more) {
            self.tally.doubt(
                "more",
                &format!(
                    "'{place}' says that more follows, and nothing says where (--next, --style)"
                ),
            );
        }
        let next = next?;
        let shared = self.seams.share(url, &next, Some(received));
        self.seams.expect(number + 1, shared.is_some());
        Some(shared.unwrap_or(next))
    }

    /// Whether a page was refused because of where it was to begin.
    pub(super) fn takes_no_offset(&self, error: &WalkError) -> bool {
        let refused = matches!(
            error,
            WalkError::Status {
                status: 400..=499,
                ..
            }
        );
        refused && self.seams.is_untried()
    }

    /// Asks for a page without the row before it, and does so from here on.
    pub(super) fn ask_unshared(&mut self, number: u64, url: &Url) -> bool {
        let Some(url) = self.seams.unshared(url) else {
            return false;
        };
        self.seams.give_up();
        self.flights.clear();
        self.plan = None;
        self.upcoming = number;
        self.onward = Some(url.clone());
        self.queued = Some(url);
        true
    }

    /// Goes to the first page of the part that is walked; false when the page at hand lies outside of it.
    pub(super) fn enter_shard(
        &mut self,
        url: &Url,
        next: Option<&Url>,
        received: u64,
        count: Option<u64>,
    ) -> bool {
        let Some(shard) = self.options.shard else {
            return true;
        };
        self.tally.first_count = count;
        self.tally.count = count;
        let plan = next.and_then(|next| Plan::new(url, next, received, count));
        let Some(plan) = plan else {
            // A single page is the first part; what has no plan has no parts.
            let single = next.is_none();
            if single && !shard.is_first() {
                self.tally.ended = true;
                self.tally.skipped = count.unwrap_or(received);
            } else if !single {
                self.pending = Some(WalkError::NoShards);
            }
            self.flights.clear();
            return single && shard.is_first();
        };
        let (first, end) = shard.range(plan.pages());
        self.until = Some(end);
        self.tally.skipped = first * received;
        self.tally.until = (end < plan.pages()).then_some(end * received);
        if first == end {
            self.tally.ended = true;
            self.tally.until = Some(first * received);
            self.flights.clear();
            return false;
        }
        if first > 0 {
            self.flights.clear();
            self.upcoming = first + 1;
            self.at = Some(first);
            self.onward = Some(plan.url(first));
            self.queued = self.onward.clone();
        }
        if !matches!(
            self.options.concurrency,
            Concurrency::Early | Concurrency::Fixed(1)
        ) {
            self.planned = true;
            self.plan = Some((plan, 1));
        }
        first == 0
    }

    /// Decides what is fetched after page `number`, which leads to `next`.
    pub(super) fn course(
        &mut self,
        number: u64,
        url: &Url,
        next: Option<Url>,
        count: Option<u64>,
        received: u64,
        cut: bool,
    ) {
        self.onward = if cut { Some(url.clone()) } else { next.clone() };
        let Some(next) = next else {
            self.flights.clear();
            self.plan = None;
            self.queued = None;
            self.tally.ended = self.pending.is_none() && !cut;
            if cut {
                self.stopped = Some("max-items");
            }
            return;
        };
        if let Some(earlier) = self.visited.enter(&next, number + 1) {
            self.flights.clear();
            self.queued = None;
            self.plan = None;
            // That the server ignores a parameter says why.
            self.pending.get_or_insert_with(|| WalkError::Cycle {
                page: number,
                earlier,
                why: cause_of_cycle(&next),
            });
            return;
        }
        if self.until == Some(number) {
            self.flights.clear();
            self.plan = None;
            self.queued = None;
            self.tally.ended = true;
            return;
        }
        self.stopped = if cut {
            Some("max-items")
        } else {
            self.limit_met(number)
        };
        if self.stopped.is_some() {
            self.flights.clear();
            self.plan = None;
            self.queued = None;
            return;
        }
        self.follow(number, &next);
        let ahead = !matches!(
            self.options.concurrency,
            Concurrency::Early | Concurrency::Fixed(1)
        );
        let again = self.switched && number == 2;
        if ahead && !self.planned || again {
            self.planned = true;
            self.plan = Plan::new(url, &next, received, count).map(|plan| (plan, number));
        }
    }

    /// Keeps what was fetched ahead when it is what the page leads to; else goes on from there alone.
    fn follow(&mut self, number: u64, next: &Url) {
        if let Some((plan, base)) = &self.plan
            && !plan.agrees(number - base, Some(next))
        {
            self.plan = None;
            self.notes.push(format!(
                "page {number} leads elsewhere than expected: from here on one page after the other"
            ));
        }
        let expected = match self.flights.front() {
            Some(front) => same_request(front, next),
            None => self
                .queued
                .as_ref()
                .is_some_and(|queued| same_request(queued, next)),
        };
        if !expected {
            self.flights.clear();
            self.upcoming = number + 1;
            self.queued = Some(next.clone());
        }
    }

    /// A page could not be had. Behind a list that was counted on, that is its end.
    pub(super) fn give_up(
        &mut self,
        number: u64,
        url: &Url,
        error: WalkError,
    ) -> Result<Option<Batch>, WalkError> {
        let style = self.style().map(|(style, _)| style);
        match error {
            WalkError::Status {
                page,
                status: 404,
                detail,
            } if number > 1 && self.tally.pages > 0 => {
                let forced = self.fetcher.hints.style.is_some() && self.tally.count.is_none();
                if forced && style == Some(Style::PageNumber) && !self.previous.is_empty() {
                    self.onward = None;
                    self.tally.ended = true;
                    return Ok(None);
                }
                if style == Some(Style::Cursor) || Cursor::of(url).is_some() {
                    return Err(WalkError::Status {
                        page,
                        status: 404,
                        detail,
                    });
                }
                Err(WalkError::Shrunk {
                    page,
                    before: page - 1,
                    detail,
                })
            }
            error => Err(error),
        }
    }
}

/// Whether two pages hold the same rows: as they were written, or by the member that tells rows apart, for others may show
/// another time or address whenever they are asked for.
fn same_rows(one: &Items, other: &Items) -> bool {
    let named_alike = || {
        let name = naming(one.item(0)?, None)?;
        let value = |item: &[u8]| field(item, name).map(|value| value.get().to_owned());
        let alike = one
            .iter()
            .zip(other.iter())
            .all(|(a, b)| value(a).is_some() && value(a) == value(b));
        Some(alike)
    };
    one == other || (one.len() == other.len() && named_alike() == Some(true))
}

/// What makes DRF's cursors run in a circle.
fn cause_of_cycle(next: &Url) -> String {
    match Cursor::of(next) {
        Some(cursor) if cursor.offset >= OFFSET_CUTOFF => {
            let value = cursor.position.unwrap_or_default();
            format!(
                "; more than {OFFSET_CUTOFF} rows share the ordering value '{value}', which CursorPagination cannot pass (offset_cutoff): rows behind it are missing. Order by a unique field"
            )
        }
        _ => String::new(),
    }
}
