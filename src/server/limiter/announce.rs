//! What a limiter says about itself in headers: `Retry-After` (RFC 9110 §10.2.3), the `X-RateLimit-*` customs,
//! the drafts of draft-ietf-httpapi-ratelimit-headers.

use std::time::{Duration, UNIX_EPOCH};

use super::decision::{Decision, whole};
use super::settings::{HeaderFamily, Lie, Limiter, RetryAfter};

/// Where a caller stands after a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::server) struct Standing {
    pub(super) decision: Decision,
}

impl Standing {
    /// After an admitted request: what is left, and when all is free again.
    pub(in crate::server) fn admitted(limit: u64, left: u64, reset_s: f64, window_s: f64) -> Self {
        let decision = Decision::admit(limit, left, reset_s, window_s);
        Self { decision }
    }

    /// After a refused request: when to come back, where that is known, and when all is free again.
    pub(in crate::server) fn refused(
        limit: u64,
        wait_s: Option<f64>,
        reset_s: f64,
        window_s: f64,
    ) -> Self {
        let decision = Decision::refuse(limit, wait_s, reset_s, window_s);
        Self { decision }
    }

    /// Whether the request is answered.
    pub(in crate::server) fn is_admitted(&self) -> bool {
        self.decision.admitted
    }

    /// Whether it binds the caller more than another: a refusal more than an admission, of two refusals the one
    /// with the longer wait, of two admissions the one that leaves less.
    pub(in crate::server) fn is_stricter_than(&self, other: &Self) -> bool {
        let (one, two) = (&self.decision, &other.decision);
        match (one.admitted, two.admitted) {
            (true, true) => one.remaining < two.remaining,
            (false, false) => one.retry_after_s > two.retry_after_s,
            (admitted, _) => !admitted,
        }
    }

    /// Seconds until a refused request would be admitted, where that is known.
    pub(in crate::server) fn wait(&self) -> Option<f64> {
        self.decision.retry_after_s
    }
}

const TEN_YEARS_S: f64 = 315_360_000.0;

