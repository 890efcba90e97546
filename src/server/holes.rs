//! Lists that go wrong on purpose, one way to an endpoint, for audits to find. The test project has the same.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::app::App;
use super::auth::Authenticator;
use super::call::Call;
use super::endpoints::Products;
use super::faults;
use super::fields::python_int;
use super::long_list::{self, LongList};
use super::paginate::{self, Envelope, Limits, OFFSET_CUTOFF, Rows, link, positive_int, rendered};
use super::reply::{Answer, Refusal, Stop};
use super::view::{Endpoint, Permission, View};

/// What is wrong with a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hole {
    /// Between two pages a row is lost.
    Skipping,
    /// There is always a next page behind one that holds something.
    EmptyLast,
    /// Past the end the last page comes again.
    Clamped,
    /// A page that is no number crashes.
    Unguarded,
    /// The count is another one each time.
    Drifting,
    /// `previous` names the page that was asked for.
    PreviousItself,
    /// `next` leads to another API.
    ForeignNext,
    /// `next` lacks the prefix of the path.
    LostPrefix,
    /// Any page size is granted.
    Unbounded,
    /// The field that cursors point into is null in the first rows.
    NullOrdering,
    /// Late pages take long.
    DeepOffset,
    /// Rows are dropped after slicing.
    Uneven,
    /// A member changes its type now and then.
    SchemaDrift,
    /// The third page crashes.
    BrokenPage,
    /// The third page is gone.
    GonePage,
    /// The third page is cut off.
    MalformedPage,
    /// The same rows whatever is asked for.
    Stuck,
}

/// The paths, below `/api/bad/`.
const LISTS: [(&str, Hole); 17] = [
    ("/api/bad/skipping/", Hole::Skipping),
    ("/api/bad/empty-last/", Hole::EmptyLast),
    ("/api/bad/past-the-end/", Hole::Clamped),
    ("/api/bad/page-error/", Hole::Unguarded),
    ("/api/bad/drifting/", Hole::Drifting),
    ("/api/bad/previous-itself/", Hole::PreviousItself),
    ("/api/bad/next-foreign/", Hole::ForeignNext),
    ("/api/bad/next-prefix/", Hole::LostPrefix),
    ("/api/bad/unbounded/", Hole::Unbounded),
    ("/api/bad/null-ordering/", Hole::NullOrdering),
    ("/api/bad/deep-offset/", Hole::DeepOffset),
    ("/api/bad/uneven/", Hole::Uneven),
    ("/api/bad/schema-drift/", Hole::SchemaDrift),
    ("/api/bad/broken-page/", Hole::BrokenPage),
    ("/api/bad/gone-page/", Hole::GonePage),
    ("/api/bad/malformed-page/", Hole::MalformedPage),
    ("/api/bad/stuck/", Hole::Stuck),
];

/// The path of the drafts behind a cache that does not know users apart.
const CACHED: &str = "/api/bad/cached-drafts/";
/// The path of the drafts that every cache may keep.
const PUBLIC: &str = "/api/bad/public-drafts/";
/// How long that cache keeps a reply.
const KEPT_S: f64 = 60.0;
/// How many replies it keeps.
const MOST_KEPT: usize = 100;
/// What stepping over one row costs in the list whose late pages take long.
const PER_ROW: Duration = Duration::from_micros(60);

/// The view of a path.
pub(super) fn resolve(path: &str) -> Option<&'static View> {
    static VIEWS: std::sync::OnceLock<Vec<View>> = std::sync::OnceLock::new();
    let views = VIEWS.get_or_init(|| {
        LISTS
            .iter()
            .map(|(_, hole)| View {
                name: "Product List",
                description: "Bad on purpose.",
                authenticators: &[
                    Authenticator::Jwt,
                    Authenticator::Token,
                    Authenticator::Basic,
                ],
                permission: Permission::AllowAny,
                throttles: &[],
                allow: "GET, HEAD, OPTIONS",
                endpoint: Endpoint::Hole(*hole),
            })
            .collect()
    });
    let place = LISTS.iter().position(|(known, _)| *known == path)?;
    views.get(place)
}

/// The products with one thing changed in each row's text.
struct Changed<'a> {
    rows: &'a Products,
    change: fn(u64, &str) -> String,
}

