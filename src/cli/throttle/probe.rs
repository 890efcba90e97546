//! `apictl throttle probe`: a limiter, identified from outside.

use std::path::PathBuf;

use tokio::time::Instant;

use super::experiments::{Found, Wanted, carry_out};
use super::identify::answer;
use super::plot::draw;
use super::save::save;
use super::shown::ProbeReport;
use super::target::{Bounds, Target, announce};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::throttle::probe::Effort;
use crate::throttle::shots::Within;

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
  apictl throttle probe /api/products/ --scope --bypass --race
  apictl throttle probe /api/products/ --trace trace.ndjson --plot trace.svg")]
pub(crate) struct Args {
    /// The URL, or a path that is joined to the base URL
    pub(super) url: String,
    /// The method
    #[arg(long, default_value = "GET")]
    method: String,
    /// The body of every request, as JSON
    #[arg(short, long, value_name = "TEXT")]
    data: Option<String>,
    #[command(flatten)]
    pub(super) bounds: Bounds,
    #[command(flatten)]
    wanted: Wanted,
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
    /// Draw the requests and what the identified limiter counted, as SVG
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
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
    if args.wanted.any() {
        // The experiments need some of the time, too.
        settings.max_time_s *= 0.6;
    }
    let budget = args.budget();
    target.confirm(ctx, args.bounds.yes, &budget)?;
    announce(ctx, &target, &budget);
    let began = Instant::now();
    ctx.run_async(async {
        let probed = target.probe(ctx, settings, args.trace.as_ref()).await?;
        let trace = probed.probe.trace();
        let found = answer(trace);
        let mut interrupted = probed.interrupted;
        let mut tried = Found::default();
        if args.wanted.any() && !interrupted {
            let before = (&found, trace.samples.as_slice());
            tokio::select! {
                done = carry_out(ctx, &target, &args.wanted, &args.bounds, before) => tried = done?,
                () = ctx.interrupted() => interrupted = true,
            }
        }
        if let Some(path) = &args.plot {
            draw(path, trace, &found)?;
        }
        if let (Some(path), false) = (&args.save, interrupted) {
            let spent = found.requests.sent + tried.requests.sent;
            let spent = usize::try_from(spent).unwrap_or(usize::MAX);
            let left = Within {
                requests: args.bounds.max_requests.saturating_sub(spent),
                time_s: args.bounds.max_time - began.elapsed().as_secs_f64(),
            };
            let before = (&found, trace.samples.as_slice());
            tokio::select! {
                saved = save(ctx, args, path, &target, before, left) => tried.requests += saved?,
                () = ctx.interrupted() => interrupted = true,
            }
        }
        let report = ProbeReport::new(&trace.header, found).with(tried);
        ctx.print(&report)?;
        if interrupted {
            return Err(Failure::interrupted());
        }
        Ok(report.exit())
    })
}

impl Args {
    /// The most that it may spend, in words.
    fn budget(&self) -> String {
        let bounds = &self.bounds;
        let mut words = format!(
            "at most {} requests and {} s",
            bounds.max_requests, bounds.max_time
        );
        if self.quick {
            words += ", one above the limit";
        }
        if self.wanted.any() {
            words += &format!(", with {}", self.wanted.words());
        }
        words
    }
}
