//! What all replies of a trace together say about the limit.

use super::prior;
use super::stack::Hint;
use crate::throttle::headers::Advertised;
use crate::throttle::limits::{Claim, Rejection};
use crate::throttle::sample::{Outcome, Sample, Trace};

/// The headers and bodies of a trace, read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// The fields that spoke.
    pub(crate) sources: Vec<&'static str>,
    /// The limit named: of several the one that was met.
    pub(crate) limit: Option<f64>,
    /// The window named.
    pub(crate) window_s: Option<f64>,
    /// Every limit named.
    pub(crate) limits: Vec<f64>,
    /// The window that the first refusal's wait implies: shortest and longest.
    pub(crate) implied_s: Option<(f64, f64)>,
    /// The waits that refusals named: index of the sample, seconds.
    pub(crate) waits: Vec<(usize, f64)>,
    /// The round window that the longest wait before anything came back implies, where it is wider than the first.
    pub(crate) widest_s: Option<f64>,
    /// The refusals are Django REST framework's.
    pub(crate) drf: bool,
    /// Of refusals in a row a later one named a later instant.
    pub(crate) renews: bool,
    /// How the first refusal looks.
    pub(crate) rejection: Option<Rejection>,
}

impl Told {
    /// Reads every reply.
    pub(crate) fn read(trace: &Trace) -> Self {
        let mut told = Self::default();
        let mut named = f64::INFINITY;
        let first = trace
            .samples
            .iter()
            .find(|sample| sample.outcome == Outcome::Accepted);
        for (index, sample) in trace.samples.iter().enumerate() {
            let unix_s = trace.header.started_unix_s + sample.received_s;
            let said = Advertised::read(sample, unix_s);
            for source in &said.sources {
                if !told.sources.contains(source) {
                    told.sources.push(source);
                }
            }
            for quota in &said.quotas {
                told.limit = told.limit.or(quota.limit);
                told.window_s = told.window_s.or(quota.window_s);
                let known = quota.limit.filter(|limit| !told.limits.contains(limit));
                told.limits.extend(known);
            }
            if sample.outcome != Outcome::Refused {
                named = f64::INFINITY;
                continue;
            }
            told.drf |= said.drf_body;
            let wait = said.wait_s();
            if let Some(wait) = wait {
                // whole seconds are told, rounded up or down; a longer wait is that of the next window
                let last = told.waits.last().map_or(wait, |&(_, last)| last);
                told.renews |= sample.received_s + wait > named + 1.2 && wait < last + 1.2;
                named = named.min(sample.received_s + wait);
                told.waits.push((index, wait));
            }
            if told.rejection.is_none() {
                told.meets(&said, sample, &trace.samples);
                told.rejection = Some(rejection(sample, wait));
                if let (Some(wait), Some(first)) = (wait, first) {
                    // rounded up by most servers, down by some
                    let least = sample.sent_s - first.received_s;
                    let most = sample.received_s - first.sent_s;
                    let rounded_s = said.rounded_s();
                    told.implied_s = Some((wait - rounded_s + least - 0.05, wait + most + 1.0));
                }
            }
        }
        told.widest_s = told.widest(trace);
        told
    }

    /// Of several quotas, the one that the first refusal is about.
    fn meets(&mut self, said: &Advertised, refused: &Sample, samples: &[Sample]) {
        let before = |sample: &&Sample| {
            sample.outcome == Outcome::Accepted && sample.sent_s < refused.received_s
        };
        let accepted = samples.iter().filter(before).count() as u64;
        if let Some(met) = said.quota_of(accepted) {
            self.limit = met.limit.or(self.limit);
            self.window_s = met.window_s;
        }
    }

    fn widest(&self, trace: &Trace) -> Option<f64> {
        let accepted = |sample: &Sample| sample.outcome == Outcome::Accepted;
        let first = trace.samples.iter().find(|sample| accepted(sample))?;
        let (refused, _) = *self.waits.first()?;
        let back = trace.samples[refused..].iter().position(accepted);
        let until = back.map_or(trace.samples.len(), |back| refused + back);
        // when each wait ends, reckoned from the first request
        let ends = self.waits.iter().filter(|(index, _)| *index < until);
        let ends = ends.map(|&(index, wait)| wait + trace.samples[index].sent_s - first.sent_s);
        let longest = ends.clone().fold(0.0, f64::max);
        // all that mean one instant are rounded up by less than a second; the server decided within the round trip
        let least = longest - 1.1;
        let most = ends.filter(|end| *end > least).fold(longest, f64::min) + 0.1;
        let implied = prior::all_whole(least).find(|(window, _)| *window < most);
        let (window, _) = implied?;
        (window > 1.5 * self.window()?).then_some(window)
    }

