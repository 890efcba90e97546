//! A server that answers what a test tells it to, byte for byte, and remembers what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `GET /path HTTP/1.1`.
    pub line: String,
    /// Header lines, as sent.
    pub headers: Vec<String>,
    pub body: String,
}

/// A server on a free loopback port; it ends with the test process.
#[derive(Debug, Clone)]
pub struct Fixture {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Fixture {
    /// Answers each request with the bytes that `answer` makes of it, then closes the connection. No bytes
    /// at all leave the caller waiting.
    pub fn new(answer: impl Fn(&Asked) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &seen, answer.as_ref()));
            }
        });
        Self { port, asked }
    }

    /// Answers every request with the same status, media type and body.
    pub fn always(status: &'static str, media_type: &'static str, body: &'static str) -> Self {
        Self::new(move |_| reply(status, media_type, body))
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

/// A whole reply with its `Content-Length`.
pub fn reply(status: &str, media_type: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
        .into_bytes()
}

fn serve(stream: TcpStream, seen: &Mutex<Vec<Asked>>, answer: &dyn Fn(&Asked) -> Vec<u8>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let Some(asked) = read_request(&mut reader) else {
        return;
    };
    let bytes = answer(&asked);
    seen.lock().unwrap().push(asked);
    let mut stream = stream;
    if bytes.is_empty() {
        // Held open until the caller gives up.
        let _ = reader.read(&mut [0]);
        return;
    }
    let _ = stream.write_all(&bytes);
}

fn read_request(reader: &mut impl BufRead) -> Option<Asked> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut headers = Vec::new();
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let header = header.trim_end().to_owned();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        headers.push(header);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked {
        line: line.trim_end().to_owned(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}
