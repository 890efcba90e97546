//! Each technique of Django's performance checklist, before and after, from outside. The debug toolbar of the
//! real project counts the queries.

use serde_json::Value;

use crate::support::binary::Home;
use crate::support::django::{Django, Settings};

struct Terminal {
    home: Home,
    django: Django,
}

impl Terminal {
    fn open() -> Self {
        let overrides = serde_json::json!({"TECHNIQUES": true});
        let terminal = Self {
            home: Home::new(),
            django: Django::start(&Settings::overriding(overrides)),
        };
        terminal.request("POST /api/techniques/rows/", "");
        terminal
    }

    fn request(&self, what: &str, flags: &str) -> String {
        let base = self.django.url();
        let line = format!("request {what} {flags} --base-url {base}");
        self.home.run(&line).expect(0).stdout
    }

    /// What `--compare` says of a technique.
    fn compared(&self, method: &str, name: &str, times: u32) -> [Value; 2] {
        let run = |when: &str, file: &str| {
            let what = format!("{method} /api/techniques/{name}/{when}/");
            let flags = format!("--repeat {times} {file} --format json");
            serde_json::from_str(&self.request(&what, &flags)).unwrap()
        };
        [
            run("before", &format!("--save {name}.json")),
            run("after", &format!("--compare {name}.json")),
        ]
    }
}

#[track_caller]
fn is_faster(difference: &Value) {
    assert_eq!(difference["verdict"], "faster", "{difference}");
    assert!(
        difference["confidence"].as_f64() > Some(0.95),
        "{difference}"
    );
    assert!(
        difference["interval_ms"][1].as_f64() < Some(0.0),
        "{difference}"
    );
}

#[test]
fn fewer_queries_are_seen_where_rows_are_joined_and_prefetched() {
    let terminal = Terminal::open();
    for name in ["notes", "authors"] {
        let [before, after] = terminal.compared("GET", name, 12);
        let queries = |report: &Value| report["sql_queries"].as_u64().unwrap();
        assert!(queries(&before) > 5, "{name}: {}", queries(&before));
        assert!(queries(&after) <= 2, "{name}: {}", queries(&after));
        let told = &after["comparison"]["sql_queries"];
        assert_eq!(told[0].as_u64(), Some(queries(&before)), "{name}");
        assert_eq!(told[1].as_u64(), Some(queries(&after)), "{name}");
        let sql = before["server_timing"]
            .as_array()
            .unwrap()
            .iter()
            .find(|metric| metric["name"] == "SQLPanel_sql_time")
            .unwrap();
        assert!(sql["dur_ms"].as_f64() > Some(0.0), "{sql}");
    }
    let [_, after] = terminal.compared("GET", "notes", 12);
    is_faster(&after["comparison"]["difference"]);
}

#[test]
fn a_cached_reply_is_seen_by_its_age_and_costs_no_query() {
    let terminal = Terminal::open();
    let [before, after] = terminal.compared("GET", "statistics", 8);
    assert_eq!(before["cache"]["verdict"], "none");
    assert_eq!(after["cache"]["verdict"], "hit");
    is_faster(&after["comparison"]["difference"]);
    assert_eq!(
        after["comparison"]["sql_queries"],
        serde_json::json!([1, 0])
    );
}

#[test]
fn an_etag_that_is_honoured_saves_the_body() {
    let terminal = Terminal::open();
    let timed = |when: &str| -> Value {
        let what = format!("GET /api/techniques/page/{when}/");
        serde_json::from_str(&terminal.request(&what, "--timing --format json")).unwrap()
    };
    assert_eq!(timed("before")["cache"]["verdict"], "none");
    let after = timed("after");
    assert_eq!(after["cache"]["verdict"], "revalidates");
    assert_eq!(after["cache"]["conditional_status"], 304);
}

#[test]
fn deferred_work_is_answered_202_at_once() {
    let terminal = Terminal::open();
    let [before, after] = terminal.compared("POST", "report", 6);
    assert_eq!(
        (&before["status"], &after["status"]),
        (&200.into(), &202.into())
    );
    assert_eq!(after["repeat"]["statuses"]["202"], 6);
    is_faster(&after["comparison"]["difference"]);
}

#[test]
fn a_lighter_queryset_is_seen_in_bytes_and_time() {
    let terminal = Terminal::open();
    let [_, after] = terminal.compared("GET", "products", 12);
    let bytes = &after["comparison"]["bytes"];
    assert!(
        bytes[1].as_u64().unwrap() * 2 < bytes[0].as_u64().unwrap(),
        "{bytes}"
    );
    is_faster(&after["comparison"]["difference"]);
}

#[test]
fn a_streamed_reply_begins_earlier() {
    let terminal = Terminal::open();
    let [_, after] = terminal.compared("GET", "export", 6);
    is_faster(&after["comparison"]["first_byte"]);
}
