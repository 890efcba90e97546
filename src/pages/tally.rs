//! Counts a walk, and judges whether it was complete. Pure.

use serde::{Deserialize, Serialize};

use super::items::Items;
use super::unique::naming;

/// What was seen of a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Pages.
    pub pages: u64,
    /// Items handed out.
    pub items: u64,
    /// Bytes of bodies, decompressed.
    pub bytes: u64,
    /// Items dropped because they had been seen.
    pub duplicates: u64,
    /// The count that the first page gave.
    pub first_count: Option<u64>,
    /// The count that the latest page gave.
    pub count: Option<u64>,
    /// Items that stand before the first page of the walk.
    pub skipped: u64,
    /// Items before the end of the part that is walked, where only a part is.
    #[serde(default)]
    pub until: Option<u64>,
    /// Whether the last page was reached.
    pub ended: bool,
    /// What makes the result doubtful, in words.
    pub doubts: Vec<String>,
    /// The last item, to see whether the next page begins with it.
    last: Vec<u8>,
    /// The page that it stood on.
    #[serde(default)]
    last_page: u64,
}

impl Tally {
    /// Takes note of items of page `number`: all of them, or a part.
    pub fn items(&mut self, number: u64, items: &Items) {
        self.items += items.len() as u64;
        let continued = self.last_page == number;
        // Rows that nothing tells apart may be alike.
        if let (Some(first), false) = (items.item(0), self.last.is_empty() || continued)
            && first == self.last.as_slice()
            && naming(first, None).is_some()
        {
            self.doubt(
                "shift",
                &format!("page {number} begins with the last item of the page before it"),
            );
        }
        if let Some(last) = items.last() {
            self.last.clear();
            self.last.extend_from_slice(last);
            self.last_page = number;
        }
    }

    /// Takes note of page `number` as a whole, with the count it gave.
    pub fn page(&mut self, number: u64, count: Option<u64>, bytes: u64) {
        self.pages += 1;
        self.bytes += bytes;
        // What was no count before is none on the last page, where it may look like one.
        let count = count.filter(|_| self.pages == 1 || self.first_count.is_some());
        match (self.first_count, count) {
            (None, Some(_)) if self.pages == 1 => self.first_count = count,
            (Some(first), Some(count)) if self.count != Some(count) => {
                self.doubt(
                    "count",
                    &format!("the count changed from {first} to {count} at page {number}"),
                );
            }
            _ => {}
        }
        self.count = count.or(self.count);
    }

    /// Adds a doubt. Of one kind the first is kept: a drifting list would give one for each page.
    pub fn doubt(&mut self, kind: &str, words: &str) {
        let prefix = match kind {
            "count" => "the count changed",
            _ => words,
        };
        let kin = match kind {
            "shift" => Some(" begins with the last item"),
            "seam" => Some(" does not begin with the last item"),
            _ => None,
        };
        if !self.doubts.iter().any(|doubt| {
            doubt.starts_with(prefix) || kin.is_some_and(|words| doubt.contains(words))
        }) {
            self.doubts.push(words.to_owned());
        }
    }

    /// How many items the server says there are from the first page of the walk on.
    pub fn expected(&self) -> Option<u64> {
        let end = self.until.unwrap_or(u64::MAX).min(self.count?);
        Some(end.saturating_sub(self.skipped))
    }

    /// Why it cannot be said that every item was delivered once; empty when it can.
    pub fn shortcomings(&self) -> Vec<String> {
        let mut all = self.doubts.clone();
        if !self.ended {
            all.push("the last page was not reached".to_owned());
        } else if let Some(expected) = self.expected()
            && expected != self.items
        {
            all.push(format!(
                "the server counts {expected} items, {} came",
                self.items
            ));
        }
        all
    }

    /// Whether every item was delivered once, as far as can be seen.
    pub fn is_complete(&self) -> bool {
        self.shortcomings().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(texts: &[&str]) -> Items {
        texts.iter().map(|text| text.as_bytes()).collect()
    }

    fn page(tally: &mut Tally, number: u64, texts: &[&str], count: Option<u64>, bytes: u64) {
        tally.items(number, &items(texts));
        tally.page(number, count, bytes);
    }

    #[test]
    fn a_walk_that_reached_its_count_is_complete() {
        let mut tally = Tally::default();
        page(&mut tally, 1, &["1", "2"], Some(3), 10);
        assert!(!tally.is_complete());
        page(&mut tally, 2, &["3"], Some(3), 5);
        tally.ended = true;
        assert_eq!(tally.shortcomings(), Vec::<String>::new());
        assert_eq!((tally.pages, tally.items, tally.bytes), (2, 3, 15));
    }

    #[test]
    fn a_count_that_moves_is_a_doubt_even_when_the_sum_fits() {
        let mut tally = Tally::default();
        page(&mut tally, 1, &["1", "2"], Some(4), 0);
        page(&mut tally, 2, &["4"], Some(3), 0);
        tally.ended = true;
        assert_eq!(
            tally.shortcomings(),
            ["the count changed from 4 to 3 at page 2"]
        );
    }

    #[test]
    fn an_item_that_moved_to_the_next_page_is_seen() {
        let two = r#"{"id":2}"#;
        let mut tally = Tally::default();
        page(&mut tally, 1, &[r#"{"id":1}"#, two], None, 0);
        page(&mut tally, 2, &[two, r#"{"id":3}"#], None, 0);
        tally.ended = true;
        assert_eq!(
            tally.shortcomings(),
            ["page 2 begins with the last item of the page before it"]
        );
    }

    #[test]
    fn rows_that_nothing_tells_apart_may_be_alike() {
        let paid = r#"{"status":"paid"}"#;
        let mut tally = Tally::default();
        page(&mut tally, 1, &[paid, paid], None, 0);
        page(&mut tally, 2, &[paid], None, 0);
        tally.ended = true;
        assert!(tally.is_complete());
    }

    #[test]
    fn too_few_items_are_a_shortcoming() {
        let mut tally = Tally::default();
        page(&mut tally, 1, &["1", "2"], Some(3), 0);
        tally.ended = true;
        assert_eq!(tally.shortcomings(), ["the server counts 3 items, 2 came"]);
        tally.skipped = 1;
        assert!(tally.is_complete(), "the walk began behind the first item");
    }
}
