//! What the items of a walk say about the list: doubles, gaps, nulls in the ordering. Pure.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use serde_json::{Value, json};

use super::finding::{Finding, Severity};
use super::shapes::{Shapes, members};
use crate::pages::unique::{field, naming};

/// How many examples a finding shows.
const EXAMPLES: usize = 5;

/// The items of a walk, as far as they must be remembered to judge it: 16 bytes for each.
#[derive(Debug, Default)]
pub(super) struct Sightings {
    /// For each item its identity, hashed, and the page it stood on.
    seen: HashMap<u64, u64>,
    hasher: RandomState,
    doubles: Again,
    /// Items like one before without a member that tells the two apart: they may be different rows.
    alike: Again,
    /// What they look like.
    pub(super) shapes: Shapes,
    /// Members that may be the one that cursors point into.
    ordering: Option<HashSet<String>>,
}

/// Items that came again.
#[derive(Debug, Default)]
struct Again {
    items: u64,
    /// The first few: what they are known by, and both pages.
    examples: Vec<Value>,
}

impl Again {
    fn see(&mut self, identity: &str, earlier: u64, page: u64) {
        self.items += 1;
        if self.examples.len() < EXAMPLES {
            let example = json!({"item": identity, "pages": [earlier, page]});
            self.examples.push(example);
        }
    }

    fn finding(&self, more: &str) -> Finding {
        let some = match self.items {
            1 => "1 item came more than once".to_owned(),
            items => format!("{items} items came more than once"),
        };
        let evidence = json!({"duplicates": self.items, "examples": self.examples});
        Finding::new("duplicate-items", some + more, evidence)
    }
}

/// The member that tells an item from others; within its type in JSON:API, where types count for themselves.
fn name_of(item: &[u8]) -> Option<String> {
    let name = naming(item, None)
        .and_then(|name| field(item, name))
        .map(|value| value.get().to_owned())
        .filter(|value| value != "null")?;
    let kind = field(item, "attributes").and_then(|_| field(item, "type"));
    Some(match kind {
        Some(kind) => format!("{} {name}", kind.get()),
        None => name,
    })
}

/// What tells an item from others: its `id` or the like, else all of it.
pub(super) fn identity(item: &[u8]) -> String {
    name_of(item).unwrap_or_else(|| String::from_utf8_lossy(item).into_owned())
}

/// Whether an identity is all of the item.
pub(super) fn is_nameless(identity: &str) -> bool {
    identity.starts_with(['{', '['])
}

impl Sightings {
    /// Takes note of an item of page `page`; gives its identity.
    pub(super) fn see(&mut self, item: &[u8], page: u64) -> String {
        let name = name_of(item);
        let is_named = name.is_some();
        let identity = name.unwrap_or_else(|| String::from_utf8_lossy(item).into_owned());
        let hash = self.hasher.hash_one(&identity);
        match self.seen.get(&hash) {
            Some(&earlier) => {
                let again = if is_named {
                    &mut self.doubles
                } else {
                    &mut self.alike
                };
                again.see(&identity, earlier, page);
            }
            None => {
                self.seen.insert(hash, page);
            }
        }
        self.shapes.see(item, page);
        identity
    }

    /// How many different items there were. Items that nothing tells apart count each.
    fn distinct(&self) -> u64 {
        self.seen.len() as u64 + self.alike.items
    }

    /// Learns which member a cursor points into: one of the items before it has the cursor's position there.
    pub(super) fn point<'a>(&mut self, position: &str, items: impl Iterator<Item = &'a [u8]>) {
        let wanted = comparable(position);
        let mut holding = HashSet::new();
        for item in items {
            let Ok(Value::Object(item)) = serde_json::from_slice(item) else {
                continue;
            };
            for (name, value) in members(&item) {
                let text = match value {
                    Value::String(text) => comparable(text),
                    Value::Number(number) => comparable(&number.to_string()),
                    _ => continue,
                };
                if text == wanted {
                    holding.insert(name);
                }
            }
        }
        // A position that no member shows says nothing.
        if holding.is_empty() {
            return;
        }
        self.ordering = Some(match self.ordering.take() {
            None => holding,
            Some(known) => known.intersection(&holding).cloned().collect(),
        });
    }

    fn ordering(&self) -> Option<&str> {
        let ordering = self.ordering.as_ref()?;
        match (ordering.len(), ordering.iter().next()) {
            (1, Some(name)) => Some(name),
            _ => None,
        }
    }

    /// The member that cursors point into, where one is known and it is null in some item.
    pub(super) fn null_ordering(&self) -> Option<&str> {
        self.ordering().filter(|name| self.shapes.has_null(name))
    }

    /// Whether it is known which member cursors point into.
    pub(super) fn knows_ordering(&self) -> bool {
        self.ordering().is_some()
    }

    /// Doubles, if there were any.
    pub(super) fn judge_doubles(&self) -> Option<Finding> {
        if self.doubles.items > 0 {
            return Some(self.doubles.finding(""));
        }
        let words = ", as far as can be seen: without an id they may be different rows";
        (self.alike.items > 0).then(|| self.alike.finding(words).weighing(Severity::Info))
    }

    /// A whole walk against the server's count, which held still.
    pub(super) fn judge_count(&self, count: u64) -> Option<Finding> {
        let distinct = self.distinct();
        let evidence = json!({"count": count, "distinct": distinct});
        if distinct < count && self.doubles.items > 0 {
            return Some(Finding::new(
                "missing-items",
                format!(
                    "{} of {count} items did not come, while others came more than once",
                    count - distinct
                ),
                evidence,
            ));
        }
        (distinct != count).then(|| {
            Finding::new(
                "count-mismatch",
                format!("the server counts {count} items, {distinct} different ones came"),
                evidence,
            )
        })
    }
}

