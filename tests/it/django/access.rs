//! Permissions of a real project, seen from outside.

use serde_json::Value;

use crate::support::binary::{Home, Said};
use crate::support::django::{self, Django, Settings};

/// A home whose project points at the shared server, with DRF tokens of three users in files.
fn home() -> Home {
    let home = Home::new();
    for (name, id) in [("alice", "1"), ("bob", "2"), ("admin", "4")] {
        home.write(&format!("{name}.token"), &id.repeat(40));
    }
    home.write(
        "apictl.toml",
        &format!(
            "[profile.default]\nbase_url = '{}'\n",
            django::shared().url()
        ),
    );
    home
}

const FILES: &str =
    "--token-file alice=alice.token --token-file bob=bob.token --token-file admin=admin.token";

fn cell(report: &Value, method: &str, identity: &str) -> (Option<u64>, String, String) {
    let cell = report["cells"]
        .as_array()
        .unwrap()
        .iter()
        .find(|cell| cell["method"] == method && cell["identity"] == identity)
        .unwrap_or_else(|| panic!("no {method} as {identity} in {report}"));
    let text = |name: &str| cell[name].as_str().unwrap().to_owned();
    (cell["status"].as_u64(), text("meaning"), text("source"))
}

fn matrix(home: &Home, line: &str) -> Said {
    home.run(&format!("access matrix {line} {FILES} --format json"))
}

#[test]
fn an_admin_only_view_is_401_to_nobody_403_to_a_user_and_200_to_the_admin() {
    let report = matrix(&home(), "/api/secret-data/").expect(0).json();
    assert_eq!(report["schema"], "apictl.access.matrix/1");
    let seen: Vec<(Option<u64>, String)> = ["anon", "alice", "admin"]
        .iter()
        .map(|name| cell(&report, "GET", name))
        .map(|(status, meaning, _)| (status, meaning))
        .collect();
    assert_eq!(
        seen,
        [
            (Some(401), "unauthenticated".to_owned()),
            (Some(403), "forbidden".to_owned()),
            (Some(200), "allowed".to_owned()),
        ]
    );
}

#[test]
fn a_401_that_comes_as_403_is_recognised_and_explained() {
    let report = matrix(&home(), "/api/me/session-token/").expect(0).json();
    let hidden = (Some(403), "unauthenticated".to_owned(), "reply".to_owned());
    assert_eq!(cell(&report, "GET", "anon"), hidden);
    assert_eq!(cell(&report, "HEAD", "anon"), hidden);
    assert_eq!(cell(&report, "GET", "alice").0, Some(200));
    let explained = report["explanations"][0].as_str().unwrap();
    assert!(
        explained.contains("first authentication class"),
        "{explained}"
    );
}

#[test]
fn options_tells_who_may_write_without_anybody_writing() {
    let report = matrix(&home(), "/api/notes/").expect(0).json();
    let told = |name| cell(&report, "POST", name);
    assert_eq!(
        told("anon"),
        (None, "refused".to_owned(), "options".to_owned())
    );
    assert_eq!(
        told("alice"),
        (None, "allowed".to_owned(), "options".to_owned())
    );
}

#[test]
fn unsafe_methods_are_tried_without_changing_anything() {
    let home = home();
    let before = home.run("request GET /api/notes/ --as anon").expect(0);
    let report = matrix(&home, "/api/notes/1/ --unsafe-methods")
        .expect(0)
        .json();
    let tried = |method, name| cell(&report, method, name);
    for method in ["PUT", "PATCH"] {
        assert_eq!(tried(method, "anon").0, Some(401));
        let (status, meaning, _) = tried(method, "alice");
        assert_eq!((status, meaning.as_str()), (Some(400), "allowed"));
        assert_eq!(tried(method, "bob").1, "forbidden");
    }
    let after = home.run("request GET /api/notes/ --as anon").expect(0);
    assert_eq!(before.stdout, after.stdout);
}

#[test]
fn rows_of_a_list_that_are_refused_one_by_one_are_a_finding() {
    let home = home();
    let report = matrix(&home, "/api/bad/leaky-drafts/ --rows")
        .expect(1)
        .json();
    let leak = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| {
            finding["id"] == "list-leaks-rows" && finding["evidence"]["identity"] == "bob"
        })
        .unwrap();
    // Of the six drafts two are bob's.
    assert_eq!(leak["evidence"]["refused"].as_array().unwrap().len(), 4);
    matrix(&home, "/api/drafts/ --rows").expect(0);
}

#[test]
fn an_endpoint_that_fails_is_a_finding() {
    let report = matrix(&home(), "/api/bad/error/").expect(1).json();
    assert_eq!(report["findings"][0]["id"], "server-error");
}

const POLICY: &str = "
[[access]]
url = '/api/secret-data/'
GET = { anon = 401, alice = 403, admin = 200 }

