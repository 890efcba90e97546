//! `apictl serve` as a process: its port, its end, its workers and its faults on the wire.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};

use serde_json::Value;

use crate::support::binary::Home;
use crate::support::served::{Server, Wire, header};

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

/// A request that the server has read and not answered.
fn open_request(server: &Server) -> Wire {
    let mut wire = server.connect();
    wire.send("/api/unthrottled/");
    // What is no request is refused at once, after what came before it was read.
    let mut noise = server.connect();
    noise.write(b"\0\r\n\r\n");
    noise.0.read_to_end(&mut Vec::new()).unwrap();
    wire
}

#[test]
fn a_slow_answer_is_waited_for() {
    let server = Server::start("--fault latency=6s");
    let mut wire = open_request(&server);
    server.ask_to_stop();
    assert!(wire.head().starts_with("HTTP/1.1 200 "));
    server.ended().expect(0);
}

#[test]
fn who_asks_twice_waits_for_nothing() {
    let server = Server::start("--fault latency=10m");
    let _wire = open_request(&server);
    let url = server.said["url"].as_str().unwrap();
    let address = url.strip_prefix("http://").unwrap().to_owned();
    server.ask_to_stop();
    while TcpStream::connect(&address).is_ok() {}
    server.ask_to_stop();
    server.ended().expect(130);
}

#[test]
fn links_name_the_server_to_who_sends_no_host_field() {
    let server = Server::start("");
    let url = server.said["url"].as_str().unwrap();
    let next = format!("{url}/api/products/?page=2");
    // HTTP/2 has a pseudo-header in its place.
    let line = format!("request GET {url}/api/products/ --http2-prior-knowledge");
    let page = Home::new().run(&line).expect(0).json();
    assert_eq!(page["next"], next);
    let mut wire = server.connect();
    wire.write(b"GET /api/products/ HTTP/1.1\r\n\r\n");
    let length = header(&wire.head(), "content-length").parse().unwrap();
    let mut body = Vec::new();
    wire.0.take(length).read_to_end(&mut body).unwrap();
    let page: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(page["next"], next);
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
        ("serve --fault errors --fault unavailable=1%", "one strikes"),
        ("serve --algorithm gcra", "token-bucket-interval"),
        ("serve --throttle products=1/s", "known are anon"),
        ("serve --throttle anon=1/fortnight", "--throttle anon"),
        ("serve --cache-latency 5ms", "--cache shared"),
        ("serve --block-renewed", "--block"),
        ("serve --burst 5", "--algorithm token-bucket"),
        (
            "serve --algorithm fixed-window --burst 5",
            "token-bucket-interval",
        ),
        (
            "serve --algorithm token-bucket --refill-every 10s",
            "--algorithm token-bucket-interval",
        ),
        (
            "serve --algorithm concurrency --block 10m --block-renewed",
            "--algorithm concurrency",
        ),
    ] {
        let said = home.run(line).expect(2);
        assert!(said.stderr.contains(hint), "{line}: {}", said.stderr);
    }
}
