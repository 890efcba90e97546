//! `apictl throttle probe`: a limiter, identified from outside.

use std::path::PathBuf;

use super::shown::ProbeReport;
use super::target::{Bounds, Target, announce, budget};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::throttle::limits::Identified;
use crate::throttle::probe::Effort;

/// Find out how an endpoint is rate limited
///
/// Sends requests one after another until one is refused, watches what comes back and when, and says which
/// limiter decides so: algorithm, limit, window or rate, each with its evidence. Anonymous unless --as names
/// a login. Ends as soon as the answer is settled, at the latest at --max-requests or --max-time.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl throttle probe /api/products/
  apictl throttle probe /api/products/ --as alice --format json
  apictl throttle probe /api/products/ --quick --save apictl.toml
  apictl throttle probe /api/products/ --trace trace.ndjson")]
pub(crate) struct Args {
    /// The URL, or a path that is joined to the base URL
    url: String,
    /// The method
    #[arg(long, default_value = "GET")]
    method: String,
    /// The body of every request, as JSON
    #[arg(short, long, value_name = "TEXT")]
    data: Option<String>,
    #[command(flatten)]
    bounds: Bounds,
    /// Only count, and take the window that the server names: one request above the limit
    #[arg(long, conflicts_with = "thorough")]
    quick: bool,
    /// One more round, which has to turn out as predicted
    #[arg(long)]
    thorough: bool,
    /// Write every request to a file as it is answered, for `throttle identify`
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// Write what was found as a `[[throttle]]` table, for `throttle check`
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.format()?;
    let target = Target::new(ctx, &args.url, &args.method, args.data.clone())?;
    let mut settings = args.bounds.settings();
    settings.effort = match (args.quick, args.thorough) {
        (true, _) => Effort::Quick,
        (_, true) => Effort::Thorough,
        _ => Effort::Settled,
    };
    let budget = budget(&settings);
    target.confirm(args.bounds.yes, &budget)?;
    announce(ctx, &target, &budget);
    ctx.block_on(async {
        let probe = target.probe(ctx, settings, args.trace.as_ref()).await?;
        let found = probe.identify();
        if let Some(path) = &args.save {
            save(path, &target, &args.url, &found)?;
        }
        let report = ProbeReport::new(&probe.trace().header, found);
        ctx.print(&report)?;
        Ok(report.exit())
    })
}

/// Appends a table to a file, so that several endpoints make one baseline.
fn save(path: &PathBuf, target: &Target, url: &str, found: &Identified) -> Result<(), Failure> {
    let Some(limit) = found.limits.first() else {
        return Err(Failure::api("there is no limit to save"));
    };
    let Some(rate) = &limit.rate else {
        return Err(Failure::api(format!(
            "a baseline holds rates, and this is {}",
            limit.words()
        )));
    };
    let mut table = toml::Table::new();
    let name = format!("{} {url}", target.identity);
    table.insert("name".to_owned(), name.into());
    table.insert("url".to_owned(), url.into());
    table.insert("as".to_owned(), target.identity.clone().into());
    if target.method.as_str() != "GET" {
        table.insert("method".to_owned(), target.method.to_string().into());
    }
    table.insert("limit".to_owned(), rate.clone().into());
    if let (Some(algorithm), true) = (limit.algorithm, limit.confidence >= 0.9) {
        table.insert("algorithm".to_owned(), algorithm.name().into());
    }
    let text = format!("\n[[throttle]]\n{table}");
    let fault = |error: std::io::Error| {
        Failure::local(format!("cannot write {}", path.display())).because(&error)
    };
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map_err(fault)?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(fault)
}
