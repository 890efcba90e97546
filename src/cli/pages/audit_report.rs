//! The answer of `apictl pages audit`: table, JSON, JUnit cases, baselines.

use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use crate::cli::ci::{Case, Ending};
use crate::cli::failure::{Exit, Failure};
use crate::http::{Url, shown_url};
use crate::pages::{Audited, Check, Finding, KINDS, Severity, Status, Stopped, WalkError};
use crate::ui::{Look, Report, Table, Tone, render};

const SCHEMA: &str = "apictl.pages.audit/1";

#[derive(Debug, Serialize)]
pub(super) struct AuditReport {
    schema: &'static str,
    /// Whether nothing of the severity of `--fail-on` was found, and nothing cut the audit off.
    pub(super) passed: bool,
    url: String,
    style: Option<String>,
    style_seen: Option<String>,
    pages: u64,
    items: u64,
    count: Option<u64>,
    requests: u64,
    /// Whether the walk reached the last page.
    whole: bool,
    /// Pages looked at beyond the walk.
    sampled: Vec<u64>,
    /// Why the audit ended before its last look.
    pub(super) stopped: Option<String>,
    fail_on: &'static str,
    findings: Vec<FindingReport>,
    checks: Vec<CheckReport>,
}

#[derive(Debug, Serialize)]
struct FindingReport {
    id: &'static str,
    severity: &'static str,
    message: String,
    evidence: Value,
    cure: &'static str,
    /// Whether the baseline had it.
    known: bool,
    /// Whether it makes the audit fail.
    counts: bool,
}

#[derive(Debug, Serialize)]
struct CheckReport {
    id: &'static str,
    status: &'static str,
    note: String,
}

impl From<Check> for CheckReport {
    fn from(check: Check) -> Self {
        Self {
            id: check.id,
            status: check.status.name(),
            note: check.note,
        }
    }
}

impl AuditReport {
    /// `known` are the names of a baseline's findings.
    pub(super) fn new(
        url: &Url,
        audited: Audited,
        fail_on: Severity,
        known: Option<&[String]>,
    ) -> Self {
        let stopped = audited.stopped.as_ref().map(words);
        let cut_off = audited
            .stopped
            .as_ref()
            .is_some_and(|why| !matches!(why, Stopped::Budget));
        let findings: Vec<FindingReport> = audited
            .findings
            .into_iter()
            .map(|finding| finding_report(finding, fail_on, known.unwrap_or_default()))
            .collect();
        let (style, style_seen) = audited
            .style
            .map(|(style, why)| (style.to_string(), why))
            .unzip();
        Self {
            schema: SCHEMA,
            passed: !cut_off && !findings.iter().any(|finding| finding.counts),
            url: shown_url(url),
            style,
            style_seen,
            pages: audited.pages,
            items: audited.items,
            count: audited.count,
            requests: audited.requests,
            whole: audited.whole,
            sampled: audited.sampled,
            stopped,
            fail_on: fail_on.name(),
            findings,
            checks: audited.checks.into_iter().map(CheckReport::from).collect(),
        }
    }

    /// Whether a finding makes the audit fail.
    pub(super) fn has_faults(&self) -> bool {
        self.findings.iter().any(|finding| finding.counts)
    }

    /// Every kind as CI systems show it: findings that count are failures.
    pub(super) fn cases(&self) -> Vec<Case> {
        self.checks
            .iter()
            .map(|check| {
                let found: Vec<&FindingReport> = self
                    .findings
                    .iter()
                    .filter(|finding| finding.id == check.id)
                    .collect();
                let ending = if found.iter().any(|finding| finding.counts) {
                    Ending::Failed
                } else if check.status == Status::Skipped.name() {
                    Ending::Skipped
                } else {
                    Ending::Passed
                };
                let told: Vec<String> = found
                    .iter()
                    .map(|finding| format!("{}. The cure: {}", finding.message, finding.cure))
                    .collect();
                Case {
                    name: format!("{} {}", self.url, check.id),
                    ending,
                    message: if told.is_empty() {
                        check.note.clone()
                    } else {
                        told.join("; ")
                    },
                }
            })
            .collect()
    }

    /// Writes the JSON report to a file.
    pub(super) fn save(&self, path: &Path) -> Result<(), Failure> {
        let shown = path.display();
        let text = render(self, crate::ui::Format::Json, &Look::PLAIN)
            .map_err(|error| Failure::local(format!("cannot write {shown}")).because(&error))?;
        std::fs::write(path, text)
            .map_err(|error| Failure::local(format!("cannot write {shown}")).because(&error))
    }

    /// What the verdict rests on.
    fn looked_at(&self) -> String {
        let style = self.style.as_deref().unwrap_or("no page");
        let some =
            |n: u64, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let mut text = format!(
            "{} on {} ({style}), {}",
            some(self.items, "item", "items"),
            some(self.pages, "page", "pages"),
            some(self.requests, "request", "requests")
        );
        if !self.whole {
            let of = self
                .count
                .map_or_else(String::new, |count| format!(" of {count} items"));
            text.push_str(&format!("; the end{of} was not reached"));
            if !self.sampled.is_empty() {
                let pages: Vec<String> = self.sampled.iter().map(ToString::to_string).collect();
                text.push_str(&format!(
                    ", pages {} were looked at beyond",
                    pages.join(", ")
                ));
            }
        }
        text
    }
}

