//! Paths, methods and content negotiation.

use crate::django::differential::step::{Step, get};

use super::check::{check, each, stock};

const ALL_PATHS: [&str; 38] = [
    "/api/token/",
    "/api/token/refresh/",
    "/api/token/verify/",
    "/api/token/blacklist/",
    "/api-token-auth/",
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
    check(&mut stock(), sequences);
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
    check(&mut stock(), each(steps));
}
