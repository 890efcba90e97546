//! How time, bytes and SQL queries of a list grow with the size and the depth of a page.
//!
//! Every page is asked for in turn, round after round, so that a busy moment of the machine strikes all of them
//! alike; of each the best time counts, since load only ever adds.

use std::sync::Arc;

use super::course::size_parameter;
use super::error::WalkError;
use super::fetch::{Fetched, Fetcher};
use super::next::{Hints, Onward};
use super::origin::resolve;
use super::pace::Pace;
use super::plan::Plan;
use super::pointer::Pointer;
use super::query::with_parameter;
use super::style::Style;
use super::timing::{DEEP, Doubt, Fit, Pairs, ROWS, Rule, SETTLED, fit, queries};
use super::verdicts::{Seen, page_size, verdicts};
use crate::http::{Client, Policy, Url};
use crate::rate::Rate;

/// How many requests are in flight while the server's workers are counted.
const WIDTHS: [u64; 4] = [1, 2, 4, 8];
/// Rounds from which on a suspicion is settled with more of them.
const FEW: usize = 4;
/// More requests in flight must bring at least so many times the pages.
const WORTH: f64 = 1.25;

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
    /// The most requests that it takes: the first, each size, an early, a middle and a late page, what settles a
    /// suspicion, the parallel ones.
    pub fn requests(&self) -> u64 {
        let rounds = u64::from(self.repeat.max(1));
        let parallel: u64 = if self.parallel {
            WIDTHS.iter().sum::<u64>() * 2
        } else {
            0
        };
        let settling = (SETTLED as u64).saturating_sub(rounds) * 4;
        1 + rounds * (self.sizes.len() as u64 + 3) + settling + parallel
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

/// How fast pages come with so many requests in flight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Width {
    /// Requests in flight.
    pub in_flight: u64,
    /// Pages per second, at best.
    pub pages_per_s: f64,
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

/// Fetches pages, once it is known where their items are.
struct Meter {
    fetcher: Fetcher,
    pointer: Pointer,
}

impl Meter {
    fn fetch(&self, url: Url) -> impl Future<Output = Result<Fetched, WalkError>> + Send + use<> {
        self.fetcher
            .clone()
            .fetch(1, url, Some(self.pointer.clone()), None)
    }
}

/// One page that is measured round after round.
struct Target {
    url: Url,
    sample: Sample,
}

impl Target {
    fn new(url: Url, what: String, asked: Option<u64>) -> Self {
        Self {
            url,
            sample: Sample {
                what,
                asked,
                rows: 0,
                head_ms: f64::MAX,
                total_ms: f64::MAX,
                times_ms: Vec::new(),
                bytes: 0,
                queries: None,
            },
        }
    }

    async fn measure(&mut self, meter: &Meter) -> Result<(), WalkError> {
        let one = meter.fetch(self.url.clone()).await?;
        let sample = &mut self.sample;
        sample.rows = one.page.items.len() as u64;
        sample.bytes = one.bytes;
        sample.times_ms.push(one.timing.total_s * 1e3);
        sample.head_ms = sample.head_ms.min(one.timing.head_s * 1e3);
        sample.total_ms = sample.total_ms.min(one.timing.total_s * 1e3);
        sample.queries = one
            .headers
            .get("server-timing")
            .and_then(|value| queries(value.to_str().ok()?));
        Ok(())
    }
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
    let mut by_size = sized(&first, &course.sizes);
    let mut by_depth = deep(&first, plan.as_ref());
    rounds(&meter, course.repeat, &mut by_size, &mut by_depth).await?;
    let depth = settle(&meter, &mut by_depth, DEEP).await?;
    by_size.sort_by_key(|target| target.sample.rows);
    let rows = match rule_for_rows(&by_size, leaves_of(&first)) {
        Some(rule) => settle(&meter, &mut by_size, rule).await?,
        None => None,
    };
    let sizes: Vec<Sample> = by_size.into_iter().map(|target| target.sample).collect();
    let depths: Vec<Sample> = by_depth.into_iter().map(|target| target.sample).collect();
    let page_size = page_size(&sizes).unwrap_or(first.page.items.len() as u64);
    let widths = match plan.filter(|_| course.parallel) {
        Some(plan) => parallel(&meter, &first, &plan, page_size).await?,
        None => Vec::new(),
    };
    let line = |value: fn(&Sample) -> Option<f64>| {
        let points: Vec<(f64, f64)> = sizes
            .iter()
            .filter_map(|sample| Some((as_f64(sample.rows), value(sample)?)))
            .collect();
        fit(&points)
    };
    let time = line(|sample| Some(sample.total_ms));
    let sql = line(|sample| sample.queries.map(as_f64));
    let bytes = line(|sample| Some(as_f64(sample.bytes)));
    let seen = Seen {
        sizes: &sizes,
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
        depths,
    })
}

