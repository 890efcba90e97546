//! A resource that can be written.

use crate::django::differential::step::{Step, get};

use super::check::check_stock;

#[test]
fn notes_are_validated_and_guarded_alike() {
    let bodies = [
        "{}",
        "{\"title\":\"x\"}",
        "{\"title\":\" x \",\"text\":\"  \",\"pinned\":true,\"priority\":5}",
        "{\"title\":\"\",\"text\":null,\"pinned\":null,\"priority\":null}",
        "{\"title\":[],\"text\":{},\"pinned\":[],\"priority\":{}}",
        "{\"title\":1,\"text\":2.50,\"pinned\":1,\"priority\":\"3\"}",
        "{\"title\":true}",
        "{\"title\":\"x\",\"priority\":6}",
        "{\"title\":\"x\",\"priority\":-1}",
        "{\"title\":\"x\",\"priority\":1.0}",
        "{\"title\":\"x\",\"priority\":1.5}",
        "{\"title\":\"x\",\"priority\":\" 2 \"}",
        "{\"title\":\"x\",\"priority\":\"2.000\"}",
        "{\"title\":\"x\",\"priority\":true}",
        "{\"title\":\"x\",\"priority\":99999999999999999999999999}",
        "{\"title\":\"x\",\"priority\":\"\"}",
        "{\"title\":\"x\",\"priority\":1e2}",
        "{\"title\":\"x\",\"pinned\":\"yes\"}",
        "{\"title\":\"x\",\"pinned\":\"OFF\"}",
        "{\"title\":\"x\",\"pinned\":\"maybe\"}",
        "{\"title\":\"x\",\"pinned\":2}",
        "{\"title\":\"x\",\"pinned\":0.0}",
        "{\"title\":\"a\\u0000b\"}",
        "{\"title\":\"\\u2028 <é> \\\"q\\\" \\\\ \\t\"}",
        "{\"id\":99,\"owner\":\"bob\",\"title\":\"mine\"}",
        "[]",
        "null",
        "[{\"title\":\"x\"}]",
        "{\"title\":\"x\",\"text\":\"a\\nb\"}",
        "{\"title\":\"x\",\"pinned\":\"null\"}",
    ];
    let long = format!("{{\"title\":\"{}\"}}", "é".repeat(101));
    let mut sequences = Vec::new();
    for body in bodies.iter().copied().chain([long.as_str()]) {
        sequences.push(vec![
            Step::new("POST", "/api/notes/").json(body).basic("alice"),
            Step::new("PUT", "/api/notes/1/").json(body).basic("alice"),
            Step::new("PATCH", "/api/notes/1/")
                .json(body)
                .basic("alice"),
            Step::new("PATCH", "/api/notes/1/").json(body).basic("bob"),
            Step::new("PUT", "/api/drafts/1/").json(body).basic("bob"),
            Step::new("POST", "/api/drafts/").json(body).basic("bob"),
            Step::new("POST", "/api/notes/").json(body),
            get("/api/notes/?page=last"),
            get("/api/drafts/").basic("bob"),
        ]);
    }
    for form in [
        "title=x",
        "title=x&pinned=on&priority=",
        "title=&text=",
        "pinned=maybe",
        "title=x&priority=2&text=%0A",
    ] {
        for method in ["PUT", "PATCH"] {
            sequences.push(vec![
                Step::new(method, "/api/notes/2/")
                    .body("application/x-www-form-urlencoded", form)
                    .basic("alice"),
            ]);
        }
        sequences.push(vec![
            Step::new("POST", "/api/notes/")
                .body("application/x-www-form-urlencoded", form)
                .basic("alice"),
        ]);
    }
    for user in ["alice", "bob", "admin"] {
        sequences.push(vec![
            Step::new("DELETE", "/api/notes/4/").basic(user),
            get("/api/notes/4/").basic(user),
            Step::new("OPTIONS", "/api/notes/4/").basic(user),
            Step::new("OPTIONS", "/api/drafts/4/").basic(user),
            Step::new("DELETE", "/api/drafts/4/").basic(user),
            get("/api/bad/leaky-drafts/").basic(user),
            get("/api/bad/leaky-drafts/2/").basic(user),
            Step::new("DELETE", "/api/notes/4/"),
        ]);
    }
    check_stock(&sequences);
}

#[test]
fn several_notes_at_once_are_validated_alike() {
    let bodies = [
        "[]",
        "{}",
        "null",
        "5",
        "\"x\"",
        "{\"title\":\"x\"}",
        "[{\"title\":\"x\"}]",
        "[{\"title\":\"x\"},{\"title\":\"y\",\"priority\":3,\"pinned\":true}]",
        "[{\"title\":\"x\"},{\"title\":\"\"},{}]",
        "[{},{\"title\":\"x\"}]",
        "[5,null,[],{\"title\":\"x\"}]",
        "[{\"title\":1,\"priority\":9,\"pinned\":\"maybe\"}]",
        "[[{\"title\":\"x\"}]]",
    ];
    let path = "/api/notes-bulk/";
    let mut sequences: Vec<Vec<Step>> = bodies
        .iter()
        .map(|body| {
            vec![
                Step::new("POST", path).json(body).basic("alice"),
                Step::new("POST", path).json(body),
                get("/api/notes/?page=last"),
            ]
        })
        .collect();
    sequences.push(vec![
        Step::new("POST", path)
            .body("application/x-www-form-urlencoded", "title=x")
            .basic("alice"),
        Step::new("POST", path).basic("alice"),
    ]);
    check_stock(&sequences);
}
