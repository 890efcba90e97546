//! Asks for other page sizes.

use serde_json::json;

use super::finding::{Finding, Severity};
use super::run::Audit;
use super::scout::{Sight, Stop};
use crate::http::Url;
use crate::pages::plan::Shape;
use crate::pages::query::{parameter, with_parameter};
use crate::pages::sizing::size_parameters;

const IGNORED: &str = "page-size-ignored";
const CAPPED: &str = "page-size-capped";
const UNBOUNDED: &str = "page-size-unbounded";
const SIZES: [&str; 3] = [IGNORED, CAPPED, UNBOUNDED];

/// A page of this many rows is more than a client needs and a worker should render.
const MANY: u64 = 10_000;
/// The largest page that is really asked for, where the cap cannot be seen without.
const LARGEST: u64 = 5_000;

/// What a server grants to somebody who asks for everything.
enum Grant {
    /// At most so many.
    Capped(u64),
    /// At least so many: no cap was met.
    Open(u64),
    /// It refuses with this status.
    Refused(u16),
    Unknown,
}

impl Audit {
    /// A smaller page, one of twice the size, and as large a one as there is.
    pub(super) async fn sizes(&mut self) -> Result<(), Stop> {
        let needed = ["missing-items", "n-plus-one"];
        if !self.ledger.wants(&SIZES) && !self.ledger.wants(&needed) {
            return Ok(());
        }
        let Some(first) = self
            .first()
            .filter(|first| first.rows() > 1 && self.early.len() > 1)
        else {
            for id in SIZES {
                self.ledger
                    .skip(id, "there is one page only, or a page holds one item");
            }
            return Ok(());
        };
        let granted = first.rows();
        let Some(name) = self.size_parameter(&first).await? else {
            return Ok(());
        };
        let sized = |size: u64| with_parameter(&first.url, &name, &size.to_string());
        self.ledger
            .clear(IGNORED, format!("{name}={} was granted", granted - 1));
        let double = self.scout.glance(&sized(granted * 2)).await?;
        self.tiles(&double);
        let mut grant = self.grant(&first, &name).await?;
        let crooked = ["uneven-pages", "missing-items", "empty-page"]
            .iter()
            .any(|id| self.ledger.has(id));
        // What a page leaves over tells the size of the one before it only where no row is lost between them.
        if crooked && matches!(grant, Grant::Capped(_)) {
            grant = Grant::Unknown;
        }
        let most = match grant {
            Grant::Capped(most) | Grant::Open(most) => most,
            Grant::Refused(_) | Grant::Unknown => double.rows().max(granted),
        };
        self.resizes = Some((name.clone(), most));
        self.bounded = match grant {
            Grant::Capped(_) | Grant::Refused(_) => true,
            Grant::Open(most) => most < LARGEST,
            Grant::Unknown => false,
        };
        self.judge_grant(&name, &grant);
        Ok(())
    }

