//! Rows that a list shows and that are refused one by one. Pure.
//!
//! DRF runs object permissions on detail views only: a list shows whatever its queryset holds, and a view
//! that relies on `has_object_permission` alone shows other people's rows there.

use serde_json::{Value, json};

use super::matrix::{Cell, Finding, Meaning};

/// The names of a row's key, likeliest first.
const KEYS: [&str; 5] = ["id", "pk", "uuid", "slug", "key"];

/// A list that somebody was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The URL of the list.
    pub url: String,
    /// Who was shown it.
    pub identity: String,
    /// The URLs of its first rows.
    pub rows: Vec<String>,
}

impl Listing {
    /// Reads a list: a bare array, or `results`, `items`, `data` of an envelope. `None` where no row has an
    /// address of its own.
    pub fn read(url: &str, identity: &str, body: &Value, most: usize) -> Option<Self> {
        let items = ["results", "items", "data"]
            .iter()
            .find_map(|name| body.get(*name)?.as_array())
            .or_else(|| body.as_array())?;
        let rows: Vec<String> = items
            .iter()
            .take(most)
            .filter_map(|item| row_url(url, item))
            .collect();
        (!rows.is_empty()).then(|| Self {
            url: url.to_owned(),
            identity: identity.to_owned(),
            rows,
        })
    }
}

/// A row's own `url`, else the list's path and the row's key, with a slash where the list has one.
fn row_url(list: &str, item: &Value) -> Option<String> {
    if let Some(url) = item.get("url").and_then(Value::as_str)
        && ["http://", "https://", "/"]
            .iter()
            .any(|start| url.starts_with(start))
    {
        return Some(url.to_owned());
    }
    let key = KEYS.iter().find_map(|name| match item.get(*name)? {
        Value::String(text) if is_plain(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })?;
    let path = list.split(['?', '#']).next().unwrap_or(list);
    let slash = if path.ends_with('/') { "/" } else { "" };
    Some(format!("{}/{key}{slash}", path.trim_end_matches('/')))
}

/// Whether a key can stand in a path as it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~'))
}

/// Lists of which somebody sees rows that are refused to the same identity one by one. `cells` are the answers
/// to the rows' own URLs.
pub fn row_findings(listings: &[Listing], cells: &[Cell]) -> Vec<Finding> {
    listings
        .iter()
        .filter_map(|listing| {
            let meaning_of = |row: &String| {
                cells
                    .iter()
                    .find(|cell| cell.url == *row && cell.identity == listing.identity)
                    .and_then(Cell::meaning)
            };
            let meanings: Vec<(&String, Meaning)> = listing
                .rows
                .iter()
                .filter_map(|row| Some((row, meaning_of(row)?)))
                .collect();
            let shown = meanings
                .iter()
                .any(|(_, meaning)| *meaning == Meaning::Allowed);
            let refused: Vec<&String> = meanings
                .iter()
                .filter(|(_, meaning)| match meaning {
                    Meaning::Forbidden
                    | Meaning::Unauthenticated
                    | Meaning::HiddenUnauthenticated => true,
                    // Without a single row that opens, the guess of the address is what is wrong.
                    Meaning::NotFound => shown,
                    _ => false,
                })
                .map(|(row, _)| *row)
                .collect();
            if refused.is_empty() {
                return None;
            }
            Some(Finding {
                id: "list-leaks-rows",
                severity: "high",
                message: format!(
                    "{} shows {} {} rows of {} that are refused one by one; filter the queryset of the list by owner",
                    listing.url,
                    listing.identity,
                    refused.len(),
                    meanings.len()
                ),
                evidence: json!({
                    "url": listing.url,
                    "identity": listing.identity,
                    "asked": meanings.len(),
                    "refused": refused,
                }),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::matrix::{Answer, Observed};

    #[test]
    fn rows_are_found_by_their_url_or_their_key() {
        let body = json!({"results": [{"id": 7}, {"url": "http://h/notes/8/"}, {"name": "x"}]});
        let listing = Listing::read("/notes/?page=2", "bob", &body, 10).unwrap();
        assert_eq!(listing.rows, ["/notes/7/", "http://h/notes/8/"]);
        assert!(Listing::read("/notes/", "bob", &json!([{"a": 1}]), 10).is_none());
    }

    fn cell(row: &str, status: u16) -> Cell {
        Cell {
            url: row.to_owned(),
            method: "GET".to_owned(),
            identity: "bob".to_owned(),
            answer: Answer::Observed(Observed {
                status,
                ..Observed::default()
            }),
        }
    }

    #[test]
    fn a_row_in_the_list_that_is_refused_alone_is_a_leak() {
        let body = json!([{"id": 1}, {"id": 2}]);
        let listings = [Listing::read("/n/", "bob", &body, 10).unwrap()];
        let leak = row_findings(&listings, &[cell("/n/1/", 200), cell("/n/2/", 403)]);
        assert_eq!(leak[0].evidence["refused"], json!(["/n/2/"]));
        assert!(row_findings(&listings, &[cell("/n/1/", 200), cell("/n/2/", 200)]).is_empty());
        assert!(
            row_findings(&listings, &[cell("/n/1/", 404), cell("/n/2/", 404)]).is_empty(),
            "no detail route at all"
        );
    }
}
