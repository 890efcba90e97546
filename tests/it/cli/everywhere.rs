//! What holds for every command: the contract's list, a table a point.

use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::Value;

use crate::support::binary::{Home, Run, Said, finish};
use crate::support::fixture::{Fixture, reply};

/// Flag, value, setting, variable and another value.
const SETTINGS: [[&str; 5]; 12] = [
    [
        "--base-url",
        "http://a.test",
        "base_url",
        "APICTL_BASE_URL",
        "http://b.test",
    ],
    ["--as", "alice", "as", "APICTL_AS", "bob"],
    ["--format", "json", "format", "APICTL_FORMAT", "json"],
    ["--color", "never", "color", "APICTL_COLOR", "always"],
    ["--timeout", "7s", "timeout", "APICTL_TIMEOUT", "8s"],
    [
        "--connect-timeout",
        "3s",
        "connect_timeout",
        "APICTL_CONNECT_TIMEOUT",
        "4s",
    ],
    ["--cacert", "a.pem", "cacert", "APICTL_CACERT", "b.pem"],
    [
        "--proxy",
        "http://a.test:1/",
        "proxy",
        "APICTL_PROXY",
        "http://b.test:1/",
    ],
    [
        "--user-agent",
        "a/1",
        "user_agent",
        "APICTL_USER_AGENT",
        "b/1",
    ],
    ["--bind", "127.0.0.1", "bind", "APICTL_BIND", "127.0.0.2"],
    [
        "--resolve",
        "a.test:80:127.0.0.1",
        "resolve",
        "APICTL_RESOLVE",
        "b.test:80:127.0.0.1",
    ],
    ["--header", "X-A:1", "header", "APICTL_HEADER", "X-B:2"],
];

const SWITCHES: [[&str; 3]; 5] = [
    ["--insecure", "insecure", "APICTL_INSECURE"],
    [
        "--http2-prior-knowledge",
        "http2_prior_knowledge",
        "APICTL_HTTP2_PRIOR_KNOWLEDGE",
    ],
    ["--no-progress", "no_progress", "APICTL_NO_PROGRESS"],
    ["--quiet", "quiet", "APICTL_QUIET"],
    ["--verbose", "verbose", "APICTL_VERBOSE"],
];