    /// The parameter that makes a page smaller. Where none does, says what that means for the kinds looked for here.
    async fn size_parameter(&mut self, first: &Sight) -> Result<Option<String>, Stop> {
        let granted = first.rows();
        let asked = granted - 1;
        let names = size_parameters(&first.url, self.style());
        let mut refused = None;
        let mut ignored = Vec::new();
        for name in names {
            let url = with_parameter(&first.url, &name, &asked.to_string());
            let small = self.scout.glance(&url).await?;
            if !small.is_page() {
                refused = refused.or(Some((name, small.status)));
            } else if (1..granted).contains(&small.rows()) && small.count == first.count {
                return Ok(Some(name));
            } else {
                ignored.push(name);
            }
        }
        // A server that answers every name it does not know in the same way says nothing about any of them.
        if let (Some((name, status)), true) = (refused, ignored.is_empty()) {
            for id in SIZES {
                self.ledger
                    .skip(id, format!("{name}={asked} is answered {status}"));
            }
            return Ok(None);
        }
        self.ledger.find(Finding::new(
            IGNORED,
            format!(
                "none of {} changes anything: every page holds {granted} items",
                ignored
                    .iter()
                    .map(|name| format!("'{name}'"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            json!({"parameter": ignored.first(), "tried": ignored, "asked": asked, "granted": granted}),
        ));
        self.bounded = true;
        for id in [CAPPED, UNBOUNDED] {
            self.ledger
                .clear(id, format!("pages are fixed to {granted} items"));
        }
        Ok(None)
    }

    /// A page of twice the size must hold what two pages hold, and nothing else.
    fn tiles(&mut self, double: &Sight) {
        let [first, second, ..] = self.early.as_slice() else {
            return;
        };
        let still = double.count == first.count && first.count == second.count;
        if !double.is_page() || !still || self.ledger.has("unstable-order") {
            return;
        }
        let two: Vec<&String> = first.ids.iter().chain(&second.ids).collect();
        let missed: Vec<&String> = double
            .ids
            .iter()
            .take(two.len())
            .filter(|id| !two.contains(id))
            .collect();
        if !missed.is_empty() && double.ids.starts_with(&first.ids) {
            self.ledger.find(Finding::new(
                "missing-items",
                format!(
                    "a page of {} items shows {} that stand between page 1 and page 2 and on neither",
                    double.rows(),
                    missed.len()
                ),
                json!({"examples": missed.iter().take(5).collect::<Vec<_>>()}),
            ));
        } else {
            self.ledger.clear(
                "missing-items",
                "pages 1 and 2 against one of twice the size",
            );
        }
    }

    async fn grant(&self, first: &Sight, name: &str) -> Result<Grant, Stop> {
        let second = self.early.get(1).map(|page| page.url.clone());
        match (self.shape(), second, first.count) {
            // The second page of so large pages exists only where the size was cut, and costs a page then.
            (Shape::Page { .. }, Some(second), Some(count)) => {
                let url = with_parameter(&second, name, &count.to_string());
                self.second_of_all(&url, count).await
            }
            // Past the end a page costs nothing, and DRF's link back carries the limit that was granted.
            (Shape::Offset { parameter, .. }, _, Some(count)) => {
                let most = count.max(MANY).to_string();
                let all = with_parameter(&first.url, name, &most);
                let url = with_parameter(&all, &parameter, &count.to_string());
                self.limit_past_the_end(&url, name, first).await
            }
            _ => self.large(&first.url, name).await,
        }
    }

    async fn second_of_all(&self, url: &Url, count: u64) -> Result<Grant, Stop> {
        let sight = self.scout.glance(url).await?;
        Ok(match sight.status {
            404 => Grant::Open(count),
            200 if sight.rows() == 0 => Grant::Open(count),
            200 if sight.next.is_some() => Grant::Capped(sight.rows()),
            // It is the last page: what it holds is what the first one of the largest size left over.
            200 => Grant::Capped(count.saturating_sub(sight.rows())),
            status => Grant::Refused(status),
        })
    }

    async fn limit_past_the_end(
        &self,
        url: &Url,
        name: &str,
        first: &Sight,
    ) -> Result<Grant, Stop> {
        let sight = self.scout.glance(url).await?;
        if !sight.is_page() {
            return Ok(Grant::Refused(sight.status));
        }
        let granted = sight
            .previous
            .as_deref()
            .and_then(|link| url.join(link).ok())
            .and_then(|link| parameter(&link, name)?.parse::<u64>().ok());
        match granted {
            Some(granted) if granted >= MANY => Ok(Grant::Open(granted)),
            Some(granted) => Ok(Grant::Capped(granted)),
            None => self.large(&first.url, name).await,
        }
    }

    /// A large page, in earnest.
    async fn large(&self, url: &Url, name: &str) -> Result<Grant, Stop> {
        let sight = self
            .scout
            .glance(&with_parameter(url, name, &LARGEST.to_string()))
            .await?;
        let rows = sight.rows();
        Ok(match sight.status {
            200 if rows >= LARGEST => Grant::Open(rows),
            200 if sight.next.is_some() || sight.count.is_some_and(|count| rows < count) => {
                Grant::Capped(rows)
            }
            200 => Grant::Open(rows),
            400 | 404 | 422 | 500.. => Grant::Refused(sight.status),
            _ => Grant::Unknown,
        })
    }

    fn judge_grant(&mut self, name: &str, grant: &Grant) {
        match grant {
            Grant::Capped(most) => {
                self.ledger.find(Finding::new(
                    CAPPED,
                    format!("at most {most} items a page, whatever is asked for"),
                    json!({"parameter": name, "granted": most}),
                ));
                self.ledger.clear(UNBOUNDED, format!("cut to {most}"));
            }
            Grant::Open(most) => {
                let (weight, words) = if *most >= LARGEST {
                    (
                        Severity::Medium,
                        format!("one request may ask for {most} items"),
                    )
                } else {
                    // A cap beyond the end of a short list cannot be seen, and does not matter yet.
                    (
                        Severity::Info,
                        format!(
                            "one request may ask for the whole list of {most} items; a cap above that would not show"
                        ),
                    )
                };
                self.ledger.find(
                    Finding::new(
                        UNBOUNDED,
                        words,
                        json!({"parameter": name, "granted": most}),
                    )
                    .weighing(weight),
                );
                self.ledger.clear(CAPPED, "no cap was met");
            }
            Grant::Refused(status @ 500..) => {
                self.five_hundred(name, "a very large number", *status);
                for id in [CAPPED, UNBOUNDED] {
                    self.ledger
                        .skip(id, format!("a large page is answered {status}"));
                }
            }
            Grant::Refused(status) => {
                for id in [CAPPED, UNBOUNDED] {
                    self.ledger
                        .clear(id, format!("a large page is refused with {status}"));
                }
            }
            Grant::Unknown => {
                for id in [CAPPED, UNBOUNDED] {
                    self.ledger.skip(id, "a large page has no usable answer");
                }
            }
        }
    }
}
