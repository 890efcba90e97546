//! How time, bytes and SQL queries of a list grow with the size and the depth of a page.
//!
//! Every page is asked for in turn, round after round, so that a busy moment of the machine strikes all of them
//! alike; of each the best time counts, since load only ever adds.

use std::sync::Arc;

use super::error::WalkError;
use super::fetch::{Fetched, Fetcher};
use super::measure::{Meter, Refused, Target, WIDTHS, Width, best_width, parallel, rounds, settle};
use super::next::{Hints, Onward};
use super::origin::resolve;
use super::pace::Pace;
use super::plan::Plan;
use super::pointer::Pointer;
use super::query::with_parameter;
use super::sizing::{TRIES, size_parameters};
use super::style::Style;
use super::timing::{DEEP, Fit, ROWS, Rule, SETTLED, fit, fit_times};
use super::verdicts::{Seen, page_size, verdicts};
use crate::http::{Client, Policy, Url};
use crate::rate::Rate;

/// What is measured.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// The page sizes to ask for.
    pub sizes: Vec<u64>,
    /// How often each page is asked for.
    pub repeat: u32,
    /// Whether to see how many requests in flight pay.
    pub parallel: bool,
    /// How fast requests may follow each other.
    pub rate: Option<Rate>,
    /// Where the items are.
    pub items: Option<Pointer>,
}

impl Course {
    /// The most requests that it takes: the first, finding the parameter for the size, each size, an early, a middle
    /// and a late page, what settles a suspicion, the parallel ones.
    pub fn requests(&self) -> u64 {
        let rounds = u64::from(self.repeat.max(1));
        let parallel: u64 = if self.parallel {
            WIDTHS.iter().sum::<u64>() * 2
        } else {
            0
        };
        let settling = (SETTLED as u64).saturating_sub(rounds) * 4;
        1 + TRIES + rounds * (self.sizes.len() as u64 + 3) + settling + parallel
    }
}

/// One URL, measured several times.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// What was measured: `size 50`, `page 26 of 52`.
    pub what: String,
    /// The size asked for; None when the depth is what is measured.
    pub asked: Option<u64>,
    /// Items that came.
    pub rows: u64,
    /// Milliseconds until the head of the reply, at best.
    pub head_ms: f64,
    /// Milliseconds until its end, at best.
    pub total_ms: f64,
    /// Milliseconds until its end, each time.
    pub times_ms: Vec<f64>,
    /// Bytes of the body, decompressed.
    pub bytes: u64,
    /// SQL queries, where `Server-Timing` tells; of several counts the last, when caches are warm.
    pub queries: Option<u64>,
}

/// What a profile came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The style.
    pub style: Style,
    /// By page size.
    pub sizes: Vec<Sample>,
    /// What could not be measured.
    pub refused: Vec<Refused>,
    /// By depth.
    pub depths: Vec<Sample>,
    /// Milliseconds by rows.
    pub time: Option<Fit>,
    /// SQL queries by rows.
    pub sql: Option<Fit>,
    /// Bytes by rows.
    pub bytes: Option<Fit>,
    /// By requests in flight.
    pub widths: Vec<Width>,
    /// What follows.
    pub verdicts: Vec<String>,
    /// The page size to walk with.
    pub page_size: u64,
    /// How many requests to keep in flight, where that was measured.
    pub in_flight: Option<u64>,
    /// Requests sent.
    pub requests: u64,
}

/// Measures the list at `url`.
pub async fn profile(client: Client, url: Url, course: &Course) -> Result<Profile, WalkError> {
    let pace = Arc::new(Pace::new(course.rate));
    let fetcher = Fetcher {
        client,
        pace: Arc::clone(&pace),
        policy: Policy {
            retries: 1,
            ..Policy::default()
        },
        hints: Hints::default(),
        known: None,
        strict: false,
    };
    // The first request warms connections and caches up; it is not counted.
    let first = fetcher
        .clone()
        .fetch(1, url.clone(), course.items.clone(), None)
        .await?;
    let meter = Meter {
        fetcher,
        pointer: first.page.pointer.clone(),
    };
    let style = first.look.style;
    let plan = plan_of(&first);
    let name = size_name(&meter, &first, &course.sizes).await?;
    let mut by_size = sized(&first, &name, &course.sizes);
    let mut by_depth = deep(&first, plan.as_ref());
    let mut refused = rounds(&meter, course.repeat, &mut by_size, &mut by_depth).await?;
    let depth = settle(&meter, &mut by_depth, DEEP).await;
    by_size.sort_by_key(|target| target.sample.rows);
    let rows = match rule_for_rows(&by_size, leaves_of(&first)) {
        Some(rule) => settle(&meter, &mut by_size, rule).await,
        None => None,
    };
    let sizes: Vec<Sample> = by_size.into_iter().map(|target| target.sample).collect();
    let depths: Vec<Sample> = by_depth.into_iter().map(|target| target.sample).collect();
    let page_size = page_size(&sizes).unwrap_or(first.page.items.len() as u64);
    let widths = match plan.filter(|_| course.parallel) {
        Some(plan) => parallel(&meter, &first, &plan, (&name, page_size), &mut refused).await,
        None => Vec::new(),
    };
    let points = |value: fn(&Sample) -> Option<f64>| -> Vec<(f64, f64)> {
        sizes
            .iter()
            .filter_map(|sample| Some((as_f64(sample.rows), value(sample)?)))
            .collect()
    };
    let time = fit_times(&points(|sample| Some(sample.total_ms)));
    let sql = fit(&points(|sample| sample.queries.map(as_f64)));
    let bytes = fit(&points(|sample| Some(as_f64(sample.bytes))));
    let seen = Seen {
        sizes: &sizes,
        refused: &refused,
        depths: &depths,
        time,
        sql,
        queries: first_queries(&sizes, &depths),
        rows,
        depth,
        headers: &first.headers,
        style,
    };
    Ok(Profile {
        style,
        verdicts: verdicts(&seen),
        time,
        sql,
        bytes,
        page_size,
        in_flight: best_width(&widths),
        widths,
        requests: pace.requests(),
        sizes,
        refused,
        depths,
    })
}

