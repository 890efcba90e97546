//! Items of a long page that were handed out before it broke off: when it is fetched again, they are looked for and left out.
//! Pure.

use std::hash::{DefaultHasher, Hasher};

use super::items::Items;

/// Items that were handed out.
#[derive(Debug, Default)]
pub(super) struct Passed {
    items: u64,
    print: DefaultHasher,
}

impl Passed {
    /// How many.
    pub(super) fn items(&self) -> u64 {
        self.items
    }

    /// Takes note of more of them.
    pub(super) fn add<'a>(&mut self, items: impl Iterator<Item = &'a [u8]>) {
        for item in items {
            self.print.write(item);
            self.print.write_u8(b'\n');
            self.items += 1;
        }
    }

    /// What is to come again when the page is fetched anew.
    pub(super) fn again(&self) -> Again {
        Again {
            items: self.items,
            print: self.print.finish(),
            now: Self::default(),
        }
    }
}

/// A page that is fetched anew, as far as its items were handed out before.
#[derive(Debug)]
pub(super) struct Again {
    items: u64,
    print: u64,
    now: Passed,
}

impl Again {
    /// Takes the items away that were handed out before; false when they are others now.
    pub(super) fn skip(&mut self, items: &mut Items) -> bool {
        if self.is_over() {
            return true;
        }
        let left = self.items - self.now.items;
        let known = usize::try_from(left).map_or(items.len(), |left| left.min(items.len()));
        self.now.add(items.iter().take(known));
        items.skip(known);
        !self.is_over() || self.now.print.finish() == self.print
    }

    /// Whether all of them came.
    pub(super) fn is_over(&self) -> bool {
        self.now.items == self.items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(numbers: std::ops::Range<u32>) -> Items {
        let texts: Vec<String> = numbers.map(|number| number.to_string()).collect();
        texts.iter().map(String::as_bytes).collect()
    }

    #[test]
    fn what_comes_again_is_left_out_however_it_is_cut() {
        let mut passed = Passed::default();
        passed.add(items(0..4).iter());
        passed.add(items(4..10).iter());
        let mut again = passed.again();
        let mut rest = Vec::new();
        for part in [0..7, 7..8, 8..12, 12..13] {
            let mut part = items(part);
            assert!(again.skip(&mut part));
            rest.extend_from_slice(part.lines());
        }
        assert!(again.is_over());
        assert_eq!(rest, b"10\n11\n12\n");
        let mut again = passed.again();
        assert!(again.skip(&mut items(1..8)), "not all are there");
        assert!(!again.is_over() && !again.skip(&mut items(8..20)));
    }
}
