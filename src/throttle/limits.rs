//! What a probe found out: limits with their evidence, and what the server says about them.

use std::ops::AddAssign;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::sample::{Outcome, Sample};
use crate::rate::Rate;

/// How a limiter decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// So many requests in any window of time.
    SlidingLog,
    /// A window that begins with the first request after the last one ended.
    FixedWindowFirstRequest,
    /// Windows on a clock.
    FixedWindowAligned,
    /// A window that slides in steps: two windows on a clock, the earlier weighed by its overlap, or segments.
    SlidingWindowCounter,
    /// A bucket that refills: GCRA and the leaky bucket as a meter alike.
    TokenBucket,
    /// A queue that delays and refuses when full.
    LeakyQueue,
    /// So many requests in flight.
    Concurrency,
    /// A block of fixed length after the limit is exceeded.
    Ban,
}

impl Algorithm {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::SlidingLog => "sliding_log",
            Self::FixedWindowFirstRequest => "fixed_window_first_request",
            Self::FixedWindowAligned => "fixed_window_aligned",
            Self::SlidingWindowCounter => "sliding_window_counter",
            Self::TokenBucket => "token_bucket",
            Self::LeakyQueue => "leaky_queue",
            Self::Concurrency => "concurrency",
            Self::Ban => "ban",
        }
    }
}

/// Where a figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The decisions alone leave no other value.
    Observed,
    /// A round value, or a prior, decided among those that the decisions allow.
    Inferred,
    /// The server says so and nothing speaks against it.
    Advertised,
    /// The server says otherwise than it does.
    Contradicted,
}

/// How a token bucket refills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refill {
    /// All the time.
    Continuous,
    /// In steps.
    Interval,
}

/// The evidence of each figure of a limit; `None` where the figure does not apply or is unknown.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Grounds {
    /// Of the limit, or the burst.
    pub limit: Option<Evidence>,
    /// Of the window, or the rate.
    pub window: Option<Evidence>,
    /// Of the algorithm.
    pub algorithm: Option<Evidence>,
}

/// What the decisions alone allow, for each figure.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Interval {
    /// Least and most requests.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limit: Option<(u64, u64)>,
    /// Seconds; no upper end where nothing was seen to come back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub window_s: Option<(f64, Option<f64>)>,
    /// Requests a second.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rate_per_s: Option<(f64, Option<f64>)>,
}

/// A model that the trace does not exclude.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The model.
    pub algorithm: Algorithm,
    /// Its limit, burst or number in flight.
    pub limit: Option<u64>,
    /// Its window, where it has one.
    pub window_s: Option<f64>,
    /// How likely it is.
    pub probability: f64,
}

/// One limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// The likeliest algorithm; `None` when no known model fits.
    pub algorithm: Option<Algorithm>,
    /// As DRF writes it, where it is so many in a window.
    pub rate: Option<String>,
    /// Requests in a window, for each enforcer.
    pub limit: Option<u64>,
    /// The window, or the length of a ban.
    pub window_s: Option<f64>,
    /// Capacity of a bucket or queue.
    pub burst: Option<u64>,
    /// Refill of a bucket or drain of a queue.
    pub rate_per_s: Option<f64>,
    /// How a bucket refills.
    pub refill: Option<Refill>,
    /// Segments of a window that slides a segment at a time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub segments: Option<u64>,
    /// Requests in flight.
    pub max_in_flight: Option<u64>,
    /// Copies that do not share a count.
    pub enforcers: u64,
    /// Whether refused requests use up the limit; `None` when that was not seen.
    pub counts_rejected: Option<bool>,
    /// Where each figure comes from.
    pub evidence: Grounds,
    /// What the decisions alone allow.
    pub interval: Interval,
    /// How likely the claim as a whole is right.
    pub confidence: f64,
    /// Models that the trace cannot exclude, likeliest first.
    pub alternatives: Vec<Alternative>,
}

