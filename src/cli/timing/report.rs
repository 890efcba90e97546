//! What a request cost, as people and scripts see it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::cache::CacheReport;
use super::compare::{Difference, compare};
use super::samples::Spread;
use super::server_timing::Metric;
use crate::http::{Method, Reply, shown_url};
use crate::ui::{Look, Report, Table, Tone, facts};

pub(super) const SCHEMA: &str = "apictl.request.timing/1";

#[derive(Debug, Serialize)]
pub(super) struct TimingReport {
    schema: &'static str,
    method: String,
    url: String,
    status: u16,
    bytes: usize,
    phases: Vec<Phase>,
    pub(super) server_timing: Vec<Metric>,
    pub(super) sql_queries: Option<u64>,
    pub(super) cache: CacheReport,
    repeat: Option<Repeat>,
    comparison: Option<Comparison>,
    kept: Kept,
}

/// One phase of the request on a connection of its own.
#[derive(Debug, Serialize)]
pub(super) struct Phase {
    name: &'static str,
    ms: f64,
}

impl Phase {
    pub(super) fn new(name: &'static str, ms: f64) -> Self {
        Self { name, ms }
    }
}

#[derive(Debug, Serialize)]
struct Repeat {
    requests: usize,
    statuses: BTreeMap<String, usize>,
    first_byte_ms: Option<Spread>,
    total_ms: Option<Spread>,
    sql_queries: Option<[u64; 2]>,
}

#[derive(Debug, Serialize)]
struct Comparison {
    before_p50_ms: f64,
    after_p50_ms: f64,
    difference: Option<Difference>,
    /// The same of the time to the first byte, which streaming shortens.
    first_byte: Option<Difference>,
    bytes: [usize; 2],
    sql_queries: [Option<u64>; 2],
}

/// What a later run compares with.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) total_ms: Vec<f64>,
    first_byte_ms: Vec<f64>,
    statuses: Vec<u16>,
    queries: Vec<u64>,
    sql_queries: Option<u64>,
    bytes: usize,
}

impl TimingReport {
    pub(super) fn new(method: &Method, reply: &Reply, phases: Vec<Phase>) -> Self {
        Self {
            schema: SCHEMA,
            method: method.to_string(),
            url: shown_url(&reply.url),
            status: reply.status.as_u16(),
            bytes: reply.body.len(),
            phases,
            server_timing: Vec::new(),
            sql_queries: None,
            cache: super::cache::read(method, reply, None),
            repeat: None,
            comparison: None,
            kept: Kept {
                bytes: reply.body.len(),
                ..Kept::default()
            },
        }
    }

    /// One repetition: status, milliseconds to the head and to the end, SQL queries where they are told.
    pub(super) fn add(&mut self, status: u16, first_byte: f64, total: f64, sql: Option<u64>) {
        self.kept.statuses.push(status);
        self.kept.first_byte_ms.push(first_byte);
        self.kept.total_ms.push(total);
        self.kept.queries.extend(sql);
    }

    /// Sums the repetitions up.
    pub(super) fn settle(&mut self) {
        let kept = &mut self.kept;
        // The first request may have filled a cache that answered the others.
        let mut queries = kept.queries.clone();
        queries.sort_unstable();
        kept.sql_queries = queries.get(queries.len() / 2).copied().or(self.sql_queries);
        let mut statuses = BTreeMap::new();
        for status in &kept.statuses {
            *statuses.entry(status.to_string()).or_default() += 1;
        }
        self.repeat = Some(Repeat {
            requests: kept.total_ms.len(),
            statuses,
            first_byte_ms: Spread::of(&kept.first_byte_ms),
            total_ms: Spread::of(&kept.total_ms),
            sql_queries: kept
                .queries
                .iter()
                .min()
                .zip(kept.queries.iter().max())
                .map(|(least, most)| [*least, *most]),
        });
    }

    /// Sets this run beside an earlier one.
    pub(super) fn compare(&mut self, earlier: &Kept) {
        // An error is not a faster page.
        let kind = |status: &u16| status / 100;
        let kinds = |kept: &Kept| kept.statuses.iter().map(kind).collect::<BTreeSet<u16>>();
        let alike = kinds(earlier) == kinds(&self.kept);
        let p50 = |kept: &Kept| Spread::of(&kept.total_ms).map_or(0.0, |spread| spread.p50);
        self.comparison = Some(Comparison {
            before_p50_ms: p50(earlier),
            after_p50_ms: p50(&self.kept),
            difference: compare(&earlier.total_ms, &self.kept.total_ms).filter(|_| alike),
            first_byte: compare(&earlier.first_byte_ms, &self.kept.first_byte_ms).filter(|_| alike),
            bytes: [earlier.bytes, self.kept.bytes],
            sql_queries: [earlier.sql_queries, self.kept.sql_queries],
        });
    }
}

