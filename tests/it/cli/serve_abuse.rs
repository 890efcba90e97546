//! `apictl serve` under clients that mean no good, or know no better.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::support::binary::Home;
use crate::support::served::{Server, Wire};

const PING: &str = "GET /api/unthrottled/ HTTP/1.1\r\nHost: h\r\n\r\n";

fn is_well(server: &Server) -> bool {
    server.connect().get("/api/unthrottled/").status == 200
}

/// Everything that comes after these bytes were sent and the sending side was closed.
fn answer_to(server: &Server, bytes: &[u8]) -> String {
    let mut wire = server.connect();
    let _ = wire.0.get_mut().write_all(bytes);
    let _ = wire.0.get_mut().shutdown(Shutdown::Write);
    let mut all = Vec::new();
    let _ = wire.0.read_to_end(&mut all);
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn requests_that_never_end_keep_nobody_else_waiting() {
    let server = Server::start("");
    let halves: Vec<Wire> = (0..200)
        .map(|turn| {
            let mut wire = server.connect();
            let whole = "POST /api/token/ HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n{";
            wire.write(&whole.as_bytes()[..turn % whole.len()]);
            wire
        })
        .collect();
    assert!(is_well(&server));
    server.ask_to_stop();
    // Clients that say nothing more are not waited for longer than the grace of five seconds.
    let said = server.ended().expect(0);
    assert_eq!(said.stderr, "");
    drop(halves);
}

#[test]
fn a_request_may_come_byte_by_byte_and_many_may_come_at_once() {
    let server = Server::start("");
    let mut wire = server.connect();
    for byte in PING.as_bytes() {
        wire.write(&[*byte]);
    }
    assert!(wire.head().starts_with("HTTP/1.1 200 "));
    let pipelined = answer_to(&server, PING.repeat(100).as_bytes());
    assert_eq!(pipelined.matches("HTTP/1.1 200 OK").count(), 100);
    assert_eq!(pipelined.matches("{\"ok\":true}").count(), 100);
}

#[test]
fn heads_and_bodies_past_all_measure_are_refused() {
    let server = Server::start("");
    let long = "x".repeat(2_000_000);
    for head in [
        format!("GET /{long} HTTP/1.1\r\nHost: h\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: h\r\nX-Long: {long}\r\n\r\n"),
        format!(
            "GET / HTTP/1.1\r\nHost: h\r\n{}\r\n",
            "X: y\r\n".repeat(10_000)
        ),
        long,
    ] {
        let answer = answer_to(&server, head.as_bytes());
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{}",
            &answer[..answer.len().min(200)]
        );
        assert!(is_well(&server));
    }
    let body = vec![b' '; 17 << 20];
    let mut request = format!(
        "POST /api/token/ HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend(body);
    let answer = answer_to(&server, &request);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "));
    assert!(is_well(&server));
}

#[test]
fn framing_that_contradicts_itself_is_refused() {
    let server = Server::start("");
    for framing in [
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        "Transfer-Encoding: gzip\r\n\r\nx",
        "Content-Length: x\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "Content-Length: 99999999999999999999999\r\n\r\n",
        "Content-Length: 10\r\n\r\nabc",
        " folded: x\r\n\r\n",
        "no colon\r\n\r\n",
    ] {
        let request = format!("POST /api/unthrottled/ HTTP/1.1\r\nHost: h\r\n{framing}");
        let answer = answer_to(&server, request.as_bytes());
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 400 "),
            "{framing:?}: {answer}"
        );
    }
    // A request that hides behind another's chunks is not answered.
    let smuggled = format!(
        "POST /api/unthrottled/ HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{PING}"
    );
    let answers = answer_to(&server, smuggled.as_bytes());
    assert!(answers.matches("HTTP/1.1 ").count() <= 2, "{answers}");
    assert!(is_well(&server));
}

#[test]
fn a_server_that_is_stopped_under_load_answers_what_it_took_up() {
    let server = Server::start("");
    let address = server.said["url"].as_str().unwrap()["http://".len()..].to_owned();
    let (stopping, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !stopping.load(Ordering::Relaxed) {
                    let Ok(mut stream) = TcpStream::connect(&address) else {
                        return;
                    };
                    let request = PING.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
                    let _ = stream.write_all(request.as_bytes());
                    let mut reply = String::new();
                    let _ = stream.read_to_string(&mut reply);
                    // A reply comes whole or not at all.
                    assert!(
                        reply.is_empty() || reply.ends_with("{\"ok\":true}"),
                        "{reply}"
                    );
                    answered.fetch_add(usize::from(!reply.is_empty()), Ordering::Relaxed);
                }
            });
        }
        while answered.load(Ordering::Relaxed) < 200 {
            std::thread::yield_now();
        }
        server.ask_to_stop();
        let said = server.ended().expect(0);
        stopping.store(true, Ordering::Relaxed);
        assert_eq!(said.stderr, "");
    });
}

#[test]
fn keys_that_cannot_sign_are_refused_by_name() {
    let home = Home::new();
    let public = include_str!("../flows/signing_keys/rs256.pub.pem");
    home.write("empty", "");
    home.write("blank", "\n\n");
    home.write("public.pem", public);
    home.write(
        "torn.pem",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    );
    home.write("half.pem", "-----BEGIN PRIVATE KEY-----");
    for (name, code) in [
        ("empty", 2),
        ("blank", 2),
        ("public.pem", 2),
        ("torn.pem", 2),
        ("half.pem", 2),
        ("missing", 5),
        (".", 5),
    ] {
        let said = home
            .run(&format!("serve --port 0 --signing-key-file {name}"))
            .expect(code);
        assert!(said.stderr.contains(name), "{name}: {}", said.stderr);
    }
}

/// Resident memory of a process in kilobytes (`proc(5)`).
fn resident_kb(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn ten_million_products_take_no_more_memory_than_a_thousand() {
    let read = |server: &Server| {
        let mut wire = server.connect();
        let mut target = "/api/products-cursor/?page_size=1000".to_owned();
        for page in [1, 5_000, 9_999, 10_000] {
            wire.get(&format!("/api/products-stock/?page={page}"));
            wire.get(&format!(
                "/api/products-limit-offset/?limit=1000&offset={}",
                page * 1_000
            ));
        }
        for _ in 0..20 {
            let reply = wire.get(&target);
            let page: serde_json::Value = serde_json::from_slice(&reply.body).unwrap();
            let Some(next) = page["next"].as_str() else {
                break;
            };
            target = next["http://api.test".len()..].to_owned();
        }
        resident_kb(server)
    };
    let few = read(&Server::start("--page-size 1000 --products 10000"));
    let many = read(&Server::start("--page-size 1000 --products 10000000"));
    assert!(many < few + 4_096, "{many} kB against {few} kB");
}
