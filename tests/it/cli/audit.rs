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
        if is_good(asked) && count < 3 {
            return reply("200 OK", "application/json", "{\"id\":1}");
        }
        reply("403 Forbidden", "application/json", "{}")
    });
    let said = audit(&server, "--only alg-none").expect(3);
    assert!(said.stderr.contains("not complete"), "{}", said.stderr);
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

#[test]
fn a_server_that_dies_halfway_leaves_no_clean_bill() {
    let seen = std::sync::atomic::AtomicU32::new(0);
    let server = Fixture::new(move |asked| {
        if seen.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 9 {
            // A status line that ends in the middle: the process is gone.
            return b"HTTP/1.1 4".to_vec();
        }
        if asked.line.starts_with("POST /api/token/ ") {
            logged_in()
        } else if is_good(asked) {
            reply("200 OK", "application/json", "{\"id\":1}")
        } else {
            reply("401 Unauthorized", "application/json", "{}")
        }
    });
    let said = audit(&server, "").expect(4);
    assert!(said.stderr.contains("not complete"), "{}", said.stderr);
    let report = said.json();
    assert!(report["incomplete"].as_str().unwrap().contains("no answer"));
    assert_eq!(report["passed"], true);
    assert!(server.asked().len() < 20, "{}", server.asked().len());
}

#[test]
fn a_token_that_breaks_the_connection_is_a_crash_of_its_own() {
    let server = Fixture::new(|asked| {
        if asked.line.starts_with("POST /api/token/ ") {
            return logged_in();
        }
        let forged = asked
            .headers
            .iter()
            .any(|line| line.to_ascii_lowercase().starts_with("authorization:"));
        match (is_good(asked), forged) {
            (true, _) => reply("200 OK", "application/json", "{\"id\":1}"),
            (false, true) => b"HTTP/1.1 5".to_vec(),
            (false, false) => reply("401 Unauthorized", "application/json", "{}"),
        }
    });
    let report = audit(&server, "--only other-key,debug").expect(0).json();
    assert_eq!(report["probes"][0]["verdict"], "crash");
    assert!(
        report["probes"][0]["message"]
            .as_str()
            .unwrap()
            .contains("broke off")
    );
    assert_eq!(report["probes"][1]["verdict"], "pass");
}

#[test]
fn a_server_that_throttles_everything_is_left_in_peace() {
    let server = Fixture::always("429 Too Many Requests", "application/json", "{}");
    let said = audit(&server, "").expect(3);
    assert!(said.stderr.contains("429"), "{}", said.stderr);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_throttle_in_the_middle_is_honoured_and_the_audit_is_not_complete() {
    let seen = std::sync::atomic::AtomicU32::new(0);
    let server = Fixture::new(move |asked| {
        if asked.line.starts_with("POST /api/token/ ") {
            return logged_in();
        }
        match seen.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
            // Once for a second, which is waited out; then for an hour, which is not.
            8 => throttled(1),
            12.. => throttled(3600),
            _ if is_good(asked) => reply("200 OK", "application/json", "{\"id\":1}"),
            _ => reply("401 Unauthorized", "application/json", "{}"),
        }
    });
    let said = audit(&server, "").expect(3);
    assert!(said.stderr.contains("throttles (429)"), "{}", said.stderr);
    assert_eq!(server.asked().len(), 14);
    assert_eq!(said.json()["probes"][4]["verdict"], "pass");
}

fn throttled(seconds: u32) -> Vec<u8> {
    format!(
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: {seconds}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    .into_bytes()
}

#[test]
fn a_login_that_is_a_page_and_one_that_sets_cookies_are_told_apart() {
    let page = Fixture::always("200 OK", "text/html; charset=utf-8", "<form>log in</form>");
    let said = audit(&page, "").expect(3);
    assert!(
        said.stderr.contains("it is no JSON (text/html"),
        "{}",
        said.stderr
    );
    let cookies = Fixture::new(|_| {
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: jwt=a.b.c; HttpOnly\r\n\
          Content-Length: 34\r\nConnection: close\r\n\r\n{\"access\":\"\",\"refresh\":\"\",\"user\":{}}"
            .to_vec()
    });
    let said = audit(&cookies, "").expect(3);
    assert!(
        said.stderr.contains("it sets the cookies jwt"),
        "{}",
        said.stderr
    );
    assert!(!said.stderr.contains("a.b.c"), "{}", said.stderr);
}

#[test]
fn a_preset_that_is_not_the_servers_says_so() {
    let server = strict("401 Unauthorized");
    let said = audit(&server, "--preset djoser").expect(3);
    assert!(said.stderr.contains("--preset"), "{}", said.stderr);
    let said = audit(&server, "--preset session").expect(3);
    assert!(
        said.stderr.contains("login with user name and password"),
        "{}",
        said.stderr
    );
    let said = audit(&server, "--preset nonsense").expect(2);
    assert!(said.stderr.contains("simplejwt"), "{}", said.stderr);
}

#[test]
fn a_proxys_page_is_no_refresh_and_no_logout() {
    const REFRESH: &str = "eyJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCJ9.c2lnbmF0dXJl";
    // One page for every path that the proxy does not know, with 200.
    let server = Fixture::new(|asked| {
        if asked.line.starts_with("POST /api/token/ ") {
            let pair = format!("{{\"access\":\"{ACCESS}\",\"refresh\":\"{REFRESH}\"}}");
            reply("200 OK", "application/json", &pair)
        } else if asked.line.starts_with("GET /me/") && is_good(asked) {
            reply("200 OK", "application/json", "{\"id\":1}")
        } else if asked.line.starts_with("GET /me/") {
            reply("401 Unauthorized", "application/json", "{}")
        } else {
            reply("200 OK", "text/html", "<p>Welcome</p>")
        }
    });
    let only =
        "--only access-as-refresh,refresh-reuse,logout,refresh-race,verify-after-logout --race";
    let report = audit(&server, only).expect(0).json();
    assert_eq!(report["summary"]["fail"], 0, "{report}");
    assert_eq!(report["summary"]["warn"], 0, "{report}");
}

#[test]
fn a_server_that_never_answers_does_not_hold_the_audit_for_long() {
    let seen = std::sync::atomic::AtomicU32::new(0);
    let server = Fixture::new(move |asked| {
        if asked.line.starts_with("POST /api/token/ ") {
            return logged_in();
        }
        let count = seen.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if count > 5 {
            return Vec::new();
        }
        if is_good(asked) {
            reply("200 OK", "application/json", "{\"id\":1}")
        } else {
            reply("401 Unauthorized", "application/json", "{}")
        }
    });
    let said = audit(&server, "--timeout 0.3s").expect(4);
    assert!(said.stderr.contains("not complete"), "{}", said.stderr);
    assert!(server.asked().len() < 14, "{}", server.asked().len());
}
