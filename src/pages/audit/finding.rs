//! One thing that an audit found. Pure.

use std::fmt;
use std::str::FromStr;

use serde_json::{Value, json};

use super::catalogue::kind;
use crate::pages::origin::{Fault, Part};

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
    /// The names in reports, lightest first.
    pub const NAMES: [&'static str; 4] = ["info", "low", "medium", "high"];

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

impl FromStr for Severity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Info, Self::Low, Self::Medium, Self::High]
            .into_iter()
            .find(|severity| severity.name() == text)
            .ok_or_else(|| format!("known are {}", Self::NAMES.join(", ")))
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
    /// A finding of a kind, with the kind's weight and cure.
    pub fn new(id: &'static str, message: impl Into<String>, evidence: Value) -> Self {
        let known = kind(id);
        Self {
            id,
            severity: known.map_or(Severity::High, |kind| kind.severity),
            message: message.into(),
            evidence,
            cure: known.map_or("", |kind| kind.cure),
        }
    }

    /// The same finding with another weight.
    #[must_use]
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
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
        let mut found = vec![Self::new(id, fault.to_string(), evidence.clone())];
        if fault.part == Part::Host && is_internal(&fault.written) {
            found.push(Self::new(
                "leaked-internal-host",
                format!("links tell the internal host name '{}'", fault.written),
                evidence,
            ));
        }
        found
    }
}

/// Whether a host name is one of an inner network (RFC 1918, RFC 4193, RFC 6762, RFC 9476, Docker's and Kubernetes' habits).
pub(super) fn is_internal(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(address)) => {
            return address.is_private() || address.is_loopback() || address.is_link_local();
        }
        Ok(std::net::IpAddr::V6(address)) => {
            let first = address.segments()[0];
            return address.is_loopback() || first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80;
        }
        Err(_) => {}
    }
    let first = host.split('.').next().unwrap_or_default();
    !host.contains('.')
        || [
            ".local",
            ".internal",
            ".lan",
            ".intern",
            ".test",
            ".svc",
            ".cluster.local",
        ]
        .iter()
        .any(|end| host.ends_with(end))
        || matches!(first, "inner" | "internal" | "backend")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_hosts_are_known_by_their_names() {
        for host in [
            "10.0.0.7",
            "web",
            "api.svc",
            "inner.example.test",
            "django.internal",
            "[fd00::1]",
            "[::1]",
        ] {
            assert!(is_internal(host), "{host}");
        }
        for host in ["api.example.com", "203.0.113.9", "[2001:db8::1]"] {
            assert!(!is_internal(host), "{host}");
        }
    }

    #[test]
    fn severities_are_read_as_they_are_written() {
        for name in Severity::NAMES {
            assert_eq!(name.parse::<Severity>().map(Severity::name), Ok(name));
        }
        assert!("grave".parse::<Severity>().is_err());
    }
}
