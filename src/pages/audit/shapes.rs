//! The shapes of items: members that come, go or change their type, and members that are null. Pure.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::finding::Finding;

/// How many members a finding names.
const NAMED: usize = 10;

/// What the items of a list look like.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    /// By the kind of resource, where lists mix them: the members of the first item and their kinds.
    known: HashMap<String, Vec<(String, Kind)>>,
    drift: Vec<(String, u64, String)>,
    /// Members that were null in some item, and those that were not in some.
    nulls: HashSet<String>,
    filled: HashSet<String>,
    /// Values of the first item.
    values: u64,
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

/// The members of an item; those of a JSON:API resource with its attributes.
pub(super) fn members(item: &Map<String, Value>) -> Vec<(String, &Value)> {
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

impl Shapes {
    /// Takes note of an item of page `page`. What is no object has no shape.
    pub(super) fn see(&mut self, item: &[u8], page: u64) {
        let Ok(Value::Object(item)) = serde_json::from_slice(item) else {
            return;
        };
        if self.values == 0 {
            self.values = item.values().map(leaves).sum();
        }
        let all = members(&item);
        for (name, value) in &all {
            let set = if value.is_null() {
                &mut self.nulls
            } else {
                &mut self.filled
            };
            if !set.contains(name) {
                set.insert(name.clone());
            }
        }
        let now = all
            .into_iter()
            .map(|(name, value)| (name, Kind::of(value)))
            .collect();
        self.compare(resource(&item), now, page);
    }

    fn compare(&mut self, resource: &str, now: Vec<(String, Kind)>, page: u64) {
        let Some(shape) = self.known.get_mut(resource) else {
            self.known.insert(resource.to_owned(), now);
            return;
        };
        let drift = &mut self.drift;
        let mut note = |name: &str, what: String| {
            if drift.len() < NAMED && !drift.iter().any(|(known, ..)| known == name) {
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

    /// How many values an item holds, nested ones included.
    pub(super) fn values(&self) -> u64 {
        self.values
    }

    /// Whether a member was null in some item.
    pub(super) fn has_null(&self, name: &str) -> bool {
        self.nulls.contains(name)
    }

    /// A member that was null in every item so far.
    pub(super) fn always_null(&self) -> Option<&str> {
        self.nulls
            .iter()
            .filter(|name| !self.filled.contains(*name))
            .min()
            .map(String::as_str)
    }

    /// Items of different shapes, if there were any.
    pub(super) fn judge(&self) -> Option<Finding> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn drifts(items: &[&str]) -> bool {
        let mut shapes = Shapes::default();
        for (page, item) in (1..).zip(items) {
            shapes.see(item.as_bytes(), page);
        }
        shapes.judge().is_some()
    }

    #[test]
    fn members_that_come_go_or_change_kind_are_drift() {
        for other in [
            r#"{"id":2}"#,
            r#"{"id":2,"x":"1"}"#,
            r#"{"id":2,"x":1,"y":1}"#,
        ] {
            assert!(drifts(&[r#"{"id":1,"x":1}"#, other]), "{other}");
        }
        let healthy = [
            r#"{"id":1,"x":null}"#,
            r#"{"id":2,"x":"a"}"#,
            r#"{"id":3,"x":null}"#,
        ];
        assert!(!drifts(&healthy));
    }

    #[test]
    fn attributes_of_json_api_are_compared_within_their_type() {
        let a = r#"{"type":"a","id":"1","attributes":{"x":1}}"#;
        let b = r#"{"type":"b","id":"2","attributes":{"y":1}}"#;
        let c = r#"{"type":"a","id":"3","attributes":{"x":"1"}}"#;
        assert!(!drifts(&[a, b]) && drifts(&[a, b, c]));
    }
}
