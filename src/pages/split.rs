//! Splits the body of a page, as it streams, into its envelope and the bytes of its items.
//!
//! No tree is built: only the borders of items are looked for. What stands around the items, the
//! envelope, is small; it is kept, with the list of items emptied, and parsed when the items begin
//! (so that `next` is known from the first bytes of a body) and again at the end.

use bytes::BytesMut;
use serde_json::Value;

use super::envelope::{Outline, find_list};
use super::items::Items;
use super::page::{Page, SplitError};
use super::pointer::Pointer;
use super::scan::Scan;
use super::slab::Slab;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Outside the list of items.
    Around,
    /// In the list, before an item or, where that is allowed, its end.
    Before { end: bool },
    /// In an item that is an object or an array.
    Container,
    /// In an item that is a string.
    Text,
    /// In an item that is a number, `true`, `false` or `null`.
    Word,
    /// After an item.
    Behind,
}

/// Takes a body in parts of any size.
#[derive(Debug)]
pub struct Splitter {
    place: Place,
    outline: Outline,
    envelope: Vec<u8>,
    /// The envelope as it was when the items began, and how long it was then.
    head: Option<(Value, usize)>,
    scan: Scan,
    slab: Slab,
    /// Bytes taken so far.
    taken: u64,
    /// Items that are no longer held.
    passed: u64,
    strict: bool,
}

impl Splitter {
    /// A splitter for one body. Without a pointer the first list with a usual name (`results`,
    /// `items`, `data` …) is taken, else the likeliest one.
    pub fn new(pointer: Option<Pointer>) -> Self {
        Self {
            place: Place::Around,
            outline: Outline::new(pointer),
            envelope: Vec::with_capacity(256),
            head: None,
            scan: Scan::default(),
            slab: Slab::default(),
            taken: 0,
            passed: 0,
            strict: false,
        }
    }

    /// Parses every item too, so that no malformed one passes.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Puts the items into memory that was used before.
    #[must_use]
    pub(super) fn reusing(mut self, items: Items) -> Self {
        self.slab = Slab::reusing(items);
        self
    }

    /// The whole items so far, which are then no longer held.
    pub(super) fn take_items(&mut self) -> Items {
        let items = self.slab.take_whole();
        self.passed += items.len() as u64;
        items
    }

    /// Bytes held: items read so far and what stands around them.
    pub fn held(&self) -> usize {
        self.slab.size() + self.envelope.len()
    }

    /// Takes the next part of the body.
    pub fn feed(&mut self, part: &[u8]) -> Result<(), SplitError> {
        self.memory().extend_from_slice(part);
        self.split()
    }

    /// Where the body can be read into, part by part, behind what is there; [`split`](Self::split) takes it from there.
    pub(super) fn memory(&mut self) -> &mut BytesMut {
        self.slab.back()
    }

    /// Goes through what was read into [`memory`](Self::memory).
    pub(super) fn split(&mut self) -> Result<(), SplitError> {
        while let Some(&first) = self.slab.rest().first() {
            let used = match self.place {
                Place::Around => self.around()?,
                Place::Container => self.container()?,
                Place::Text => self.text()?,
                Place::Word => self.word()?,
                Place::Before { end } => self.before(first, end)?,
                Place::Behind => self.behind(first)?,
            };
            self.taken += used as u64;
        }
        Ok(())
    }

    /// The envelope as far as it is known when the items begin; `None` before that.
    pub fn head(&mut self) -> Option<&Value> {
        if self.outline.found().is_none() || self.place == Place::Around {
            return None;
        }
        if self.head.is_none() {
            let length = self.envelope.len();
            self.envelope.extend(self.outline.closers());
            let head = serde_json::from_slice(&self.envelope);
            self.envelope.truncate(length);
            self.head = Some((head.ok()?, length));
        }
        self.head.as_ref().map(|(head, _)| head)
    }

    /// Whether nothing but brackets came behind the head, so that it is all there is.
    fn head_is_all(&self) -> bool {
        let bracket = |byte: &u8| matches!(byte, b']' | b'}');
        let rest = |length: &usize| self.envelope[*length..].iter().all(bracket);
        self.outline.is_closed() && self.head.as_ref().is_some_and(|(_, length)| rest(length))
    }

