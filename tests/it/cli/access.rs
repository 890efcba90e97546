//! `apictl access`: files that are wrong, servers that do not answer.

use crate::support::binary::Home;
use crate::support::fixture::Fixture;

const TABLE: &str = "[[access]]\nurl = '/x/'\nGET = { anon = 200 }\n";

#[test]
fn a_check_without_a_file_says_how_to_get_one() {
    let said = Home::new().run("access check").expect(2);
    assert!(said.stderr.contains("access matrix"), "{}", said.stderr);
}

#[test]
fn a_mistake_in_a_table_is_a_usage_error_before_anything_is_sent() {
    let server = Fixture::always("200 OK", "application/json", "{}");
    let home = Home::new();
    for (table, words) in [
        ("[[access]]\nGET = { anon = 200 }\n", "has no `url`"),
        (
            "[[access]]\nurl = '/x/'\nFETCH = { anon = 200 }\n",
            "unknown key 'FETCH'",
        ),
        (
            "[[access]]\nurl = '/x/'\nGET = { anon = 'maybe' }\n",
            "GET.anon is not a status",
        ),
        ("[[access]]\nurl = '/x/'\nGET = { zoe = 200 }\n", "'zoe'"),
    ] {
        home.write("policy.toml", table);
        let said = home
            .run(&format!(
                "access check policy.toml --base-url {}",
                server.url()
            ))
            .expect(2);
        assert!(said.stderr.contains(words), "{}", said.stderr);
    }
    assert!(server.asked().is_empty());
}

#[test]
fn a_server_that_is_not_there_is_no_answer() {
    let home = Home::new();
    home.write("apictl.toml", TABLE);
    home.run("access check --base-url http://127.0.0.1:9")
        .expect(4);
    home.run("access matrix http://127.0.0.1:9/x/").expect(4);
}

#[test]
fn a_throttled_check_could_not_be_carried_out() {
    let server = Fixture::always("429 Too Many Requests", "application/json", "{}");
    let home = Home::new();
    home.write("apictl.toml", TABLE);
    let said = home
        .run(&format!(
            "access check --base-url {} --format json",
            server.url()
        ))
        .expect(3);
    assert_eq!(said.json()["checks"][0]["status"], "error");
}

