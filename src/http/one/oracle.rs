//! Replies of every kind, whole, cut short and garbled, are read as hyper reads them.

use std::future::poll_fn;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::timeout;

use super::{Idle, Received};
use crate::http::dial::Stream;

/// What a server writes, in parts of a size, and whether it closes the connection then.
#[derive(Debug, Clone)]
struct Script {
    text: Vec<u8>,
    part: usize,
    closes: bool,
    method: &'static str,
}

/// What came of a request: a reply, with its body where that came whole. What is wrong may be refused at once, or when
/// all of it is there.
#[derive(Debug, PartialEq)]
struct Answer {
    status: u16,
    fields: Vec<(String, Vec<u8>)>,
    body: Option<Vec<u8>>,
    /// Whether another request may follow.
    stays: bool,
}

const PATIENCE: Duration = Duration::from_secs(9);

async fn serve(mut stream: DuplexStream, script: Script) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    for part in script.text.chunks(script.part) {
        if stream.write_all(part).await.is_err() {
            return;
        }
        tokio::task::yield_now().await;
    }
    if !script.closes {
        tokio::time::sleep(PATIENCE * 9).await;
    }
}

fn request(script: &Script) -> http::Request<Bytes> {
    http::Request::builder()
        .method(script.method)
        .uri("http://x/")
        .body(Bytes::new())
        .unwrap()
}

fn start(script: &Script) -> DuplexStream {
    let (near, far) = duplex(1 << 20);
    tokio::spawn(serve(far, script.clone()));
    near
}

/// Our answer, with the body read as it comes or into memory of the reader's.
async fn ours(script: &Script, into_memory: bool) -> Option<Answer> {
    let idle = Idle::default();
    let dial = async || Ok(Box::new(start(script)) as Box<dyn Stream>);
    let request = request(script);
    let sent = timeout(PATIENCE, idle.exchange(&request, PATIENCE, dial)).await;
    let (head, body) = sent.ok()?.ok()?.0.into_parts();
    let body = if into_memory {
        read(body).await
    } else {
        whole(body).await
    };
    // What comes behind the reply is on its way.
    tokio::time::sleep(Duration::from_millis(1)).await;
    let stays = body.is_some() && idle.is_ready();
    Some(answer(&head, body, stays))
}

async fn hypers(script: &Script) -> Option<Answer> {
    let stream = TokioIo::new(start(script));
    let (mut sender, connection) = http1::handshake(stream).await.unwrap();
    tokio::spawn(connection);
    let sent = sender.send_request(request(script).map(Full::new));
    let (head, body) = timeout(PATIENCE, sent).await.ok()?.ok()?.into_parts();
    let body = whole(body).await;
    tokio::time::sleep(Duration::from_millis(1)).await;
    let stays = body.is_some() && sender.is_ready();
    Some(answer(&head, body, stays))
}

async fn whole<B: http_body::Body<Data = Bytes>>(body: B) -> Option<Bytes> {
    let body = timeout(PATIENCE, body.collect()).await.ok()?;
    Some(body.ok()?.to_bytes())
}

async fn read(mut body: Received) -> Option<Bytes> {
    let mut memory = BytesMut::new();
    loop {
        let before = memory.len();
        let part = poll_fn(|cx| body.poll_read(cx, &mut memory));
        match timeout(PATIENCE, part).await.ok()?.ok()? {
            0 => return Some(memory.freeze()),
            more => assert_eq!(memory.len(), before + more),
        }
    }
}

fn answer(head: &http::response::Parts, body: Option<Bytes>, stays: bool) -> Answer {
    let fields = head.headers.iter();
    Answer {
        status: head.status.as_u16(),
        fields: fields
            .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
            .collect(),
        body: body.map(Vec::from),
        stays,
    }
}

