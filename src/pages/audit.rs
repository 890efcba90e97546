//! Audits a paginated list: one walk, then a few looks at its edges.

use std::hash::{BuildHasher, RandomState};

use serde_json::json;

use super::error::WalkError;
use super::findings::{Finding, Severity, Sightings, identity};
use super::next::{Hints, Onward, look};
use super::options::Options;
use super::query::{parameter, with_parameter};
use super::split::Splitter;
use super::style::Style;
use super::walk::{Batch, Walk};
use super::window::Concurrency;
use crate::http::{Client, HeaderMap, Request, Url, hop};

/// What an audit came to.
#[derive(Debug)]
pub struct Audited {
    /// The style.
    pub style: Option<Style>,
    /// Pages and items walked.
    pub pages: u64,
    /// Items walked.
    pub items: u64,
    /// Requests sent.
    pub requests: u64,
    /// Whether the walk reached the last page.
    pub whole: bool,
    /// What was found, heaviest first.
    pub findings: Vec<Finding>,
}

/// One page as an audit remembers it.
struct Seen {
    url: Url,
    hashes: Vec<u64>,
    previous: Option<String>,
    count: Option<u64>,
}

/// A look at one URL outside the walk.
struct Glance {
    status: u16,
    hashes: Vec<u64>,
    more: bool,
}

struct Audit {
    client: Client,
    hasher: RandomState,
    requests: u64,
    findings: Vec<Finding>,
}

/// Walks the list at `url`, up to `max_pages` pages, and looks at its edges.
pub async fn audit(
    client: Client,
    url: Url,
    max_pages: u64,
    options: Options,
) -> Result<Audited, WalkError> {
    let options = Options {
        concurrency: Concurrency::Fixed(1),
        max_pages: Some(max_pages),
        ..options
    };
    let mut audit = Audit {
        client: client.clone(),
        hasher: RandomState::new(),
        requests: 0,
        findings: Vec::new(),
    };
    let mut walk = Walk::new(client, url.clone(), options);
    let mut sightings = Sightings::default();
    let mut pages = Vec::new();
    let mut first_headers = HeaderMap::new();
    loop {
        match walk.next().await {
            Ok(Some(batch)) => {
                if pages.is_empty() {
                    first_headers.clone_from(&batch.headers);
                }
                pages.push(audit.remember(&batch, &mut sightings, walk.tally().count));
            }
            Ok(None) => break,
            Err(error) => {
                let Some(finding) = of_error(&error) else {
                    return Err(error);
                };
                audit.findings.push(finding);
                break;
            }
        }
    }
    let tally = walk.tally();
    audit.requests += walk.pace().requests();
    for fault in walk.faults() {
        audit.findings.extend(Finding::of_fault(fault));
    }
    let drifted = tally.first_count != tally.count;
    if drifted {
        audit.findings.push(Finding::new(
            "count-drift",
            Severity::Medium,
            format!(
                "the count went from {} to {} while walking",
                tally.first_count.unwrap_or_default(),
                tally.count.unwrap_or_default()
            ),
            json!({"first": tally.first_count, "last": tally.count}),
            "CursorPagination, for lists that change",
        ));
    }
    let count = tally.expected().filter(|_| !drifted);
    audit.findings.extend(sightings.judge(tally.ended, count));
    let style = walk.style().map(|(style, _)| style);
    audit.edges(&pages, style, tally.ended).await?;
    audit.headers(&first_headers, &pages).await?;
    let mut findings = audit.findings;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Ok(Audited {
        style,
        pages: tally.pages,
        items: tally.items,
        requests: audit.requests,
        whole: tally.ended,
        findings,
    })
}

/// Errors of a walk that are answers to the question of an audit.
fn of_error(error: &WalkError) -> Option<Finding> {
    let (id, cure) = match error {
        WalkError::Cycle { .. } => (
            "cycle",
            "order by a unique field: ordering = ('-created', 'pk') does not help CursorPagination, a unique first field does",
        ),
        WalkError::Link { .. } => ("foreign-next", "let next name the API's own public address"),
        WalkError::Shrunk { .. } => ("shrinking-list", "CursorPagination, for lists that change"),
        WalkError::Body { .. } => (
            "malformed-page",
            "let a serializer and JSONRenderer write the reply",
        ),
        WalkError::Status {
            page,
            status: 500..,
            ..
        } if *page > 1 => (
            "error-in-mid-walk",
            "look for null values in the ordering field: CursorPagination cannot order by them",
        ),
        _ => return None,
    };
    Some(Finding::new(
        id,
        Severity::High,
        error.to_string(),
        json!({}),
        cure,
    ))
}

impl Audit {
    fn remember(&self, batch: &Batch, sightings: &mut Sightings, count: Option<u64>) -> Seen {
        let hashes: Vec<u64> = batch
            .items
            .iter()
            .map(|item| {
                let hash = self.hasher.hash_one(identity(item));
                sightings.see(item, hash, batch.page);
                hash
            })
            .collect();
        let previous = ["/previous", "/links/previous", "/links/prev"]
            .iter()
            .find_map(|place| batch.envelope.pointer(place)?.as_str())
            .map(str::to_owned);
        Seen {
            url: batch.url.clone(),
            hashes,
            previous,
            count,
        }
    }

