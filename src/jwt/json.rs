//! JSON objects as tokens carry them: order and numbers kept exactly, repeated names noticed.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::segments::{Malformed, Segment};

/// Names under which `serde_json` smuggles exact numbers and raw text through its data model; a
/// token that uses one as a claim name would be shown as something it is not.
pub(crate) const RESERVED: &str = "$serde_json::private::";

/// Reads a JSON object; key order and the digits of every number are kept.
pub(crate) fn object(bytes: &[u8], segment: Segment) -> Result<Map<String, Value>, Malformed> {
    let fault = |why: String| Malformed::Json(segment, why);
    let text = std::str::from_utf8(bytes).map_err(|e| fault(e.to_string()))?;
    if text.contains(RESERVED) {
        return Err(fault(format!("it uses the reserved name `{RESERVED}…`")));
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(Value::Array(_)) => Err(fault("it is an array".to_owned())),
        Ok(Value::String(_)) => Err(fault("it is a string".to_owned())),
        Ok(_) => Err(fault("it is a bare value".to_owned())),
        Err(e) => Err(fault(e.to_string())),
    }
}

/// Names that occur twice in one object, at any depth, of a text known to be valid JSON.
///
/// RFC 7519 §4 lets a reader refuse them or take the last; two readers that differ can be played
/// against each other.
pub(crate) fn repeated_names(text: &str) -> Vec<String> {
    repeated(text, usize::MAX)
}

/// Names that occur twice in the outermost object of a text known to be valid JSON.
pub(crate) fn repeated_members(text: &str) -> Vec<String> {
    repeated(text, 1)
}

fn repeated(text: &str, depth: usize) -> Vec<String> {
    let mut repeated = Vec::new();
    let mut open: Vec<HashSet<String>> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => open.push(HashSet::new()),
            b'}' | b']' => {
                open.pop();
            }
            b'"' => {
                let end = string_end(bytes, at);
                let is_name = bytes[end..]
                    .iter()
                    .find(|b| !b.is_ascii_whitespace())
                    .is_some_and(|b| *b == b':');
                if is_name
                    && open.len() <= depth
                    && let Ok(name) = serde_json::from_str::<String>(&text[at..end])
                    && let Some(names) = open.last_mut()
                    && !names.insert(name.clone())
                    && !repeated.contains(&name)
                {
                    repeated.push(name);
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    repeated
}

/// The index after the closing quote of the string that opens at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_big_integers_survive() {
        let text = r#"{"z":12345678901234567890123,"a":1.50,"m":[1e2]}"#;
        let map = object(text.as_bytes(), Segment::Claims).unwrap();
        let written = serde_json::to_string(&map).unwrap();
        assert!(
            written.starts_with(r#"{"z":12345678901234567890123,"a":1.50,"m""#),
            "{written}"
        );
    }

    #[test]
    fn repeated_names_are_found_at_any_depth_and_through_escapes() {
        let text = r#"{"a":"x:\"a\"","\u0061":1,"o":{"k":1,"k":2},"l":[{"k":1},{"k":2}],"v":"v"}"#;
        assert_eq!(repeated_names(text), ["a", "k"]);
    }

    #[test]
    fn a_smuggled_number_is_not_shown_as_one() {
        let text = br#"{"exp":{"$serde_json::private::Number":"1"}}"#;
        assert!(object(text, Segment::Claims).is_err());
    }
}
