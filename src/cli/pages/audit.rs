//! `apictl pages audit`: what is wrong with a paginated list, and its cure.

use std::path::PathBuf;
use std::sync::Arc;

use super::audit_report::{AuditReport, known_findings};
use crate::cli::ci::{annotate, write_junit};
use crate::cli::context::{Context, Fallback};
use crate::cli::failure::{Exit, Failure};
use crate::http::{Client, Network, Settings};
use crate::pages::{
    Audit, Audited, Hints, KINDS, Options, Pointer, Scope, Severity, Step, Stopped, kind,
};
use crate::rate::Rate;

/// Find what is wrong with a paginated list, and name its cure
///
/// Walks the first pages and looks at the rest from outside: duplicates and missing items, a count that lies or
/// drifts, an order that changes between two looks, a previous that does not lead back, cycles, wrong addresses in
/// next, items of different shapes, page sizes, what lies past the end, parameters that give a 500, queries that grow
/// with the page, late pages that are slow, compression and caching, one user's list served to another. A list of
/// more than --max-pages pages is sampled: its middle and its end, and the verdict says so. Every request is a GET.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 nothing wrong, 1 a finding of the severity of --fail-on or higher, 3 the API refused,
4 no answer. An audit that breaks off prints what it saw and exits 1, 3 or 4.

Examples:
  apictl pages audit /api/products/
  apictl pages audit /api/drafts/ --as alice --other bob --junit pages.xml
  apictl pages audit /api/products-cursor/ --max-pages 20 --format json
  apictl pages audit /api/products/ --only n-plus-one,deep-offset-cost
  apictl pages audit /api/products/ --save known.json
  apictl pages audit /api/products/ --baseline known.json --fail-on medium

`apictl pages audit --list` names everything that may be found.")]
pub(crate) struct Args {
    /// The first page: a URL, or a path that is joined to the base URL
    #[arg(
        required_unless_present = "list",
        default_value = "",
        hide_default_value = true
    )]
    url: String,
    /// Walk no further than this; a longer list is sampled
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u64).range(2..))]
    max_pages: u64,
    /// Walk the whole list, however long
    #[arg(long, conflicts_with = "max_pages")]
    whole: bool,
    /// The most requests, the walk's included; with --whole the most beside the walk
    #[arg(long, value_name = "N", default_value_t = 150, value_parser = clap::value_parser!(u64).range(2..))]
    max_requests: u64,
    /// How fast requests may follow each other, as 5/s
    #[arg(long, value_name = "RATE")]
    rate: Option<Rate>,
    /// A second login, to see whether a cache serves one user's list to another
    #[arg(long, value_name = "NAME")]
    other: Option<String>,
    /// Look for these kinds only, separated by commas
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    only: Vec<String>,
    /// Leave these kinds out, separated by commas
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    skip: Vec<String>,
    /// The lightest severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "low", value_parser = Severity::NAMES)]
    fail_on: String,
    /// An earlier JSON report: what it knows already does not count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the JSON report to a file, for --baseline
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Where the items are, as a JSON pointer
    #[arg(long, value_name = "POINTER")]
    items: Option<Pointer>,
    /// Where the link to the next page is, as a JSON pointer
    #[arg(long, value_name = "POINTER")]
    next: Option<Pointer>,
    /// Write a JUnit file, a case for every kind
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Name everything that may be found, and its cure
    #[arg(long)]
    list: bool,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.format()?;
    if args.list {
        ctx.print(&super::audit_report::KindsReport::new())?;
        return Ok(Exit::Yes);
    }
    let wanted = selected(&args.only, &args.skip)?;
    let known = args.baseline.as_deref().map(known_findings).transpose()?;
    let fail_on = args.fail_on.parse().unwrap_or(Severity::Low);
    ctx.block_on(async {
        let (client, url) = ctx.client_for(&args.url, Fallback::Current)?;
        let scope = scope(args, ctx, &client, wanted)?;
        let origin = url.origin().ascii_serialization();
        let audit = Audit::new(client, url.clone(), scope);
        ctx.say(&match audit.planned() {
            Some(planned) => format!("at most {planned} requests to {origin}"),
            None => format!(
                "the whole list is walked, and at most {} requests more are sent to {origin}",
                args.max_requests
            ),
        });
        let audited = Box::pin(carry_out(audit, ctx)).await?;
        let exit = exit_of(&audited);
        let report = AuditReport::new(&url, audited, fail_on, known.as_deref());
        finish(args, ctx, &report)?;
        // A fault that was found outweighs a look that was not taken.
        match exit {
            Some(exit) if !report.has_faults() => Ok(exit),
            _ => Ok(Exit::answer(report.passed)),
        }
    })
}

