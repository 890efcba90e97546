//! The pieces that limit headers are made of: structured-field lists, instants and durations.

use crate::rate::parse_duration;

/// The parameters of a structured-field item.
pub(super) struct Parameters<'a>(Vec<(&'a str, &'a str)>);

impl Parameters<'_> {
    /// A parameter that is a number.
    pub(super) fn number(&self, key: &str) -> Option<f64> {
        let (_, value) = self.0.iter().find(|(known, _)| *known == key)?;
        value.parse().ok()
    }
}

/// Splits a structured-field list at its commas, outside quoted strings.
pub(super) fn split_members(value: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    value
        .split(move |c| {
            if c == '"' {
                quoted = !quoted;
            }
            c == ',' && !quoted
        })
        .map(str::trim)
        .filter(|member| !member.is_empty())
}

/// An item's label and its parameters.
pub(super) fn split_parameters(member: &str) -> (&str, Parameters<'_>) {
    let mut quoted = false;
    let mut parts = member.split(move |c| {
        if c == '"' {
            quoted = !quoted;
        }
        c == ';' && !quoted
    });
    let label = parts.next().unwrap_or_default().trim();
    let parameters = parts
        .filter_map(|part| {
            let (key, value) = part.split_once('=')?;
            Some((key.trim(), value.trim().trim_matches('"')))
        })
        .collect();
    (label, Parameters(parameters))
}

/// A reset in seconds from now: told apart by magnitude (epoch milliseconds, epoch seconds, delta)
/// and by shape (RFC 3339, HTTP-date, Go durations such as `6m0s`).
pub(super) fn read_reset(text: &str, unix_s: f64) -> Option<f64> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return match number {
            n if n >= 1e12 => Some(n / 1e3 - unix_s),
            n if n >= 1e9 => Some(n - unix_s),
            n if n.is_finite() && n >= 0.0 => Some(n),
            _ => None,
        };
    }
    parse_http_date(text)
        .or_else(|| parse_rfc3339(text))
        .map(|at| at - unix_s)
        .or_else(|| parse_seconds(text))
}

/// A number of seconds, or a duration such as `6m0s`.
pub(super) fn parse_seconds(text: &str) -> Option<f64> {
    parse_duration(text.trim()).map(|duration| duration.as_secs_f64())
}

/// An HTTP-date as Unix time.
pub(super) fn parse_http_date(text: &str) -> Option<f64> {
    let at = httpdate::parse_http_date(text.trim()).ok()?;
    let since = at.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(since.as_secs_f64())
}

fn parse_rfc3339(text: &str) -> Option<f64> {
    let at: jiff::Timestamp = text.parse().ok()?;
    Some(at.as_duration().as_secs_f64())
}

/// The unit that a header's name ends with.
pub(super) fn unit_seconds(unit: &str) -> Option<f64> {
    match unit {
        "second" => Some(1.0),
        "minute" => Some(60.0),
        "hour" => Some(3_600.0),
        "day" => Some(86_400.0),
        _ => None,
    }
}
