//! The report of a probe, live or from a trace.

use std::fmt::Write;

use serde::Serialize;

use super::experiments::Found;
use crate::cli::failure::Exit;
use crate::throttle::experiment::{Answer, Asked, Scope};
use crate::throttle::limits::{
    Algorithm, Claim, Evidence, Finding, Identified, Limit, Rejection, Tally, Verdict,
};
use crate::throttle::sample::Header;
use crate::ui::{Look, Report, Table, Tone};

#[derive(Debug, Serialize)]
struct ShownTarget {
    method: String,
    url: String,
    identity: String,
}

/// `apictl.throttle.probe/1`.
#[derive(Debug, Serialize)]
pub(super) struct ProbeReport {
    schema: &'static str,
    target: ShownTarget,
    verdict: Verdict,
    limits: Vec<Limit>,
    rejection: Option<Rejection>,
    advertised: Claim,
    findings: Vec<Finding>,
    settles: Option<String>,
    requests: Tally,
    elapsed_s: f64,
    /// What the experiments found out.
    #[serde(flatten)]
    tried: Found,
}

impl ProbeReport {
    pub(super) fn new(header: &Header, found: Identified) -> Self {
        Self {
            schema: "apictl.throttle.probe/1",
            target: ShownTarget {
                method: header.method.clone(),
                url: header.url.clone(),
                identity: header.identity.clone(),
            },
            verdict: found.verdict,
            limits: found.limits,
            rejection: found.rejection,
            advertised: found.advertised,
            findings: found.findings,
            settles: found.settles,
            requests: found.requests,
            elapsed_s: (found.elapsed_s * 1e3).round() / 1e3,
            tried: Found::default(),
        }
    }

    /// The same report with what experiments found out.
    pub(super) fn with(mut self, mut tried: Found) -> Self {
        self.findings.append(&mut tried.findings);
        self.requests += tried.requests;
        self.tried = tried;
        self
    }

    /// Done once there is an answer.
    pub(super) fn exit(&self) -> Exit {
        Exit::answer(self.verdict != Verdict::Inconclusive)
    }

    /// The answer as one would say it.
    fn sentence(&self) -> String {
        let Some(limit) = self.limits.first() else {
            return match self.verdict {
                Verdict::NotLimited => {
                    format!("no limit: all {} requests passed", self.requests.accepted)
                }
                _ => "no answer".to_owned(),
            };
        };
        let parts: Vec<String> = self.limits.iter().map(sentence_of).collect();
        let mut text = parts.join(", and ");
        if let Some(scope) = self.tried.scope.as_ref().and_then(Scope::words) {
            let _ = write!(text, ", {scope}");
        }
        match limit.counts_rejected {
            Some(true) => text += "; refused requests count",
            Some(false) => text += "; refused requests are free",
            None => {}
        }
        if let (Some(each), true) = (limit.limit, limit.enforcers > 1) {
            let _ = write!(
                text,
                "; {} workers do not share the count, so it is really {}",
                limit.enforcers,
                each * limit.enforcers
            );
        }
        if let Some(race) = self
            .tried
            .race
            .as_ref()
            .filter(|race| race.accepted > race.allowed)
        {
            let _ = write!(text, "; {} pass when they come at once", race.accepted);
        }
        text
    }

    fn experiments(&self, look: &Look) -> String {
        let mut text = String::new();
        let asked = |asked: &[Asked]| {
            let mut table = Table::new(["CHANGED", "TO", "COUNT"]);
            for question in asked {
                let (answer, tone) = match question.answer {
                    Answer::Fresh => ("its own".to_owned(), Some(Tone::Warning)),
                    Answer::Same => ("the same".to_owned(), None),
                    Answer::Otherwise(status) => (format!("answers {status}"), Some(Tone::Faint)),
                    Answer::Unsteady => ("no telling".to_owned(), Some(Tone::Faint)),
                };
                table.toned_row([
                    (question.dimension.to_owned(), None),
                    (question.variant.clone(), None),
                    (answer, tone),
                ]);
            }
            table.render(look)
        };
        if let Some(scope) = &self.tried.scope {
            let _ = write!(text, "\n\n{}", asked(&scope.asked));
        }
        if let Some(bypass) = &self.tried.bypass {
            let _ = write!(text, "\n\n{}", asked(bypass));
        }
        if let Some(race) = &self.tried.race {
            let _ = write!(
                text,
                "\n\nat once: {} of {} passed with {} in flight; {} pass one after another",
                race.accepted, race.sent, race.concurrency, race.sequential
            );
        }
        text
    }
}

