//! Token pairs and other credentials.

use apictl::server::{Config, Jwt};
use serde_json::json;

use crate::django::differential::pair::Pair;
use crate::django::differential::step::{Step, get, login, post};

use super::check::{check, each, stock};

#[test]
fn tokens_are_given_taken_and_refused_alike() {
    let mut sequences = Vec::new();
    let bearer = |value: &str| get("/api/me/").with("Authorization", value);
    for value in [
        "",
        "$access",
        "bearer $access",
        "Bearer",
        "Bearer a b",
        "Bearer  $access",
        "Bearer $access x",
        "Bearer $refresh",
        "Bearer x",
        "Bearer a.b.c",
        "JWT $access",
        "BEARER $access",
        " Bearer $access",
        "Bearer\t$access",
        "Bearer $accessx",
        "Bearer $access.",
    ] {
        sequences.push(vec![login("alice"), bearer(value)]);
        sequences.push(vec![
            login("alice"),
            get("/api/unthrottled/").with("Authorization", value),
        ]);
    }
    for after in [0.0, 1.0, 299.0, 299.8, 300.0, 301.0, 86_399.0, 86_400.0] {
        sequences.push(vec![
            login("alice"),
            bearer("Bearer $access").after(after),
            post("/api/token/verify/", r#"{"token":"$access"}"#),
            post("/api/token/verify/", r#"{"token":"$refresh"}"#),
            post("/api/token/refresh/", r#"{"refresh":"$refresh"}"#),
            bearer("Bearer $access"),
        ]);
    }
    for path in [
        "/api/token/refresh/",
        "/api/token/blacklist/",
        "/api/token/verify/",
    ] {
        for name in ["refresh", "token"] {
            for value in [
                "\"$access\"",
                "\"$refresh\"",
                "\" $refresh\\n\"",
                "\"x\"",
                "\"a.b.c\"",
                "\"\"",
                "null",
                "5",
                "[]",
                "\"..\"",
                "\"$refresh.\"",
                "\"é\"",
            ] {
                sequences.push(vec![
                    login("bob"),
                    post(path, &format!("{{\"{name}\":{value}}}"))
                        .with("Authorization", "Bearer bad"),
                ]);
            }
        }
    }
    sequences.push(vec![
        login("carol"),
        post("/api/token/blacklist/", r#"{"refresh":"$refresh"}"#),
        post("/api/token/blacklist/", r#"{"refresh":"$refresh"}"#),
        post("/api/token/refresh/", r#"{"refresh":"$refresh"}"#),
        post("/api/token/verify/", r#"{"token":"$refresh"}"#),
        bearer("Bearer $access"),
    ]);
    check(&mut stock(), sequences);
}

#[test]
fn rotation_and_the_blacklist_work_alike() {
    let jwt = |rotate, blacklist| Config {
        jwt: Jwt {
            rotate,
            blacklist_after_rotation: blacklist,
            ..Jwt::default()
        },
        ..Config::default()
    };
    for (rotate, blacklist) in [(true, true), (true, false), (false, true)] {
        let settings = json!({"SIMPLE_JWT": {"ROTATE_REFRESH_TOKENS": rotate, "BLACKLIST_AFTER_ROTATION": blacklist}});
        let refresh = |name: &str| {
            post(
                "/api/token/refresh/",
                &format!("{{\"refresh\":\"${name}\"}}"),
            )
        };
        let mut sequence = vec![
            login("alice"),
            refresh("refresh").after(5.5),
            refresh("old_refresh"),
            post("/api/token/verify/", r#"{"token":"$old_refresh"}"#),
            refresh("refresh").after(80_000.0),
            refresh("refresh").after(80_000.0),
            post("/api/token/blacklist/", r#"{"refresh":"$refresh"}"#),
            post("/api/token/verify/", r#"{"token":"$refresh"}"#),
        ];
        sequence.push(get("/api/me/").bearer());
        check(
            &mut Pair::start(settings, jwt(rotate, blacklist)),
            vec![sequence],
        );
    }
}

#[test]
fn other_credentials_are_judged_alike() {
    let mut steps = Vec::new();
    let key = "1".repeat(40);
    let inactive = "5".repeat(40);
    let values = [
        format!("Token {key}"),
        format!("token {key}"),
        format!("TOKEN  {key}"),
        format!("Token {inactive}"),
        "Token bad".to_owned(),
        "Token".to_owned(),
        "Token a b".to_owned(),
        "Token é".to_owned(),
        "Basic".to_owned(),
        "Basic a b".to_owned(),
        "Basic !!".to_owned(),
        "Basic YWxpY2U=".to_owned(),
        "Basic YWxpY2U6YWxpY2UtcGFzcw==".to_owned(),
        "basic YWxpY2U6YWxpY2UtcGFzcw".to_owned(),
        "BASIC YWxpY2U6YWxpY2UtcGFzcw==".to_owned(),
        "Basic YWxpY2U6d3Jvbmc=".to_owned(),
        "Basic /////w==".to_owned(),
        "Basic aW5hY3RpdmU6aW5hY3RpdmUtcGFzcw==".to_owned(),
        "Basic Og==".to_owned(),
        "Digest x".to_owned(),
        "Basic".to_owned(),
        "Basic YWxp!Y2U6YWxpY2UtcGFzcw==".to_owned(),
    ];
    for path in [
        "/api/me/",
        "/api/me/token/",
        "/api/me/basic/",
        "/api/me/session/",
        "/api/me/session-token/",
        "/api/me/token-session/",
        "/api/unthrottled/",
        "/api/secret-data/",
        "/api-token-auth/",
    ] {
        for value in &values {
            steps.push(get(path).with("Authorization", value));
            steps.push(Step::new("POST", path).with("Authorization", value));
        }
        steps.push(get(path).with("Cookie", "sessionid=unknown; theme=dark"));
    }
    check(&mut stock(), each(steps));
}
