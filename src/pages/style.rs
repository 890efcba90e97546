//! Styles of pagination, told apart by looking.

use std::fmt;
use std::str::FromStr;

use serde_json::Value;
use thiserror::Error;
use url::Url;

use super::next::Onward;
use super::plan::{Shape, shape};
use super::query::{parameter, with_parameter};

/// A style of pagination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `?page=2`.
    PageNumber,
    /// `?limit=20&offset=40`.
    LimitOffset,
    /// An opaque token, DRF's `?cursor=…` among them.
    Cursor,
    /// A `Link` header field with `rel="next"` (RFC 8288).
    LinkHeader,
    /// `links.next` beside `data` (JSON:API).
    JsonApi,
    /// One page holds all.
    Single,
}

impl Style {
    /// The styles that can be asked for, by name.
    pub const NAMES: [&'static str; 5] = [
        "page-number",
        "limit-offset",
        "cursor",
        "link-header",
        "json-api",
    ];

    /// The style's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PageNumber => "page-number",
            Self::LimitOffset => "limit-offset",
            Self::Cursor => "cursor",
            Self::LinkHeader => "link-header",
            Self::JsonApi => "json-api",
            Self::Single => "single",
        }
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no style.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("'{0}' is no style of pagination")]
pub struct StyleError(String);

impl FromStr for Style {
    type Err = StyleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [
            Self::PageNumber,
            Self::LimitOffset,
            Self::Cursor,
            Self::LinkHeader,
            Self::JsonApi,
            Self::Single,
        ]
        .into_iter()
        .find(|style| style.name() == text)
        .ok_or_else(|| StyleError(text.to_owned()))
    }
}

/// The style of a page of `rows` items, and where it can be seen: `place` is the member or field that `onward` came from.
pub(super) fn style_of(
    url: &Url,
    envelope: &Value,
    (onward, place): (&Onward, &str),
    count: Option<u64>,
    rows: Option<u64>,
) -> (Style, String) {
    if place == "Link" {
        return (
            Style::LinkHeader,
            "a Link header field (RFC 8288)".to_owned(),
        );
    }
    if place == "/links/next" || place == "/links" {
        let json_api = envelope.get("data").is_some() && envelope.get("results").is_none();
        if json_api {
            return (Style::JsonApi, "'links' beside 'data'".to_owned());
        }
    }
    let next = match onward {
        Onward::Link(link) => url.join(link).ok(),
        Onward::Parameter(name, value) => Some(with_parameter(url, name, value)),
        Onward::End | Onward::Unsaid => None,
    };
    if let Some(next) = next {
        return match shape(url, &next, rows) {
            Shape::Page { parameter } => {
                (Style::PageNumber, format!("'{place}' counts '{parameter}'"))
            }
            Shape::Offset { parameter, .. } => {
                (Style::LimitOffset, format!("'{place}' moves '{parameter}'"))
            }
            Shape::Opaque => (Style::Cursor, format!("'{place}' carries an opaque token")),
        };
    }
    let named = |name| parameter(url, name).is_some();
    match (onward, count) {
        (Onward::Unsaid, Some(_)) if named("page") => (
            Style::PageNumber,
            "a count without a link, and 'page' was asked".to_owned(),
        ),
        (Onward::Unsaid, Some(_)) => (
            Style::LimitOffset,
            "a count without a link to the next page".to_owned(),
        ),
        (Onward::Unsaid, None) => (Style::Single, "no link, no count: one page".to_owned()),
        _ if named("cursor") => (Style::Cursor, format!("'{place}' ends; 'cursor' was asked")),
        _ if named("offset") || named("limit") => (
            Style::LimitOffset,
            format!("'{place}' ends; 'limit' was asked"),
        ),
        (_, None) if place == "/next" => {
            (Style::Cursor, "'/next' ends, without a count".to_owned())
        }
        _ => (
            Style::PageNumber,
            format!("'{place}' ends on the first page"),
        ),
    }
}
