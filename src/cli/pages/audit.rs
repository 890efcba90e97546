//! `apictl pages audit`: what is wrong with a paginated list, and its cure.

use std::path::PathBuf;

use serde::Serialize;
use serde_json::Value;

use crate::cli::ci::{Case, Ending, annotate, write_junit};
use crate::cli::context::{Context, Fallback};
use crate::cli::failure::{Exit, Failure};
use crate::http::shown_url;
use crate::pages::{Audited, Finding, Hints, Options, Pointer, Severity, audit};
use crate::ui::{Look, Report, Table, Tone};

/// Find what is wrong with a paginated list, and name its cure
///
/// Walks the list and looks at its edges: duplicates and missing items, a count that lies or drifts, an order that
/// changes between two looks, a previous that does not lead back, cycles, wrong addresses in next, items of
/// different shapes, page sizes, what lies past the end, parameters that give a 500, queries that grow with the page
/// (from Server-Timing). Findings of severity info do not fail the audit.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 nothing wrong, 1 a finding of severity low or higher, 3 the API refused, 4 no answer

Examples:
  apictl pages audit /api/products/
  apictl pages audit /api/products/ --as alice --junit pages.xml
  apictl pages audit /api/events/ --max-pages 50 --format json")]
pub(crate) struct Args {
    /// The first page: a URL, or a path that is joined to the base URL
    url: String,
    /// Walk no further than this; counts and the end are judged only when the walk gets there
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u64).range(2..))]
    max_pages: u64,
    /// Where the items are, as a JSON pointer
    #[arg(long, value_name = "POINTER")]
    items: Option<Pointer>,
    /// Where the link to the next page is, as a JSON pointer
    #[arg(long, value_name = "POINTER")]
    next: Option<Pointer>,
    /// Write a JUnit file
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct FindingReport {
    id: &'static str,
    severity: &'static str,
    message: String,
    evidence: Value,
    cure: &'static str,
}

#[derive(Debug, Serialize)]
struct AuditReport {
    schema: &'static str,
    passed: bool,
    url: String,
    style: Option<String>,
    pages: u64,
    items: u64,
    requests: u64,
    /// Whether the walk reached the last page.
    whole: bool,
    findings: Vec<FindingReport>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.format()?;
    ctx.block_on(async {
        let (client, url) = ctx.client_for(&args.url, Fallback::Current)?;
        let options = Options {
            items: args.items.clone(),
            hints: Hints {
                style: None,
                next: args.next.clone(),
            },
            ..Options::default()
        };
        let audited = audit(client, url.clone(), args.max_pages, options).await?;
        let report = report(shown_url(&url), audited);
        let cases = cases(&report);
        if let Some(path) = &args.junit {
            write_junit(path, "pages audit", &cases)?;
        }
        annotate(ctx, &cases);
        ctx.print(&report)?;
        Ok(Exit::answer(report.passed))
    })
}

fn report(url: String, audited: Audited) -> AuditReport {
    AuditReport {
        schema: "apictl.pages.audit/1",
        passed: audited
            .findings
            .iter()
            .all(|finding| finding.severity == Severity::Info),
        url,
        style: audited.style.map(|style| style.to_string()),
        pages: audited.pages,
        items: audited.items,
        requests: audited.requests,
        whole: audited.whole,
        findings: audited.findings.into_iter().map(wire).collect(),
    }
}

fn wire(finding: Finding) -> FindingReport {
    FindingReport {
        id: finding.id,
        severity: finding.severity.name(),
        message: finding.message,
        evidence: finding.evidence,
        cure: finding.cure,
    }
}

fn cases(report: &AuditReport) -> Vec<Case> {
    let mut cases: Vec<Case> = report
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Info.name())
        .map(|finding| Case {
            name: format!("{} {}", report.url, finding.id),
            ending: Ending::Failed,
            message: format!("{}. The cure: {}", finding.message, finding.cure),
        })
        .collect();
    if cases.is_empty() {
        cases.push(Case {
            name: report.url.clone(),
            ending: Ending::Passed,
            message: String::new(),
        });
    }
    cases
}

impl Report for AuditReport {
    fn table(&self, look: &Look) -> String {
        let mut text = String::new();
        if !self.findings.is_empty() {
            let mut table = Table::new(["SEVERITY", "FINDING", "WHAT", "CURE"]);
            for finding in &self.findings {
                let tone = match finding.severity {
                    "high" => Some(Tone::Bad),
                    "medium" | "low" => Some(Tone::Warning),
                    _ => Some(Tone::Faint),
                };
                table.toned_row([
                    (finding.severity.to_owned(), tone),
                    (finding.id.to_owned(), None),
                    (finding.message.clone(), None),
                    (finding.cure.to_owned(), None),
                ]);
            }
            text = table.render(look) + "\n\n";
        }
        let (tone, verdict) = if self.passed {
            (Tone::Good, "nothing wrong")
        } else {
            (Tone::Bad, "faults found")
        };
        let style = self.style.as_deref().unwrap_or("no page");
        let end = if self.whole {
            ""
        } else {
            ", the end was not reached"
        };
        text + &format!(
            "{}: {} items on {} pages ({style}), {} requests{end}",
            look.paint(tone, verdict),
            self.items,
            self.pages,
            self.requests
        )
    }
}
