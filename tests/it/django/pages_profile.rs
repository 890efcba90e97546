//! Profiles of a real Django REST framework project, with and without the Debug Toolbar.

use serde_json::{Value, json};

use crate::support::binary::Home;
use crate::support::django::{self, Django, Settings};

fn profiled(home: &Home, url: &str, flags: &str) -> Value {
    home.run(&format!("pages profile {url} --format json {flags}"))
        .expect(0)
        .json()
}

fn verdicts(report: &Value) -> String {
    let all: Vec<&str> = report["verdicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|verdict| verdict.as_str().unwrap())
        .collect();
    all.join("\n")
}

#[test]
fn a_profile_measures_sizes_and_depths_with_few_requests() {
    let url = format!("{}/api/products-limit-offset/", django::shared().url());
    let home = Home::new();
    let flags = "--sizes 10,100 --repeat 2 --no-parallel";
    let report = profiled(&home, &url, flags);
    assert_eq!(report["schema"], "apictl.pages.profile/1");
    let rows: Vec<_> = report["sizes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|size| size["rows"].clone())
        .collect();
    assert_eq!(rows, [10, 100]);
    assert_eq!(report["depths"].as_array().unwrap().len(), 3);
    assert_eq!(report["requests"], 12);
    assert!(report["time_ms"]["per_row"].is_number());
    assert_eq!(report["recommended"]["page_size"], 100);
    let said = home
        .run(&format!("pages profile {url} {flags} --plot p.svg"))
        .expect(0);
    assert!(
        said.stdout
            .contains("walk with: --page-size 100 --concurrency auto"),
        "{}",
        said.stdout
    );
    let plot = std::fs::read_to_string(home.path().join("p.svg")).unwrap();
    assert_eq!(plot.matches("<circle").count(), 5, "{plot}");
}

#[test]
fn queries_that_the_toolbar_counts_are_a_verdict_on_n_plus_one() {
    let django = Django::start(&Settings::overriding(json!({"TOOLBAR": true})));
    let base = django.url();
    let home = Home::new();
    let flags = "--sizes 5,20,60 --repeat 1 --no-parallel";
    let report = profiled(&home, &format!("{base}/api/bad/n-plus-one/"), flags);
    assert!(
        verdicts(&report).starts_with("N+1: 2 queries + 1 per row"),
        "{report:#}"
    );
    assert_eq!(report["queries"]["per_row_interval"], json!([1.0, 1.0]));
    let report = profiled(&home, &format!("{base}/api/products-stock/"), flags);
    assert!(verdicts(&report).contains("the page size is fixed: 20 rows"));
    let report = profiled(&home, &format!("{base}/api/products-limit-offset/"), flags);
    assert!(
        verdicts(&report).starts_with("no N+1: 2 queries whatever the size"),
        "{report:#}"
    );
}

#[test]
fn late_pages_of_a_million_rows_are_slow_and_rows_that_query_are_too() {
    let base = django::shared().url();
    let home = Home::new();
    let flags = "--sizes 10,100 --repeat 4 --no-parallel";
    let report = profiled(&home, &format!("{base}/api/bad/deep-offset/"), flags);
    assert!(
        verdicts(&report).contains("depth costs: page 2"),
        "{report:#}"
    );
    let report = profiled(&home, &format!("{base}/api/bad/n-plus-one/"), flags);
    assert!(
        verdicts(&report).starts_with("N+1, or an expensive serializer"),
        "{report:#}"
    );
    let report = profiled(&home, &format!("{base}/api/products-limit-offset/"), flags);
    assert!(
        verdicts(&report).starts_with("no sign of an N+1"),
        "{report:#}"
    );
    assert!(
        verdicts(&report).contains("depth costs nothing"),
        "{report:#}"
    );
}
