//! The claims of a token read without any check of its signature: enough to know when it ends.

use serde_json::{Map, Value};

use super::json;
use super::segments::{self, Malformed, Segment, Segments};

/// The claims of a token, in their order, without verification.
///
/// For what the holder of a token wants to know of it; never a reason to trust it.
pub fn claims_of(token: &str) -> Result<Map<String, Value>, Malformed> {
    match segments::split(token.trim())? {
        Segments::Signed { claims, .. } => {
            let (bytes, _) = segments::lenient(claims, Segment::Claims)?;
            json::object(&bytes, Segment::Claims)
        }
        Segments::Encrypted { .. } => Err(Malformed::Encrypted),
    }
}

/// The `exp` claim in whole seconds since 1970, rounded down; `None` when the token has none that
/// can be read (opaque, encrypted, no `exp`, not a number, out of range).
pub fn expires_at(token: &str) -> Option<i64> {
    let claims = claims_of(token).ok()?;
    numeric_date(claims.get("exp")?).and_then(whole)
}

/// A `NumericDate` (RFC 7519 §2) in seconds; `None` when the value is not a finite number.
pub(crate) fn numeric_date(value: &Value) -> Option<f64> {
    value.as_f64().filter(|seconds| seconds.is_finite())
}

/// Whole seconds, when they fit.
fn whole(seconds: f64) -> Option<i64> {
    /// Up to here a double holds every whole number.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let floor = seconds.floor();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "within the range where doubles are whole numbers"
    )]
    (floor.abs() <= EXACT).then_some(floor as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!(
            "eyJhbGciOiJIUzI1NiJ9.{}.c2ln",
            segments::encode(claims.as_bytes())
        )
    }

    #[test]
    fn the_end_is_read_without_a_key() {
        assert_eq!(
            expires_at(&token(r#"{"exp":1700000000}"#)),
            Some(1_700_000_000)
        );
        assert_eq!(
            expires_at(&token(r#"{"exp":1700000000.9}"#)),
            Some(1_700_000_000)
        );
    }

    #[test]
    fn an_end_that_is_no_time_is_none() {
        for claims in [
            "{}",
            r#"{"exp":"soon"}"#,
            r#"{"exp":1e300}"#,
            r#"{"exp":null}"#,
        ] {
            assert_eq!(expires_at(&token(claims)), None, "{claims}");
        }
        assert_eq!(expires_at("9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b"), None);
        assert_eq!(expires_at("a.b.c.d.e"), None);
    }

    #[test]
    fn claims_keep_their_order() {
        let claims = claims_of(&token(r#"{"token_type":"access","exp":1,"a":2}"#)).unwrap();
        let names: Vec<&str> = claims.keys().map(String::as_str).collect();
        assert_eq!(names, ["token_type", "exp", "a"]);
    }
}