fn chunked(body: &[u8], size: usize) -> Vec<u8> {
    let mut text = Vec::new();
    for chunk in body.chunks(size) {
        text.extend(format!("{:x}\r\n", chunk.len()).bytes());
        text.extend([chunk, b"\r\n"].concat());
    }
    text.extend(b"0\r\n\r\n");
    text
}

const LINES: [&str; 9] = [
    "HTTP/1.1 200 OK",
    "HTTP/1.1 200",
    "HTTP/1.1 404 Not Found",
    "HTTP/1.1 204 No Content",
    "HTTP/1.1 304 Not Modified",
    "HTTP/1.0 200 OK",
    "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 201 Created",
    "HTTP/2 200 OK",
    "garbage",
];

const FIELDS: [&str; 8] = [
    "Connection: close",
    "Connection: Keep-Alive",
    "connection: x, close",
    "Set-Cookie: a=b",
    "set-cookie: c",
    "X-Empty:",
    "X-Latin: \u{e9}",
    "bad name: x",
];

/// The values of `Content-Length` for a body of so many bytes, right and wrong.
fn lengths(count: usize) -> impl Strategy<Value = Vec<String>> {
    let right = || count.to_string();
    prop::sample::select(vec![
        vec![right()],
        vec![right()],
        vec![right()],
        vec![],
        vec![format!("{count}, {count}")],
        vec![right(), right()],
        vec![(count + 3).to_string()],
        vec![count.saturating_sub(3).to_string()],
        vec!["-1".to_owned()],
        vec!["x".to_owned()],
        vec!["99999999999999999999".to_owned()],
    ])
}

/// A body behind the fields that say how long it is.
fn framed() -> impl Strategy<Value = (Vec<u8>, bool)> {
    let bytes = prop::collection::vec(any::<u8>(), 0..90);
    let sized = bytes.clone().prop_flat_map(|body| {
        lengths(body.len()).prop_map(move |lengths| {
            let fields = lengths
                .iter()
                .map(|length| format!("Content-Length: {length}\r\n"));
            let fields: String = fields.collect();
            ([fields.as_bytes(), b"\r\n", &body].concat(), false)
        })
    });
    let in_chunks = (bytes, 1_usize..40).prop_map(|(body, size)| {
        let fields = b"Transfer-Encoding: chunked\r\n\r\n";
        ([fields, chunked(&body, size).as_slice()].concat(), true)
    });
    prop_oneof![sized, in_chunks]
}

fn scripts() -> impl Strategy<Value = Script> {
    let fields = prop::collection::vec(prop::sample::select(&FIELDS[..]), 0..3);
    let garbled = prop::option::of((any::<prop::sample::Index>(), 0_u8..128));
    (
        (prop::sample::select(&LINES[..]), fields, framed()),
        (garbled, 0_usize..9),
        (1_usize..80, any::<bool>()),
        prop::sample::select(vec!["GET", "GET", "HEAD", "POST"]),
    )
        .prop_map(|(reply, (garbled, cut), (part, closes), method)| {
            let (line, fields, (framed, in_chunks)) = reply;
            // What a transfer coding means in HTTP/1.0 is left open by RFC 9112.
            let line = if in_chunks {
                line.replace("/1.0", "/1.1")
            } else {
                line.to_owned()
            };
            let head = [&[line.as_str()], fields.as_slice(), &[""]].concat();
            let mut text = [head.join("\r\n").into_bytes(), framed].concat();
            if let Some((at, byte)) = garbled
                && cut == 0
            {
                *at.get_mut(&mut text) = byte;
            }
            if cut > 5 {
                text.truncate(text.len().saturating_sub(cut));
            }
            Script {
                text,
                part,
                closes,
                method,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]
    #[test]
    fn replies_are_read_as_hyper_reads_them(script in scripts()) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .unwrap();
        let theirs = runtime.block_on(hypers(&script));
        for into_memory in [false, true] {
            let ours = runtime.block_on(ours(&script, into_memory));
            prop_assert_eq!(&ours, &theirs, "{}", String::from_utf8_lossy(&script.text));
        }
    }
}
