//! The answer of `apictl pages profile`: table, JSON, charts.

use serde::Serialize;
use serde_json::{Value, json};

use crate::http::{Url, shown_url};
use crate::pages::{Fit, Profile, Refused, Sample};
use crate::ui::{Chart, Look, Report, Table};

#[derive(Debug, Serialize)]
struct SampleReport {
    what: String,
    asked: Option<u64>,
    rows: u64,
    head_ms: f64,
    total_ms: f64,
    /// Every measurement.
    times_ms: Vec<f64>,
    bytes: u64,
    queries: Option<u64>,
}

#[derive(Debug, Serialize)]
struct RefusedReport {
    what: String,
    asked: Option<u64>,
    why: String,
}

#[derive(Debug, Serialize)]
struct FitReport {
    fixed: f64,
    fixed_error: f64,
    per_row: f64,
    per_row_error: f64,
    /// The ends of the 95 % interval of `per_row`.
    per_row_interval: Option<[f64; 2]>,
    points: usize,
}

#[derive(Debug, Serialize)]
struct WidthReport {
    in_flight: u64,
    pages_per_s: f64,
}

#[derive(Debug, Serialize)]
pub(super) struct ProfileReport {
    schema: &'static str,
    url: String,
    style: String,
    sizes: Vec<SampleReport>,
    /// What could not be measured.
    refused: Vec<RefusedReport>,
    depths: Vec<SampleReport>,
    time_ms: Option<FitReport>,
    queries: Option<FitReport>,
    bytes: Option<FitReport>,
    parallel: Vec<WidthReport>,
    verdicts: Vec<String>,
    recommended: Recommended,
    requests: u64,
}

#[derive(Debug, Serialize)]
struct Recommended {
    page_size: u64,
    /// A number, or `auto` where it was not measured.
    concurrency: Value,
}

fn short(ms: f64) -> f64 {
    (ms * 1e3).round() / 1e3
}

impl ProfileReport {
    pub(super) fn new(url: &Url, profile: Profile) -> Self {
        Self {
            schema: "apictl.pages.profile/1",
            url: shown_url(url),
            style: profile.style.to_string(),
            sizes: profile.sizes.into_iter().map(wire).collect(),
            refused: profile
                .refused
                .into_iter()
                .map(|Refused { what, asked, why }| RefusedReport { what, asked, why })
                .collect(),
            depths: profile.depths.into_iter().map(wire).collect(),
            time_ms: profile.time.map(line),
            queries: profile.sql.map(line),
            bytes: profile.bytes.map(line),
            parallel: profile
                .widths
                .iter()
                .map(|width| WidthReport {
                    in_flight: width.in_flight,
                    pages_per_s: short(width.pages_per_s),
                })
                .collect(),
            verdicts: profile.verdicts,
            recommended: Recommended {
                page_size: profile.page_size,
                concurrency: profile.in_flight.map_or(json!("auto"), |n| json!(n)),
            },
            requests: profile.requests,
        }
    }
}

fn wire(sample: Sample) -> SampleReport {
    SampleReport {
        what: sample.what,
        asked: sample.asked,
        rows: sample.rows,
        head_ms: short(sample.head_ms),
        total_ms: short(sample.total_ms),
        times_ms: sample.times_ms.into_iter().map(short).collect(),
        bytes: sample.bytes,
        queries: sample.queries,
    }
}

fn line(fit: Fit) -> FitReport {
    FitReport {
        fixed: fit.fixed,
        fixed_error: fit.fixed_error,
        per_row: fit.slope,
        per_row_error: fit.slope_error,
        per_row_interval: fit.coverage().map(|coverage| {
            let margin = coverage * fit.slope_error;
            [fit.slope - margin, fit.slope + margin]
        }),
        points: fit.points,
    }
}

#[expect(clippy::cast_precision_loss, reason = "rows, queries and page numbers")]
fn as_f64(number: u64) -> f64 {
    number as f64
}

/// Time by rows, queries by rows where they are told, time by depth where pages can be named.
pub(super) fn charts(profile: &Profile) -> Vec<Chart> {
    let chart = |title: &str, x: &str, y: &str, points: Vec<(f64, f64)>, fit: Option<Fit>| Chart {
        title: title.to_owned(),
        x: x.to_owned(),
        y: y.to_owned(),
        points,
        line: fit.map(|fit| (fit.fixed, fit.slope)),
    };
    let sizes = |value: fn(&Sample) -> Option<f64>| -> Vec<(f64, f64)> {
        profile
            .sizes
            .iter()
            .filter_map(|sample| Some((as_f64(sample.rows), value(sample)?)))
            .collect()
    };
    let mut all = vec![chart(
        "Time by page size",
        "rows",
        "ms",
        sizes(|sample| Some(sample.total_ms)),
        profile.time,
    )];
    if profile.sql.is_some() {
        let points = sizes(|sample| sample.queries.map(as_f64));
        all.push(chart(
            "SQL queries by page size",
            "rows",
            "queries",
            points,
            profile.sql,
        ));
    }
    if profile.depths.len() > 1 {
        let points = profile
            .depths
            .iter()
            .filter_map(|sample| {
                let page = sample.what.split(' ').nth(1)?.parse().ok()?;
                Some((page, sample.total_ms))
            })
            .collect();
        all.push(chart("Time by depth", "page", "ms", points, None));
    }
    all
}

impl Report for ProfileReport {
    fn table(&self, look: &Look) -> String {
        let mut table = Table::new(["PAGE", "ROWS", "FIRST BYTE MS", "TOTAL MS", "BYTES", "SQL"]);
        for sample in self.sizes.iter().chain(&self.depths) {
            table.row([
                sample.what.clone(),
                sample.rows.to_string(),
                format!("{:.1}", sample.head_ms),
                format!("{:.1}", sample.total_ms),
                sample.bytes.to_string(),
                sample
                    .queries
                    .map_or_else(|| "-".to_owned(), |n| n.to_string()),
            ]);
        }
        for column in 1..6 {
            table.align_right(column);
        }
        let mut text = table.render(look) + "\n\n";
        if !self.parallel.is_empty() {
            let rates: Vec<String> = self
                .parallel
                .iter()
                .map(|width| format!("{} → {:.0}/s", width.in_flight, width.pages_per_s))
                .collect();
            text.push_str(&format!(
                "requests in flight → pages: {}\n\n",
                rates.join(", ")
            ));
        }
        for verdict in &self.verdicts {
            text.push_str(&format!("- {verdict}\n"));
        }
        let concurrency = self
            .recommended
            .concurrency
            .as_u64()
            .map_or_else(|| "auto".to_owned(), |n| n.to_string());
        text + &format!(
            "\nwalk with: --page-size {} --concurrency {concurrency} ({} requests were sent)",
            self.recommended.page_size, self.requests
        )
    }
}
