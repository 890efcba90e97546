//! What a trial saw.

use super::super::experiment::Race;
use super::super::headers::Advertised;
use super::super::sample::{Outcome, Sample};
use super::super::shots::Stop;

/// What happened when more passed than expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Over {
    /// All that passed.
    pub accepted: u64,
    /// Whether a refusal came in the end.
    pub refused: bool,
    /// Those that passed after the first refusal, on other connections or on the same.
    pub after_refusal: u64,
}

impl Over {
    /// Counts one more decision.
    pub(super) fn count(&mut self, sample: &Sample) {
        match sample.outcome {
            Outcome::Accepted => {
                self.accepted += 1;
                self.after_refusal += u64::from(self.refused);
            }
            Outcome::Refused => self.refused = true,
            Outcome::Unknown => {}
        }
    }
}

/// How the second of two stacked limits was met.
#[derive(Debug, Clone, PartialEq)]
pub enum Outer {
    /// A refusal that the first limit does not explain, after so many passed.
    Refused {
        /// Those that passed.
        accepted: u64,
        /// Those that the first limit refused, which may count too.
        refused: u64,
        /// That refusal.
        refusal: Box<Sample>,
    },
    /// More passed than it admits.
    Passed(u64),
    /// It takes so many seconds to reach, which is more than is left.
    TooFar(f64),
}

/// Everything that a trial found out.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Those that passed before the first refusal.
    pub accepted: u64,
    /// The first refusal.
    pub refusal: Option<Sample>,
    /// The decisions of the count itself, one after another: no made-up fields that changed anything, no neighbours, no
    /// crowd.
    pub counted: Vec<Sample>,
    /// The first request that passed.
    pub first: Option<Sample>,
    /// The most that passed within one window of the expected length.
    pub in_a_window: u64,
    /// The status of what passed, where all had the same.
    pub status: Option<u16>,
    /// After more passed than expected.
    pub over: Option<Over>,
    /// Header fields that gave a fresh count.
    pub forwarded: Vec<String>,
    /// Whether a refused endpoint's neighbour was refused, by its place in the demands.
    pub neighbours: Vec<Option<bool>>,
    /// The second limit.
    pub outer: Option<Outer>,
    /// Many at once.
    pub crowd: Option<Race>,
    /// Why there was no crowd although one was demanded.
    pub no_crowd: Option<String>,
    /// Whether a slot came back when the window was over: `None` was not looked at.
    pub came_back: Option<CameBack>,
    /// What the headers named, where that was enough.
    pub told: Option<Advertised>,
    /// Why the trial ended early.
    pub stop: Option<Stop>,
    /// Unix time of the trial's second zero.
    pub started_unix_s: f64,
    /// Requests.
    pub sent: u64,
}

impl Seen {
    /// The Unix time that the refusal names for the next request, where it does.
    pub fn free_unix_s(&self) -> Option<f64> {
        let refusal = self.refusal.as_ref()?;
        let at = self.started_unix_s + refusal.received_s;
        Some(at + Advertised::read(refusal, at).retry_after_s?)
    }

    /// Whether the server says that it is a proxy: workers seldom do what it does with connections.
    pub(super) fn is_behind_a_proxy(&self) -> bool {
        const PROXIES: [&str; 10] = [
            "nginx",
            "openresty",
            "tengine",
            "envoy",
            "caddy",
            "traefik",
            "haproxy",
            "varnish",
            "cloudflare",
            "elb",
        ];
        let Some(first) = &self.first else {
            return false;
        };
        first.header("via").is_some()
            || first.header("server").is_some_and(|server| {
                let server = server.to_lowercase();
                PROXIES.iter().any(|proxy| server.contains(proxy))
            })
    }

    /// Authentication that lets nobody in any more ends the trial: what it answers has met no throttle.
    pub(super) fn is_still_known(&self, sample: &Sample) -> Result<(), Stop> {
        match self.first.as_ref().and_then(|first| first.status) {
            Some(usual) if usual != 401 && sample.status == Some(401) => {
                Err(Stop::LoggedOut(usual))
            }
            _ => Ok(()),
        }
    }

    /// Replies that never come from behind a throttle: there is nothing to measure.
    pub(super) fn is_refused_otherwise(&self) -> bool {
        self.status
            .is_some_and(|status| (300..=399).contains(&status))
    }

    /// Seconds from the first request to now.
    pub(super) fn lasts_s(&self, now_s: f64) -> f64 {
        let first = self.first.as_ref();
        first.map_or(0.0, |first| now_s - first.sent_s)
    }
}

/// When the first slot came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameBack {
    /// Well before the window was over.
    Early,
    /// With the end of the window.
    InTime,
    /// Not even then.
    Late,
}
