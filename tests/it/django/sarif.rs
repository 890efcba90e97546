//! SARIF files against the schema that OASIS published.

use std::process::Command;

use serde_json::Value;

use super::audit::{audit, home};
use crate::support::django;

/// The schema as the crate `serde-sarif` carries it; cargo knows where that lies.
fn schema() -> String {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let about = String::from_utf8(rustc.stdout).unwrap();
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--locked"])
        // Packages of other platforms need not be on this machine.
        .args(["--filter-platform", host.unwrap()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let manifest = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .find(|package| package["name"] == "serde-sarif")
        .and_then(|package| package["manifest_path"].as_str())
        .unwrap();
    manifest.replace("Cargo.toml", "src/schema.json")
}

#[test]
fn a_sarif_file_is_valid_by_the_published_schema() {
    let home = home();
    let flags = "--secret-file key --skip login-throttle,user-enumeration --sarif a.sarif";
    audit(
        &home,
        django::shared(),
        "/api/holes/unsafe-decode/",
        flags,
        1,
    );
    let file = home.path().join("a.sarif");
    let checked = Command::new(django::python())
        .args(["-m", "jsonschema", "-i"])
        .arg(&file)
        .arg(schema())
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success(), "{words}");
    let text = std::fs::read_to_string(&file).unwrap();
    let sarif: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
    let results = sarif.runs[0].results.as_ref().unwrap();
    assert!(results.len() > 10, "{}", results.len());

    let broken = text.replace("\"version\": \"2.1.0\"", "\"version\": \"2.0\"");
    std::fs::write(&file, broken).unwrap();
    let checked = Command::new(django::python())
        .args(["-m", "jsonschema", "-i"])
        .arg(&file)
        .arg(schema())
        .output()
        .unwrap();
    assert!(!checked.status.success(), "the check cannot fail");
}
