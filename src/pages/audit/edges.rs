//! Looks past the end, and at parameters that make no sense.

use serde_json::json;

use super::finding::{Finding, Severity};
use super::run::Audit;
use super::scout::Stop;
use crate::http::Url;
use crate::pages::cursor::Cursor;
use crate::pages::plan::Shape;
use crate::pages::query::{parameter, with_parameter};
use crate::pages::sizing::size_parameter;
use crate::pages::style::Style;

/// A number that no database takes as an integer.
const HUGE: &str = "99999999999999999999";

/// The cursor of a position that no field has, as no client sends it by accident.
const FORGED: &str = "no-such-value";

impl Audit {
    /// One page further than the last.
    pub(super) async fn past_the_end(&mut self) -> Result<(), Stop> {
        const ID: &str = "items-past-the-end";
        if !self.ledger.wants(&[ID]) {
            return Ok(());
        }
        let Some(url) = self.behind_the_last() else {
            self.ledger
                .skip(ID, "the page behind the last one cannot be named");
            return Ok(());
        };
        let sight = self.scout.glance(&url).await?;
        let query = url.query().unwrap_or_default().to_owned();
        if sight.status >= 500 {
            self.ledger
                .skip(ID, format!("?{query} is answered {}", sight.status));
            self.ledger.find(Finding::new(
                "parameter-error",
                format!("past the end, ?{query} is answered {}", sight.status),
                json!({"query": query, "status": sight.status}),
            ));
        } else if sight.is_page() && self.early.len() < 2 && sight.rows() > 0 {
            // One page alone does not show which parameter the list reads.
            self.ledger.skip(ID, "there is one page only");
        } else if sight.is_page() && sight.rows() > 0 {
            self.ledger.find(Finding::new(
                ID,
                format!(
                    "?{query} lies past the end and brings {} items",
                    sight.rows()
                ),
                json!({"query": query, "items": sight.rows()}),
            ));
        } else {
            let answer = if sight.is_page() {
                "an empty page".to_owned()
            } else {
                sight.status.to_string()
            };
            self.ledger
                .clear(ID, format!("?{query} is answered with {answer}"));
        }
        Ok(())
    }

    /// The page behind the last one, counted on from the last page of a whole walk, else from the count.
    fn behind_the_last(&self) -> Option<Url> {
        if let Some(plan) = self.plan() {
            return Some(plan.url(plan.pages()));
        }
        let (_, last) = self.last.as_ref().filter(|_| self.whole())?;
        let value =
            |name: &str| parameter(&last.url, name).and_then(|text| text.parse::<u64>().ok());
        match (self.shape(), self.style()) {
            (Shape::Page { parameter: name }, _) => {
                let next = value(&name)? + 1;
                Some(with_parameter(&last.url, &name, &next.to_string()))
            }
            (
                Shape::Offset {
                    parameter: name, ..
                },
                _,
            ) => {
                let next = value(&name)? + last.rows().max(1);
                Some(with_parameter(&last.url, &name, &next.to_string()))
            }
            (Shape::Opaque, Style::PageNumber | Style::LinkHeader) => Some(with_parameter(
                &last.url,
                "page",
                &(value("page").unwrap_or(1) + 1).to_string(),
            )),
            (Shape::Opaque, Style::LimitOffset) => {
                let next = value("offset").unwrap_or(0) + last.rows().max(1);
                Some(with_parameter(&last.url, "offset", &next.to_string()))
            }
            _ => None,
        }
    }

    /// Parameters that no client should send and every server gets.
    pub(super) async fn parameters(&mut self) -> Result<(), Stop> {
        const ID: &str = "parameter-error";
        if !self.ledger.wants(&[ID]) {
            return Ok(());
        }
        let Some(first) = self.first() else {
            return Ok(());
        };
        let style = self.style();
        let position = match self.shape() {
            Shape::Page { parameter } | Shape::Offset { parameter, .. } => Some(parameter),
            Shape::Opaque => match style {
                Style::PageNumber | Style::LinkHeader => Some("page".to_owned()),
                Style::JsonApi => Some("page[number]".to_owned()),
                Style::LimitOffset => Some("offset".to_owned()),
                Style::Cursor | Style::Single => None,
            },
        };
        let size = self.resizes.as_ref().map_or_else(
            || size_parameter(&first.url, style),
            |(name, _)| name.clone(),
        );
        let mut tries: Vec<(String, &str)> = Vec::new();
        if let Some(position) = position {
            tries.extend(["0", "-1", "abc", HUGE].map(|value| (position.clone(), value)));
        }
        if style == Style::Cursor {
            tries.extend(["!!!!", "abc"].map(|value| ("cursor".to_owned(), value)));
        }
        if style != Style::Single {
            tries.extend(["0", "-1", "abc"].map(|value| (size.clone(), value)));
        }
        // A list without a cap would answer with all of it.
        if style != Style::Single && (self.bounded || self.whole() && self.early.len() < 2) {
            tries.push((size, HUGE));
        }
        let asked = tries.len();
        for (name, value) in tries {
            let status = self
                .scout
                .glance(&with_parameter(&first.url, &name, value))
                .await?
                .status;
            if status >= 500 {
                self.five_hundred(&name, value, status);
            }
        }
        if first.next.as_ref().and_then(Cursor::of).is_some() {
            self.forged_cursor(&first.url).await?;
        }
        if asked > 0 {
            self.ledger
                .clear(ID, format!("{asked} values, none answered 5xx"));
        } else {
            self.ledger.skip(ID, "the list has no page parameters");
        }
        Ok(())
    }

    /// Stock DRF hands the position of a cursor to the database unchecked.
    async fn forged_cursor(&mut self, first: &Url) -> Result<(), Stop> {
        let cursor = Cursor {
            position: Some(FORGED.to_owned()),
            ..Cursor::default()
        };
        let url = with_parameter(first, "cursor", &cursor.encode());
        let status = self.scout.glance(&url).await?.status;
        if status >= 500 {
            self.ledger.find(
                Finding::new(
                    "parameter-error",
                    format!("a forged cursor at position '{FORGED}' is answered {status}, as stock DRF does"),
                    json!({"parameter": "cursor", "position": FORGED, "status": status}),
                )
                .weighing(Severity::Info),
            );
        }
        Ok(())
    }
}