impl Limit {
    /// A limit about which nothing is known yet.
    pub fn unknown() -> Self {
        Self {
            algorithm: None,
            rate: None,
            limit: None,
            window_s: None,
            burst: None,
            rate_per_s: None,
            refill: None,
            segments: None,
            max_in_flight: None,
            enforcers: 1,
            counts_rejected: None,
            evidence: Grounds::default(),
            interval: Interval::default(),
            confidence: 0.0,
            alternatives: Vec::new(),
        }
    }

    /// Sets the window and the rate's text.
    pub fn set_window(&mut self, limit: u64, window_s: f64) {
        self.limit = Some(limit);
        self.window_s = Some(window_s);
        self.rate = Duration::try_from_secs_f64(window_s)
            .ok()
            .filter(|window| !window.is_zero())
            .map(|window| Rate::new(limit, window).to_string());
    }

    /// A few words: `100/day sliding_log`, `burst 10, 5/s token_bucket`.
    pub fn words(&self) -> String {
        let figures = match (&self.rate, self.burst, self.rate_per_s, self.max_in_flight) {
            (_, Some(burst), Some(rate), _) => format!("burst {burst}, {rate}/s"),
            (Some(rate), ..) => rate.clone(),
            (.., Some(most)) => format!("{most} in flight"),
            _ => match (self.limit, self.window_s) {
                (Some(limit), _) => format!("{limit} in an unknown window"),
                _ => "unknown".to_owned(),
            },
        };
        match self.algorithm {
            Some(algorithm) => format!("{figures} {}", algorithm.name()),
            None => figures,
        }
    }
}

/// The answer in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There is a limit.
    Limited,
    /// Nothing was refused within the budget.
    NotLimited,
    /// The trace does not say.
    Inconclusive,
}

/// How a refusal looks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rejection {
    /// The status; `None` when the connection was dropped.
    pub status: Option<u16>,
    /// The wait that the first refusal named, seconds.
    pub retry_after_s: Option<f64>,
    /// The body's media type.
    pub media_type: Option<String>,
}

/// What the server says about its limits.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Claim {
    /// The fields that spoke.
    pub source: Vec<String>,
    /// The limit named.
    pub limit: Option<u64>,
    /// The window named, or the one that the wait implies, seconds.
    pub window_s: Option<f64>,
    /// Whether that is what it does; `None` when it says nothing.
    pub agrees: Option<bool>,
}

/// Something that a developer should know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// A word for scripts.
    pub id: String,
    /// `low`, `medium` or `high`.
    pub severity: String,
    /// One sentence.
    pub message: String,
    /// Figures.
    pub evidence: serde_json::Value,
}

impl Finding {
    /// A finding with its figures.
    pub fn new(id: &str, severity: &str, message: String, evidence: serde_json::Value) -> Self {
        Self {
            id: id.to_owned(),
            severity: severity.to_owned(),
            message,
            evidence,
        }
    }
}

/// How many requests a trace has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// All.
    pub sent: u64,
    /// Let through.
    pub accepted: u64,
    /// Refused by the limiter.
    pub rejected: u64,
    /// Neither.
    pub errors: u64,
}

impl Tally {
    /// Counts requests.
    pub fn of(samples: &[Sample]) -> Self {
        let count = |outcome: Outcome| {
            let alike = samples.iter().filter(|sample| sample.outcome == outcome);
            alike.count() as u64
        };
        Self {
            sent: samples.len() as u64,
            accepted: count(Outcome::Accepted),
            rejected: count(Outcome::Refused),
            errors: count(Outcome::Unknown),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.sent += other.sent;
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.errors += other.errors;
    }
}

/// Whether so many errors among so many requests say more of the server than of a limit.
pub fn is_failing(errors: u64, sent: u64) -> bool {
    errors > 5 + sent / 10
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Identified {
    /// In one word.
    pub verdict: Verdict,
    /// The limits, the tightest first.
    pub limits: Vec<Limit>,
    /// How a refusal looks.
    pub rejection: Option<Rejection>,
    /// What the server says.
    pub advertised: Claim,
    /// What a developer should know.
    pub findings: Vec<Finding>,
    /// What would settle an open answer, and at what cost.
    pub settles: Option<String>,
    /// Requests.
    pub requests: Tally,
    /// From the first request to the last reply, seconds.
    pub elapsed_s: f64,
}
