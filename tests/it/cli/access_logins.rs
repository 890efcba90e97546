//! `access` with stored logins, against the embedded API.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::support::binary::{Home, Started};

/// The embedded API on a free port, as another terminal would run it.
struct Embedded {
    process: Started,
    url: String,
}

impl Embedded {
    fn start(home: &Home) -> Self {
        let mut process = home
            .command(["serve", "--port", "0", "--format", "json"])
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let report: serde_json::Value = serde_json::from_str(&line).unwrap();
        let url = report["url"].as_str().unwrap().to_owned();
        Self { process, url }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn log_in(home: &Home, api: &Embedded, name: &str) {
    home.run_with_input(
        &format!(
            "token obtain -u {name} --password-stdin --preset simplejwt --base-url {}",
            api.url
        ),
        &format!("{name}-pass"),
    )
    .expect(0);
}

#[test]
fn every_stored_login_is_a_column_and_a_saved_table_holds() {
    let home = Home::new();
    let api = Embedded::start(&home);
    let base = format!("--base-url {}", api.url);
    for name in ["alice", "admin"] {
        log_in(&home, &api, name);
    }
    let report = home
        .run(&format!(
            "access matrix /api/secret-data/ {base} --save apictl.toml --format json"
        ))
        .expect(0)
        .json();
    assert_eq!(
        report["identities"],
        serde_json::json!(["anon", "admin", "alice"])
    );
    let file = home.path().join("apictl.toml");
    let saved = std::fs::read_to_string(&file).unwrap();
    assert!(
        saved.contains("GET = { anon = 401, admin = 200, alice = 403 }"),
        "{saved}"
    );
    home.run(&format!("access check {base}")).expect(0);
    std::fs::write(&file, saved.replace("alice = 403", "alice = 200")).unwrap();
    let said = home.run(&format!("access check {base}")).expect(1);
    assert!(
        said.stdout.contains("expected 200, got 403"),
        "{}",
        said.stdout
    );
}

#[test]
fn the_embedded_api_passes_the_audit() {
    let home = Home::new();
    let api = Embedded::start(&home);
    home.write("pw", "alice-pass");
    let report = home
        .run(&format!(
            "token audit {}/api/me/ -u alice --password-file pw --format json",
            api.url
        ))
        .expect(0)
        .json();
    assert_eq!(report["summary"]["fail"], 0);
    assert_eq!(report["summary"]["crash"], 0);
}

#[test]
fn as_picks_the_identity_where_nothing_else_does() {
    let home = Home::new();
    let api = Embedded::start(&home);
    log_in(&home, &api, "alice");
    log_in(&home, &api, "admin");
    let flags = format!("--as alice --format json --base-url {}", api.url);
    let matrix = |more: &str| {
        let said = home.run(&format!("access matrix /api/secret-data/ {more} {flags}"));
        said.expect(0).json()["identities"].clone()
    };
    assert_eq!(matrix(""), serde_json::json!(["alice"]));
    assert_eq!(
        matrix("--identity anon --identity alice"),
        serde_json::json!(["anon", "alice"])
    );
    home.write(
        "apictl.toml",
        "[[throttle]]\nurl = '/api/throttled/user/'\nlimit = '20/min'\n\n\
         [[throttle]]\nurl = '/api/throttled/anon/'\nas = 'anon'\nlimit = '10/min'\n\n\
         [[access]]\nurl = '/api/secret-data/'\nGET = { admin = 200 }\n",
    );
    let said = home
        .run(&format!("throttle check {flags}"))
        .expect(0)
        .json();
    assert_eq!(said["checks"][0]["name"], "alice /api/throttled/user/");
    assert_eq!(said["checks"][1]["name"], "anon /api/throttled/anon/");
    let said = home.run(&format!("access check {flags}")).expect(2);
    assert!(said.stderr.contains("access matrix"), "{}", said.stderr);
}

#[test]
fn every_line_of_a_report_carries_its_schema() {
    let home = Home::new();
    let api = Embedded::start(&home);
    log_in(&home, &api, "alice");
    home.write("secret", "a-secret-of-this-test-that-is-long-enough");
    home.write(
        "apictl.toml",
        "[[throttle]]\nurl = '/api/throttled/anon/'\nlimit = '10/min'\n\n\
         [[access]]\nurl = '/api/secret-data/'\nGET = { anon = 401, alice = 403 }\n",
    );
    for (command, schema, lines) in [
        ("throttle check", "apictl.throttle.check/1", 1),
        ("access check", "apictl.access.check/1", 2),
        (
            "access matrix /api/secret-data/ --method GET",
            "apictl.access.matrix/1",
            2,
        ),
        ("token list", "apictl.token.list/1", 1),
        (
            "token audit /api/me/ --only alg-none,signature-stripped",
            "apictl.token.audit/1",
            2,
        ),
        ("jwt matrix --secret-file secret", "apictl.jwt.matrix/1", 25),
    ] {
        let line = format!("{command} --format ndjson --base-url {}", api.url);
        let said = home.run(&line).expect(0);
        let all: Vec<serde_json::Value> = said
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert!(all.len() >= lines, "{command}: {}", said.stdout);
        assert!(all.iter().all(|line| line["schema"] == schema), "{command}");
    }
}
