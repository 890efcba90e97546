//! One risk that an audit found.

use serde::Serialize;
use serde_json::Value;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Worth mending some day.
    Low,
    /// Worth mending.
    Medium,
    /// Others can act as your users.
    High,
}

/// One risk.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// A stable name.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What was found, in words.
    pub message: String,
    /// What it was seen by.
    pub evidence: Value,
    /// What to do about it; names the Django setting where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<&'static str>,
}

impl Finding {
    pub(crate) fn new(
        id: &'static str,
        severity: Severity,
        message: impl Into<String>,
        evidence: Value,
    ) -> Self {
        Self {
            id,
            severity,
            message: message.into(),
            evidence,
            fix: None,
        }
    }

    #[must_use]
    pub(crate) fn fix(mut self, fix: &'static str) -> Self {
        self.fix = Some(fix);
        self
    }
}
