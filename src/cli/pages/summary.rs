//! What a walk came to.

use std::path::Path;

use serde::Serialize;

use crate::cli::context::{Context, print_error_line};
use crate::cli::failure::Failure;
use crate::http::shown_url;
use crate::pages::{Proof, Walk};

/// The summary of a walk: the contract with scripts.
#[derive(Debug, Serialize)]
pub(super) struct Summary {
    schema: &'static str,
    url: String,
    style: Option<String>,
    /// Where the style can be seen.
    style_evidence: Option<String>,
    pub(super) pages: u64,
    pub(super) items: u64,
    count: Option<u64>,
    pub(super) complete: bool,
    /// What the verdict rests on: recheck, ends, count, end.
    #[serde(serialize_with = "name")]
    proof: Proof,
    /// What may have happened without being seen, where it seems complete.
    leaves_open: Option<&'static str>,
    /// Why it is not complete, or not known to be.
    pub(super) reasons: Vec<String>,
    /// Which limit of the user's ended it.
    pub(super) stopped: Option<&'static str>,
    interrupted: bool,
    duplicates: u64,
    requests: u64,
    retries: u64,
    throttled: u64,
    bytes: u64,
    elapsed_s: f64,
    resumed: bool,
    warnings: Vec<String>,
}

/// How a walk ended.
pub(super) struct Ending<'a> {
    pub(super) error: Option<&'a str>,
    pub(super) interrupted: bool,
    pub(super) resumed: bool,
    pub(super) elapsed_s: f64,
}

impl Summary {
    pub(super) fn of(walk: &Walk, url: &crate::http::Url, ending: &Ending<'_>) -> Self {
        let tally = walk.tally();
        let pace = walk.pace();
        let style = walk.style();
        let mut reasons: Vec<String> = ending.error.map(str::to_owned).into_iter().collect();
        if ending.interrupted {
            reasons.push("interrupted".to_owned());
        }
        reasons.extend(tally.shortcomings());
        Self {
            schema: "apictl.pages.walk/1",
            url: shown_url(url),
            style: style.map(|(style, _)| style.to_string()),
            style_evidence: style.map(|(_, why)| why.to_owned()),
            pages: tally.pages,
            items: tally.items,
            count: tally.count,
            complete: reasons.is_empty(),
            proof: walk.proof(),
            leaves_open: walk.leaves_open().filter(|_| reasons.is_empty()),
            reasons,
            stopped: walk.stopped(),
            interrupted: ending.interrupted,
            duplicates: tally.duplicates,
            requests: pace.requests(),
            retries: pace.retries(),
            throttled: pace.throttled(),
            bytes: tally.bytes,
            elapsed_s: (ending.elapsed_s * 1e6).round() / 1e6,
            resumed: ending.resumed,
            warnings: warnings(walk),
        }
    }

    /// Says it on standard error, in a line.
    pub(super) fn say(&self, ctx: &Context) {
        for warning in &self.warnings {
            ctx.warn(warning);
        }
        let verdict = match (self.complete, self.stopped) {
            (true, _) => match self.leaves_open {
                Some(open) => format!(
                    "complete by {}; {open} would not show (--recheck looks for them)",
                    self.proof.words()
                ),
                None => "complete".to_owned(),
            },
            (false, Some(limit)) => format!("stopped by --{limit}"),
            (false, None) => format!("NOT complete: {}", self.reasons.join("; ")),
        };
        let style = self.style.as_deref().unwrap_or("no page");
        let mut line = format!(
            "{} items in {} pages ({style}), {:.2} s: {verdict}",
            self.items, self.pages, self.elapsed_s
        );
        if self.duplicates > 0 {
            line += &format!(", {} duplicates dropped", self.duplicates);
        }
        if self.throttled > 0 {
            line += &format!(", throttled {} times", self.throttled);
        }
        if self.retries > 0 {
            line += &format!(", {} retries", self.retries);
        }
        ctx.say(&line);
    }

    /// Writes it as JSON.
    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        let fail = |error: &(dyn std::error::Error + 'static)| {
            Failure::local(format!("cannot write {}", path.display())).because(error)
        };
        let text = serde_json::to_string(self).map_err(|error| fail(&error))?;
        if path == Path::new("-") {
            print_error_line(&text);
            return Ok(());
        }
        std::fs::write(path, text + "\n").map_err(|error| fail(&error))
    }
}

fn name<S: serde::Serializer>(proof: &Proof, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(proof.name())
}

fn warnings(walk: &Walk) -> Vec<String> {
    let repaired = walk
        .faults()
        .iter()
        .map(|fault| format!("{fault}; repaired. The cure: {}", fault.part.cure()));
    repaired.chain(walk.notes().iter().cloned()).collect()
}
