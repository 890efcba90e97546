//! The ordering values of a cursor walk as numbers, so that the range between two of them can be cut. Pure.
//!
//! DRF's `CursorPagination` writes `str()` of the first ordering field into its cursors; serialisers write the same
//! value as JSON. Integers, decimals, times and UUIDs are understood in both spellings.

use jiff::Timestamp;
use jiff::civil::DateTime;
use thiserror::Error;

use super::cursor::Cursor;
use super::items::Items;
use super::unique::{field, members};

/// Why a list cannot be cut.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum NoCut {
    /// Not a cursor of stock DRF.
    #[error("only the cursors of DRF's CursorPagination can be cut")]
    Opaque,
    /// Rows share an ordering value.
    #[error(
        "the ordering is not total: rows share {0}, and which of them comes first is not said. Order by a unique field"
    )]
    Ties(String),
    /// The value is of a type that has no middle.
    #[error("the ordering value '{0}' is no number, time or UUID")]
    Type(String),
    /// The items do not show the value.
    #[error("no member of the items holds the ordering value '{0}' in order")]
    Hidden(String),
    /// The server reads made cursors otherwise than expected.
    #[error(
        "a cursor made from the key of an item does not lead to the item after it: the cut disagrees with the walk"
    )]
    Disagrees,
}

impl NoCut {
    /// Rows share this ordering value.
    pub(super) fn tie(value: &str) -> Self {
        Self::Ties(format!("the value '{value}'"))
    }
}

/// How an ordering value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Integer,
    /// In units of 10^-12.
    Decimal,
    /// In microseconds; with or without an offset from UTC.
    Moment {
        zoned: bool,
    },
    Uuid,
}

/// The first ordering field of a list, and its values in the order of the walk: they grow, whatever the direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Keys {
    member: String,
    kind: Type,
    descending: bool,
}

const MIDDLE: u128 = 1 << 127;
const DIGITS: usize = 12;

impl Keys {
    /// Finds the ordering field: the member of the last item whose value the cursor to the next page names, and which
    /// rises or falls through the whole page.
    pub(super) fn find(items: &Items, next: &Cursor) -> Result<Self, NoCut> {
        let Some(position) = next.position.clone() else {
            return Err(NoCut::Ties(
                "one value through the whole first page".to_owned(),
            ));
        };
        if next.offset > 0 {
            return Err(NoCut::tie(&position));
        }
        let (kind, key) = Type::of(&position).ok_or_else(|| NoCut::Type(position.clone()))?;
        let (Some(first), Some(last)) = (items.item(0), items.last()) else {
            return Err(NoCut::Hidden(position));
        };
        let mut tied = false;
        for (member, value) in members(last) {
            if kind.read(value.get()) != Some(key) {
                continue;
            }
            let mut keys = Self {
                member,
                kind,
                descending: false,
            };
            keys.descending = keys.of(first).is_some_and(|first| first > key);
            match keys.check(items, None) {
                Order::Rising => return Ok(keys),
                Order::Tie(_) => tied = true,
                Order::Broken => {}
            }
        }
        Err(if tied {
            NoCut::tie(&position)
        } else {
            NoCut::Hidden(position)
        })
    }

    /// The key of an item.
    pub(super) fn of(&self, item: &[u8]) -> Option<u128> {
        let key = self.kind.read(field(item, &self.member)?.get())?;
        Some(if self.descending { !key } else { key })
    }

    /// The key as a cursor writes it.
    pub(super) fn position(&self, key: u128) -> String {
        self.kind.write(if self.descending { !key } else { key })
    }

    /// Whether the keys of the items rise, from behind `before` on.
    pub(super) fn check(&self, items: &Items, before: Option<u128>) -> Order {
        let mut before = before;
        for item in items.iter() {
            match (self.of(item), before) {
                (None, _) => return Order::Broken,
                (Some(key), Some(before)) if key < before => return Order::Broken,
                (Some(key), Some(before)) if key == before => {
                    return Order::Tie(self.position(key));
                }
                (key, _) => before = key,
            }
        }
        Order::Rising
    }
}

/// How keys follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Order {
    /// Each is behind the one before.
    Rising,
    /// Two are the same.
    Tie(String),
    /// One is missing, or stands before the one that it follows.
    Broken,
}

impl Type {
    fn of(position: &str) -> Option<(Self, u128)> {
        let kinds = [
            Self::Integer,
            Self::Decimal,
            Self::Uuid,
            Self::Moment { zoned: true },
            Self::Moment { zoned: false },
        ];
        kinds
            .into_iter()
            .find_map(|kind| Some((kind, kind.read(position)?)))
    }