/// Where `config show` says that a setting comes from, and its value.
fn shown(command: &mut Run, name: &str) -> (String, String) {
    let report = command.said().expect(0).json();
    let settings = report["settings"].as_array().unwrap();
    let one = settings.iter().find(|one| one["name"] == name).unwrap();
    let value = match &one["value"] {
        Value::Array(list) => list[0].as_str().unwrap().to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    (value, one["origin"].as_str().unwrap().to_owned())
}

#[test]
fn each_setting_is_taken_from_flag_variable_project_and_user_in_this_order() {
    let switches = SWITCHES.map(|[flag, name, variable]| [flag, "true", name, variable, "true"]);
    for [flag, value, name, variable, other] in SETTINGS.into_iter().chain(switches) {
        let home = Home::new();
        let show = || ["config", "show", "--format", "json"];
        let written = match name {
            "header" | "resolve" => format!("{name} = ['{other}']"),
            _ if value == "true" => format!("{name} = true"),
            _ => format!("{name} = '{other}'"),
        };
        let file = format!("[profile.default]\n{written}\n");
        if name != "format" {
            home.write(".config/apictl/config.toml", &file);
            let (_, origin) = shown(&mut home.command(show()), name);
            assert_eq!(origin, "user", "{name}");
            home.write("apictl.toml", &file);
            let (got, origin) = shown(&mut home.command(show()), name);
            assert_eq!(
                (got.as_str(), origin.as_str()),
                (other, "project"),
                "{name}"
            );
            let (got, origin) = shown(home.command(show()).env(variable, value), name);
            assert_eq!(
                (got.as_str(), origin.as_str()),
                (value, "environment"),
                "{name}"
            );
        }
        let mut command = home.command(["config", "show", "--format", "json"]);
        if name != "format" {
            command.arg(flag);
            if value != "true" {
                command.arg(value);
            }
        }
        let (_, origin) = shown(command.env(variable, other), name);
        assert_eq!(origin, "flag", "{name}");
    }
}

#[test]
fn every_command_takes_every_global_flag() {
    let flags: Vec<&str> = SETTINGS
        .iter()
        .map(|row| row[0])
        .chain(SWITCHES.iter().map(|row| row[0]))
        .chain(["--profile"])
        .collect();
    let mut leaves = 0;
    visit("", &mut |command, help| {
        leaves += 1;
        for flag in &flags {
            assert!(help.contains(flag), "{command} does not know {flag}");
        }
    });
    assert!(leaves > 30, "{leaves}");
}

/// Every command without commands below it, with its help.
fn visit(path: &str, see: &mut impl FnMut(&str, &str)) {
    let help = run(&format!("{path} --help")).expect(0).stdout;
    let Some((_, below)) = help.split_once("Commands:\n") else {
        return see(path, &help);
    };
    for line in below.lines().take_while(|line| !line.is_empty()) {
        let name = line.split_whitespace().next().unwrap();
        if line.starts_with("  ") && !line.starts_with("   ") && name != "help" {
            visit(&format!("{path} {name}"), see);
        }
    }
}

fn run(line: &str) -> Said {
    Home::new().run(line)
}

/// An HS256 token of a well-known secret, expired long ago.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjEwMDAwMDAwMDAsInN1YiI6IjEifQ.e8jrQEGRBHDpmCFWAOKUBwgtDrzqQEM7nLvfTcDxMLY";

#[test]
fn each_kind_of_end_has_its_exit_code_and_its_json_object() {
    let refusing = Fixture::always("403 Forbidden", "application/json", "{\"detail\":\"no\"}");
    let broken = Fixture::always("503 Service Unavailable", "application/json", "{}");
    let home = Home::new();
    home.write("bad.toml", "[[access]]\nGET = 1\n");
    home.write("w.txt", "secret\n");
    let (refusing, broken) = (refusing.url(), broken.url());
    let table: Vec<(i32, String)> = vec![
        (0, "config path".into()),
        (0, "--version".into()),
        (0, "jwt audit --help".into()),
        (
            1,
            format!("jwt verify {TOKEN} --secret-file w.txt --allow-weak-key"),
        ),
        (2, "config show --no-such-flag".into()),
        (2, "config show --format yaml".into()),
        (2, "config show --timeout never".into()),
        (2, "config show --profile nobody".into()),
        (2, "access check bad.toml".into()),
        (2, "request GET ftp://a.test/".into()),
        (2, "request G@T /".into()),
        (2, "token show".into()),
        (3, format!("request GET {refusing}/x/")),
        (3, format!("pages walk {refusing}/x/")),
        (
            3,
            format!(
                "token obtain -u a --password-file w.txt --base-url {refusing} --preset simplejwt"
            ),
        ),
        (4, format!("request GET {broken}/x/")),
        (4, "request GET http://127.0.0.1:9/x/".into()),
        (4, "request GET http://no-such-host.invalid/".into()),
        (
            5,
            "request GET http://127.0.0.1:9/ --cacert missing.pem".into(),
        ),
    ];
    for (code, line) in table {
        let said = home.run(&line).expect(code);
        for words in ["panicked", "Error {", "Some("] {
            assert!(!said.stderr.contains(words), "{line}: {}", said.stderr);
        }
        let is_error = code > 1 && !line.contains(&refusing) && !line.contains(&broken);
        if !is_error {
            continue;
        }
        assert!(said.stderr.contains("error: "), "{line}: {}", said.stderr);
        let line = if line.contains("--format") {
            continue;
        } else {
            format!("{line} --format json")
        };
        let said = home.run(&line).expect(code);
        let object: Value = serde_json::from_str(&said.stderr)
            .unwrap_or_else(|error| panic!("{line}: {error}: {}", said.stderr));
        let error = &object["error"];
        assert_eq!(error["exit_code"], code, "{line}");
        for name in ["kind", "message"] {
            assert!(
                error[name].as_str().is_some_and(|text| !text.is_empty()),
                "{line}"
            );
        }
        assert!(said.stdout.is_empty(), "{line}: {}", said.stdout);
    }
}

#[test]
fn a_json_format_of_the_configuration_makes_errors_json_too() {
    let home = Home::new();
    home.write("apictl.toml", "[profile.default]\nformat = 'json'\n");
    let said = home.run("request GET http://127.0.0.1:9/x/").expect(4);
    let object: Value = serde_json::from_str(&said.stderr).unwrap();
    assert_eq!(object["error"]["kind"], "refused");
}

#[test]
fn a_reader_that_went_away_is_no_failure() {
    let server = Fixture::new(|_| {
        let rows: Vec<String> = (0..2000).map(|n| format!("{{\"id\":{n}}}")).collect();
        reply(
            "200 OK",
            "application/json",
            &format!("[{}]", rows.join(",")),
        )
    });
    let url = server.url();
    let walk = format!("pages walk {url}/x/");
    let request = format!("request GET {url}/x/");
    let matrix = format!("access matrix {url}/x/");
    let timing = format!("request GET {url}/x/ --timing");
    let decode = format!("jwt decode {TOKEN}");
    let lines = [
        "config show",
        "config path",
        "completions bash",
        "token list",
        &decode,
        &walk,
        &request,
        &matrix,
        &timing,
        "--help",
        "--version",
    ];
    for line in lines {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let home = Home::new();
        let mut command = home.command(line.split_whitespace());
        let child = command.stdout(writer).spawn().unwrap();
        drop(command);
        let said = finish(child);
        assert_eq!(said.code, 0, "{line}: {}", said.stderr);
        assert!(!said.stderr.contains("error"), "{line}: {}", said.stderr);
    }
}

#[test]
fn colours_follow_the_flag_then_the_variables_then_the_terminal() {
    // Flag, NO_COLOR, CLICOLOR_FORCE: colours or none. A pipe is no terminal.
    let table = [
        (None, None, None, false),
        (None, None, Some("1"), true),
        (None, None, Some("0"), false),
        (None, Some("1"), Some("1"), false),
        (None, Some(""), Some("1"), true),
        (Some("always"), Some("1"), None, true),
        (Some("never"), None, Some("1"), false),
        (Some("auto"), None, Some("1"), true),
    ];
    for (flag, no_color, force, coloured) in table {
        let home = Home::new();
        let mut command = home.command(["request", "GET", "http://127.0.0.1:9/"]);
        if let Some(when) = flag {
            command.args(["--color", when]);
        }
        for (name, value) in [("NO_COLOR", no_color), ("CLICOLOR_FORCE", force)] {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
        let said = finish(command.spawn().unwrap()).expect(4);
        assert_eq!(
            said.stderr.contains('\u{1b}'),
            coloured,
            "{flag:?} {no_color:?} {force:?}: {}",
            said.stderr
        );
    }
}

/// Answers one connection and tells who came and the first bytes.
fn one_guest(answer: &'static [u8]) -> (u16, std::thread::JoinHandle<(std::net::IpAddr, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let guest = std::thread::spawn(move || {
        let (mut stream, peer) = listener.accept().unwrap();
        let mut first = vec![0; 24];
        stream.read_exact(&mut first).unwrap();
        stream.write_all(answer).unwrap();
        (peer.ip(), first)
    });
    (port, guest)
}

