//! Paths, methods and content negotiation.

use crate::django::differential::step::{Step, get};

use super::check::{check_stock, each};

const ALL_PATHS: [&str; 42] = [
    "/api/token/",
    "/api/token/refresh/",
    "/api/token/verify/",
    "/api/token/blacklist/",
    "/api-token-auth/",
    "/api/sliding/",
    "/api/sliding/refresh/",
    "/api/notes-bulk/",
    "/api/bad/throttled-twice/",
    "/api/products/",
    "/api/products/7/",
    "/api/products-limit-offset/",
    "/api/products-cursor/",
    "/api/products-cursor-category/",
    "/api/products-stock/",
    "/api/products-bare/",
    "/api/me/",
    "/api/me/token/",
    "/api/me/basic/",
    "/api/me/session/",
    "/api/me/session-token/",
    "/api/me/token-session/",
    "/api/secret-data/",
    "/api/unthrottled/",
    "/api/throttled/anon/",
    "/api/throttled/user/",
    "/api/throttled/scoped/",
    "/api/throttled/scoped-twin/",
    "/api/throttled/stacked/",
    "/api/throttled/private/",
    "/api/bad/cursor-loop/",
    "/api/bad/next-elsewhere/",
    "/api/bad/next-circular/",
    "/api/bad/miscounted/",
    "/api/bad/open-secret/",
    "/api/bad/error/",
    "/api/notes/",
    "/api/notes/1/",
    "/api/drafts/1/",
    "/api/bad/leaky-drafts/4/",
    "/api/bad/n-plus-one/",
    "/api/nothing/",
];

#[test]
fn every_path_answers_every_method_alike() {
    let mut sequences = Vec::new();
    for path in ALL_PATHS {
        for method in [
            "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "PROPFIND", "DELETE",
        ] {
            sequences.push(vec![Step::new(method, path)]);
            sequences.push(vec![Step::new(method, path).basic("alice")]);
            sequences.push(vec![
                Step::new(method, path)
                    .basic("admin")
                    .json("{\"title\":\"x\"}"),
            ]);
            let without_slash = &path[..path.len() - 1];
            sequences.push(vec![Step::new(method, &format!("{without_slash}?a=b+c"))]);
        }
    }
    check_stock(&sequences);
}

#[test]
fn content_is_negotiated_alike() {
    let accepts = [
        "application/json",
        "*/*",
        "text/html",
        "text/html, */*;q=0.1",
        "application/*",
        "*/json",
        "application/json; indent=4",
        "application/json;indent=2, */*",
        "application/json; indent=x",
        "application/json; indent=99",
        "application/json; indent=0",
        "application/json; indent=-3",
        "APPLICATION/JSON",
        "application/xml",
        "",
        ",",
        "application",
        "*",
        "application/json;q=0",
        "*/*; indent=3",
        "application/json; charset=utf-8",
        "text/*;q=0.3, text/html;q=0.7",
        "application/json; q=0.5; indent=1",
        "application/vnd.api+json",
    ];
    let mut steps: Vec<Step> = Vec::new();
    for accept in accepts {
        for path in [
            "/api/notes/",
            "/api/notes/999/",
            "/api/me/",
            "/api/products/?page_size=2",
            "/api/bad/n-plus-one/",
            "/api/nothing/",
        ] {
            steps.push(get(path).with("Accept", accept));
        }
    }
    for format in [
        "json",
        "xml",
        "",
        "api",
        "JSON",
        "json&format=xml",
        "xml&format=json",
    ] {
        steps.push(get(&format!("/api/unthrottled/?format={format}")));
    }
    check_stock(&each(steps));
}

#[test]
fn hosts_and_paths_are_read_alike() {
    let mut steps: Vec<Step> = Vec::new();
    for host in [
        "api.example.test",
        "API.example.test:8000",
        "a b",
        "a_b",
        "a/b",
        "[::1]:80",
        "[::1",
        "a:x",
        "a:99999",
        ".a",
        "a.",
        "-",
        "é",
        "user@host",
        "a,b",
        "xn--bcher-kva.test",
    ] {
        steps.push(get("/api/unthrottled/").with("Host", host));
        steps.push(get("/api/products/?page=2&page_size=1").with("Host", host));
        steps.push(get("/api/products").with("Host", host));
        steps.push(get("/nothing/").with("Host", host));
    }
    for path in [
        "/",
        "//",
        "/api",
        "/api/",
        "//api/me/",
        "//evil.test/api/me",
        "/api//me/",
        "/api/me//",
        "/api/%6De/",
        "/api/me%2F",
        "/api/m%C3%A9/",
        "/api/%ff/",
        "/api/products/1/?",
        "/api/products?",
        "/api/products?a=%20&b=+",
        "/api/products/%E9/",
        "/api/products/1;x/",
        "/api/products/1",
        "/api/notes/a%20b",
        "/API/ME/",
        "/api/me/?%",
        "/api/me/%00/",
        "/api/./me/",
        "/api/../api/me/",
    ] {
        steps.push(get(path));
        steps.push(Step::new("POST", path));
    }
    check_stock(&each(steps));
}

#[test]
fn large_bodies_are_taken_and_refused_alike() {
    let json = |length: usize| format!("{{\"title\":\"{}\"}}", "x".repeat(length - 12));
    let form = |length: usize| format!("title={}", "x".repeat(length - 6));
    let mut steps = Vec::new();
    for length in [2_621_440, 2_621_441] {
        steps.push(
            Step::new("POST", "/api/notes/")
                .basic("alice")
                .json(&json(length)),
        );
        steps.push(
            Step::new("POST", "/api/notes/")
                .basic("alice")
                .body("application/x-www-form-urlencoded", form(length)),
        );
        steps.push(Step::new("POST", "/api/unthrottled/").json(&json(length)));
        steps.push(Step::new("POST", "/api/me/").json(&json(length)));
    }
    check_stock(&each(steps));
}
