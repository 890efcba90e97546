//! `apictl access check`: the `[[access]]` tables against reality.

use std::path::PathBuf;

use serde::Serialize;

use super::identities::{TokenFile, Wanted, identities, warn_of_bare};
use super::openapi::Source;
use crate::access::{
    Answer, Cell, Claim, Crawl, Meaning, Policy, Rule, Step, explanations, is_safe,
};
use crate::cli::ci::{Case, Ending, annotate, write_junit};
use crate::cli::config::Origin;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::http::Url;
use crate::ui::{Look, Report, Table, Tone, lines_of};

/// Hold the API to the `[[access]]` tables of apictl.toml
///
/// Each table names a URL and, by method, the status that each identity is to be answered. Exit code 1 for
/// a difference, 3 or 4 when a check could not be carried out, 2 for a mistake in the file.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A table:
  [[access]]
  url = \"/api/secret-data/\"
  GET = { anon = \"refused\", alice = [403, 404], admin = 200 }

  [[access]]
  url = \"/api/notes/\"
  POST = { anon = 401, alice = \"allowed\" }    # asked with `--unsafe-methods`

Examples:
  apictl access check
  apictl access check --junit access.xml --token-file admin=admin.token
  apictl access check policy.toml --unsafe-methods
  apictl access check --openapi /api/schema/ --param id=1    # of drf-spectacular, in your project")]
pub(crate) struct Args {
    /// The file with the tables; the project's apictl.toml when left out
    file: Option<PathBuf>,
    /// Use the token in a file as an identity; repeatable
    #[arg(long, value_name = "NAME=FILE")]
    token_file: Vec<TokenFile>,
    /// Send POST, PUT, PATCH and DELETE too; without `data` in the table the body is one that cannot validate
    #[arg(long)]
    unsafe_methods: bool,
    #[command(flatten)]
    openapi: Source,
    /// Write a JUnit file
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Pass,
    Fail,
    Error,
    Skip,
}

#[derive(Debug, Serialize)]
struct Check {
    name: String,
    status: Status,
    url: String,
    method: String,
    identity: String,
    expected: String,
    observed: Option<u16>,
    meaning: Option<&'static str>,
    message: String,
}

#[derive(Debug, Serialize)]
struct CheckReport {
    schema: &'static str,
    passed: bool,
    base_url: String,
    checks: Vec<Check>,
    explanations: Vec<String>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.format()?;
    if ctx.settings.layers.found("as").origin == Origin::Flag {
        return Err(
            Failure::usage("`--as` picks nobody here: the tables name the identities")
                .hint("`apictl access matrix URL --as NAME` asks as one identity"),
        );
    }
    let mut policy = read_policy(args, ctx)?;
    let first = policy.rules.first().map(|rule| rule.url.as_str());
    let base = ctx.base_for(first.unwrap_or_else(|| args.openapi.address()))?;
    for rule in &policy.rules {
        ctx.base_for(&rule.url)?;
    }
    ctx.block_on(async {
        let claims = args.openapi.claims(ctx, &base).await?;
        policy
            .rules
            .extend(claims.operations.iter().map(Claim::rule));
        let report = carry_out(args, ctx, &policy, &base).await?;
        finish(args, ctx, &report)
    })
}

async fn carry_out(
    args: &Args,
    ctx: &Context,
    policy: &Policy,
    base: &Url,
) -> Result<CheckReport, Failure> {
    let wanted = policy.identities();
    let people = identities(ctx, base, &args.token_file, &Wanted::Named(&wanted))?;
    let steps: Vec<Step> = policy
        .rules
        .iter()
        .filter(|rule| args.unsafe_methods || is_safe(&rule.method))
        .map(step)
        .collect();
    warn_of_bare(ctx, &people, &steps);
    let progress = ctx.progress(Some(steps.len() as u64), "checks");
    let mut crawl = Crawl::new(people, steps);
    let mut cells = Vec::new();
    while let Some(cell) = crawl.next().await {
        cells.push(cell);
        progress.reach(cells.len() as u64);
    }
    progress.finish();
    if let Some(fault) = crawl.into_fault()
        && cells.iter().all(|cell| cell.observed().is_none())
    {
        return Err(fault.into());
    }
    Ok(report(
        base.to_string(),
        policy,
        args.unsafe_methods,
        &cells,
    ))
}

fn finish(args: &Args, ctx: &Context, report: &CheckReport) -> Result<Exit, Failure> {
    ctx.print(report)?;
    let cases: Vec<Case> = report.checks.iter().map(case).collect();
    if let Some(path) = &args.junit {
        write_junit(path, "access", &cases)?;
    }
    annotate(ctx, &cases);
    let count = |status| {
        report
            .checks
            .iter()
            .filter(|check| check.status == status)
            .count()
    };
    let skipped = count(Status::Skip);
    if skipped > 0 {
        ctx.warn(&format!(
            "{skipped} checks of unsafe methods were left out; `--unsafe-methods` sends them"
        ));
    }
    if count(Status::Fail) > 0 {
        return Ok(Exit::No);
    }
    let unanswered = |check: &Check| check.status == Status::Error && check.observed.is_none();
    if report.checks.iter().any(unanswered) {
        return Ok(Exit::NoAnswer);
    }
    Ok(if count(Status::Error) > 0 {
        Exit::Api
    } else {
        Exit::Yes
    })
}

fn read_policy(args: &Args, ctx: &Context) -> Result<Policy, Failure> {
    let file = match &args.file {
        Some(path) => ctx.settings.layers.tables_in(path)?,
        None if ctx.settings.layers.project.is_none() && args.openapi.is_given() => {
            return Ok(Policy::default());
        }
        None => ctx.settings.layers.project.clone().ok_or_else(|| {
            Failure::usage("there is no apictl.toml here or above").hint(
                "name the file, or write the tables with `apictl access matrix URL --save apictl.toml`",
            )
        })?,
    };
    let shown = file.path.display();
    let policy = Policy::read(&file.tables("access"))
        .map_err(|error| Failure::usage(format!("{shown}: {error}")))?;
    if policy.rules.is_empty() && !args.openapi.is_given() {
        return Err(Failure::usage(format!("{shown} has no [[access]] table"))
            .hint("write one with `apictl access matrix URL --save FILE`"));
    }
    Ok(policy)
}

fn step(rule: &Rule) -> Step {
    Step {
        url: rule.url.clone(),
        method: rule.method.clone(),
        identity: rule.identity.clone(),
        data: rule.data.clone(),
    }
}

fn report(base_url: String, policy: &Policy, unsafe_too: bool, cells: &[Cell]) -> CheckReport {
    let mut answers = cells.iter();
    let checks: Vec<Check> = policy
        .rules
        .iter()
        .map(|rule| {
            let sent = unsafe_too || is_safe(&rule.method);
            judge(rule, sent.then(|| answers.next()).flatten())
        })
        .collect();
    CheckReport {
        schema: "apictl.access.check/1",
        passed: checks
            .iter()
            .all(|check| matches!(check.status, Status::Pass | Status::Skip)),
        base_url,
        checks,
        explanations: explanations(cells),
    }
}

fn judge(rule: &Rule, cell: Option<&Cell>) -> Check {
    let name = format!("{} {} as {}", rule.method, rule.url, rule.identity);
    let expected = &rule.expected;
    let (status, message) = match cell.map(|cell| &cell.answer) {
        None | Some(Answer::Told(_)) => (Status::Skip, "an unsafe method, not sent".to_owned()),
        Some(Answer::Unanswered(why)) => (Status::Error, format!("no answer: {why}")),
        Some(Answer::Observed(observed)) => {
            let got = observed.status;
            match observed.meaning() {
                // Of a body of our own making the status is no answer: a refusal that is expected did not come.
                Meaning::StoppedByBody if expected.admits_past_permission() => (
                    Status::Pass,
                    format!("{got} to a body that cannot validate: the permission was there"),
                ),
                Meaning::StoppedByBody => (
                    Status::Fail,
                    format!(
                        "expected {expected}, got {got} to a body that cannot validate: the permission was there"
                    ),
                ),
                _ if expected.admits(got) => (Status::Pass, String::new()),
                Meaning::Throttled => (
                    Status::Error,
                    format!("expected {expected}, but the request was throttled (429)"),
                ),
                Meaning::HiddenUnauthenticated => (
                    Status::Fail,
                    format!("expected {expected}, got {got}, which hides a 401 here"),
                ),
                Meaning::Redirected | Meaning::LoginPage => (
                    Status::Fail,
                    format!(
                        "expected {expected}, got {got} to {}",
                        observed.location.as_deref().unwrap_or("nowhere")
                    ),
                ),
                _ => (Status::Fail, format!("expected {expected}, got {got}")),
            }
        }
    };
    Check {
        name,
        status,
        url: rule.url.clone(),
        method: rule.method.clone(),
        identity: rule.identity.clone(),
        expected: expected.to_string(),
        observed: cell.and_then(Cell::observed).map(|seen| seen.status),
        meaning: cell.and_then(Cell::meaning).map(Meaning::word),
        message,
    }
}

fn case(check: &Check) -> Case {
    Case {
        name: check.name.clone(),
        ending: match check.status {
            Status::Pass => Ending::Passed,
            Status::Fail => Ending::Failed,
            Status::Error => Ending::Errored,
            Status::Skip => Ending::Skipped,
        },
        message: check.message.clone(),
    }
}

impl Report for CheckReport {
    fn table(&self, look: &Look) -> String {
        let mut table = Table::new(["", "CHECK", "EXPECTED", "GOT", ""]);
        for check in &self.checks {
            let (word, tone) = match check.status {
                Status::Pass => ("pass", Tone::Good),
                Status::Fail => ("FAIL", Tone::Bad),
                Status::Error => ("ERROR", Tone::Bad),
                Status::Skip => ("skip", Tone::Faint),
            };
            let got = check
                .observed
                .map_or_else(|| "-".to_owned(), |status| status.to_string());
            table.toned_row([
                (word.to_owned(), Some(tone)),
                (check.name.clone(), None),
                (check.expected.clone(), None),
                (got, None),
                (check.message.clone(), None),
            ]);
        }
        let mut text = table.render(look);
        for line in &self.explanations {
            text += &format!("\n\n{}", look.paint(Tone::Faint, line));
        }
        text
    }

    fn lines(&self) -> Result<Vec<serde_json::Value>, serde_json::Error> {
        lines_of(self.schema, &self.checks)
    }
}
