//! How time, bytes and SQL queries of a list grow with the size and the depth of a page.

use std::sync::Arc;

use super::course::size_parameter;
use super::error::WalkError;
use super::fetch::{Fetched, Fetcher};
use super::next::{Hints, Onward};
use super::origin::resolve;
use super::pace::Pace;
use super::plan::Plan;
use super::query::with_parameter;
use super::style::Style;
use super::timing::{Fit, fit, queries};
use crate::http::{Client, HeaderMap, Policy, Url};

/// One URL, measured several times; the times are the best of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// What was measured: `size 50`, `page 26 of 52`.
    pub what: String,
    /// The size asked for; None when the depth is what is measured.
    pub asked: Option<u64>,
    /// Items that came.
    pub rows: u64,
    /// Milliseconds until the head of the reply.
    pub head_ms: f64,
    /// Milliseconds until its end.
    pub total_ms: f64,
    /// Bytes of the body, decompressed.
    pub bytes: u64,
    /// SQL queries, where `Server-Timing` tells.
    pub queries: Option<u64>,
}

/// What a profile came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The style.
    pub style: Style,
    /// By page size.
    pub sizes: Vec<Sample>,
    /// By depth.
    pub depths: Vec<Sample>,
    /// Milliseconds by rows.
    pub time: Option<Fit>,
    /// SQL queries by rows.
    pub sql: Option<Fit>,
    /// What follows.
    pub verdicts: Vec<String>,
    /// The page size to walk with.
    pub page_size: u64,
    /// Requests sent.
    pub requests: u64,
}

/// Measures the list at `url` with pages of these sizes, each `repeat` times.
pub async fn profile(
    client: Client,
    url: Url,
    sizes: &[u64],
    repeat: u32,
) -> Result<Profile, WalkError> {
    let pace = Arc::new(Pace::new(None));
    let fetcher = Fetcher {
        client,
        pace: Arc::clone(&pace),
        policy: Policy {
            retries: 1,
            ..Policy::default()
        },
        hints: Hints::default(),
        strict: false,
    };
    // The first request warms connections and caches up; it is not counted.
    let first = fetcher.clone().fetch(1, url.clone(), None, None).await?;
    let style = first.look.style;
    let name = size_parameter(&first.url, style);
    let mut by_size: Vec<Sample> = Vec::new();
    for &size in sizes.iter().filter(|_| style != Style::Single) {
        let resized = with_parameter(&first.url, &name, &size.to_string());
        let sample = measure(
            &fetcher,
            &resized,
            format!("size {size}"),
            Some(size),
            repeat,
        )
        .await?;
        // A size that is ignored or cut tells nothing new.
        let known = by_size.iter().any(|known| known.rows == sample.rows);
        if !known {
            by_size.push(sample);
        }
    }
    let depths = deeper(&fetcher, &first, repeat).await?;
    let points = |value: fn(&Sample) -> Option<f64>| -> Vec<(f64, f64)> {
        by_size
            .iter()
            .filter_map(|sample| Some((as_f64(sample.rows), value(sample)?)))
            .collect()
    };
    let time = fit(&points(|sample| Some(sample.total_ms)));
    let sql = fit(&points(|sample| sample.queries.map(as_f64)));
    let page_size = by_size
        .iter()
        .map(|sample| sample.rows)
        .max()
        .unwrap_or(first.page.items.len() as u64);
    Ok(Profile {
        style,
        verdicts: verdicts(&by_size, &depths, time, sql, &first.headers),
        sizes: by_size,
        depths,
        time,
        sql,
        page_size,
        requests: pace.requests(),
    })
}

/// The first, a middle and the last page, where they can be named.
async fn deeper(fetcher: &Fetcher, first: &Fetched, repeat: u32) -> Result<Vec<Sample>, WalkError> {
    let Onward::Link(link) = &first.look.onward else {
        return Ok(Vec::new());
    };
    let Ok(next) = resolve(&first.url, link) else {
        return Ok(Vec::new());
    };
    let rows = first.page.items.len() as u64;
    let Some(plan) = Plan::new(&first.url, &next.url, rows, first.look.count) else {
        return Ok(Vec::new());
    };
    let last = plan.pages() - 1;
    let mut samples = Vec::new();
    let mut numbers = vec![0, last / 2, last.saturating_sub(1)];
    numbers.dedup();
    for number in numbers {
        let url = if number == 0 {
            first.url.clone()
        } else {
            plan.url(number)
        };
        let what = format!("page {} of {}", number + 1, plan.pages());
        samples.push(measure(fetcher, &url, what, None, repeat).await?);
    }
    Ok(samples)
}

async fn measure(
    fetcher: &Fetcher,
    url: &Url,
    what: String,
    asked: Option<u64>,
    repeat: u32,
) -> Result<Sample, WalkError> {
    let mut best: Option<Sample> = None;
    for _ in 0..repeat.max(1) {
        let one = fetcher.clone().fetch(1, url.clone(), None, None).await?;
        let sample = Sample {
            what: what.clone(),
            asked,
            rows: one.page.items.len() as u64,
            head_ms: one.timing.head_s * 1e3,
            total_ms: one.timing.total_s * 1e3,
            bytes: one.bytes,
            queries: one
                .headers
                .get("server-timing")
                .and_then(|value| queries(value.to_str().ok()?)),
        };
        best = match best {
            Some(known) if known.total_ms <= sample.total_ms => Some(known),
            _ => Some(sample),
        };
    }
    best.ok_or(WalkError::CutOff { page: 1 })
}

fn verdicts(
    sizes: &[Sample],
    depths: &[Sample],
    time: Option<Fit>,
    sql: Option<Fit>,
    headers: &HeaderMap,
) -> Vec<String> {
    let mut all = Vec::new();
    match sql {
        Some(sql) if sql.slope >= 0.5 => all.push(format!(
            "N+1: {:.0} queries + {:.0} per row; select_related or prefetch_related cures it",
            sql.fixed.max(0.0),
            sql.slope
        )),
        Some(sql) => all.push(format!(
            "no N+1: {:.0} queries whatever the size",
            sql.fixed
        )),
        None => all.push(
            "SQL queries are not told: Django Debug Toolbar's Server-Timing field would".to_owned(),
        ),
    }
    if let Some(time) = time {
        all.push(format!(
            "{:.2} ms fixed + {:.4} ± {:.4} ms per row",
            time.fixed,
            time.slope,
            2.0 * time.slope_error
        ));
    }
    if let (Some(first), Some(last)) = (depths.first(), depths.last())
        && last.total_ms > first.total_ms * 2.0
        && last.total_ms > first.total_ms + 10.0
    {
        all.push(format!(
            "depth costs: {} takes {:.1} ms, {} {:.1} ms; CursorPagination does not pay for OFFSET",
            first.what, first.total_ms, last.what, last.total_ms
        ));
    }
    if let [only] = sizes {
        all.push(format!("the page size is fixed: {} rows", only.rows));
    }
    let has = |name: &str| headers.contains_key(name);
    if !(has("etag") || has("last-modified") || has("cache-control")) {
        all.push("no caching fields: ConditionalGetMiddleware adds an ETag".to_owned());
    }
    let varies = headers
        .get_all("vary")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.to_ascii_lowercase().contains("accept-encoding"));
    if !varies {
        all.push(
            "no compression: GZipMiddleware, or the proxy, makes JSON a quarter of its size"
                .to_owned(),
        );
    }
    all
}

#[expect(clippy::cast_precision_loss, reason = "rows of one page")]
fn as_f64(number: u64) -> f64 {
    number as f64
}
