//! What `apictl token` keeps, and how it shows it.

use std::os::unix::fs::PermissionsExt;

use crate::support::binary::{Home, finish};
use crate::support::fixture::{Fixture, reply};
use crate::support::token_api::{FAR, JSON, api, jwt, obtain, pair, record, refusal, simplejwt};

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

/// Runs a program on a terminal of its own, presses Ctrl-C until it ends once it asks for something, and tells its exit code.
#[cfg(unix)]
const ASKED_AND_INTERRUPTED: &str = r#"
import os, pty, select, sys, time
home, program, *args = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    os.execve(program, [program, *args], {"HOME": home, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent/bus"})
seen, end = b"", time.monotonic() + 10
try:
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            more = os.read(terminal, 4096)
            if not more:
                break
            seen += more
        elif b": " in seen:
            os.write(terminal, b"\x03")
except OSError:
    pass
if time.monotonic() >= end:
    os.kill(pid, 9)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen.decode())
"#;

#[cfg(unix)]
#[test]
fn ctrl_c_at_a_prompt_ends_the_program() {
    let server = api(FAR);
    for (flags, prompt) in [("", "User name: "), ("-u alice", "Password of alice")] {
        let home = Home::new();
        let line = format!(
            "token obtain --preset simplejwt {flags} --base-url {}",
            server.url()
        );
        let output = std::process::Command::new("python3")
            .args(["-c", ASKED_AND_INTERRUPTED])
            .arg(home.path())
            .arg(env!("CARGO_BIN_EXE_apictl"))
            .args(line.split_whitespace())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            said.starts_with("130 ") && said.contains(prompt),
            "{output:?}"
        );
        assert!(said.contains("interrupted"), "{said}");
    }
}

#[test]
fn an_api_that_wants_https_is_asked_once_and_says_so() {
    let home = Home::new();
    let server = Fixture::new(|asked| {
        let path = asked.line.split(' ').nth(1).unwrap();
        format!(
            "HTTP/1.1 301 Moved Permanently\r\nLocation: https://api.test{path}\r\n\
             Content-Length: 0\r\nConnection: close\r\n\r\n"
        )
        .into_bytes()
    });
    for (flags, method) in [("", "OPTIONS"), ("--preset simplejwt", "POST")] {
        let line = format!(
            "token obtain -u a --password-stdin {flags} --base-url {}/v1/",
            server.url()
        );
        let said = home.run_with_input(&line, "p").expect(3);
        for words in [
            "redirects to https://api.test/v1/",
            "`--base-url https://api.test/v1/`",
        ] {
            assert!(said.stderr.contains(words), "{}", said.stderr);
        }
        let asked = server.asked();
        assert!(asked.last().unwrap().line.starts_with(method), "{asked:?}");
    }
    assert_eq!(server.asked().len(), 2);
}
