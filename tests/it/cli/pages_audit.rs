//! Audits of the lists of `apictl serve`, and of servers that behave worse.

use serde_json::Value;

use crate::support::binary::Home;
use crate::support::fixture::{Fixture, reply};
use crate::support::listing::{Listing, throttled};
use crate::support::lists::{HEALTHY, PLANTED, Planted, audit, check, log_in};
use crate::support::serving::Serving;

fn plants() -> Vec<Planted> {
    let mut all = PLANTED.to_vec();
    all.push(("/api/bad/deep-offset/", &["deep-offset-cost"], &[]));
    all
}

#[test]
fn every_planted_fault_is_found_by_name_and_nothing_else() {
    let server = Serving::start("");
    let base = server.url();
    let home = Home::new();
    log_in(&home, &base);
    for planted in plants() {
        audit(&home, &base, &planted);
    }
}

#[test]
fn everything_that_an_audit_knows_is_planted_and_documented() {
    let home = Home::new();
    let said = home
        .run("pages audit --list --format json")
        .expect(0)
        .json();
    let docs = include_str!("../../../docs/pages-audit.md");
    for kind in said["findings"].as_array().unwrap() {
        let id = kind["id"].as_str().unwrap();
        let is_planted = plants()
            .iter()
            .chain(&HEALTHY)
            .any(|(_, faults, notes)| faults.contains(&id) || notes.contains(&id));
        assert!(is_planted, "{id} is planted nowhere");
        let line = format!(
            "| `{id}` | {} | {} | {} | {} |",
            kind["severity"].as_str().unwrap(),
            kind["means"].as_str().unwrap(),
            kind["cure"].as_str().unwrap().replace('|', "\\|"),
            kind["requests"]
        );
        assert!(docs.contains(&line), "docs/pages-audit.md lacks:\n{line}");
    }
}

#[test]
fn healthy_lists_have_no_fault() {
    let server = Serving::start("");
    let base = server.url();
    let home = Home::new();
    log_in(&home, &base);
    let others: [Planted; 3] = [
        ("/api/products-link-header/", &[], &["page-size-capped"]),
        ("/api/products-json-api/", &[], &["page-size-capped"]),
        // django-ninja refuses a large page instead of cutting it.
        ("/api/products-ninja/", &[], &[]),
    ];
    for healthy in HEALTHY.iter().chain(&others) {
        audit(&home, &base, healthy);
    }
    // In other page sizes, with few rows, with none.
    for (flags, paths) in [
        ("--products 0", ["/api/products/", "/api/products-cursor/"]),
        (
            "--products 1",
            ["/api/products/", "/api/products-limit-offset/"],
        ),
        ("--products 40", ["/api/products/", "/api/products-ninja/"]),
        (
            "--products 1000 --page-size 100 --max-page-size 100",
            ["/api/products/", "/api/products-cursor/"],
        ),
    ] {
        let server = Serving::start(flags);
        for path in paths {
            audit(&home, &server.url(), &(path, &[], &[]));
        }
    }
}

#[test]
fn ten_million_rows_are_sampled_unless_told_otherwise() {
    let server = Serving::start("--products 10000000 --server-timing --etag --gzip");
    let base = server.url();
    let home = Home::new();
    for path in [
        "/api/products/",
        "/api/products-limit-offset/",
        "/api/products-ninja/",
    ] {
        let report = audit(&home, &base, &(path, &[], &[]));
        assert_eq!(report["pages"], 60, "{path}");
        assert!(report["requests"].as_u64().unwrap() < 120, "{path}");
        assert_eq!(report["sampled"].as_array().unwrap().len(), 3, "{path}");
        assert!(
            check(&report, "no-compression").starts_with("clear"),
            "{path}"
        );
        assert!(
            check(&report, "n-plus-one").contains("SQL queries"),
            "{path}"
        );
    }
    let big: Planted = ("/api/bad/unbounded/", &["page-size-unbounded"], &[]);
    audit(&home, &base, &big);
    let said = home
        .run(&format!("pages audit {base}/api/products/ --max-pages 4"))
        .expect(0);
    assert!(
        said.stdout.contains("80 items on 4 pages (page-number)")
            && said
                .stdout
                .contains("the end of 10000000 items was not reached")
            && said
                .stdout
                .contains("pages 250001, 250002, 500000 were looked at beyond"),
        "{}",
        said.stdout
    );
}

#[test]
fn the_cycle_of_tied_cursors_is_found_before_it_is_reached() {
    let server = Serving::start("");
    let base = server.url();
    let home = Home::new();
    let tied: Planted = (
        "/api/bad/cursor-loop/ --max-pages 5",
        &["cycle", "previous-asymmetry"],
        &[],
    );
    audit(&home, &base, &tied);
}

