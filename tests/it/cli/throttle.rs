//! `apictl throttle` against a limiter on loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use apictl::throttle::models::{Limiter, Model, SlidingLog};

use crate::support::binary::Home;

/// An API in front of a limiter; requests before the limiter's clock began are at second zero.
fn serve(model: Model) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let shared = Arc::new((Mutex::new(model), Instant::now()));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || answer(stream, &shared));
        }
    });
    url
}

fn answer(mut stream: TcpStream, shared: &(Mutex<Model>, Instant)) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    while lines.read_line(&mut line).is_ok_and(|read| read > 0) {
        if line == "\r\n" {
            let at = shared.1.elapsed().as_secs_f64();
            let (admitted, wait) = {
                let mut model = shared.0.lock().unwrap();
                let admitted = model.decide(at).admitted;
                (admitted, (model.opens_at(at) - at).ceil())
            };
            let head = if admitted {
                "HTTP/1.1 200 OK\r\n".to_owned()
            } else {
                format!("HTTP/1.1 429 Too Many Requests\r\nRetry-After: {wait}\r\n")
            };
            let reply = format!("{head}Content-Length: 2\r\n\r\nok");
            if stream.write_all(reply.as_bytes()).is_err() {
                return;
            }
        }
        line.clear();
    }
}

fn log(limit: usize, window: Duration) -> String {
    let window_s = window.as_secs_f64();
    serve(Model::SlidingLog(SlidingLog::new(limit, window_s, false)))
}

const DAY: Duration = Duration::from_secs(86_400);

#[test]
fn a_daily_limit_is_counted_and_its_window_taken_from_the_server() {
    let home = Home::new();
    let url = log(30, DAY);
    let said = home
        .run(&format!(
            "throttle probe {url}/ --format json --trace trace.ndjson --save limits.toml"
        ))
        .expect(0);
    let report = said.json();
    assert_eq!(report["schema"], "apictl.throttle.probe/1");
    assert_eq!(report["verdict"], "limited");
    assert_eq!(report["limits"][0]["rate"], "30/day");
    assert_eq!(report["limits"][0]["evidence"]["limit"], "observed");
    assert_eq!(report["limits"][0]["evidence"]["window"], "advertised");
    assert_eq!(report["requests"]["accepted"], 30);
    assert_eq!(report["target"]["identity"], "anon");
    assert!(
        said.stderr.contains("at most 2000 requests"),
        "{}",
        said.stderr
    );
    let replayed = home
        .run("throttle identify trace.ndjson --format json")
        .expect(0);
    assert_eq!(replayed.json()["limits"], report["limits"]);
}

#[test]
fn a_saved_limit_holds_until_the_server_changes() {
    let home = Home::new();
    let url = log(12, DAY);
    home.run(&format!("throttle probe {url}/ --quick --save apictl.toml"))
        .expect(0);
    let fresh = log(12, DAY);
    let saved = std::fs::read_to_string(home.path().join("apictl.toml")).unwrap();
    home.write("same.toml", &saved.replace(&url, &fresh));
    let said = home
        .run("throttle check same.toml --format json --junit same.xml")
        .expect(0);
    assert_eq!(
        said.json()["checks"][0]["status"],
        "pass",
        "{}",
        said.stdout
    );
    let junit = std::fs::read_to_string(home.path().join("same.xml")).unwrap();
    assert!(junit.contains("<testsuite name=\"throttle\""), "{junit}");
    let looser = log(1_000, DAY);
    home.write("looser.toml", &saved.replace(&url, &looser));
    let said = home
        .run("throttle check looser.toml --format json")
        .expect(1);
    assert_eq!(said.json()["checks"][0]["status"], "fail");
    assert_eq!(said.json()["passed"], false);
}

#[test]
fn a_short_window_is_identified_from_its_decisions() {
    let home = Home::new();
    let url = log(4, Duration::from_secs(2));
    let said = home
        .run(&format!(
            "throttle probe {url}/ --format json --max-time 30s"
        ))
        .expect(0);
    let limit = &said.json()["limits"][0];
    assert_eq!(limit["algorithm"], "sliding_log", "{}", said.stdout);
    assert_eq!(limit["rate"], "4/2s");
    assert_eq!(limit["evidence"]["algorithm"], "observed");
}

#[test]
fn another_machine_is_not_probed_unasked() {
    let said = Home::new()
        .run("throttle probe http://192.0.2.1/")
        .expect(2);
    assert!(said.stderr.contains("--yes"), "{}", said.stderr);
}

