//! What a failed login says: one clear line, a hint and an exit code.

use std::os::unix::fs::PermissionsExt;

use crate::support::binary::Home;
use crate::support::fixture::Fixture;
use crate::support::token_api::{FAR, JSON, api, obtain, record};

const PAGE: &str = "<!doctype html><title>Shop</title>";

/// Status, media type and body of the reply; exit code, words and hint of the error.
struct Case(
    &'static str,
    &'static str,
    &'static str,
    i32,
    &'static str,
    &'static str,
);

const CASES: [Case; 9] = [
    Case(
        "401 Unauthorized",
        JSON,
        r#"{"detail":"No active account found with the given credentials"}"#,
        3,
        "refused the credentials: No active account",
        "an inactive user is refused in the same words",
    ),
    Case(
        "400 Bad Request",
        JSON,
        r#"{"non_field_errors":["Unable to log in with provided credentials."]}"#,
        3,
        "refused the credentials: Unable to log in",
        "an inactive user",
    ),
    Case(
        "400 Bad Request",
        JSON,
        r#"{"email":["This field is required."]}"#,
        3,
        "wants other fields: email: This field is required.",
        "--username-field email",
    ),
    Case(
        "200 OK",
        "text/html",
        PAGE,
        3,
        "answered 200 with an HTML page instead of JSON",
        "--base-url",
    ),
    Case(
        "200 OK",
        JSON,
        r#"{"access":"eyJ"#,
        3,
        "JSON that breaks off after 14 bytes",
        "--base-url",
    ),
    Case(
        "200 OK",
        JSON,
        r#"{"data":{"jwt":"x"}}"#,
        3,
        "holds no token at /access; it has data",
        "--access-pointer",
    ),
    Case(
        "500 Internal Server Error",
        "text/html",
        PAGE,
        4,
        "answered 500: an HTML page titled \"Shop\"",
        "the server's own log",
    ),
    Case(
        "404 Not Found",
        "text/html",
        "<h1>Not Found</h1>",
        3,
        "there is no token endpoint at",
        "--obtain-path",
    ),
    Case(
        "429 Too Many Requests",
        JSON,
        r#"{"detail":"Request was throttled."}"#,
        3,
        "throttles: Request was throttled.",
        "wait",
    ),
];

#[test]
fn an_api_without_a_logout_is_told_of_the_blacklist_app() {
    let home = Home::new();
    let server = api(FAR);
    obtain(&home, &server, "p").expect(0);
    let line = format!("token revoke --base-url {}", server.url());
    let said = home.run(&line).expect(3);
    assert!(said.stderr.contains("(404)"), "{}", said.stderr);
    assert!(said.stderr.contains("token_blacklist"), "{}", said.stderr);
}

#[test]
fn failed_logins_are_told_apart() {
    for Case(status, media_type, body, code, words, hint) in CASES {
        let home = Home::new();
        let server = Fixture::always(status, media_type, body);
        let said = obtain(&home, &server, "p").expect(code);
        let (error, rest) = said.stderr.split_once('\n').unwrap();
        assert!(
            error.starts_with("error: ") && error.contains(words),
            "{}",
            said.stderr
        );
        assert!(
            rest.starts_with("hint: ") && rest.contains(hint),
            "{}",
            said.stderr
        );
        assert_eq!(rest.lines().count(), 1, "{}", said.stderr);
        assert_eq!(said.stdout, "");
        assert!(!record(&home, &server, "alice").exists());
    }
}

#[test]
fn an_unreachable_server_is_told_apart_from_a_refusal() {
    let home = Home::new();
    let silent = Fixture::new(|_| Vec::new());
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let cases = [
        ("http://no-such-host.invalid".to_owned(), "no address found"),
        (format!("http://{closed}"), "refused the connection"),
        (
            format!("https://127.0.0.1:{}", api(FAR).port()),
            "the TLS handshake",
        ),
        (
            format!("{} --timeout 200ms", silent.url()),
            "no answer from",
        ),
    ];
    for (base, words) in cases {
        let said = home
            .run_with_input(
                &format!("token obtain -u a --preset simplejwt --password-stdin --base-url {base}"),
                "p",
            )
            .expect(4);
        assert!(said.stderr.contains(words), "{}", said.stderr);
        assert!(said.stderr.contains("hint: "), "{}", said.stderr);
    }
}

#[test]
fn a_token_file_that_cannot_be_trusted_is_a_fault_of_this_machine() {
    let (home, server) = (Home::new(), api(FAR));
    obtain(&home, &server, "p").expect(0);
    let file = record(&home, &server, "alice");
    let base = format!("--base-url {}", server.url());
    let set = |mode: u32| {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set(0o644);
    for line in ["token show", "token print", "request GET /x/"] {
        let said = home.run(&format!("{line} {base}")).expect(5);
        assert!(
            said.stderr
                .contains("can be read by other users (mode 644)"),
            "{}",
            said.stderr
        );
        assert!(said.stderr.contains("hint: `chmod 600 "), "{}", said.stderr);
    }
    set(0o600);
    std::fs::write(&file, "{").unwrap();
    let said = home.run(&format!("token show {base}")).expect(5);
    assert!(
        said.stderr.contains("cannot be understood"),
        "{}",
        said.stderr
    );
    let said = home.run("token list").expect(5);
    assert!(said.stdout.contains("unreadable"), "{}", said.stdout);
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o700)).unwrap();
    let said = home.run(&format!("token show {base}")).expect(5);
    assert!(said.stderr.contains("cannot read"), "{}", said.stderr);
}

#[test]
fn errors_are_json_for_scripts() {
    let (home, server) = (Home::new(), api(FAR));
    let said = home
        .run_with_input(
            &format!(
                "token obtain -u alice --preset simplejwt --password-stdin --format json --base-url {}",
                server.url()
            ),
            "wrong",
        )
        .expect(3);
    let error: serde_json::Value = serde_json::from_str(&said.stderr).unwrap();
    assert_eq!(error["error"]["kind"], "credentials");
    assert_eq!(error["error"]["exit_code"], 3);
    assert!(error["error"]["hint"].is_string());
}
