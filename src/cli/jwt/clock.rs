//! The moment that times are compared with.

use jiff::Timestamp;

use crate::cli::context::Context;
use crate::cli::failure::Failure;

/// What times are compared with: the moment that `--at` names, else now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock(Option<f64>);

impl Clock {
    /// Reads `--at`: RFC 3339 or seconds since 1970.
    pub(crate) fn at(at: Option<&str>) -> Result<Self, Failure> {
        let Some(text) = at else {
            return Ok(Self(None));
        };
        let moment = match text.parse::<f64>() {
            Ok(seconds) if seconds.is_finite() => seconds,
            _ => seconds(text.parse::<Timestamp>().map_err(|error| {
                Failure::usage(format!("--at '{text}' is no RFC 3339 time")).because(&error)
            })?),
        };
        Ok(Self(Some(moment)))
    }

    /// The moment in seconds since 1970. It is asked for once the token is there: input and keys may be long in coming.
    pub(crate) fn now(self, ctx: &Context) -> f64 {
        self.0.unwrap_or_else(|| seconds(ctx.now()))
    }
}

/// Seconds since 1970.
pub(crate) fn seconds(timestamp: Timestamp) -> f64 {
    timestamp.as_duration().as_secs_f64()
}

/// A duration given to a flag, in seconds: `30s`, `5m`, `1h`, or a bare number of seconds.
pub(crate) fn duration(flag: &str, text: &str) -> Result<f64, Failure> {
    crate::rate::parse_duration(text)
        .map(|duration| duration.as_secs_f64())
        .ok_or_else(|| {
            Failure::usage(format!(
                "--{flag} '{text}' is no duration such as 30s, 5m or 1h"
            ))
        })
}

/// A time given to a flag, in seconds since 1970: `now`, `5m` from now, `-5m` ago, RFC 3339, or a
/// number of seconds since 1970 from nine digits on.
pub(crate) fn relative(flag: &str, text: &str, now: i64) -> Result<i64, Failure> {
    const EPOCH: i64 = 100_000_000;
    if text == "now" {
        return Ok(now);
    }
    if let Some(seconds) = text.parse::<i64>().ok().filter(|seconds| *seconds >= EPOCH) {
        return Ok(seconds);
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Ok(timestamp.as_second());
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let seconds = sign * duration(flag, rest)?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast of a float saturates"
    )]
    Ok(now.saturating_add(seconds.round() as i64))
}
