//! `apictl request`, and what every command says when there is no usable answer.

use std::io::Write;
use std::net::TcpListener;

use crate::support::binary::{Home, Said};
use crate::support::fixture::{Fixture, reply};

#[test]
fn the_body_is_printed_as_it_came() {
    let server = Fixture::always(
        "200 OK",
        "application/json",
        "{\"b\":1.0,\"a\":12345678901234567890123}",
    );
    let home = Home::new();
    let said = home
        .run(&format!("request GET {}/x/", server.url()))
        .expect(0);
    assert_eq!(said.stdout, "{\"b\":1.0,\"a\":12345678901234567890123}\n");
    assert_eq!(said.stderr, "");
    let agent = format!("user-agent: apictl/{}", env!("CARGO_PKG_VERSION"));
    assert!(
        server.asked()[0].headers.contains(&agent),
        "{:?}",
        server.asked()
    );
}

#[test]
fn json_carries_status_headers_and_exact_numbers() {
    let server = Fixture::always(
        "404 Not Found",
        "application/json",
        "{\"n\":12345678901234567890123}",
    );
    let home = Home::new();
    let said = home
        .run(&format!("request GET {}/x/ --format json", server.url()))
        .expect(3);
    let report = said.json();
    assert_eq!(report["schema"], "apictl.request/1");
    assert_eq!(report["status"], 404);
    assert_eq!(report["headers"]["content-type"], "application/json");
    assert!(said.stdout.contains("12345678901234567890123"));
}

#[test]
fn a_post_without_its_slash_is_explained_and_sent_again_as_a_post() {
    let server = Fixture::new(|asked| {
        if asked.line.starts_with("POST /notes HTTP") {
            return b"HTTP/1.1 301 Moved\r\nLocation: /notes/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
        }
        reply("201 Created", "application/json", "{}")
    });
    let home = Home::new();
    let said = home
        .run(&format!(
            "request POST {}/notes -d {{\"a\":1}}",
            server.url()
        ))
        .expect(0);
    assert!(
        said.stderr.contains("no slash at its end"),
        "{}",
        said.stderr
    );
    let asked = server.asked();
    assert_eq!(asked[1].line, "POST /notes/ HTTP/1.1");
    assert_eq!(asked[1].body, "{\"a\":1}");
    assert!(
        asked[1]
            .headers
            .contains(&"content-type: application/json".to_owned()),
        "{asked:?}"
    );
}

