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

#[test]
fn every_stored_login_is_a_column_and_a_saved_table_holds() {
    let home = Home::new();
    let api = Embedded::start(&home);
    let base = format!("--base-url {}", api.url);
    for name in ["alice", "admin"] {
        home.run_with_input(
            &format!("token obtain -u {name} --password-stdin --preset simplejwt {base}"),
            &format!("{name}-pass"),
        )
        .expect(0);
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