    /// Ends the body.
    pub fn finish(mut self) -> Result<Page, SplitError> {
        if self.place != Place::Around {
            return Err(self.malformed(0, "the body ends inside the list of items"));
        }
        let all = self.head_is_all();
        let envelope: Value = match self.head.take_if(|_| all) {
            Some((head, _)) => head,
            None => {
                serde_json::from_slice(&self.envelope).map_err(|error| self.misplaced(&error))?
            }
        };
        if let Some(pointer) = self.outline.found() {
            return Ok(Page {
                ends_with_items: all,
                pointer: pointer.clone(),
                envelope,
                items: self.slab.into_items(),
            });
        }
        let pointer = match self.outline.wanted() {
            Some(pointer) => {
                return Err(SplitError::NoItems {
                    place: format!("at '{pointer}'"),
                });
            }
            None => find_list(&envelope).ok_or_else(|| SplitError::NoItems {
                place: "in the body".to_owned(),
            })?,
        };
        let mut again = Self::new(Some(pointer)).strict(self.strict);
        again.feed(&self.envelope)?;
        again.finish()
    }

    // Each of these goes through the beginning of what was not gone through, and says how far it came.

    fn around(&mut self) -> Result<usize, SplitError> {
        let rest = self.slab.rest();
        let (mut used, mut list) = (0, false);
        while let Some(&byte) = rest.get(used).filter(|_| !list) {
            self.envelope.push(byte);
            match self.outline.step(byte) {
                Ok(begins) => list = begins,
                Err(what) => return Err(self.malformed(used, what)),
            }
            used += 1;
        }
        if list {
            self.place = Place::Before { end: true };
        }
        self.slab.pass(used);
        Ok(used)
    }

    fn before(&mut self, byte: u8, end: bool) -> Result<usize, SplitError> {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => {}
            b']' if end => self.leave(),
            b'{' | b'[' => {
                self.scan = Scan::default();
                self.place = Place::Container;
                return Ok(0);
            }
            b'"' => {
                self.slab.keep(1);
                self.scan = Scan::in_string();
                self.place = Place::Text;
                return Ok(1);
            }
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                self.place = Place::Word;
                return Ok(0);
            }
            _ => return Err(self.malformed(0, "expected an item")),
        }
        self.slab.pass(1);
        Ok(1)
    }

    fn behind(&mut self, byte: u8) -> Result<usize, SplitError> {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => {}
            b',' => self.place = Place::Before { end: false },
            b']' => self.leave(),
            _ => return Err(self.malformed(0, "expected ',' or ']' after an item")),
        }
        self.slab.pass(1);
        Ok(1)
    }

    fn container(&mut self) -> Result<usize, SplitError> {
        // One by one where each is looked at, as the first one of a body is.
        let many = !self.strict && !self.slab.is_empty();
        let before = self.slab.count();
        let run = match self.slab.scan(&mut self.scan, many) {
            Ok(run) => run,
            Err(fault) => return Err(self.malformed(fault.at, fault.what)),
        };
        if self.scan.may_break() {
            let mut from = 0;
            for end in self.slab.take_ends(before) {
                self.slab.keep(end - from);
                self.close(end)?;
                self.slab.pass(1);
                from = end + 1;
            }
            self.place = Place::Container;
            self.slab.keep(run.used - from);
        } else {
            self.slab.keep_run(run.used, before);
        }
        if !run.open {
            self.close(run.used)?;
        }
        Ok(run.used)
    }

    fn text(&mut self) -> Result<usize, SplitError> {
        let rest = self.slab.rest();
        let (end, whole) = (self.scan.string_end(rest), rest.len());
        self.slab.keep(end.unwrap_or(whole));
        if let Some(end) = end {
            self.close(end)?;
        }
        Ok(end.unwrap_or(whole))
    }

    fn word(&mut self) -> Result<usize, SplitError> {
        let rest = self.slab.rest();
        let stops = |byte: &u8| matches!(byte, b',' | b']' | b' ' | b'\t' | b'\n' | b'\r');
        let (end, whole) = (rest.iter().position(stops), rest.len());
        self.slab.keep(end.unwrap_or(whole));
        if let Some(end) = end {
            let word = self.slab.partial();
            // A word is a few bytes: it costs nothing to read it properly.
            if serde_json::from_slice::<serde_json::Number>(word).is_err()
                && !matches!(word, b"true" | b"false" | b"null")
            {
                let start = (self.taken + end as u64).saturating_sub(word.len() as u64);
                return Err(SplitError::Malformed {
                    at: start,
                    what: "an item is not a JSON value".to_owned(),
                });
            }
            self.close(end)?;
        }
        Ok(end.unwrap_or(whole))
    }

    /// Ends an item whose last byte is `at` bytes behind those taken.
    fn close(&mut self, at: usize) -> Result<(), SplitError> {
        let item = self.slab.partial();
        // The first item of a body is always read in full: a server that writes malformed items
        // rarely begins with a good one.
        if self.strict || self.slab.is_empty() {
            let start = (self.taken + at as u64).saturating_sub(item.len() as u64);
            let number = self.passed + self.slab.count() as u64 + 1;
            check(item, number, start)?;
        }
        // Strings are not scanned in blocks, and words not at all.
        let may_break = self.place != Place::Container || self.scan.may_break();
        if may_break && memchr::memchr2(b'\n', b'\r', item).is_some() {
            let line = one_line(item)
                .ok_or_else(|| self.malformed(at, "a line break inside a string of an item"))?;
            self.slab.replace_partial(&line);
        }
        self.slab.close();
        self.place = Place::Behind;
        Ok(())
    }

    fn leave(&mut self) {
        self.envelope.push(b']');
        self.outline.leave();
        self.place = Place::Around;
    }

    fn malformed(&self, at: usize, what: &str) -> SplitError {
        SplitError::Malformed {
            at: self.taken + at as u64,
            what: what.to_owned(),
        }
    }

    /// Turns a position in the envelope into one in the body.
    fn misplaced(&self, error: &serde_json::Error) -> SplitError {
        let at = offset_of(&self.envelope, error) + 1;
        let removed = self.taken - self.envelope.len() as u64;
        let shifted = at > self.outline.list_at();
        SplitError::Malformed {
            at: (at + if shifted { removed } else { 0 }).saturating_sub(1),
            what: plain(error),
        }
    }
}

