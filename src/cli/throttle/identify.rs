//! `apictl throttle identify`: the same answer from a recorded trace.

use std::path::PathBuf;

use super::shown::ProbeReport;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::throttle::limits::{Identified, Verdict};
use crate::throttle::sample::{Sample, Trace};
use crate::throttle::waits::judge_waits;
use crate::throttle::{before_the_throttle, identify, judge_again};

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
    doubt_what_no_throttle_saw(&mut found, &trace.samples);
    found
}

/// Nothing was refused, and nothing came from behind a throttle: that is no proof that there is none.
fn doubt_what_no_throttle_saw(found: &mut Identified, samples: &[Sample]) {
    let first = samples.first().and_then(|sample| sample.status);
    let all_alike = samples.iter().all(|sample| sample.status == first);
    if let (Verdict::NotLimited, true, Some(why)) = (
        found.verdict,
        all_alike,
        first.and_then(before_the_throttle),
    ) {
        found.verdict = Verdict::Inconclusive;
        found.settles = Some(why);
    }
}
