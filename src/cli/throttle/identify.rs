//! `apictl throttle identify`: the same answer from a recorded trace.

use std::path::PathBuf;

use super::shown::ProbeReport;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::throttle::limits::Identified;
use crate::throttle::sample::Trace;
use crate::throttle::waits::judge_waits;
use crate::throttle::{identify, judge_again};

/// Identify a limiter from a recorded trace, without the network
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl throttle probe /api/products/ --trace trace.ndjson
  apictl throttle identify trace.ndjson --format json")]
pub(crate) struct Args {
    /// A file that `throttle probe --trace` wrote
    trace: PathBuf,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.format()?;
    let shown = args.trace.display();
    let text = std::fs::read_to_string(&args.trace)
        .map_err(|error| Failure::local(format!("cannot read {shown}")).because(&error))?;
    let mut trace =
        Trace::parse(&text).map_err(|error| Failure::usage(format!("{shown}: {error}")))?;
    judge_again(&mut trace);
    let report = ProbeReport::new(&trace.header, answer(&trace));
    ctx.print(&report)?;
    Ok(report.exit())
}

/// What a trace says, live or recorded: the limits, and what is wrong with the waits that were named.
pub(super) fn answer(trace: &Trace) -> Identified {
    let mut found = identify(trace);
    found
        .findings
        .extend(judge_waits(trace, found.limits.first()));
    found
}
