//! Lists of rows in every style of pagination, with planted faults, for walks in process and over sockets.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use apictl::http::{HeaderMap, StatusCode, Url};
use apictl::pages::{Batch, Cursor, parameter, with_parameter};
use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// What happens before request number `n` (from 1) is answered: rows may change, an answer may be forced.
type Hook = Box<dyn Fn(u64, &mut Vec<u64>, &Url) -> Option<Response> + Send + Sync>;

/// The rows that a batch brought.
pub fn ids(batch: &Batch) -> Vec<u64> {
    let id = |item: &[u8]| {
        let item: Value = serde_json::from_slice(item).unwrap();
        item["id"].as_u64().unwrap()
    };
    batch.items.iter().map(id).collect()
}

/// The rows that lines of a walk are of.
pub fn ids_of_lines(text: &str) -> Vec<u64> {
    let id = |line: &str| {
        let item: Value = serde_json::from_str(line).unwrap();
        item["id"].as_u64().unwrap()
    };
    text.lines().map(id).collect()
}

/// Whether each of `rows` was delivered, and once.
pub fn each_once(delivered: &[u64], rows: impl IntoIterator<Item = u64>) -> bool {
    let times = |row: u64| delivered.iter().filter(|&&id| id == row).count();
    rows.into_iter().all(|row| times(row) == 1)
}

/// A list of rows, in order of their numbers.
#[derive(Clone)]
pub struct Listing {
    inner: Arc<Inner>,
}

struct Inner {
    rows: Mutex<Vec<u64>>,
    asked: Mutex<Vec<String>>,
    size: usize,
    delay: Duration,
    in_flight: Mutex<(usize, usize)>,
    hook: Hook,
}

impl Listing {
    /// Rows 1 to `rows`, `size` a page.
    pub fn new(rows: u64, size: usize) -> Self {
        Self::with(rows, size, Duration::ZERO, |_, _, _| None)
    }

    /// The same, with a delay for each answer and a hook before it.
    pub fn with(
        rows: u64,
        size: usize,
        delay: Duration,
        hook: impl Fn(u64, &mut Vec<u64>, &Url) -> Option<Response> + Send + Sync + 'static,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                rows: Mutex::new((1..=rows).collect()),
                asked: Mutex::default(),
                size,
                delay,
                in_flight: Mutex::default(),
                hook: Box::new(hook),
            }),
        }
    }

    pub fn router(&self) -> Router {
        Router::new().fallback(answer).with_state(self.clone())
    }

    /// Serves on a free loopback port for as long as the test process lives; the base URL.
    pub fn serve(&self) -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = self.router();
        std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(async {
                    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                    axum::serve(listener, router).await.unwrap();
                });
        });
        format!("http://127.0.0.1:{port}")
    }

    /// Paths and queries asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.inner.asked.lock().unwrap().clone()
    }

    /// The most requests that were in flight at once.
    pub fn peak(&self) -> usize {
        self.inner.in_flight.lock().unwrap().1
    }
}

/// A row as the server writes it.
pub fn row(id: u64) -> String {
    format!(
        r#"{{"id": {id},"name":"item {id} ]}}\"\u00e9","price":"{}.10"}}"#,
        id % 97
    )
}

/// Rows as a walk writes them.
pub fn ndjson(ids: impl IntoIterator<Item = u64>) -> String {
    ids.into_iter().map(|id| row(id) + "\n").collect()
}

async fn answer(State(listing): State<Listing>, request: Request) -> Response {
    let inner = &listing.inner;
    let url = absolute(&request);
    let number = {
        let mut asked = inner.asked.lock().unwrap();
        asked.push(request.uri().path_and_query().unwrap().to_string());
        asked.len() as u64
    };
    {
        let mut flying = inner.in_flight.lock().unwrap();
        flying.0 += 1;
        flying.1 = flying.1.max(flying.0);
    }
    if !inner.delay.is_zero() {
        tokio::time::sleep(inner.delay).await;
    }
    inner.in_flight.lock().unwrap().0 -= 1;
    let mut rows = inner.rows.lock().unwrap();
    if let Some(forced) = (inner.hook)(number, &mut rows, &url) {
        return forced;
    }
    page(&rows, inner.size, &url)
}

fn absolute(request: &Request) -> Url {
    let uri = request.uri();
    let host = uri.authority().map_or_else(
        || request.headers()["host"].to_str().unwrap().to_owned(),
        ToString::to_string,
    );
    format!("http://{host}{}", uri.path_and_query().unwrap())
        .parse()
        .unwrap()
}

fn number(url: &Url, name: &str) -> Option<usize> {
    parameter(url, name)?.parse().ok()
}

