//! The window, as the first refusal tells it.

use super::super::headers::Advertised;
use super::super::sample::Sample;
use super::seen::{CameBack, Seen};
use crate::rate::Rate;

/// What the first refusal says about the window.
pub(super) struct Window {
    pub(super) drf: bool,
    /// Named outright.
    told: Option<f64>,
    /// What the wait implies, when slots come back a window after they were taken; infinite without a wait.
    pub(super) implied: (f64, f64),
}

/// Whether a window is the one expected.
pub(super) enum Fit {
    Same,
    /// What it is instead, as a rate, and in a sentence.
    Other(String, String),
    /// Why nobody can tell.
    Unknown(String),
}

impl Window {
    /// By the first refusal, of a limit of so many.
    pub(super) fn of(seen: &Seen, limit: u64) -> Option<Self> {
        Some(Self::told_by(seen.refusal.as_ref()?, seen, limit))
    }

    /// By any refusal.
    pub(super) fn told_by(refusal: &Sample, seen: &Seen, limit: u64) -> Self {
        let said = Advertised::read(refusal, seen.started_unix_s + refusal.received_s);
        let quota = said.quota_of(limit);
        let wait = said
            .retry_after_s
            .or_else(|| quota.and_then(|quota| quota.reset_s));
        let first = seen.first.as_ref().unwrap_or(refusal);
        // Django REST framework rounds up, others as they like
        let rounded_s = if said.drf_body { 0.0 } else { 1.0 };
        let implied = wait.map_or((0.0, f64::INFINITY), |wait| {
            let least = wait - 1.05 + refusal.sent_s - first.received_s;
            let most = wait + rounded_s + refusal.received_s - first.sent_s;
            (least, most)
        });
        Self {
            drf: said.drf_body,
            told: quota.and_then(|quota| quota.window_s),
            implied,
        }
    }

    pub(super) fn is_unknown(&self) -> bool {
        self.told.is_none() && self.implied.1.is_infinite()
    }

    /// Whether it is known well enough to be told from half or twice of the one expected.
    pub(super) fn tells(&self, rate: Rate) -> bool {
        self.told.is_some() || self.implied.1 - self.implied.0 <= 0.25 * rate.window_s()
    }

    /// The usual window that the wait implies, or the one named.
    pub(super) fn named(&self) -> Option<std::time::Duration> {
        let usual = [1.0, 10.0, 60.0, 300.0, 600.0, 900.0, 3_600.0, 86_400.0];
        let (low, high) = self.implied;
        let implied = usual
            .into_iter()
            .find(|window| high.is_finite() && (low..=high).contains(window));
        let window = self.told.or(implied)?;
        std::time::Duration::try_from_secs_f64(window).ok()
    }

    fn may_be(&self, window_s: f64) -> bool {
        let (low, high) = self.implied;
        (low * 0.999..=high * 1.001).contains(&window_s)
    }

    pub(super) fn is_usual(&self) -> bool {
        self.named().is_some()
    }

    pub(super) fn against(&self, rate: Rate, came_back: Option<CameBack>) -> Fit {
        let expected = rate.window_s();
        let other = |seconds: f64| {
            let text = std::time::Duration::try_from_secs_f64(seconds.max(0.001)).map_or_else(
                |_| format!("{} in {seconds} s", rate.limit),
                |window| Rate::new(rate.limit, window).to_string(),
            );
            Fit::Other(
                text,
                format!("a window of {expected} s was expected, the server names {seconds:.0} s"),
            )
        };
        if let Some(told) = self.told {
            return if (told / expected - 1.0).abs() <= 0.05 {
                Fit::Same
            } else {
                other(told)
            };
        }
        match came_back {
            Some(CameBack::InTime) => return Fit::Same,
            Some(CameBack::Early) if self.is_unknown() || self.may_be(expected) => {
                return Fit::Unknown(
                    "a slot came back before the window was over: a bucket, or a window on the clock (`algorithm` \
                     says which is meant)"
                        .to_owned(),
                );
            }
            Some(CameBack::Late) => {
                return Fit::Other(
                    format!("{} in more than {expected} s", rate.limit),
                    format!("nothing came back within {expected} s"),
                );
            }
            Some(CameBack::Early) | None => {}
        }
        if self.is_unknown() {
            return Fit::Unknown(
                "the count is as expected; the refusal does not say when to come back, so the window was not seen"
                    .to_owned(),
            );
        }
        if self.may_be(expected) {
            return Fit::Same;
        }
        if let Some(named) = self.named() {
            return other(named.as_secs_f64());
        }
        let (low, high) = self.implied;
        let middle = f64::midpoint(low, high);
        if self.drf || low > expected {
            return other(middle);
        }
        Fit::Unknown(format!(
            "the wait that the refusal names fits a window of {middle:.0} s and not one of {expected} s; `algorithm` \
             says which limiter is meant"
        ))
    }
}
