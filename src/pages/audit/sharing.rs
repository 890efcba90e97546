//! Whether a cache tells users apart.
//!
//! The page of one user is fetched, then the same URL as nobody and as another user. Whoever gets the first one's
//! items is asked again with a parameter that no cache has seen: if that brings something else, the first
//! answer came from a cache. A list that is the same for everybody stays the same.

use serde_json::json;

use super::finding::Finding;
use super::run::Audit;
use super::scout::{Sight, Stop};
use crate::http::{Client, Request, Url};
use crate::pages::query::with_parameter;

const SERVED: &str = "cached-across-users";
const CACHEABLE: &str = "cacheable-across-users";

/// A parameter that no view reads and no cache has seen.
const FRESH: &str = "apictl_audit";

/// Why it is not said whether a cache answers.
const UNTOLD: &str =
    "the list is another one, or refused, with a parameter that its view does not know";

/// Somebody beside the user whose list is audited.
struct Other {
    who: &'static str,
    client: Client,
    bare: bool,
}

impl Other {
    fn request(&self, url: &Url) -> Request {
        let request = Request::get(url.clone());
        if self.bare { request.bare() } else { request }
    }
}

impl Audit {
    /// Compares what the user gets with what others get at the same URL.
    pub(super) async fn sharing(&mut self) -> Result<(), Stop> {
        if !self.ledger.wants(&[SERVED, CACHEABLE]) {
            return Ok(());
        }
        if self.scout.client.is_anonymous() {
            for id in [SERVED, CACHEABLE] {
                self.ledger
                    .skip(id, "the audit has no login: name one with --as");
            }
            return Ok(());
        }
        let Some(first) = self.first() else {
            return Ok(());
        };
        let url = first.url.clone();
        // Once more, so that a cache surely has it.
        let own = self.scout.glance(&url).await?;
        if !own.is_page() || own.ids.is_empty() {
            for id in [SERVED, CACHEABLE] {
                self.ledger.skip(id, "the list is empty");
            }
            return Ok(());
        }
        let mut others = vec![Other {
            who: "nobody",
            client: self.scout.client.clone(),
            bare: true,
        }];
        others.extend(self.scope.other.clone().map(|client| Other {
            who: "another user",
            client,
            bare: false,
        }));
        let (mut private, mut untold, mut asked) = (false, false, Vec::new());
        for other in others {
            asked.push(other.who);
            let differs = self.compare_with(&other, &own).await?;
            private |= differs == Some(true);
            untold |= differs.is_none();
            if self.ledger.has(SERVED) {
                break;
            }
        }
        if untold {
            self.ledger.skip(SERVED, UNTOLD);
        } else {
            let same = format!("the same URL as {}", asked.join(" and as "));
            self.ledger.clear(SERVED, same);
        }
        self.cacheable(&own, private, untold);
        Ok(())
    }

    /// Whether the list is not the same for this other one; `None` where that cannot be told.
    async fn compare_with(&mut self, other: &Other, own: &Sight) -> Result<Option<bool>, Stop> {
        let got = self
            .scout
            .glance_with(&other.client, other.request(&own.url))
            .await?;
        if !got.is_page() || got.ids != own.ids {
            return Ok(Some(true));
        }
        // The same items: a public list, or a cache.
        let fresh = |turn: &str| with_parameter(&own.url, FRESH, turn);
        let beside = self
            .scout
            .glance_with(&other.client, other.request(&fresh(other.who)))
            .await?;
        let control = self.scout.glance(&fresh("control")).await?;
        let differs = !beside.is_page() || beside.ids != own.ids;
        let is_free = control.is_page() && control.ids == own.ids;
        if differs && is_free && beside.status != 429 {
            self.ledger.find(Finding::new(
                SERVED,
                format!(
                    "{} gets this user's list from a cache: at an URL that no cache knows the answer is {}",
                    other.who,
                    if beside.is_page() {
                        "another list".to_owned()
                    } else {
                        beside.status.to_string()
                    }
                ),
                json!({
                    "asked_as": other.who,
                    "status": got.status,
                    "status_uncached": beside.status,
                    "age": got.field("age"),
                    "vary": got.field("vary"),
                    "cache_control": got.field("cache-control"),
                }),
            ));
        }
        Ok(is_free.then_some(differs))
    }

    /// A shared cache may keep a reply to a user only where it says `public` or the like (RFC 9111 §3.5).
    fn cacheable(&mut self, own: &Sight, private: bool, untold: bool) {
        let control = own
            .field("cache-control")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let vary = own.field("vary").unwrap_or_default().to_ascii_lowercase();
        let says = |word: &str| control.split(',').any(|part| part.trim().starts_with(word));
        let shared = (says("public") || says("s-maxage")) && !says("private") && !says("no-store");
        let varies = ["authorization", "cookie", "*"]
            .iter()
            .any(|name| vary.contains(name));
        if shared && untold && !private && !varies {
            self.ledger.skip(CACHEABLE, UNTOLD);
        } else if shared && private && !varies {
            self.ledger.find(Finding::new(
                CACHEABLE,
                format!("the list of one user may be kept for all: Cache-Control: {control}, without Vary: Authorization"),
                json!({"cache_control": control, "vary": own.field("vary")}),
            ));
        } else {
            let shown = if control.is_empty() {
                "no Cache-Control"
            } else {
                &control
            };
            self.ledger.clear(CACHEABLE, shown);
        }
    }
}
