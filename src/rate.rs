//! Rates as Django REST framework writes them: `100/day`, `60/min`, and `N/DURATION`: `10/30s`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use thiserror::Error;

/// So many requests in a window of time.
///
/// Parses what DRF's `SimpleRateThrottle.parse_rate` parses, with its meaning: only the first letter
/// of the period counts, so `10/month` is ten a *minute* (see [`Rate::misread_period`]). Adds
/// `N/DURATION` (`10/30s`, `5/2h`), which stock DRF refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    /// How many requests the window admits.
    pub limit: u64,
    /// The length of the window; never zero.
    pub window: Duration,
}

/// Why a text is not a rate.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RateError {
    /// There is no `/`, or more than one.
    #[error("'{0}' is not of the form N/PERIOD")]
    Form(String),
    /// The part before the slash is not a whole number.
    #[error("'{0}' is not a whole number of requests")]
    Limit(String),
    /// The part after the slash is neither a period nor a duration.
    #[error("'{0}' is not a period (s, m, h, d) or a duration such as 30s, 2h")]
    Period(String),
}

const NAMED: [(u64, &str); 4] = [(86_400, "day"), (3_600, "hour"), (60, "min"), (1, "s")];

impl Rate {
    /// A rate of `limit` requests in `window`.
    pub const fn new(limit: u64, window: Duration) -> Self {
        Self { limit, window }
    }

    /// The window in seconds.
    pub fn window_s(&self) -> f64 {
        self.window.as_secs_f64()
    }

    /// When DRF reads the period of `text` as another than its word says (`10/month` is per minute,
    /// `10/decade` per day): the word and how DRF reads it.
    pub fn misread_period(text: &str) -> Option<(&str, &'static str)> {
        let word = text.split_once('/')?.1.trim_end();
        let (full, read_as) = match word.chars().next()? {
            's' => (["s", "sec", "second", "secs", "seconds"], "per second"),
            'm' => (["m", "min", "minute", "mins", "minutes"], "per minute"),
            'h' => (["h", "hr", "hour", "hrs", "hours"], "per hour"),
            'd' => (["d", "day", "day", "days", "days"], "per day"),
            _ => return None,
        };
        (!full.contains(&word)).then_some((word, read_as))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let window = self.window_s();
        for (seconds, name) in NAMED {
            if self.window == Duration::from_secs(seconds) {
                return write!(f, "{}/{name}", self.limit);
            }
        }
        for (seconds, name) in NAMED {
            let unit = Duration::from_secs(seconds).as_secs_f64();
            if window >= unit && (window / unit).fract() == 0.0 {
                return write!(f, "{}/{}{}", self.limit, window / unit, &name[..1]);
            }
        }
        write!(f, "{}/{window}s", self.limit)
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (count, period) = text
            .split_once('/')
            .filter(|(_, period)| !period.contains('/'))
            .ok_or_else(|| RateError::Form(text.to_owned()))?;
        let limit = parse_python_int(count).ok_or_else(|| RateError::Limit(count.to_owned()))?;
        let window = parse_period(period).ok_or_else(|| RateError::Period(period.to_owned()))?;
        Ok(Self { limit, window })
    }
}

/// What Python's `int()` takes of the forms met in settings: surrounding spaces, `+`, `1_000`.
fn parse_python_int(text: &str) -> Option<u64> {
    let digits = text.trim();
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    if digits.starts_with('_') || digits.ends_with('_') || digits.contains("__") {
        return None;
    }
    digits.replace('_', "").parse().ok()
}

fn parse_period(period: &str) -> Option<Duration> {
    let first = period.chars().next()?;
    if first.is_ascii_digit() || first == '.' {
        return parse_duration(period).filter(|window| !window.is_zero());
    }
    let seconds = match first {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return None,
    };
    Some(Duration::from_secs(seconds))
}

/// Reads a duration: a number followed by `ms`, `s`, `m`, `min`, `h`, `d` or `w`, several in a row
/// (`1h30m`), or a bare number of seconds. Fractions are allowed (`1.5h`).
pub fn parse_duration(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    if let Ok(seconds) = rest.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let letters = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        total += number
            * match &rest[..letters] {
                "ms" => 0.001,
                "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
                "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
                "h" | "hr" | "hour" | "hours" => 3_600.0,
                "d" | "day" | "days" => 86_400.0,
                "w" | "week" | "weeks" => 604_800.0,
                _ => return None,
            };
        rest = &rest[letters..];
    }
    Duration::try_from_secs_f64(total).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window_of(text: &str) -> Result<u64, RateError> {
        text.parse::<Rate>().map(|rate| rate.window.as_secs())
    }

    #[test]
    fn only_the_first_letter_of_a_period_counts_as_in_drf() {
        assert_eq!(window_of("10/s"), Ok(1));
        assert_eq!(window_of("10/minutes"), Ok(60));
        assert_eq!(window_of("10/month"), Ok(60));
        assert_eq!(window_of("10/hello"), Ok(3_600));
        assert_eq!(window_of("10/decade"), Ok(86_400));
        assert_eq!(window_of("10 /min"), Ok(60));
        assert_eq!("1_0/m".parse::<Rate>().map(|rate| rate.limit), Ok(10));
        assert_eq!("+10/m".parse::<Rate>().map(|rate| rate.limit), Ok(10));
    }

    #[test]
    fn what_drf_answers_with_a_500_is_not_a_rate() {
        for text in [
            "10/M", "10/w", "10/ min", "10/", "10", "", "1.5/s", "a/s", "1/s/m", "__1/s",
        ] {
            assert!(text.parse::<Rate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_count_in_a_duration_is_a_rate() {
        assert_eq!(window_of("10/30s"), Ok(30));
        assert_eq!(window_of("5/2h"), Ok(7_200));
        assert_eq!(window_of("5/1h30m"), Ok(5_400));
        assert_eq!(window_of("5/90"), Ok(90));
        assert!("5/0s".parse::<Rate>().is_err());
    }

    #[test]
    fn a_rate_is_written_as_drf_writes_it() {
        for text in [
            "100/day", "60/min", "10/s", "3/hour", "10/30s", "5/2h", "7/3d",
        ] {
            assert_eq!(
                text.parse::<Rate>().map(|rate| rate.to_string()),
                Ok(text.to_owned())
            );
        }
        assert_eq!(
            Rate::new(3, Duration::from_millis(1_500)).to_string(),
            "3/1.5s"
        );
    }

    #[test]
    fn a_period_that_drf_misreads_is_named() {
        assert_eq!(
            Rate::misread_period("10/month"),
            Some(("month", "per minute"))
        );
        assert_eq!(Rate::misread_period("10/minute"), None);
        assert_eq!(Rate::misread_period("10/30s"), None);
    }
}