/// Parses the item of this number, from 1, that begins at byte `start` of the body.
fn check(item: &[u8], number: u64, start: u64) -> Result<(), SplitError> {
    let malformed = |at: u64, what: &str| SplitError::Malformed {
        at: start + at,
        what: format!("{what}, in item {number} of the page"),
    };
    // The skipping reader does not look at the characters of strings (RFC 8259 §8.1).
    if let Err(error) = std::str::from_utf8(item) {
        return Err(malformed(
            error.valid_up_to() as u64,
            "a string is not UTF-8",
        ));
    }
    serde_json::from_slice::<serde::de::IgnoredAny>(item)
        .map(drop)
        .map_err(|error| malformed(offset_of(item, &error), &plain(&error)))
}

/// Where in a text `serde_json` found an error.
fn offset_of(text: &[u8], error: &serde_json::Error) -> u64 {
    let before: usize = text
        .split_inclusive(|&byte| byte == b'\n')
        .take(error.line().saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    // At the end of the text the column is the last byte's; elsewhere it is the culprit's.
    let column = error.column() + usize::from(error.is_eof());
    (before + column).saturating_sub(1) as u64
}

/// `serde_json`'s words without its line and column, which would count from another start.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

/// The item without line breaks and the indentation after them; `None` when one stands in a string.
fn one_line(item: &[u8]) -> Option<Vec<u8>> {
    let mut line = Vec::with_capacity(item.len());
    let (mut in_string, mut escaped, mut indent) = (false, false, false);
    for &byte in item {
        match byte {
            b'\n' | b'\r' if in_string => return None,
            b'\n' | b'\r' => {
                indent = true;
                continue;
            }
            b' ' | b'\t' if indent => continue,
            b'"' if !escaped => in_string = !in_string,
            _ => {}
        }
        indent = false;
        escaped = in_string && byte == b'\\' && !escaped;
        line.push(byte);
    }
    Some(line)
}

#[cfg(test)]
#[path = "split_tests.rs"]
mod tests;