#[test]
fn unsafe_methods_are_sent_only_on_request() {
    let server = Fixture::always("200 OK", "application/json", "{}");
    let home = Home::new();
    home.write(
        "apictl.toml",
        "[[access]]\nurl = '/x/'\nGET = { anon = 200 }\nDELETE = { anon = 200 }\n",
    );
    let base = format!("--base-url {}", server.url());
    let said = home.run(&format!("access check {base}")).expect(0);
    assert!(said.stderr.contains("--unsafe-methods"), "{}", said.stderr);
    home.run(&format!("access matrix /x/ {base}")).expect(0);
    home.run(&format!("access matrix /x/ --method POST {base}"))
        .expect(2);
    let methods: Vec<String> = server
        .asked()
        .iter()
        .map(|asked| asked.line.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(methods, ["GET", "OPTIONS", "GET", "HEAD"]);
}

#[test]
fn a_token_from_a_file_goes_to_the_base_origin_with_its_scheme() {
    let server = Fixture::always("200 OK", "application/json", "{}");
    let home = Home::new();
    home.write("a.token", "{\"refresh\":\"r.r.r\",\"access\":\"a.b.c\"}");
    home.run(&format!(
        "access matrix /x/ --method GET --token-file alice=a.token --identity alice --base-url {}",
        server.url()
    ))
    .expect(0);
    let asked = &server.asked()[0];
    assert!(
        asked
            .headers
            .iter()
            .any(|line| line.eq_ignore_ascii_case("authorization: Bearer a.b.c")),
        "{asked:?}"
    );
}

#[test]
fn an_origin_that_gets_no_credential_is_named_once() {
    let server = Fixture::always("200 OK", "application/json", "{}");
    let home = Home::new();
    home.write("a.token", "a.b.c");
    let warned = |command: &str| {
        let said = home.run(&format!(
            "{command} --base-url http://127.0.0.1:9 --timeout 5s"
        ));
        said.expect(0)
            .stderr
            .matches(&format!("{} is asked without them", server.url()))
            .count()
    };
    let matrix = format!("access matrix {}/x/ --method GET", server.url());
    assert_eq!(warned(&matrix), 0, "anon has no credential");
    assert_eq!(warned(&format!("{matrix} --token-file alice=a.token")), 1);
    let request = format!("request GET {}/x/", server.url());
    assert_eq!(warned(&request), 0);
    assert_eq!(warned(&format!("{request} -H X-Api-Key:1")), 1);
    let with_one = |asked: &&crate::support::fixture::Asked| {
        asked
            .headers
            .iter()
            .any(|line| line.starts_with("authorization") || line.starts_with("x-api-key"))
    };
    assert_eq!(server.asked().iter().filter(with_one).count(), 0);
}

#[test]
fn an_api_that_never_answers_is_not_waited_for_cell_by_cell() {
    let server = Fixture::new(|_| Vec::new());
    let home = Home::new();
    let urls: Vec<String> = (0..40).map(|n| format!("/x/{n}/")).collect();
    let said = home
        .run(&format!(
            "access matrix {} --base-url {} --timeout 0.2s",
            urls.join(" "),
            server.url()
        ))
        .expect(4);
    assert!(said.stderr.contains("120 requests"), "{}", said.stderr);
    assert!(server.asked().len() <= 5, "{}", server.asked().len());
}

#[test]
fn a_large_matrix_is_asked_cell_by_cell_and_told_whole() {
    let server = Fixture::always("200 OK", "application/json", "{}");
    let home = Home::new();
    let urls: Vec<String> = (0..150).map(|n| format!("/x/{n}/")).collect();
    let report = home
        .run(&format!(
            "access matrix {} --base-url {} --format json",
            urls.join(" "),
            server.url()
        ))
        .expect(0)
        .json();
    assert_eq!(report["cells"].as_array().unwrap().len(), 450);
    assert_eq!(report["requests"], 450);
}

#[test]
fn the_table_is_coloured_by_meaning_where_colour_is_wanted() {
    let server = Fixture::new(|asked| {
        let status = match asked.line.split(' ').nth(1) {
            Some("/a/") => "200 OK",
            Some("/b/") => "403 Forbidden",
            Some("/c/") => "404 Not Found",
            _ => "500 Internal Server Error",
        };
        crate::support::fixture::reply(status, "application/json", "{}")
    });
    let line = format!(
        "access matrix /a/ /b/ /c/ /d/ --method GET --base-url {}",
        server.url()
    );
    let plain = Home::new().run(&line).expect(1).stdout;
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let coloured = Home::new()
        .run(&format!("{line} --color always"))
        .expect(1)
        .stdout;
    let before = |status: &str| {
        let at = coloured.find(status).unwrap();
        let start = coloured[..at].rfind('\u{1b}').unwrap();
        coloured[start..at].to_owned()
    };
    let tones = ["200", "403", "404", "500"].map(before);
    for (index, tone) in tones.iter().enumerate() {
        assert!(!tones[..index].contains(tone), "{tones:?}");
    }
}

#[test]
fn a_body_that_cannot_validate_is_no_refusal() {
    let server = Fixture::always("400 Bad Request", "application/json", "{}");
    let home = Home::new();
    for (expected, code) in [
        ("'4xx'", 1),
        ("[400, 401]", 1),
        ("'refused'", 1),
        ("400", 0),
        ("'allowed'", 0),
        ("'open'", 0),
    ] {
        let table = format!("[[access]]\nurl = '/x/'\nPOST = {{ anon = {expected} }}\n");
        home.write("apictl.toml", &table);
        let base = server.url();
        home.run(&format!("access check --unsafe-methods --base-url {base}"))
            .expect(code);
        // A body that the table gives is the user's own, and so is its answer.
        home.write("apictl.toml", &table.replace("url", "data = '{}'\nurl"));
        let said = home.run(&format!("access check --unsafe-methods --base-url {base}"));
        assert_eq!(
            said.code == 0,
            !["'refused'", "'allowed'"].contains(&expected),
            "{said:?}"
        );
    }
}

#[test]
fn a_redirect_to_a_login_page_is_called_so() {
    let server = Fixture::new(|asked| {
        let to = match asked.line.split(' ').nth(1).unwrap() {
            "/admin/" => "/admin/login/?next=/admin/",
            "/private/" => "/accounts/enter/?next=/private/",
            "/login" => "/login/?next=/",
            _ => "https://api.test/x/",
        };
        format!(
            "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        .into_bytes()
    });
    let said = Home::new()
        .run(&format!(
            "access matrix /admin/ /private/ /login /x/ --method GET --format json --base-url {}",
            server.url()
        ))
        .expect(0);
    let explained = said.json()["explanations"].to_string();
    assert!(
        explained.contains("the admin): /admin/, /private/\""),
        "{explained}"
    );
    assert!(
        explained.contains("not reached: /login, /x/\""),
        "{explained}"
    );
}