fn first_queries(sizes: &[Sample], depths: &[Sample]) -> Option<u64> {
    sizes.iter().chain(depths).find_map(|sample| sample.queries)
}

/// How many values the first item holds.
fn leaves_of(first: &Fetched) -> u64 {
    first
        .page
        .items
        .item(0)
        .and_then(|item| serde_json::from_slice(item).ok())
        .map_or(0, |item| super::audit::leaves(&item))
}

/// When a row costs as much as a query, by the times of the smallest and the largest page; `None` where queries are
/// told, or the sizes do not differ enough.
fn rule_for_rows(sizes: &[Target], members: u64) -> Option<Rule> {
    let (small, large) = (&sizes.first()?.sample, &sizes.last()?.sample);
    let rows = large.rows.checked_sub(small.rows)?;
    (rows >= 20 && small.queries.is_none())
        .then(|| ROWS.scaled(rows, small.rows).for_members(members))
}

fn plan_of(first: &Fetched) -> Option<Plan> {
    let next = match &first.look.onward {
        Onward::Link(link) => resolve(&first.url, link).ok()?.url,
        Onward::Parameter(name, value) => with_parameter(&first.url, name, value),
        Onward::Unsaid => {
            let rows = first.page.items.len() as u64;
            super::plan::count_on(&first.url, first.look.style, rows, rows, first.look.count)?
        }
        Onward::End => return None,
    };
    let rows = first.page.items.len() as u64;
    Plan::new(&first.url, &next, rows, first.look.count)
}

/// The parameter for the size of a page: the first that makes a page smaller, else the most probable one.
async fn size_name(meter: &Meter, first: &Fetched, sizes: &[u64]) -> Result<String, WalkError> {
    let mut names = size_parameters(&first.url, first.look.style);
    let rows = first.page.items.len() as u64;
    let smaller = sizes.iter().copied().find(|&size| size < rows);
    if let Some(size) = smaller.filter(|_| first.look.style != Style::Single) {
        for name in &names {
            let url = with_parameter(&first.url, name, &size.to_string());
            // A server may refuse names that it does not know.
            let fetched = meter.fetch(url).await;
            // One that filters leaves none, or another count.
            let sizes = |page: &Fetched| {
                let smaller = (1..rows).contains(&(page.page.items.len() as u64));
                smaller && page.look.count == first.look.count
            };
            if fetched.is_ok_and(|page| sizes(&page)) {
                return Ok(name.clone());
            }
        }
    }
    Ok(names.swap_remove(0))
}

fn sized(first: &Fetched, name: &str, sizes: &[u64]) -> Vec<Target> {
    sizes
        .iter()
        .filter(|_| first.look.style != Style::Single)
        .map(|size| {
            let url = with_parameter(&first.url, name, &size.to_string());
            Target::new(url, format!("size {size}"), Some(*size))
        })
        .collect()
}

/// The second, a middle and a late page, all of them full, where they can be named.
fn deep(first: &Fetched, plan: Option<&Plan>) -> Vec<Target> {
    let Some(plan) = plan else {
        return Vec::new();
    };
    let late = plan.pages().saturating_sub(2);
    let mut numbers = vec![u64::from(late > 0), late / 2, late];
    numbers.dedup();
    numbers
        .into_iter()
        .map(|number| {
            let url = if number == 0 {
                first.url.clone()
            } else {
                plan.url(number)
            };
            let what = format!("page {} of {}", number + 1, plan.pages());
            Target::new(url, what, None)
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "rows of one page")]
pub(super) fn as_f64(number: u64) -> f64 {
    number as f64
}
