//! Plain HTTP/1.1, straight to the server: connections that are kept, each with a read buffer of its own.
//!
//! What costs most of a walk is what is done for every request and every read: here nothing is done but that. All else,
//! TLS, HTTP/2 and proxies, is the business of the library below [`Network`](super::Network).

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, RANGE};
use http_body::Frame;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::time::Instant;

use super::dial::Failed;
use super::inflate::{ACCEPTED, inflated};
use super::network::Settings;
use super::timed::origin_form;
use super::transport::Body;

/// What is read at once. More saves no time, and is held by every connection.
const READ: usize = 64 * 1024;

/// How long an idle connection is kept; servers that close theirs earlier are noticed by it.
const KEEP: Duration = Duration::from_secs(90);

/// The connections to all servers.
pub(super) struct Plain {
    settings: Settings,
    idle: Idle,
}

/// Connections whose last request was answered.
type Idle = Arc<Mutex<Vec<Connection>>>;

struct Connection {
    authority: Box<str>,
    sender: http1::SendRequest<Full<Bytes>>,
    since: Instant,
}

impl Plain {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            settings,
            idle: Idle::default(),
        }
    }

    /// Sends one request once. On a connection that the server closed before anything of it was written it was not sent.
    pub(super) async fn exchange(
        &self,
        mut request: http::Request<Bytes>,
    ) -> Result<http::Response<Body>, Failed> {
        let uri = request.uri().clone();
        let fields = request.headers_mut();
        let ask = self.settings.compress
            && !fields.contains_key(ACCEPT_ENCODING)
            && !fields.contains_key(RANGE);
        if ask {
            fields.insert(ACCEPT_ENCODING, ACCEPTED);
        }
        let mut request = origin_form(request, &uri)?;
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        loop {
            let (mut connection, reused) = match self.take(authority).await {
                Some(connection) => (connection, true),
                None => (self.dial(&uri, authority).await?, false),
            };
            match connection.sender.try_send_request(request).await {
                Ok(reply) => {
                    let packed =
                        self.settings.compress && reply.headers().contains_key(CONTENT_ENCODING);
                    let reply = reply.map(|body| Held {
                        body,
                        from: Some((connection, Arc::clone(&self.idle))),
                    });
                    return Ok(if packed {
                        inflated(reply).await
                    } else {
                        reply.map(|body| body.map_err(Into::into).boxed_unsync())
                    });
                }
                Err(mut error) => match error.take_message() {
                    Some(unsent) if reused => request = unsent,
                    _ => return Err(error.into_error().into()),
                },
            }
        }
    }

    /// An idle connection to a server; one that is ready at once, if there is one.
    async fn take(&self, authority: &str) -> Option<Connection> {
        loop {
            let mut connection = {
                let mut idle = lock(&self.idle);
                let fits = |connection: &Connection| *connection.authority == *authority;
                let ready =
                    |connection: &Connection| fits(connection) && connection.sender.is_ready();
                let at = idle
                    .iter()
                    .rposition(ready)
                    .or_else(|| idle.iter().rposition(fits))?;
                idle.swap_remove(at)
            };
            if connection.since.elapsed() < KEEP && connection.sender.ready().await.is_ok() {
                return Some(connection);
            }
        }
    }

    async fn dial(&self, uri: &Uri, authority: &str) -> Result<Connection, Failed> {
        let stream = TokioIo::new(self.settings.tcp(uri).await?);
        let (sender, connection) = http1::Builder::new()
            .read_buf_exact_size(Some(READ))
            .handshake(stream)
            .await?;
        // It ends with the sender, or with an error that the sender is told.
        tokio::spawn(connection);
        Ok(Connection {
            authority: authority.into(),
            sender,
            since: Instant::now(),
        })
    }
}

fn lock(idle: &Idle) -> MutexGuard<'_, Vec<Connection>> {
    // A list of connections is whole even if a holder panicked.
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A body whose connection is given back behind it. One that is not read to its end makes the connection close, which
/// is seen when it is taken.
pub(super) struct Held {
    body: Incoming,
    from: Option<(Connection, Idle)>,
}

impl Held {
    fn give_back(&mut self) {
        if let Some((mut connection, idle)) = self.from.take()
            && !connection.sender.is_closed()
        {
            connection.since = Instant::now();
            lock(&idle).push(connection);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.give_back();
    }
}

impl http_body::Body for Held {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(None) = polled {
            self.give_back();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// Serves connections one after the other; each answers so many requests with `reply` and is closed. What it was asked.
    async fn serve(listener: TcpListener, answers: Vec<usize>, reply: Vec<u8>) -> Vec<Vec<String>> {
        let mut asked = Vec::new();
        for answers in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut lines = Vec::new();
            for _ in 0..answers {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(stream.read_u8().await.unwrap());
                }
                lines.push(String::from_utf8(head).unwrap());
                stream.write_all(&reply).await.unwrap();
            }
            asked.push(lines);
        }
        asked
    }

    fn request(address: std::net::SocketAddr, path: &str) -> http::Request<Bytes> {
        http::Request::get(format!("http://{address}{path}"))
            .body(Bytes::new())
            .unwrap()
    }

    async fn body(plain: &Plain, request: http::Request<Bytes>) -> (http::HeaderMap, Bytes) {
        let (head, body) = plain.exchange(request).await.unwrap().into_parts();
        (head.headers, body.collect().await.unwrap().to_bytes())
    }

    #[tokio::test]
    async fn a_connection_is_used_again_and_one_that_the_server_closed_is_not() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let reply = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_vec();
        let server = tokio::spawn(serve(listener, vec![2, 1], reply));
        let plain = Plain::new(Settings::default());
        for path in ["/1", "/2", "/3"] {
            assert_eq!(body(&plain, request(address, path)).await.1, "ok");
            while lock(&plain.idle)
                .iter()
                .any(|idle| path == "/2" && !idle.sender.is_closed())
            {
                tokio::task::yield_now().await;
            }
        }
        let asked = server.await.unwrap();
        assert_eq!(asked.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert!(asked[1][0].starts_with("GET /3 HTTP/1.1\r\n"));
        assert!(asked[0][0].contains(&format!("host: {address}\r\n")));
    }

    #[tokio::test]
    async fn a_body_that_is_not_read_to_its_end_costs_its_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let reply = b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\nbeginning".to_vec();
        let server = tokio::spawn(serve(listener, vec![1, 1], reply));
        let plain = Plain::new(Settings::default());
        for path in ["/1", "/2"] {
            drop(plain.exchange(request(address, path)).await.unwrap());
        }
        assert_eq!(server.await.unwrap().len(), 2);
    }

    #[tokio::test]
    async fn a_compressed_reply_is_asked_for_and_taken_apart() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&b"text ".repeat(9_999)).unwrap();
        let packed = packed.finish().unwrap();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            packed.len()
        );
        let reply = [head.as_bytes(), &packed].concat();
        for compress in [true, false] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let server = tokio::spawn(serve(listener, vec![2], reply.clone()));
            let plain = Plain::new(Settings {
                compress,
                ..Settings::default()
            });
            for path in ["/1", "/2"] {
                let (fields, body) = body(&plain, request(address, path)).await;
                assert_eq!(body.len(), if compress { 49_995 } else { packed.len() });
                assert_eq!(fields.contains_key(CONTENT_ENCODING), !compress);
                assert_eq!(fields.contains_key("content-length"), !compress);
            }
            let asked = server.await.unwrap();
            assert_eq!(
                asked[0][1].contains("accept-encoding: gzip, br\r\n"),
                compress
            );
        }
    }
}
