//! The audit's answer: table, JSON, JUnit cases.

use serde::Serialize;

use crate::cli::ci::{Case, Ending};
use crate::cli::failure::Exit;
use crate::http::shown_url;
use crate::token::audit::{Evidence, Finish, Outcome, PROBES, Target, Verdict};
use crate::ui::{Look, Report, Table, Tone, lines_of};

pub(super) const SCHEMA: &str = "apictl.token.audit/1";

#[derive(Debug, Serialize)]
pub(super) struct AuditReport {
    schema: &'static str,
    /// Whether no probe reached the verdict of `--fail-on`, but for known ones.
    pub(super) passed: bool,
    /// Why there may be faults that were not seen; nothing when everything wanted was tried.
    pub(super) incomplete: Option<String>,
    pub(super) target: TargetReport,
    requests: Requests,
    summary: Summary,
    pub(super) probes: Vec<ProbeReport>,
    #[serde(skip)]
    unfinished: Exit,
}

#[derive(Debug, Serialize)]
pub(super) struct TargetReport {
    pub(super) protected: String,
    obtain: Option<String>,
    refresh: Option<String>,
    verify: Option<String>,
    revoke: Option<String>,
}

#[derive(Debug, Serialize)]
struct Requests {
    planned: u32,
    max: u32,
    sent: u32,
}

#[derive(Debug, Default, Serialize)]
struct Summary {
    pass: usize,
    fail: usize,
    crash: usize,
    warn: usize,
    skip: usize,
    /// Of those not in order, how many the baseline knew.
    known: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct ProbeReport {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) verdict: &'static str,
    /// Whether the baseline had the same verdict.
    pub(super) known: bool,
    pub(super) message: String,
    pub(super) reference: &'static str,
    pub(super) cure: &'static str,
    evidence: Vec<EvidenceReport>,
    #[serde(skip)]
    kind: Verdict,
    #[serde(skip)]
    counts: bool,
}

#[derive(Debug, Serialize)]
struct EvidenceReport {
    request: String,
    status: Option<u16>,
    reply: String,
}

impl From<&Evidence> for EvidenceReport {
    fn from(seen: &Evidence) -> Self {
        Self {
            request: seen.request.clone(),
            status: seen.status,
            reply: seen.reply.clone(),
        }
    }
}

impl AuditReport {
    /// `requests` are those planned, allowed and sent; `known` are names and verdicts of a baseline.
    pub(super) fn new(
        target: &Target,
        outcomes: &[Outcome],
        [planned, max, sent]: [u32; 3],
        known: &[(String, String)],
        fail_on: Verdict,
    ) -> Self {
        let probes: Vec<ProbeReport> = outcomes
            .iter()
            .map(|outcome| probe(outcome, known, fail_on))
            .collect();
        let count = |kind| probes.iter().filter(|probe| probe.kind == kind).count();
        let shown = |url: &Option<crate::http::Url>| url.as_ref().map(shown_url);
        Self {
            schema: SCHEMA,
            passed: !probes.iter().any(|probe| probe.counts),
            incomplete: None,
            unfinished: Exit::Yes,
            target: TargetReport {
                protected: shown_url(&target.protected),
                obtain: shown(&target.obtain),
                refresh: shown(&target.refresh),
                verify: shown(&target.verify),
                revoke: shown(&target.revoke),
            },
            requests: Requests { planned, max, sent },
            summary: Summary {
                pass: count(Verdict::Pass),
                fail: count(Verdict::Fail),
                crash: count(Verdict::Crash),
                warn: count(Verdict::Warn),
                skip: count(Verdict::Skip),
                known: probes.iter().filter(|probe| probe.known).count(),
            },
            probes,
        }
    }

