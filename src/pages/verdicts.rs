//! What the measurements of a profile mean, in sentences. Pure.

use super::measure::Refused;
use super::profile::{Sample, as_f64};
use super::style::Style;
use super::timing::{Doubt, Fit};

/// All that was measured.
pub(super) struct Seen<'a> {
    pub(super) sizes: &'a [Sample],
    pub(super) refused: &'a [Refused],
    pub(super) depths: &'a [Sample],
    pub(super) time: Option<Fit>,
    pub(super) sql: Option<Fit>,
    /// SQL queries of some page, where they are told.
    pub(super) queries: Option<u64>,
    /// Whether a row costs as much as a query, by time; `None` where sizes do not differ enough.
    pub(super) rows: Option<Doubt>,
    /// Whether late pages are slow; `None` where they cannot be named.
    pub(super) depth: Option<Doubt>,
    pub(super) headers: &'a http::HeaderMap,
    pub(super) style: Style,
}

/// The page size at which most rows come per second; of sizes that are as good the smallest.
pub(super) fn page_size(sizes: &[Sample]) -> Option<u64> {
    let speed = |sample: &Sample| as_f64(sample.rows) / sample.total_ms.max(1e-6);
    let best = sizes.iter().map(speed).fold(0.0, f64::max);
    sizes
        .iter()
        .filter(|sample| speed(sample) >= best * 0.95 && sample.rows > 0)
        .map(|sample| sample.rows)
        .min()
}

/// Sentences, the weightiest first.
pub(super) fn verdicts(seen: &Seen<'_>) -> Vec<String> {
    let mut all = vec![of_queries(seen)];
    all.extend(seen.time.map(of_time));
    all.extend(of_depth(seen));
    if let ([only], []) = (seen.sizes, seen.refused) {
        all.push(format!("the page size is fixed: {} rows", only.rows));
    }
    all.extend(of_headers(seen.headers));
    let unmeasured = |one: &Refused| format!("{} was not measured: {}", one.what, one.why);
    all.extend(seen.refused.iter().map(unmeasured));
    all
}

fn of_queries(seen: &Seen<'_>) -> String {
    match (seen.sql, seen.queries, seen.rows) {
        (Some(sql), ..) if sql.slope >= 0.5 => format!(
            "N+1: {:.0} queries + {} per row; select_related or prefetch_related cures it",
            sql.fixed.max(0.0),
            short(sql.slope)
        ),
        (Some(sql), ..) => format!("no N+1: {:.0} queries whatever the size", sql.fixed),
        (None, Some(queries), _) => {
            format!("{queries} SQL queries; pages of one size alone do not tell an N+1")
        }
        (None, None, Some(Doubt::Confirmed)) => format!(
            "N+1, or an expensive serializer: each row takes {:.2} ms, as much as a query; Django Debug Toolbar's Server-Timing field would tell which",
            seen.time.map_or(0.0, |time| time.slope)
        ),
        (None, None, Some(Doubt::Cleared)) => {
            "no sign of an N+1: a row takes far less than a query; Django Debug Toolbar's Server-Timing field would prove it".to_owned()
        }
        (None, None, None) => {
            "SQL queries are not told: Django Debug Toolbar's Server-Timing field would".to_owned()
        }
    }
}

/// `1`, `1.5`.
fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0")
        .map_or_else(|| text.clone(), str::to_owned)
}

fn of_time(time: Fit) -> String {
    match time.coverage() {
        Some(coverage) => format!(
            "{:.2} ± {:.2} ms fixed + {:.4} ± {:.4} ms per row (95 %, {} sizes)",
            time.fixed,
            coverage * time.fixed_error,
            time.slope,
            coverage * time.slope_error,
            time.points
        ),
        None => format!(
            "{:.2} ms fixed + {:.4} ms per row (two sizes: no uncertainty known)",
            time.fixed, time.slope
        ),
    }
}

fn of_depth(seen: &Seen<'_>) -> Option<String> {
    let (near, far) = (seen.depths.first()?, seen.depths.last()?);
    let times = format!(
        "{} takes {:.1} ms, {} {:.1} ms",
        near.what, near.total_ms, far.what, far.total_ms
    );
    match seen.depth? {
        Doubt::Confirmed => Some(format!(
            "depth costs: {times}; CursorPagination does not pay for OFFSET"
        )),
        Doubt::Cleared => Some(format!("depth costs nothing that shows: {times}")),
    }
    .filter(|_| seen.style != Style::Cursor)
}

fn of_headers(headers: &http::HeaderMap) -> Vec<String> {
    let mut all = Vec::new();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::timing::fit;

    fn sample(rows: u64, total_ms: f64, queries: Option<u64>) -> Sample {
        Sample {
            what: format!("size {rows}"),
            asked: Some(rows),
            rows,
            head_ms: total_ms,
            total_ms,
            times_ms: vec![total_ms],
            bytes: rows * 300,
            queries,
        }
    }

    fn said(samples: &[Sample], rows: Option<Doubt>) -> String {
        let sql: Vec<(f64, f64)> = samples
            .iter()
            .filter_map(|sample| Some((as_f64(sample.rows), as_f64(sample.queries?))))
            .collect();
        let headers = http::HeaderMap::new();
        let seen = Seen {
            sizes: samples,
            refused: &[],
            depths: &[],
            time: fit(&[(10.0, 7.0), (50.0, 11.0), (100.0, 16.0)]),
            sql: fit(&sql),
            queries: samples[0].queries,
            rows,
            depth: None,
            headers: &headers,
            style: Style::PageNumber,
        };
        verdicts(&seen)[..2].join("\n")
    }

    #[test]
    fn queries_that_grow_are_an_n_plus_one() {
        let growing = [sample(10, 7.0, Some(12)), sample(50, 11.0, Some(52))];
        insta::assert_snapshot!(said(&growing, None), @r"
        N+1: 2 queries + 1 per row; select_related or prefetch_related cures it
        6.00 ± 0.00 ms fixed + 0.1000 ± 0.0000 ms per row (95 %, 3 sizes)
        ");
        let flat = [sample(10, 7.0, Some(2)), sample(50, 11.0, Some(2))];
        assert!(said(&flat, None).starts_with("no N+1: 2 queries whatever the size"));
        let untold = [sample(10, 7.0, None), sample(50, 11.0, None)];
        assert!(said(&untold, Some(Doubt::Confirmed)).starts_with("N+1, or an expensive"));
        assert!(said(&untold, Some(Doubt::Cleared)).starts_with("no sign of an N+1"));
    }

    #[test]
    fn the_page_size_that_brings_most_rows_per_second_is_advised() {
        let sizes = [
            sample(10, 5.0, None),
            sample(100, 15.0, None),
            sample(1_000, 151.0, None),
        ];
        assert_eq!(page_size(&sizes), Some(100));
        assert_eq!(page_size(&[]), None);
    }
}