fn sentence_of(limit: &Limit) -> String {
    let count = limit.limit.or(limit.burst).unwrap_or_default();
    let window = limit
        .window_s
        .map_or_else(|| "an unknown time".to_owned(), duration);
    match limit.algorithm {
        Some(Algorithm::SlidingLog) => format!("{count} requests in any {window}"),
        Some(Algorithm::FixedWindowFirstRequest) => {
            format!("{count} requests in {window} from the first")
        }
        Some(Algorithm::FixedWindowAligned) => {
            format!("{count} requests in each {window} by the clock")
        }
        Some(Algorithm::SlidingWindowCounter) => {
            format!("{count} requests in about {window}, counted in two windows")
        }
        Some(Algorithm::Ban) => format!("{count} requests, then a block of {window}"),
        Some(Algorithm::TokenBucket) => format!(
            "bursts of {count}, then {} requests a second",
            limit.rate_per_s.unwrap_or_default()
        ),
        Some(Algorithm::LeakyQueue) => format!(
            "one request every {}, {count} waiting",
            duration(1.0 / limit.rate_per_s.unwrap_or(1.0))
        ),
        Some(Algorithm::Concurrency) => {
            format!(
                "{} requests at once",
                limit.max_in_flight.unwrap_or_default()
            )
        }
        None => format!("{count} requests pass at first; no known limiter fits the rest"),
    }
}

fn duration(seconds: f64) -> String {
    match seconds {
        s if s >= 172_800.0 && s % 86_400.0 < 1e-6 => format!("{} days", s / 86_400.0),
        s if s >= 3_600.0 && s % 3_600.0 < 1e-6 => format!("{} h", s / 3_600.0),
        s if s >= 120.0 && s % 60.0 < 1e-6 => format!("{} min", s / 60.0),
        s => format!("{s} s"),
    }
}

fn word(evidence: Option<Evidence>) -> &'static str {
    match evidence {
        Some(Evidence::Observed) => "observed",
        Some(Evidence::Inferred) => "inferred",
        Some(Evidence::Advertised) => "advertised",
        Some(Evidence::Contradicted) => "contradicted by the headers",
        None => "",
    }
}

impl Report for ProbeReport {
    fn table(&self, look: &Look) -> String {
        let mut text = look.paint(Tone::Strong, &self.sentence());
        for limit in &self.limits {
            let mut table = Table::new(["FIGURE", "VALUE", "EVIDENCE"]);
            let mut row = |name: &str, value: String, evidence| {
                table.row([name.to_owned(), value, word(evidence).to_owned()]);
            };
            let algorithm = limit.algorithm.map_or("unknown", Algorithm::name);
            row("algorithm", algorithm.to_owned(), limit.evidence.algorithm);
            if let Some(count) = limit.limit.or(limit.burst) {
                row("limit", count.to_string(), limit.evidence.limit);
            }
            if let Some(most) = limit.max_in_flight {
                row("in flight", most.to_string(), limit.evidence.limit);
            }
            if let Some(window) = limit.window_s {
                row("window", format!("{window} s"), limit.evidence.window);
            }
            if let Some(rate) = limit.rate_per_s {
                row("rate", format!("{rate}/s"), limit.evidence.window);
            }
            if limit.enforcers > 1 {
                row("copies", limit.enforcers.to_string(), limit.evidence.limit);
            }
            row("confidence", limit.confidence.to_string(), None);
            let _ = write!(text, "\n\n{}", table.render(look));
            for other in &limit.alternatives {
                let line = format!(
                    "not excluded: {} ({})",
                    other.algorithm.name(),
                    other.probability
                );
                let _ = write!(text, "\n{}", look.paint(Tone::Faint, &line));
            }
        }
        text += &self.experiments(look);
        for (index, finding) in self.findings.iter().enumerate() {
            if index == 0 {
                text.push('\n');
            }
            let tone = if finding.severity == "low" {
                Tone::Faint
            } else {
                Tone::Warning
            };
            let _ = write!(
                text,
                "\n{} {}",
                look.paint(tone, &finding.id),
                finding.message
            );
        }
        if let Some(settles) = &self.settles {
            let _ = write!(text, "\n{}", look.paint(Tone::Faint, settles));
        }
        let sent = format!(
            "{} sent, {} accepted, {} refused, {} errors in {:.1} s",
            self.requests.sent,
            self.requests.accepted,
            self.requests.rejected,
            self.requests.errors,
            self.elapsed_s
        );
        let _ = write!(text, "\n\n{}", look.paint(Tone::Faint, &sent));
        text
    }
}