fn page(rows: &[u64], default: usize, url: &Url) -> Response {
    let asked = ["page_size", "limit", "page[size]"]
        .iter()
        .find_map(|name| number(url, name));
    // `max_page_size`: more is cut without a word.
    let size = asked
        .filter(|&size| size > 0)
        .unwrap_or(default)
        .min(1_000.max(default));
    let style = url.path().trim_matches('/').to_owned();
    match style.as_str() {
        "offset" | "ninja" => {
            let offset = number(url, "offset").unwrap_or(0);
            let next = with_parameter(
                &with_parameter(url, "limit", &size.to_string()),
                "offset",
                &(offset + size).to_string(),
            );
            let (list, more) = slice(rows, offset, size);
            if style == "ninja" {
                return json_body(&json!({"items": [], "count": rows.len()}), "items", &list);
            }
            drf(rows.len(), more.then_some(&next), &list)
        }
        "cursor" => cursor(rows, size, url),
        "bare" => json_body(&json!([]), "", &slice(rows, 0, rows.len()).0),
        "broken" => "{\"results\":[{\"id\":1},{\"id\":".into_response(),
        _ => numbered(&style, rows, size, url),
    }
}

fn numbered(style: &str, rows: &[u64], size: usize, url: &Url) -> Response {
    let name = if style == "jsonapi" {
        "page[number]"
    } else {
        "page"
    };
    let page = number(url, name).unwrap_or(1);
    if page == 0 || (page > 1 && (page - 1) * size >= rows.len()) {
        return (StatusCode::NOT_FOUND, r#"{"detail":"Invalid page."}"#).into_response();
    }
    let (list, more) = slice(rows, (page - 1) * size, size);
    let next = more.then(|| with_parameter(url, name, &(page + 1).to_string()));
    match style {
        "link" => {
            let mut reply = json_body(&json!([]), "", &list);
            let link = next.map_or_else(
                || format!("<{url}>; rel=\"first\""),
                |next| format!("<{url}>; rel=\"first\", <{next}>; rel=\"next\""),
            );
            reply.headers_mut().insert("link", link.parse().unwrap());
            reply
        }
        "jsonapi" => json_body(
            &json!({"links": {"first": url.as_str(), "next": next.as_ref().map(Url::as_str)}, "data": [], "meta": {"pagination": {"count": rows.len()}}}),
            "data",
            &list,
        ),
        "ninja-pages" => json_body(&json!({"items": [], "count": rows.len()}), "items", &list),
        "counters" => json_body(
            &json!({"data": [], "meta": {"current_page": page, "last_page": rows.len().div_ceil(size)}}),
            "data",
            &list,
        ),
        _ => drf(rows.len(), next.as_ref(), &list),
    }
}

fn cursor(rows: &[u64], size: usize, url: &Url) -> Response {
    let asked = Cursor::of(url).unwrap_or_default();
    if asked.reverse {
        let (list, _) = slice(rows, rows.len().saturating_sub(size), size);
        let envelope = json!({"next": null, "previous": null, "results": []});
        return json_body(&envelope, "results", &list);
    }
    let position: u64 = asked
        .position
        .and_then(|position| position.parse().ok())
        .unwrap_or(0);
    let from = rows.partition_point(|&id| id <= position);
    let (list, more) = slice(rows, from, size);
    let next = more.then(|| {
        let cursor = Cursor {
            position: Some(rows[from + size - 1].to_string()),
            ..Cursor::default()
        };
        with_parameter(url, "cursor", &cursor.encode())
    });
    json_body(
        &json!({"next": next.as_ref().map(Url::as_str), "previous": null, "results": []}),
        "results",
        &list,
    )
}

fn slice(rows: &[u64], from: usize, size: usize) -> (Vec<String>, bool) {
    let from = from.min(rows.len());
    let to = (from + size).min(rows.len());
    (
        rows[from..to].iter().map(|&id| row(id)).collect(),
        to < rows.len(),
    )
}

fn drf(count: usize, next: Option<&Url>, list: &[String]) -> Response {
    let envelope =
        json!({"count": count, "next": next.map(Url::as_str), "previous": null, "results": []});
    json_body(&envelope, "results", list)
}

/// Puts the rows' own texts into the envelope's empty list.
fn json_body(envelope: &Value, member: &str, list: &[String]) -> Response {
    let text = envelope.to_string();
    let empty = if member.is_empty() {
        "[]".to_owned()
    } else {
        format!("\"{member}\":[]")
    };
    let full = empty.replace("[]", &format!("[{}]", list.join(",")));
    let mut headers = HeaderMap::new();
    headers.insert("content-type", "application/json".parse().unwrap());
    (headers, text.replace(&empty, &full)).into_response()
}

/// A refusal as DRF's throttles give it.
pub fn throttled(retry_after: &str) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", retry_after.parse().unwrap());
    let body = r#"{"detail":"Request was throttled."}"#;
    (StatusCode::TOO_MANY_REQUESTS, headers, body).into_response()
}