type Field = (&'static str, String);

/// The headers of the reply to a request at `now`, in seconds since the Unix epoch.
pub(in crate::server) fn announce(limiter: &Limiter, standing: &Standing, now: f64) -> Vec<Field> {
    if limiter.headers == HeaderFamily::Silent {
        return Vec::new();
    }
    let told = told(limiter.lie, standing.decision);
    let mut headers = fields(limiter.headers, &told, now);
    let wait = told.retry_after_s.filter(|_| !told.admitted);
    if let Some(value) = wait.and_then(|wait| retry_after(limiter.retry_after, wait, now)) {
        headers.push(("retry-after", value));
    }
    headers
}

/// What is told in place of the truth.
fn told(lie: Option<Lie>, truth: Decision) -> Decision {
    let mut told = truth;
    // Who is refused wants to know when to come back, not when the bucket is full again.
    told.reset_s = truth.retry_after_s.unwrap_or(truth.reset_s);
    match lie {
        None => {}
        Some(Lie::Limit) => told.limit = truth.limit.saturating_mul(2),
        Some(Lie::Wait) => {
            told.reset_s /= 2.0;
            told.retry_after_s = truth.retry_after_s.map(|wait| wait / 2.0);
        }
        Some(Lie::ConstantReset) => told.reset_s = 1.0,
        Some(Lie::PastWait) => told.retry_after_s = truth.retry_after_s.map(|_| -60.0),
        Some(Lie::AbsurdWait) => told.retry_after_s = truth.retry_after_s.map(|_| TEN_YEARS_S),
    }
    told
}

fn fields(family: HeaderFamily, told: &Decision, now: f64) -> Vec<Field> {
    let (limit, remaining) = (told.limit, told.remaining);
    let reset = whole(told.reset_s.ceil());
    // The drafts want a window longer than zero.
    let window = whole(told.window_s.ceil()).max(1);
    let customary = |reset: u64| {
        vec![
            ("x-ratelimit-limit", limit.to_string()),
            ("x-ratelimit-remaining", remaining.to_string()),
            ("x-ratelimit-reset", reset.to_string()),
        ]
    };
    match family {
        HeaderFamily::Silent | HeaderFamily::RetryAfter => Vec::new(),
        HeaderFamily::XRateLimit => customary(whole((now + told.reset_s).ceil())),
        HeaderFamily::XRateLimitDelta => customary(reset),
        HeaderFamily::XRateLimitMillis => customary(whole(((now + told.reset_s) * 1e3).ceil())),
        HeaderFamily::Draft06 => vec![
            ("ratelimit-limit", limit.to_string()),
            ("ratelimit-remaining", remaining.to_string()),
            ("ratelimit-reset", reset.to_string()),
            ("ratelimit-policy", format!("{limit};w={window}")),
        ],
        HeaderFamily::Draft07 => vec![
            (
                "ratelimit",
                format!("limit={limit}, remaining={remaining}, reset={reset}"),
            ),
            ("ratelimit-policy", format!("{limit};w={window}")),
        ],
        HeaderFamily::Draft10 => vec![
            ("ratelimit", format!("\"default\";r={remaining};t={reset}")),
            (
                "ratelimit-policy",
                format!("\"default\";q={limit};w={window}"),
            ),
        ],
    }
}

fn retry_after(form: RetryAfter, wait: f64, now: f64) -> Option<String> {
    match form {
        RetryAfter::Absent => None,
        // Only a date can be in the past.
        _ if wait < 0.0 => Some(http_date(now + wait)),
        // DRF names no wait of zero seconds.
        RetryAfter::Ceil => Some(whole(wait.ceil()))
            .filter(|seconds| *seconds > 0)
            .map(|seconds| seconds.to_string()),
        RetryAfter::Floor => Some(whole(wait).to_string()),
        RetryAfter::Float => Some(format!("{wait:.3}")),
        RetryAfter::Date => Some(http_date((now + wait).ceil())),
    }
}

fn http_date(seconds: f64) -> String {
    let since = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or_default();
    // An HTTP-date has room for four digits of a year.
    let since = since.min(Duration::from_secs(253_402_300_799));
    httpdate::fmt_http_date(UNIX_EPOCH + since)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_767_225_600.25;

    fn said(limiter: &Limiter) -> String {
        let decision = Decision::refuse(5, Some(12.4), 30.2, 60.0);
        announce(limiter, &Standing { decision }, NOW)
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect::<Vec<_>>()
            .join(" | ")
    }

    #[test]
    fn retry_after_is_written_in_five_ways() {
        let by_form = RetryAfter::NAMES.map(|name| {
            said(&Limiter {
                retry_after: name.parse().unwrap(),
                ..Limiter::default()
            })
        });
        assert_eq!(
            by_form,
            [
                "retry-after: 13",
                "retry-after: 12",
                "retry-after: 12.400",
                "retry-after: Thu, 01 Jan 2026 00:00:13 GMT",
                "",
            ]
        );
    }

    #[test]
    fn every_family_tells_the_same() {
        let by_family = HeaderFamily::NAMES.map(|name| {
            said(&Limiter {
                headers: name.parse().unwrap(),
                retry_after: RetryAfter::Absent,
                ..Limiter::default()
            })
        });
        assert_eq!(
            by_family,
            [
                "",
                "",
                "x-ratelimit-limit: 5 | x-ratelimit-remaining: 0 | x-ratelimit-reset: 1767225613",
                "x-ratelimit-limit: 5 | x-ratelimit-remaining: 0 | x-ratelimit-reset: 13",
                "x-ratelimit-limit: 5 | x-ratelimit-remaining: 0 | x-ratelimit-reset: 1767225612650",
                "ratelimit-limit: 5 | ratelimit-remaining: 0 | ratelimit-reset: 13 | ratelimit-policy: 5;w=60",
                "ratelimit: limit=5, remaining=0, reset=13 | ratelimit-policy: 5;w=60",
                "ratelimit: \"default\";r=0;t=13 | ratelimit-policy: \"default\";q=5;w=60",
            ]
        );
    }

    #[test]
    fn every_lie_changes_what_is_told() {
        let by_lie = Lie::NAMES.map(|name| {
            said(&Limiter {
                headers: HeaderFamily::XRateLimitDelta,
                lie: Some(name.parse().unwrap()),
                ..Limiter::default()
            })
        });
        let tails = by_lie.each_ref().map(|said| {
            said.replace("x-ratelimit-", "")
                .replace(" | remaining: 0", "")
        });
        assert_eq!(
            tails,
            [
                "limit: 10 | reset: 13 | retry-after: 13",
                "limit: 5 | reset: 7 | retry-after: 7",
                "limit: 5 | reset: 1 | retry-after: 13",
                "limit: 5 | reset: 13 | retry-after: Wed, 31 Dec 2025 23:59:00 GMT",
                "limit: 5 | reset: 13 | retry-after: 315360000",
            ]
        );
    }

    #[test]
    fn an_admitted_request_is_not_told_to_come_back_later() {
        let limiter = Limiter {
            headers: HeaderFamily::Draft06,
            ..Limiter::default()
        };
        let decision = Decision::admit(5, 4, 60.0, 60.0);
        let headers = announce(&limiter, &Standing { decision }, NOW);
        assert!(headers.iter().all(|(name, _)| *name != "retry-after"));
        assert_eq!(headers.len(), 4);
    }
}
