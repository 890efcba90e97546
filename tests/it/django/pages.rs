//! Walks and audits of a real Django REST framework project.

use serde_json::Value;

use crate::support::binary::Home;
use crate::support::django;

fn walk(home: &Home, arguments: &str) -> (Vec<u64>, Value) {
    let url = django::shared().url();
    let said = home
        .run(&format!("pages walk {url}{arguments} --summary walk.json"))
        .expect(0);
    let ids = said
        .stdout
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["id"]
                .as_u64()
                .unwrap()
        })
        .collect();
    let summary = std::fs::read(home.path().join("walk.json")).unwrap();
    (ids, serde_json::from_slice(&summary).unwrap())
}

#[test]
fn all_paginators_of_drf_are_walked_to_the_same_rows() {
    let home = Home::new();
    for (path, style) in [
        ("/api/products-stock/", "page-number"),
        ("/api/products-limit-offset/", "limit-offset"),
        ("/api/products-cursor/", "cursor"),
        ("/api/products-cursor-category/", "cursor"),
        ("/api/products-bare/", "single"),
    ] {
        for flags in ["", " -j 4", " -j auto", " --page-size 100"] {
            if flags == " --page-size 100" && path == "/api/products-stock/" {
                continue;
            }
            let (mut ids, summary) = walk(&home, &format!("{path}{flags}"));
            ids.sort_unstable();
            assert_eq!(ids, (1..=1_023).collect::<Vec<_>>(), "{path}{flags}");
            assert_eq!(summary["style"], style, "{path}{flags}");
            assert_eq!(summary["complete"], true, "{path}{flags} {summary}");
        }
    }
}

#[test]
fn items_are_the_bytes_that_django_wrote() {
    let url = django::shared().url();
    let home = Home::new();
    let said = home
        .run(&format!("pages walk {url}/api/products-stock/"))
        .expect(0);
    assert!(said.stdout.ends_with(
        "{\"id\":1023,\"name\":\"Steel chair 1023\",\"price\":\"93.37\",\"rating\":1.3,\"category\":\"music\",\"currency\":\"EUR\",\"in_stock\":true,\"created\":\"2026-01-01T17:03:00Z\"}\n"
    ));
}

#[test]
fn links_as_behind_a_proxy_are_repaired_and_told() {
    let url = django::shared().url();
    let home = Home::new();
    for (field, told) in [
        (
            "X-Forwarded-Proto:https",
            "wrong scheme in next: 'https' instead of 'http'",
        ),
        (
            "Host:inner.internal",
            "wrong host in next: 'inner.internal' instead of '127.0.0.1'",
        ),
        ("Host:127.0.0.1:9", "wrong port in next: '9' instead of"),
    ] {
        let said = home
            .run(&format!("pages walk {url}/api/products-stock/ -H {field}"))
            .expect(0);
        assert_eq!(said.stdout.lines().count(), 1_023, "{field}");
        assert!(said.stderr.contains(told), "{}", said.stderr);
    }
}

#[test]
fn a_link_that_names_an_inner_host_is_repaired_and_told() {
    let url = django::shared().url();
    let home = Home::new();
    let said = home
        .run(&format!("pages walk {url}/api/bad/next-elsewhere/"))
        .expect(0);
    assert_eq!(said.stdout.lines().count(), 1_023);
    assert!(
        said.stderr
            .contains("wrong host in next: 'inner.example.test'"),
        "{}",
        said.stderr
    );
}

#[test]
fn drfs_endless_cursor_is_found_and_named() {
    let url = django::shared().url();
    let home = Home::new();
    for way in ["", " -j 1", " -j 8"] {
        let said = home
            .run(&format!("pages walk {url}/api/bad/cursor-loop/{way}"))
            .expect(3);
        assert!(said.stderr.contains("a cycle"), "{}", said.stderr);
        assert!(said.stderr.contains("offset_cutoff"), "{}", said.stderr);
        home.run(&format!("pages walk {url}/api/bad/next-circular/{way}"))
            .expect(3);
    }
}

#[test]
fn a_count_that_lies_and_an_order_that_moves_are_no_complete_walks() {
    let url = django::shared().url();
    let home = Home::new();
    let said = home
        .run(&format!("pages walk {url}/api/bad/miscounted/"))
        .expect(1);
    assert!(
        said.stderr
            .contains("the server counts 1024 items, 1023 came"),
        "{}",
        said.stderr
    );
    home.run(&format!(
        "pages walk {url}/api/bad/unordered/ --unique-by id"
    ))
    .expect(1);
}
