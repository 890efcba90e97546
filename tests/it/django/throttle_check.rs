//! `apictl throttle check` as a gate: red for each way in which a limit goes wrong, green on the sound project.

use serde_json::{Value, json};

use crate::support::binary::{Home, Said};
use crate::support::django::{Django, Settings};
use crate::support::redis::Redis;

/// The project with nothing wrong: `NUM_PROXIES` says that nobody stands in front.
fn sound() -> Value {
    json!({ "REST_FRAMEWORK": { "NUM_PROXIES": 0 } })
}

/// The sound project with something else beside.
fn sound_but(name: &str, value: Value) -> Settings {
    let mut overrides = sound();
    match (&mut overrides["REST_FRAMEWORK"], value) {
        (Value::Object(known), Value::Object(more)) if name == "REST_FRAMEWORK" => {
            known.extend(more);
        }
        (_, value) => overrides[name] = value,
    }
    Settings::overriding(overrides)
}

/// Five lines, as in the README, and more where a case needs it.
fn table(url: &str, limit: &str, more: &str) -> String {
    format!(
        "[[throttle]]\nname = 'products'\nurl = '{url}'\nas = 'anon'\nlimit = {limit}\n{more}\n"
    )
}

fn check(django: &Django, tables: &str) -> Said {
    let home = Home::new();
    home.write("apictl.toml", tables);
    home.run(&format!(
        "throttle check --format json --max-time 60s --base-url {}",
        django.url()
    ))
}

/// Runs a check that must fail, and gives the first failed check.
#[track_caller]
fn red(django: &Django, tables: &str) -> Value {
    let report = check(django, tables).expect(1).json();
    let checks = report["checks"].as_array().unwrap().clone();
    let failed = checks.into_iter().find(|check| check["status"] == "fail");
    failed.unwrap_or_else(|| panic!("nothing failed: {report}"))
}

#[track_caller]
fn says(check: &Value, measured: &str, word: &str) {
    assert!(
        check["measured"].as_str().unwrap().contains(measured),
        "{check}"
    );
    assert!(check["message"].as_str().unwrap().contains(word), "{check}");
}

const PRODUCTS: &str = "/api/products/";

fn daily() -> String {
    table(PRODUCTS, "'100/day'", "")
}

#[test]
fn a_sound_project_passes_with_one_request_above_its_limit() {
    let settings = Settings::overriding(sound());
    for _ in 0..3 {
        let django = Django::start(&settings);
        let report = check(&django, &daily()).expect(0).json();
        assert_eq!(report["checks"][0]["status"], "pass", "{report}");
        assert_eq!(report["checks"][0]["requests"], 101, "{report}");
    }
}

/// A window too long to be watched is taken from the decisions of the count itself: what made-up fields let in on stock
/// Django REST framework is none of them.
#[test]
fn a_daily_limit_is_held_to_its_algorithm_by_what_its_refusal_says() {
    let django = Django::start(&Settings::default());
    let more =
        |algorithm: &str| table(PRODUCTS, "'100/day'", &format!("algorithm = '{algorithm}'"));
    let report = check(&django, &more("sliding_log")).expect(0).json();
    let passed = &report["checks"][0];
    assert_eq!(passed["status"], "pass", "{passed}");
    assert!(
        passed["message"].as_str().unwrap().contains("NUM_PROXIES"),
        "{passed}"
    );
}

/// `APICTL_GREEN_RUNS=50 cargo test --test it a_sound_project_stays_green` is the long proof.
#[test]
fn a_sound_project_stays_green() {
    let runs = std::env::var("APICTL_GREEN_RUNS").map_or(2, |runs| runs.parse().unwrap());
    let redis = Redis::start();
    let mut atomic = sound();
    atomic["CACHES"] = redis.caches();
    for run in 0..runs {
        // One sync worker answers one at a time, so that Redis is no race there.
        let sync = Settings {
            sync: run % 2 == 1,
            // With threads gunicorn makes another kind of worker of it.
            threads: if run % 2 == 1 { 1 } else { 4 },
            ..Settings::overriding(if run % 2 == 1 {
                atomic.clone()
            } else {
                sound()
            })
        };
        let django = Django::start(&sync);
        let race = if run % 2 == 1 { "race = 'forbid'" } else { "" };
        let tables = [
            table("/api/throttled/anon/", "'10/min'", race),
            table(
                "/api/throttled/scoped/",
                "'5/min'",
                "shared_with = '/api/throttled/scoped-twin/'",
            ),
            table("/api/throttled/stacked/", "['3/s', '10/min']", "")
                .replace("products", "stacked"),
        ];
        redis.flush();
        let report = check(&django, &tables.concat()).expect(0).json();
        assert_eq!(report["passed"], true, "run {run}: {report}");
    }
}

