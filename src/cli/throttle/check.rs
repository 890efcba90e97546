//! `apictl throttle check`: the `[[throttle]]` tables against reality.

use std::path::PathBuf;

use serde::Serialize;
use toml::{Table as TomlTable, Value};

use super::target::{Bounds, Target, announce, budget};
use crate::cli::ci::{Case, Ending, annotate, write_junit};
use crate::cli::config::ConfigFile;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::rate::Rate;
use crate::throttle::compare::{Comparison, Expectation, Status, compare, cost};
use crate::throttle::limits::Algorithm;
use crate::throttle::probe::Effort;
use crate::ui::{Look, Report, Table, Tone};

/// Hold the API to the `[[throttle]]` tables of apictl.toml
///
/// Each table names a URL, an identity and the limit that it is meant to have. Exit code 1 for a difference
/// and for an inconclusive check, 3 or 4 when a check could not be carried out.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A table:
  [[throttle]]
  name = \"anon products\"
  url = \"/api/products/\"
  as = \"anon\"
  limit = \"100/day\"
  algorithm = \"sliding_log\"

Examples:
  apictl throttle check
  apictl throttle check baseline.toml --junit throttle.xml")]
pub(crate) struct Args {
    /// The file with the tables; the project's apictl.toml when left out
    file: Option<PathBuf>,
    #[command(flatten)]
    bounds: Bounds,
    /// Let inconclusive checks pass
    #[arg(long)]
    allow_inconclusive: bool,
    /// Write a JUnit file
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

/// One `[[throttle]]` table.
struct Rule {
    name: String,
    url: String,
    method: String,
    identity: String,
    data: Option<String>,
    expected: Expectation,
    shown: String,
}

#[derive(Debug, Serialize)]
struct Check {
    name: String,
    status: Status,
    expected: String,
    measured: Option<String>,
    message: String,
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
    ctx.block_on(async {
        let mut checks = Vec::new();
        for rule in &rules {
            checks.push(check(rule, args, ctx).await?);
        }
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
        ctx.print(&report)?;
        let cases: Vec<Case> = report.checks.iter().map(case).collect();
        if let Some(path) = &args.junit {
            write_junit(path, "throttle", &cases)?;
        }
        annotate(ctx, &cases);
        let refuted = |check: &Check| check.status != Status::Error && failed(check);
        if report.checks.iter().any(refuted) {
            return Ok(Exit::No);
        }
        let error = report.checks.iter().find_map(|check| check.exit);
        Ok(error.unwrap_or(Exit::Yes))
    })
}

async fn check(rule: &Rule, args: &Args, ctx: &Context) -> Result<Check, Failure> {
    let as_rule = ctx.acting_as(&rule.identity);
    let target = Target::new(&as_rule, &rule.url, &rule.method, rule.data.clone())?;
    let mut settings = args.bounds.settings();
    // Enough to count four copies that do not share a count, the usual number of workers, and not to find out how
    // high a limit is that is higher still.
    let most = cost(&rule.expected).saturating_mul(5).saturating_add(60);
    settings.max_requests = settings.max_requests.min(most);
    settings.concurrency = 1;
    let window = rule.expected.rates.first().map_or(0.0, Rate::window_s);
    if rule.expected.algorithm.is_none() && window > 5.0 {
        settings.effort = Effort::Counted;
    }
    let budget = budget(&settings);
    target.confirm(args.bounds.yes, &budget)?;
    announce(ctx, &target, &budget);
    let (comparison, exit) = match target.probe(&as_rule, settings, None).await {
        Ok(probe) => {
            let comparison = compare(&rule.expected, &probe.identify());
            let exit = (comparison.status == Status::Error).then_some(Exit::Api);
            (comparison, exit)
        }
        Err(failure) => {
            let comparison = Comparison {
                status: Status::Error,
                measured: None,
                message: failure.words(),
            };
            (comparison, Some(failure.exit))
        }
    };
    Ok(Check {
        name: rule.name.clone(),
        status: comparison.status,
        expected: rule.shown.clone(),
        measured: comparison.measured,
        message: comparison.message,
        exit,
    })
}

fn read_rules(args: &Args, ctx: &Context) -> Result<Vec<Rule>, Failure> {
    let file = match &args.file {
        Some(path) => ConfigFile::read(path)?,
        None => ctx.settings.layers.project.clone().ok_or_else(|| {
            Failure::usage("there is no apictl.toml here or above").hint(
                "name the file, or write one with `apictl throttle probe URL --save apictl.toml`",
            )
        })?,
    };
    let shown = file.path.display();
    let rules = file
        .tables("throttle")
        .iter()
        .map(|table| {
            rule(table).map_err(|why| Failure::usage(format!("{shown}: [[throttle]] {why}")))
        })
        .collect::<Result<Vec<_>, _>>()?;
    if rules.is_empty() {
        return Err(Failure::usage(format!("{shown} has no [[throttle]] table"))
            .hint("write one with `apictl throttle probe URL --save FILE`"));
    }
    for rule in &rules {
        for text in rule.shown.split(", ") {
            if let Some((word, read_as)) = Rate::misread_period(text) {
                ctx.warn(&format!(
                    "{}: DRF reads '{word}' in '{text}' as {read_as}",
                    rule.name
                ));
            }
        }
    }
    Ok(rules)
}

fn rule(table: &TomlTable) -> Result<Rule, String> {
    const KNOWN: [&str; 8] = [
        "name",
        "url",
        "as",
        "method",
        "data",
        "limit",
        "algorithm",
        "race",
    ];
    if let Some(unknown) = table.keys().find(|key| !KNOWN.contains(&key.as_str())) {
        return Err(format!("has an unknown setting '{unknown}'"));
    }
    let text = |key: &str| table.get(key).and_then(Value::as_str).map(str::to_owned);
    let url = text("url").ok_or("has no url")?;
    let identity = text("as").unwrap_or_else(|| "anon".to_owned());
    let limits: Vec<String> = match table.get("limit") {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(many)) => many
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect(),
        _ => return Err("has no limit such as \"100/day\", or \"none\"".to_owned()),
    };
    let mut rates = Vec::new();
    for limit in limits.iter().filter(|limit| *limit != "none") {
        rates.push(limit.parse::<Rate>().map_err(|error| error.to_string())?);
    }
    rates.sort_by_key(|rate| rate.limit);
    let algorithm = match text("algorithm") {
        Some(name) => Some(
            serde_json::from_value::<Algorithm>(name.clone().into())
                .map_err(|_| format!("names an unknown algorithm '{name}'"))?,
        ),
        None => None,
    };
    Ok(Rule {
        name: text("name").unwrap_or_else(|| format!("{identity} {url}")),
        url,
        method: text("method").unwrap_or_else(|| "GET".to_owned()),
        identity,
        data: text("data"),
        expected: Expectation { rates, algorithm },
        shown: limits.join(", "),
    })
}

fn case(check: &Check) -> Case {
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
            Status::Fail | Status::Inconclusive => Ending::Failed,
            Status::Error => Ending::Errored,
        },
        message,
    }
}

impl Report for CheckReport {
    fn table(&self, look: &Look) -> String {
        let mut table = Table::new(["", "CHECK", "EXPECTED", "MEASURED", ""]);
        for check in &self.checks {
            let (word, tone) = match check.status {
                Status::Pass => ("pass", Tone::Good),
                Status::Fail => ("FAIL", Tone::Bad),
                Status::Inconclusive => ("inconclusive", Tone::Warning),
                Status::Error => ("ERROR", Tone::Bad),
            };
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
        self.checks.iter().map(serde_json::to_value).collect()
    }
}
