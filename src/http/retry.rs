//! When to make a request again. Pure: the clock and the dice are arguments.

use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

/// How often and how patiently to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Attempts after the first one.
    pub retries: u32,
    /// The wait before the first of them; doubled for each further one.
    pub base: Duration,
    /// The longest wait of the policy's own making.
    pub cap: Duration,
    /// The longest `Retry-After` that is obeyed; a longer one ends the attempts.
    pub patience: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            retries: 4,
            base: Duration::from_millis(250),
            cap: Duration::from_secs(20),
            patience: Duration::from_secs(120),
        }
    }
}

/// What to do after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Make the request again after this long.
    Wait(Duration),
    /// This answer is final.
    Stop,
}

impl Policy {
    /// Decides after attempt number `attempt` (from 0) was answered with `status`, or with nothing.
    ///
    /// Only safe methods (RFC 9110 §9.2.1) are made again. 429 and 503 wait as `Retry-After` says;
    /// otherwise, and for 500, 502, 504 and no answer at all, the wait doubles with full jitter, `dice` in 0..1.
    pub fn decide(
        &self,
        attempt: u32,
        method: &Method,
        answer: Option<(StatusCode, Option<Duration>)>,
        dice: f64,
    ) -> Decision {
        if attempt >= self.retries || !method.is_safe() {
            return Decision::Stop;
        }
        let backoff = || {
            let doubled = self
                .base
                .saturating_mul(1_u32 << attempt.min(16))
                .min(self.cap);
            Decision::Wait(doubled.mul_f64(0.5 + dice.clamp(0.0, 1.0) / 2.0))
        };
        match answer {
            None => backoff(),
            Some((status, advised)) => match status.as_u16() {
                429 | 503 => match advised {
                    Some(wait) if wait > self.patience => Decision::Stop,
                    // A wait of zero would only be refused again.
                    Some(wait) if !wait.is_zero() => Decision::Wait(wait),
                    _ => backoff(),
                },
                500 | 502 | 504 => backoff(),
                _ => Decision::Stop,
            },
        }
    }
}

/// Reads `Retry-After` (RFC 9110 §10.2.3): seconds, also with a fraction, or an HTTP date against `now`.
pub fn retry_after(headers: &HeaderMap, now: std::time::SystemTime) -> Option<Duration> {
    let text = headers
        .get(http::header::RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let at = httpdate::parse_http_date(text).ok()?;
    Some(at.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    const POLICY: Policy = Policy {
        retries: 2,
        base: Duration::from_secs(1),
        cap: Duration::from_secs(60),
        patience: Duration::from_secs(100),
    };

    fn after(attempt: u32, status: u16, wait: Option<u64>) -> Decision {
        let status = StatusCode::from_u16(status).unwrap();
        POLICY.decide(
            attempt,
            &Method::GET,
            Some((status, wait.map(Duration::from_secs))),
            1.0,
        )
    }

    #[test]
    fn a_throttled_request_waits_as_told_but_not_for_ever() {
        assert_eq!(
            after(0, 429, Some(7)),
            Decision::Wait(Duration::from_secs(7))
        );
        assert_eq!(after(0, 429, Some(101)), Decision::Stop);
        assert_eq!(
            after(0, 429, Some(0)),
            Decision::Wait(Duration::from_secs(1))
        );
    }

    #[test]
    fn server_errors_back_off_and_refusals_are_final() {
        assert_eq!(after(1, 502, None), Decision::Wait(Duration::from_secs(2)));
        assert_eq!(after(2, 502, None), Decision::Stop);
        assert_eq!(after(0, 404, None), Decision::Stop);
    }

    #[test]
    fn an_unsafe_method_is_never_made_again() {
        assert_eq!(POLICY.decide(0, &Method::POST, None, 0.5), Decision::Stop);
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", text.parse().unwrap());
            retry_after(&headers, now)
        };
        assert_eq!(read("12"), Some(Duration::from_secs(12)));
        assert_eq!(read("2.5"), Some(Duration::from_millis(2_500)));
        assert_eq!(
            read("Thu, 01 Jan 1970 00:17:40 GMT"),
            Some(Duration::from_secs(60))
        );
        assert_eq!(read("Thu, 01 Jan 1970 00:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(read("soon"), None);
    }
}
