//! Real rate limiters (`tests/limiters/`), each a process of its own on a free loopback port.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use super::prepared;

const INSTALL_NODE: &str = "these tests need Node 18 or later: apt-get install nodejs npm";

/// A running limiter; dropping it stops it, and it dies with the test process.
pub struct Limiter {
    address: SocketAddr,
    process: Child,
    lifeline: Option<ChildStdin>,
}

impl Limiter {
    /// Starts a server of `tests/limiters/python/`: the file and its arguments.
    pub fn python(words: &[&str]) -> Self {
        static PYTHON: OnceLock<PathBuf> = OnceLock::new();
        let folder = zoo().join("python");
        let python = PYTHON
            .get_or_init(|| prepared::venv("limiters", &zoo().join("python/requirements.txt")));
        Self::start(
            Command::new(python).args(words).current_dir(folder),
            &words.join(" "),
        )
    }

    /// Starts a server of `tests/limiters/node/`: the file and its arguments.
    pub fn node(words: &[&str]) -> Self {
        static FOLDER: OnceLock<PathBuf> = OnceLock::new();
        let folder = FOLDER.get_or_init(node_folder);
        Self::start(
            Command::new("node").args(words).current_dir(folder),
            &words.join(" "),
        )
    }

    fn start(command: &mut Command, name: &str) -> Self {
        let mut process = command
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lifeline = process.stdin.take();
        let mut line = String::new();
        let _ = BufReader::new(process.stdout.take().unwrap()).read_line(&mut line);
        let Some(port) = line
            .strip_prefix("ready ")
            .and_then(|port| port.trim().parse().ok())
        else {
            let mut errors = String::new();
            let _ = process.stderr.unwrap().read_to_string(&mut errors);
            panic!("{name} did not start: {errors}");
        };
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            process,
            lifeline,
        }
    }

    /// `http://127.0.0.1:PORT/`.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The statuses of so many requests, one after another over one connection.
    pub fn burst(&self, requests: usize) -> Vec<u16> {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let mut reader = BufReader::new(stream);
        (0..requests).map(|_| ask(&mut reader)).collect()
    }

    /// Stops it: what it had written to standard error.
    pub fn errors(mut self) -> String {
        drop(self.lifeline.take());
        let mut errors = String::new();
        let pipe = self.process.stderr.as_mut().unwrap();
        pipe.read_to_string(&mut errors).unwrap();
        errors
    }
}

impl Drop for Limiter {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        let _ = self.process.wait();
    }
}

/// Sends one request and reads the whole reply.
fn ask(reader: &mut BufReader<TcpStream>) -> u16 {
    reader
        .get_mut()
        .write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        .unwrap();
    let (mut status, mut length) = (0, 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(rest) = line.strip_prefix("http/1.1 ") {
            status = rest[..3].parse().unwrap();
        } else if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        } else if line.is_empty() {
            break;
        }
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    status
}

fn zoo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/limiters")
}

/// A copy of `tests/limiters/node/` with its packages installed beside it.
fn node_folder() -> PathBuf {
    let source = zoo().join("node");
    let mut names: Vec<_> = fs::read_dir(&source)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name != "node_modules")
        .collect();
    names.sort();
    let contents: Vec<_> = names
        .iter()
        .map(|name| fs::read(source.join(name)).unwrap())
        .collect();
    let key = prepared::hash_of(&contents);
    prepared::made_once(&format!("limiters/node-{key}"), |folder| {
        fs::create_dir_all(folder).unwrap();
        for (name, content) in names.iter().zip(&contents) {
            fs::write(folder.join(name), content).unwrap();
        }
        let npm = Command::new("npm")
            .args(["ci", "--silent", "--no-audit", "--no-fund"])
            .current_dir(folder)
            .output();
        let Ok(npm) = npm else {
            panic!("{INSTALL_NODE}")
        };
        let errors = String::from_utf8_lossy(&npm.stderr);
        assert!(npm.status.success(), "npm ci failed: {errors}");
    })
}