[[access]]
url = '/api/notes/1/'
PATCH = { anon = 401, alice = 'allowed', bob = 403 }
";

#[test]
fn a_true_policy_passes() {
    let home = home();
    home.write("policy.toml", POLICY);
    let report = home
        .run(&format!(
            "access check policy.toml --unsafe-methods {FILES} --format json"
        ))
        .expect(0)
        .json();
    assert_eq!(report["schema"], "apictl.access.check/1");
    assert_eq!(report["passed"], true);
    assert_eq!(report["checks"].as_array().unwrap().len(), 6);
}

#[test]
fn each_difference_is_named_in_json_junit_and_annotations() {
    let home = home();
    let wrong = POLICY.replace("secret-data", "bad/open-secret");
    home.write("policy.toml", &wrong);
    let line = format!("access check policy.toml {FILES} --junit j.xml --format json");
    let mut command = home.command(line.split_whitespace());
    command.env("GITHUB_ACTIONS", "true");
    let said = crate::support::binary::finish(command.spawn().unwrap()).expect(1);
    let report = said.json();
    assert_eq!(report["passed"], false);
    let failed: Vec<(&str, &str)> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["status"] == "fail")
        .map(|check| {
            (
                check["name"].as_str().unwrap(),
                check["message"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        failed,
        [
            ("GET /api/bad/open-secret/ as anon", "expected 401, got 200"),
            (
                "GET /api/bad/open-secret/ as alice",
                "expected 403, got 200"
            ),
        ]
    );
    assert!(
        said.stderr
            .contains("::error title=GET /api/bad/open-secret/ as anon::expected 401, got 200"),
        "{}",
        said.stderr
    );
    let junit = std::fs::read_to_string(home.path().join("j.xml")).unwrap();
    assert!(
        junit.contains("tests=\"6\" skipped=\"3\" errors=\"0\" failures=\"2\""),
        "{junit}"
    );
}

#[test]
fn what_matrix_saves_check_confirms() {
    let home = home();
    let urls = "/api/secret-data/ /api/notes/ /api/me/session-token/";
    home.run(&format!(
        "access matrix {urls} --unsafe-methods {FILES} --save apictl.toml"
    ))
    .expect(0);
    home.run(&format!("access check --unsafe-methods {FILES}"))
        .expect(0);
    let again = home
        .run(&format!(
            "access matrix /api/notes/ {FILES} --save apictl.toml"
        ))
        .expect(2);
    assert!(
        again.stderr.contains("/api/notes/ already"),
        "{}",
        again.stderr
    );
}

#[test]
fn an_openapi_document_that_claims_security_is_held_to_it() {
    let home = home();
    home.write(
        "schema.yaml",
        "openapi: 3.0.3
paths:
  /api/secret-data/:
    get: {security: [{jwtAuth: []}]}
  /api/bad/open-secret/:
    get: {security: [{jwtAuth: []}]}
  /api/me/:
    get: {}
  /api/notes/{id}/:
    get: {security: [{jwtAuth: []}, {}]}
",
    );
    let report = home
        .run("access check --openapi schema.yaml --param id=1 --format json")
        .expect(1)
        .json();
    let failed: Vec<&str> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["status"] == "fail")
        .map(|check| check["url"].as_str().unwrap())
        .collect();
    assert_eq!(failed, ["/api/bad/open-secret/", "/api/me/"]);
    assert_eq!(report["checks"].as_array().unwrap().len(), 4);
}

#[test]
fn drf_spectaculars_document_is_held_to_what_the_api_does() {
    let django = Django::start(&Settings::overriding(
        serde_json::json!({"DOCUMENTED": true}),
    ));
    let home = Home::new();
    let line = format!(
        "--openapi /api/schema/ --param id=1 --base-url {} --format json",
        django.url()
    );
    let report = home.run(&format!("access matrix {line}")).expect(1).json();
    let found: Vec<(&str, &str)> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            (
                finding["id"].as_str().unwrap(),
                finding["evidence"]["url"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("open-though-secured", "/api/invoices/"),
            ("secured-though-open", "/api/profile/"),
        ]
    );
    let urls: std::collections::BTreeSet<&str> = report["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| cell["url"].as_str().unwrap())
        .collect();
    assert_eq!(urls.len(), 10, "{urls:?}");
    // The same from a file, by the other command.
    let schema = home
        .run(&format!("request GET {}/api/schema/", django.url()))
        .expect(0);
    home.write("schema.yaml", &schema.stdout);
    let file = line.replace("/api/schema/", "schema.yaml");
    let report = home.run(&format!("access check {file}")).expect(1).json();
    let failed: Vec<&str> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["status"] == "fail")
        .map(|check| check["url"].as_str().unwrap())
        .collect();
    assert_eq!(failed, ["/api/invoices/", "/api/profile/"]);
}