fn ms(value: f64) -> String {
    format!("{value:.2} ms")
}

impl Report for TimingReport {
    fn table(&self, look: &Look) -> String {
        let mut rows = vec![(
            format!("{} {}", self.method, self.url),
            format!("{}, {} bytes", self.status, self.bytes),
        )];
        for phase in &self.phases {
            rows.push((format!("  {}", phase.name.replace('_', " ")), ms(phase.ms)));
        }
        if let Some(count) = self.sql_queries {
            rows.push(("SQL queries".to_owned(), count.to_string()));
        }
        rows.push(("cache".to_owned(), self.cache.message.clone()));
        if let Some(vary) = &self.cache.vary {
            rows.push(("varies by".to_owned(), vary.clone()));
        }
        let mut text = facts(look, rows);
        if !self.server_timing.is_empty() {
            let mut table = Table::new(["SERVER-TIMING", "MS", ""]);
            for metric in &self.server_timing {
                let dur = metric
                    .dur_ms
                    .map_or_else(String::new, |dur| format!("{dur:.2}"));
                table.row([
                    metric.name.clone(),
                    dur,
                    metric.desc.clone().unwrap_or_default(),
                ]);
            }
            table.align_right(1);
            text += &format!("\n\n{}", table.render(look));
        }
        if let Some(repeat) = &self.repeat {
            text += &format!("\n\n{}", repeat.table(look));
        }
        if let Some(comparison) = &self.comparison {
            text += &format!("\n\n{}", comparison.words(look));
        }
        text
    }
}

impl Repeat {
    fn table(&self, look: &Look) -> String {
        let mut table = Table::new([
            format!("{} REQUESTS", self.requests).as_str(),
            "MIN",
            "P50",
            "P75",
            "P90",
            "P99",
            "P99.9",
            "MAX",
            "MEAN",
        ]);
        for (name, spread) in [("first byte", self.first_byte_ms), ("total", self.total_ms)] {
            let Some(spread) = spread else { continue };
            let values = [
                spread.min,
                spread.p50,
                spread.p75,
                spread.p90,
                spread.p99,
                spread.p999,
                spread.max,
                spread.mean,
            ];
            let cells = std::iter::once(name.to_owned()).chain(values.map(ms));
            table.row(cells);
        }
        for column in 1..9 {
            table.align_right(column);
        }
        let statuses: Vec<String> = self
            .statuses
            .iter()
            .map(|(status, count)| format!("{status} × {count}"))
            .collect();
        format!("{}\n{}", table.render(look), statuses.join(", "))
    }
}

impl Comparison {
    fn words(&self, look: &Look) -> String {
        let mut lines = Vec::new();
        match &self.difference {
            None => lines.push("too few samples to compare: five on each side".to_owned()),
            Some(found) => {
                let medians = format!(
                    "median {} → {} ({:+.0} %)",
                    ms(self.before_p50_ms),
                    ms(self.after_p50_ms),
                    (found.ratio - 1.0) * 100.0
                );
                lines.push(told(look, "", &medians, found));
            }
        }
        if let Some(found) = &self.first_byte {
            let change = format!("{:+.0} %", (found.ratio - 1.0) * 100.0);
            lines.push(told(look, "first byte ", &change, found));
        }
        if let [Some(before), Some(after)] = self.sql_queries {
            lines.push(format!("SQL queries {before} → {after}"));
        }
        lines.push(format!("bytes {} → {}", self.bytes[0], self.bytes[1]));
        lines.join("\n")
    }
}

fn told(look: &Look, of: &str, change: &str, found: &Difference) -> String {
    let tone = match found.verdict {
        "faster" => Tone::Good,
        "slower" => Tone::Bad,
        _ => Tone::Faint,
    };
    format!(
        "{of}{}: {change}; shift {:+.2} ms, 95 % interval {:+.2} to {:+.2} ms, {:.1} % sure",
        look.paint(tone, found.verdict),
        found.shift_ms,
        found.interval_ms[0],
        found.interval_ms[1],
        found.confidence.min(0.999) * 100.0
    )
}
