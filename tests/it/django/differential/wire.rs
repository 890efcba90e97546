//! Raw HTTP/1.1: replies as they are on the wire, with header names, order and framing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A reply as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    pub status: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A connection that is opened again when the server closes it.
pub struct Wire {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
}

impl Wire {
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            stream: None,
        }
    }

    /// Sends a request whose bytes are complete, and reads the reply.
    pub fn exchange(&mut self, request: &[u8], is_head: bool) -> Raw {
        let reused = self.stream.is_some();
        match self.attempt(request, is_head) {
            Err(_) if reused => {
                self.stream = None;
                self.attempt(request, is_head).unwrap()
            }
            reply => reply.unwrap(),
        }
    }

    fn attempt(&mut self, request: &[u8], is_head: bool) -> std::io::Result<Raw> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(self.address)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(Duration::from_secs(30)))?;
            self.stream = Some(BufReader::new(stream));
        }
        let stream = self.stream.as_mut().unwrap();
        stream.get_mut().write_all(request)?;
        let reply = read_reply(stream, is_head)?;
        let closes = reply
            .headers
            .iter()
            .any(|(name, value)| name.eq_ignore_ascii_case("connection") && value == "close");
        if closes {
            self.stream = None;
        }
        Ok(reply)
    }
}

fn read_reply(stream: &mut BufReader<TcpStream>, is_head: bool) -> std::io::Result<Raw> {
    let status = read_line(stream)?;
    if status.is_empty() {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    let mut headers = Vec::new();
    loop {
        let line = read_line(stream)?;
        let Some((name, value)) = line.split_once(": ") else {
            break;
        };
        headers.push((name.to_owned(), value.to_owned()));
    }
    let find = |wanted: &str| {
        let found = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.clone())
    };
    let mut body = Vec::new();
    if is_head || status.contains(" 204 ") || status.contains(" 304 ") {
    } else if find("transfer-encoding").is_some() {
        loop {
            let size = usize::from_str_radix(&read_line(stream)?, 16).unwrap();
            let start = body.len();
            body.resize(start + size, 0);
            stream.read_exact(&mut body[start..])?;
            read_line(stream)?;
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = find("content-length") {
        body.resize(length.parse().unwrap(), 0);
        stream.read_exact(&mut body)?;
    } else {
        stream.read_to_end(&mut body)?;
    }
    Ok(Raw {
        status,
        headers,
        body,
    })
}

fn read_line(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line)?;
    let line: String = line.iter().map(|byte| char::from(*byte)).collect();
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
