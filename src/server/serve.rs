//! Connections: requests in, replies out, and an orderly end.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, Uri, Version, header};
use http_body::{Frame, SizeHint};
use http_body_util::{BodyExt, Full, Limited};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tower_service::Service;

use super::app::App;
use super::call::Call;
use super::config::Config;
use super::dispatch;
use super::faults::{self, Fault};
use super::html;
use super::reply::Reply;
use super::spoilt::Spoilt;

/// The most that is read of a body; DRF itself draws the line lower.
const MOST_READ: usize = 16 << 20;
/// How long connections may take to end once the server stops and all handlers are done.
const GRACE: Duration = Duration::from_secs(5);
/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(75);
/// How long to wait after `accept` failed, for want of file descriptors say.
const BREATHER: Duration = Duration::from_millis(50);

/// The API as a service, for tests in process.
pub fn router(config: Config) -> Router {
    let app = Arc::new(App::new(config));
    let turn = Arc::new(AtomicU64::new(0));
    Router::new().fallback(move |request: Request| {
        let app = Arc::clone(&app);
        let turn = turn.fetch_add(1, Ordering::Relaxed);
        async move { respond(&app, request, turn).await }
    })
}

/// Serves the API on a listener until `shutdown` ends; open requests are then answered first, however long that
/// takes. Who drops the future cuts them off.
///
/// # Errors
/// Only what the listener itself reports when its address cannot be read.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    listener.local_addr()?;
    let router = router(config);
    let graceful = GracefulShutdown::new();
    let mut builder = auto::Builder::new(hyper_util::rt::TokioExecutor::new());
    builder
        .http1()
        .title_case_headers(true)
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .pipeline_flush(true);
    let mut shutdown = pin!(shutdown);
    // Held by every request that is being answered.
    let (open, mut answered) = mpsc::channel::<()>(1);
    let mut accepted_before = 0;
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => {
                let Ok(accepted) = accepted else {
                    tokio::time::sleep(BREATHER).await;
                    continue;
                };
                accepted
            }
        };
        // Small replies must not wait for acknowledgements.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let connection = Connection {
            number: accepted_before,
            reached: stream.local_addr().ok(),
            open: open.downgrade(),
        };
        accepted_before += 1;
        let service = service_fn(move |mut request: http::Request<hyper::body::Incoming>| {
            let mut router = router.clone();
            request.extensions_mut().insert(connection.clone());
            async move { Ok::<_, Infallible>(on_the_wire(&mut router, request, peer).await) }
        });
        let connection = builder
            .serve_connection(TokioIo::new(stream), service)
            .into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks concerns its client alone.
            let _ = connection.await;
        });
    }
    drop(listener);
    drop(open);
    let cut = async {
        // A handler takes as long as it was told to; nobody else holds up the end.
        answered.recv().await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = graceful.shutdown() => {}
        () = cut => {}
    }
    Ok(())
}

/// What a request came on.
#[derive(Debug, Clone)]
struct Connection {
    /// Counted from 0.
    number: u64,
    /// The server's address, as the client reached it.
    reached: Option<SocketAddr>,
    open: mpsc::WeakSender<()>,
}

/// Adds what gunicorn adds to a reply.
async fn on_the_wire(
    router: &mut Router,
    request: http::Request<hyper::body::Incoming>,
    peer: SocketAddr,
) -> Response {
    let version = request.version();
    let closes = request
        .headers()
        .get(header::CONNECTION)
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"close"));
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    let mut response = match router.call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    if version == Version::HTTP_11 {
        let word = if closes { "close" } else { "keep-alive" };
        let rest = std::mem::take(response.headers_mut());
        let headers = response.headers_mut();
        headers.reserve(rest.len() + 1);
        let mut rest = rest.into_iter();
        // Server and Date come first, then Connection.
        for (name, value) in rest.by_ref().take(2) {
            if let Some(name) = name {
                headers.append(name, value);
            }
        }
        headers.insert(header::CONNECTION, HeaderValue::from_static(word));
        let mut last = None;
        for (name, value) in rest {
            last = name.or(last);
            if let Some(name) = &last {
                headers.append(name.clone(), value);
            }
        }
    }
    response
}