#[test]
fn a_redirect_to_another_origin_is_not_followed() {
    let server = Fixture::new(|_| {
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
    });
    let home = Home::new();
    let said = home
        .run(&format!("request GET {}/x", server.url()))
        .expect(0);
    assert!(
        said.stderr.contains("another origin, http://127.0.0.2:1"),
        "{}",
        said.stderr
    );
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn header_fields_of_the_user_stay_on_the_base_origin_and_out_of_sight() {
    let server = Fixture::always("200 OK", "application/json", "{}");
    let other = Fixture::always("200 OK", "application/json", "{}");
    let home = Home::new();
    let mut command = home.command([
        "request",
        "GET",
        &other.url(),
        "--base-url",
        &server.url(),
        "-v",
    ]);
    command.args(["-H", "Authorization: Bearer topsecretvalue"]);
    let said = crate::support::binary::finish(command.spawn().unwrap()).expect(0);
    assert!(!format!("{:?}", other.asked()).contains("topsecretvalue"));
    assert!(!said.stderr.contains("topsecretvalue"));

    let mut command = home.command(["request", "GET", "/x", "--base-url", &server.url(), "-v"]);
    command.args(["-H", "Authorization: Bearer topsecretvalue"]);
    let said = crate::support::binary::finish(command.spawn().unwrap()).expect(0);
    assert!(format!("{:?}", server.asked()).contains("topsecretvalue"));
    assert!(
        said.stderr.contains("authorization: [redacted]"),
        "{}",
        said.stderr
    );
    assert!(!said.stderr.contains("topsecretvalue"));
}

#[test]
fn a_refused_connection_says_so() {
    // Bound and dropped: nobody else is likely to take the port within the test.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let home = Home::new();
    let said = home
        .run(&format!("request GET http://127.0.0.1:{port}/"))
        .expect(4);
    assert!(
        said.stderr
            .starts_with(&format!("error: 127.0.0.1:{port} refused the connection\n")),
        "{}",
        said.stderr
    );
    assert!(said.stderr.contains("hint: "), "{}", said.stderr);
}

#[test]
fn an_unknown_host_says_so() {
    let home = Home::new();
    let said = home
        .run("request GET http://no-such-host.invalid/")
        .expect(4);
    assert!(
        said.stderr
            .starts_with("error: no address found for 'no-such-host.invalid:80'\n"),
        "{}",
        said.stderr
    );
}

#[test]
fn silence_is_a_timeout() {
    let server = Fixture::new(|_| Vec::new());
    let home = Home::new();
    let said = home
        .run(&format!("request GET {}/ --timeout 200ms", server.url()))
        .expect(4);
    assert!(said.stderr.contains("within 0.2 s"), "{}", said.stderr);
}

#[test]
fn a_failed_tls_handshake_says_so() {
    let server = Fixture::always("200 OK", "text/plain", "not TLS");
    let home = Home::new();
    let said = home
        .run(&format!("request GET https://127.0.0.1:{}/", server.port()))
        .expect(4);
    assert!(
        said.stderr.contains("the TLS handshake with 127.0.0.1"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_reply_that_breaks_off_says_so() {
    let server = Fixture::new(|_| b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_vec());
    let home = Home::new();
    let said = home
        .run(&format!("request GET {}/", server.url()))
        .expect(4);
    assert!(said.stderr.contains("broke off"), "{}", said.stderr);
}

#[test]
fn a_server_error_is_no_answer_and_a_refusal_is_the_apis() {
    let home = Home::new();
    let server = Fixture::always("500 Internal Server Error", "text/html", "<h1>oops</h1>");
    let said = home
        .run(&format!("request GET {}/", server.url()))
        .expect(4);
    assert_eq!(said.stdout, "<h1>oops</h1>\n");
    let server = Fixture::always("403 Forbidden", "application/json", "{\"detail\":\"no\"}");
    home.run(&format!("request GET {}/", server.url()))
        .expect(3);
}

#[test]
fn a_bad_authority_file_and_a_bad_proxy_are_named() {
    let home = Home::new();
    home.write("ca.pem", "not a certificate");
    let said = home
        .run("request GET http://127.0.0.1:1/ --cacert ca.pem")
        .expect(2);
    assert!(said.stderr.contains("CA bundle"), "{}", said.stderr);
    let said = home
        .run("request GET http://127.0.0.1:1/ --cacert missing.pem")
        .expect(5);
    assert!(said.stderr.contains("missing.pem"), "{}", said.stderr);
}

/// A machine without certificates of authorities, as a slim container is.
fn without_certificates(home: &Home, line: &str) -> Said {
    let mut run = home.command(line.split_whitespace());
    run.env("SSL_CERT_FILE", "/dev/null").said()
}

#[test]
fn plain_http_needs_no_certificates() {
    let server = Fixture::always("200 OK", "application/json", "{}");
    let home = Home::new();
    let url = server.url();
    for line in [
        format!("request GET {url}/"),
        format!("request GET {url}/ --timing"),
        format!("request GET http://api.test/ --proxy {url}"),
        format!("throttle probe {url}/ --max-requests 3"),
    ] {
        let said = without_certificates(&home, &line);
        assert!([0, 1].contains(&said.code), "{line}: {said:?}");
    }
    for line in [
        "request GET https://127.0.0.1:1/ --timing",
        "throttle probe https://127.0.0.1:1/",
    ] {
        let said = without_certificates(&home, line).expect(2);
        assert!(said.stderr.contains("certificates"), "{}", said.stderr);
    }
}

#[test]
fn a_redirect_in_a_circle_is_an_error_after_one_round() {
    let server = Fixture::new(|asked| {
        let to = if asked.line.contains("/a/") {
            "/b/"
        } else {
            "/a/"
        };
        format!(
            "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        .into_bytes()
    });
    let said = Home::new()
        .run(&format!("request GET {}/a/", server.url()))
        .expect(3);
    assert!(said.stderr.contains("again and again"), "{}", said.stderr);
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_user_in_a_url_is_refused_and_not_printed() {
    let server = Fixture::always("200 OK", "application/json", "{}");
    let home = Home::new();
    home.write(
        "policy.toml",
        &format!(
            "[[access]]\nurl = 'http://zoe:hush@127.0.0.1:{}/x/'\nGET = {{ anon = 200 }}\n",
            server.port()
        ),
    );
    let url = format!("http://zoe:hush@127.0.0.1:{}/x/", server.port());
    for line in [
        format!("request GET {url}"),
        format!("access matrix /y/ {url} --base-url {}", server.url()),
        "access check policy.toml".to_owned(),
        format!("pages walk {url}"),
        format!("throttle probe {url}"),
        format!("jwt verify e30.e30. --jwks-url {url}"),
        format!("token audit {url}"),
    ] {
        let said = home.run(&line).expect(2);
        assert!(
            said.stderr.contains("a user name or a password"),
            "{line}: {}",
            said.stderr
        );
        assert!(!format!("{said:?}").contains("hush"), "{line}: {said:?}");
    }
    assert!(server.asked().is_empty());
}

#[test]
fn members_of_gzip_come_whole_through_a_proxy_too() {
    let server = Fixture::new(|_| {
        let mut body = Vec::new();
        for text in ["one ", "two"] {
            let mut packed = flate2::write::GzEncoder::new(&mut body, flate2::Compression::fast());
            packed.write_all(text.as_bytes()).unwrap();
            packed.finish().unwrap();
        }
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), &body].concat()
    });
    let home = Home::new();
    let said = home
        .run(&format!(
            "request GET http://api.test/ --proxy {}",
            server.url()
        ))
        .expect(0);
    assert_eq!(said.stdout, "one two\n");
    let fields = server.asked().remove(0).headers.join("\n");
    assert!(fields.contains("accept-encoding: gzip, br"), "{fields}");
}
