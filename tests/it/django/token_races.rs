//! A refresh that cannot lose: many processes, rotation with a blacklist, and kills at any moment.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::binary::{Home, finish};
use crate::support::django::{Django, Settings};
use crate::support::fixture::Fixture;
use crate::support::relay;

const PROCESSES: usize = 50;
const KILLS: u32 = 100;

fn rotating() -> Django {
    Django::start(&Settings {
        workers: 2,
        ..Settings::overriding(json!({"SIMPLE_JWT": {
            "ROTATE_REFRESH_TOKENS": true,
            "BLACKLIST_AFTER_ROTATION": true,
        }}))
    })
}

/// The stored login of the only user there is.
fn record(home: &Home) -> PathBuf {
    let logins = home.path().join(".local/share/apictl/logins");
    let mut entries = fs::read_dir(logins)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let origin = entries.find(|path| path.is_dir()).unwrap();
    origin.join("alice.json")
}

/// Makes the stored access token look expired, as it is some minutes later.
fn expire(home: &Home) {
    let path = record(home);
    let mut login: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    login["access_exp"] = json!("2001-01-01T00:00:00Z");
    fs::write(&path, login.to_string()).unwrap();
}

fn obtain(home: &Home, base: &str) {
    home.run_with_input(
        &format!("token obtain -u alice --preset simplejwt --password-stdin --base-url {base}"),
        "alice-pass",
    )
    .expect(0);
}

fn refreshes(server: &Fixture) -> usize {
    server
        .asked()
        .iter()
        .filter(|asked| {
            asked.line.starts_with("POST /api/token/refresh/") && asked.body.contains("eyJ")
        })
        .count()
}

#[test]
fn fifty_processes_that_refresh_at_once_make_one_request_and_all_succeed() {
    let django = rotating();
    let (home, server) = (Home::new(), relay::to(django.address(), |_| true));
    obtain(&home, &server.url());
    expire(&home);
    let children: Vec<_> = (0..PROCESSES)
        .map(|_| {
            home.command(["token", "print", "--base-url", &server.url()])
                .spawn()
                .unwrap()
        })
        .collect();
    let tokens: Vec<String> = children
        .into_iter()
        .map(|child| finish(child).expect(0).stdout)
        .collect();
    assert_eq!(refreshes(&server), 1);
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    // The refresh token that was stored is the one that the server honours.
    home.run(&format!("token refresh --base-url {}", server.url()))
        .expect(0);
    assert_eq!(refreshes(&server), 2);
}

#[test]
fn a_process_killed_at_any_moment_leaves_a_store_that_opens() {
    let django = rotating();
    let home = Home::new();
    let base = django.url();
    obtain(&home, &base);
    // How long a whole refresh takes here, so that the kills fall within one.
    let started = Instant::now();
    home.run(&format!("token refresh --base-url {base}"))
        .expect(0);
    let whole = started.elapsed();
    let mut lost = 0;
    for n in 0..KILLS {
        expire(&home);
        let mut child = home
            .command(["token", "print", "--base-url", &base])
            .spawn()
            .unwrap();
        // Evenly spread without a pattern: multiples of the golden ratio, modulo one.
        let point = (f64::from(n) * 0.618_033_988_75).fract();
        wait(whole.mul_f64(point * 1.1));
        let _ = child.kill();
        let _ = child.wait();
        // Opens the store, and uses what is in it.
        let said = home.run(&format!("token refresh --base-url {base}"));
        if said.code != 0 {
            // Killed between the server's rotation and the arrival of its reply: nobody has the new token.
            assert_eq!(said.code, 3, "{said:?}");
            assert!(said.stderr.contains("Token is blacklisted"), "{said:?}");
            assert!(said.stderr.contains("hint: log in again"), "{said:?}");
            lost += 1;
            obtain(&home, &base);
        }
    }
    let litter: Vec<_> = fs::read_dir(record(&home).parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name != "alice.json" && name != "alice.lock" && name != "current")
        .collect();
    assert!(litter.is_empty(), "{litter:?}");
    assert!(lost < KILLS, "every one of {KILLS} kills lost the login");
}

/// The moment of a kill is a moment of real time.
fn wait(time: Duration) {
    let until = Instant::now() + time;
    while let Some(left) = until.checked_duration_since(Instant::now()) {
        std::thread::park_timeout(left);
    }
}
