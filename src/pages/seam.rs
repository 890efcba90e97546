//! Pages that share a row: where an offset counts, each page is asked for from the last row of the one before it.
//!
//! Found again at the beginning of the next page, that row says that no row behind it was passed over, whatever came and
//! went before it: the walk is then as good as one by cursor. It costs a row in each page, and no request of its own.
//! Pure.

use url::Url;

use super::items::Items;
use super::plan::{Shape, counts_items, shape};
use super::query::{parameter, with_parameter};
use super::unique::{field, naming};

/// Rows of a page below which one of them is too dear.
const LEAST: u64 = 10;

/// How a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// With the row, or with so many that stand before it by now.
    Fits(usize),
    /// It holds nothing behind the row: the server made another offset of the one that was asked.
    Stuck,
    /// Without the row.
    Torn,
}

/// Joins the pages of a walk.
#[derive(Debug, Default)]
pub(super) struct Seams {
    on: bool,
    /// The last row that came.
    last: Vec<u8>,
    /// The page that is to begin with that row, until it came.
    due: Option<u64>,
    /// The parameter by which pages are moved back.
    name: Option<String>,
    /// Pages that began with it.
    joined: u64,
    /// Whether some page was not asked for in this way, or began with something else.
    broken: bool,
}

impl Seams {
    pub(super) fn new(on: bool) -> Self {
        Self {
            on,
            ..Self::default()
        }
    }

    /// Seams of a walk that goes on with page `number`, which was asked for from `row`.
    pub(super) fn resumed(on: bool, number: u64, row: Option<Vec<u8>>) -> Self {
        Self {
            on: on && (row.is_some() || number == 1),
            broken: row.is_none() && number > 1,
            due: row.as_ref().map(|_| number),
            last: row.unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The URL of the next page, moved back by a row where it can be. `next` is as the page at `url` names it; `received` rows came with
    /// that page, if it is whole.
    pub(super) fn share(&mut self, url: &Url, next: &Url, received: Option<u64>) -> Option<Url> {
        if !self.on {
            return None;
        }
        match shape(url, next, received) {
            Shape::Offset {
                parameter: name,
                by,
            } if by >= LEAST && received.is_none_or(|received| received == by) => {
                let shared = moved(next, &name, -1);
                self.name = Some(name);
                shared
            }
            _ => None,
        }
    }

    /// Page `number` is to begin with the last row that came.
    pub(super) fn expect(&mut self, number: u64, shared: bool) {
        self.due = shared.then_some(number);
        self.broken |= !shared;
    }

    /// Takes note of items as they came with page `number`: how the page begins, where these are its first and it was to
    /// begin with the row before.
    pub(super) fn begin(&mut self, number: u64, items: &Items) -> Option<Joint> {
        if !self.on || items.is_empty() {
            return None;
        }
        // Rows that nothing tells apart prove nothing.
        self.broken |=
            self.due == Some(number) && self.joined == 0 && naming(&self.last, None).is_none();
        let joint = (self.due.take_if(|due| *due == number)).map(|_| self.joint(items));
        match joint {
            Some(Joint::Fits(_)) => self.joined += 1,
            Some(_) => self.broken = true,
            None => {}
        }
        if joint != Some(Joint::Stuck) {
            self.last.clear();
            self.last
                .extend_from_slice(items.last().unwrap_or_default());
        }
        joint
    }

    fn joint(&self, items: &Items) -> Joint {
        let same = |item: &[u8]| item == self.last;
        let found = items.iter().position(same).or_else(|| {
            // A row may be edited while it stays where it is.
            let name = naming(&self.last, None)?;
            let value = field(&self.last, name)?.get();
            items
                .iter()
                .position(|item| field(item, name).is_some_and(|other| other.get() == value))
        });
        match found {
            Some(at) if at + 1 == items.len() && at > 0 => Joint::Stuck,
            Some(at) => Joint::Fits(at),
            None => Joint::Torn,
        }
    }

    /// The row that page `number` is to begin with.
    pub(super) fn row(&self, number: u64) -> Option<&[u8]> {
        (self.due == Some(number)).then_some(&*self.last)
    }

    /// Whether pages share rows.
    pub(super) fn is_on(&self) -> bool {
        self.on
    }

    /// Whether no page has begun with the row yet that it was to begin with.
    pub(super) fn is_untried(&self) -> bool {
        self.on && self.joined == 0 && self.due.is_some()
    }

    /// Pages are no longer asked for in this way.
    pub(super) fn give_up(&mut self) {
        *self = Self {
            broken: true,
            ..Self::default()
        };
    }

    /// The URL as its page would have been asked for without a row before it.
    pub(super) fn unshared(&self, url: &Url) -> Option<Url> {
        let names = url.query_pairs().map(|(name, _)| name.into_owned());
        let name = self.name.clone();
        moved(
            url,
            &name.or_else(|| names.into_iter().find(|name| counts_items(name)))?,
            1,
        )
    }

    /// Whether every page began with the last row of the one before it.
    pub(super) fn held(&self) -> bool {
        self.on && !self.broken && self.joined > 0 && self.due.is_none()
    }
}

/// The URL with a number in it moved.
fn moved(url: &Url, name: &str, by: i64) -> Option<Url> {
    let at: u64 = parameter(url, name)?.parse().ok()?;
    let at = at.checked_add_signed(by)?;
    Some(with_parameter(url, name, &at.to_string()))
}