#[test]
fn a_check_that_finds_nobody_is_an_error_of_its_own() {
    let home = Home::new();
    home.write(
        "apictl.toml",
        "[[throttle]]\nurl = \"http://127.0.0.1:9/\"\nlimit = \"5/min\"\n",
    );
    let said = home.run("throttle check --format json").expect(4);
    assert_eq!(said.json()["checks"][0]["status"], "error");
    home.write(
        "broken.toml",
        "[[throttle]]\nurl = \"/x\"\nlimit = \"5/fortnight\"\n",
    );
    home.run("throttle check broken.toml").expect(2);
}

/// A server that answers each request, by its number, with bytes; nothing closes the connection without a word.
pub(super) fn scripted(
    reply: impl Fn(usize, &str) -> Option<String> + Send + Sync + 'static,
) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let reply = Arc::new(reply);
    let count = Arc::new(Mutex::new(0));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (reply, count) = (Arc::clone(&reply), Arc::clone(&count));
            std::thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap());
                let mut head = String::new();
                while lines.read_line(&mut head).is_ok_and(|read| read > 0) {
                    if !head.ends_with("\r\n\r\n") {
                        continue;
                    }
                    let number = {
                        let mut count = count.lock().unwrap();
                        *count += 1;
                        *count
                    };
                    let Some(text) = reply(number, &head) else {
                        return;
                    };
                    if stream.write_all(text.as_bytes()).is_err() {
                        return;
                    }
                    head.clear();
                }
            });
        }
    });
    url
}

pub(super) fn answer_of(status: &str, more: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{more}Content-Length: 2\r\n\r\nok")
}

#[test]
fn a_probe_says_who_it_is_and_what_it_is_for() {
    let agents = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&agents);
    let url = scripted(move |number, head| {
        let agent = head
            .lines()
            .find(|line| line.to_lowercase().starts_with("user-agent:"));
        seen.lock()
            .unwrap()
            .push(agent.unwrap_or_default().to_owned());
        let refused = number > 3;
        Some(if refused {
            answer_of("429 Too Many Requests", "Retry-After: 3600\r\n")
        } else {
            answer_of("200 OK", "")
        })
    });
    Home::new()
        .run(&format!("throttle probe {url}/ --quick"))
        .expect(0);
    let agents = agents.lock().unwrap();
    assert!(
        agents
            .iter()
            .all(|agent| agent.contains("apictl/") && agent.contains("rate-limit probe")),
        "{agents:?}"
    );
}

#[test]
fn a_server_that_dies_or_breaks_off_is_inconclusive_and_never_a_pass() {
    let home = Home::new();
    let ok = || answer_of("200 OK", "");
    for (name, broken) in [
        ("dies", String::new()),
        ("fails", answer_of("502 Bad Gateway", "")),
        ("rambles", "<html>what?".repeat(20) + "\r\n\r\n"),
    ] {
        for (flag, code) in [("", 1), ("--allow-inconclusive", 0)] {
            let broken = broken.clone();
            let url = scripted(move |number, _| {
                let text = if number < 4 { ok() } else { broken.clone() };
                (!text.is_empty()).then_some(text)
            });
            home.write(
                "apictl.toml",
                &format!("[[throttle]]\nname = '{name}'\nurl = '{url}/'\nlimit = '10/min'\n"),
            );
            let said = home
                .run(&format!("throttle check --format json --timeout 2s {flag}"))
                .expect(code);
            let check = &said.json()["checks"][0];
            assert_eq!(check["status"], "inconclusive", "{check}");
            assert_eq!(
                check["requests"], 6,
                "three that passed, three that broke: {check}"
            );
        }
    }
}

#[test]
fn a_check_tells_github_what_is_wrong() {
    let home = Home::new();
    let url = log(12, DAY);
    home.write(
        "apictl.toml",
        &format!("[[throttle]]\nname = 'a | b'\nurl = '{url}/'\nlimit = '10/day'\n"),
    );
    let said = crate::support::binary::finish(
        home.command(["throttle", "check", "--junit", "out.xml"])
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_STEP_SUMMARY", home.path().join("summary.md"))
            .spawn()
            .unwrap(),
    )
    .expect(1);
    assert!(
        said.stderr
            .contains("::error title=a | b::expected 10/day, measured 12/day"),
        "{}",
        said.stderr
    );
    let summary = std::fs::read_to_string(home.path().join("summary.md")).unwrap();
    assert!(
        summary.contains("### Throttle check failed") && summary.contains("a \\| b"),
        "{summary}"
    );
    let junit = std::fs::read_to_string(home.path().join("out.xml")).unwrap();
    assert!(
        junit.contains("<failure") && junit.contains("12/day"),
        "{junit}"
    );
}

