//! What an audit of a paginated list may find: names, weights, cures. Pure.

use std::fmt;

use serde_json::{Value, json};

use super::origin::{Fault, Part};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; no fault.
    Info,
    /// A fault that clients can live with.
    Low,
    /// A fault that some clients trip over.
    Medium,
    /// Rows are lost, doubled or leaked, or a walk never ends.
    High,
}

impl Severity {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The name of its kind: `duplicate-items`.
    pub id: &'static str,
    /// Its weight.
    pub severity: Severity,
    /// What was seen, in a sentence.
    pub message: String,
    /// The figures behind it.
    pub evidence: Value,
    /// The Django setting or line that cures it.
    pub cure: &'static str,
}

impl Finding {
    /// A finding of a kind.
    pub fn new(
        id: &'static str,
        severity: Severity,
        message: impl Into<String>,
        evidence: Value,
        cure: &'static str,
    ) -> Self {
        Self {
            id,
            severity,
            message: message.into(),
            evidence,
            cure,
        }
    }

    /// A link with a wrong part.
    pub fn of_fault(fault: &Fault) -> Vec<Self> {
        let id = match fault.part {
            Part::Scheme => "wrong-scheme-in-next",
            Part::Host => "wrong-host-in-next",
            Part::Port => "wrong-port-in-next",
            Part::Prefix => "wrong-path-in-next",
        };
        let evidence = json!({"written": fault.written, "expected": fault.right});
        let mut found = vec![Self::new(
            id,
            Severity::High,
            fault.to_string(),
            evidence.clone(),
            fault.part.cure(),
        )];
        if fault.part == Part::Host && is_internal(&fault.written) {
            found.push(Self::new(
                "leaked-internal-host",
                Severity::Medium,
                format!("links tell the internal host name '{}'", fault.written),
                evidence,
                Part::Host.cure(),
            ));
        }
        found
    }
}

/// Whether a host name is one of an inner network (RFC 1918, RFC 6762, RFC 9476, Docker's and Kubernetes' habits).
fn is_internal(host: &str) -> bool {
    if let Ok(address) = host.parse::<std::net::Ipv4Addr>() {
        return address.is_private() || address.is_loopback() || address.is_link_local();
    }
    let first = host.split('.').next().unwrap_or_default();
    !host.contains('.')
        || [".local", ".internal", ".lan", ".intern", ".test", ".svc"]
            .iter()
            .any(|end| host.ends_with(end))
        || matches!(first, "inner" | "internal" | "backend")
}

/// The items of a walk, as far as they must be remembered to judge it.
#[derive(Debug, Default)]
pub struct Sightings {
    /// For each item its identity, hashed, and the page it stood on.
    seen: std::collections::HashMap<u64, u64>,
    /// Identities that came again, with both pages; the first few.
    doubled: Vec<(String, u64, u64)>,
    doubles: u64,
    /// The members of the first item, with the kinds of their values.
    shape: Option<Vec<(String, Kind)>>,
    drift: Vec<(String, u64, String)>,
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
        .find_map(|name| super::unique::field(item, name))
        .map_or_else(
            || String::from_utf8_lossy(item).into_owned(),
            |value| value.get().to_owned(),
        )
}

impl Sightings {
    /// Takes note of an item of page `page`; `hash` is that of its identity.
    pub fn see(&mut self, item: &[u8], hash: u64, page: u64) {
        match self.seen.get(&hash) {
            Some(&earlier) => {
                self.doubles += 1;
                if self.doubled.len() < 5 {
                    self.doubled.push((identity(item), earlier, page));
                }
            }
            None => {
                self.seen.insert(hash, page);
            }
        }
        self.compare(item, page);
    }

    /// How many different items there were.
    pub fn distinct(&self) -> u64 {
        self.seen.len() as u64
    }

