//! `apictl serve` as a process: its port, its end, its workers and its faults on the wire.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Command;

use serde_json::Value;

use crate::support::binary::{Home, Said, Started, finish};

/// A running server. Ends with the test, whatever happens in it.
struct Server {
    child: Option<Started>,
    /// What it said when it listened.
    said: Value,
    _home: Home,
}

/// One connection, kept alive.
struct Wire(BufReader<TcpStream>);

/// A reply as it came.
struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Server {
    /// Starts a server on a free port, with more flags.
    fn start(flags: &str) -> Self {
        let home = Home::new();
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

    fn connect(&self) -> Wire {
        let url = self.said["url"].as_str().unwrap();
        let address = url.strip_prefix("http://").unwrap();
        Wire(BufReader::new(TcpStream::connect(address).unwrap()))
    }

    fn ask_to_stop(&self) {
        let pid = self.child.as_ref().unwrap().id().to_string();
        let killed = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(killed.success());
    }

    fn ended(mut self) -> Said {
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
    fn send(&mut self, path: &str) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: api.test\r\n\r\n");
        self.0.get_mut().write_all(request.as_bytes()).unwrap();
    }

    /// The status line and the header fields.
    fn head(&mut self) -> String {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let read = self.0.read_line(&mut head).unwrap();
            assert_ne!(read, 0, "the connection ended in the head: {head}");
        }
        head
    }

    /// Sends a request and reads as much of the reply as comes.
    fn get(&mut self, path: &str) -> Reply {
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

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map_or("", |(_, value)| value)
}

#[test]
fn a_free_port_is_told_on_standard_output_and_a_server_that_is_asked_to_stop_has_done_its_job() {
    let server = Server::start("");
    assert_eq!(server.said["schema"], "apictl.serve/1");
    assert_eq!(server.said["users"][0], "alice");
    let reply = server.connect().get("/api/unthrottled/");
    assert_eq!(
        (reply.status, &reply.body[..]),
        (200, &b"{\"ok\":true}"[..])
    );
    server.ask_to_stop();
    let said = server.ended().expect(0);
    assert_eq!(said.stderr, "");
}

#[test]
fn a_reply_on_its_way_is_finished_before_the_server_ends() {
    let server = Server::start("--fault drip");
    let mut wire = server.connect();
    wire.send("/api/products/");
    let length: u64 = header(&wire.head(), "content-length").parse().unwrap();
    server.ask_to_stop();
    let mut body = Vec::new();
    wire.0.take(length).read_to_end(&mut body).unwrap();
    assert_eq!(
        serde_json::from_slice::<Value>(&body).unwrap()["count"],
        1023
    );
    server.ended().expect(0);
}

#[test]
fn a_port_that_is_taken_is_named_with_a_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let said = Home::new().run(&format!("serve --port {port}")).expect(5);
    assert!(
        said.stderr
            .starts_with(&format!("error: cannot listen on 127.0.0.1:{port}\n")),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr.contains("hint: another program has the port"),
        "{}",
        said.stderr
    );
}

/// How many of `each` requests on each of 24 connections are admitted.
fn admitted_by_connection(server: &Server, each: usize) -> Vec<usize> {
    (0..24)
        .map(|_| {
            let mut wire = server.connect();
            (0..each)
                .filter(|_| wire.get("/api/throttled/anon/").status == 200)
                .count()
        })
        .collect()
}

#[test]
fn a_worker_keeps_its_connections_and_its_counts_to_itself() {
    let server = Server::start("--workers 4 --throttle throttled_anon=3/day");
    let admitted = admitted_by_connection(&server, 4);
    // A connection meets a worker that nobody has asked yet, or one that refuses everything.
    assert!(
        admitted.iter().all(|count| *count == 3 || *count == 0),
        "{admitted:?}"
    );
    assert_eq!(admitted.iter().sum::<usize>(), 12, "{admitted:?}");
}

#[test]
fn workers_that_share_a_cache_count_together() {
    let server = Server::start("--workers 4 --cache shared --throttle throttled_anon=3/day");
    let admitted = admitted_by_connection(&server, 2);
    assert_eq!(admitted[..3], [2, 1, 0]);
    assert_eq!(admitted.iter().sum::<usize>(), 3, "{admitted:?}");
}

#[test]
fn the_limiter_its_refusal_and_its_headers_can_be_chosen() {
    let server = Server::start(
        "--algorithm token-bucket-interval --refill-every 12h --burst 2 --throttle throttled_anon=4/day \
         --refusal-status 503 --limit-headers draft-06 --retry-after float --lie limit",
    );
    let mut wire = server.connect();
    let [first, _, third] = [(); 3].map(|()| wire.get("/api/throttled/anon/"));
    assert_eq!((first.status, third.status), (200, 503));
    assert_eq!(header(&first.head, "ratelimit-remaining"), "1");
    assert_eq!(header(&third.head, "ratelimit-limit"), "8");
    let wait: f64 = header(&third.head, "retry-after").parse().unwrap();
    assert!((43_100.0..=43_200.0).contains(&wait), "{}", third.head);
}

#[test]
fn a_truncated_body_is_shorter_than_it_was_said_to_be() {
    let server = Server::start("--fault truncate");
    let reply = server.connect().get("/api/products/");
    let said: usize = header(&reply.head, "content-length").parse().unwrap();
    assert!(
        !reply.body.is_empty() && reply.body.len() < said,
        "{}",
        reply.head
    );
}

/// Requests with a byte changed here and there, and mere noise: the same in every run.
fn almost_requests(count: usize) -> impl Iterator<Item = Vec<u8>> {
    let whole = b"POST /api/token/?page=%ff&=&cursor=cD0x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer a.b.c\r\n\
        Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"a\":[1e999]";
    let mut state = 1_u64;
    let mut draw = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    (0..count).map(move |turn| {
        if turn % 10 == 0 {
            return (0..draw(300))
                .map(|_| u8::try_from(draw(256)).unwrap())
                .collect();
        }
        let mut bytes = whole.to_vec();
        for _ in 0..=draw(4) {
            bytes[draw(whole.len())] = u8::try_from(draw(256)).unwrap();
        }
        bytes
    })
}

#[test]
fn bytes_that_are_no_request_leave_the_server_well() {
    let server = Server::start("");
    for bytes in almost_requests(500) {
        let mut wire = server.connect();
        // The server may have hung up before it has read everything.
        let _ = wire.0.get_mut().write_all(&bytes);
        let _ = wire.0.get_mut().shutdown(Shutdown::Write);
        let _ = wire.0.read_to_end(&mut Vec::new());
    }
    assert_eq!(server.connect().get("/api/unthrottled/").status, 200);
    server.ask_to_stop();
    assert_eq!(server.ended().expect(0).stderr, "");
}

#[test]
fn bad_switches_are_refused_with_what_would_do() {
    let home = Home::new();
    for (line, hint) in [
        ("serve --fault gremlins", "next-elsewhere"),
        ("serve --algorithm gcra", "token-bucket-interval"),
        ("serve --throttle products=1/s", "known are anon"),
        ("serve --throttle anon=1/fortnight", "--throttle anon"),
        ("serve --cache-latency 5ms", "--cache shared"),
        ("serve --block-renewed", "--block"),
    ] {
        let said = home.run(line).expect(2);
        assert!(said.stderr.contains(hint), "{line}: {}", said.stderr);
    }
}