impl Rows for Changed<'_> {
    fn count(&self) -> u64 {
        self.rows.count()
    }

    fn push(&self, out: &mut String, index: u64) {
        let mut row = String::new();
        self.rows.push(&mut row, index);
        out.push_str(&(self.change)(index, &row));
    }
}

/// Answers from a list with a hole.
pub(super) fn answer(hole: Hole, app: &App, call: &Call) -> Result<Answer, Stop> {
    let rows = Products::now(app);
    let limits = Limits {
        default: app.config.page_size,
        parameter: Some("page_size"),
        most: if hole == Hole::Unbounded {
            u64::MAX
        } else {
            app.config.max_page_size
        },
        blank_is_first: true,
    };
    let size = limits.of(&call.query);
    let asked = call.query.last("page").unwrap_or("1");
    let mut takes = Duration::ZERO;
    let envelope = match hole {
        Hole::NullOrdering => null_ordering(&rows, size, call)?,
        Hole::Stuck => {
            let count = rows.count();
            let items = rendered(&rows, 0..count.min(20));
            return Ok(Answer::ok(format!(
                "{{\"items\":[{items}],\"count\":{count}}}"
            )));
        }
        Hole::BrokenPage if asked == "3" => return Err(Stop::Crash),
        Hole::GonePage if asked == "3" => {
            return Err(Refusal::detail(404, "Invalid page.").into());
        }
        Hole::MalformedPage if asked == "3" => {
            return Ok(Answer::ok(
                "{\"count\":1023,\"next\":null,\"results\":[{\"id\":41,",
            ));
        }
        Hole::Unbounded => {
            let (mut page, indices) = paginate::outlined(rows.count(), &limits, call)?;
            if long_list::is_long(&indices) {
                page.next = faults::misled(page.next, app, call);
                let list = LongList::new(page.head(), rows, indices, Envelope::TAIL);
                return Ok(Answer::long(list).after(2));
            }
            page.results = rendered(&rows, indices);
            page
        }
        Hole::Skipping | Hole::EmptyLast | Hole::Clamped | Hole::Unguarded => {
            by_hand(hole, &rows, size, call)?
        }
        Hole::SchemaDrift => {
            let rows = Changed {
                rows: &rows,
                change: drifted,
            };
            paginate::page_number(&rows, &limits, call)?
        }
        _ => {
            if hole == Hole::DeepOffset {
                let before = python_int(asked)
                    .and_then(|page| u64::try_from(page - 1).ok())
                    .unwrap_or(0)
                    .min(rows.count() / size)
                    * size;
                takes = PER_ROW * u32::try_from(before.min(10_000)).unwrap_or_default();
            }
            paginate::page_number(&rows, &limits, call)?
        }
    };
    let mut envelope = spoilt(hole, envelope, app, call);
    envelope.next = faults::misled(envelope.next, app, call);
    let mut answer = Answer::ok(envelope.into_json());
    answer.cost.queries = 2;
    answer.takes = takes;
    Ok(answer)
}

/// What is wrong with the envelope of an otherwise good page.
fn spoilt(hole: Hole, mut page: Envelope, app: &App, call: &Call) -> Envelope {
    match hole {
        Hole::Drifting => page.count = page.count.map(|count| count + app.turn_page()),
        Hole::PreviousItself => page.previous = page.previous.map(|_| call.absolute_uri()),
        Hole::ForeignNext => {
            page.next = page
                .next
                .map(|_| "https://elsewhere.example.com/collect/?page=2".to_owned());
        }
        Hole::LostPrefix => page.next = page.next.map(|link| link.replace("/api/bad/", "/bad/")),
        Hole::Uneven => {
            let kept: Vec<&str> = page
                .results
                .split_inclusive("},")
                .filter(|row| !row.contains("\"in_stock\":false"))
                .collect();
            kept.concat()
                .trim_end_matches(',')
                .clone_into(&mut page.results);
        }
        _ => {}
    }
    page
}

/// Every thirtieth row has its price as a number.
fn drifted(index: u64, row: &str) -> String {
    if !(index + 1).is_multiple_of(30) {
        return row.to_owned();
    }
    match row.split_once("\"price\":\"") {
        Some((head, tail)) => format!("{head}\"price\":{}", tail.replacen('"', "", 1)),
        None => row.to_owned(),
    }
}