#[test]
fn headers_that_name_the_limit_take_three_requests() {
    let home = Home::new();
    let headers = |number: usize, limit: usize| {
        let left = limit.saturating_sub(number);
        answer_of(
            "200 OK",
            &format!(
                "RateLimit-Policy: \"day\";q={limit};w=86400\r\nRateLimit: \"day\";r={left};t=86400\r\n"
            ),
        )
    };
    for (limit, code) in [(500, 0), (5_000, 1)] {
        let url = scripted(move |number, _| Some(headers(number, limit)));
        home.write(
            "apictl.toml",
            &format!("[[throttle]]\nurl = '{url}/'\nlimit = '500/day'\n"),
        );
        let said = home
            .run("throttle check --sample --format json")
            .expect(code);
        assert_eq!(said.json()["checks"][0]["requests"], 3, "{}", said.stdout);
    }
}

#[test]
fn replies_from_before_the_throttle_are_no_proof_that_there_is_none() {
    let home = Home::new();
    let moved = scripted(|_, _| Some(answer_of("301 Moved Permanently", "Location: /x/\r\n")));
    let said = home.run(&format!("throttle probe {moved}/x")).expect(3);
    assert!(said.stderr.contains("redirect"), "{}", said.stderr);
    let closed = scripted(|_, _| Some(answer_of("401 Unauthorized", "")));
    let said = home
        .run(&format!(
            "throttle probe {closed}/ --max-requests 30 --concurrency 1 --format json"
        ))
        .expect(1);
    assert_eq!(said.json()["verdict"], "inconclusive", "{}", said.stdout);
    assert!(said.json()["settles"].as_str().unwrap().contains("401"));
}

#[test]
fn a_server_that_hangs_instead_of_refusing_is_inconclusive() {
    let url = scripted(|number, _| {
        if number > 10 {
            std::thread::park();
        }
        Some(answer_of("200 OK", ""))
    });
    let home = Home::new();
    let said = home
        .run(&format!(
            "throttle probe {url}/ --max-time 3s --format json --trace trace.ndjson"
        ))
        .expect(1);
    let report = said.json();
    assert_eq!(report["verdict"], "inconclusive", "{report}");
    assert_eq!(report["requests"]["sent"], 11, "{report}");
    assert_eq!(report["requests"]["errors"], 1, "{report}");
    home.run("throttle identify trace.ndjson").expect(1);
}

#[test]
fn a_probe_stays_within_its_bounds_whatever_the_server_does() {
    let count = Arc::new(Mutex::new(0));
    let seen = Arc::clone(&count);
    let url = scripted(move |number, _| {
        *seen.lock().unwrap() = number;
        // an event stream: it has a head, and no end
        Some("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".to_owned())
    });
    let began = Instant::now();
    let said = Home::new()
        .run(&format!("throttle probe {url}/ --max-time 2s"))
        .expect(4);
    assert!(
        said.stderr.contains("no answer within 2 s"),
        "{}",
        said.stderr
    );
    assert!(began.elapsed() < Duration::from_secs(8));
    assert_eq!(*count.lock().unwrap(), 1);
    let seen = Arc::clone(&count);
    let url = scripted(move |number, _| {
        *seen.lock().unwrap() = number;
        None
    });
    Home::new()
        .run(&format!("throttle probe {url}/ --max-requests 1"))
        .expect(4);
    assert_eq!(*count.lock().unwrap(), 1);
}

#[test]
fn what_is_sent_to_save_a_baseline_is_counted_and_within_the_bounds() {
    for (most, sent) in [(4, 4), (6, 6), (100, 13)] {
        let count = Arc::new(Mutex::new(0));
        let seen = Arc::clone(&count);
        let url = scripted(move |number, head| {
            *seen.lock().unwrap() = number;
            let forwarded = head.to_lowercase().contains("forwarded");
            Some(if number <= 3 || forwarded {
                answer_of("200 OK", "")
            } else {
                answer_of("429 Too Many Requests", "Retry-After: 3600\r\n")
            })
        });
        let home = Home::new();
        let said = home
            .run(&format!(
                "throttle probe {url}/ --quick --save saved.toml --format json --concurrency 1 --max-requests {most}"
            ))
            .expect(0);
        assert_eq!(
            said.json()["requests"]["sent"],
            sent,
            "{most}: {}",
            said.stdout
        );
        assert_eq!(*count.lock().unwrap(), sent, "{most}");
        let saved = std::fs::read_to_string(home.path().join("saved.toml")).unwrap();
        assert_eq!(saved.contains("trusted"), sent == 13, "{saved}");
    }
}