    /// Looks at one URL; a body that is no page has no items.
    async fn glance(&mut self, url: &Url) -> Result<Glance, WalkError> {
        self.requests += 1;
        let mut request = Request::get(url.clone());
        let fail = |source| WalkError::Http { page: 0, source };
        let mut reply = self
            .client
            .send_authorised(request.clone())
            .await
            .map_err(fail)?;
        let location = reply.field("location").map(str::to_owned);
        if let crate::http::Hop::Follow { request: moved, .. } =
            hop(&request, reply.status, location.as_deref())
        {
            request = *moved;
            self.requests += 1;
            reply = self.client.send_authorised(request).await.map_err(fail)?;
        }
        let mut splitter = Splitter::new(None);
        let page = splitter
            .feed(&reply.body)
            .ok()
            .and_then(|()| splitter.finish().ok());
        let more = page.as_ref().is_some_and(|page| {
            let look = look(
                url,
                &super::next::Fields::default(),
                &page.envelope,
                &Hints::default(),
            );
            matches!(look.onward, Onward::Link(_) | Onward::Parameter(..))
        });
        Ok(Glance {
            status: reply.status.as_u16(),
            hashes: page.map_or_else(Vec::new, |page| {
                page.items
                    .iter()
                    .map(|item| self.hasher.hash_one(identity(item)))
                    .collect()
            }),
            more,
        })
    }

    /// Second looks, page sizes, what lies past the end, bad parameters.
    async fn edges(
        &mut self,
        pages: &[Seen],
        style: Option<Style>,
        whole: bool,
    ) -> Result<(), WalkError> {
        let Some(first) = pages.first() else {
            return Ok(());
        };
        self.second_look(pages).await?;
        self.way_back(pages).await?;
        self.sizes(first, style, pages.len() > 1).await?;
        if whole && let Some(last) = pages.last() {
            self.past_the_end(last, style).await?;
        }
        self.bad_parameters(&first.url, style).await
    }

    /// The same page, asked again at once, must hold the same items in the same order.
    async fn second_look(&mut self, pages: &[Seen]) -> Result<(), WalkError> {
        for (number, page) in (1_u64..).zip(pages.iter().take(2)) {
            let again = self.glance(&page.url).await?;
            if again.status == 200 && again.hashes != page.hashes {
                let mut sorted = (again.hashes, page.hashes.clone());
                sorted.0.sort_unstable();
                sorted.1.sort_unstable();
                let same_set = sorted.0 == sorted.1;
                self.findings.push(Finding::new(
                    "unstable-order",
                    Severity::High,
                    format!(
                        "page {number} held other items, or in another order, when looked at again"
                    ),
                    json!({"page": number, "same_items": same_set}),
                    "queryset.order_by(..., 'pk'), or ordering = ['pk'] in the model's Meta",
                ));
                break;
            }
        }
        Ok(())
    }

    /// `previous` of a page must lead to the page before it.
    async fn way_back(&mut self, pages: &[Seen]) -> Result<(), WalkError> {
        let Some(page) = pages.get(1) else {
            return Ok(());
        };
        let Some(previous) = &page.previous else {
            return Ok(());
        };
        let Ok(followed) = super::origin::resolve(&page.url, previous) else {
            return Ok(());
        };
        let back = self.glance(&followed.url).await?;
        let unstable = self
            .findings
            .iter()
            .any(|found| found.id == "unstable-order");
        if !unstable && (back.status != 200 || back.hashes != pages[0].hashes) {
            self.findings.push(Finding::new(
                "previous-asymmetry",
                Severity::Medium,
                "previous of page 2 does not lead back to page 1".to_owned(),
                json!({"status": back.status, "previous": followed.url.path()}),
                "do not override get_previous_link; order by a unique field",
            ));
        }
        Ok(())
    }

    /// A smaller and a very large page.
    async fn sizes(
        &mut self,
        first: &Seen,
        style: Option<Style>,
        paged: bool,
    ) -> Result<(), WalkError> {
        let granted = first.hashes.len() as u64;
        let Some(style) = style.filter(|_| paged && granted > 1) else {
            return Ok(());
        };
        let name = super::course::size_parameter(&first.url, style);
        let sized = |size: u64| with_parameter(&first.url, &name, &size.to_string());
        let small = self.glance(&sized(granted - 1)).await?;
        if small.status == 200 && small.hashes.len() as u64 == granted {
            self.findings.push(Finding::new(
                "page-size-ignored",
                Severity::Info,
                format!("'{name}' changes nothing: every page holds {granted} items"),
                json!({"parameter": name, "asked": granted - 1, "granted": granted}),
                "page_size_query_param = 'page_size' with a max_page_size",
            ));
            return Ok(());
        }
        let asked = 100_000;
        let large = self.glance(&sized(asked)).await?;
        let got = large.hashes.len() as u64;
        let total = first.count.unwrap_or(0);
        if large.status == 200 && !large.more && got > 10_000.max(total.saturating_sub(1)) {
            self.findings.push(Finding::new(
                "page-size-unbounded",
                Severity::Medium,
                format!("one request may ask for the whole list: {got} items came"),
                json!({"parameter": name, "asked": asked, "granted": got}),
                "max_page_size = 1000 (PageNumberPagination), max_limit = 1000 (LimitOffsetPagination)",
            ));
        } else if large.status == 200 && large.more {
            self.findings.push(Finding::new(
                "page-size-capped",
                Severity::Info,
                format!("at most {got} items a page, whatever is asked for"),
                json!({"parameter": name, "asked": asked, "granted": got}),
                "nothing: it is good to have a cap; walk with this size",
            ));
        } else if large.status >= 500 {
            self.five_hundred(&name, "100000", large.status);
        }
        Ok(())
    }

