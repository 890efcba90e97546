//! The walk of an audit: what is kept of each page, and what the whole of it says.

use serde_json::json;

use super::finding::Finding;
use super::run::{Audit, Stopped};
use super::scout::Sight;
use crate::pages::cursor::Cursor;
use crate::pages::error::WalkError;
use crate::pages::style::Style;
use crate::pages::walk::Batch;

/// How many of the first pages are kept.
const EARLY: usize = 3;

impl Audit {
    /// Takes note of a page of the walk.
    pub(super) fn take(&mut self, batch: Batch) {
        let page = batch.page;
        let ids: Vec<String> = batch
            .items
            .iter()
            .map(|item| self.sightings.see(item, page))
            .collect();
        let sight = Sight::read(
            batch.url,
            batch.headers,
            &batch.envelope,
            &self.scout.hints,
            ids,
            batch.timing.total_s,
            batch.items.size() as u64,
        );
        if let Some(cursor) = sight.next.as_ref().and_then(Cursor::of)
            && let Some(position) = cursor.position
        {
            self.point(page, &position, &batch.items);
        }
        self.compare_sizes(page, sight.rows());
        if self.early.len() < EARLY {
            self.early.push(sight.clone());
        }
        self.last = Some((page, sight));
    }

    fn point(&mut self, page: u64, position: &str, items: &crate::pages::items::Items) {
        if position == "None" {
            self.ledger.find(Finding::new(
                "null-ordering",
                format!("the cursor behind page {page} points at 'None': the ordering field is null there"),
                json!({"page": page, "position": position}),
            ));
        }
        self.sightings.point(position, items.iter());
    }

    /// The page before this one was not the last: it should have been full.
    fn compare_sizes(&mut self, page: u64, following: u64) {
        let (Some(first), Some((before, earlier))) = (self.early.first(), &self.last) else {
            return;
        };
        let (granted, rows) = (first.rows(), earlier.rows());
        let evidence = json!({"page": before, "items": rows, "first_page": granted});
        let finding = if rows == 0 {
            Finding::new(
                "empty-page",
                format!("page {before} holds no item, and page {page} follows it"),
                evidence,
            )
        } else if rows < granted && following > 0 {
            Finding::new(
                "uneven-pages",
                format!(
                    "page {before} holds {rows} items, the first page {granted}, and more pages follow"
                ),
                evidence,
            )
        } else {
            return;
        };
        if !self.ledger.has(finding.id) {
            self.ledger.find(finding);
        }
    }

    /// The walk ended with an error: a finding, or the end of the audit.
    pub(super) fn broke_off(&mut self, error: WalkError) {
        let id = match &error {
            WalkError::Cycle { .. } => "cycle",
            WalkError::Link { .. } | WalkError::Redirect { .. } => "foreign-next",
            WalkError::Shrunk { .. } => "shrinking-list",
            WalkError::Ignored { .. } => "ignored-parameter",
            WalkError::Body { .. } | WalkError::MediaType { .. } | WalkError::TooLarge { .. } => {
                "malformed-page"
            }
            WalkError::Status { status: 500.., .. } => {
                return self.broken_page(&error);
            }
            _ => {
                self.stopped = Some(Stopped::Walk(error));
                return;
            }
        };
        self.ledger
            .find(Finding::new(id, error.to_string(), json!({})));
    }

    /// A page in the middle is answered 5xx: null in the ordering field is what DRF's cursors trip over.
    fn broken_page(&mut self, error: &WalkError) {
        let null = match self.style() {
            Style::Cursor => self
                .sightings
                .null_ordering()
                .or_else(|| self.sightings.always_null()),
            _ => None,
        };
        let finding = match null {
            Some(member) => Finding::new(
                "null-ordering",
                format!("{error}, behind items whose '{member}' is null"),
                json!({"member": member}),
            ),
            None => Finding::new("error-in-mid-walk", error.to_string(), json!({})),
        };
        self.ledger.find(finding);
    }