/// Measures every page in turn, round after round.
async fn rounds(
    meter: &Meter,
    repeat: u32,
    by_size: &mut Vec<Target>,
    by_depth: &mut [Target],
) -> Result<(), WalkError> {
    for round in 0..repeat.max(1) {
        for target in by_size.iter_mut().chain(by_depth.iter_mut()) {
            target.measure(meter).await?;
        }
        if round == 0 {
            // A size that is ignored or cut tells nothing new.
            let mut known = Vec::new();
            by_size.retain(|target| {
                let rows = target.sample.rows;
                let is_new = !known.contains(&rows);
                known.push(rows);
                is_new
            });
        }
    }
    Ok(())
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

fn sized(first: &Fetched, sizes: &[u64]) -> Vec<Target> {
    let style = first.look.style;
    let name = size_parameter(&first.url, style);
    sizes
        .iter()
        .filter(|_| style != Style::Single)
        .map(|size| {
            let url = with_parameter(&first.url, &name, &size.to_string());
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

/// Whether the last of some pages is dearer than the first by a rule; what looks like it is measured again until that
/// is settled.
async fn settle(
    meter: &Meter,
    targets: &mut [Target],
    rule: Rule,
) -> Result<Option<Doubt>, WalkError> {
    let [near, .., far] = targets else {
        return Ok(None);
    };
    loop {
        let pairs = Pairs::of(&near.sample.times_ms, &far.sample.times_ms);
        // Few rounds are all that was asked for: they settle nothing but what is plain.
        if pairs.len() < FEW || pairs.is_settled(rule) {
            return Ok(Some(pairs.doubt(rule)));
        }
        near.measure(meter).await?;
        far.measure(meter).await?;
    }
}

/// Pages per second with more and more requests in flight, twice each.
async fn parallel(
    meter: &Meter,
    first: &Fetched,
    plan: &Plan,
    size: u64,
) -> Result<Vec<Width>, WalkError> {
    let name = size_parameter(&first.url, first.look.style);
    let pages = plan.pages();
    let mut widths: Vec<Width> = WIDTHS
        .iter()
        .map(|&in_flight| Width {
            in_flight,
            pages_per_s: 0.0,
        })
        .collect();
    let sized = first.page.items.len() as u64 != size;
    for _ in 0..2 {
        for width in &mut widths {
            let started = tokio::time::Instant::now();
            let tasks: Vec<_> = (0..width.in_flight)
                .map(|number| {
                    // Larger pages are fewer: all of them are asked for as the first one.
                    let url = if sized {
                        with_parameter(&first.url, &name, &size.to_string())
                    } else {
                        plan.url((number % pages).max(1))
                    };
                    tokio::spawn(meter.fetch(url))
                })
                .collect();
            for task in tasks {
                task.await.map_err(|_| WalkError::CutOff { page: 1 })??;
            }
            let rate = as_f64(width.in_flight) / started.elapsed().as_secs_f64().max(1e-6);
            width.pages_per_s = width.pages_per_s.max(rate);
        }
    }
    Ok(widths)
}

/// The widest that still pays.
fn best_width(widths: &[Width]) -> Option<u64> {
    let mut best = *widths.first()?;
    for width in widths {
        if width.pages_per_s >= best.pages_per_s * WORTH {
            best = *width;
        }
    }
    Some(best.in_flight)
}

#[expect(clippy::cast_precision_loss, reason = "rows of one page")]
pub(super) fn as_f64(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_requests_in_flight_are_advised_while_they_pay() {
        let widths = |rates: [f64; 4]| -> Vec<Width> {
            WIDTHS
                .iter()
                .zip(rates)
                .map(|(&in_flight, pages_per_s)| Width {
                    in_flight,
                    pages_per_s,
                })
                .collect()
        };
        assert_eq!(best_width(&widths([10.0, 20.0, 38.0, 40.0])), Some(4));
        assert_eq!(best_width(&widths([10.0, 11.0, 11.0, 10.0])), Some(1));
        assert_eq!(best_width(&[]), None);
    }
}
