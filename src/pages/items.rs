//! The items of a page, as bytes.

use bytes::BytesMut;

/// Items in order, each with exactly the bytes of the body, laid out as NDJSON.
#[derive(Debug, Clone, Default)]
pub struct Items {
    /// Every item followed by one line feed.
    text: BytesMut,
    /// Where the first item begins.
    from: usize,
    /// Where each whole item ends, before its line feed.
    ends: Vec<usize>,
}

impl PartialEq for Items {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.text[self.from..] == other.text[other.from..]
    }
}

impl Eq for Items {}

impl Items {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All of them as NDJSON: one a line, every line ended.
    pub fn lines(&self) -> &[u8] {
        &self.text[self.from..]
    }

    /// One item's bytes, counted from 0.
    pub fn item(&self, index: usize) -> Option<&[u8]> {
        let end = *self.ends.get(index)?;
        self.text.get(self.start(index)..end)
    }

    /// The last item's bytes.
    pub fn last(&self) -> Option<&[u8]> {
        self.item(self.len().checked_sub(1)?)
    }

    /// Each item's bytes, in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).filter_map(|index| self.item(index))
    }

    /// Keeps the first `len` items.
    pub fn truncate(&mut self, len: usize) {
        self.ends.truncate(len);
        self.text.truncate(self.start(self.ends.len()));
    }

    /// Drops the first `len` items.
    pub fn skip(&mut self, len: usize) {
        let len = len.min(self.ends.len());
        self.from = self.start(len);
        self.ends.drain(..len);
    }

    /// Keeps the items for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&[u8]) -> bool) {
        let kept: Vec<bool> = self.iter().map(&mut keep).collect();
        if kept.iter().all(|&kept| kept) {
            return;
        }
        let mut rest = Self::default();
        for (item, _) in self.iter().zip(&kept).filter(|(_, kept)| **kept) {
            rest.push(item);
        }
        *self = rest;
    }

    /// Adds a whole item. It must not contain a line break.
    pub fn push(&mut self, item: &[u8]) {
        self.text.extend_from_slice(item);
        self.ends.push(self.text.len());
        self.text.extend_from_slice(b"\n");
    }

    /// How many bytes are held.
    pub fn size(&self) -> usize {
        self.text.len() - self.from
    }

    /// Items that stand in `text` from `from` on, each ended by a line feed at one of `ends`.
    pub(super) fn over(text: BytesMut, from: usize, ends: Vec<usize>) -> Self {
        Self { text, from, ends }
    }

    /// The memory alone, for other items.
    pub(super) fn into_memory(self) -> (BytesMut, Vec<usize>) {
        (self.text, self.ends)
    }

    fn start(&self, index: usize) -> usize {
        match index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
        {
            Some(end) => end + 1,
            None => self.from,
        }
    }
}

impl<'a> FromIterator<&'a [u8]> for Items {
    fn from_iter<I: IntoIterator<Item = &'a [u8]>>(items: I) -> Self {
        let mut all = Self::default();
        for item in items {
            all.push(item);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_kept_in_order_and_by_number() {
        let mut items: Items = [b"1".as_slice(), b"{}", b"\"x\""].into_iter().collect();
        assert_eq!(items.lines(), b"1\n{}\n\"x\"\n");
        assert_eq!(items.item(1), Some(b"{}".as_slice()));
        assert_eq!(items.last(), Some(b"\"x\"".as_slice()));
        items.retain(|item| item != b"{}");
        assert_eq!(items.lines(), b"1\n\"x\"\n");
        let mut rest = items.clone();
        rest.skip(1);
        assert_eq!(rest.lines(), b"\"x\"\n");
        assert_eq!(rest, [b"\"x\"".as_slice()].into_iter().collect());
        assert_eq!(rest.item(0), rest.last());
        rest.push(b"2");
        assert_eq!(rest.lines(), b"\"x\"\n2\n");
        items.truncate(1);
        assert_eq!(items.lines(), b"1\n");
        items.truncate(0);
        assert_eq!((items.lines(), items.last()), (b"".as_slice(), None));
    }
}