    /// One page further than the last.
    async fn past_the_end(&mut self, last: &Seen, style: Option<Style>) -> Result<(), WalkError> {
        let (name, value) = match style {
            Some(Style::PageNumber) => {
                let page = parameter(&last.url, "page").and_then(|text| text.parse::<u64>().ok());
                ("page", page.unwrap_or(1) + 1)
            }
            Some(Style::LimitOffset) => {
                let offset =
                    parameter(&last.url, "offset").and_then(|text| text.parse::<u64>().ok());
                ("offset", offset.unwrap_or(0) + last.hashes.len() as u64 + 1)
            }
            _ => return Ok(()),
        };
        let beyond = self
            .glance(&with_parameter(&last.url, name, &value.to_string()))
            .await?;
        if beyond.status >= 500 {
            self.five_hundred(name, &value.to_string(), beyond.status);
        } else if beyond.status == 200 && !beyond.hashes.is_empty() {
            self.findings.push(Finding::new(
                "items-past-the-end",
                Severity::Medium,
                format!(
                    "{name}={value} lies past the end and brings {} items",
                    beyond.hashes.len()
                ),
                json!({"parameter": name, "value": value, "items": beyond.hashes.len()}),
                "answer 404 or an empty page past the end: clients that count on never stop",
            ));
        }
        Ok(())
    }

    /// Parameters that no client should send and every server gets.
    async fn bad_parameters(&mut self, first: &Url, style: Option<Style>) -> Result<(), WalkError> {
        let tries: &[(&str, &str)] = match style {
            Some(Style::PageNumber) => &[
                ("page", "0"),
                ("page", "-1"),
                ("page", "abc"),
                ("page", "99999999999999999999"),
                ("page_size", "-1"),
                ("page_size", "abc"),
            ],
            Some(Style::LimitOffset) => &[
                ("offset", "-1"),
                ("offset", "abc"),
                ("offset", "99999999999999999999"),
                ("limit", "0"),
                ("limit", "-1"),
            ],
            Some(Style::Cursor) => &[("cursor", "!!!!"), ("cursor", "abc")],
            _ => &[],
        };
        for (name, value) in tries {
            let answer = self.glance(&with_parameter(first, name, value)).await?;
            if answer.status >= 500 {
                self.five_hundred(name, value, answer.status);
            }
        }
        Ok(())
    }

    fn five_hundred(&mut self, name: &str, value: &str, status: u16) {
        self.findings.push(Finding::new(
            "parameter-error",
            Severity::Medium,
            format!("{name}={value} is answered {status}"),
            json!({"parameter": name, "value": value, "status": status}),
            "check the parameter in the paginator and raise NotFound",
        ));
    }

    /// A cache that serves one user's list to another, and queries that grow with the page.
    async fn headers(&mut self, headers: &HeaderMap, pages: &[Seen]) -> Result<(), WalkError> {
        let Some(first) = pages.first() else {
            return Ok(());
        };
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        if text("age").is_some() && !self.client.is_anonymous() {
            self.requests += 1;
            let bare = Request::get(first.url.clone()).bare();
            let reply = self
                .client
                .send(bare)
                .await
                .map_err(|source| WalkError::Http { page: 0, source })?;
            if reply.status.is_success() && reply.field("age").is_some() {
                self.findings.push(Finding::new(
                    "cached-across-users",
                    Severity::High,
                    "a cache answers without credentials what it kept of a request with them"
                        .to_owned(),
                    json!({"age": reply.field("age"), "vary": reply.field("vary")}),
                    "vary_on_headers('Authorization'), or no cache_page on views with permissions",
                ));
            }
        }
        let queries = text("server-timing").and_then(super::timing::queries);
        if let Some(queries) = queries {
            self.grows(first, queries);
        }
        Ok(())
    }

    /// Whether the number of SQL queries grows with the number of rows.
    fn grows(&mut self, first: &Seen, queries: u64) {
        let rows = first.hashes.len() as u64;
        if rows >= 4 && queries >= rows {
            self.findings.push(Finding::new(
                "n-plus-one",
                Severity::Medium,
                format!("{queries} SQL queries for {rows} rows"),
                json!({"queries": queries, "rows": rows}),
                "select_related for foreign keys, prefetch_related for lists, in the view's queryset",
            ));
        }
    }
}