    fn compare(&mut self, item: &[u8], page: u64) {
        let Ok(Value::Object(members)) = serde_json::from_slice(item) else {
            return;
        };
        let now: Vec<(String, Kind)> = members
            .iter()
            .map(|(name, value)| (name.clone(), Kind::of(value)))
            .collect();
        let Some(shape) = &mut self.shape else {
            self.shape = Some(now);
            return;
        };
        let mut drift = |name: &str, what: String| {
            if self.drift.len() < 10 && !self.drift.iter().any(|(known, ..)| known == name) {
                self.drift.push((name.to_owned(), page, what));
            }
        };
        for (name, kind) in &now {
            match shape.iter_mut().find(|(known, _)| known == name) {
                None => drift(name, "is not in the first item".to_owned()),
                // A null says nothing of the kind; the first value does.
                Some((_, known)) if *known == Kind::Null => *known = *kind,
                Some((_, known)) if *kind != Kind::Null && known != kind => {
                    drift(name, format!("is {} and was {}", kind.name(), known.name()));
                }
                Some(_) => {}
            }
        }
        for (name, _) in shape.iter() {
            if !members.contains_key(name) {
                drift(name, "is missing".to_owned());
            }
        }
    }

    /// Findings on the items themselves. `count` is the server's, where it gives one and it held still.
    pub fn judge(&self, whole: bool, count: Option<u64>) -> Vec<Finding> {
        let mut found = Vec::new();
        if self.doubles > 0 {
            let examples: Vec<Value> = self
                .doubled
                .iter()
                .map(|(id, first, again)| json!({"item": id, "pages": [first, again]}))
                .collect();
            found.push(Finding::new(
                "duplicate-items",
                Severity::High,
                format!("{} items came more than once", self.doubles),
                json!({"duplicates": self.doubles, "examples": examples}),
                "queryset.order_by(..., 'pk'): without a total order pages overlap",
            ));
        }
        let distinct = self.distinct();
        if let Some(count) = count.filter(|_| whole) {
            if distinct < count {
                let id = if self.doubles > 0 {
                    "missing-items"
                } else {
                    "count-mismatch"
                };
                found.push(Finding::new(
                    id,
                    Severity::High,
                    format!("the server counts {count} items, {distinct} different ones came"),
                    json!({"count": count, "distinct": distinct}),
                    "order_by(..., 'pk'), and a count of the same queryset that is sliced (no joins that multiply rows)",
                ));
            } else if distinct > count {
                found.push(Finding::new(
                    "count-mismatch",
                    Severity::High,
                    format!("the server counts {count} items, {distinct} came"),
                    json!({"count": count, "distinct": distinct}),
                    "count the queryset that is sliced",
                ));
            }
        }
        if !self.drift.is_empty() {
            let members: Vec<Value> = self
                .drift
                .iter()
                .map(|(name, page, what)| json!({"member": name, "page": page, "what": what}))
                .collect();
            let (name, page, what) = &self.drift[0];
            found.push(Finding::new(
                "schema-drift",
                Severity::Medium,
                format!("items differ in shape: '{name}' {what} on page {page}"),
                json!({"members": members}),
                "one serializer for all rows, with required=True or a default for each field",
            ));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(items: &[&str], count: u64) -> Vec<&'static str> {
        let mut sightings = Sightings::default();
        for (page, item) in (1..).zip(items) {
            let hash = identity(item.as_bytes()).bytes().fold(7_u64, |hash, byte| {
                hash.wrapping_mul(31).wrapping_add(byte.into())
            });
            sightings.see(item.as_bytes(), hash, page);
        }
        let found = sightings.judge(true, Some(count));
        found.iter().map(|finding| finding.id).collect()
    }

    #[test]
    fn healthy_items_are_not_found_fault_with() {
        assert!(
            judged(
                &[
                    r#"{"id":1,"x":null}"#,
                    r#"{"id":2,"x":"a"}"#,
                    r#"{"id":3,"x":null}"#
                ],
                3
            )
            .is_empty()
        );
    }

    #[test]
    fn doubled_missing_and_miscounted_items_are_told_apart() {
        assert_eq!(
            judged(&[r#"{"id":1}"#, r#"{"id":1}"#], 2),
            ["duplicate-items", "missing-items"]
        );
        assert_eq!(
            judged(&[r#"{"id":1}"#, r#"{"id":2}"#], 3),
            ["count-mismatch"]
        );
        assert_eq!(
            judged(&[r#"{"id":1}"#, r#"{"id":2}"#], 1),
            ["count-mismatch"]
        );
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
    fn inner_hosts_are_known_by_their_names() {
        for host in [
            "10.0.0.7",
            "web",
            "api.svc",
            "inner.example.test",
            "django.internal",
        ] {
            assert!(is_internal(host), "{host}");
        }
        assert!(!is_internal("api.example.com") && !is_internal("203.0.113.9"));
    }
}
