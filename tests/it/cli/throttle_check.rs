//! `apictl throttle check` on servers that do what few do: gateways in front, counts that end in the middle, shared ones.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::throttle::{answer_of, scripted};
use crate::support::binary::Home;

const OK: &str = "200 OK";
const REFUSED: &str = "429 Too Many Requests";
const FORBIDDEN: &str = "403 Forbidden";

fn table(name: &str, url: &str, limit: &str, more: &str) -> String {
    format!("[[throttle]]\nname = '{name}'\nurl = '{url}'\nlimit = '{limit}'\n{more}\n")
}

fn checks(tables: &str, flags: &str) -> Vec<Value> {
    let home = Home::new();
    home.write("apictl.toml", tables);
    let said = home.run(&format!("throttle check --format json {flags}"));
    let report = said.json();
    report["checks"].as_array().unwrap().clone()
}

/// Sliding logs of so many in a window, by path or one for all; true where a request passes.
struct Logs {
    limit: usize,
    window: Duration,
    shared: bool,
    passed: Mutex<HashMap<String, Vec<Instant>>>,
}

impl Logs {
    fn new(limit: usize, window: Duration, shared: bool) -> Self {
        Self {
            limit,
            window,
            shared,
            passed: Mutex::default(),
        }
    }

    fn admits(&self, head: &str) -> bool {
        let path = head.split(' ').nth(1).unwrap_or_default();
        let key = if self.shared { "" } else { path };
        let mut passed = self.passed.lock().unwrap();
        let log = passed.entry(key.to_owned()).or_default();
        log.retain(|then| then.elapsed() < self.window);
        let admitted = log.len() < self.limit;
        if admitted {
            log.push(Instant::now());
        }
        admitted
    }
}

#[test]
fn a_login_that_ends_in_the_middle_ends_the_check() {
    let url = scripted(|number, _| {
        Some(answer_of(
            if number <= 6 { OK } else { "401 Unauthorized" },
            "",
        ))
    });
    let found = &checks(&table("x", &format!("{url}/"), "10/min", ""), "")[0];
    assert_eq!(found["status"], "inconclusive", "{found}");
    assert_eq!(found["requests"], 7, "{found}");
    let message = found["message"].as_str().unwrap();
    assert!(message.contains("the login has ended"), "{found}");
}

#[test]
fn a_server_that_only_fails_gives_no_answer() {
    let home = Home::new();
    let url = scripted(|_, _| Some(answer_of("502 Bad Gateway", "")));
    home.write("apictl.toml", &table("x", &format!("{url}/"), "10/min", ""));
    home.run("throttle check").expect(4);
}

#[test]
fn what_a_gateway_says_to_made_up_fields_is_not_what_the_limiter_says() {
    for (barred, wait, forwarded, status) in [
        (FORBIDDEN, "Retry-After: 60\r\n", "ignored", "pass"),
        ("400 Bad Request", "Retry-After: 60\r\n", "ignored", "pass"),
        (FORBIDDEN, "", "ignored", "fail"),
        ("404 Not Found", "", "trusted", "fail"),
    ] {
        let logs = Logs::new(10, Duration::from_secs(60), true);
        let url = scripted(move |_, head| {
            Some(if head.to_lowercase().contains("x-forwarded-for") {
                answer_of(barred, "")
            } else if logs.admits(head) {
                answer_of(OK, "")
            } else {
                answer_of(REFUSED, wait)
            })
        });
        let more = format!("forwarded = '{forwarded}'");
        let found = &checks(&table("x", &format!("{url}/"), "10/min", &more), "")[0];
        assert_eq!(found["status"], status, "{barred} {wait}: {found}");
        let lost = found["message"].as_str().unwrap().contains("Retry-After");
        assert_eq!(lost, wait.is_empty(), "{found}");
    }
}

#[test]
fn a_limit_that_another_table_of_the_count_has_not_measured_does_not_pass() {
    let home = Home::new();
    let logs = Logs::new(5, Duration::from_secs(60), true);
    let url = scripted(move |_, head| {
        Some(if logs.admits(head) {
            answer_of(OK, "")
        } else {
            answer_of(REFUSED, "Retry-After: 60\r\n")
        })
    });
    let here = format!("{url}/");
    let day = "shared_with = ['minute']";
    let tables = [
        table("minute", &here, "5/min", ""),
        table("same", &here, "5/min", day),
        table("day", &here, "1000/day", day),
        table(
            "no race",
            &here,
            "5/min",
            &format!("{day}\nrace = 'forbid'"),
        ),
    ];
    home.write("apictl.toml", &tables.concat());
    let said = home.run("throttle check --format json").expect(1).json();
    let status = |index: usize| said["checks"][index]["status"].clone();
    assert_eq!([status(0), status(1)], ["pass", "pass"], "{said}");
    assert_eq!(
        [status(2), status(3)],
        ["inconclusive", "inconclusive"],
        "{said}"
    );
    let hint = said["checks"][2]["message"].as_str().unwrap();
    assert!(hint.contains("limit = [\"5/min\", \"1000/day\"]"), "{said}");
}

