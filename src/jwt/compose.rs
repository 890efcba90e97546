//! Claims and headers put together from parts: assignments, another token, relative times.

use rand_core::{OsRng, RngCore};
use serde_json::{Map, Value};

use super::claims::numeric_date;
use super::times;

/// Why a part does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// No `=` in an assignment, or no name before it.
    #[error("`{0}` is neither NAME=TEXT nor NAME:=JSON")]
    Assignment(String),
    /// The right side of `:=` is not JSON.
    #[error("`{name}` is not given valid JSON: {why}")]
    Json {
        /// The name.
        name: String,
        /// What is wrong.
        why: String,
    },
}

/// Reads `NAME=TEXT`, whose value is that text whatever it looks like and may hold further `=`, or
/// `NAME:=JSON`.
pub fn assignment(text: &str) -> Result<(String, Value), ComposeError> {
    let wrong = || ComposeError::Assignment(text.to_owned());
    let (name, value) = text.split_once('=').ok_or_else(wrong)?;
    let (name, value) = match name.strip_suffix(':') {
        Some(name) => (name, json_value(name, value)?),
        None => (name, Value::String(value.to_owned())),
    };
    if name.is_empty() {
        return Err(wrong());
    }
    Ok((name.to_owned(), value))
}

/// Reads `NAME=JSON`.
pub fn json_assignment(text: &str) -> Result<(String, Value), ComposeError> {
    let (name, value) = text
        .split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| ComposeError::Assignment(text.to_owned()))?;
    let name = name.strip_suffix(':').unwrap_or(name);
    Ok((name.to_owned(), json_value(name, value)?))
}

fn json_value(name: &str, text: &str) -> Result<Value, ComposeError> {
    serde_json::from_str(text).map_err(|e| ComposeError::Json {
        name: name.to_owned(),
        why: e.to_string(),
    })
}

/// The claims of a token as if it were issued at `now`: every time moved by the same amount, a new
/// `jti`, everything else as it was. The time that is moved to `now` is `iat`, else `nbf`.
pub fn renewed(claims: &Map<String, Value>, now: i64) -> Map<String, Value> {
    let start = ["iat", "nbf"]
        .into_iter()
        .find_map(|name| numeric_date(claims.get(name)?));
    let mut renewed = claims.clone();
    for name in times::names() {
        let Some(seconds) = claims.get(name).and_then(numeric_date) else {
            continue;
        };
        // Without a start the token keeps the end it had, five minutes being simplejwt's default.
        let moved = seconds - start.unwrap_or(seconds - 300.0);
        #[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
        let moved = moved.round().clamp(-1e15, 1e15) as i64;
        renewed.insert(name.to_owned(), (now + moved).into());
    }
    if claims.contains_key("jti") {
        renewed.insert("jti".to_owned(), random_id().into());
    }
    renewed
}

/// A new `jti` as simplejwt makes them: 32 hexadecimal digits.
pub fn random_id() -> String {
    let mut bytes = [0; 16];
    OsRng.fill_bytes(&mut bytes);
    format!("{:032x}", u128::from_be_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_stay_texts_and_json_is_asked_for() {
        assert_eq!(assignment("e=a=b"), Ok(("e".to_owned(), json!("a=b"))));
        assert_eq!(assignment("n=1"), Ok(("n".to_owned(), json!("1"))));
        assert_eq!(assignment("n:=1"), Ok(("n".to_owned(), json!(1))));
        assert_eq!(
            assignment("a:=[1,\"x\"]"),
            Ok(("a".to_owned(), json!([1, "x"])))
        );
        assert_eq!(
            assignment("u=http://x:=y"),
            Ok(("u".to_owned(), json!("http://x:=y")))
        );
        assert_eq!(json_assignment("a=null"), Ok(("a".to_owned(), json!(null))));
        for wrong in ["", "a", "=x", ":=1"] {
            assert!(assignment(wrong).is_err(), "{wrong}");
        }
        assert!(assignment("n:=x").is_err());
    }

    #[test]
    fn a_renewed_token_keeps_its_life_time() {
        let claims =
            json!({"token_type": "access", "exp": 1300, "iat": 1000, "jti": "x", "user_id": "1"});
        let renewed = renewed(claims.as_object().unwrap(), 5000);
        assert_eq!(
            (&renewed["exp"], &renewed["iat"]),
            (&json!(5300), &json!(5000))
        );
        assert_eq!(renewed["user_id"], "1");
        assert_eq!(renewed["jti"].as_str().unwrap().len(), 32);
        let names: Vec<&String> = renewed.keys().collect();
        assert_eq!(names, ["token_type", "exp", "iat", "jti", "user_id"]);
    }
}