    /// Whether a request was let in long before the wait was over that an earlier refusal named: by a copy
    /// of the limiter that knows nothing of that refusal, unless the server lies.
    pub(crate) fn let_in_early(&self, trace: &Trace) -> bool {
        self.waits.iter().any(|&(index, wait)| {
            let refused = &trace.samples[index];
            // a refusal overtakes what was let in before it
            let later = |later: &&Sample| {
                later.outcome == Outcome::Accepted && later.sent_s >= refused.received_s
            };
            let later = trace.samples[index..].iter().find(later);
            later.is_some_and(|later| later.received_s < refused.sent_s + 0.5 * (wait - 1.0))
        })
    }

    /// The window that the server names or implies: a round one where there is one.
    pub(crate) fn window(&self) -> Option<f64> {
        if let Some(window) = self.window_s {
            return Some(window);
        }
        let (low, high) = self.implied_s?;
        let middle = f64::midpoint(low, high);
        prior::ROUND
            .into_iter()
            .filter(|window| (low..=high).contains(window))
            .min_by(|a, b| (a - middle).abs().total_cmp(&(b - middle).abs()))
    }

    /// The middle one of the waits that were named.
    fn usual_wait(&self) -> Option<f64> {
        let mut waits: Vec<f64> = self.waits.iter().map(|&(_, wait)| wait).collect();
        waits.sort_by(f64::total_cmp);
        waits.get(waits.len() / 2).copied()
    }

    /// What helps to explain the decisions.
    pub(crate) fn hint(&self) -> Hint {
        Hint {
            drf: self.drf,
            window_s: self.window().filter(|_| self.drf),
            widest_s: self.widest_s,
            renews: self.renews,
            wait_s: self.usual_wait(),
        }
    }

    /// For reports.
    pub(crate) fn claim(&self) -> Claim {
        Claim {
            source: self.sources.iter().map(ToString::to_string).collect(),
            limit: self.limit.map(super::cell::as_count),
            window_s: self.window(),
            agrees: None,
        }
    }
}

fn rejection(sample: &Sample, wait: Option<f64>) -> Rejection {
    let media_type = sample
        .header("content-type")
        .map(|value| value.split(';').next().unwrap_or(value).trim().to_owned());
    Rejection {
        status: sample.status,
        retry_after_s: wait,
        media_type,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::throttle::sample::Header;

    /// So many requests that are let in and one that is refused, each with what it says.
    fn trace(accepted: u32, headers: impl Fn(u32) -> Vec<(&'static str, String)>) -> Trace {
        let sample = |index: u32| {
            let named = headers(accepted.saturating_sub(index + 1));
            Sample {
                sent_s: 0.02 * f64::from(index),
                received_s: 0.02 * f64::from(index) + 0.01,
                outcome: if index < accepted {
                    Outcome::Accepted
                } else {
                    Outcome::Refused
                },
                status: Some(if index < accepted { 200 } else { 429 }),
                headers: named
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect(),
                ..Sample::default()
            }
        };
        Trace {
            header: Header::new("GET", "http://127.0.0.1/", "anon", 1_700_000_000.25),
            samples: (0..=accepted).map(sample).collect(),
        }
    }

    #[test]
    fn of_several_quotas_the_one_that_was_met_is_told() {
        let policies = trace(20, |left| {
            let policy = r#""hour";q=500;w=3600, "tensec";q=20;w=10"#.to_owned();
            let state = format!(r#""hour";r={};t=3000, "tensec";r={left};t=9"#, 480 + left);
            vec![("ratelimit-policy", policy), ("ratelimit", state)]
        });
        let units = trace(20, |left| {
            vec![
                ("x-ratelimit-limit-hour", "500".to_owned()),
                ("x-ratelimit-remaining-hour", (480 + left).to_string()),
                ("x-ratelimit-limit-minute", "20".to_owned()),
                ("x-ratelimit-remaining-minute", left.to_string()),
                ("ratelimit-limit", "20".to_owned()),
                ("ratelimit-remaining", left.to_string()),
            ]
        });
        for (trace, window_s) in [(policies, 10.0), (units, 60.0)] {
            let told = Told::read(&trace);
            assert_eq!((told.limit, told.window()), (Some(20.0), Some(window_s)));
        }
    }
}
