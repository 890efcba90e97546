//! The figures promised for `jwt`: bulk verification against `openssl speed`, the search for a secret,
//! and `jwt decode` as a whole process. `cargo bench --bench jwt`; CPU time, not wall time, on Linux.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a benchmark reads clocks, prints, and fails by panicking"
)]

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use apictl::jwt::{self, Algorithm, Key, KeyType, Policy, Search, Verifier};
use serde_json::json;

/// How long each figure is measured.
const LONG_ENOUGH: Duration = Duration::from_millis(700);
const NOW: f64 = 1_700_000_000.0;

fn main() {
    // `cargo test --benches` and filters pass arguments; there is one thing to run.
    verification();
    search();
    processes();
}

/// CPU time of this thread so far where the system tells it, else wall time.
fn clock(start: Instant) -> f64 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    spent
        .as_deref()
        .and_then(|text| text.split(' ').next()?.parse::<f64>().ok())
        .map_or_else(
            || start.elapsed().as_secs_f64(),
            |nanoseconds| nanoseconds / 1e9,
        )
}

/// Calls a second of CPU time, the best of three passes.
fn rate(per_call: usize, mut call: impl FnMut()) -> f64 {
    let start = Instant::now();
    let mut best = 0_f64;
    for _ in 0..3 {
        let (wall, before, mut calls) = (Instant::now(), clock(start), 0_usize);
        while wall.elapsed() < LONG_ENOUGH / 3 {
            call();
            calls += per_call;
        }
        best = best.max(calls as f64 / (clock(start) - before));
    }
    best
}

fn token(key: &Key, algorithm: Algorithm, number: usize) -> String {
    let claims = json!({
        "token_type": "access", "exp": 1_700_000_300 + number, "iat": 1_700_000_000,
        "jti": "2a9a5f9b4cd046a9b9e2a7d0c6b1f3e8", "user_id": "1",
    });
    let header = json!({"alg": "", "typ": "JWT"});
    jwt::sign(
        header.as_object().unwrap(),
        claims.as_object().unwrap(),
        key,
        algorithm,
        false,
    )
    .unwrap()
}

fn verification() {
    let openssl = openssl_speed();
    println!("verification, tokens a CPU second on one core (simplejwt-like access tokens)");
    println!(
        "{:8} {:>12} {:>14} {:>8}",
        "", "apictl", "openssl speed", "ratio"
    );
    for algorithm in [
        Algorithm::HS256,
        Algorithm::RS256,
        Algorithm::PS256,
        Algorithm::ES256,
        Algorithm::EdDSA,
        Algorithm::ES512,
        Algorithm::ES256K,
    ] {
        let kind = if algorithm.is_hmac() {
            KeyType::Oct(64)
        } else {
            KeyType::for_algorithm(algorithm)
        };
        let key = jwt::generate(kind).unwrap();
        let tokens: Vec<String> = (0..64)
            .map(|number| token(&key, algorithm, number))
            .collect();
        let verifier = Verifier::new(&[key], Policy::default()).unwrap();
        let mut worker = verifier.worker();
        let ours = rate(tokens.len(), || {
            for token in &tokens {
                assert!(worker.refusal(token, NOW).is_none());
            }
        });
        let theirs = openssl.get(algorithm.name());
        let (shown, ratio) = theirs.map_or_else(
            || ("-".to_owned(), "-".to_owned()),
            |theirs| (format!("{theirs:.0}"), format!("{:.2}", ours / theirs)),
        );
        println!("{:8} {ours:>12.0} {shown:>14} {ratio:>8}", algorithm.name());
    }
}

/// Verifications a CPU second by `openssl speed`, the raw operation without base64 and JSON.
fn openssl_speed() -> BTreeMap<&'static str, f64> {
    let mut all = BTreeMap::new();
    let output = Command::new("openssl")
        .args([
            "speed",
            "-mr",
            "-seconds",
            "1",
            "rsa2048",
            "ecdsap256",
            "ed25519",
        ])
        .stderr(Stdio::null())
        .output();
    let Ok(output) = output else { return all };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let fields: Vec<&str> = line.split(':').collect();
        let Some(per_second) = fields.last().and_then(|text| text.parse::<f64>().ok()) else {
            continue;
        };
        match (fields[0], fields[2]) {
            ("+F2", "2048") => {
                all.insert("RS256", per_second);
                all.insert("PS256", per_second);
            }
            ("+F4", "256") => {
                all.insert("ES256", per_second);
            }
            ("+F6", _) => {
                all.insert("EdDSA", per_second);
            }
            _ => {}
        }
    }
    all
}

fn search() {
    println!("\nsearch for a secret, candidates a CPU second on one core");
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        let key = jwt::generate(KeyType::Oct(64)).unwrap();
        let search = Search::new(&token(&key, algorithm, 1)).unwrap();
        let words = jwt::common();
        let figure = rate(words.len(), || {
            assert!(!words.iter().any(|word| search.matches(word.as_bytes())));
        });
        println!("{:8} {figure:>12.0}", algorithm.name());
    }
}

/// User and system time of all children so far, in seconds.
fn children() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text
        .rsplit(") ")
        .next()
        .unwrap_or_default()
        .split(' ')
        .collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|text| text.parse::<f64>().ok())
            .unwrap_or_default()
    };
    // Fields 16 and 17 of proc(5), counted here from the third; a hundred ticks a second.
    (ticks(13) + ticks(14)) / 100.0
}

fn processes() {
    let key = jwt::generate(KeyType::Oct(64)).unwrap();
    let token = token(&key, Algorithm::HS256, 1);
    println!("\nwhole processes, ms of CPU each");
    let apictl = env!("CARGO_BIN_EXE_apictl");
    let peers = [
        ("jwt-cli", "jwt", "decode"),
        ("jwtinfo", "jwtinfo", "--full"),
    ];
    let mut commands = vec![("/bin/true".to_owned(), "/bin/true".to_owned(), Vec::new())];
    commands.push((
        "apictl --version".to_owned(),
        apictl.to_owned(),
        vec!["--version"],
    ));
    commands.push((
        "apictl jwt decode".to_owned(),
        apictl.to_owned(),
        vec!["jwt", "decode", &token],
    ));
    for (name, program, verb) in peers {
        commands.push((
            format!("{name} {verb}"),
            program.to_owned(),
            vec![verb, &token],
        ));
    }
    for (name, program, arguments) in commands {
        let runs = 200;
        let before = children();
        let ran = (0..runs).all(|_| {
            let status = Command::new(&program)
                .args(&arguments)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            status.is_ok_and(|status| status.success())
        });
        if ran {
            println!(
                "{name:20} {:>8.2}",
                (children() - before) / f64::from(runs) * 1e3
            );
        }
    }
}
