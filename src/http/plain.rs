//! Plain HTTP/1.1, straight to the server: connections that are kept, each with a read buffer of its own.
//!
//! What costs most of a walk is what is done for every request and every read: here nothing is done but that. All else,
//! TLS, HTTP/2 and proxies, is the business of the library below [`Network`](super::Network).

use std::time::Duration;

use bytes::Bytes;

use super::dial::{Failed, Stream};
use super::inflate::{ask, inflated};
use super::network::Settings;
use super::one::Idle;
use super::transport::Body;

/// How long an idle connection is kept; servers that close theirs earlier are noticed by it.
const KEEP: Duration = Duration::from_secs(90);

/// The connections to all servers.
pub(super) struct Plain {
    settings: Settings,
    idle: Idle,
}

impl Plain {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            settings,
            idle: Idle::default(),
        }
    }

    /// Sends one request once, as [`Idle::exchange`] does.
    pub(super) async fn exchange(
        &self,
        mut request: http::Request<Bytes>,
    ) -> Result<http::Response<Body>, Failed> {
        let compress = self.settings.compress;
        if compress {
            ask(request.headers_mut());
        }
        let dial = async || {
            let stream = self.settings.tcp(request.uri()).await?;
            Ok(Box::new(stream) as Box<dyn Stream>)
        };
        let (reply, _) = self.idle.exchange(&request, KEEP, dial).await?;
        let reply = reply.map(Body::from);
        Ok(if compress { inflated(reply) } else { reply })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::one::{Habits, Resend};
    use http::header::CONTENT_ENCODING;
    use http_body_util::BodyExt;
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
            // The end of the connection is on its way.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let asked = server.await.unwrap();
        assert_eq!(asked.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert!(asked[1][0].starts_with("GET /3 HTTP/1.1\r\n"));
        assert!(asked[0][0].contains(&format!("host: {address}\r\n")));
    }

    /// Answers one request a connection and closes it a little later, as a server does that keeps none and does not say so;
    /// the first connection answers `first` requests. How many requests were read.
    async fn close_silently(listener: TcpListener, first: usize, connections: usize) -> usize {
        let mut read = 0;
        for number in 0..connections {
            let (mut stream, _) = listener.accept().await.unwrap();
            for _ in 0..(if number == 0 { first } else { 1 }) {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(stream.read_u8().await.unwrap());
                }
                read += 1;
                let reply = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
                stream.write_all(reply).await.unwrap();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        read
    }

    async fn asked(idle: &Idle, request: &http::Request<Bytes>) -> Result<bool, Failed> {
        let dial = async || {
            let stream = Settings::default().tcp(request.uri()).await?;
            Ok(Box::new(stream) as Box<dyn Stream>)
        };
        let (reply, stamps) = idle.exchange(request, KEEP, dial).await?;
        assert_eq!(reply.into_body().collect().await?.to_bytes(), "ok");
        Ok(stamps.closes)
    }

    #[tokio::test]
    async fn a_server_that_closes_behind_its_replies_without_a_word_is_known_by_its_first_end() {
        for (resend, method) in [
            (Resend::Idempotent, "GET"),
            (Resend::Idempotent, "POST"),
            (Resend::Unseen, "GET"),
        ] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let mut request = request(listener.local_addr().unwrap(), "/");
            *request.method_mut() = method.parse().unwrap();
            let server = tokio::spawn(close_silently(listener, 1, 4));
            let idle = Idle::knowing(Habits::default(), resend);
            let mut closes = Vec::new();
            for _ in 0..4 {
                closes.push(asked(&idle, &request).await.unwrap());
            }
            assert_eq!(closes, [false, true, true, true]);
            assert_eq!(server.await.unwrap(), 4);
        }
    }

    #[tokio::test]
    async fn where_connections_are_kept_an_end_may_be_an_answer() {
        for (resend, method, again) in [
            (Resend::Idempotent, "GET", true),
            (Resend::Idempotent, "POST", false),
            (Resend::Unseen, "GET", false),
        ] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let mut request = request(listener.local_addr().unwrap(), "/");
            *request.method_mut() = method.parse().unwrap();
            tokio::spawn(close_silently(listener, 2, 2));
            let idle = Idle::knowing(Habits::default(), resend);
            for _ in 0..2 {
                assert!(!asked(&idle, &request).await.unwrap());
            }
            assert_eq!(asked(&idle, &request).await.is_ok(), again, "{method}");
        }
    }

    /// Linux alone delays an acknowledgement by no less than 40 ms.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_server_that_writes_head_and_body_apart_is_not_left_waiting() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            loop {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(stream.read_u8().await.unwrap());
                }
                for part in ["HTTP/1.1 200 OK\r\nContent-", "Length: 2\r\n\r\n", "o", "k"] {
                    stream.write_all(part.as_bytes()).await.unwrap();
                }
            }
        });
        let plain = Plain::new(Settings::default());
        let mut waits = Vec::new();
        for _ in 0..24 {
            let started = tokio::time::Instant::now();
            assert_eq!(body(&plain, request(address, "/")).await.1, "ok");
            waits.push(started.elapsed());
        }
        // On a new connection nothing is delayed yet.
        let least = waits[8..].iter().min().unwrap();
        assert!(least.as_millis() < 40, "{waits:?}");
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

    fn packed(text: &str) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    }

    /// The body of a reply with this coding in these chunks.
    async fn unpacked(method: &str, coding: &str, chunks: &[&[u8]]) -> Result<Bytes, Failed> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut request = request(listener.local_addr().unwrap(), "/");
        *request.method_mut() = method.parse().unwrap();
        let mut reply = format!(
            "HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        .into_bytes();
        if method != "HEAD" {
            for chunk in chunks {
                reply.extend(format!("{:x}\r\n", chunk.len()).bytes());
                reply.extend([*chunk, b"\r\n"].concat());
            }
            reply.extend(b"0\r\n\r\n");
        }
        tokio::spawn(serve(listener, vec![1], reply));
        let reply = Plain::new(Settings::default()).exchange(request).await?;
        Ok(reply.into_body().collect().await?.to_bytes())
    }

    #[tokio::test]
    async fn all_members_of_gzip_are_one_text() {
        let (one, two) = (packed("one "), packed("two"));
        let both = [one.as_slice(), &two].concat();
        for coding in ["gzip", "x-gzip", "GZIP"] {
            for chunks in [
                &[both.as_slice()][..],
                &[&one, &two],
                &[&both[..9], &both[9..]],
            ] {
                assert_eq!(unpacked("GET", coding, chunks).await.unwrap(), "one two");
            }
        }
        assert!(
            unpacked("GET", "gzip", &[&both[..both.len() - 9]])
                .await
                .is_err()
        );
        assert!(unpacked("GET", "gzip", &[&one, b"more"]).await.is_err());
    }

    #[tokio::test]
    async fn a_reply_without_a_body_has_nothing_to_take_apart() {
        for coding in ["gzip", "br"] {
            for method in ["HEAD", "GET"] {
                assert_eq!(unpacked(method, coding, &[]).await.unwrap(), "");
            }
        }
    }
}
