//! What an `OPTIONS` reply tells, by the rules of DRF's `SimpleMetadata`. Pure.
//!
//! `actions` lists `POST` and `PUT` only where the caller passes the permission checks of that method,
//! and so tells who may write without anybody writing.

use serde_json::{Map, Value, json};

use super::matrix::{Answer, Cell};

/// The methods whose permission `actions` tells.
const TOLD: [&str; 2] = ["POST", "PUT"];

/// Kinds of field that no JSON array can ever satisfy.
const SCALARS: [&str; 13] = [
    "string", "integer", "float", "decimal", "boolean", "email", "url", "slug", "regex", "date",
    "datetime", "time", "choice",
];

/// The useful parts of an `OPTIONS` reply.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    allowed: Vec<String>,
    actions: Map<String, Value>,
}

impl Metadata {
    /// Reads the `Allow` header field and the body of a 200 reply.
    pub fn read(allow: Option<&str>, body: &Value) -> Self {
        let allowed = allow
            .unwrap_or_default()
            .split(',')
            .map(|method| method.trim().to_ascii_uppercase())
            .filter(|method| !method.is_empty())
            .collect();
        let actions = match body.get("actions") {
            Some(Value::Object(actions)) => actions.clone(),
            _ => Map::new(),
        };
        Self { allowed, actions }
    }

    /// Whether the view has a handler for the method, by `Allow`.
    pub fn handles(&self, method: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed == method)
    }

    /// A JSON body that the serializer refuses whatever the method: a list where each plain value belongs.
    /// `None` where the reply describes no field for which that is certain.
    pub fn invalid_body(&self) -> Option<Value> {
        let fields = self
            .actions
            .values()
            .find_map(|fields| fields.as_object().filter(|fields| !fields.is_empty()))?;
        let body: Map<String, Value> = fields
            .iter()
            .filter(|(_, field)| {
                let kind = field
                    .get("type")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                let read_only = field.get("read_only").and_then(Value::as_bool);
                SCALARS.contains(&kind) && read_only != Some(true)
            })
            .map(|(name, _)| (name.clone(), json!([["not", "valid"]])))
            .collect();
        (!body.is_empty()).then_some(Value::Object(body))
    }
}

/// Cells for the writing methods of a URL that nobody tried, from the `OPTIONS` replies of several identities.
///
/// A view without a serializer has no `actions` for anybody, so their absence says something only where
/// somebody else sees them.
pub fn told(url: &str, seen: &[(String, Metadata)]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for method in TOLD {
        if !seen
            .iter()
            .any(|(_, metadata)| metadata.actions.contains_key(method))
        {
            continue;
        }
        for (identity, metadata) in seen {
            cells.push(Cell {
                url: url.to_owned(),
                method: method.to_owned(),
                identity: identity.clone(),
                answer: Answer::Told(metadata.actions.contains_key(method)),
            });
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer() -> Metadata {
        Metadata::read(
            Some("GET, POST, HEAD, OPTIONS"),
            &json!({"actions": {"POST": {
                "id": {"type": "integer", "read_only": true},
                "text": {"type": "string", "required": true, "read_only": false},
                "extra": {"type": "field", "read_only": false},
            }}}),
        )
    }

    #[test]
    fn absence_of_an_action_tells_only_beside_its_presence() {
        let reader = Metadata::read(Some("GET, POST, HEAD, OPTIONS"), &json!({"name": "X"}));
        assert!(told("/x/", &[("bob".into(), reader.clone())]).is_empty());
        let cells = told("/x/", &[("bob".into(), reader), ("alice".into(), writer())]);
        let answers: Vec<(&str, bool)> = cells
            .iter()
            .map(|cell| {
                (
                    cell.identity.as_str(),
                    matches!(cell.answer, Answer::Told(true)),
                )
            })
            .collect();
        assert_eq!(answers, [("bob", false), ("alice", true)]);
        assert!(cells.iter().all(|cell| cell.method == "POST"));
    }

    #[test]
    fn an_invalid_body_fills_the_plain_fields_only() {
        assert_eq!(
            writer().invalid_body(),
            Some(json!({"text": [["not", "valid"]]}))
        );
        assert_eq!(Metadata::default().invalid_body(), None);
    }
}