const EMPTY: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

#[test]
fn connections_leave_from_the_bound_address_and_go_to_the_resolved_one() {
    let (port, guest) = one_guest(EMPTY);
    run(&format!(
        "request GET http://127.0.0.1:{port}/ --bind 127.0.0.2"
    ))
    .expect(0);
    assert_eq!(guest.join().unwrap().0.to_string(), "127.0.0.2");
    let (port, guest) = one_guest(EMPTY);
    let host = format!("shop.invalid:{port}");
    run(&format!(
        "request GET http://{host}/ --resolve {host}:127.0.0.1"
    ))
    .expect(0);
    assert!(guest.join().unwrap().1.starts_with(b"GET / HTTP/1.1"));
}

#[test]
fn http_2_is_spoken_from_the_first_byte_where_that_is_said() {
    let (port, guest) = one_guest(b"");
    run(&format!(
        "request GET http://127.0.0.1:{port}/ --http2-prior-knowledge"
    ))
    .expect(4);
    assert_eq!(guest.join().unwrap().1, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
}

#[test]
fn secrets_on_the_command_line_work_and_warn_and_quiet_keeps_warnings_back() {
    let server = Fixture::always(
        "200 OK",
        "application/json",
        "{\"access\":\"a\",\"refresh\":\"b\"}",
    );
    let url = server.url();
    let lines = [
        format!("token obtain -u a --password-stdin --preset simplejwt --base-url {url}"),
        format!("jwt verify {TOKEN} --secret hunter2-hunter2-hunter2-hunter2-hunter2"),
        format!("request GET {url}/x/ --header Authorization:Bearer-hunter2"),
        format!(
            "request GET {url}/x/ --proxy http://me:hunter2@127.0.0.1:{}",
            server.port()
        ),
    ];
    for (line, warns) in lines.iter().zip([false, true, true, true]) {
        let home = Home::new();
        let said = home.run_with_input(line, "hunter2");
        assert_eq!(
            said.stderr.contains("warning: "),
            warns,
            "{line}: {}",
            said.stderr
        );
        assert!(!said.stderr.contains("hunter2"), "{line}: {}", said.stderr);
        let quiet = Home::new().run_with_input(&format!("{line} --quiet"), "hunter2");
        assert!(
            !quiet.stderr.contains("warning"),
            "{line}: {}",
            quiet.stderr
        );
    }
    // From the environment nobody sees it.
    let home = Home::new();
    let line = format!("request GET {url}/x/");
    let mut command = home.command(line.split_whitespace());
    command.env("APICTL_HEADER", "Authorization: Bearer hunter2");
    let said = finish(command.spawn().unwrap()).expect(0);
    assert!(!said.stderr.contains("warning"), "{}", said.stderr);
}

#[test]
fn an_address_on_this_machine_may_be_a_port_and_a_path() {
    let server = Fixture::always("200 OK", "application/json", "{}");
    let port = server.port();
    let lines = [
        format!("request GET :{port}/x/"),
        format!("request GET /x/ --base-url :{port}"),
        format!("request GET /x/ --base-url 127.0.0.1:{port}"),
        format!("request GET x/ --base-url http://127.0.0.1:{port}/"),
        format!("access matrix :{port}/x/ --method GET"),
    ];
    for line in &lines {
        run(line).expect(0);
    }
    assert_eq!(server.asked().len(), lines.len());
    assert!(
        server
            .asked()
            .iter()
            .all(|asked| asked.line == "GET /x/ HTTP/1.1")
    );
}
