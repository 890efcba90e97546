//! The memory that a body is read into, in which its items are laid out as NDJSON where they stand.

use bytes::BytesMut;

use super::items::Items;
use super::scan::{Fault, Run, Scan};

/// Items at the front, what was read and not gone through at the back. A page without spaces between its items is
/// never moved: its commas become line feeds.
#[derive(Debug, Default)]
pub(super) struct Slab {
    text: BytesMut,
    /// Where the first item begins.
    from: usize,
    /// Where each whole item ends.
    ends: Vec<usize>,
    /// Behind the last byte of an item that is kept.
    kept: usize,
    /// Where what was not gone through begins.
    at: usize,
}

impl Slab {
    /// Memory that was used before.
    pub(super) fn reusing(items: Items) -> Self {
        let (mut text, mut ends) = items.into_memory();
        text.clear();
        ends.clear();
        Self {
            text,
            ends,
            ..Self::default()
        }
    }

    /// Where to read more of the body into, behind what is there.
    pub(super) fn back(&mut self) -> &mut BytesMut {
        &mut self.text
    }

    /// What was read and not gone through.
    pub(super) fn rest(&self) -> &[u8] {
        &self.text[self.at..]
    }

    /// Whether no item is whole yet.
    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many bytes of items there are, partial ones included.
    pub(super) fn size(&self) -> usize {
        self.kept - self.from
    }

    /// Goes past bytes that belong to no item; behind an item there is always one.
    pub(super) fn pass(&mut self, len: usize) {
        self.end_line();
        self.at += len;
        if self.ends.is_empty() && self.size() == 0 {
            (self.from, self.kept) = (self.at, self.at);
        }
    }

    /// Adds the next bytes to the item that is being read.
    pub(super) fn keep(&mut self, len: usize) {
        if self.kept < self.at {
            self.text.copy_within(self.at..self.at + len, self.kept);
        }
        self.kept += len;
        self.at += len;
    }

    /// How many items are whole.
    pub(super) fn count(&self) -> usize {
        self.ends.len()
    }

    /// Scans what was not gone through: the rest of an item and, with `many`, others behind it, each followed by one byte
    /// that is no part of it. Notes where items end, but for the last one: these are to be kept or taken away next.
    pub(super) fn scan(&mut self, scan: &mut Scan, many: bool) -> Result<Run, Fault> {
        let rest = &self.text[self.at..];
        let run = scan.items(rest, many, self.kept, &mut self.ends)?;
        if !run.open {
            self.ends.pop();
        }
        Ok(run)
    }

    /// Adds the next bytes, which were scanned when so many items were whole.
    pub(super) fn keep_run(&mut self, len: usize, before: usize) {
        self.keep(len);
        for &end in &self.ends[before..] {
            self.text[end] = b'\n';
        }
    }

    /// Takes away where items end that were not whole before the scan, counted from where it began.
    pub(super) fn take_ends(&mut self, before: usize) -> Vec<usize> {
        let ends = self.ends.drain(before..);
        ends.map(|end| end - self.kept).collect()
    }

    /// The part of an item that is being read.
    pub(super) fn partial(&self) -> &[u8] {
        let start = self.ends.last().map_or(self.from, |end| end + 1);
        &self.text[start..self.kept]
    }

    /// Puts other bytes, no more than they are, in place of the item that is being read.
    pub(super) fn replace_partial(&mut self, item: &[u8]) {
        let start = self.kept - self.partial().len();
        self.kept = start + item.len();
        self.text[start..self.kept].copy_from_slice(item);
    }

    /// Ends the item that is being read.
    pub(super) fn close(&mut self) {
        self.ends.push(self.kept);
    }

    /// Takes the whole items away when all that was read was gone through; what is read of the next one stays.
    pub(super) fn take_whole(&mut self) -> Items {
        self.end_line();
        let partial = BytesMut::from(self.partial());
        let others = Self {
            kept: partial.len(),
            at: partial.len(),
            text: partial,
            ..Self::default()
        };
        std::mem::replace(self, others).into_items()
    }

    /// The whole items, when all that was read was gone through.
    pub(super) fn into_items(mut self) -> Items {
        self.end_line();
        let end = self.ends.last().map_or(self.from, |end| end + 1);
        self.text.truncate(end);
        Items::over(self.text, self.from, self.ends)
    }

    /// Ends the line of the last item, where that was not done: in place of what is passed next, or behind all.
    fn end_line(&mut self) {
        if self.ends.last() != Some(&self.kept) {
            return;
        }
        if let Some(behind) = self.text.get_mut(self.kept) {
            *behind = b'\n';
        } else {
            self.text.extend_from_slice(b"\n");
            self.at += 1;
        }
        self.kept += 1;
    }
}
