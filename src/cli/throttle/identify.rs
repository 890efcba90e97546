//! `apictl throttle identify`: the same answer from a recorded trace.

use std::path::PathBuf;

use super::shown::ProbeReport;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::throttle::identify;
use crate::throttle::sample::Trace;

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
    let trace = Trace::parse(&text).map_err(|error| Failure::usage(format!("{shown}: {error}")))?;
    let report = ProbeReport::new(&trace.header, identify(&trace));
    ctx.print(&report)?;
    Ok(report.exit())
}