async fn respond(app: &App, request: Request, turn: u64) -> Response {
    let (mut parts, body) = request.into_parts();
    let may_chunk = parts.version == Version::HTTP_11 && parts.method != http::Method::HEAD;
    let body = Limited::new(body, MOST_READ).collect().await;
    let connection = parts.extensions.remove::<Connection>();
    let _open = connection
        .as_ref()
        .and_then(|connection| connection.open.upgrade());
    let due = Instant::now() + faults::latency(app);
    let reply = match (body, faults::outage(app, turn)) {
        (Err(_), _) => html::bad_request(),
        (_, Some(Fault::Unavailable(_))) => html::unavailable(),
        (_, Some(_)) => html::server_error(),
        (Ok(body), None) => {
            let call = call(app, parts, body.to_bytes(), connection.as_ref(), turn);
            dispatch::answer(app, &call).await
        }
    };
    // A handler has waited already, while it held its place; what was answered without one waits here.
    if Instant::now() < due {
        tokio::time::sleep_until(due).await;
    }
    response(app, reply, may_chunk, turn)
}

/// The request as Django sees it.
fn call(
    app: &App,
    mut parts: http::request::Parts,
    body: Bytes,
    connection: Option<&Connection>,
    turn: u64,
) -> Call {
    if !parts.headers.contains_key(header::HOST)
        && let Some(host) = host(&parts.uri, connection)
    {
        parts.headers.insert(header::HOST, host);
    }
    let target = parts
        .uri
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let mut call = Call::new(parts.method.as_str(), target, parts.headers, body);
    // A worker keeps the connections that it accepted; without a socket each request is one of its own.
    let accepted = connection.map_or(turn, |connection| connection.number);
    call.worker = faults::pick(accepted, app.config.workers);
    if let Some(ConnectInfo(peer)) = parts.extensions.get::<ConnectInfo<SocketAddr>>() {
        call.peer = peer.ip().to_string();
    }
    call
}

/// The host of a request without the field: HTTP/2 names it in `:authority`; who names none means the address that
/// was reached (`SERVER_NAME` and `SERVER_PORT`).
fn host(uri: &Uri, connection: Option<&Connection>) -> Option<HeaderValue> {
    let host = match uri.authority() {
        Some(authority) => authority.as_str().to_owned(),
        None => connection?.reached?.to_string(),
    };
    HeaderValue::from_str(&host).ok()
}

fn response(app: &App, reply: Reply, may_chunk: bool, turn: u64) -> Response {
    let mut claimed = None;
    let body = match (reply.list, faults::spoiling(app, turn)) {
        (Some(list), None) => Body::new(list),
        (Some(list), Some(fault)) => Body::new(list.spoilt(fault)),
        _ if reply.chunked => Body::new(Held::new(reply.body, false)),
        (None, Some(fault)) if !reply.body.is_empty() => {
            let spoilt = Spoilt::new(&reply.body, fault);
            claimed = Some(spoilt.claimed());
            Body::new(spoilt)
        }
        // hyper would move a length of zero behind the other fields.
        _ if reply.body.is_empty() && reply.headers.contains_key(header::CONTENT_LENGTH) => {
            Body::new(Held::new(reply.body, true))
        }
        _ => Body::new(Full::new(reply.body)),
    };
    let mut response = Response::new(body);
    *response.status_mut() = reply.status;
    let headers = response.headers_mut();
    headers.reserve(reply.headers.len() + 4);
    headers.insert(
        header::SERVER,
        HeaderValue::from_static(concat!("apictl/", env!("CARGO_PKG_VERSION"))),
    );
    let now = UNIX_EPOCH + Duration::from_secs_f64(app.now().max(0.0));
    if let Ok(date) = HeaderValue::from_str(&httpdate::fmt_http_date(now)) {
        headers.insert(header::DATE, date);
    }
    if reply.chunked && may_chunk {
        headers.insert(
            header::TRANSFER_ENCODING,
            HeaderValue::from_static("chunked"),
        );
    }
    headers.extend(reply.headers);
    if let Some(claimed) = claimed {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(claimed));
    }
    response
}

/// A body that looks unfinished until it was asked for, whether or not its length is told: without one, it is sent
/// in chunks.
struct Held {
    bytes: Option<Bytes>,
    length: Option<u64>,
}

impl Held {
    fn new(bytes: Bytes, tells_length: bool) -> Self {
        Self {
            length: tells_length.then_some(bytes.len() as u64),
            bytes: (!bytes.is_empty()).then_some(bytes),
        }
    }
}

impl http_body::Body for Held {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn size_hint(&self) -> SizeHint {
        self.length
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