/// Page numbers by hand.
fn by_hand(hole: Hole, rows: &Products, size: u64, call: &Call) -> Result<Envelope, Stop> {
    let text = call.query.last("page").unwrap_or("1");
    let page = match (python_int(text), hole) {
        (Some(page), _) => u64::try_from(page).unwrap_or(1).max(1),
        (None, Hole::Unguarded) => return Err(Stop::Crash),
        (None, _) => return Err(Refusal::detail(404, "Invalid page.").into()),
    };
    let count = rows.count();
    let page = if hole == Hole::Clamped {
        page.min(count.div_ceil(size).max(1))
    } else {
        page
    };
    let stride = size + u64::from(hole == Hole::Skipping);
    let start = (page - 1).saturating_mul(stride);
    let end = start.saturating_add(size).min(count);
    let is_empty = start >= count;
    if is_empty && page > 1 && hole != Hole::EmptyLast {
        return Err(Refusal::detail(404, "Invalid page.").into());
    }
    let more = if hole == Hole::EmptyLast {
        !is_empty
    } else {
        start.saturating_add(size) < count
    };
    let to = |page: u64| {
        let number = page.to_string();
        link(call, &call.query.replaced("page", Some(&number)))
    };
    Ok(Envelope {
        count: Some(count),
        next: more.then(|| to(page + 1)),
        previous: (page > 1).then(|| to(page - 1)),
        results: rendered(rows, start.min(count)..end.max(start.min(count))),
    })
}

/// `CursorPagination` by a field that is null in the first forty rows: the third page asks for what is
/// greater than `None`.
fn null_ordering(rows: &Products, size: u64, call: &Call) -> Result<Envelope, Stop> {
    const NULLS: u64 = 40;
    let offset = call.query.last("cursor").and_then(|text| {
        let bytes = super::auth::python_b64decode(text)?;
        let text = String::from_utf8(bytes).ok()?;
        positive_int(text.strip_prefix("o=")?, false, Some(OFFSET_CUTOFF))
    });
    let start = match (call.query.last("cursor"), offset) {
        (None | Some(""), _) => 0,
        (Some(_), Some(offset)) => offset,
        (Some(text), None) if is_forged(text) => return Err(Stop::Crash),
        (Some(_), None) => 0,
    };
    let end = start.saturating_add(size).min(rows.count());
    let rows = Changed {
        rows,
        change: |index, row| {
            let sold = if index < NULLS {
                "null".to_owned()
            } else {
                (index + 1).to_string()
            };
            format!("{},\"sold\":{sold}}}", row.trim_end_matches('}'))
        },
    };
    let cursor = |text: &str| {
        use base64::Engine;
        let encoded = base64::engine::general_purpose::STANDARD.encode(text);
        link(call, &call.query.replaced("cursor", Some(&encoded)))
    };
    let next = if end >= NULLS {
        cursor("p=None")
    } else {
        cursor(&format!("o={end}"))
    };
    Ok(Envelope {
        count: None,
        next: Some(next),
        previous: (start > 0).then(|| cursor("r=1")),
        results: rendered(&rows, start..end),
    })
}

/// Whether a cursor names a position or runs backwards; what is no cursor is the first page.
fn is_forged(text: &str) -> bool {
    super::auth::python_b64decode(text).is_some_and(|bytes| bytes.contains(&b'='))
}

/// A cache whose keys do not name the user.
#[derive(Debug, Default)]
pub(super) struct SharedCache(Mutex<HashMap<String, (f64, String)>>);

impl SharedCache {
    /// What is kept for a request, whoever makes it.
    pub(super) fn kept(&self, call: &Call, now: f64) -> Option<Answer> {
        if call.path != CACHED || call.method != "GET" {
            return None;
        }
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, body) = kept.get(&call.raw_query)?;
        (now - since < KEPT_S).then(|| Answer::ok(body.clone()))
    }

    /// Keeps an answer, or allows all caches on its way to.
    pub(super) fn keep(&self, call: &Call, answer: &mut Answer, now: f64) {
        if call.path == PUBLIC {
            let control = "public, max-age=600".to_owned();
            answer.headers.push(("cache-control", control));
        }
        if call.path != CACHED || call.method != "GET" || answer.status != 200 {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        if let Some(body) = &answer.body {
            kept.insert(call.raw_query.clone(), (now, body.clone()));
        }
    }
}
