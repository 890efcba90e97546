//! What was looked for, and how each of it ended. Pure.

use super::catalogue::KINDS;
use super::finding::Finding;

/// How looking for one kind of finding ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It was found.
    Found,
    /// It was looked for, and is not there.
    Clear,
    /// It was not looked for.
    Skipped,
}

impl Status {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Clear => "clear",
            Self::Skipped => "skipped",
        }
    }
}

/// One kind of finding and how looking for it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The kind.
    pub id: &'static str,
    /// How it ended.
    pub status: Status,
    /// What was looked at, or why nothing was.
    pub note: String,
}

/// The book that an audit keeps.
#[derive(Debug)]
pub(super) struct Ledger {
    checks: Vec<Check>,
    findings: Vec<Finding>,
    wanted: Vec<&'static str>,
    /// Kinds that were found, asked for or not: what is looked at later depends on them.
    seen: Vec<&'static str>,
}

impl Ledger {
    /// An empty book for these kinds.
    pub(super) fn new(wanted: Vec<&'static str>) -> Self {
        Self {
            checks: Vec::new(),
            findings: Vec::new(),
            wanted,
            seen: Vec::new(),
        }
    }

    /// Whether one of these kinds is asked for.
    pub(super) fn wants(&self, ids: &[&'static str]) -> bool {
        ids.iter().any(|id| self.wanted.contains(id))
    }

    /// Whether this kind was found, asked for or not.
    pub(super) fn has(&self, id: &str) -> bool {
        self.seen.contains(&id)
    }

    /// Whether it was said that this kind is not looked for.
    pub(super) fn is_skipped(&self, id: &str) -> bool {
        let skipped = |check: &Check| check.id == id && check.status == Status::Skipped;
        self.checks.iter().any(skipped)
    }

    /// Enters a finding.
    pub(super) fn find(&mut self, finding: Finding) {
        self.seen.push(finding.id);
        if !self.wants(&[finding.id]) {
            return;
        }
        let same = |known: &Finding| known.id == finding.id && known.message == finding.message;
        self.set(finding.id, Status::Found, finding.message.clone());
        if !self.findings.iter().any(same) {
            self.findings.push(finding);
        }
    }

    /// Enters that a kind was looked for in vain.
    pub(super) fn clear(&mut self, id: &'static str, note: impl Into<String>) {
        if !self.has(id) {
            self.set(id, Status::Clear, note.into());
        }
    }

    /// Enters that a kind was not looked for; a kind that was is left as it is.
    pub(super) fn skip(&mut self, id: &'static str, why: impl Into<String>) {
        if !self.checks.iter().any(|check| check.id == id) {
            self.set(id, Status::Skipped, why.into());
        }
    }

    fn set(&mut self, id: &'static str, status: Status, note: String) {
        if !self.wants(&[id]) {
            return;
        }
        let check = Check { id, status, note };
        match self.checks.iter_mut().find(|known| known.id == id) {
            Some(known) => *known = check,
            None => self.checks.push(check),
        }
    }

    /// All wanted kinds in the catalogue's order, and the findings, heaviest first.
    pub(super) fn close(mut self, why: &str) -> (Vec<Check>, Vec<Finding>) {
        for id in self.wanted.clone() {
            self.skip(id, why);
        }
        let place = |id: &str| KINDS.iter().position(|kind| kind.id == id);
        self.checks.sort_by_key(|check| place(check.id));
        self.findings
            .sort_by_key(|finding| (std::cmp::Reverse(finding.severity), place(finding.id)));
        (self.checks, self.findings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_found_stays_found_and_what_was_not_looked_for_says_why() {
        let mut ledger = Ledger::new(vec!["cycle", "unstable-order", "count-drift"]);
        ledger.find(Finding::new("cycle", "page 2 leads back", json!({})));
        ledger.find(Finding::new("cycle", "page 2 leads back", json!({})));
        ledger.find(Finding::new("schema-drift", "not asked for", json!({})));
        assert!(ledger.has("schema-drift"));
        ledger.clear("cycle", "seen");
        ledger.clear("unstable-order", "3 pages twice");
        ledger.skip("unstable-order", "too late");
        let (checks, findings) = ledger.close("the audit ended before");
        assert_eq!(findings.len(), 1);
        let shown: Vec<(&str, &str)> = checks
            .iter()
            .map(|check| (check.id, check.status.name()))
            .collect();
        assert_eq!(
            shown,
            [
                ("count-drift", "skipped"),
                ("cycle", "found"),
                ("unstable-order", "clear")
            ]
        );
    }
}
