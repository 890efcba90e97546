//! Runs the probe against limiters and compares its claims with the truth.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Mutex;

use serde_json::Value;

use crate::support::binary::Home;

/// What a limiter is known to be.
#[derive(Debug, Clone, Copy)]
pub enum Truth {
    /// Algorithm, limit, window in seconds; for a ban its length.
    Window(&'static str, u64, f64),
    /// A sliding log in so many copies that share no count: copies, limit of each, window in seconds.
    Copies(u64, u64, f64),
    /// A token bucket: capacity, refill in requests a second.
    Bucket(u64, f64),
    /// So many requests at a time.
    InFlight(u64),
    /// Several at once: to name one of them is not enough.
    Stack(&'static [Truth]),
}

/// A limiter to probe.
#[derive(Debug, Clone)]
pub struct Case {
    /// How it was started.
    pub name: String,
    pub url: String,
    pub truth: Truth,
}

/// What the probe said about a limiter.
#[derive(Debug)]
struct Claim {
    case: Case,
    said: String,
    right: bool,
    confidence: f64,
    /// What `identify` makes of the trace, if it is anything else.
    replayed: Option<String>,
}

/// What is said with this confidence has to be right.
const SURE: f64 = 0.95;
/// Probes side by side; most of their time they wait.
const PROBES: usize = 12;

/// Asserts that the probe names each algorithm and exact limit, and each window or rate within 5 %, and that the
/// traces say the same.
#[track_caller]
pub fn assert_identified(cases: &[Case]) {
    let claims = claims(cases);
    let wrong = claims.iter().filter(|claim| !claim.right);
    assert_none(wrong.chain(claims.iter().filter(|claim| claim.replayed.is_some())));
}

/// Asserts that no claim is both sure and wrong, whatever is said of the others.
#[track_caller]
pub fn assert_no_overconfidence(cases: &[Case]) {
    let claims = claims(cases);
    assert_none(
        claims
            .iter()
            .filter(|claim| !claim.right && claim.confidence >= SURE),
    );
}

#[track_caller]
fn assert_none<'a>(faults: impl Iterator<Item = &'a Claim>) {
    let lines: Vec<String> = faults.map(ToString::to_string).collect();
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
}

/// Probes them side by side.
fn claims(cases: &[Case]) -> Vec<Claim> {
    let waiting = Mutex::new(cases.iter().cloned().collect::<VecDeque<_>>());
    let claims = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..PROBES {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().pop_front();
                    let Some(case) = next else { return };
                    let claim = claim(case);
                    claims.lock().unwrap().push(claim);
                }
            });
        }
    });
    claims.into_inner().unwrap()
}

fn claim(case: Case) -> Claim {
    let home = Home::new();
    let line = format!(
        "throttle probe {} --trace trace --format json --max-time 60s",
        case.url
    );
    let report = home.run(&line).expect(0).json();
    let replayed = home
        .run("throttle identify trace --format json")
        .expect(0)
        .json();
    let limits = report["limits"].as_array().map_or(&[][..], Vec::as_slice);
    let confidence = |limit: &Value| limit["confidence"].as_f64().unwrap_or(0.0);
    Claim {
        said: words(&report),
        right: report["verdict"] == "limited" && case.truth.is(limits),
        confidence: limits.iter().map(confidence).fold(0.0, f64::max),
        replayed: (replayed["limits"] != report["limits"]).then(|| words(&replayed)),
        case,
    }
}

impl Truth {
    /// Whether it is what these limits say, all of them and nothing more.
    fn is(self, limits: &[Value]) -> bool {
        let parts = match &self {
            Self::Stack(parts) => parts,
            one => std::slice::from_ref(one),
        };
        let is_named = |part: &Self| limits.iter().any(|limit| part.is_one(limit));
        parts.len() == limits.len() && parts.iter().all(is_named)
    }

    fn is_one(self, limit: &Value) -> bool {
        let one = limit["enforcers"].as_u64().unwrap_or(1) == 1;
        match self {
            Self::Window(algorithm, most, window_s) => {
                limit["algorithm"] == algorithm
                    && limit["limit"] == most
                    && is_near(&limit["window_s"], window_s)
                    && one
            }
            Self::Copies(copies, most, window_s) => {
                limit["algorithm"] == "sliding_log"
                    && limit["limit"] == most
                    && limit["enforcers"] == copies
                    && is_near(&limit["window_s"], window_s)
            }
            Self::Bucket(burst, rate_per_s) => {
                limit["algorithm"] == "token_bucket"
                    && limit["burst"] == burst
                    && is_near(&limit["rate_per_s"], rate_per_s)
            }
            Self::InFlight(most) => {
                limit["algorithm"] == "concurrency" && limit["max_in_flight"] == most
            }
            Self::Stack(_) => false,
        }
    }
}

/// Within 5 %.
fn is_near(figure: &Value, truth: f64) -> bool {
    figure
        .as_f64()
        .is_some_and(|figure| (figure - truth).abs() <= 0.05 * truth)
}

/// A report in one line: verdict, and the figures of each limit.
fn words(report: &Value) -> String {
    const FIGURES: [&str; 9] = [
        "algorithm",
        "limit",
        "window_s",
        "burst",
        "rate_per_s",
        "max_in_flight",
        "enforcers",
        "confidence",
        "alternatives",
    ];
    let mut said = report["verdict"].to_string();
    for limit in report["limits"].as_array().into_iter().flatten() {
        for figure in FIGURES.iter().filter(|figure| !limit[**figure].is_null()) {
            said += &format!(" {figure}={}", limit[*figure]);
        }
    }
    said
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sure = if !self.right && self.confidence >= SURE {
            "surely and wrongly "
        } else {
            ""
        };
        let Case { name, truth, .. } = &self.case;
        write!(f, "{name} is {truth:?}, {sure}said to be {}", self.said)?;
        match &self.replayed {
            Some(replayed) => write!(f, "; its trace was said to be {replayed}"),
            None => Ok(()),
        }
    }
}
