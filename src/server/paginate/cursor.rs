//! `CursorPagination`, with its limit of 1,000 on offsets and the loop that follows from it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::server::auth::python_b64decode;
use crate::server::call::Call;
use crate::server::fields::python_int;
use crate::server::query::{self, Query};
use crate::server::reply::{Refusal, Stop};

use super::order::Order;
use super::rows::{Envelope, Limits, Rows, link, positive_int, rendered};

/// `offset_cutoff`.
pub(in crate::server) const OFFSET_CUTOFF: u64 = 1000;

/// Where a page starts.
#[derive(Debug, Clone, Default)]
struct Cursor {
    offset: u64,
    reverse: bool,
    position: Option<String>,
}

/// A page and what surrounds it.
struct Page<'a> {
    order: Order,
    size: u64,
    cursor: Option<Cursor>,
    ids: Vec<u64>,
    has_next: bool,
    has_previous: bool,
    next_position: Option<String>,
    previous_position: Option<String>,
    call: &'a Call,
}

/// The page that the cursor in the query names. `rows` are the products by id.
pub(in crate::server) fn cursor(
    rows: &dyn Rows,
    order: Order,
    limits: &Limits,
    call: &Call,
) -> Result<Envelope, Stop> {
    let page = Page::cut(rows.count(), order, limits, call)?;
    Ok(Envelope {
        count: None,
        next: page.next_link(),
        previous: page.previous_link(),
        results: rendered(rows, page.ids.iter().map(|id| id - 1)),
    })
}

impl<'a> Page<'a> {
    fn cut(total: u64, order: Order, limits: &Limits, call: &'a Call) -> Result<Self, Stop> {
        let size = limits.of(&call.query);
        let cursor = call.query.last("cursor").map(decode).transpose()?;
        let Cursor {
            offset,
            reverse,
            position,
        } = cursor.clone().unwrap_or_default();
        let walked = Order {
            descending: order.descending != reverse,
            ..order
        };
        let mut ids = walked.slice(total, position.as_deref(), offset, size + 1)?;
        let following = (ids.len() as u64 > size)
            .then(|| ids.pop())
            .flatten()
            .map(|id| order.position(id));
        let came_from = position.is_some() || offset > 0;
        let mut page = Self {
            order,
            size,
            cursor,
            ids,
            has_next: following.is_some(),
            has_previous: came_from,
            next_position: following.clone(),
            previous_position: position.clone(),
            call,
        };
        if reverse {
            page.ids.reverse();
            page.has_next = came_from;
            page.has_previous = following.is_some();
            page.next_position = position;
            page.previous_position = following;
        }
        Ok(page)
    }

    fn offset(&self) -> u64 {
        self.cursor.as_ref().map_or(0, |cursor| cursor.offset)
    }

    fn reversed(&self) -> bool {
        self.cursor.as_ref().is_some_and(|cursor| cursor.reverse)
    }

    fn next_link(&self) -> Option<String> {
        if !self.has_next {
            return None;
        }
        let compare = match self.ids.last() {
            Some(last) if self.reversed() && self.offset() != 0 => Some(self.order.position(*last)),
            _ => self.next_position.clone(),
        };
        let found = self.marker(self.ids.iter().rev(), compare);
        let (offset, position) = match found {
            Some((offset, position)) => (offset, Some(position)),
            None if self.ids.is_empty() => (0, self.next_position.clone()),
            None if !self.has_previous => (self.size, None),
            None if self.reversed() => (0, self.previous_position.clone()),
            None => (self.offset() + self.size, self.previous_position.clone()),
        };
        Some(self.link(&Cursor {
            offset,
            reverse: false,
            position,
        }))
    }

    fn previous_link(&self) -> Option<String> {
        if !self.has_previous {
            return None;
        }
        let compare = match self.ids.first() {
            Some(first) if self.cursor.is_some() && !self.reversed() && self.offset() != 0 => {
                Some(self.order.position(*first))
            }
            _ => self.previous_position.clone(),
        };
        let found = self.marker(self.ids.iter(), compare);
        let (offset, position) = match found {
            Some((offset, position)) => (offset, Some(position)),
            None if self.ids.is_empty() => (0, self.previous_position.clone()),
            None if !self.has_next => (self.size, None),
            None if self.reversed() => (self.offset() + self.size, self.next_position.clone()),
            None => (0, self.next_position.clone()),
        };
        Some(self.link(&Cursor {
            offset,
            reverse: true,
            position,
        }))
    }

    /// The first position that differs from the one before it, and how many rows share the latter.
    fn marker<'i>(
        &self,
        ids: impl Iterator<Item = &'i u64>,
        mut compare: Option<String>,
    ) -> Option<(u64, String)> {
        for (id, offset) in ids.zip(0..) {
            let position = self.order.position(*id);
            if compare.as_ref() != Some(&position) {
                return Some((offset, position));
            }
            compare = Some(position);
        }
        None
    }

    fn link(&self, cursor: &Cursor) -> String {
        let encoded = STANDARD.encode(tokens(cursor));
        link(
            self.call,
            &self.call.query.replaced("cursor", Some(&encoded)),
        )
    }
}

fn tokens(cursor: &Cursor) -> String {
    let offset = cursor.offset.to_string();
    let mut pairs = Vec::new();
    if cursor.offset != 0 {
        pairs.push(("o", offset.as_str()));
    }
    if cursor.reverse {
        pairs.push(("r", "1"));
    }
    if let Some(position) = &cursor.position {
        pairs.push(("p", position.as_str()));
    }
    query::encode(&pairs)
}

fn decode(encoded: &str) -> Result<Cursor, Refusal> {
    let invalid = || Refusal::detail(404, "Invalid cursor");
    if !encoded.is_ascii() {
        return Err(invalid());
    }
    let bytes = python_b64decode(encoded)
        .filter(|bytes| bytes.is_ascii())
        .ok_or_else(invalid)?;
    let tokens = Query::parse_bytes(&bytes);
    let first = |name: &str| {
        let found = tokens.pairs().iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone())
    };
    let offset = positive_int(
        &first("o").unwrap_or_else(|| "0".to_owned()),
        false,
        Some(OFFSET_CUTOFF),
    );
    let reverse = python_int(&first("r").unwrap_or_else(|| "0".to_owned()));
    Ok(Cursor {
        offset: offset.ok_or_else(invalid)?,
        reverse: reverse.ok_or_else(invalid)? != 0,
        position: first("p"),
    })
}