    /// What the walk as a whole says.
    pub(super) fn judge_walk(&mut self) {
        for fault in self.walk.faults().to_vec() {
            for finding in Finding::of_fault(&fault) {
                self.ledger.find(finding);
            }
        }
        let tally = self.walk.tally().clone();
        if tally.first_count != tally.count {
            let shown =
                |count: Option<u64>| count.map_or_else(|| "none".to_owned(), |n| n.to_string());
            self.ledger.find(Finding::new(
                "count-drift",
                format!(
                    "the count went from {} to {} while walking",
                    shown(tally.first_count),
                    shown(tally.count)
                ),
                json!({"first": tally.first_count, "last": tally.count}),
            ));
        }
        let broken = !tally.ended && self.walk.stopped().is_none();
        if tally.ended
            && let Some((page, last)) = &self.last
            && last.rows() == 0
            && *page > 1
            && self.early.last().is_some_and(|early| early.next.is_some())
        {
            self.ledger.find(Finding::new(
                "empty-page",
                format!("page {page}, the last one, holds no item"),
                json!({"page": page, "items": 0}),
            ));
        }
        let still = tally.first_count == tally.count;
        let count = tally.expected().filter(|_| tally.ended && still);
        let judged = [
            self.sightings.judge_doubles(),
            count.and_then(|count| self.sightings.judge_count(count)),
            self.sightings.judge_shapes(),
        ];
        for finding in judged.into_iter().flatten() {
            self.ledger.find(finding);
        }
        if let Some(member) = self.sightings.null_ordering() {
            let finding = Finding::new(
                "null-ordering",
                format!("cursors point into '{member}', which is null in some items"),
                json!({"member": member}),
            );
            self.ledger.find(finding);
        }
        self.clear_walked(count, broken);
    }

    /// Enters what the walk did not find, with what it looked at.
    fn clear_walked(&mut self, count: Option<u64>, broken: bool) {
        let tally = self.walk.tally().clone();
        let seen = format!("{} items on {} pages", tally.items, tally.pages);
        for id in ["duplicate-items", "schema-drift", "malformed-page"] {
            self.ledger.clear(id, seen.clone());
        }
        match count {
            Some(count) => {
                for id in ["count-mismatch", "missing-items"] {
                    self.ledger.clear(id, format!("{count} counted, {seen}"));
                }
            }
            None if tally.count.is_none() => {
                for id in ["count-mismatch", "count-drift"] {
                    self.ledger.skip(id, "the server gives no count");
                }
            }
            None => {}
        }
        if tally.count.is_some() {
            self.ledger
                .clear("count-drift", format!("the same on {} pages", tally.pages));
        }
        if tally.pages < 2 {
            for id in LINKED {
                self.ledger.skip(id, "there is one page only");
            }
            return;
        }
        for id in LINKED {
            if broken {
                self.ledger.skip(
                    id,
                    format!("the walk broke off behind page {}", tally.pages),
                );
            } else {
                self.ledger.clear(id, format!("{} pages", tally.pages));
            }
        }
        if self.style() != Style::Cursor {
            self.ledger.skip(
                "null-ordering",
                "pages are not named by the value of a field",
            );
        } else if self.sightings.knows_ordering() {
            self.ledger.clear("null-ordering", seen);
        } else {
            self.ledger
                .skip("null-ordering", "no member shows what the cursors point at");
        }
    }
}

/// Kinds that take more than one page to see.
const LINKED: [&str; 12] = [
    "cycle",
    "ignored-parameter",
    "shrinking-list",
    "foreign-next",
    "wrong-scheme-in-next",
    "wrong-host-in-next",
    "wrong-port-in-next",
    "wrong-path-in-next",
    "leaked-internal-host",
    "error-in-mid-walk",
    "empty-page",
    "uneven-pages",
];
