//! `token audit` does not call holes what are none, and knows its limits.

use crate::support::binary::{Home, Said};
use crate::support::fixture::{Asked, Fixture, reply};

/// An unsigned-looking but complete token pair; the fixture knows it by its text.
const ACCESS: &str = "eyJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjo0MDAwMDAwMDAwLCJpYXQiOjM5OTk5OTk3MDAsInVzZXJfaWQiOiIxIn0.c2lnbmF0dXJlLW9mLXRoaXJ0eS10d28tYnl0ZXMtLi4";

fn audit(server: &Fixture, flags: &str) -> Said {
    let home = Home::new();
    home.write("pw", "wonderland-7");
    let url = server.url();
    home.run(&format!(
        "token audit {url}/me/ -u alice --password-file pw --format json {flags}"
    ))
}

fn logged_in() -> Vec<u8> {
    reply(
        "200 OK",
        "application/json",
        &format!("{{\"access\":\"{ACCESS}\"}}"),
    )
}

fn is_good(asked: &Asked) -> bool {
    asked.headers.iter().any(|line| {
        line.to_ascii_lowercase().starts_with("authorization:") && line.ends_with(ACCESS)
    })
}

/// A server that knows one token and says 401 to the rest, in its own way.
fn strict(refusal: &'static str) -> Fixture {
    Fixture::new(move |asked| {
        if asked.line.starts_with("POST /api/token/ ") {
            return logged_in();
        }
        if asked.line.starts_with("GET /me/") && is_good(asked) {
            return reply("200 OK", "application/json", "{\"id\":1}");
        }
        reply(refusal, "text/html", "<p>Please log in</p>")
    })
}

#[test]
fn a_public_endpoint_cannot_be_audited() {
    let server = Fixture::new(|asked| {
        if asked.line.starts_with("POST ") {
            return logged_in();
        }
        reply("200 OK", "application/json", "{\"id\":1}")
    });
    let said = audit(&server, "").expect(3);
    assert!(said.stderr.contains("without any token"), "{}", said.stderr);
}

#[test]
fn a_login_page_with_status_200_is_no_acceptance() {
    // No token gets 401, every bad token a proxy's page with 200.
    let server = Fixture::new(|asked| {
        if asked.line.starts_with("POST /api/token/ ") {
            return logged_in();
        }
        let bearer = asked
            .headers
            .iter()
            .any(|line| line.to_ascii_lowercase().starts_with("authorization:"));
        if is_good(asked) {
            reply("200 OK", "application/json", "{\"id\":1}")
        } else if bearer {
            reply("200 OK", "text/html", "<p>Please log in</p>")
        } else {
            reply("401 Unauthorized", "text/html", "")
        }
    });
    let said = audit(&server, "--only alg-none,signature-stripped,other-key").expect(0);
    assert_eq!(said.json()["summary"]["pass"], 3);
}

#[test]
fn the_budget_is_kept_and_what_it_cuts_is_skipped() {
    let server = strict("401 Unauthorized");
    let said = audit(&server, "--max-requests 12").expect(0);
    let report = said.json();
    assert!(server.asked().len() <= 12, "{}", server.asked().len());
    assert!(
        said.stderr.contains("at most 12 requests"),
        "{}",
        said.stderr
    );
    assert!(report["summary"]["skip"].as_u64() > Some(10));
}

#[test]
fn a_lock_out_is_not_taken_for_security() {
    let seen = std::sync::atomic::AtomicU32::new(0);
    let server = Fixture::new(move |asked| {
        if asked.line.starts_with("POST /api/token/ ") {
            return logged_in();
        }
        let count = seen.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if is_good(asked) && count < 4 {
            return reply("200 OK", "application/json", "{\"id\":1}");
        }
        reply("403 Forbidden", "application/json", "{}")
    });
    let said = audit(&server, "--only alg-none").expect(0);
    let probe = &said.json()["probes"][0];
    assert_eq!(probe["verdict"], "skip");
    assert!(
        probe["message"].as_str().unwrap().contains("by now"),
        "{probe}"
    );
}

#[test]
fn nothing_of_the_secrets_is_printed() {
    let server = strict("401 Unauthorized");
    let said = audit(&server, "-v").expect(0);
    let signature = ACCESS.rsplit('.').next().unwrap();
    for secret in [signature, "wonderland-7"] {
        assert!(!said.stdout.contains(secret), "{}", said.stdout);
        assert!(!said.stderr.contains(secret), "{}", said.stderr);
    }
}

#[test]
fn a_server_elsewhere_is_attacked_only_when_told_so() {
    let home = Home::new();
    home.write("pw", "x");
    let said = home
        .run("token audit http://api.example.test/me/ -u alice --password-file pw")
        .expect(2);
    assert!(said.stderr.contains("--yes"), "{}", said.stderr);
}

#[test]
fn an_unknown_probe_is_a_usage_error() {
    let home = Home::new();
    let said = home.run("token audit /me/ --only alg-non").expect(2);
    assert!(said.stderr.contains("alg-non"), "{}", said.stderr);
}
