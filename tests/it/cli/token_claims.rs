//! What servers claim of tokens that is not so: schemes, logouts, lives.

use crate::support::binary::Home;
use crate::support::fixture::{Asked, Fixture, reply};
use crate::support::token_api::{FAR, JSON, jwt, obtain, refusal, simplejwt};

fn has(asked: &Asked, header: &str) -> bool {
    asked
        .headers
        .iter()
        .any(|line| line.eq_ignore_ascii_case(header))
}

fn bearer(token: &str) -> String {
    format!("authorization: Bearer {token}")
}

/// A challenge of the first of several authentication classes.
fn challenged() -> Vec<u8> {
    b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Token\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
}

#[test]
fn a_scheme_that_is_asked_for_and_refused_is_not_kept() {
    let server = Fixture::new(|asked| {
        let knows = |name: &str| has(asked, &bearer(&jwt(FAR, name)));
        let open = asked.line.starts_with("GET /both/") && (knows("a1") || knows("a2"));
        match asked.line.split(' ').nth(1) {
            // no word of a scheme
            Some("/api/token/refresh/") if !asked.body.contains(&jwt(FAR, "r1")) => {
                reply("401 Unauthorized", JSON, "{}")
            }
            Some("/api/token/" | "/api/token/refresh/") => simplejwt(asked, FAR),
            _ if open => reply("200 OK", JSON, "{}"),
            _ => challenged(),
        }
    });
    let home = Home::new();
    obtain(&home, &server, "right").expect(0);
    let table = |url: &str, status: u16| {
        format!("[[access]]\nurl = '{url}'\nGET = {{ alice = {status} }}\n")
    };
    let tables = table("/both/?a", 200) + &table("/legacy/", 401) + &table("/both/?b", 200);
    home.write("apictl.toml", &tables);
    home.run(&format!("access check --base-url {}", server.url()))
        .expect(0);
}

/// The scheme that works is kept where an endpoint refuses whatever it is sent.
#[test]
fn a_scheme_that_was_asked_for_and_works_outlives_a_401() {
    let server = Fixture::new(|asked| {
        let knows = |name: &str| has(asked, &format!("authorization: JWT {}", jwt(FAR, name)));
        let open = asked.line.starts_with("GET /open/") && (knows("a1") || knows("a2"));
        match asked.line.split(' ').nth(1) {
            Some("/api/token/refresh/") if !asked.body.contains(&jwt(FAR, "r1")) => {
                reply("401 Unauthorized", JSON, "{}")
            }
            Some("/api/token/" | "/api/token/refresh/") => simplejwt(asked, FAR),
            _ if open => reply("200 OK", JSON, "{}"),
            _ => refusal("no", "no"),
        }
    });
    let home = Home::new();
    obtain(&home, &server, "right").expect(0);
    let table = |url: &str, status: u16| {
        format!("[[access]]\nurl = '{url}'\nGET = {{ alice = {status} }}\n")
    };
    let tables = table("/open/?a", 200) + &table("/closed/", 401) + &table("/open/?b", 200);
    home.write("apictl.toml", &tables);
    home.run(&format!("access check --base-url {}", server.url()))
        .expect(0);
}

#[test]
fn a_logout_that_wants_to_know_who_asks_is_told() {
    let server = Fixture::new(|asked| {
        let knows = has(asked, &bearer(&jwt(FAR, "a1")));
        match asked.line.split(' ').nth(1) {
            Some("/api/token/") => simplejwt(asked, FAR),
            Some("/api/logout/") if knows => reply("205 Reset Content", JSON, ""),
            Some("/api/token/refresh/") => reply(
                "401 Unauthorized",
                JSON,
                r#"{"detail":"Token is blacklisted","code":"token_not_valid"}"#,
            ),
            _ => refusal(
                "Authentication credentials were not provided.",
                "not_authenticated",
            ),
        }
    });
    let home = Home::new();
    let line = "token obtain -u alice --preset simplejwt --password-stdin --revoke-path /api/logout/ --scheme Bearer";
    home.run_with_input(&format!("{line} --base-url {}", server.url()), "right")
        .expect(0);
    let said = home
        .run(&format!("token revoke --base-url {}", server.url()))
        .expect(0);
    assert!(
        said.stdout.contains("revoked") || said.stderr.contains("revoked"),
        "{said:?}"
    );
}

#[test]
fn an_opaque_token_of_a_server_whose_clock_is_ahead_lives_as_long_as_it_says() {
    let server = Fixture::new(|_| {
        let ahead = std::time::SystemTime::now() + std::time::Duration::from_secs(600);
        let date = httpdate::fmt_http_date(ahead);
        let body = r#"{"access_token":"opaque","expires_in":300,"token_type":"Bearer","refresh_token":"r"}"#;
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nDate: {date}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    });
    let home = Home::new();
    let line = "token obtain -u alice --preset oauth2-password --client-id c --password-stdin";
    home.run_with_input(&format!("{line} --base-url {}", server.url()), "right")
        .expect(0);
    let said = home
        .run(&format!(
            "token print --min-ttl 1m --base-url {}",
            server.url()
        ))
        .expect(0);
    assert_eq!(said.stdout.trim(), "opaque");
}

#[test]
fn a_page_that_a_check_is_sent_to_says_nothing_of_a_token() {
    let server = Fixture::new(|asked| {
        match asked.line.split(' ').nth(1) {
        Some("/me/") => b"HTTP/1.1 302 Found\r\nLocation: /login/?next=/me/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec(),
        Some("/api-token-auth/") => reply("200 OK", JSON, r#"{"token":"opaque"}"#),
        _ => reply("200 OK", "text/html", "<h1>Log in</h1>"),
    }
    });
    let home = Home::new();
    let line = "token obtain -u alice --preset authtoken --verify-path /me/ --password-stdin";
    home.run_with_input(&format!("{line} --base-url {}", server.url()), "right")
        .expect(0);
    let said = home
        .run(&format!("token verify --base-url {}", server.url()))
        .expect(1);
    assert!(said.stdout.contains("/login/"), "{said:?}");
}

#[test]
fn two_tokens_are_not_one_in_pieces() {
    let home = Home::new();
    let tokens = format!("{}\n{}\n", jwt(FAR, "a1"), jwt(FAR, "r1"));
    let said = home
        .run_with_input("jwt decode --format json", &tokens)
        .expect(0);
    assert!(!said.stdout.contains("encrypted"), "{}", said.stdout);
}
