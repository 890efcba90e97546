//! What a reply of the embedded server costs, beside nginx sending the same bytes from a file in the same run:
//! `cargo bench --bench server`. CPU time of the serving process, on Linux; needs `nginx` for the second column.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a benchmark reads clocks, prints, and fails by panicking"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long each figure is measured.
const LONG_ENOUGH: Duration = Duration::from_secs(2);
/// `USER_HZ`, the unit of `/proc/PID/stat`, on every Linux of today.
const TICKS_PER_S: f64 = 100.0;

const REPLIES: [(&str, &str); 2] = [
    ("small reply", "/api/unthrottled/"),
    ("page of 1,000 items", "/api/products-stock/"),
];

/// A serving process; it ends with the run.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn main() {
    let ours = apictl();
    let folder = std::env::temp_dir().join(format!("apictl-bench-{}", std::process::id()));
    for (_, path) in REPLIES {
        let folder = folder.join("html").join(path.trim_matches('/'));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.json"), body(&ours.address, path)).unwrap();
    }
    let peer = nginx(&folder);
    println!("CPU time per reply, one connection kept alive");
    for (name, path) in REPLIES {
        let mine = cost(&ours, path);
        match &peer {
            None => println!("{name}: apictl {mine:.1} us (no nginx here to compare with)"),
            Some(peer) => {
                let its = cost(peer, path);
                let ratio = mine / its;
                println!("{name}: apictl {mine:.1} us, nginx {its:.1} us, ratio {ratio:.1}");
            }
        }
    }
    drop(peer);
    fs::remove_dir_all(folder).unwrap();
}

fn apictl() -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_apictl"))
        .args(["serve", "--port", "0", "--format", "json"])
        .args(["--page-size", "1000"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line.split("http://").nth(1).unwrap();
    let address = address.split('"').next().unwrap().to_owned();
    Server { child, address }
}

/// One process of nginx with the headers that our replies carry.
fn nginx(folder: &Path) -> Option<Server> {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let here = folder.display();
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {here}/{kind};\n"))
        .concat();
    let settings = format!(
        "daemon off; master_process off; pid {here}/pid; error_log {here}/errors;
        events {{ worker_connections 64; }}
        http {{
            access_log off; types {{ application/json json; }} keepalive_requests 100000000;
            sendfile on; tcp_nodelay on; open_file_cache max=100;
            {temporary}
            server {{
                listen {address}; root {here}/html; index index.json;
                add_header Allow \"GET, HEAD, OPTIONS\"; add_header X-Frame-Options DENY;
                add_header X-Content-Type-Options nosniff; add_header Referrer-Policy same-origin;
                add_header Cross-Origin-Opener-Policy same-origin;
            }}
        }}"
    );
    fs::write(folder.join("nginx.conf"), settings).unwrap();
    let child = Command::new("nginx")
        .arg("-p")
        .arg(folder)
        .args(["-c", "nginx.conf"])
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let server = Server { child, address };
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(5) {
        if TcpStream::connect(&server.address).is_ok() {
            return Some(server);
        }
        std::thread::yield_now();
    }
    None
}

/// Microseconds of the server's CPU time for one reply.
fn cost(server: &Server, path: &str) -> f64 {
    let mut wire = BufReader::new(TcpStream::connect(&server.address).unwrap());
    for _ in 0..50 {
        exchange(&mut wire, path);
    }
    let before = cpu_s(&server.child);
    let begun = Instant::now();
    let mut replies = 0_u64;
    while begun.elapsed() < LONG_ENOUGH {
        exchange(&mut wire, path);
        replies += 1;
    }
    (cpu_s(&server.child) - before) / replies as f64 * 1e6
}

fn body(address: &str, path: &str) -> Vec<u8> {
    exchange(
        &mut BufReader::new(TcpStream::connect(address).unwrap()),
        path,
    )
}

fn exchange(wire: &mut BufReader<TcpStream>, path: &str) -> Vec<u8> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: api.test\r\n\r\n");
    wire.get_mut().write_all(request.as_bytes()).unwrap();
    let mut length = 0;
    loop {
        let mut line = String::new();
        assert_ne!(wire.read_line(&mut line).unwrap(), 0, "the server hung up");
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    wire.read_exact(&mut body).unwrap();
    body
}

/// User and system time of a process so far (`proc(5)`, fields 14 and 15).
fn cpu_s(child: &Child) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    let fields = stat.rsplit(") ").next().unwrap().split(' ');
    let ticks: f64 = fields
        .skip(11)
        .take(2)
        .map(|f| f.parse::<f64>().unwrap())
        .sum();
    ticks / TICKS_PER_S
}
