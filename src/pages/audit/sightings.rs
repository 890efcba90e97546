//! What the items of a walk say about the list: doubles, gaps, shapes, nulls in the ordering. Pure.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use serde_json::{Map, Value, json};

use super::finding::Finding;
use crate::pages::unique::field;

/// How many examples a finding shows.
const EXAMPLES: usize = 5;

/// The items of a walk, as far as they must be remembered to judge it: 16 bytes for each.
#[derive(Debug, Default)]
pub(super) struct Sightings {
    /// For each item its identity, hashed, and the page it stood on.
    seen: HashMap<u64, u64>,
    hasher: RandomState,
    /// Identities that came again, with both pages; the first few.
    doubled: Vec<(String, u64, u64)>,
    doubles: u64,
    /// By the kind of resource, where lists mix them: the members of the first item and their kinds.
    shapes: HashMap<String, Vec<(String, Kind)>>,
    drift: Vec<(String, u64, String)>,
    /// Members that were null in some item, and those that were not in some.
    nulls: HashSet<String>,
    values: HashSet<String>,
    /// Members that may be the one that cursors point into.
    ordering: Option<HashSet<String>>,
    /// Values of the first item.
    members: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
}

impl Kind {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Bool,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::Text,
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}

/// What tells an item from others: its `id` or the like, else all of it.
pub(super) fn identity(item: &[u8]) -> String {
    ["id", "pk", "uuid", "url", "slug"]
        .iter()
        .find_map(|name| field(item, name))
        .map_or_else(
            || String::from_utf8_lossy(item).into_owned(),
            |value| value.get().to_owned(),
        )
}

/// The members of an item; those of a JSON:API resource with its attributes.
fn members(item: &Map<String, Value>) -> Vec<(String, &Value)> {
    let mut all: Vec<(String, &Value)> = item
        .iter()
        .map(|(name, value)| (name.clone(), value))
        .collect();
    if let (Some(Value::Object(attributes)), true) =
        (item.get("attributes"), item.contains_key("type"))
    {
        all.extend(
            attributes
                .iter()
                .map(|(name, value)| (format!("attributes.{name}"), value)),
        );
    }
    all
}

/// How many values there are in one, nested ones included.
pub(in crate::pages) fn leaves(value: &Value) -> u64 {
    match value {
        Value::Array(list) => list.iter().map(leaves).sum(),
        Value::Object(members) => members.values().map(leaves).sum(),
        _ => 1,
    }
}

/// The kind of resource of an item in a list that mixes them: JSON:API's `type`, django-rest-polymorphic's `resourcetype`.
fn resource(item: &Map<String, Value>) -> &str {
    let named = |name: &str| item.get(name).and_then(Value::as_str);
    let json_api = if item.contains_key("attributes") {
        named("type")
    } else {
        None
    };
    json_api
        .or_else(|| named("resourcetype"))
        .or_else(|| named("@type"))
        .unwrap_or_default()
}

impl Sightings {
    /// Takes note of an item of page `page`; gives its identity.
    pub(super) fn see(&mut self, item: &[u8], page: u64) -> String {
        let identity = identity(item);
        let hash = self.hasher.hash_one(&identity);
        match self.seen.get(&hash) {
            Some(&earlier) => {
                self.doubles += 1;
                if self.doubled.len() < EXAMPLES {
                    self.doubled.push((identity.clone(), earlier, page));
                }
            }
            None => {
                self.seen.insert(hash, page);
            }
        }
        self.compare(item, page);
        identity
    }

    /// How many different items there were.
    pub(super) fn distinct(&self) -> u64 {
        self.seen.len() as u64
    }

    /// How many values an item holds, nested ones included.
    pub(super) fn members(&self) -> u64 {
        self.members
    }

