//! A server that passes requests on to another one, remembers them, and can hide paths.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use super::fixture::{Asked, Fixture, reply};

/// Passes on to `address` what asks for a path that `shows` lets through; the rest is not found.
pub fn to(address: SocketAddr, shows: impl Fn(&str) -> bool + Send + Sync + 'static) -> Fixture {
    Fixture::new(move |asked| {
        let path = asked.line.split(' ').nth(1).unwrap_or_default();
        if shows(path) {
            pass_on(asked, address)
        } else {
            reply("404 Not Found", "text/html", "<h1>Not Found</h1>")
        }
    })
}

fn pass_on(asked: &Asked, address: SocketAddr) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    let headers: String = asked
        .headers
        .iter()
        .filter(|header| !header.to_ascii_lowercase().starts_with("connection:"))
        .map(|header| header.clone() + "\r\n")
        .collect();
    let request = format!(
        "{}\r\n{headers}Connection: close\r\n\r\n{}",
        asked.line, asked.body
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).unwrap();
    reply
}
