//! Claims that whoever sees the token can read and should not: a signed token is not encrypted.

use serde_json::{Map, Value, json};

use super::finding::{Finding, Severity};

/// Names of claims, whatever they hold.
const NAMES: [(&str, Severity, &str); 17] = [
    ("password", Severity::High, "a password"),
    ("passwd", Severity::High, "a password"),
    ("pwd", Severity::High, "a password"),
    ("secret", Severity::High, "a secret"),
    ("api_key", Severity::High, "an API key"),
    ("ssn", Severity::High, "a social security number"),
    ("credit_card", Severity::High, "a card number"),
    (
        "hash_password",
        Severity::Low,
        "a digest of the password hash (simplejwt's CHECK_REVOKE_TOKEN)",
    ),
    ("email", Severity::Low, "an e-mail address"),
    ("phone", Severity::Low, "a phone number"),
    ("phone_number", Severity::Low, "a phone number"),
    ("address", Severity::Low, "an address"),
    ("birthdate", Severity::Low, "a date of birth"),
    ("date_of_birth", Severity::Low, "a date of birth"),
    ("given_name", Severity::Low, "a name"),
    ("family_name", Severity::Low, "a name"),
    ("full_name", Severity::Low, "a name"),
];

/// How keys of well-known services begin.
const KEY_STARTS: [&str; 10] = [
    "AKIA",
    "ASIA",
    "AIza",
    "ghp_",
    "gho_",
    "github_pat_",
    "sk_live_",
    "xoxb-",
    "glpat-",
    "-----BEGIN",
];

/// Looks through all claims, at any depth.
pub(crate) fn search(claims: &Map<String, Value>, all: &mut Vec<Finding>) {
    let mut found = Vec::new();
    for (name, value) in claims {
        look(name, name, value, &mut found);
    }
    for (path, severity, what) in found {
        all.push(
            Finding::new(
                "readable-data",
                severity,
                format!("{path} holds {what}: whoever sees the token can read it"),
                json!({ "claim": path, "holds": what }),
            )
            .fix("put an identifier into the token and look the rest up on the server"),
        );
    }
}

type Found = (String, Severity, &'static str);

fn look(path: &str, name: &str, value: &Value, found: &mut Vec<Found>) {
    match value {
        Value::Object(map) => {
            for (inner, value) in map {
                look(&format!("{path}.{inner}"), inner, value, found);
            }
        }
        Value::Array(list) => {
            for (number, value) in list.iter().enumerate() {
                look(&format!("{path}[{number}]"), name, value, found);
            }
        }
        Value::Null | Value::Bool(_) => {}
        Value::String(text) => found.extend(by_name(path, name).or_else(|| by_shape(path, text))),
        Value::Number(number) => found.extend(by_name(path, name).or_else(|| {
            let digits = number.to_string();
            is_card(&digits).then(|| {
                (
                    path.to_owned(),
                    Severity::Medium,
                    "what may be a card number",
                )
            })
        })),
    }
}

fn by_name(path: &str, name: &str) -> Option<Found> {
    let name = name.to_lowercase();
    NAMES
        .iter()
        .find(|(known, ..)| *known == name)
        .map(|(_, severity, what)| (path.to_owned(), *severity, *what))
}

fn by_shape(path: &str, text: &str) -> Option<Found> {
    let found = |severity, what| Some((path.to_owned(), severity, what));
    if KEY_STARTS
        .iter()
        .any(|start| text.starts_with(start) && text.len() >= start.len() + 8)
    {
        return found(Severity::High, "what looks like a key of another service");
    }
    if [
        "pbkdf2_", "bcrypt", "argon2", "scrypt$", "$2a$", "$2b$", "$2y$", "md5$",
    ]
    .iter()
    .any(|start| text.starts_with(start))
        && text.contains('$')
    {
        return found(Severity::High, "a password hash");
    }
    if is_card(text) {
        return found(Severity::High, "what may be a card number");
    }
    if is_email(text) {
        return found(Severity::Low, "an e-mail address");
    }
    if is_phone(text) {
        return found(Severity::Low, "a phone number");
    }
    None
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !text.contains([' ', '/', ':'])
            && !domain.contains('@')
            && domain.split('.').count() >= 2
            && domain.split('.').all(|part| !part.is_empty())
    })
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.starts_with('+')
        && (8..=15).contains(&digits)
        && text
            .chars()
            .skip(1)
            .all(|c| c.is_ascii_digit() || " -()".contains(c))
}

/// 15 or 16 digits in the ranges that cards use, with a right check digit (Luhn).
fn is_card(text: &str) -> bool {
    let digits: Vec<u32> = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '-'))
        .map_while(|c| c.to_digit(10))
        .collect();
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'));
    if !plain || !matches!(digits.len(), 15 | 16) || !matches!(digits[0], 3..=6) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(claims: &Value) -> Vec<(String, Severity)> {
        let mut all = Vec::new();
        search(claims.as_object().unwrap(), &mut all);
        all.into_iter()
            .map(|finding| {
                (
                    finding.evidence["claim"].as_str().unwrap().to_owned(),
                    finding.severity,
                )
            })
            .collect()
    }

    #[test]
    fn personal_data_and_keys_are_found_by_name_and_by_shape() {
        use Severity::{High, Low};
        let claims = json!({
            "who": "ada@example.org", "tel": "+44 20 7946 0000", "card": "4111 1111 1111 1111",
            "nested": {"list": ["AKIAIOSFODNN7EXAMPLE"], "password": "x"},
            "h": "pbkdf2_sha256$870000$salt$hash", "hash_password": "ABC",
        });
        let wanted = [
            ("who", Low),
            ("tel", Low),
            ("card", High),
            ("nested.list[0]", High),
            ("nested.password", High),
            ("h", High),
            ("hash_password", Low),
        ];
        assert_eq!(
            seen(&claims),
            wanted.map(|(path, severity)| (path.to_owned(), severity))
        );
    }

    #[test]
    fn identifiers_and_times_are_not_mistaken_for_it() {
        let claims = json!({
            "user_id": "1", "exp": 1_700_000_000, "iat": 1_700_000_000_000_i64, "jti": "4111111111111112aaaaaaaaaaaaaaaa",
            "iss": "https://user@host.example/x", "sub": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "scope": "read write",
            "name": "@home", "note": "4111 1111 1111 1112",
        });
        assert_eq!(seen(&claims), []);
    }
}
