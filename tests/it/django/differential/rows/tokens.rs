//! Token pairs and other credentials.

use crate::django::differential::step::{Step, get, login, post};

use super::check::{check_stock, each};

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
    check_stock(&sequences);
}

#[test]
fn sliding_tokens_are_given_and_renewed_alike() {
    let obtain = |body: &str| post("/api/sliding/", body);
    let alice = r#"{"username":"alice","password":"alice-pass"}"#;
    let renew = || post("/api/sliding/refresh/", r#"{"token":"$token"}"#);
    let mut sequences = each(vec![
        obtain("{}"),
        obtain(r#"{"username":"alice","password":"x"}"#),
        obtain(r#"{"username":"inactive","password":"inactive-pass"}"#),
        post("/api/sliding/refresh/", "{}"),
        post("/api/sliding/refresh/", r#"{"token":""}"#),
        post("/api/sliding/refresh/", r#"{"token":"x"}"#),
        Step::new("OPTIONS", "/api/sliding/"),
        Step::new("OPTIONS", "/api/sliding/refresh/"),
        get("/api/sliding/refresh/"),
    ]);
    for after in [0.0, 1.0, 299.0, 299.8, 301.0, 86_400.0] {
        sequences.push(vec![
            obtain(alice),
            renew().after(after),
            renew().after(after),
            post("/api/token/verify/", r#"{"token":"$token"}"#),
            get("/api/me/").with("Authorization", "Bearer $token"),
            post("/api/token/refresh/", r#"{"refresh":"$token"}"#),
        ]);
    }
    // Renewed again and again, a sliding token lives until its `refresh_exp`.
    sequences.push(
        [
            vec![obtain(alice)],
            vec![renew().after(290.0); 300],
            vec![renew()],
        ]
        .concat(),
    );
    check_stock(&sequences);
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
    check_stock(&each(steps));
}