fn finding_report(finding: Finding, fail_on: Severity, known: &[String]) -> FindingReport {
    let known = known.iter().any(|id| id == finding.id);
    FindingReport {
        id: finding.id,
        severity: finding.severity.name(),
        counts: finding.severity >= fail_on && !known,
        message: finding.message,
        evidence: finding.evidence,
        cure: finding.cure,
        known,
    }
}

fn words(stopped: &Stopped) -> String {
    match stopped {
        Stopped::Budget => "the requests that are allowed were used up (--max-requests)".to_owned(),
        Stopped::Throttled(words) => {
            format!("{words}; wait, ask slower with --rate, or look for less with --only")
        }
        Stopped::NoAnswer(error) => format!("no answer any more: {error}"),
        Stopped::Walk(error) => error.to_string(),
    }
}

/// How an audit ends whose walk did.
pub(super) fn exit_of_walk(error: &WalkError) -> Exit {
    match error {
        WalkError::Http { .. } => Exit::NoAnswer,
        error if error.is_no_answer() => Exit::NoAnswer,
        _ => Exit::Api,
    }
}

/// The names of the findings of an earlier report.
pub(super) fn known_findings(path: &Path) -> Result<Vec<String>, Failure> {
    let shown = path.display();
    let text = std::fs::read(path).map_err(|error| {
        Failure::local(format!("cannot read the baseline {shown}")).because(&error)
    })?;
    let report: Value = serde_json::from_slice(&text).map_err(|error| {
        Failure::usage(format!("the baseline {shown} is no JSON")).because(&error)
    })?;
    if report["schema"] != SCHEMA {
        return Err(
            Failure::usage(format!("{shown} is no report of a pages audit"))
                .hint("write one with `apictl pages audit URL --save FILE`"),
        );
    }
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    Ok(findings
        .iter()
        .filter_map(|finding| finding["id"].as_str().map(str::to_owned))
        .collect())
}

impl Report for AuditReport {
    fn table(&self, look: &Look) -> String {
        let mut text = String::new();
        if !self.findings.is_empty() {
            let mut table = Table::new(["SEVERITY", "FINDING", "WHAT", "CURE"]);
            for finding in &self.findings {
                let tone = match finding.severity {
                    _ if finding.known => Some(Tone::Faint),
                    "high" => Some(Tone::Bad),
                    "medium" | "low" => Some(Tone::Warning),
                    _ => Some(Tone::Faint),
                };
                let severity = if finding.known {
                    format!("{} (known)", finding.severity)
                } else {
                    finding.severity.to_owned()
                };
                table.toned_row([
                    (severity, tone),
                    (finding.id.to_owned(), None),
                    (finding.message.clone(), None),
                    (finding.cure.to_owned(), None),
                ]);
            }
            text = table.render(look) + "\n\n";
        }
        let skipped: Vec<&CheckReport> = self
            .checks
            .iter()
            .filter(|check| check.status == Status::Skipped.name())
            .collect();
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        for check in skipped {
            match reasons.iter_mut().find(|(note, _)| *note == check.note) {
                Some((_, ids)) => ids.push(check.id),
                None => reasons.push((&check.note, vec![check.id])),
            }
        }
        for (note, ids) in reasons {
            text.push_str(&look.paint(
                Tone::Faint,
                &format!("not looked for: {} ({note})\n", ids.join(", ")),
            ));
        }
        let (tone, verdict) = match (self.passed, self.has_faults()) {
            (_, true) => (Tone::Bad, "faults found"),
            (true, _) => (Tone::Good, "nothing wrong"),
            (false, false) => (Tone::Warning, "not carried out"),
        };
        text + &format!("{}: {}", look.paint(tone, verdict), self.looked_at())
    }
}

/// Everything that may be found.
#[derive(Debug, Serialize)]
pub(super) struct KindsReport {
    schema: &'static str,
    findings: Vec<KindReport>,
}

#[derive(Debug, Serialize)]
struct KindReport {
    id: &'static str,
    severity: &'static str,
    means: &'static str,
    cure: &'static str,
    requests: u64,
}

impl KindsReport {
    pub(super) fn new() -> Self {
        Self {
            schema: "apictl.pages.findings/1",
            findings: KINDS
                .iter()
                .map(|kind| KindReport {
                    id: kind.id,
                    severity: kind.severity.name(),
                    means: kind.means,
                    cure: kind.cure,
                    requests: kind.looks,
                })
                .collect(),
        }
    }
}

impl Report for KindsReport {
    fn table(&self, look: &Look) -> String {
        let mut table = Table::new(["FINDING", "SEVERITY", "MEANS", "CURE", "REQUESTS"]);
        for kind in &self.findings {
            table.row([
                kind.id.to_owned(),
                kind.severity.to_owned(),
                kind.means.to_owned(),
                kind.cure.to_owned(),
                kind.requests.to_string(),
            ]);
        }
        table.align_right(4);
        table.render(look)
    }
}
