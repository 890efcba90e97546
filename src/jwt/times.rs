//! The time claims of a token against `now`: RFC 3339, seconds to go, and words.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use super::claims::numeric_date;

/// What a time claim says about the present moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// An end that has passed; the very second of `exp` counts as passed (RFC 7519 §4.1.4).
    Expired,
    /// Nothing speaks against the token.
    Valid,
    /// A beginning, or an issue time, that lies ahead.
    NotYet,
}

/// One time claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Time {
    /// The moment, RFC 3339 in UTC; `None` outside the years -9999 to 9999.
    pub at: Option<String>,
    /// Seconds from now until then; negative when it has passed.
    pub in_s: f64,
    /// What that means for the token.
    pub state: State,
    /// What the claim marks.
    #[serde(skip)]
    pub role: Role,
}

/// What a time claim marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `exp`, and simplejwt's `refresh_exp` of sliding tokens.
    End,
    /// `nbf`.
    Beginning,
    /// `iat`.
    Issue,
    /// Another moment in the past: `auth_time`, `updated_at`.
    Event,
}

/// The registered time claims (RFC 7519, `OpenID` Connect Core) and simplejwt's own.
const CLAIMS: [(&str, Role); 6] = [
    ("exp", Role::End),
    ("nbf", Role::Beginning),
    ("iat", Role::Issue),
    ("auth_time", Role::Event),
    ("updated_at", Role::Event),
    ("refresh_exp", Role::End),
];

/// The time claims of a token, by name, at `now` in seconds since 1970. Claims that are not
/// numbers are left out; `warnings` names them.
pub fn times(claims: &Map<String, Value>, now: f64) -> Vec<(&'static str, Time)> {
    CLAIMS
        .into_iter()
        .filter_map(|(name, role)| Some((name, time(numeric_date(claims.get(name)?)?, role, now))))
        .collect()
}

/// The names of the time claims.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    CLAIMS.into_iter().map(|(name, _)| name)
}

fn time(seconds: f64, role: Role, now: f64) -> Time {
    let state = match role {
        Role::End if seconds <= now => State::Expired,
        Role::Beginning | Role::Issue | Role::Event if seconds > now => State::NotYet,
        _ => State::Valid,
    };
    Time {
        at: rfc3339(seconds),
        in_s: ((seconds - now) * 1000.0).round() / 1000.0,
        state,
        role,
    }
}

/// A moment in seconds since 1970 as a timestamp; `None` where the calendar ends.
pub fn timestamp(seconds: f64) -> Option<Timestamp> {
    if !seconds.is_finite() || seconds.abs() > 4e11 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range is checked, and a token's fraction of a second needs no more than microseconds"
    )]
    let microseconds = (seconds * 1e6).round() as i64;
    Timestamp::from_microsecond(microseconds).ok()
}

/// A moment in seconds since 1970 in RFC 3339, UTC.
pub fn rfc3339(seconds: f64) -> Option<String> {
    timestamp(seconds).map(|at| at.to_string())
}

impl Time {
    /// A sentence for people: `expired 3 min ago`, `expires in 4 min 12 s`.
    pub fn words(&self) -> String {
        let span = span(self.in_s.abs());
        let ahead = self.in_s > 0.0;
        match self.role {
            Role::End if ahead => format!("expires in {span}"),
            Role::End => format!("expired {span} ago"),
            Role::Beginning if ahead => format!("not valid for another {span}"),
            Role::Beginning => format!("valid since {span} ago"),
            Role::Issue if ahead => format!("issued {span} in the future"),
            Role::Issue => format!("issued {span} ago"),
            Role::Event if ahead => format!("in {span}"),
            Role::Event => format!("{span} ago"),
        }
    }
}

/// A duration in its two largest units: `4 min 12 s`, `3 d 2 h`.
pub fn span(seconds: f64) -> String {
    const UNITS: [(u64, &str); 5] = [
        (31_557_600, "y"),
        (86_400, "d"),
        (3_600, "h"),
        (60, "min"),
        (1, "s"),
    ];
    if !seconds.is_finite() || seconds > 3e14 {
        return "more than ten million years".to_owned();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked and durations are not negative"
    )]
    let total = seconds.max(0.0) as u64;
    let Some(first) = UNITS.iter().position(|(length, _)| total >= *length) else {
        return "less than 1 s".to_owned();
    };
    let (length, unit) = UNITS[first];
    let head = format!("{} {unit}", total / length);
    match UNITS.get(first + 1) {
        Some((next, name)) if total % length / next > 0 && total / length < 100 => {
            format!("{head} {} {name}", total % length / next)
        }
        _ => head,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(claims: &Value, now: f64) -> Vec<(&'static str, Time)> {
        times(claims.as_object().unwrap(), now)
    }

    #[test]
    fn the_end_counts_as_passed_at_its_own_second() {
        let claims = json!({"exp": 1_700_000_000});
        let at = |now: f64| of(&claims, now)[0].1.clone();
        assert_eq!(at(1_699_999_999.0).state, State::Valid);
        assert_eq!(at(1_700_000_000.0).state, State::Expired);
        assert_eq!(at(1_700_000_012.0).in_s.to_string(), "-12");
        assert_eq!(at(0.0).at.as_deref(), Some("2023-11-14T22:13:20Z"));
    }

    #[test]
    fn words_count_down_and_up() {
        let claims = json!({"exp": 1000, "nbf": 2000, "iat": 900, "refresh_exp": 100_000});
        let words: Vec<String> = of(&claims, 1180.0).iter().map(|(_, t)| t.words()).collect();
        assert_eq!(
            words,
            [
                "expired 3 min ago",
                "not valid for another 13 min 40 s",
                "issued 4 min 40 s ago",
                "expires in 1 d 3 h"
            ]
        );
    }

    #[test]
    fn an_end_beyond_the_calendar_has_no_date_and_no_panic() {
        for exp in [
            "1e300",
            "-1e300",
            "99999999999999999999",
            "1.7976931348623157e308",
        ] {
            let claims: Value = serde_json::from_str(&format!("{{\"exp\":{exp}}}")).unwrap();
            let (_, time) = &of(&claims, 1.7e9)[0];
            assert_eq!(time.at, None);
            assert!(!time.words().is_empty());
        }
        assert!(of(&json!({"exp": "tomorrow"}), 0.0).is_empty());
    }

    #[test]
    fn fractions_are_kept() {
        let (_, time) = &of(&json!({"iat": 1.25}), 2.0)[0];
        assert_eq!(time.at.as_deref(), Some("1970-01-01T00:00:01.25Z"));
        assert!((time.in_s + 0.75).abs() < f64::EPSILON);
    }
}
