//! What optional middleware adds: entity tags, compression, and the Debug Toolbar's timings.

use apictl::server::{Config, Extras};
use serde_json::{Value, json};

use crate::django::differential::step::{Step, get, login};
use crate::support::django::Stack;

use super::check::{check, check_on, each};

fn with(extras: Extras) -> Config {
    Config {
        extras,
        ..Config::default()
    }
}

fn around(names: &[&str]) -> Value {
    json!({"OUTER_MIDDLEWARE": names})
}

const CONDITIONAL: &str = "django.middleware.http.ConditionalGetMiddleware";
const GZIP: &str = "django.middleware.gzip.GZipMiddleware";

/// The tag of `{"ok":true}`.
const TAG: &str = "ca1ad489ab60ea581e6c119cea39aadb";

#[test]
fn replies_are_tagged_and_left_out_alike() {
    let path = "/api/unthrottled/";
    let mut steps = vec![
        get(path),
        Step::new("HEAD", path),
        Step::new("POST", path),
        get("/api/me/"),
        get("/api/me/session/"),
        get("/api/nothing/"),
        get("/api/products"),
        get("/api/bad/error/"),
        get("/api/products/?page_size=2"),
        get("/api/products/?page=0"),
    ];
    for known in [
        format!("\"{TAG}\""),
        format!("W/\"{TAG}\""),
        format!("\"x\", \"{TAG}\""),
        format!("\"x\",W/\"{TAG}\",\"y\""),
        format!("\"{TAG}"),
        TAG.to_owned(),
        "*".to_owned(),
        " * ".to_owned(),
        "*, \"x\"".to_owned(),
        "\"x\"".to_owned(),
        String::new(),
    ] {
        steps.push(get(path).with("If-None-Match", &known));
        steps.push(get("/api/me/").with("If-None-Match", &known));
    }
    steps.push(get("/api/me/session/").with("If-None-Match", "*"));
    steps.push(Step::new("HEAD", path).with("If-None-Match", "*"));
    // Nobody may store the login form; a 304 keeps what tells caches, and cookies.
    let stale = get("/api/me/session-token/").with("Cookie", "sessionid=unknownunknownunknown");
    for step in [
        get("/api-auth/login/"),
        get("/api/bad/public-drafts/").basic("alice"),
        stale,
    ] {
        steps.push(step.clone());
        steps.push(step.with("If-None-Match", "*"));
    }
    let config = with(Extras {
        etag: true,
        ..Extras::default()
    });
    let mut sequences = each(steps);
    // A 304 uses up the limit as any other reply does.
    sequences.push(vec![
        get("/api/throttled/anon/").with("If-None-Match", "*");
        12
    ]);
    check(&around(&[CONDITIONAL]), &config, &sequences);
}

#[test]
fn bodies_are_compressed_alike() {
    let mut steps = Vec::new();
    for path in [
        "/api/unthrottled/",
        "/api/products/?page_size=7",
        "/api/products/?page_size=50",
        "/api/nothing/",
        "/api/me/session/",
        "/api/products",
    ] {
        for accepted in [
            "gzip", "gzip;q=0", "br, gzip", "xgzip", "x-gzip", "", "identity", "GZIP",
        ] {
            steps.push(get(path).with("Accept-Encoding", accepted));
        }
        steps.push(get(path));
        steps.push(Step::new("HEAD", path).with("Accept-Encoding", "gzip"));
        steps.push(
            get(path)
                .with("Accept-Encoding", "gzip")
                .with("If-None-Match", "*"),
        );
    }
    for etag in [false, true] {
        let config = with(Extras {
            gzip: true,
            etag,
            ..Extras::default()
        });
        let names = if etag {
            &[CONDITIONAL, GZIP][..]
        } else {
            &[GZIP]
        };
        check(&around(names), &config, &each(steps.clone()));
    }
}

#[test]
fn timings_name_as_many_queries_as_the_toolbar_counts() {
    let mut steps = Vec::new();
    for path in [
        "/api/products/",
        "/api/products/7/",
        "/api/products-limit-offset/",
        "/api/products-cursor/",
        "/api/products-stock/",
        "/api/products-bare/",
        "/api/bad/n-plus-one/",
        "/api/notes/",
        "/api/notes/1/",
        "/api/unthrottled/",
        "/api/throttled/anon/",
        "/api/throttled/stacked/",
    ] {
        steps.push(vec![get(path)]);
        steps.push(vec![get(&format!("{path}?page_size=50"))]);
        steps.push(vec![login("alice"), get(path).bearer()]);
        steps.push(vec![
            get(path).with("Authorization", &format!("Token {}", "1".repeat(40))),
        ]);
    }
    steps.push(vec![get("/api/bad/n-plus-one/?page=last")]);
    let overrides = json!({"TOOLBAR": true});
    let config = with(Extras {
        server_timing: true,
        ..Extras::default()
    });
    check_on(Stack::Drf318, &overrides, &config, &steps);
}
