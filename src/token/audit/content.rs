//! What a token gives away by itself. Pure.

use serde_json::{Map, Value};

use super::original::Original;
use super::verdict::{Outcome, Verdict};

/// An access token may live so long before it is worth a warning, in seconds.
const ACCESS_LIFE: f64 = 15.0 * 60.0;
/// And a refresh token.
const REFRESH_LIFE: f64 = 14.0 * 86_400.0;
/// Headers above this size are refused by common proxies.
const LARGE: usize = 4096;

/// How long the tokens live, by `exp` − `iat`.
pub(super) fn lifetimes(access: &Original, refresh: Option<&Original>) -> Outcome {
    const ID: &str = "lifetimes";
    let mut faults = Vec::new();
    let mut told = Vec::new();
    let mut verdict = Verdict::Pass;
    let tokens = [
        ("access", Some(access), ACCESS_LIFE),
        ("refresh", refresh, REFRESH_LIFE),
    ];
    for (name, token, most) in tokens {
        let Some(token) = token else { continue };
        match (token.seconds("exp"), token.seconds("iat")) {
            (None, _) => {
                verdict = Verdict::Fail;
                faults.push(format!("the {name} token has no exp and never ends"));
            }
            (Some(exp), Some(iat)) if exp - iat > most => {
                verdict = verdict.max(Verdict::Warn);
                faults.push(format!("the {name} token lives {}", span(exp - iat)));
            }
            (Some(exp), Some(iat)) => told.push(format!("{name} {}", span(exp - iat))),
            (Some(_), None) => told.push(format!("{name} unknown, without iat")),
        }
    }
    let size: usize = access
        .parts
        .iter()
        .map(|part| part.expose().len() + 1)
        .sum();
    if size > LARGE {
        verdict = verdict.max(Verdict::Warn);
        faults.push(format!("the access token has {size} characters"));
    }
    let message = if faults.is_empty() {
        told.join(", ")
    } else {
        faults.join("; ")
    };
    Outcome::new(ID, verdict, message)
}

fn span(seconds: f64) -> String {
    let (value, unit) = match seconds {
        s if s >= 2.0 * 86_400.0 => (s / 86_400.0, "days"),
        s if s >= 2.0 * 3600.0 => (s / 3600.0, "hours"),
        s if s >= 120.0 => (s / 60.0, "minutes"),
        s => (s, "seconds"),
    };
    format!("{value:.0} {unit}")
}

/// Whether the claims say whom the token is for and who made it.
pub(super) fn audience(access: &Original) -> Outcome {
    let missing: Vec<&str> = ["aud", "iss"]
        .into_iter()
        .filter(|claim| !access.claims.contains_key(*claim))
        .collect();
    if missing.is_empty() {
        return Outcome::new("audience", Verdict::Pass, "the token has aud and iss");
    }
    Outcome::new(
        "audience",
        Verdict::Warn,
        format!(
            "the token has no {}: any service that shares the key trusts it",
            missing.join(" and no ")
        ),
    )
}

/// Claims that look like personal data or secrets.
pub(super) fn personal_data(access: &Original) -> Outcome {
    let mut found = Vec::new();
    walk("", &access.claims, &mut found);
    if found.is_empty() {
        return Outcome::new("personal-data", Verdict::Pass, "none found");
    }
    Outcome::new(
        "personal-data",
        Verdict::Warn,
        format!("in the claims: {}", found.join(", ")),
    )
}

fn walk(path: &str, claims: &Map<String, Value>, found: &mut Vec<String>) {
    for (name, value) in claims {
        let name = format!("{path}{name}");
        match value {
            Value::Object(inner) => walk(&format!("{name}."), inner, found),
            Value::String(text) => {
                if let Some(what) = kind_of(&name, text) {
                    found.push(format!("{what} in `{name}`"));
                }
            }
            _ => {}
        }
    }
}

/// What a claim's text looks like.
fn kind_of(name: &str, text: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    if name.contains("hash") || name.contains("password") || name.contains("secret") {
        return Some("something of a password");
    }
    let at = text.split_once('@');
    if at.is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains(' '))
    {
        return Some("an e-mail address");
    }
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || " -+()".contains(c));
    if plain && (13..=19).contains(&digits.len()) && luhn(&digits) {
        return Some("a card number");
    }
    let phone = text.starts_with('+') || name.contains("phone") || name.contains("mobile");
    if plain && phone && (8..=15).contains(&digits.len()) {
        return Some("a phone number");
    }
    None
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match digit * 2 {
            _ if place % 2 == 0 => *digit,
            double if double > 9 => double - 9,
            double => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;
    use serde_json::json;

    fn token(claims: &Value) -> Original {
        Original {
            header: Map::new(),
            claims: claims.as_object().unwrap().clone(),
            algorithm: "HS256".to_owned(),
            parts: ["h", "c", "s"].map(Secret::new),
        }
    }

    #[test]
    fn stock_life_times_pass_and_long_ones_warn() {
        let stock = token(&json!({"iat": 0, "exp": 300}));
        let day = token(&json!({"iat": 0, "exp": 86_400}));
        let good = lifetimes(&stock, Some(&day));
        assert_eq!(good.verdict, Verdict::Pass);
        assert_eq!(good.message, "access 5 minutes, refresh 24 hours");
        assert_eq!(lifetimes(&day, None).verdict, Verdict::Warn);
        assert_eq!(lifetimes(&token(&json!({})), None).verdict, Verdict::Fail);
    }

    #[test]
    fn personal_data_is_named_by_its_claim() {
        let outcome = personal_data(&token(&json!({
            "user_id": "1234567890123",
            "profile": {"email": "a@b.example", "card": "4111 1111 1111 1111"},
            "tel": "+49 30 1234567",
            "hash_password": "ABC",
        })));
        assert_eq!(
            outcome.message,
            "in the claims: an e-mail address in `profile.email`, a card number in `profile.card`, \
             a phone number in `tel`, something of a password in `hash_password`"
        );
        let plain = token(&json!({"jti": "9f1c", "user_id": "7"}));
        assert_eq!(personal_data(&plain).verdict, Verdict::Pass);
    }
}
