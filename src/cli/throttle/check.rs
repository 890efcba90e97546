//! `apictl throttle check`: the `[[throttle]]` tables against reality.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use futures_util::future::join_all;
use serde::Serialize;

use super::gate::{Ended, Prepared};
use super::relations::{Earlier, in_use, relate, whole_again};
use super::rules::{Rule, read_rules};
use super::target::{Bounds, announce};
use crate::cli::ci::{Case, Ending, annotate, summarise, write_junit};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::throttle::compare::{Comparison, Status};
use crate::ui::{Look, Report, Table, Tone, lines_of};

/// Hold the API to the `[[throttle]]` tables of apictl.toml
///
/// Each table names a URL, an identity and the limit that it is meant to have. As many requests are sent as the
/// limit admits, and one more, which must be refused and say when to come back. Whether made-up forwarding headers
/// let it in is told. Checks of different identities run side by side. Exit code 1 for a difference and for an
/// inconclusive check, 3 or 4 when a check could not be carried out.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A table:
  [[throttle]]
  name = \"anon products\"
  url = \"/api/products/\"
  as = \"anon\"                      # or the name of a stored login; without it `--as NAME`, else anon
  limit = \"100/day\"                # or two: [\"20/min\", \"1000/day\"]; or \"none\"

Optional:
  race = \"forbid\"                  # many at once must not get more than one after another
  race_as = \"bob\"                  # whose unused count that is tried on
  retry_after = \"optional\"         # a 429 need not say when to come back
  num_proxies = 1                  # as NUM_PROXIES in REST_FRAMEWORK
  forwarded = \"ignored\"            # made-up X-Forwarded-For and the like must not give a fresh count
  separate_from = [\"/api/notes/\"]  # must answer while this one refuses
  shared_with = [\"/api/products/1/\"]  # must refuse while this one refuses
  algorithm = \"sliding_log\"        # as `throttle probe` names it
  method = \"POST\", data = \"{}\", reject_status = [429, 503]

Examples:
  apictl throttle check
  apictl throttle check baseline.toml --junit throttle.xml
  apictl throttle check --sample     # three requests where headers name the limit")]
pub(crate) struct Args {
    /// The file with the tables; the project's apictl.toml when left out
    file: Option<PathBuf>,
    #[command(flatten)]
    pub(super) bounds: Bounds,
    /// Let inconclusive checks pass
    #[arg(long)]
    allow_inconclusive: bool,
    /// Believe headers that name the limit, which takes three requests
    #[arg(long)]
    pub(super) sample: bool,
    /// Write a JUnit file
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

impl Args {
    pub(super) fn file(&self) -> Option<&PathBuf> {
        self.file.as_ref()
    }
}

#[derive(Debug, Serialize)]
struct Check {
    name: String,
    status: Status,
    expected: String,
    measured: Option<String>,
    message: String,
    /// Requests that it took.
    requests: u64,
    #[serde(skip)]
    exit: Option<Exit>,
}

#[derive(Debug, Serialize)]
struct CheckReport {
    schema: &'static str,
    passed: bool,
    checks: Vec<Check>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.format()?;
    let rules = read_rules(args, ctx)?;
    let prepared: Vec<Prepared<'_>> = rules
        .iter()
        .map(|rule| Prepared::new(ctx, rule, &rules))
        .collect::<Result<_, _>>()?;
    let mut hosts = BTreeSet::new();
    for check in &prepared {
        let budget = check.budget(args);
        if hosts.insert(check.target.host()) {
            check.target.confirm(ctx, args.bounds.yes, &budget)?;
        }
        announce(ctx, &check.target, &budget);
    }
    let ended: RefCell<Vec<Option<Ended>>> = RefCell::new(rules.iter().map(|_| None).collect());
    ctx.run_async(async {
        let interrupted = tokio::select! {
            () = side_by_side(&prepared, args, &ended) => false,
            () = ctx.interrupted() => true,
        };
        let checks = rules
            .iter()
            .zip(ended.take())
            .map(|(rule, ended)| shown(rule, ended));
        let exit = conclude(args, ctx, checks.collect())?;
        if interrupted {
            return Err(Failure::interrupted());
        }
        Ok(exit)
    })
}

/// Counts of different identities are different: their checks run side by side, those of one identity one after
/// another.
async fn side_by_side(prepared: &[Prepared<'_>], args: &Args, ended: &RefCell<Vec<Option<Ended>>>) {
    let mut by_identity: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (index, check) in prepared.iter().enumerate() {
        let theirs = by_identity.entry(&check.rule.identity).or_default();
        theirs.push((index, check));
    }
    let mut lines = Vec::new();
    for theirs in by_identity.into_values() {
        // Logins are renewed before anything is counted, and one after another: token endpoints without a throttle of
        // their own count as anonymous requests.
        let known = theirs[0].1.authorize().await;
        lines.push(one_after_another(theirs, known, args, ended));
    }
    join_all(lines).await;
}

async fn one_after_another(
    checks: Vec<(usize, &Prepared<'_>)>,
    known: Result<(), Failure>,
    args: &Args,
    ended: &RefCell<Vec<Option<Ended>>>,
) {
    let mut before: Vec<Earlier<'_>> = Vec::new();
    for (index, check) in checks {
        let mut done = match &known {
            Ok(()) => {
                tokio::time::sleep(in_use(&before, check.rule)).await;
                check.run(args, &whole_again(&before, check.rule)).await
            }
            Err(failure) => Ended::failed(failure),
        };
        relate(check.rule, &mut done, &before);
        before.push(Earlier {
            check,
            left: done.left,
            free_unix_s: done.free_unix_s,
        });
        ended.borrow_mut()[index] = Some(done);
    }
}

fn shown(rule: &Rule, ended: Option<Ended>) -> Check {
    let (comparison, exit, requests) = match ended {
        Some(ended) => (ended.comparison, ended.exit, ended.sent),
        None => (
            Comparison {
                status: Status::Inconclusive,
                measured: None,
                message: "interrupted before its end".to_owned(),
            },
            None,
            0,
        ),
    };
    Check {
        name: rule.name.clone(),
        status: comparison.status,
        expected: rule.shown.clone(),
        measured: comparison.measured,
        message: comparison.message,
        requests,
        exit,
    }
}

fn conclude(args: &Args, ctx: &Context, checks: Vec<Check>) -> Result<Exit, Failure> {
    let failed = |check: &Check| match check.status {
        Status::Pass => false,
        Status::Inconclusive => !args.allow_inconclusive,
        Status::Fail | Status::Error => true,
    };
    let report = CheckReport {
        schema: "apictl.throttle.check/1",
        passed: !checks.iter().any(failed),
        checks,
    };
    // Files first: a reader of standard output that goes away must not cost them.
    let cases: Vec<Case> = report
        .checks
        .iter()
        .map(|check| case(check, args))
        .collect();
    let junit = args.junit.as_ref();
    let written = junit
        .map_or(Ok(()), |path| write_junit(path, "throttle", &cases))
        .and_then(|()| summarise(ctx, &report.markdown()));
    annotate(ctx, &cases);
    ctx.print(&report)?;
    // What was measured has cost its requests: a file that cannot be written does not hide it.
    written?;
    let refuted = |check: &Check| check.status != Status::Error && failed(check);
    if report.checks.iter().any(refuted) {
        return Ok(Exit::No);
    }
    let error = report.checks.iter().find_map(|check| check.exit);
    Ok(error.unwrap_or(Exit::Yes))
}

fn case(check: &Check, args: &Args) -> Case {
    let mut message = check.message.clone();
    if let Some(measured) = &check.measured {
        message = format!(
            "expected {}, measured {measured}. {message}",
            check.expected
        );
    }
    Case {
        name: check.name.clone(),
        ending: match check.status {
            Status::Pass => Ending::Passed,
            Status::Inconclusive if args.allow_inconclusive => Ending::Skipped,
            Status::Fail | Status::Inconclusive => Ending::Failed,
            Status::Error => Ending::Errored,
        },
        message,
    }
}

fn word(status: Status) -> (&'static str, Tone) {
    match status {
        Status::Pass => ("pass", Tone::Good),
        Status::Fail => ("FAIL", Tone::Bad),
        Status::Inconclusive => ("inconclusive", Tone::Warning),
        Status::Error => ("ERROR", Tone::Bad),
    }
}

impl CheckReport {
    /// A section for the summary page of a workflow run.
    fn markdown(&self) -> String {
        let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
        let verdict = if self.passed { "passed" } else { "failed" };
        let mut text = format!(
            "### Throttle check {verdict}\n\n| | check | expected | measured | |\n|---|---|---|---|---|\n"
        );
        for check in &self.checks {
            let mark = match check.status {
                Status::Pass => "✅",
                Status::Fail => "❌",
                Status::Inconclusive => "❔",
                Status::Error => "⚠️",
            };
            text += &format!(
                "| {mark} {} | {} | {} | {} | {} |\n",
                word(check.status).0,
                cell(&check.name),
                cell(&check.expected),
                cell(check.measured.as_deref().unwrap_or("–")),
                cell(&check.message)
            );
        }
        text
    }
}

impl Report for CheckReport {
    fn table(&self, look: &Look) -> String {
        let mut table = Table::new(["", "CHECK", "EXPECTED", "MEASURED", ""]);
        for check in &self.checks {
            let (word, tone) = word(check.status);
            table.toned_row([
                (word.to_owned(), Some(tone)),
                (check.name.clone(), None),
                (check.expected.clone(), None),
                (
                    check.measured.clone().unwrap_or_else(|| "-".to_owned()),
                    None,
                ),
                (check.message.clone(), None),
            ]);
        }
        table.render(look)
    }

    fn lines(&self) -> Result<Vec<serde_json::Value>, serde_json::Error> {
        lines_of(self.schema, &self.checks)
    }
}
