//! `apictl serve` as a process of its own, and raw connections to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;

use serde_json::Value;

use super::binary::{Home, Said, Started, finish};

/// A running server. Ends with the test, whatever happens in it.
pub struct Server {
    child: Option<Started>,
    /// What it said when it listened.
    pub said: Value,
    _home: Home,
}

/// One connection, kept alive.
pub struct Wire(pub BufReader<TcpStream>);

/// A reply as it came.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Server {
    /// Starts a server on a free port, with more flags.
    pub fn start(flags: &str) -> Self {
        Self::start_in(Home::new(), flags)
    }

    /// The same in a folder of one's own.
    pub fn start_in(home: Home, flags: &str) -> Self {
        let line = format!("serve --port 0 --format json {flags}");
        let mut child = home.command(line.split_whitespace()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut first)
            .unwrap();
        Self {
            child: Some(child),
            said: serde_json::from_str(&first).unwrap(),
            _home: home,
        }
    }

    pub fn connect(&self) -> Wire {
        let url = self.said["url"].as_str().unwrap();
        let address = url.strip_prefix("http://").unwrap();
        Wire(BufReader::new(TcpStream::connect(address).unwrap()))
    }

    /// The process id.
    pub fn pid(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    pub fn ask_to_stop(&self) {
        let pid = self.pid().to_string();
        let killed = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(killed.success());
    }

    pub fn ended(mut self) -> Said {
        finish(self.child.take().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Wire {
    pub fn send(&mut self, path: &str) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: api.test\r\n\r\n");
        self.0.get_mut().write_all(request.as_bytes()).unwrap();
    }

    /// Writes bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    /// The status line and the header fields.
    pub fn head(&mut self) -> String {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let read = self.0.read_line(&mut head).unwrap();
            assert_ne!(read, 0, "the connection ended in the head: {head}");
        }
        head
    }

    /// Sends a request and reads as much of the reply as comes.
    pub fn get(&mut self, path: &str) -> Reply {
        self.send(path);
        let head = self.head();
        let mut body = Vec::new();
        let length = header(&head, "content-length").parse().unwrap();
        // A connection that breaks is what some of these tests are about.
        let _ = (&mut self.0).take(length).read_to_end(&mut body);
        Reply {
            status: head[9..12].parse().unwrap(),
            head,
            body,
        }
    }
}

pub fn header<'a>(head: &'a str, name: &str) -> &'a str {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map_or("", |(_, value)| value)
}
