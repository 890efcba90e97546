//! Looks at pages again, and back.

use std::collections::HashSet;

use serde_json::json;

use super::finding::Finding;
use super::run::Audit;
use super::scout::{Sight, Stop};
use super::sightings::is_nameless;
use crate::pages::origin::resolve;

/// What a second look at a page showed.
#[derive(Debug, PartialEq, Eq)]
enum Again {
    Same,
    /// Rows came or went, the others stand in the same order.
    Moved,
    Shuffled,
}

/// Compares two looks at one page.
fn again(first: &[String], second: &[String]) -> Again {
    if first == second {
        return Again::Same;
    }
    let common = |from: &[String], other: &[String]| -> Vec<String> {
        let other: HashSet<&String> = other.iter().collect();
        from.iter()
            .filter(|id| other.contains(id))
            .cloned()
            .collect()
    };
    let (kept, there) = (common(first, second), common(second, first));
    // A page that was moved keeps at least half of its rows, in their order.
    if kept == there && kept.len() * 2 >= first.len() && first.len() > 1 && kept.len() < first.len()
    {
        Again::Moved
    } else {
        Again::Shuffled
    }
}

impl Audit {
    /// The same page, asked again at once, must hold the same items in the same order.
    pub(super) async fn order(&mut self) -> Result<(), Stop> {
        // A page that is another one each time makes the later comparisons worthless.
        let wanted = [
            "unstable-order",
            "count-drift",
            "previous-asymmetry",
            "missing-items",
        ];
        if !self.ledger.wants(&wanted) {
            return Ok(());
        }
        let mut pages: Vec<(u64, Sight)> = (1..).zip(self.early.iter().take(2).cloned()).collect();
        if let Some((number, last)) = self.last.clone().filter(|(number, _)| *number > 2) {
            pages.push((number, last));
        }
        let looked = pages.len();
        for (number, page) in pages {
            let second = self.scout.glance(&page.url).await?;
            if !second.is_page() || again(&page.ids, &second.ids) == Again::Same {
                continue;
            }
            // Rows that came meanwhile move a page once; an order that is none differs every time.
            let third = self.scout.glance(&page.url).await?;
            let settled = third.ids == second.ids;
            if settled && again(&page.ids, &second.ids) == Again::Moved {
                self.ledger.find(Finding::new(
                    "count-drift",
                    format!(
                        "the list changes: rows of page {number} came or went between two looks"
                    ),
                    json!({"page": number, "first": page.count, "last": second.count}),
                ));
                continue;
            }
            if page.ids.iter().any(|id| is_nameless(id)) {
                let why = "rows without an id, url or slug may show something else whenever they are asked for";
                self.ledger.skip("unstable-order", why);
                self.ledger.skip("previous-asymmetry", why);
                return Ok(());
            }
            let mut sets = (second.ids.clone(), page.ids.clone());
            sets.0.sort_unstable();
            sets.1.sort_unstable();
            self.ledger.find(Finding::new(
                "unstable-order",
                format!(
                    "page {number} held other items, or in another order, when looked at again"
                ),
                json!({"page": number, "same_items": sets.0 == sets.1}),
            ));
            break;
        }
        self.ledger
            .clear("unstable-order", format!("{looked} pages twice"));
        Ok(())
    }

    /// `previous` of a page must lead to the page before it.
    pub(super) async fn way_back(&mut self) -> Result<(), Stop> {
        const ID: &str = "previous-asymmetry";
        if !self.ledger.wants(&[ID]) {
            return Ok(());
        }
        if self.ledger.has("unstable-order") {
            self.ledger.skip(ID, "the order is unstable");
            return Ok(());
        }
        if self.ledger.is_skipped(ID) {
            return Ok(());
        }
        let early = self.early.clone();
        let mut looked = 0;
        for (number, pair) in (2_u64..).zip(early.windows(2)) {
            let Some(previous) = &pair[1].previous else {
                continue;
            };
            let Ok(followed) = resolve(&pair[1].url, previous) else {
                self.ledger.find(Finding::new(
                    ID,
                    format!("previous of page {number} leads to another origin"),
                    json!({"page": number, "previous": previous}),
                ));
                continue;
            };
            looked += 1;
            let back = self.scout.glance(&followed.url).await?;
            if !back.is_page() || back.ids != pair[0].ids {
                self.ledger.find(Finding::new(
                    ID,
                    format!("previous of page {number} does not lead back to page {}", number - 1),
                    json!({"page": number, "status": back.status, "items": back.rows(), "expected": pair[0].rows(), "previous": followed.url.as_str()}),
                ));
                break;
            }
        }
        if looked > 0 {
            self.ledger.clear(ID, format!("{looked} pages back"));
        } else {
            self.ledger.skip(ID, "no page links back");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_came_is_told_from_a_shuffle() {
        let ids = |text: &str| -> Vec<String> { text.chars().map(String::from).collect() };
        for (second, expected) in [
            ("abcd", Again::Same),
            ("zabc", Again::Moved),
            ("acde", Again::Moved),
            ("abdc", Again::Shuffled),
            ("wxyz", Again::Shuffled),
        ] {
            assert_eq!(again(&ids("abcd"), &ids(second)), expected, "{second}");
        }
    }
}
