//! Equal parts of a list, for several machines. Pure.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// One of several contiguous parts: `2/4` is the second quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    index: u64,
    /// How many parts there are.
    of: u64,
}

/// The text names no part.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("'{0}' is no part I/N with I from 1 to N, such as 2/4")]
pub struct ShardError(String);

impl Shard {
    /// Which part, from 1.
    pub const fn index(self) -> u64 {
        self.index
    }

    /// How many parts there are.
    pub const fn of(self) -> u64 {
        self.of
    }

    /// Whether it is the part with the first page.
    pub const fn is_first(self) -> bool {
        self.index == 1
    }

    /// The pages of the part, of `pages` in all: from the first, counted from 0, to before the second.
    pub const fn range(self, pages: u64) -> (u64, u64) {
        (
            (self.index - 1) * pages / self.of,
            self.index * pages / self.of,
        )
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let part = text.split_once('/').and_then(|(index, of)| {
            Some(Self {
                index: index.parse().ok()?,
                of: of.parse().ok()?,
            })
        });
        part.filter(|part| (1..=part.of).contains(&part.index) && part.of <= 100_000)
            .ok_or_else(|| ShardError(text.to_owned()))
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_touch_and_cover_all_pages() {
        for (pages, of) in [(52, 4), (3, 5), (1, 1), (100, 7)] {
            let mut end = 0;
            for index in 1..=of {
                let part: Shard = format!("{index}/{of}").parse().unwrap();
                let (first, after) = part.range(pages);
                assert_eq!(first, end);
                end = after;
            }
            assert_eq!(end, pages);
        }
    }

    #[test]
    fn only_parts_are_parts() {
        for text in ["0/4", "5/4", "1", "a/b", "1/0", ""] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
