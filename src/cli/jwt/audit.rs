//! `apictl jwt audit`: what is risky about a token, and whether its secret can be guessed.

use std::time::Duration;

use serde::Serialize;
use serde_json::json;

use super::{clock, guess, input, shown};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::jwt::{Finding, Limits, Search, Severity, audit, decode};
use crate::ui::{Look, Report, Table, Tone, facts};

/// Judge a token by RFC 8725: signature, life time, readable data, guessable secret
///
/// Works on the token alone and sends nothing. The secret of an HMAC-signed token is looked for in a
/// built-in list, in the Django project of the working folder, and where --wordlist and --project say.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl jwt audit \"$TOKEN\"
  apictl jwt audit @token.txt --project ~/shop --wordlist words.txt
  apictl jwt audit \"$TOKEN\" --format json --fail-on low

Exit code 0 when nothing of the severity in --fail-on was found, 1 when something was.")]
pub(crate) struct Args {
    /// The token, a text that holds one, @FILE, or - for standard input (also when left out)
    token: Vec<String>,
    /// Try each line of this file as the secret; repeatable
    #[arg(long, value_name = "FILE")]
    wordlist: Vec<String>,
    /// Try the texts in the settings, environment and compose files of this project; repeatable
    #[arg(long, value_name = "DIR")]
    project: Vec<String>,
    /// Do not look for the secret
    #[arg(long)]
    no_search: bool,
    /// Longest life time of an access token that is no finding
    #[arg(long, value_name = "DURATION", default_value = "15m")]
    max_access: String,
    /// Longest life time of a refresh token that is no finding
    #[arg(long, value_name = "DURATION", default_value = "14d")]
    max_refresh: String,
    /// From which severity on the answer is no
    #[arg(long, value_name = "SEVERITY", default_value = "medium", value_parser = ["info", "low", "medium", "high"])]
    fail_on: String,
}

#[derive(Debug, Serialize)]
struct AuditReport {
    schema: &'static str,
    passed: bool,
    findings: Vec<Finding>,
    search: Option<SearchReport>,
}

#[derive(Debug, Serialize)]
struct SearchReport {
    candidates: u64,
    found: bool,
    elapsed_s: f64,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let limits = Limits {
        access_s: clock::duration("max-access", &args.max_access)?,
        refresh_s: clock::duration("max-refresh", &args.max_refresh)?,
    };
    let found = input::tokens(&args.token)?;
    let [token] = found.as_slice() else {
        return Err(Failure::usage(format!(
            "the input holds {} tokens, audit takes one",
            found.len()
        )));
    };
    let token = token.token.expose();
    let decoded = decode(token).map_err(|error| Failure::of(Exit::No, "malformed", &error))?;
    let mut findings = audit(&decoded, token.len(), limits);
    let mut report = None;
    if let Some(search) = Search::new(token).filter(|_| !args.no_search) {
        let started = ctx.now();
        let outcome = guess::run(&search, &args.wordlist, &args.project, ctx)?;
        let elapsed = Duration::try_from(ctx.now().duration_since(started)).unwrap_or_default();
        report = Some(SearchReport {
            candidates: outcome.tried,
            found: outcome.hit.is_some(),
            elapsed_s: (elapsed.as_secs_f64() * 1e6).round() / 1e6,
        });
        if let Some(hit) = outcome.hit {
            findings.insert(0, weak_secret(&hit));
        }
    }
    let limit = match args.fail_on.as_str() {
        "info" => Severity::Info,
        "low" => Severity::Low,
        "high" => Severity::High,
        _ => Severity::Medium,
    };
    let passed = findings.iter().all(|finding| finding.severity < limit);
    ctx.print(&AuditReport {
        schema: "apictl.jwt.audit/1",
        passed,
        findings,
        search: report,
    })?;
    Ok(Exit::answer(passed))
}

/// The finding for a secret that was guessed. It says where the secret stands, never what it is.
fn weak_secret(hit: &guess::Hit) -> Finding {
    let evidence = json!({ "source": hit.source, "line": hit.line, "bytes": hit.bytes });
    let at = hit
        .line
        .map(|line| format!(" line {line}"))
        .unwrap_or_default();
    let message = format!(
        "the signing secret stands in {}{at} ({} bytes): whoever knows it can sign tokens for every user",
        hit.source, hit.bytes
    );
    Finding {
        id: if hit.in_project {
            "secret-in-project"
        } else {
            "weak-secret"
        },
        severity: if hit.in_project && !hit.insecure_prefix {
            Severity::Medium
        } else {
            Severity::High
        },
        message,
        evidence,
        fix: Some(
            "sign with a long random secret kept out of the repository: `apictl jwt keygen`, SIMPLE_JWT['SIGNING_KEY']",
        ),
    }
}

impl Report for AuditReport {
    fn table(&self, look: &Look) -> String {
        let verdict = if self.passed {
            look.paint(Tone::Good, "passed")
        } else {
            look.paint(Tone::Bad, "failed")
        };
        let mut blocks = vec![verdict];
        if !self.findings.is_empty() {
            let mut table = Table::new(["SEVERITY", "FINDING", "WHAT"]);
            for finding in &self.findings {
                let (word, tone) = match finding.severity {
                    Severity::High => ("high", Tone::Bad),
                    Severity::Medium => ("medium", Tone::Warning),
                    Severity::Low => ("low", Tone::Strong),
                    Severity::Info => ("info", Tone::Faint),
                };
                table.toned_row([
                    (word.to_owned(), Some(tone)),
                    (finding.id.to_owned(), None),
                    (shown::printable(&finding.message), None),
                ]);
            }
            blocks.push(table.render(look));
            let fixes: Vec<(&str, &str)> = self
                .findings
                .iter()
                .filter_map(|finding| Some((finding.id, finding.fix?)))
                .collect();
            if !fixes.is_empty() {
                blocks.push(facts(look, fixes));
            }
        }
        if let Some(search) = &self.search {
            let word = if search.found { "found" } else { "not found" };
            blocks.push(format!(
                "secret {word} among {} candidates in {:.0} ms",
                search.candidates,
                search.elapsed_s * 1e3
            ));
        }
        blocks.join("\n\n")
    }
}
