//! Takes the measurements of a profile: pages in turn, again where that settles a doubt, and several at once.

use super::error::WalkError;
use super::fetch::{Fetched, Fetcher};
use super::plan::Plan;
use super::pointer::Pointer;
use super::profile::{Sample, as_f64};
use super::query::with_parameter;
use super::timing::{Doubt, Pairs, Rule, queries};
use crate::http::Url;

/// How many requests are in flight while the server's workers are counted.
pub(super) const WIDTHS: [u64; 4] = [1, 2, 4, 8];
/// Rounds from which on a suspicion is settled with more of them.
const FEW: usize = 4;
/// More requests in flight must bring at least so many times the pages.
const WORTH: f64 = 1.25;

/// How fast pages come with so many requests in flight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Width {
    /// Requests in flight.
    pub in_flight: u64,
    /// Pages per second, at best.
    pub pages_per_s: f64,
}

/// What could not be measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What was to be: `size 500`, `page 26 of 52`.
    pub what: String,
    /// The size asked for, where that is what was measured.
    pub asked: Option<u64>,
    /// What came instead.
    pub why: String,
}

impl Refused {
    pub(super) fn new(what: &str, asked: Option<u64>, error: &WalkError) -> Self {
        let why = match error {
            WalkError::Status { status, detail, .. } => format!("answered {status}{detail}"),
            WalkError::Http { source, .. } => source.to_string(),
            other => other.to_string(),
        };
        Self {
            what: what.to_owned(),
            asked,
            why,
        }
    }
}

/// Fetches pages, once it is known where their items are.
pub(super) struct Meter {
    pub(super) fetcher: Fetcher,
    pub(super) pointer: Pointer,
}

impl Meter {
    pub(super) fn fetch(
        &self,
        url: Url,
    ) -> impl Future<Output = Result<Fetched, WalkError>> + Send + use<> {
        self.fetcher
            .clone()
            .fetch(1, url, Some(self.pointer.clone()), None)
    }
}

/// One page that is measured round after round.
pub(super) struct Target {
    pub(super) url: Url,
    pub(super) sample: Sample,
}

impl Target {
    pub(super) fn new(url: Url, what: String, asked: Option<u64>) -> Self {
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

/// Measures every page in turn, round after round; gives those that could not be. An error where that were all sizes.
pub(super) async fn rounds(
    meter: &Meter,
    repeat: u32,
    by_size: &mut Vec<Target>,
    by_depth: &mut Vec<Target>,
) -> Result<Vec<Refused>, WalkError> {
    let mut refused: Vec<Refused> = Vec::new();
    for round in 0..repeat.max(1) {
        for targets in [&mut *by_size, &mut *by_depth] {
            let mut at = 0;
            while let Some(target) = targets.get_mut(at) {
                at += 1;
                let Err(error) = target.measure(meter).await else {
                    continue;
                };
                let Sample { what, asked, .. } = &target.sample;
                if !refused.iter().any(|known| known.what == *what) {
                    refused.push(Refused::new(what, *asked, &error));
                }
                // What earlier rounds brought stands.
                if target.sample.times_ms.is_empty() {
                    at -= 1;
                    let gone = targets.remove(at);
                    if gone.sample.asked.is_some() && targets.is_empty() {
                        return Err(error);
                    }
                }
            }
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
    Ok(refused)
}

/// Whether the last of some pages is dearer than the first by a rule; what looks like it is measured again until that
/// is settled.
pub(super) async fn settle(meter: &Meter, targets: &mut [Target], rule: Rule) -> Option<Doubt> {
    let [near, .., far] = targets else {
        return None;
    };
    loop {
        let pairs = Pairs::of(&near.sample.times_ms, &far.sample.times_ms);
        // Few rounds are all that was asked for: they settle nothing but what is plain.
        let is_over = pairs.len() < FEW || pairs.is_settled(rule);
        // Without an answer it stays at what is there.
        if is_over || near.measure(meter).await.is_err() || far.measure(meter).await.is_err() {
            return Some(pairs.doubt(rule));
        }
    }
}

/// Pages per second with more and more requests in flight, twice each; none where one of them has no answer.
pub(super) async fn parallel(
    meter: &Meter,
    first: &Fetched,
    plan: &Plan,
    (name, size): (&str, u64),
    refused: &mut Vec<Refused>,
) -> Vec<Width> {
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
                        with_parameter(&first.url, name, &size.to_string())
                    } else {
                        plan.url((number % pages).max(1))
                    };
                    tokio::spawn(meter.fetch(url))
                })
                .collect();
            for task in tasks {
                if let Err(error) = task.await.unwrap_or(Err(WalkError::CutOff { page: 1 })) {
                    let what = format!("{} requests in flight", width.in_flight);
                    refused.push(Refused::new(&what, None, &error));
                    return Vec::new();
                }
            }
            let rate = as_f64(width.in_flight) / started.elapsed().as_secs_f64().max(1e-6);
            width.pages_per_s = width.pages_per_s.max(rate);
        }
    }
    widths
}

/// The widest that still pays.
pub(super) fn best_width(widths: &[Width]) -> Option<u64> {
    let mut best = *widths.first()?;
    for width in widths {
        if width.pages_per_s >= best.pages_per_s * WORTH {
            best = *width;
        }
    }
    Some(best.in_flight)
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
