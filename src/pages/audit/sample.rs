//! Looks at the middle and the end of a list that is too long to be walked.

use serde_json::json;

use super::finding::Finding;
use super::run::Audit;
use super::scout::{Sight, Stop};
use crate::pages::cursor::Cursor;
use crate::pages::query::with_parameter;

impl Audit {
    /// Two neighbours in the middle, and the last page; for stock cursors the last page alone.
    pub(super) async fn sample(&mut self) -> Result<(), Stop> {
        let wanted = ["duplicate-items", "count-mismatch", "schema-drift", "cycle"];
        if self.whole() || self.walk.stopped().is_none() || !self.ledger.wants(&wanted) {
            return Ok(());
        }
        let Some(first) = self.first() else {
            return Ok(());
        };
        if let Some(plan) = self.plan() {
            let walked = self.walk.tally().pages;
            let last = plan.pages() - 1;
            let middle = walked.max(plan.pages() / 2);
            let mut numbers = vec![middle, middle + 1, last];
            numbers.retain(|number| (walked..=last).contains(number));
            numbers.dedup();
            for number in numbers {
                let sight = self.scout.glance(&plan.url(number)).await?;
                self.take_sample(number, last, &first, &sight);
            }
            self.judge_sample();
        } else if first.next.as_ref().and_then(Cursor::of).is_some() {
            self.end_of_cursors(&first).await?;
        }
        Ok(())
    }

    fn take_sample(&mut self, number: u64, last: u64, first: &Sight, sight: &Sight) {
        let page = number + 1;
        self.sampled.push(page);
        let granted = first.rows();
        let count = first.count.unwrap_or_default();
        let expected = if number == last {
            count.saturating_sub(last * granted)
        } else {
            granted
        };
        for item in &sight.items {
            self.sightings.see(item, page);
        }
        if sight.status >= 500 {
            self.ledger.find(Finding::new(
                "error-in-mid-walk",
                format!("page {page} is answered {}", sight.status),
                json!({"page": page, "status": sight.status}),
            ));
            return;
        }
        if sight.count.is_some() && sight.count != first.count {
            self.ledger.find(Finding::new(
                "count-drift",
                format!(
                    "the count went from {count} to {} while looking",
                    sight.count.unwrap_or_default()
                ),
                json!({"first": first.count, "last": sight.count}),
            ));
        } else if sight.rows() != expected || (number == last && sight.next.is_some()) {
            self.ledger.find(Finding::new(
                "count-mismatch",
                format!(
                    "the server counts {count} items, so page {page} of {} should hold {expected}: it holds {}{}",
                    last + 1,
                    sight.rows(),
                    if sight.next.is_some() && number == last { ", and more pages follow" } else { "" }
                ),
                json!({"count": count, "page": page, "expected": expected, "items": sight.rows(), "status": sight.status}),
            ));
        }
    }

    fn judge_sample(&mut self) {
        let judged = [
            self.sightings.judge_doubles(),
            self.sightings.judge_shapes(),
        ];
        for finding in judged.into_iter().flatten() {
            if !self.ledger.has(finding.id) {
                self.ledger.find(finding);
            }
        }
        let pages: Vec<String> = self.sampled.iter().map(ToString::to_string).collect();
        let seen = format!(
            "the first {} pages and pages {}",
            self.walk.tally().pages,
            pages.join(", ")
        );
        for id in [
            "duplicate-items",
            "schema-drift",
            "count-drift",
            "count-mismatch",
        ] {
            self.ledger.clear(id, seen.clone());
        }
    }

    /// `r=1` alone is the last page of a stock cursor. Where values tie, the cursor behind the cutoff must move on.
    async fn end_of_cursors(&mut self, first: &Sight) -> Result<(), Stop> {
        let at = |cursor: &Cursor| with_parameter(&first.url, "cursor", &cursor.encode());
        let end = Cursor {
            reverse: true,
            ..Cursor::default()
        };
        let sight = self.scout.glance(&at(&end)).await?;
        for item in &sight.items {
            self.sightings.see(item, 0);
        }
        let tied = self
            .last
            .as_ref()
            .and_then(|(_, last)| Cursor::of(last.next.as_ref()?))
            .filter(|cursor| cursor.offset > 0);
        if let Some(tied) = tied {
            let behind = at(&Cursor {
                offset: crate::pages::OFFSET_CUTOFF,
                ..tied.clone()
            });
            let sight = self.scout.glance(&behind).await?;
            let onward = sight.next.as_ref().and_then(Cursor::of);
            let stuck = onward.is_some_and(|onward| {
                onward.position == tied.position && onward.offset > crate::pages::OFFSET_CUTOFF
            });
            if stuck {
                self.ledger.find(Finding::new(
                    "cycle",
                    format!(
                        "more than {} rows share the ordering value '{}', which CursorPagination cannot pass (offset_cutoff): behind it next names the same page for ever",
                        crate::pages::OFFSET_CUTOFF,
                        tied.position.as_deref().unwrap_or("of the first row"),
                    ),
                    json!({"position": tied.position, "offset": tied.offset}),
                ));
            }
        }
        if let Some(finding) = self.sightings.judge_shapes() {
            self.ledger.find(finding);
        }
        Ok(())
    }
}
