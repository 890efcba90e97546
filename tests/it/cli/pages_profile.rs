//! Profiles of the lists of `apictl serve`.

use apictl::pages::parameter;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::Value;

use crate::support::binary::Home;
use crate::support::listing::Listing;
use crate::support::serving::Serving;

#[test]
fn queries_depth_and_width_are_told_with_as_many_requests_as_were_announced() {
    let server = Serving::start("--server-timing");
    let home = Home::new();
    let line = format!(
        "pages profile {}/api/bad/n-plus-one/ --repeat 2",
        server.url()
    );
    let said = home.run(&format!("{line} --format json")).expect(0);
    let report: Value = said.json();
    assert!(
        report["verdicts"][0]
            .as_str()
            .unwrap()
            .starts_with("N+1: 2 queries + 1 per row"),
        "{report:#}"
    );
    assert!((report["queries"]["per_row"].as_f64().unwrap() - 1.0).abs() < 1e-9);
    let announced: u64 = said
        .stderr
        .split(' ')
        .find_map(|word| word.parse().ok())
        .unwrap();
    assert!(report["requests"].as_u64().unwrap() <= announced);
    assert_eq!(report["parallel"].as_array().unwrap().len(), 4);
    assert!(report["recommended"]["concurrency"].is_number());
}

#[test]
fn lists_without_pages_or_links_are_profiled_as_far_as_they_go() {
    let base = Listing::new(300, 10).serve();
    let home = Home::new();
    for (path, sizes, depths) in [
        ("bare", 0, 0),
        ("cursor", 4, 0),
        ("ninja", 4, 3),
        ("link", 4, 0),
        ("page", 4, 3),
    ] {
        let report = home
            .run(&format!(
                "pages profile {base}/{path}/ --repeat 1 --format json --no-parallel"
            ))
            .expect(0)
            .json();
        assert_eq!(report["sizes"].as_array().unwrap().len(), sizes, "{path}");
        assert_eq!(report["depths"].as_array().unwrap().len(), depths, "{path}");
    }
    home.run(&format!("pages profile {base}/page/ --sizes 0"))
        .expect(2);
}

#[test]
fn the_documents_tell_how_many_requests_a_profile_takes() {
    let base = Listing::new(30, 10).serve();
    let said = Home::new()
        .run(&format!("pages profile {base}/page/"))
        .expect(0);
    let told = said.stderr.split(" to ").next().unwrap();
    let docs = include_str!("../../../docs/pages-audit.md");
    assert!(
        told.starts_with("at most ") && docs.contains(told),
        "docs/pages-audit.md lacks: {told}"
    );
}

#[test]
fn a_size_that_is_refused_is_told_and_the_others_are_measured() {
    let base = Listing::with(300, 10, std::time::Duration::ZERO, |_, _, url| {
        let size = parameter(url, "page_size").map_or(0, |size| size.parse().unwrap());
        (size > 50).then(|| (StatusCode::UNPROCESSABLE_ENTITY, "{}").into_response())
    })
    .serve();
    let home = Home::new();
    let line = format!("pages profile {base}/page/ --format json --no-parallel --repeat 2");
    let report = home.run(&line).expect(0).json();
    assert_eq!(report["sizes"].as_array().unwrap().len(), 2, "{report:#}");
    let refused = report["refused"].as_array().unwrap();
    let asked: Vec<_> = refused.iter().map(|one| one["asked"].as_u64()).collect();
    assert_eq!(asked, [Some(100), Some(500)]);
    let words = report["verdicts"].to_string();
    assert!(
        words.contains("size 500 was not measured: answered 422"),
        "{words}"
    );
    home.run(&format!("{line} --sizes 100,200")).expect(3);
}
