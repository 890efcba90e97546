//! Audits of lists of a real Django REST framework project: what is planted is found, and nothing else is.

use std::sync::OnceLock;

use serde_json::json;

use crate::support::binary::Home;
use crate::support::django::{Django, Settings};
use crate::support::lists::{HEALTHY, PLANTED, Planted, audit, check, log_in};

const NO_LIMITS: &str = "1000000/day";

/// One server without limits for all of these tests.
fn project() -> &'static Django {
    static PROJECT: OnceLock<Django> = OnceLock::new();
    PROJECT.get_or_init(|| {
        let throttles = json!({"THROTTLES": {"anon": NO_LIMITS, "user": NO_LIMITS}});
        Django::start(&Settings::overriding(throttles))
    })
}

#[test]
fn every_planted_fault_is_found_by_name_and_nothing_else() {
    let base = project().url();
    let home = Home::new();
    log_in(&home, &base);
    for planted in &PLANTED {
        audit(&home, &base, planted);
    }
}

#[test]
fn healthy_lists_have_no_fault() {
    let base = project().url();
    let home = Home::new();
    log_in(&home, &base);
    for healthy in &HEALTHY {
        audit(&home, &base, healthy);
    }
}

#[test]
fn a_million_rows_are_sampled_and_the_verdict_says_so() {
    let base = project().url();
    let home = Home::new();
    let million: Planted = (
        "/api/bad/deep-offset/ --max-pages 5 --skip parameter-error",
        &["deep-offset-cost", "page-size-unbounded"],
        &[],
    );
    let report = audit(&home, &base, &million);
    assert_eq!(report["whole"], false);
    assert_eq!(report["count"], 1_046_529);
    assert_eq!(report["sampled"], json!([26_164, 26_165, 52_327]));
    assert!(report["requests"].as_u64().unwrap() < 60, "{report:#}");
    assert_eq!(
        check(&report, "duplicate-items"),
        "clear: the first 5 pages and pages 26164, 26165, 52327"
    );
}

#[test]
fn middleware_that_saves_bytes_and_the_toolbars_queries_are_seen() {
    let settings = json!({"SPARING": true, "TOOLBAR": true, "THROTTLES": {"anon": NO_LIMITS}});
    let project = Django::start(&Settings::overriding(settings));
    let base = project.url();
    let home = Home::new();
    let report = audit(&home, &base, &("/api/products/", &[], &[]));
    assert!(check(&report, "no-compression").starts_with("clear: gzip"));
    assert_eq!(
        check(&report, "no-caching-fields"),
        "clear: there is a field 'etag'"
    );
    assert_eq!(
        check(&report, "n-plus-one"),
        "clear: 2 SQL queries for 5 rows, 2 for 100"
    );
    let planted: Planted = ("/api/bad/n-plus-one/", &["n-plus-one"], &[]);
    let report = audit(&home, &base, &planted);
    let finding = &report["findings"][0];
    assert_eq!(finding["severity"], "medium");
    assert_eq!(
        finding["message"],
        "7 SQL queries for 5 rows, 102 for 100: 2 + 1 per row"
    );
}

#[test]
fn the_envelopes_of_other_packages_have_no_fault_but_those_that_are_theirs() {
    let settings = json!({"ENVELOPES": true, "THROTTLES": {"anon": NO_LIMITS}});
    let project = Django::start(&Settings::overriding(settings));
    let base = project.url();
    let home = Home::new();
    let healthy: [Planted; 5] = [
        // django-ninja hands any number on to the database, and SQLite takes none above 2^63.
        ("/api/products-ninja/", &["parameter-error"], &[]),
        ("/api/products-ninja-pages/", &["parameter-error"], &[]),
        ("/api/products-json-api/", &[], &[]),
        ("/api/products-link-header/", &[], &[]),
        // `?size=`: a name that has to be found.
        ("/api/products-own-size/", &[], &["page-size-capped"]),
    ];
    for list in &healthy {
        audit(&home, &base, list);
    }
    let own = format!("pages profile {base}/api/products-own-size/ --sizes 5,50 --repeat 1");
    let report = home
        .run(&format!("{own} --no-parallel --format json"))
        .json();
    let rows = |at: usize| report["sizes"][at]["rows"].as_u64();
    assert_eq!((rows(0), rows(1)), (Some(5), Some(50)), "{report:#}");
}