#[test]
fn a_limit_made_ten_times_as_high_is_named() {
    let django = Django::start(&sound_but("THROTTLES", json!({ "anon": "1000/day" })));
    says(&red(&django, &daily()), "1000/day", "100/day expected");
}

#[test]
fn a_removed_throttle_is_named() {
    let django = Django::start(&sound_but(
        "THROTTLES",
        json!({ "anon": null, "user": null }),
    ));
    says(&red(&django, &daily()), "no limit", "none was refused");
}

#[test]
fn workers_with_a_cache_each_are_counted() {
    for sync in [false, true] {
        let settings = Settings {
            workers: 4,
            threads: if sync { 1 } else { 4 },
            sync,
            ..Settings::overriding(sound())
        };
        let django = Django::start(&settings);
        says(&red(&django, &daily()), "4 x 100/day", "do not share");
    }
}

#[test]
fn threads_that_race_through_redis_are_caught() {
    let redis = Redis::start();
    let settings = Settings {
        threads: 10,
        ..sound_but("CACHES", redis.caches())
    };
    let django = Django::start(&settings);
    let forbid = table(PRODUCTS, "'100/day'", "race = 'forbid'");
    says(&red(&django, &forbid), "at once", "race-over-admission");
    redis.flush();
    // One after another the same project is exact.
    check(&django, &daily()).expect(0);
}

#[test]
fn forwarding_headers_that_anybody_can_make_up_are_caught() {
    let django = Django::start(&Settings::default());
    let ignored = table(PRODUCTS, "'100/day'", "forwarded = 'ignored'");
    says(&red(&django, &ignored), "100/day", "NUM_PROXIES");
    // Where the table says nothing of it, it is told, and the limit is what it is meant to be.
    let django = Django::start(&Settings::default());
    let told = check(&django, &daily()).expect(0).json();
    let message = told["checks"][0]["message"].as_str().unwrap();
    assert!(message.contains("NUM_PROXIES"), "{message}");
    // Behind one proxy only the address that it adds counts.
    let one = sound_but("REST_FRAMEWORK", json!({ "NUM_PROXIES": 1 }));
    let django = Django::start(&one);
    check(&django, &table(PRODUCTS, "'100/day'", "num_proxies = 1")).expect(0);
}

#[test]
fn a_retry_after_that_a_handler_loses_is_missed() {
    let handler = json!({ "EXCEPTION_HANDLER": "shop.handlers.enveloped" });
    let django = Django::start(&sound_but("REST_FRAMEWORK", handler));
    says(&red(&django, &daily()), "100/day", "Retry-After");
    let django = Django::start(&sound_but(
        "REST_FRAMEWORK",
        json!({ "EXCEPTION_HANDLER": "shop.handlers.enveloped" }),
    ));
    check(
        &django,
        &table(PRODUCTS, "'100/day'", "retry_after = 'optional'"),
    )
    .expect(0);
}

#[test]
fn a_scope_shared_by_mistake_is_found_in_both_ways_of_asking() {
    let django = Django::start(&Settings::overriding(sound()));
    let separate = "separate_from = ['/api/throttled/scoped-twin/']";
    says(
        &red(
            &django,
            &table("/api/throttled/scoped/", "'5/min'", separate),
        ),
        "5/min",
        "draw on one count",
    );
    let django = Django::start(&Settings::overriding(sound()));
    let twin = table("/api/throttled/scoped-twin/", "'5/min'", "").replace("products", "twin");
    let both = table("/api/throttled/scoped/", "'5/min'", "") + &twin;
    says(
        &red(&django, &both),
        "one count with 'products'",
        "shared_with",
    );
}