    fn compare(&mut self, item: &[u8], page: u64) {
        let Ok(Value::Object(item)) = serde_json::from_slice(item) else {
            return;
        };
        if self.members == 0 {
            self.members = item.values().map(leaves).sum();
        }
        let all = members(&item);
        for (name, value) in &all {
            if value.is_null() {
                self.nulls.insert(name.clone());
            } else if !self.values.contains(name) {
                self.values.insert(name.clone());
            }
        }
        let now: Vec<(String, Kind)> = all
            .into_iter()
            .map(|(name, value)| (name, Kind::of(value)))
            .collect();
        let Some(shape) = self.shapes.get_mut(resource(&item)) else {
            self.shapes.insert(resource(&item).to_owned(), now);
            return;
        };
        let drift = &mut self.drift;
        let mut note = |name: &str, what: String| {
            if drift.len() < 10 && !drift.iter().any(|(known, ..)| known == name) {
                drift.push((name.to_owned(), page, what));
            }
        };
        for (name, kind) in &now {
            match shape.iter_mut().find(|(known, _)| known == name) {
                None => note(name, "is not in the first item".to_owned()),
                // A null says nothing of the kind; the first value does.
                Some((_, known)) if *known == Kind::Null => *known = *kind,
                Some((_, known)) if *kind != Kind::Null && known != kind => {
                    note(name, format!("is {} and was {}", kind.name(), known.name()));
                }
                Some(_) => {}
            }
        }
        for (name, _) in shape.iter() {
            if !now.iter().any(|(known, _)| known == name) {
                note(name, "is missing".to_owned());
            }
        }
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

    /// The member that cursors point into, where one is known and it is null in some item.
    pub(super) fn null_ordering(&self) -> Option<&str> {
        let ordering = self.ordering.as_ref()?;
        match (ordering.len(), ordering.iter().next()) {
            (1, Some(name)) if self.nulls.contains(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it is known which member cursors point into.
    pub(super) fn knows_ordering(&self) -> bool {
        self.ordering.as_ref().is_some_and(|known| known.len() == 1)
    }

    /// A member that was null in every item so far.
    pub(super) fn always_null(&self) -> Option<&str> {
        self.nulls
            .iter()
            .filter(|name| !self.values.contains(*name))
            .min()
            .map(String::as_str)
    }

    /// Doubles, if there were any.
    pub(super) fn judge_doubles(&self) -> Option<Finding> {
        let examples: Vec<Value> = self
            .doubled
            .iter()
            .map(|(id, first, again)| json!({"item": id, "pages": [first, again]}))
            .collect();
        let some = if self.doubles == 1 {
            "1 item came more than once".to_owned()
        } else {
            format!("{} items came more than once", self.doubles)
        };
        (self.doubles > 0).then(|| {
            Finding::new(
                "duplicate-items",
                some,
                json!({"duplicates": self.doubles, "examples": examples}),
            )
        })
    }

    /// A whole walk against the server's count, which held still.
    pub(super) fn judge_count(&self, count: u64) -> Option<Finding> {
        let distinct = self.distinct();
        let evidence = json!({"count": count, "distinct": distinct});
        if distinct < count && self.doubles > 0 {
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

    /// Items of different shapes, if there were any.
    pub(super) fn judge_shapes(&self) -> Option<Finding> {
        let (name, page, what) = self.drift.first()?;
        let members: Vec<Value> = self
            .drift
            .iter()
            .map(|(name, page, what)| json!({"member": name, "page": page, "what": what}))
            .collect();
        Some(Finding::new(
            "schema-drift",
            format!("items differ in shape: '{name}' {what} on page {page}"),
            json!({"members": members}),
        ))
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

    fn judged(items: &[&str], count: u64) -> Vec<&'static str> {
        let sightings = sighted(items);
        [
            sightings.judge_doubles(),
            sightings.judge_count(count),
            sightings.judge_shapes(),
        ]
        .into_iter()
        .flatten()
        .map(|finding| finding.id)
        .collect()
    }

    #[test]
    fn healthy_items_are_not_found_fault_with() {
        let items = [
            r#"{"id":1,"x":null}"#,
            r#"{"id":2,"x":"a"}"#,
            r#"{"id":3,"x":null}"#,
        ];
        assert!(judged(&items, 3).is_empty());
    }

    #[test]
    fn doubled_missing_and_miscounted_items_are_told_apart() {
        assert_eq!(
            judged(&[r#"{"id":1}"#, r#"{"id":1}"#], 2),
            ["duplicate-items", "missing-items"]
        );
        for count in [1, 3] {
            assert_eq!(
                judged(&[r#"{"id":1}"#, r#"{"id":2}"#], count),
                ["count-mismatch"]
            );
        }
    }

    #[test]
    fn members_that_come_go_or_change_kind_are_drift() {
        for other in [
            r#"{"id":2}"#,
            r#"{"id":2,"x":"1"}"#,
            r#"{"id":2,"x":1,"y":1}"#,
        ] {
            assert_eq!(
                judged(&[r#"{"id":1,"x":1}"#, other], 2),
                ["schema-drift"],
                "{other}"
            );
        }
    }

    #[test]
    fn attributes_of_json_api_are_compared_within_their_type() {
        let a = r#"{"type":"a","id":"1","attributes":{"x":1}}"#;
        let b = r#"{"type":"b","id":"2","attributes":{"y":1}}"#;
        let c = r#"{"type":"a","id":"3","attributes":{"x":"1"}}"#;
        assert!(judged(&[a, b], 2).is_empty());
        assert_eq!(judged(&[a, b, c], 3), ["schema-drift"]);
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
        assert_eq!(sighted(&items[..1]).always_null(), Some("seen"));
        assert_eq!(sighted(&items).always_null(), None);
    }
}
