//! `apictl request --timing`, `--repeat`, `--save`, `--compare`.

use serde_json::{Value, json};

use crate::support::binary::Home;
use crate::support::fixture::{Asked, Fixture};

const TIMED: &str = "TimerPanel_total;dur=12.5;desc=\"Total, CPU\", SQLPanel_sql_time;dur=3.25;desc=\"SQL 7 queries\"";

fn answer(asked: &Asked) -> Vec<u8> {
    let knows = asked
        .headers
        .iter()
        .any(|line| line.eq_ignore_ascii_case("if-none-match: \"v1\""));
    if knows && asked.line.contains("/etag/") {
        return b"HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\nConnection: close\r\n\r\n".to_vec();
    }
    let etag = if asked.line.contains("plain") {
        ""
    } else {
        "ETag: \"v1\"\r\n"
    };
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nServer-Timing: {TIMED}\r\n{etag}\
         Content-Length: 2\r\nConnection: close\r\n\r\n{{}}"
    )
    .into_bytes()
}

fn timed(path: &str, flags: &str) -> Value {
    let server = Fixture::new(answer);
    Home::new()
        .run(&format!(
            "request GET {}{path} --timing {flags} --format json",
            server.url()
        ))
        .expect(0)
        .json()
}

#[test]
fn phases_and_server_timing_are_told() {
    let report = timed("/etag/", "");
    assert_eq!(report["schema"], "apictl.request.timing/1");
    let names: Vec<&str> = report["phases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|phase| phase["name"].as_str().unwrap())
        .collect();
    // An address needs no look-up, http no TLS.
    assert_eq!(names, ["connect", "first_byte", "download", "total"]);
    assert_eq!(report["sql_queries"], 7);
    assert_eq!(
        report["server_timing"][0],
        json!({"name": "TimerPanel_total", "dur_ms": 12.5, "desc": "Total, CPU"})
    );
}

#[test]
fn a_name_is_looked_up_first() {
    let server = Fixture::new(answer);
    let report = Home::new()
        .run(&format!(
            "request GET http://localhost:{}/etag/ --timing --format json",
            server.port()
        ))
        .expect(0)
        .json();
    assert_eq!(report["phases"][0]["name"], "dns");
}

#[test]
fn what_caches_can_do_is_tried() {
    let verdict = |path: &str| timed(path, "")["cache"]["verdict"].clone();
    assert_eq!(verdict("/etag/"), "revalidates");
    assert_eq!(verdict("/ignored/"), "validator-ignored");
    assert_eq!(verdict("/plain/"), "none");
}

#[test]
fn repetitions_have_percentiles_and_are_compared_with_kept_ones() {
    let server = Fixture::new(answer);
    let home = Home::new();
    let line = format!(
        "request GET {}/plain/ --repeat 10 --format json",
        server.url()
    );
    let report = home
        .run(&format!("{line} --save before.json"))
        .expect(0)
        .json();
    assert_eq!(report["repeat"]["statuses"], json!({"200": 10}));
    assert_eq!(report["repeat"]["sql_queries"], json!([7, 7]));
    let p50 = report["repeat"]["total_ms"]["p50"].as_f64().unwrap();
    assert!(p50 > 0.0 && p50 <= report["repeat"]["total_ms"]["max"].as_f64().unwrap());

    // As if it had taken an hour before.
    let file = home.path().join("before.json");
    let mut kept: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    kept["kept"]["total_ms"] = json!(vec![3_600_000.0; 10]);
    std::fs::write(&file, kept.to_string()).unwrap();
    let report = home
        .run(&format!("{line} --compare before.json"))
        .expect(0)
        .json();
    let found = &report["comparison"]["difference"];
    assert_eq!(found["verdict"], "faster");
    assert!(found["confidence"].as_f64() > Some(0.99), "{found}");
    assert_eq!(report["comparison"]["sql_queries"], json!([7, 7]));
}

#[test]
fn repetitions_stop_at_the_throttle() {
    let server = Fixture::always("429 Too Many Requests", "application/json", "{}");
    let said = Home::new()
        .run(&format!("request GET {}/x/ --repeat 50", server.url()))
        .expect(3);
    assert!(said.stderr.contains("stopped after 1"), "{}", said.stderr);
    assert_eq!(server.asked().len(), 3);
}

#[test]
fn a_file_of_something_else_is_a_usage_error() {
    let home = Home::new();
    home.write("x.json", "{}");
    home.run("request GET http://127.0.0.1:9/ --repeat 5 --compare x.json")
        .expect(2);
    home.run("request GET http://127.0.0.1:9/ --timing")
        .expect(4);
}

#[test]
fn a_proxy_of_the_environment_is_refused_as_a_named_one_is() {
    let server = Fixture::new(answer);
    let home = Home::new();
    let measured = |variables: &[(&str, &str)]| {
        let mut run = home.command(["request", "GET", &server.url(), "--timing"]);
        for (name, value) in variables {
            run.env(name, value);
        }
        run.said()
    };
    let proxy = ("http_proxy", "http://127.0.0.1:9");
    let said = measured(&[proxy]).expect(2);
    assert!(said.stderr.contains("NO_PROXY"), "{}", said.stderr);
    measured(&[proxy, ("no_proxy", "127.0.0.1")]).expect(0);
}