    /// Reads a value as a cursor or as JSON writes it.
    fn read(self, text: &str) -> Option<u128> {
        let text = text.trim_matches('"');
        let signed = |number: i128| number.cast_unsigned() ^ MIDDLE;
        match self {
            Self::Integer => text.parse::<i64>().ok().map(|key| signed(key.into())),
            Self::Decimal => {
                let (whole, fraction) = text.split_once('.')?;
                let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
                if fraction.len() > DIGITS || !digits(fraction) || whole.len() > 18 {
                    return None;
                }
                let scaled: i128 = format!("{whole}{fraction:0<DIGITS$}").parse().ok()?;
                Some(signed(scaled))
            }
            Self::Moment { zoned: true } => {
                let moment: Timestamp = text.parse().ok()?;
                Some(signed(moment.as_microsecond().into()))
            }
            Self::Moment { zoned: false } => {
                let moment: DateTime = text.parse().ok()?;
                // A date alone has no middle between two days.
                text.contains(':').then_some(())?;
                let moment = jiff::tz::TimeZone::UTC.to_timestamp(moment).ok()?;
                Some(signed(moment.as_microsecond().into()))
            }
            Self::Uuid => {
                let hex: String = text.chars().filter(|&char| char != '-').collect();
                let shaped = hex.len() == 32 && text.len() == 36;
                shaped.then(|| u128::from_str_radix(&hex, 16).ok())?
            }
        }
    }

    /// Writes a value as a cursor does.
    fn write(self, key: u128) -> String {
        let signed = (key ^ MIDDLE).cast_signed();
        let moment = || {
            let moment = i64::try_from(signed).unwrap_or(i64::MAX);
            Timestamp::from_microsecond(moment).unwrap_or(Timestamp::MAX)
        };
        match self {
            Self::Integer => signed.to_string(),
            Self::Decimal => {
                let digits = format!("{:0>width$}", signed.unsigned_abs(), width = DIGITS + 1);
                let (whole, fraction) = digits.split_at(digits.len() - DIGITS);
                let sign = if signed < 0 { "-" } else { "" };
                format!("{sign}{whole}.{fraction}")
            }
            Self::Moment { zoned } => {
                let text = format!("{:.6}", moment());
                let text = text.trim_end_matches('Z').replace('T', " ");
                if zoned { text + "+00:00" } else { text }
            }
            Self::Uuid => {
                let hex = format!("{key:032x}");
                [
                    &hex[..8],
                    &hex[8..12],
                    &hex[12..16],
                    &hex[16..20],
                    &hex[20..],
                ]
                .join("-")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor(position: &str) -> Cursor {
        Cursor {
            position: Some(position.to_owned()),
            ..Cursor::default()
        }
    }

    fn found(items: &[&str], position: &str) -> Result<Keys, NoCut> {
        let items: Items = items.iter().map(|item| item.as_bytes()).collect();
        Keys::find(&items, &cursor(position))
    }

    #[test]
    fn the_ordering_field_is_found_in_every_spelling() {
        for (items, position, member, falls) in [
            ([r#"{"id":3,"n":9}"#, r#"{"id":9,"n":9}"#], "9", "id", false),
            (
                [r#"{"id":"9.50"}"#, r#"{"id":"-1.25"}"#],
                "-1.25",
                "id",
                true,
            ),
            (
                [
                    r#"{"at":"2026-01-01T00:00:15.5Z"}"#,
                    r#"{"at":"2026-01-01T02:00:00+02:00"}"#,
                ],
                "2026-01-01 00:00:00+00:00",
                "at",
                true,
            ),
            (
                [
                    r#"{"at":"2026-01-01T00:00:15"}"#,
                    r#"{"at":"2026-01-01T00:00:16.000001"}"#,
                ],
                "2026-01-01 00:00:16.000001",
                "at",
                false,
            ),
            (
                [
                    r#"{"u":"00000000-0000-0000-0000-0000000000ff"}"#,
                    r#"{"u":"ffffffff-0000-0000-0000-000000000001"}"#,
                ],
                "ffffffff-0000-0000-0000-000000000001",
                "u",
                false,
            ),
        ] {
            let keys = found(&items, position).unwrap();
            assert_eq!((&*keys.member, keys.descending), (member, falls));
            let (first, last) = (
                keys.of(items[0].as_bytes()).unwrap(),
                keys.of(items[1].as_bytes()).unwrap(),
            );
            assert!(first < last, "{position}");
            // What a cursor writes is read again as the same key.
            for key in [first, last, first + (last - first) / 3] {
                let again = keys.kind.read(&keys.position(key)).unwrap();
                assert_eq!(
                    if falls { !again } else { again },
                    key,
                    "{}",
                    keys.position(key)
                );
            }
        }
    }

    #[test]
    fn what_cannot_be_cut_says_why() {
        let two = [r#"{"id":1,"kind":"a"}"#, r#"{"id":2,"kind":"a"}"#];
        assert_eq!(found(&two, "a"), Err(NoCut::Type("a".to_owned())));
        assert_eq!(found(&two, "7"), Err(NoCut::Hidden("7".to_owned())));
        let ties = [r#"{"n":7}"#, r#"{"n":7}"#];
        assert_eq!(found(&ties, "7"), Err(NoCut::tie("7")));
        let items: Items = two.iter().map(|item| item.as_bytes()).collect();
        let offset = Cursor {
            offset: 1,
            ..cursor("2")
        };
        assert_eq!(Keys::find(&items, &offset), Err(NoCut::tie("2")));
    }
}
