//! What an OpenAPI document claims of authentication. Pure.

use serde_json::{Value, json};

use super::matrix::{Answer, Cell, Finding, Meaning};
use super::policy::{Expected, Rule};

/// One operation that can be asked without knowing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The path, with the path of the first of `servers`.
    pub url: String,
    /// The method, in capitals.
    pub method: String,
    /// Whether the document demands credentials: a `security` without the empty requirement `{}`
    /// (OpenAPI 3.1 §4.8.30).
    pub secured: bool,
}

/// The operations of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// Those whose address is complete.
    pub operations: Vec<Claim>,
    /// Paths left out because a parameter has no value.
    pub incomplete: Vec<String>,
}

impl Claims {
    /// Reads a document; `values` fill the parameters of paths. `None` when it has no `paths`.
    pub fn read(document: &Value, values: &[(String, String)]) -> Option<Self> {
        let paths = document.get("paths")?.as_object()?;
        let prefix = prefix(document);
        let everywhere = document.get("security");
        let mut claims = Self::default();
        for (template, operations) in paths {
            let Some(operations) = operations.as_object() else {
                continue;
            };
            let Some(path) = fill(template, values) else {
                claims.incomplete.push(template.clone());
                continue;
            };
            // Not `delete`: no body can keep it from being carried out.
            for method in ["get", "head", "options", "post", "put", "patch"] {
                let Some(operation) = operations.get(method) else {
                    continue;
                };
                claims.operations.push(Claim {
                    url: format!("{prefix}{path}"),
                    method: method.to_ascii_uppercase(),
                    secured: demands(operation.get("security").or(everywhere)),
                });
            }
        }
        Some(claims)
    }

    /// Where reality is otherwise than the document says, as far as nobody was asked.
    pub fn contradicted(&self, cells: &[Cell]) -> Vec<Finding> {
        self.operations
            .iter()
            .filter_map(|claim| {
                let cell = cells.iter().find(|cell| {
                    cell.identity == "anon" && cell.url == claim.url && cell.method == claim.method
                })?;
                claim.contradicted(cell)
            })
            .collect()
    }
}

impl Claim {
    fn contradicted(&self, cell: &Cell) -> Option<Finding> {
        let told = match &cell.answer {
            // OPTIONS is told with permissions for its own action (`self.action`), which may be others
            Answer::Observed(seen) => format!("is answered {}", seen.status),
            _ => return None,
        };
        let meaning = cell.meaning();
        let open = matches!(
            meaning,
            None | Some(Meaning::Allowed | Meaning::StoppedByBody)
        );
        let closed = matches!(
            meaning,
            Some(Meaning::Unauthenticated | Meaning::HiddenUnauthenticated | Meaning::Forbidden)
        );
        let operation = format!("{} {}", self.method, self.url);
        let (id, severity, message) = if self.secured && open {
            (
                "open-though-secured",
                "high",
                format!("{operation}: anon {told}, though the document claims security"),
            )
        } else if !self.secured && closed {
            (
                "secured-though-open",
                "low",
                format!(
                    "{operation}: anon {told}, though the document says that no credential is needed"
                ),
            )
        } else {
            return None;
        };
        Some(Finding {
            id,
            severity,
            message,
            evidence: json!({
                "url": self.url,
                "method": self.method,
                "secured": self.secured,
                "status": cell.observed().map(|seen| seen.status),
            }),
        })
    }

    /// What nobody is to be answered, if the claim is true.
    pub fn rule(&self) -> Rule {
        Rule {
            url: self.url.clone(),
            method: self.method.clone(),
            identity: "anon".to_owned(),
            expected: if self.secured {
                Expected::refused()
            } else {
                Expected::open()
            },
            data: None,
        }
    }
}

fn demands(security: Option<&Value>) -> bool {
    let Some(alternatives) = security.and_then(Value::as_array) else {
        return false;
    };
    !alternatives.is_empty()
        && alternatives
            .iter()
            .all(|alternative| alternative.as_object().is_some_and(|one| !one.is_empty()))
}

fn prefix(document: &Value) -> String {
    let server = document
        .pointer("/servers/0/url")
        .and_then(Value::as_str)
        .unwrap_or_default();
    // The document may describe production; only the path says anything about the API at hand.
    let path = match server.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => server,
    };
    path.trim_end_matches('/').to_owned()
}

fn fill(template: &str, values: &[(String, String)]) -> Option<String> {
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        let (_, value) = values.iter().find(|(known, _)| known == name)?;
        path += before;
        path += value;
        rest = after;
    }
    Some(path + rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn claims_are_contradicted_by_what_nobody_is_answered() {
        let claims = Claims {
            operations: [("/a/", true), ("/b/", false), ("/c/", true), ("/d/", false)]
                .map(|(url, secured)| Claim {
                    url: url.to_owned(),
                    method: "GET".to_owned(),
                    secured,
                })
                .into(),
            incomplete: Vec::new(),
        };
        let cell = |url: &str, status| Cell {
            url: url.to_owned(),
            method: "GET".to_owned(),
            identity: "anon".to_owned(),
            answer: Answer::Observed(crate::access::Observed {
                status,
                ..crate::access::Observed::default()
            }),
        };
        let cells = [
            cell("/a/", 200),
            cell("/b/", 401),
            cell("/c/", 404),
            cell("/d/", 500),
        ];
        let found = claims.contradicted(&cells);
        let ids: Vec<&str> = found.iter().map(|finding| finding.id).collect();
        assert_eq!(ids, ["open-though-secured", "secured-though-open"]);
    }

    #[test]
    fn security_of_the_operation_wins_over_that_of_the_document() {
        let document = json!({
            "servers": [{"url": "https://api.example.com/v1/"}],
            "security": [{"jwtAuth": []}],
            "paths": {
                "/secret/": {"get": {}},
                "/either/": {"get": {"security": [{"jwtAuth": []}, {}]}},
                "/open/": {"get": {"security": []}, "post": {}},
                "/notes/{id}/": {"get": {}},
                "/drafts/{uid}/": {"get": {}},
            },
        });
        let claims = Claims::read(&document, &[("id".into(), "7".into())]).unwrap();
        let seen: Vec<(&str, &str, bool)> = claims
            .operations
            .iter()
            .map(|claim| (claim.method.as_str(), claim.url.as_str(), claim.secured))
            .collect();
        assert_eq!(
            seen,
            [
                ("GET", "/v1/secret/", true),
                ("GET", "/v1/either/", false),
                ("GET", "/v1/open/", false),
                ("POST", "/v1/open/", true),
                ("GET", "/v1/notes/7/", true),
            ]
        );
        assert_eq!(claims.incomplete, ["/drafts/{uid}/"]);
        assert_eq!(Claims::read(&json!({"a": 1}), &[]), None);
    }
}
