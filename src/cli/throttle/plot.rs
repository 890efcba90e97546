//! `--plot`: the trace under the limiter that was identified.

use std::path::Path;

use crate::cli::failure::Failure;
use crate::throttle::limits::{Identified, Limit};
use crate::throttle::load::load;
use crate::throttle::sample::{Outcome, Sample, Trace};
use crate::ui::{Plot, Series, Shape, Tone};

/// Writes the plot.
pub(super) fn draw(path: &Path, trace: &Trace, found: &Identified) -> Result<(), Failure> {
    let fault = || format!("cannot write the plot {}", path.display());
    let svg = plot(trace, found)
        .svg()
        .map_err(|why| Failure::local(format!("{}: {why}", fault())))?;
    std::fs::write(path, svg).map_err(|error| Failure::local(fault()).because(&error))
}

fn plot(trace: &Trace, found: &Identified) -> Plot {
    let unknown = Limit::unknown();
    let limit = found.limits.first().unwrap_or(&unknown);
    let curve = load(&trace.samples, limit);
    let count = limit
        .limit
        .or(limit.burst)
        .map(|count| count * limit.enforcers.max(1));
    let title = match found.limits.first() {
        Some(limit) => format!(
            "{} {}: {}",
            trace.header.method,
            trace.header.url,
            limit.words()
        ),
        None => format!("{} {}", trace.header.method, trace.header.url),
    };
    let end = trace.samples.last().map_or(0.0, |last| last.received_s);
    let mut series = vec![Series {
        label: "counted by the limiter".to_owned(),
        tone: Tone::Strong,
        shape: Shape::Line,
        points: curve.clone(),
    }];
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of requests are far below 2^52"
    )]
    if let Some(count) = count.map(|count| count as f64) {
        series.push(Series {
            label: "limit".to_owned(),
            tone: Tone::Faint,
            shape: Shape::Line,
            points: vec![(0.0, count), (end, count)],
        });
    }
    for (outcome, label, tone) in [
        (Outcome::Accepted, "accepted", Tone::Good),
        (Outcome::Refused, "refused", Tone::Bad),
        (Outcome::Unknown, "no decision", Tone::Warning),
    ] {
        let points: Vec<(f64, f64)> = trace
            .samples
            .iter()
            .filter(|sample| sample.outcome == outcome)
            .map(|sample| at_level(sample, &curve))
            .collect();
        if !points.is_empty() {
            series.push(Series {
                label: label.to_owned(),
                tone,
                shape: Shape::Points,
                points,
            });
        }
    }
    Plot {
        title,
        x: "seconds since the first request".to_owned(),
        y: "requests counted".to_owned(),
        series,
    }
}

/// A request at its instant, as high as the count was then.
fn at_level(sample: &Sample, curve: &[(f64, f64)]) -> (f64, f64) {
    let at = f64::midpoint(sample.sent_s, sample.received_s);
    let level = curve.iter().rev().find(|point| point.0 <= at);
    (at, level.map_or(0.0, |point| point.1))
}
