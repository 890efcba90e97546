//! `apictl token`: what it keeps, what it shows, and what it says when a login fails.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::support::binary::{Home, Said, finish};
use crate::support::fixture::{Asked, Fixture, reply};

const JSON: &str = "application/json";

/// A token that ends at `exp`; nothing checks its signature here.
fn jwt(exp: i64, name: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!(
        "{}.{}.{}",
        part(r#"{"alg":"HS256","typ":"JWT"}"#),
        part(&format!(
            r#"{{"token_type":"access","exp":{exp},"jti":"{name}"}}"#
        )),
        part(&format!("signature-{name}"))
    )
}

const FAR: i64 = 4_000_000_000;
const PAST: i64 = 1_000_000_000;

fn pair(access: &str, refresh: &str) -> String {
    format!(r#"{{"refresh":"{refresh}","access":"{access}"}}"#)
}

/// simplejwt as far as a login goes: tokens for any password but `wrong`, a challenge for bad refresh tokens.
fn api(access_exp: i64) -> Fixture {
    Fixture::new(move |asked| simplejwt(asked, access_exp))
}

fn simplejwt(asked: &Asked, access_exp: i64) -> Vec<u8> {
    let line = asked.line.as_str();
    if line.starts_with("POST /api/token/ ") && asked.body.contains("wrong") {
        return refusal("No active account found with the given credentials", "");
    }
    if line.starts_with("POST /api/token/ ") {
        return reply(
            "200 OK",
            JSON,
            &pair(&jwt(access_exp, "a1"), &jwt(FAR, "r1")),
        );
    }
    if line.starts_with("POST /api/token/refresh/ ") && asked.body.contains(&jwt(FAR, "r1")) {
        return reply("200 OK", JSON, &pair(&jwt(FAR, "a2"), &jwt(FAR, "r2")));
    }
    if line.starts_with("POST /api/token/refresh/ ") {
        return refusal("Token is invalid", "token_not_valid");
    }
    reply("404 Not Found", "text/html", "<h1>Not Found</h1>")
}

fn refusal(detail: &str, code: &str) -> Vec<u8> {
    let body = format!(r#"{{"detail":"{detail}","code":"{code}"}}"#);
    let length = body.len();
    format!(
        "HTTP/1.1 401 Unauthorized\r\nContent-Type: {JSON}\r\nWWW-Authenticate: JWT realm=\"api\"\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

fn obtain(home: &Home, server: &Fixture, password: &str) -> Said {
    home.run_with_input(
        &format!(
            "token obtain -u alice --preset simplejwt --password-stdin --base-url {}",
            server.url()
        ),
        password,
    )
}

fn record(home: &Home, server: &Fixture, name: &str) -> PathBuf {
    home.path()
        .join(".local/share/apictl/logins")
        .join(format!("http%3A%2F%2F127.0.0.1%3A{}", server.port()))
        .join(format!("{name}.json"))
}

#[test]
fn a_login_is_kept_and_its_tokens_are_shown_cut_short() {
    let (home, server) = (Home::new(), api(FAR));
    let said = obtain(&home, &server, "alice-pass\n").expect(0);
    assert!(said.stdout.contains("eyJhbGci…("), "{}", said.stdout);
    for text in [&said.stdout, &said.stderr] {
        assert!(!text.contains(&jwt(FAR, "a1")) && !text.contains("alice-pass"));
    }
    assert_eq!(
        server.asked()[0].body,
        r#"{"username":"alice","password":"alice-pass"}"#
    );
    let file = record(&home, &server, "alice");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let folder = file.parent().unwrap().metadata().unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);

    let shown = home
        .run(&format!(
            "token show --format json --base-url {}",
            server.url()
        ))
        .expect(0)
        .json();
    assert_eq!(shown["schema"], "apictl.token.show/1");
    assert_eq!(shown["login"], "alice");
    assert_eq!(shown["current"], true);
    assert_eq!(shown["access"]["state"], "valid");
    assert!(!shown.to_string().contains(&jwt(FAR, "a1")));
    let whole = home
        .run(&format!(
            "token show --reveal --format json --base-url {}",
            server.url()
        ))
        .expect(0)
        .json();
    assert_eq!(whole["access"]["token"], jwt(FAR, "a1"));
}

#[test]
fn the_scheme_is_the_one_the_server_advertises_letter_for_letter() {
    let (home, server) = (Home::new(), api(FAR));
    obtain(&home, &server, "p").expect(0);
    let said = home
        .run(&format!(
            "token print --as-header --base-url {}",
            server.url()
        ))
        .expect(0);
    assert_eq!(
        said.stdout,
        format!("Authorization: JWT {}\n", jwt(FAR, "a1"))
    );
}

#[test]
fn another_name_and_anon_choose_other_identities() {
    let (home, server) = (Home::new(), api(FAR));
    obtain(&home, &server, "p").expect(0);
    home.run_with_input(
        &format!(
            "token obtain -u bob --as boss --preset simplejwt --password-stdin --base-url {}",
            server.url()
        ),
        "p",
    )
    .expect(0);
    let sent = |line: &str| {
        home.run(&format!("request GET {}/x/ {line}", server.url()))
            .expect(3);
        let asked = server.asked();
        asked
            .last()
            .unwrap()
            .headers
            .iter()
            .any(|header| header.starts_with("authorization:"))
    };
    assert!(sent("--as alice"));
    assert!(sent("--as boss"));
    assert!(sent(""));
    assert!(!sent("--as anon"));
    let list = home.run("token list --format json").expect(0).json();
    let current: Vec<(&str, bool)> = list["logins"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["login"].as_str().unwrap(), row["current"] == true))
        .collect();
    assert_eq!(current, [("alice", false), ("boss", true)]);
    let said = home
        .run(&format!("request GET {}/x/ --as nobody", server.url()))
        .expect(2);
    assert!(
        said.stderr.contains("there is no login 'nobody'"),
        "{}",
        said.stderr
    );
    assert!(said.stderr.contains("hint: log in with"), "{}", said.stderr);
}

#[test]
fn an_expired_access_token_is_refreshed_before_it_is_used_and_the_rotated_one_is_stored() {
    let (home, server) = (Home::new(), api(PAST));
    obtain(&home, &server, "p").expect(0);
    home.run(&format!("request GET {}/x/", server.url()))
        .expect(3);
    let asked = server.asked();
    let last = asked.last().unwrap();
    assert!(
        last.headers
            .contains(&format!("authorization: JWT {}", jwt(FAR, "a2"))),
        "{:?}",
        last.headers
    );
    let stored = std::fs::read_to_string(record(&home, &server, "alice")).unwrap();
    assert!(stored.contains(&jwt(FAR, "r2")) && !stored.contains(&jwt(FAR, "r1")));
}

#[test]
fn a_dead_refresh_token_is_cleared_and_the_user_told_to_log_in_again() {
    let home = Home::new();
    let server = Fixture::new(|asked| {
        if asked.line.starts_with("POST /api/token/refresh/ ") {
            return refusal("Token is blacklisted", "token_not_valid");
        }
        simplejwt(asked, PAST)
    });
    obtain(&home, &server, "p").expect(0);
    let base = format!("--base-url {}", server.url());
    let said = home.run(&format!("token print {base}")).expect(3);
    assert!(
        said.stderr.contains("the login 'alice' at"),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr.contains("Token is blacklisted"),
        "{}",
        said.stderr
    );
    assert!(
        said.stderr
            .contains("hint: log in again with `apictl token obtain --as alice`"),
        "{}",
        said.stderr
    );
    let before = server.asked().len();
    home.run(&format!("token print {base}")).expect(3);
    assert_eq!(
        server.asked().len(),
        before,
        "a dead token is not tried again"
    );
}

#[test]
fn a_refresh_that_the_server_cannot_answer_costs_nothing() {
    let home = Home::new();
    let server = Fixture::new(|asked| {
        if asked.line.starts_with("POST /api/token/refresh/ ") && !asked.body.contains("\"-\"") {
            return reply("502 Bad Gateway", "text/html", "<title>Bad gateway</title>");
        }
        simplejwt(asked, PAST)
    });
    obtain(&home, &server, "p").expect(0);
    let said = home
        .run(&format!("token print --base-url {}", server.url()))
        .expect(4);
    assert!(said.stderr.contains("answered 502"), "{}", said.stderr);
    let stored = std::fs::read_to_string(record(&home, &server, "alice")).unwrap();
    assert!(stored.contains(&jwt(FAR, "r1")));
}

#[test]
fn one_401_leads_to_one_refresh_and_never_two() {
    let (home, server) = (
        Home::new(),
        Fixture::new(|asked| {
            if asked.line.starts_with("GET /x/ ") {
                return refusal("User is inactive", "user_inactive");
            }
            simplejwt(asked, FAR)
        }),
    );
    obtain(&home, &server, "p").expect(0);
    let before = server.asked().len();
    home.run(&format!("request GET {}/x/", server.url()))
        .expect(3);
    let lines: Vec<String> = server.asked()[before..]
        .iter()
        .map(|asked| asked.line.clone())
        .collect();
    assert_eq!(
        lines,
        [
            "GET /x/ HTTP/1.1",
            "POST /api/token/refresh/ HTTP/1.1",
            "GET /x/ HTTP/1.1"
        ]
    );
}

#[test]
fn a_token_with_too_short_a_life_is_an_error_and_not_a_promise() {
    let soon = jiff::Timestamp::now().as_second() + 40;
    let home = Home::new();
    let server = Fixture::new(move |asked| {
        if asked.line.starts_with("POST /api/token/refresh/ ") {
            return reply(
                "200 OK",
                JSON,
                &format!(r#"{{"access":"{}"}}"#, jwt(soon, "s")),
            );
        }
        simplejwt(asked, soon)
    });
    obtain(&home, &server, "p").expect(0);
    let base = format!("--base-url {}", server.url());
    home.run(&format!("token print --min-ttl 5 {base}"))
        .expect(0);
    let said = home
        .run(&format!("token print --min-ttl 10m {base}"))
        .expect(3);
    assert_eq!(said.stdout, "");
    assert!(
        said.stderr.contains("less than the 600 s asked for"),
        "{}",
        said.stderr
    );
}

#[test]
fn tokens_are_handed_over_in_the_words_of_other_programs() {
    let (home, server) = (Home::new(), api(FAR));
    obtain(&home, &server, "p").expect(0);
    let base = format!("--base-url {}", server.url());
    let token = jwt(FAR, "a1");
    let print = |flags: &str| {
        home.run(&format!("token print {flags} {base}"))
            .expect(0)
            .stdout
    };
    assert_eq!(print(""), format!("{token}\n"));
    assert_eq!(print("refresh"), format!("{}\n", jwt(FAR, "r1")));
    assert_eq!(
        print("--export"),
        format!("export APICTL_TOKEN='{token}'\n")
    );
    assert_eq!(print("--export API"), format!("export API='{token}'\n"));
    let exec: serde_json::Value = serde_json::from_str(&print("--output exec-credential")).unwrap();
    assert_eq!(exec["status"]["token"], token);
    assert_eq!(
        exec["status"]["expirationTimestamp"],
        "2096-10-02T07:06:40Z"
    );
    let aws: serde_json::Value =
        serde_json::from_str(&print("--output credential-process")).unwrap();
    assert_eq!(aws["Version"], 1);
    let git = |host: &str| {
        home.run_with_input(
            &format!("token print --output git-credential {base} get"),
            &format!("protocol=http\nhost={host}\n\n"),
        )
        .expect(0)
        .stdout
    };
    assert_eq!(
        git(&format!("127.0.0.1:{}", server.port())),
        format!("username=alice\npassword={token}\npassword_expiry_utc={FAR}\n")
    );
    assert_eq!(git("evil.test"), "");
}

#[test]
fn a_program_runs_with_the_token_and_its_exit_code_is_ours() {
    let (home, server) = (Home::new(), api(FAR));
    obtain(&home, &server, "p").expect(0);
    let mut command = home.command(["token", "exec", "--base-url", &server.url(), "--"]);
    command.args(["/bin/sh", "-c", "echo $APICTL_TOKEN; exit 7"]);
    let said = finish(command.spawn().unwrap()).expect(7);
    assert_eq!(said.stdout, format!("{}\n", jwt(FAR, "a1")));
    let said = home
        .run(&format!(
            "token exec --base-url {} -- no-such-program",
            server.url()
        ))
        .expect(2);
    assert!(
        said.stderr.contains("cannot run 'no-such-program'"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_forgotten_login_is_gone() {
    let (home, server) = (Home::new(), api(FAR));
    obtain(&home, &server, "p").expect(0);
    let base = format!("--base-url {}", server.url());
    home.run(&format!("token forget {base}")).expect(0);
    assert!(!record(&home, &server, "alice").exists());
    home.run(&format!("token show {base}")).expect(2);
    home.run(&format!("token forget --as alice {base}"))
        .expect(2);
    let said = home.run("token list").expect(0);
    assert!(said.stdout.starts_with("no logins in "), "{}", said.stdout);
}

#[test]
fn a_post_without_its_slash_is_explained_and_logs_in_all_the_same() {
    let home = Home::new();
    let server = Fixture::new(|asked| {
        if asked.line.starts_with("POST /api/token HTTP") {
            return b"HTTP/1.1 301 Moved\r\nLocation: /api/token/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
        }
        simplejwt(asked, FAR)
    });
    let said = home
        .run_with_input(
            &format!(
                "token obtain -u alice --preset simplejwt --obtain-path /api/token --password-stdin --base-url {}",
                server.url()
            ),
            "p",
        )
        .expect(0);
    assert!(
        said.stderr.contains("no slash at its end") && said.stderr.contains("sent again as POST"),
        "{}",
        said.stderr
    );
    assert!(server.asked()[1].body.contains("alice"));
}

#[test]
fn passwords_come_from_a_file_or_the_environment_and_argv_warns() {
    let (home, server) = (Home::new(), api(FAR));
    home.write("pw", "from-file\r\n");
    let line = format!(
        "token obtain -u alice --preset simplejwt --base-url {}",
        server.url()
    );
    let sent = |n: usize| server.asked()[n].body.clone();
    home.run(&format!("{line} --password-file pw")).expect(0);
    assert!(sent(0).contains("\"from-file\""), "{}", sent(0));
    let mut command = home.command(line.split_whitespace());
    command.env("APICTL_PASSWORD", "from-env ");
    finish(command.spawn().unwrap()).expect(0);
    assert!(sent(2).contains("\"from-env \""), "{}", sent(2));
    let said = home.run(&format!("{line} --password from-argv")).expect(0);
    assert!(
        said.stderr
            .contains("warning: a password on the command line")
    );
    assert!(!said.stderr.contains("from-argv"));
    let said = home.run(&line).expect(2);
    assert!(
        said.stderr.contains("there is no password"),
        "{}",
        said.stderr
    );
    home.run(&format!("{line} --password-file missing"))
        .expect(5);
}

#[test]
fn verbose_output_and_errors_show_no_secret() {
    let (home, server) = (Home::new(), api(FAR));
    let base = format!("--base-url {}", server.url());
    let mut seen = String::new();
    for (line, input) in [
        (
            "token obtain -v -u alice --preset simplejwt --password-stdin",
            "hunter2hunter2",
        ),
        (
            "token obtain -v -u alice --preset simplejwt --password-stdin",
            "wrong-hunter2hunter2",
        ),
        ("token refresh -v", ""),
        ("token show -v", ""),
        ("token list -v --format json", ""),
        ("token verify -v", ""),
    ] {
        let said = home.run_with_input(&format!("{line} {base}"), input);
        seen += &said.stdout;
        seen += &said.stderr;
    }
    assert!(seen.contains("> POST"), "{seen}");
    for secret in [
        "hunter2",
        "signature",
        &jwt(FAR, "a1")[37..],
        &jwt(FAR, "r1")[37..],
        &jwt(FAR, "r2")[37..],
    ] {
        assert!(!seen.contains(secret), "{secret} is in {seen}");
    }
}

/// Each of these is one clear line, a hint and an exit code.
#[test]
fn failed_logins_are_told_apart() {
    let html = "<!doctype html><title>Shop</title>";
    let cases: [(
        &'static str,
        &'static str,
        &'static str,
        i32,
        &'static str,
        &'static str,
    ); 9] = [
        (
            "401 Unauthorized",
            JSON,
            r#"{"detail":"No active account found with the given credentials"}"#,
            3,
            "refused the credentials: No active account",
            "an inactive user is refused in the same words",
        ),
        (
            "400 Bad Request",
            JSON,
            r#"{"non_field_errors":["Unable to log in with provided credentials."]}"#,
            3,
            "refused the credentials: Unable to log in",
            "an inactive user",
        ),
        (
            "400 Bad Request",
            JSON,
            r#"{"email":["This field is required."]}"#,
            3,
            "wants other fields: email: This field is required.",
            "--username-field email",
        ),
        (
            "200 OK",
            "text/html",
            html,
            3,
            "answered 200 with an HTML page instead of JSON",
            "--base-url",
        ),
        (
            "200 OK",
            JSON,
            r#"{"access":"eyJ"#,
            3,
            "JSON that breaks off after 14 bytes",
            "--base-url",
        ),
        (
            "200 OK",
            JSON,
            r#"{"data":{"jwt":"x"}}"#,
            3,
            "holds no token at /access; it has data",
            "--access-pointer",
        ),
        (
            "500 Internal Server Error",
            "text/html",
            html,
            4,
            "answered 500: an HTML page titled \"Shop\"",
            "the server's own log",
        ),
        (
            "404 Not Found",
            "text/html",
            "<h1>Not Found</h1>",
            3,
            "there is no token endpoint at",
            "--obtain-path",
        ),
        (
            "429 Too Many Requests",
            JSON,
            r#"{"detail":"Request was throttled."}"#,
            3,
            "throttles: Request was throttled.",
            "wait",
        ),
    ];
    for (status, media_type, body, code, words, hint) in cases {
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

#[test]
fn an_api_shows_what_it_speaks() {
    let home = Home::new();
    let server = Fixture::new(|asked| match asked.line.as_str() {
        "OPTIONS /accounts/login/ HTTP/1.1" => {
            options(r#"{"name":"Token Obtain Pair","actions":{"POST":{"email":{},"password":{}}}}"#)
        }
        "OPTIONS /accounts/refresh/ HTTP/1.1" => options(r#"{"name":"Token Refresh"}"#),
        "POST /accounts/login/ HTTP/1.1" => {
            reply("200 OK", JSON, &pair(&jwt(FAR, "a"), &jwt(FAR, "r")))
        }
        "POST /accounts/refresh/ HTTP/1.1" => refusal("Token is invalid", "token_not_valid"),
        _ => reply("404 Not Found", "text/html", ""),
    });
    let said = home
        .run_with_input(
            &format!(
                "token obtain -u a@b.c --obtain-path /accounts/login/ --password-stdin --base-url {}",
                server.url()
            ),
            "p",
        )
        .expect(0);
    assert!(
        said.stderr.contains("the login field is 'email'"),
        "{}",
        said.stderr
    );
    let asked = server.asked();
    assert!(
        asked
            .iter()
            .any(|asked| asked.body == r#"{"email":"a@b.c","password":"p"}"#)
    );
    let stored = std::fs::read_to_string(record(&home, &server, "a%40b.c")).unwrap();
    assert!(stored.contains("/accounts/refresh/\""), "{stored}");
    assert!(stored.contains("\"scheme\": \"JWT\""), "{stored}");
}

fn options(body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nAllow: POST, OPTIONS\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

#[test]
fn an_api_without_a_known_login_says_how_to_name_one() {
    let home = Home::new();
    let server = Fixture::always("404 Not Found", "text/html", "");
    let said = home
        .run_with_input(
            &format!(
                "token obtain -u a --password-stdin --base-url {}",
                server.url()
            ),
            "p",
        )
        .expect(3);
    assert!(
        said.stderr.contains("no token endpoint found at"),
        "{}",
        said.stderr
    );
    assert!(said.stderr.contains("--preset NAME"), "{}", said.stderr);
}
