//! Sessions: the login form, the cookies, and CSRF.

use crate::django::differential::step::{Step, get};

use super::check::check_stock;

const FORM: &str = "application/x-www-form-urlencoded";

fn log_in(fields: &str) -> Vec<Step> {
    let fields = format!("csrfmiddlewaretoken=$form&{fields}");
    vec![
        get("/api-auth/login/?next=/api/me/session/"),
        Step::new("POST", "/api-auth/login/")
            .with("Cookie", "csrftoken=$csrftoken")
            .body(FORM, fields),
    ]
}

fn with_session(method: &str, path: &str) -> Step {
    Step::new(method, path).with("Cookie", "csrftoken=$csrftoken; sessionid=$sessionid")
}

#[test]
fn sessions_are_opened_and_closed_alike() {
    let alice = "username=alice&password=alice-pass&next=/api/me/session/";
    let mut sequences = vec![
        [
            log_in(alice),
            vec![
                with_session("GET", "/api/me/session/"),
                with_session("HEAD", "/api/me/session/"),
                with_session("GET", "/api/me/session-token/"),
                with_session("GET", "/api/me/token-session/"),
                with_session("GET", "/api/me/"),
                with_session("POST", "/api-auth/logout/").with("X-CSRFToken", "$csrftoken"),
                with_session("GET", "/api/me/session/"),
                get("/api-auth/logout/"),
                Step::new("PUT", "/api-auth/logout/"),
                Step::new("OPTIONS", "/api-auth/login/"),
                get("/api-auth/login"),
            ],
        ]
        .concat(),
    ];
    for fields in [
        "username=alice&password=wrong",
        "username=inactive&password=inactive-pass",
        "username=alice&password=alice-pass",
        "username=alice&password=alice-pass&next=//evil.test/",
        "username=alice&password=alice-pass&next=https://evil.test/",
        "username=alice&password=alice-pass&next=",
        "username=alice&password=alice-pass&next=me/?a=%C3%A9%26%20b",
        "username=alice&password=alice-pass&next=http://api.example.test/x",
        "username=alice&password=alice-pass&next=//api.example.test/x",
        "username=alice&password=alice-pass&next=ftp://api.example.test/x",
        "username=alice&password=alice-pass&next=http:///x",
        "username=alice&password=alice-pass&next=///x",
        "username=alice&password=alice-pass&next=/%5Cevil.test/",
        "username=alice&password=alice-pass&next=x:y",
        "username=alice&password=%20alice-pass",
        "username=&password=",
        "",
    ] {
        sequences.push(log_in(fields));
    }
    sequences.push(vec![
        Step::new("POST", "/api-auth/login/").body(FORM, alice),
    ]);
    // Without a field in the form, that of the URL is taken.
    sequences.push(vec![
        get("/api-auth/login/"),
        Step::new("POST", "/api-auth/login/?next=/api/me/")
            .with("Cookie", "csrftoken=$csrftoken")
            .body(
                FORM,
                "csrfmiddlewaretoken=$form&username=alice&password=alice-pass",
            ),
    ]);
    sequences.push(vec![
        get("/api-auth/login/"),
        Step::new("POST", "/api-auth/login/")
            .with("Cookie", "csrftoken=$csrftoken")
            .body(FORM, format!("csrfmiddlewaretoken=x&{alice}")),
    ]);
    check_stock(&sequences);
}

#[test]
fn unsafe_methods_want_the_csrf_token_alike() {
    let alice = "username=alice&password=alice-pass";
    let path = "/api/me/session/";
    let post = || Step::new("POST", path);
    let mut steps = vec![
        with_session("POST", path),
        with_session("POST", path).with("X-CSRFToken", "$csrftoken"),
        with_session("PUT", path).with("X-CSRFToken", "$csrftoken"),
        with_session("DELETE", path),
        with_session("OPTIONS", path),
        post().with("Cookie", "sessionid=$sessionid"),
        post()
            .with("Cookie", "sessionid=$sessionid")
            .with("X-CSRFToken", "$csrftoken"),
        with_session("POST", path).with("X-CSRFToken", ""),
        with_session("POST", path).with("X-CSRFToken", "short"),
        with_session("POST", path).with("X-CSRFToken", &"!".repeat(32)),
        with_session("POST", path).with("X-CSRFToken", &"a".repeat(32)),
        with_session("POST", path).with("X-CSRFToken", &"a".repeat(64)),
        with_session("POST", path).with("X-CSRFToken", &"a".repeat(65)),
        with_session("POST", path)
            .with("X-CSRFToken", "$csrftoken")
            .with("Origin", "http://evil.test"),
        with_session("POST", path)
            .with("X-CSRFToken", "$csrftoken")
            .with("Origin", "http://api.example.test"),
        with_session("POST", path)
            .with("X-CSRFToken", "$csrftoken")
            .with("Origin", "https://api.example.test"),
        with_session("POST", path)
            .with("X-CSRFToken", "$csrftoken")
            .with("Origin", "null"),
        with_session("POST", path).body(FORM, "csrfmiddlewaretoken=$csrftoken"),
        with_session("POST", path)
            .with("X-CSRFToken", "$csrftoken")
            .with("X-Forwarded-Proto", "https"),
        with_session("POST", path)
            .with("X-CSRFToken", "$csrftoken")
            .with("X-Forwarded-Proto", "https")
            .with("Referer", "https://api.example.test/x"),
        with_session("POST", path)
            .with("X-CSRFToken", "$csrftoken")
            .with("X-Forwarded-Proto", "https")
            .with("Referer", "https://evil.test/x"),
        with_session("POST", path)
            .with("X-CSRFToken", "$csrftoken")
            .with("X-Forwarded-Proto", "https")
            .with("Referer", "http://api.example.test/x"),
        with_session("POST", path)
            .with("X-CSRFToken", "$csrftoken")
            .with("X-Forwarded-Proto", "https")
            .with("Referer", "x"),
        post(),
        post().with("Cookie", "sessionid=unknown"),
        post().with("Cookie", "sessionid=unknownunknownunknown"),
    ];
    // With the session before the token, a valid token is never looked at.
    for path in ["/api/me/session-token/", "/api/me/token-session/"] {
        let token = format!("Token {}", "2".repeat(40));
        steps.push(with_session("POST", path).with("Authorization", &token));
        steps.push(with_session("GET", path).with("Authorization", &token));
        steps.push(with_session("POST", path).with("Authorization", "Token bad"));
    }
    let sequences: Vec<Vec<Step>> = steps
        .into_iter()
        .map(|step| [log_in(alice), vec![step]].concat())
        .collect();
    check_stock(&sequences);
}