/// The kinds that are asked for, in the catalogue's order.
fn selected(only: &[String], skip: &[String]) -> Result<Vec<&'static str>, Failure> {
    if let Some(unknown) = only.iter().chain(skip).find(|id| kind(id).is_none()) {
        return Err(Failure::usage(format!("there is no finding '{unknown}'"))
            .hint("`apictl pages audit --list` names them all"));
    }
    let named = |ids: &[String], id: &str| ids.iter().any(|known| known == id);
    let wanted: Vec<&'static str> = KINDS
        .iter()
        .map(|kind| kind.id)
        .filter(|id| only.is_empty() || named(only, id))
        .filter(|id| !named(skip, id))
        .collect();
    if wanted.is_empty() {
        return Err(Failure::usage("--skip leaves nothing to look for"));
    }
    Ok(wanted)
}

fn scope(
    args: &Args,
    ctx: &Context,
    client: &Client,
    wanted: Vec<&'static str>,
) -> Result<Scope, Failure> {
    let other = match &args.other {
        Some(name) => Some(
            ctx.acting_as(name)
                .client_for(&args.url, Fallback::Current)?
                .0,
        ),
        None => None,
    };
    let raw = Network::new(&Settings {
        compress: false,
        ..ctx.network_settings()?
    })?;
    Ok(Scope {
        max_pages: (!args.whole).then_some(args.max_pages),
        max_requests: args.max_requests,
        wanted,
        other,
        raw: Some(client.clone().with_transport(Arc::new(raw))),
        options: Options {
            items: args.items.clone(),
            hints: Hints {
                style: None,
                next: args.next.clone(),
            },
            rate: args.rate,
            ..Options::default()
        },
    })
}

async fn carry_out(mut audit: Audit, ctx: &Context) -> Result<Audited, Failure> {
    let progress = ctx.progress(None, "pages");
    let mut last_page = 0;
    loop {
        match audit.next().await {
            Ok(Some(Step::Walked(pages))) => {
                last_page = pages;
                progress.reach(pages);
            }
            Ok(Some(Step::Looked(what))) => progress.say(what),
            Ok(None) => break,
            Err(error) => {
                progress.finish();
                return Err(error.into());
            }
        }
    }
    progress.reach(last_page);
    progress.finish();
    Ok(audit.finish())
}

/// How an audit that broke off ends, unless it found something.
fn exit_of(audited: &Audited) -> Option<Exit> {
    match audited.stopped.as_ref()? {
        Stopped::Budget => None,
        Stopped::Throttled(_) => Some(Exit::Api),
        Stopped::NoAnswer(_) => Some(Exit::NoAnswer),
        Stopped::Walk(error) => Some(super::audit_report::exit_of_walk(error)),
    }
}

fn finish(args: &Args, ctx: &Context, report: &AuditReport) -> Result<(), Failure> {
    ctx.print(report)?;
    let cases = report.cases();
    if let Some(path) = &args.junit {
        write_junit(path, "pages audit", &cases)?;
    }
    if let Some(path) = &args.save {
        report.save(path)?;
    }
    annotate(ctx, &cases);
    if let Some(why) = &report.stopped {
        ctx.warn(&format!("the audit ended early: {why}"));
    }
    Ok(())
}
