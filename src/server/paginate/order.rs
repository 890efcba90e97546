//! Orderings of the products, and slices of them, by arithmetic.

use crate::server::products::{self, CATEGORIES, CURRENCY};
use crate::server::reply::Stop;

/// The field that cursors point into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum OrderKey {
    /// Unique.
    Created,
    /// Five values.
    Category,
    /// One value for all.
    Currency,
}

/// `ordering`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) struct Order {
    pub(in crate::server) key: OrderKey,
    pub(in crate::server) descending: bool,
}

impl Order {
    /// `str()` of product `i`'s value.
    pub(super) fn position(self, i: u64) -> String {
        match self.key {
            OrderKey::Created => products::created(i, " ", "+00:00"),
            OrderKey::Category => products::category(i).to_owned(),
            OrderKey::Currency => CURRENCY.to_owned(),
        }
    }

    /// The products of `order_by(…)[offset:offset + count]`, after `bound`: values greater than it when
    /// ascending, less when descending. Ties come by id.
    pub(super) fn slice(
        self,
        total: u64,
        bound: Option<&str>,
        offset: u64,
        count: u64,
    ) -> Result<Vec<u64>, Stop> {
        let beyond = |value: &str| {
            bound.is_none_or(|bound| {
                if self.descending {
                    value < bound
                } else {
                    value > bound
                }
            })
        };
        match self.key {
            OrderKey::Created => {
                let (low, high) = self.created_range(total, bound)?;
                let nth = |k: u64| if self.descending { high - k } else { low + k };
                let length = (high + 1).saturating_sub(low);
                Ok(
                    (offset.min(length)..offset.saturating_add(count).min(length))
                        .map(nth)
                        .collect(),
                )
            }
            OrderKey::Currency => {
                let length = if beyond(CURRENCY) { total } else { 0 };
                let range = offset.min(length)..offset.saturating_add(count).min(length);
                Ok(range.map(|k| k + 1).collect())
            }
            OrderKey::Category => {
                let mut groups: Vec<u64> = (0..)
                    .zip(CATEGORIES)
                    .filter(|(_, name)| beyond(name))
                    .map(|(group, _)| group)
                    .collect();
                if self.descending {
                    groups.reverse();
                }
                Ok(grouped(&groups, total, offset, count))
            }
        }
    }

    /// The first and the last id whose `created` lies beyond the bound.
    fn created_range(self, total: u64, bound: Option<&str>) -> Result<(u64, u64), Stop> {
        let Some(bound) = bound else {
            return Ok((1, total));
        };
        let at = python_datetime_us(bound).ok_or(Stop::Crash)?;
        let minutes = at - products::created_us(0);
        let clamp = |value: i128| u64::try_from(value.max(0)).unwrap_or(u64::MAX);
        Ok(if self.descending {
            let below = clamp(
                minutes.div_euclid(60_000_000) + i128::from(minutes.rem_euclid(60_000_000) > 0),
            );
            (1, below.saturating_sub(1).min(total))
        } else {
            (
                clamp(minutes.div_euclid(60_000_000).saturating_add(1)).max(1),
                total,
            )
        })
    }
}

/// A slice of the concatenated groups; group `g` holds the ids that are `g` modulo 5.
fn grouped(groups: &[u64], total: u64, offset: u64, count: u64) -> Vec<u64> {
    let mut skip = offset;
    let mut ids = Vec::new();
    for group in groups {
        let first = if *group == 0 { 5 } else { *group };
        let length = if total < first {
            0
        } else {
            (total - first) / 5 + 1
        };
        let take = count - ids.len() as u64;
        ids.extend(
            (skip.min(length)..skip.saturating_add(take).min(length)).map(|k| first + 5 * k),
        );
        skip = skip.saturating_sub(length);
    }
    ids
}

/// What Django's `DateTimeField` reads, in microseconds since the Unix epoch; `None` is its `ValidationError`.
fn python_datetime_us(text: &str) -> Option<i128> {
    let date: jiff::civil::Date = text.get(..10)?.parse().ok()?;
    let rest = &text[10..];
    if rest.is_empty() {
        return Some(micros(&date.to_datetime(jiff::civil::Time::midnight()), 0));
    }
    let rest = rest.strip_prefix([' ', 'T', 't'])?;
    let split = rest.find(['+', '-', 'Z', 'z']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(split);
    let time: jiff::civil::Time = time.trim_end().parse().ok()?;
    let seconds = match zone {
        "" | "Z" | "z" => 0,
        zone => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
            let number: i64 = digits.parse().ok()?;
            match digits.len() {
                2 => sign * number * 3600,
                4 => sign * (number / 100 * 3600 + number % 100 * 60),
                _ => return None,
            }
        }
    };
    Some(micros(&date.to_datetime(time), seconds))
}

fn micros(time: &jiff::civil::DateTime, offset_s: i64) -> i128 {
    let utc = jiff::tz::TimeZone::UTC
        .to_timestamp(*time)
        .map(jiff::Timestamp::as_microsecond);
    i128::from(utc.unwrap_or_default()) - i128::from(offset_s) * 1_000_000
}
