//! `apictl throttle probe --race`, `--bypass` and `--scope` on a real Django REST framework project.

use serde_json::{Value, json};

use crate::support::binary::Home;
use crate::support::django::{Django, Settings};
use crate::support::redis::Redis;

fn probe(home: &Home, django: &Django, flags: &str) -> Value {
    home.run(&format!(
        "throttle probe {flags} --format json --base-url {}",
        django.url()
    ))
    .expect(0)
    .json()
}

fn finding<'r>(report: &'r Value, id: &str) -> Option<&'r Value> {
    let findings = report["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["id"] == id)
}

fn log_in(home: &Home, django: &Django, name: &str) {
    let line = format!(
        "token obtain --username {name} --password-stdin --base-url {}",
        django.url()
    );
    home.run_with_input(&line, &format!("{name}-pass\n"))
        .expect(0);
}

/// `NUM_PROXIES` says that nobody stands in front.
fn sound() -> Value {
    json!({ "NUM_PROXIES": 0 })
}

#[test]
fn a_crowd_gets_more_than_the_limit_only_where_threads_share_redis() {
    let redis = Redis::start();
    let django = Django::start(&Settings {
        threads: 10,
        ..Settings::overriding(json!({ "CACHES": redis.caches(), "REST_FRAMEWORK": sound() }))
    });
    let home = Home::new();
    let report = probe(&home, &django, "/api/products/ --quick --race");
    let found = finding(&report, "race-over-admission").unwrap_or_else(|| panic!("{report}"));
    assert_eq!(found["severity"], "high");
    assert_eq!(found["evidence"]["sequential"], 100);
    assert!(
        found["evidence"]["accepted"].as_u64().unwrap() > 110,
        "{found}"
    );

    // One process that answers one request at a time cannot race.
    let django = Django::start(&Settings {
        threads: 1,
        sync: true,
        ..Settings::overriding(json!({ "REST_FRAMEWORK": sound() }))
    });
    let report = probe(&home, &django, "/api/products/ --quick --race");
    assert!(
        finding(&report, "race-over-admission").is_none(),
        "{report}"
    );
    assert_eq!(report["race"]["accepted"], 100, "{report}");
}

#[test]
fn what_a_client_makes_up_gives_a_fresh_count_and_another_clients_on_stock_settings() {
    let home = Home::new();
    let django = Django::start(&Settings::default());
    let report = probe(&home, &django, "/api/products/ --quick --bypass");
    let header = finding(&report, "bypass-header").unwrap_or_else(|| panic!("{report}"));
    assert_eq!(header["evidence"]["variants"], json!(["x-forwarded-for"]));
    assert!(header["message"].as_str().unwrap().contains("NUM_PROXIES"));
    let drained = finding(&report, "drains-another").unwrap_or_else(|| panic!("{report}"));
    assert_eq!(drained["evidence"]["by"], "x-forwarded-for");

    let django = Django::start(&Settings::overriding(json!({ "REST_FRAMEWORK": sound() })));
    let report = probe(&home, &django, "/api/products/ --quick --bypass");
    let asked = report["bypass"].as_array().unwrap();
    assert!(asked.len() > 15, "{report}");
    for id in [
        "bypass-header",
        "bypass-path",
        "bypass-query",
        "bypass-connection",
        "drains-another",
    ] {
        assert!(finding(&report, id).is_none(), "{id}: {report}");
    }
}

#[test]
fn an_anonymous_client_that_names_a_users_number_uses_up_that_users_count() {
    let django = Django::start(&Settings::overriding(
        json!({ "THROTTLES": { "user": "15/hour" } }),
    ));
    let home = Home::new();
    log_in(&home, &django, "alice");
    let report = probe(&home, &django, "/api/products/ --as alice --quick --bypass");
    let drained = finding(&report, "drains-another").unwrap_or_else(|| panic!("{report}"));
    assert!(drained["evidence"]["user"].as_u64().is_some(), "{drained}");
}

#[test]
fn a_count_is_found_to_be_kept_by_address_or_by_user_and_not_by_what_it_is_not() {
    let django = Django::start(&Settings::overriding(json!({ "REST_FRAMEWORK": sound() })));
    let home = Home::new();
    log_in(&home, &django, "alice");
    log_in(&home, &django, "bob");
    let anonymous = probe(
        &home,
        &django,
        "/api/throttled/scoped/ --as anon --quick --scope --also-url /api/throttled/scoped-twin/ --also-url /api/unthrottled/",
    );
    assert_eq!(
        anonymous["scope"]["keyed_by"],
        json!(["address", "user", "endpoint"])
    );
    assert_eq!(
        anonymous["scope"]["not_keyed_by"],
        json!(["method", "query", "connection"])
    );
    let asked = anonymous["scope"]["asked"].as_array().unwrap();
    let twin = asked
        .iter()
        .find(|asked| asked["variant"] == "/api/throttled/scoped-twin/");
    assert_eq!(twin.unwrap()["answer"], "same", "two views with one scope");

    let user = probe(
        &home,
        &django,
        "/api/throttled/user/ --as bob --quick --scope",
    );
    let keyed = &user["scope"]["keyed_by"];
    assert!(keyed.as_array().unwrap().contains(&json!("user")), "{user}");
    assert!(
        !keyed.as_array().unwrap().contains(&json!("address")),
        "{user}"
    );
    let table = home
        .run(&format!(
            "throttle probe /api/throttled/anon/ --quick --scope --base-url {}",
            django.url()
        ))
        .expect(0)
        .stdout;
    assert!(table.contains("per address"), "{table}");
}

#[test]
fn a_saved_limit_of_a_stock_project_holds_and_a_plot_shows_the_trace() {
    let django = Django::start(&Settings::default());
    let home = Home::new();
    let said = home
        .run(&format!(
            "throttle probe /api/products/ --quick --save base.toml --plot trace.svg --base-url {}",
            django.url()
        ))
        .expect(0);
    assert!(said.stderr.contains("forwarded"), "{}", said.stderr);
    let saved = std::fs::read_to_string(home.path().join("base.toml")).unwrap();
    assert!(
        saved.contains("limit = \"100/day\"") && saved.contains("forwarded = \"trusted\""),
        "{saved}"
    );
    let plot = std::fs::read_to_string(home.path().join("trace.svg")).unwrap();
    assert!(
        plot.matches("<circle").count() >= 101 && plot.contains("refused"),
        "{plot}"
    );
    let again = Django::start(&Settings::default());
    home.run(&format!(
        "throttle check base.toml --base-url {}",
        again.url()
    ))
    .expect(0);
}

#[test]
fn an_interrupted_probe_tells_what_it_saw() {
    let django = Django::start(&Settings::overriding(json!({ "REST_FRAMEWORK": sound() })));
    let home = Home::new();
    let line = format!(
        "throttle probe /api/throttled/anon/ --format json --trace trace.ndjson --base-url {}",
        django.url()
    );
    let child = home.command(line.split_whitespace()).spawn().unwrap();
    let trace = home.path().join("trace.ndjson");
    let refused = || std::fs::read_to_string(&trace).is_ok_and(|text| text.contains("refused"));
    let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !refused() {
        assert!(std::time::Instant::now() < until, "nothing was refused");
        std::thread::yield_now();
    }
    let killed = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(killed.unwrap().success());
    let said = crate::support::binary::finish(child).expect(130);
    assert_eq!(said.json()["limits"][0]["limit"], 10, "{}", said.stdout);
    home.run("throttle identify trace.ndjson").expect(0);
}