#[test]
fn ten_a_month_is_not_what_drf_makes_of_it() {
    let django = Django::start(&sound_but(
        "THROTTLES",
        json!({ "throttled_anon": "10/month" }),
    ));
    let failed = red(&django, &table("/api/throttled/anon/", "'10/month'", ""));
    says(&failed, "10/min", "window");
    assert!(
        failed["message"]
            .as_str()
            .unwrap()
            .contains("DRF reads 'month'"),
        "{failed}"
    );
}

#[test]
fn what_comes_before_the_throttle_is_an_error_and_not_a_pass() {
    let django = Django::start(&Settings::overriding(sound()));
    for (url, word) in [
        ("/api/throttled/private/", "401"),
        ("/api/products", "redirect"),
        ("/api/nothing/", "404"),
    ] {
        let report = check(&django, &table(url, "'5/min'", "")).expect(3).json();
        assert_eq!(report["checks"][0]["status"], "error", "{report}");
        assert!(
            report["checks"][0]["message"]
                .as_str()
                .unwrap()
                .contains(word),
            "{report}"
        );
    }
}

#[test]
fn where_no_limit_is_meant_what_comes_before_it_is_an_error_too() {
    let django = Django::start(&Settings::overriding(sound()));
    for url in ["/api/throttled/private/", "/api/products", "/api/nothing/"] {
        let report = check(&django, &table(url, "'none'", "")).expect(3).json();
        assert_eq!(report["checks"][0]["status"], "error", "{report}");
    }
}

#[test]
fn a_second_limit_has_a_window_of_its_own() {
    let both = table("/api/throttled/stacked/", "['3/s', '10/min']", "");
    for settings in [sound(), json!({})] {
        let django = Django::start(&Settings::overriding(settings));
        check(&django, &both).expect(0);
    }
    let slower = json!({ "sustained": "10/hour" });
    let django = Django::start(&sound_but("THROTTLES", slower));
    let failed = red(&django, &both);
    assert!(
        failed["message"].as_str().unwrap().contains("3600 s"),
        "{failed}"
    );
}

#[test]
fn a_race_is_run_where_made_up_addresses_give_a_fresh_count_too() {
    let redis = Redis::start();
    let settings = Settings {
        threads: 10,
        ..Settings::overriding(json!({ "CACHES": redis.caches() }))
    };
    let django = Django::start(&settings);
    let forbid = table(PRODUCTS, "'100/day'", "race = 'forbid'");
    says(&red(&django, &forbid), "at once", "race-over-admission");
}

#[test]
fn a_race_behind_a_proxy_has_a_count_of_its_own() {
    let settings = Settings {
        threads: 1,
        ..sound_but("REST_FRAMEWORK", json!({ "NUM_PROXIES": 1 }))
    };
    let django = Django::start(&settings);
    let forbid = table(
        PRODUCTS,
        "'100/day'",
        "num_proxies = 1\nrace = 'forbid'\nforwarded = 'ignored'",
    );
    check(&django, &forbid).expect(0);
}

#[test]
fn a_neighbour_that_answers_from_before_the_throttle_settles_nothing() {
    for neighbour in [
        "/api/throttled/scoped-twin",
        "/api/nothing/",
        "/api/throttled/private/",
    ] {
        let django = Django::start(&Settings::overriding(sound()));
        let separate = format!("separate_from = ['{neighbour}']");
        let tables = table("/api/throttled/scoped/", "'5/min'", &separate);
        let report = check(&django, &tables).expect(1).json();
        assert_eq!(report["checks"][0]["status"], "inconclusive", "{report}");
    }
}

#[test]
fn a_second_run_on_counts_that_are_used_up_says_so_of_each() {
    let django = Django::start(&Settings::overriding(sound()));
    let other = table("/api/throttled/scoped/", "'5/min'", "").replace("products", "scoped");
    let both = table("/api/throttled/anon/", "'10/min'", "") + &other;
    check(&django, &both).expect(0);
    let report = check(&django, &both).expect(1).json();
    for index in 0..2 {
        assert_eq!(
            report["checks"][index]["status"], "inconclusive",
            "{report}"
        );
    }
}