#[test]
fn only_what_is_asked_for_is_looked_at_and_costs_requests() {
    let server = Serving::start("");
    let base = server.url();
    let home = Home::new();
    let line = format!("pages audit {base}/api/bad/unordered/ --format json");
    let report = home
        .run(&format!("{line} --only n-plus-one"))
        .expect(0)
        .json();
    assert!(report["requests"].as_u64().unwrap() < 25, "{report:#}");
    assert_eq!(report["checks"].as_array().unwrap().len(), 1);
    let skipped = "--skip unstable-order,duplicate-items,missing-items";
    home.run(&format!("{line} {skipped}")).expect(0);
    let said = home.run(&format!("{line} --only no-such-thing")).expect(2);
    assert!(
        said.stderr.contains("no finding 'no-such-thing'"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_severity_and_a_baseline_decide_what_counts() {
    let server = Serving::start("");
    let base = server.url();
    let home = Home::new();
    let line = format!("pages audit {base}/api/bad/drifting/ --format json");
    home.run(&format!("{line} --save known.json")).expect(1);
    home.run(&format!("{line} --fail-on high")).expect(0);
    home.run(&format!("{line} --fail-on info")).expect(1);
    let report = home
        .run(&format!("{line} --baseline known.json"))
        .expect(0)
        .json();
    assert_eq!(report["findings"][0]["known"], true);
    home.run(&format!(
        "pages audit {base}/api/bad/schema-drift/ --baseline known.json"
    ))
    .expect(1);
    home.write("other.json", "{}");
    home.run(&format!("{line} --baseline other.json")).expect(2);
    home.run(&format!("{line} --baseline nowhere.json"))
        .expect(5);
}

#[test]
fn continuous_integration_is_told_in_its_own_words() {
    let server = Serving::start("");
    let base = server.url();
    let home = Home::new();
    let line = format!("pages audit {base}/api/bad/miscounted/ --junit audit.xml");
    let child = home
        .command(line.split_whitespace())
        .env("GITHUB_ACTIONS", "true")
        .spawn()
        .unwrap();
    let said = crate::support::binary::finish(child).expect(1);
    assert!(
        said.stderr.contains("::error title=") && said.stderr.contains("count-mismatch::"),
        "{}",
        said.stderr
    );
    let junit = std::fs::read_to_string(home.path().join("audit.xml")).unwrap();
    assert_eq!(junit.matches("<testcase ").count(), 32, "{junit}");
    assert_eq!(junit.matches("<failure ").count(), 1, "{junit}");
    assert!(junit.contains("the server counts 1024 items, 1023 different ones came"));
}

#[test]
fn what_is_no_list_is_no_finding_but_an_error() {
    let home = Home::new();
    let server = Serving::start("");
    let base = server.url();
    for (path, code, words) in [
        ("/api/drafts/ --as anon", 3, "401"),
        ("/api/secret-data/ --as anon", 3, "401"),
        ("/api/no-such-list/", 3, "404"),
        ("/api/bad/error/", 4, "500"),
        ("/api/me/ --as anon", 3, "401"),
    ] {
        let said = home.run(&format!("pages audit {base}{path}")).expect(code);
        assert!(said.stderr.contains(words), "{path}: {}", said.stderr);
    }
    let page = Fixture::always("200 OK", "text/html", "<html>log in</html>");
    let said = home
        .run(&format!("pages audit {}/list/", page.url()))
        .expect(3);
    assert!(said.stderr.contains("text/html"), "{}", said.stderr);
    let said = home.run("pages audit").expect(2);
    assert!(said.stderr.contains("<URL>"), "{}", said.stderr);
}

#[test]
fn a_list_without_an_end_is_left_after_so_many_pages() {
    let endless = Fixture::new(|asked| {
        let page: u64 = asked
            .line
            .split(['=', ' '])
            .find_map(|part| part.parse().ok())
            .unwrap_or(0);
        let body = format!(
            r#"{{"next_cursor":"{}","data":[{{"id":{page}}}]}}"#,
            page + 1
        );
        reply("200 OK", "application/json", &body)
    });
    let home = Home::new();
    let said = home
        .run(&format!(
            "pages audit {}/list --max-pages 7 --format json",
            endless.url()
        ))
        .json();
    assert_eq!((&said["pages"], &said["whole"]), (&7.into(), &false.into()));
    assert!(said["requests"].as_u64().unwrap() < 40, "{said:#}");
}

fn stops_at(
    number: u64,
    how: impl Fn() -> axum::response::Response + Send + Sync + 'static,
) -> (Home, String) {
    let listing = Listing::with(100, 10, std::time::Duration::ZERO, move |asked, _, _| {
        (asked >= number).then(&how)
    });
    (Home::new(), listing.serve())
}

#[test]
fn an_audit_that_is_throttled_says_what_it_saw_and_what_not() {
    // In the middle of the looks, and in the middle of the walk.
    for number in [14, 5] {
        let (home, base) = stops_at(number, || throttled("86400"));
        let said = home
            .run(&format!("pages audit {base}/page/ --format json"))
            .expect(3);
        let report = said.json();
        assert_eq!(report["passed"], false);
        assert!(
            report["stopped"].as_str().unwrap().contains("429"),
            "{report:#}"
        );
        assert!(
            check(&report, "deep-offset-cost").starts_with("skipped"),
            "{report:#}"
        );
        assert!(said.stderr.contains("ended early"), "{}", said.stderr);
    }
}

#[test]
fn a_flaky_server_and_a_slow_one_are_not_taken_for_bad_ones() {
    for flags in [
        "--fault errors=5%",
        "--fault unavailable=5%",
        "--fault truncate=3%",
        "--fault latency=20ms --products 200",
    ] {
        let server = Serving::start(flags);
        let home = Home::new();
        let path = "/api/products/ --skip n-plus-one,deep-offset-cost";
        audit(&home, &server.url(), &(path, &[], &[]));
    }
}

#[test]
fn faults_of_a_whole_server_are_found_on_its_good_lists() {
    let home = Home::new();
    let faults: [(&str, &[&str]); 5] = [
        (
            "--fault insert-while-walking",
            &["count-drift", "duplicate-items"],
        ),
        ("--fault delete-while-walking", &["count-drift"]),
        (
            "--fault unordered",
            &["duplicate-items", "missing-items", "unstable-order"],
        ),
        ("--fault next-http", &["wrong-port-in-next"]),
        ("--fault next-circular", &["cycle"]),
    ];
    for (flags, expected) in faults {
        let server = Serving::start(flags);
        let said = home.run(&format!("pages audit {}/api/products/", server.url()));
        for id in expected {
            assert!(
                said.stdout.contains(id),
                "{flags} lacks {id}: {}",
                said.stdout
            );
        }
        assert_eq!(said.code, 1, "{flags}");
    }
}

#[test]
fn rows_that_nothing_tells_apart_are_not_called_duplicates() {
    let nameless = Fixture::new(|asked| {
        let host = asked
            .headers
            .iter()
            .find_map(|line| line.strip_prefix("host: ").or(line.strip_prefix("Host: ")))
            .unwrap();
        let second = asked.line.contains("page=2");
        let next = if second {
            "null".to_owned()
        } else {
            format!("\"http://{host}/list/?page=2\"")
        };
        let body = format!(
            r#"{{"count":4,"next":{next},"results":[{{"color":"red"}},{{"color":"blue"}}]}}"#
        );
        if asked.line.contains("page=") && !second {
            return reply("404 Not Found", "application/json", "{}");
        }
        reply("200 OK", "application/json", &body)
    });
    audit(
        &Home::new(),
        &nameless.url(),
        &("/list/", &[], &["duplicate-items"]),
    );
}

#[test]
fn a_budget_that_is_used_up_is_said_and_is_no_failure() {
    let server = Serving::start("");
    let base = server.url();
    let home = Home::new();
    let report = home
        .run(&format!(
            "pages audit {base}/api/products/ --format json --max-requests 55"
        ))
        .expect(0)
        .json();
    assert_eq!(report["requests"], 55);
    assert!(
        check(&report, "n-plus-one").contains("--max-requests"),
        "{report:#}"
    );
}

#[test]
fn a_server_that_dies_leaves_a_report_of_what_was_seen() {
    let count = std::sync::atomic::AtomicU64::new(0);
    let dying = Fixture::new(move |asked| {
        let turn = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if turn >= 2 {
            return b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".to_vec();
        }
        let host = asked
            .headers
            .iter()
            .find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("host: ")
                    .map(str::to_owned)
            })
            .unwrap();
        let next = turn + 2;
        let body = format!(
            r#"{{"count":30,"next":"http://{host}/list/?page={next}","previous":null,"results":[{{"id":{turn}}},{{"id":{}}}]}}"#,
            turn + 100
        );
        reply("200 OK", "application/json", &body)
    });
    let home = Home::new();
    let said = home
        .run(&format!("pages audit {}/list/ --format json", dying.url()))
        .expect(4);
    let report: Value = said.json();
    assert_eq!(
        (&report["pages"], &report["passed"]),
        (&2.into(), &false.into())
    );
}

#[test]
fn a_list_that_refuses_unknown_parameters_is_not_called_private() {
    let server = Fixture::new(|asked| {
        if asked.line.starts_with("POST") {
            return reply("200 OK", "application/json", r#"{"token":"tok-of-alice"}"#);
        }
        if asked.line.contains("apictl_audit") {
            return reply("400 Bad Request", "application/json", "{}");
        }
        let body = r#"{"count":1,"next":null,"results":[{"id":1}]}"#;
        let reply = reply("200 OK", "application/json", body);
        let text = String::from_utf8(reply).unwrap();
        let public = "\r\nCache-Control: public, max-age=60\r\nConnection";
        text.replace("\r\nConnection", public).into_bytes()
    });
    let (home, url) = (Home::new(), server.url());
    let obtain = format!(
        "token obtain -u alice --as alice --preset authtoken --password-stdin --base-url {url}"
    );
    home.run_with_input(&obtain, "alice-pass").expect(0);
    let line = format!(
        "pages audit {url}/list/ --as alice --base-url {url} --format json --only cached-across-users,cacheable-across-users"
    );
    let report = home.run(&line).expect(0).json();
    for id in ["cached-across-users", "cacheable-across-users"] {
        let check = check(&report, id);
        assert!(check.starts_with("skipped: the list is another"), "{check}");
    }
}
