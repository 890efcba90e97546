//! What rows and depth cost: SQL queries where the server tells them, else time.

use serde_json::json;

use super::finding::{Finding, Severity};
use super::run::Audit;
use super::scout::{Sight, Stop};
use crate::http::Url;
use crate::pages::query::with_parameter;
use crate::pages::timing::{DEEP, Doubt, Pairs, ROWS, fit};

const ROW: &str = "n-plus-one";
const DEPTH: &str = "deep-offset-cost";

/// Pages that are compared by time hold at least so many rows, or a row's cost drowns.
const ENOUGH: u64 = 20;
/// The rows of the larger page that is timed.
const MANY: u64 = 100;
/// Rows before the last page from which on depth is looked at.
const DEEP_ENOUGH: u64 = 1_000;

impl Audit {
    /// Whether each row costs a query of its own.
    pub(super) async fn cost_of_rows(&mut self) -> Result<(), Stop> {
        if !self.ledger.wants(&[ROW]) {
            return Ok(());
        }
        let Some(first) = self.first() else {
            return Ok(());
        };
        let urls = self.two_sizes(&first);
        let Some((small, large)) = urls else {
            self.ledger
                .skip(ROW, "pages of two sizes are needed to see what a row costs");
            return Ok(());
        };
        let (small, large) = (small, large);
        let one = self.scout.glance(&small).await?;
        let two = self.scout.glance(&large).await?;
        if !(one.is_page() && two.is_page() && two.rows() > one.rows() + 1) {
            self.ledger
                .skip(ROW, "pages of two sizes are needed to see what a row costs");
            return Ok(());
        }
        if let (Some(few), Some(many)) = (one.queries, two.queries) {
            // A first request may fill caches: the smaller page is counted again.
            let few = self.scout.glance(&small).await?.queries.unwrap_or(few);
            self.by_queries((one.rows(), few), (two.rows(), many));
            return Ok(());
        }
        if two.rows() < ENOUGH {
            self.ledger.skip(
                ROW,
                "pages are too small to tell a query from a row by time, and the server sends no Server-Timing",
            );
            return Ok(());
        }
        self.by_time(&small, &large, &one, &two).await
    }

    /// A small and a large page; where the size is fixed, the last page and the first.
    fn two_sizes(&self, first: &Sight) -> Option<(Url, Url)> {
        if let Some((name, most)) = &self.resizes {
            let sized = |size: u64| with_parameter(&first.url, name, &size.to_string());
            let large = MANY.max(first.rows()).min(*most);
            let small = (large / 20).max(1);
            return (large > small + 1).then(|| (sized(small), sized(large)));
        }
        let (_, last) = self.last.as_ref().filter(|_| self.whole())?;
        (last.rows() + 1 < first.rows()).then(|| (last.url.clone(), first.url.clone()))
    }

    fn by_queries(&mut self, few: (u64, u64), many: (u64, u64)) {
        let points = [few, many].map(|(rows, queries)| (as_f64(rows), as_f64(queries)));
        let Some(line) = fit(&points) else {
            return;
        };
        if line.slope >= 0.5 {
            self.ledger.find(Finding::new(
                ROW,
                format!(
                    "{} SQL queries for {} rows, {} for {}: {:.0} + {:.0} per row",
                    few.1, few.0, many.1, many.0, line.fixed.max(0.0), line.slope
                ),
                json!({"source": "server-timing", "rows": [few.0, many.0], "queries": [few.1, many.1], "per_row": line.slope}),
            ));
        } else {
            self.ledger.clear(
                ROW,
                format!(
                    "{} SQL queries for {} rows, {} for {}",
                    few.1, few.0, many.1, many.0
                ),
            );
        }
    }

    async fn by_time(
        &mut self,
        small: &Url,
        large: &Url,
        one: &Sight,
        two: &Sight,
    ) -> Result<(), Stop> {
        let rows = two.rows() - one.rows();
        let mut pairs = Pairs::new();
        let rule = ROWS
            .scaled(rows, one.rows())
            .for_members(self.sightings.members());
        let doubt = self.time(&mut pairs, small, large, rule).await?;
        if pairs.is_empty() {
            self.ledger.skip(ROW, "a page that was there is no more");
            return Ok(());
        }
        let (low, high) = pairs.least();
        let per_row = (high - low) / as_f64(rows);
        let seen = format!(
            "{} rows take {low:.1} ms, {} take {high:.1} ms: {per_row:.2} ms per row",
            one.rows(),
            two.rows()
        );
        if doubt == Doubt::Confirmed {
            self.ledger.find(Finding::new(
                ROW,
                format!("{seen}, as much as a query for each; the server sends no Server-Timing, so it may be an expensive serializer"),
                json!({"source": "slope", "rows": [one.rows(), two.rows()], "ms": [low, high], "ms_per_row": per_row, "pairs": pairs.len()}),
            ).weighing(Severity::Low));
        } else {
            self.ledger.clear(ROW, seen);
        }
        Ok(())
    }

    /// Times two URLs in turn until the answer is settled.
    async fn time(
        &self,
        pairs: &mut Pairs,
        near: &Url,
        far: &Url,
        rule: crate::pages::timing::Rule,
    ) -> Result<Doubt, Stop> {
        while !pairs.is_settled(rule) {
            let one = self.scout.glance(near).await?;
            let two = self.scout.glance(far).await?;
            if one.is_page() && two.is_page() {
                pairs.push(one.total_ms, two.total_ms);
            } else {
                return Ok(Doubt::Cleared);
            }
        }
        Ok(pairs.doubt(rule))
    }

    /// Whether late pages take longer than early ones.
    pub(super) async fn cost_of_depth(&mut self) -> Result<(), Stop> {
        if !self.ledger.wants(&[DEPTH]) {
            return Ok(());
        }
        let Some(plan) = self.plan() else {
            let why = if self.early.len() < 2 {
                "there is one page only"
            } else {
                "late pages cannot be named without walking there"
            };
            self.ledger.skip(DEPTH, why);
            return Ok(());
        };
        // The last page may be short: the one before it is as full as the second.
        let late = plan.pages().saturating_sub(2);
        let before = late * self.first().map_or(0, |first| first.rows());
        if before < DEEP_ENOUGH {
            self.ledger.skip(
                DEPTH,
                format!("{before} rows before the last page are too few"),
            );
            return Ok(());
        }
        let mut pairs = Pairs::new();
        let doubt = self
            .time(&mut pairs, &plan.url(1), &plan.url(late), DEEP)
            .await?;
        if pairs.is_empty() {
            self.ledger.skip(DEPTH, "the late page is no page");
            return Ok(());
        }
        let (near, far) = pairs.least();
        let seen = format!("page 2 takes {near:.1} ms, page {} {far:.1} ms", late + 1);
        if doubt == Doubt::Confirmed {
            self.ledger.find(Finding::new(
                DEPTH,
                seen,
                json!({"pages": [2, late + 1], "ms": [near, far], "rows_before": before, "pairs": pairs.len()}),
            ));
        } else {
            self.ledger.clear(DEPTH, seen);
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "rows and queries of one page")]
fn as_f64(number: u64) -> f64 {
    number as f64
}