/// A value as it can be compared across `str()` and JSON: `2026-01-01 00:00:00+00:00` is `2026-01-01T00:00:00Z`.
fn comparable(text: &str) -> String {
    let text = text.replace('T', " ");
    let is_time = text.len() >= 19
        && text.as_bytes()[4] == b'-'
        && text.as_bytes()[10] == b' '
        && text.is_ascii();
    if !is_time {
        return text;
    }
    let text = text.trim_end_matches("+00:00").trim_end_matches('Z');
    match text.split_once('.') {
        Some((seconds, fraction)) => {
            let fraction = fraction.trim_end_matches('0');
            if fraction.is_empty() {
                seconds.to_owned()
            } else {
                format!("{seconds}.{fraction}")
            }
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sighted(items: &[&str]) -> Sightings {
        let mut sightings = Sightings::default();
        for (page, item) in (1..).zip(items) {
            sightings.see(item.as_bytes(), page);
        }
        sightings
    }

    fn judged(items: &[&str], count: u64) -> Vec<(&'static str, Severity)> {
        let sightings = sighted(items);
        [sightings.judge_doubles(), sightings.judge_count(count)]
            .into_iter()
            .flatten()
            .map(|finding| (finding.id, finding.severity))
            .collect()
    }

    #[test]
    fn doubled_missing_and_miscounted_items_are_told_apart() {
        assert!(judged(&[r#"{"id":1}"#, r#"{"id":2}"#, r#"{"id":3}"#], 3).is_empty());
        assert_eq!(
            judged(&[r#"{"id":1}"#, r#"{"id":1}"#], 2),
            [
                ("duplicate-items", Severity::High),
                ("missing-items", Severity::High)
            ]
        );
        for count in [1, 3] {
            assert_eq!(
                judged(&[r#"{"id":1}"#, r#"{"id":2}"#], count),
                [("count-mismatch", Severity::High)]
            );
        }
    }

    #[test]
    fn rows_that_nothing_tells_apart_may_be_the_same() {
        let alike = [r#"{"x":1}"#, r#"{"x":1}"#, r#"{"id":null,"x":1}"#];
        assert_eq!(judged(&alike, 3), [("duplicate-items", Severity::Info)]);
        let one = [r#"{"id":1}"#, r#"{"id":1}"#, r#"{"x":1}"#, r#"{"x":1}"#];
        assert_eq!(
            judged(&one, 4),
            [
                ("duplicate-items", Severity::High),
                ("missing-items", Severity::High)
            ]
        );
        let a = r#"{"type":"a","id":"1","attributes":{}}"#;
        let b = r#"{"type":"b","id":"1","attributes":{}}"#;
        assert!(judged(&[a, b], 2).is_empty());
    }

    #[test]
    fn the_member_behind_a_cursor_is_found_by_its_values() {
        let items = [
            r#"{"id":1,"at":"2026-01-01T00:01:00Z","seen":null}"#,
            r#"{"id":2,"at":null,"seen":"2026-01-01T00:01:00Z"}"#,
        ];
        let mut sightings = sighted(&items);
        let first = || std::iter::once(items[0].as_bytes());
        sightings.point("2026-01-01 00:01:00+00:00", first());
        assert_eq!(sightings.null_ordering(), Some("at"));
        sightings.point("nothing shows this", first());
        assert!(sightings.knows_ordering());
        assert_eq!(sighted(&items[..1]).shapes.always_null(), Some("seen"));
        assert_eq!(sightings.shapes.always_null(), None);
    }
}