#[test]
fn a_count_that_came_back_meanwhile_is_compared_all_the_same() {
    for shared in [true, false] {
        // Nothing says when to come back, so the window is waited for.
        let logs = Logs::new(4, Duration::from_secs(2), shared);
        let url = scripted(move |_, head| {
            Some(answer_of(
                if logs.admits(head) { OK } else { FORBIDDEN },
                "",
            ))
        });
        for (meant, status) in [(true, shared), (false, !shared)] {
            std::thread::sleep(Duration::from_millis(2_100));
            let more = if meant { "shared_with = ['a']" } else { "" };
            let tables = [
                table("a", &format!("{url}/a/"), "4/2s", ""),
                table("b", &format!("{url}/b/"), "4/2s", more),
            ];
            let found = checks(&tables.concat(), "");
            assert_eq!(found[0]["status"], "pass", "{found:?}");
            let expected = if status { "pass" } else { "fail" };
            assert_eq!(found[1]["status"], expected, "{shared} {meant}: {found:?}");
        }
    }
}

#[test]
fn headers_say_nothing_of_races_and_made_up_fields() {
    let named = |policy: &'static str| {
        scripted(move |number, _| {
            let left = 500_usize.saturating_sub(number);
            Some(answer_of(
                OK,
                &format!("RateLimit-Policy: \"p\";{policy}\r\nRateLimit: \"p\";r={left};t=2\r\n"),
            ))
        })
    };
    let url = named("q=5;w=2");
    let found = &checks(
        &table("x", &format!("{url}/"), "5/2s", "forwarded = 'ignored'"),
        "--sample",
    )[0];
    assert_eq!(found["status"], "fail", "{found}");
    let short = named("q=5;w=1");
    let found = &checks(&table("x", &format!("{short}/"), "5/2s", ""), "--sample")[0];
    assert_eq!(
        [&found["status"], &found["requests"]],
        [&Value::from("fail"), &Value::from(3)]
    );
}

/// A bucket of twenty that ten tokens a second flow back to, and a reply that takes 10 ms.
#[test]
fn tokens_that_flow_back_are_not_the_count_of_another_copy() {
    let bucket = Mutex::new((20.0_f64, Instant::now()));
    let url = scripted(move |_, _| {
        std::thread::sleep(Duration::from_millis(10));
        let mut bucket = bucket.lock().unwrap();
        bucket.0 = (bucket.0 + bucket.1.elapsed().as_secs_f64() * 10.0).min(20.0);
        bucket.1 = Instant::now();
        if bucket.0 >= 1.0 {
            bucket.0 -= 1.0;
            return Some(answer_of(OK, ""));
        }
        Some(answer_of(REFUSED, "Retry-After: 1\r\n"))
    });
    for more in ["", "forwarded = 'ignored'"] {
        std::thread::sleep(Duration::from_secs(2));
        let more = format!("algorithm = 'token_bucket'\n{more}");
        let found = &checks(
            &table("x", &format!("{url}/"), "20/2s", &more),
            "--max-time 30s",
        )[0];
        assert_eq!(found["status"], "pass", "{found}");
    }
}

#[test]
fn settings_beside_the_tables_of_another_file_are_not_passed_over() {
    let home = Home::new();
    home.write(
        "staging.toml",
        "[profile.default]\nbase_url = 'http://127.0.0.1:9'\n[[throttle]]\nurl = '/x/'\nlimit = '5/min'\n",
    );
    let said = home.run("throttle check staging.toml").expect(2);
    assert!(said.stderr.contains("profile.default"), "{}", said.stderr);
    home.run("access check staging.toml").expect(2);
}

#[test]
fn a_junit_file_gets_its_folder() {
    let home = Home::new();
    home.write(
        "apictl.toml",
        &table("x", "http://127.0.0.1:9/", "5/min", ""),
    );
    home.run("throttle check --junit reports/new/throttle.xml")
        .expect(4);
    assert!(home.path().join("reports/new/throttle.xml").exists());
    let said = home
        .run("throttle check --junit apictl.toml/x.xml --format json")
        .expect(5);
    assert_eq!(said.json()["checks"][0]["status"], "error");
}