    /// The same with how the battery ended.
    #[must_use]
    pub(super) fn finished(mut self, finish: &Finish) -> Self {
        (self.unfinished, self.incomplete) = match finish {
            Finish::Sound => (Exit::Yes, None),
            Finish::Refused { status } => (
                Exit::Api,
                Some(format!(
                    "the good token is answered {status} by now, so that refusals prove nothing"
                )),
            ),
            Finish::Throttled => (
                Exit::Api,
                Some("the API throttles (429): wait, or allow the audit more".to_owned()),
            ),
            Finish::NoAnswer(why) => (Exit::NoAnswer, Some(why.clone())),
        };
        self
    }

    /// A fault counts more than an audit that was cut short, and that more than the absence of faults.
    pub(super) fn exit(&self) -> Exit {
        if self.passed {
            self.unfinished
        } else {
            Exit::No
        }
    }

    /// The probes as CI systems show them: those that count are failures.
    pub(super) fn cases(&self) -> Vec<Case> {
        self.probes
            .iter()
            .map(|probe| Case {
                name: format!("{}: {}", probe.id, probe.title),
                ending: match probe.kind {
                    _ if probe.counts => Ending::Failed,
                    Verdict::Skip => Ending::Skipped,
                    _ => Ending::Passed,
                },
                message: format!("{}. Cure: {}", probe.message, probe.cure),
            })
            .collect()
    }
}

fn probe(outcome: &Outcome, known: &[(String, String)], fail_on: Verdict) -> ProbeReport {
    let probe = PROBES.iter().find(|probe| probe.id == outcome.id);
    let verdict = outcome.verdict.word();
    let bad = outcome.verdict >= Verdict::Warn;
    let known = bad
        && known
            .iter()
            .any(|(id, word)| id == outcome.id && word == verdict);
    ProbeReport {
        id: outcome.id,
        title: probe.map_or("", |probe| probe.title),
        verdict,
        known,
        message: outcome.message.clone(),
        reference: probe.map_or("", |probe| probe.reference),
        cure: probe.map_or("", |probe| probe.cure),
        evidence: outcome.evidence.iter().map(EvidenceReport::from).collect(),
        kind: outcome.verdict,
        counts: bad && outcome.verdict >= fail_on && !known,
    }
}

impl Report for AuditReport {
    fn table(&self, look: &Look) -> String {
        let mut table = Table::new(["", "PROBE", "WHAT", "RESULT"]);
        for probe in &self.probes {
            let (word, tone) = match probe.kind {
                Verdict::Pass => ("pass", Tone::Good),
                Verdict::Fail => ("FAIL", Tone::Bad),
                Verdict::Crash => ("CRASH", Tone::Bad),
                Verdict::Warn => ("warn", Tone::Warning),
                Verdict::Skip => ("skip", Tone::Faint),
            };
            let word = if probe.known {
                format!("{word} (known)")
            } else {
                word.to_owned()
            };
            table.toned_row([
                (word, Some(tone)),
                (probe.id.to_owned(), None),
                (probe.title.to_owned(), Some(Tone::Faint)),
                (probe.message.clone(), None),
            ]);
        }
        let mut text = table.render(look);
        for probe in self
            .probes
            .iter()
            .filter(|probe| probe.kind >= Verdict::Warn)
        {
            text += &format!(
                "\n\n{} ({})\n  cure: {}",
                look.paint(Tone::Strong, probe.id),
                probe.reference,
                probe.cure
            );
            // What is lawful needs no proof.
            let shown = if probe.kind == Verdict::Warn { 0 } else { 3 };
            for seen in probe.evidence.iter().take(shown) {
                let status = seen
                    .status
                    .map_or_else(String::new, |status| status.to_string());
                let line = format!("  {} → {status} {}", seen.request, seen.reply);
                text += &format!("\n{}", look.paint(Tone::Faint, &line));
            }
        }
        let sum = &self.summary;
        text += &format!(
            "\n\n{} pass, {} fail, {} crash, {} warn, {} skip; {} requests",
            sum.pass, sum.fail, sum.crash, sum.warn, sum.skip, self.requests.sent
        );
        text
    }

    fn lines(&self) -> Result<Vec<serde_json::Value>, serde_json::Error> {
        lines_of(self.schema, &self.probes)
    }
}
