//! The lists that audits are tried on, good and bad, as the test project and the embedded server both have them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::binary::Home;

/// A list with something planted: path and flags; every finding that is not `info`; some that are.
pub type Planted = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// What both servers have.
pub const PLANTED: [Planted; 29] = [
    (
        "/api/bad/unordered/",
        &["duplicate-items", "missing-items", "unstable-order"],
        &[],
    ),
    (
        "/api/bad/skipping/",
        &["count-mismatch", "missing-items"],
        &[],
    ),
    ("/api/bad/miscounted/", &["count-mismatch"], &[]),
    ("/api/bad/drifting/", &["count-drift"], &[]),
    ("/api/bad/gone-page/", &["shrinking-list"], &[]),
    (
        "/api/bad/cursor-loop/",
        &["cycle", "duplicate-items", "previous-asymmetry"],
        &[],
    ),
    ("/api/bad/next-circular/", &["cycle"], &[]),
    (
        "/api/bad/stuck/",
        &["duplicate-items", "ignored-parameter", "items-past-the-end"],
        &[],
    ),
    ("/api/bad/next-foreign/", &["foreign-next"], &[]),
    (
        "/api/products-stock/ -H X-Forwarded-Proto:https",
        &["wrong-scheme-in-next"],
        &[],
    ),
    (
        "/api/products-stock/ -H Host:127.0.0.1:9",
        &["wrong-port-in-next"],
        &[],
    ),
    (
        "/api/products-stock/ -H Host:inner.internal",
        &["leaked-internal-host", "wrong-host-in-next"],
        &[],
    ),
    (
        "/api/products-stock/ -H Host:api.example.com",
        &["wrong-host-in-next"],
        &[],
    ),
    (
        "/api/bad/next-elsewhere/",
        &["leaked-internal-host", "wrong-host-in-next"],
        &[],
    ),
    ("/api/bad/next-prefix/", &["wrong-path-in-next"], &[]),
    ("/api/bad/malformed-page/", &["malformed-page"], &[]),
    ("/api/bad/broken-page/", &["error-in-mid-walk"], &[]),
    (
        "/api/bad/null-ordering/",
        &["null-ordering", "previous-asymmetry"],
        &[],
    ),
    ("/api/bad/empty-last/", &["empty-page"], &[]),
    ("/api/bad/uneven/", &["count-mismatch", "uneven-pages"], &[]),
    ("/api/bad/schema-drift/", &["schema-drift"], &[]),
    ("/api/bad/previous-itself/", &["previous-asymmetry"], &[]),
    ("/api/bad/unbounded/", &[], &["page-size-unbounded"]),
    ("/api/bad/past-the-end/", &["items-past-the-end"], &[]),
    ("/api/bad/page-error/", &["parameter-error"], &[]),
    (
        "/api/bad/cached-drafts/ --as alice --other bob",
        &["cached-across-users"],
        &[],
    ),
    (
        "/api/bad/public-drafts/ --as alice",
        &["cacheable-across-users"],
        &[],
    ),
    ("/api/bad/n-plus-one/", &["n-plus-one"], &[]),
    // With ties in the ordering DRF's own previous link of page 2 leads to an empty page.
    (
        "/api/products-cursor-category/",
        &["previous-asymmetry"],
        &[],
    ),
];

/// What both servers have and nothing is wrong with; the last column is what is worth knowing of them.
pub const HEALTHY: [Planted; 8] = [
    ("/api/products/", &[], &["page-size-capped"]),
    ("/api/products-limit-offset/", &[], &["page-size-capped"]),
    (
        "/api/products-cursor/",
        &[],
        &["page-size-capped", "no-compression", "no-caching-fields"],
    ),
    ("/api/products-stock/", &[], &["page-size-ignored"]),
    ("/api/products-bare/", &[], &["no-compression"]),
    ("/api/notes/", &[], &[]),
    ("/api/notes/ --as alice --other bob", &[], &[]),
    ("/api/drafts/ --as alice --other bob", &[], &[]),
];

/// Kinds that are read from times, which a busy machine may blur.
const BY_TIME: [&str; 2] = ["n-plus-one", "deep-offset-cost"];

/// The ids of a report's findings, those that are only worth knowing or the others.
fn ids(report: &Value, info: bool) -> BTreeSet<&str> {
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| (finding["severity"] == "info") == info)
        .map(|finding| finding["id"].as_str().unwrap())
        .collect()
}

/// Audits one list and holds the findings against what is planted there. What hangs on times is looked at up to
/// three times; everything else must be right at once.
#[track_caller]
pub fn audit(home: &Home, base: &str, (path, faults, notes): &Planted) -> Value {
    let line = format!("pages audit {base}{path} --format json --base-url {base}");
    let expected: BTreeSet<&str> = faults.iter().copied().collect();
    let mut looks = 0;
    let report = loop {
        looks += 1;
        let said = home.run(&line);
        let report = said.json();
        let differ = ids(&report, false) != expected;
        let by_time = ids(&report, false)
            .symmetric_difference(&expected)
            .all(|id| BY_TIME.contains(id));
        if !differ || !by_time || looks == 3 {
            said.expect(i32::from(!faults.is_empty()));
            break report;
        }
    };
    assert_eq!(ids(&report, false), expected, "{path}: {report:#}");
    for note in *notes {
        assert!(
            ids(&report, true).contains(note),
            "{path} lacks {note}: {report:#}"
        );
    }
    assert_eq!(report["passed"], faults.is_empty(), "{path}");
    report
}

/// Logs alice and bob in.
pub fn log_in(home: &Home, base: &str) {
    for name in ["alice", "bob"] {
        home.run_with_input(
            &format!("token obtain -u {name} --as {name} --preset simplejwt --password-stdin --base-url {base}"),
            &format!("{name}-pass"),
        )
        .expect(0);
    }
}

/// The note of a check of a report, with its status before it.
pub fn check(report: &Value, id: &str) -> String {
    let found = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|check| check["id"] == id)
        .unwrap_or_else(|| panic!("no check {id}: {report:#}"));
    format!(
        "{}: {}",
        found["status"].as_str().unwrap(),
        found["note"].as_str().unwrap()
    )
}
