//! Sequences drawn by a generator: methods, paths, queries, headers, bodies, tokens and steps of time at random.

use apictl::server::Config;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config as Generator, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

use super::pair::Pair;
use super::step::{Step, login};
use crate::support::django::Stack;

/// Four tests of this many sequences each, against each of two releases.
const SEQUENCES: usize = 550;
const MOST_STEPS: usize = 6;

fn path() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "/api/token/",
        "/api/token/refresh/",
        "/api/token/verify/",
        "/api/token/blacklist/",
        "/api-token-auth/",
        "/api/products/",
        "/api/products-limit-offset/",
        "/api/products-cursor/",
        "/api/products-cursor-category/",
        "/api/products-stock/",
        "/api/bad/cursor-loop/",
        "/api/me/",
        "/api/me/token/",
        "/api/me/basic/",
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
        "/api/notes/",
        "/api/drafts/",
        "/api/bad/leaky-drafts/",
        "/api/bad/open-secret/",
        "/api/bad/error/",
        "/api/bad/miscounted/",
    ]);
    prop_oneof![
        8 => known.clone().prop_map(str::to_owned),
        3 => ("(products|notes|drafts|bad/leaky-drafts)", "[0-9]{1,4}|[a-z]{1,3}|-[0-9]|[0-9]{20}")
            .prop_map(|(list, key)| format!("/api/{list}/{key}/")),
        1 => known.prop_map(|path| path[..path.len() - 1].to_owned()),
        1 => "/[a-z/]{0,12}",
    ]
}

fn query() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        "[0-9]{1,4}",
        "-?[0-9]{1,3}",
        "[a-zA-Z0-9 +&=%._~-]{0,6}".prop_map(|text| text.replace(' ', "%20").replace('%', "%25")),
        "(%[0-9A-F]{2}){1,3}",
        "cD0[A-Za-z0-9]{0,8}",
        Just("last".to_owned()),
        Just(String::new()),
    ];
    let name = prop::sample::select(vec![
        "page",
        "page_size",
        "limit",
        "offset",
        "cursor",
        "format",
        "z",
        "a[]",
        "%C3%A9",
        "Q",
    ]);
    let pairs = prop::collection::vec((name, value), 0..4);
    pairs.prop_map(|pairs| {
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        }
    })
}

fn header() -> impl Strategy<Value = (String, String)> {
    let authorization = prop_oneof![
        4 => Just("Bearer $access".to_owned()),
        1 => Just("Bearer $refresh".to_owned()),
        2 => "[1-6]".prop_map(|digit| format!("Token {}", digit.repeat(40))),
        2 => prop::sample::select(vec!["alice", "bob", "carol", "admin", "inactive"]).prop_map(basic),
        1 => "(Bearer|bearer|Token|Basic|JWT|) ?[A-Za-z0-9+/=.]{0,12}( x)?",
    ];
    prop_oneof![
        6 => authorization.prop_map(|value| ("Authorization".to_owned(), value)),
        1 => "(application|text|\\*)/(json|html|\\*)(; ?(indent|q|charset)=[a-z0-9]{1,3})?(, \\*/\\*)?"
            .prop_map(|value| ("Accept".to_owned(), value)),
        1 => "[0-9.]{1,6}(, ?[0-9.]{1,4})?".prop_map(|value| ("X-Forwarded-For".to_owned(), value)),
        1 => "(http|https)".prop_map(|value| ("X-Forwarded-Proto".to_owned(), value)),
    ]
}

fn basic(name: &str) -> String {
    Step::new("GET", "/").basic(name).headers[0].1.clone()
}

fn json_value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "-?[0-9]{1,3}(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?",
        "\"[ -!#-\\[\\]-~é\u{7f}]{0,12}\"",
        "\"(\\\\[nrtbf/\"\\\\]|\\\\u00[0-9a-f]{2}|x){0,4}\"",
        "\"(alice|bob|admin)(-pass)?\"",
        "\"\\$(access|refresh|old_refresh)\"",
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(|items| format!("[{}]", items.join(","))),
            object(inner),
        ]
    })
}

fn object(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "username", "password", "refresh", "token", "title", "text", "pinned", "priority", "id",
    ]);
    prop::collection::vec((name, value), 0..5).prop_map(|members| {
        let members: Vec<String> = members
            .iter()
            .map(|(name, value)| format!("\"{name}\": {value}"))
            .collect();
        format!("{{{}}}", members.join(", "))
    })
}

/// Media type and bytes; some documents are cut short or have a byte replaced.
fn body() -> impl Strategy<Value = (String, Vec<u8>)> {
    let whole = object(json_value()).prop_map(String::into_bytes);
    let value = json_value().prop_map(String::into_bytes);
    let broken = (
        object(json_value()),
        any::<prop::sample::Index>(),
        any::<u8>(),
    )
        .prop_map(|(text, at, byte)| {
            let mut bytes = text.into_bytes();
            let at = at.index(bytes.len());
            if byte % 2 == 0 {
                bytes.truncate(at);
            } else {
                bytes[at] = byte;
            }
            bytes
        });
    let form = "((username|password|title|text|pinned|priority|refresh)=[a-z0-9+-]{0,6}&){0,4}";
    prop_oneof![
        6 => whole.prop_map(|bytes| ("application/json".to_owned(), bytes)),
        2 => value.prop_map(|bytes| ("application/json".to_owned(), bytes)),
        3 => broken.prop_map(|bytes| ("application/json".to_owned(), bytes)),
        2 => form.prop_map(|text| ("application/x-www-form-urlencoded".to_owned(), text.into_bytes())),
        1 => "(text|application)/[a-z]{1,5}(; charset=utf-8)?".prop_map(|media| (media, b"x=1".to_vec())),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let method = prop_oneof![
        6 => Just("GET"),
        4 => Just("POST"),
        1 => Just("PUT"),
        1 => Just("PATCH"),
        1 => Just("DELETE"),
        1 => Just("HEAD"),
        1 => Just("OPTIONS"),
    ];
    let after = prop_oneof![4 => Just(0.0), 2 => 0.0..3.0, 1 => 50.0..70.0, 1 => 250.0..350.0];
    let headers = prop::collection::vec(header(), 0..3);
    let any = (
        method,
        path(),
        query(),
        headers,
        prop::option::weighted(0.5, body()),
        after,
    )
        .prop_map(|(method, path, query, headers, body, after)| {
            let mut step = Step::new(method, &format!("{path}{query}")).after(after);
            for (name, value) in headers {
                // Twice the same field is the subject of a test of its own.
                if !step.headers.iter().any(|(known, _)| *known == name) {
                    step = step.with(&name, &value);
                }
            }
            match body.filter(|_| !matches!(method, "GET" | "HEAD")) {
                Some((media_type, bytes)) => step.body(&media_type, bytes),
                None => step,
            }
        });
    let user = prop::sample::select(vec!["alice", "bob", "carol", "admin"]);
    prop_oneof![1 => user.prop_map(login), 6 => any]
}

/// Sequences from a fixed seed.
fn drawn(seed: u8, count: usize) -> impl Iterator<Item = Vec<Step>> {
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(Generator::default(), random);
    let sequences = prop::collection::vec(step(), 1..=MOST_STEPS);
    (0..count).map(move |_| sequences.new_tree(&mut runner).unwrap().current())
}

/// Compares with both releases; the older one gets sequences of its own.
fn compare(seed: u8, overrides: &serde_json::Value, config: &Config) {
    for (stack, seed) in Stack::OF_DRF.into_iter().zip([seed, seed + 100]) {
        let mut pair = Pair::on(stack, overrides.clone(), config.clone());
        pair.check(drawn(seed, SEQUENCES));
    }
}

#[test]
fn drawn_sequences_are_answered_alike() {
    compare(1, &json!({}), &Config::default());
}

#[test]
fn drawn_sequences_are_answered_alike_with_rotation() {
    let mut config = Config::default();
    config.jwt.rotate = true;
    config.jwt.blacklist_after_rotation = true;
    let settings =
        json!({"SIMPLE_JWT": {"ROTATE_REFRESH_TOKENS": true, "BLACKLIST_AFTER_ROTATION": true}});
    compare(2, &settings, &config);
}

#[test]
fn drawn_sequences_are_answered_alike_under_low_limits() {
    let mut config = Config::default();
    let mut rates = serde_json::Map::new();
    for scope in [
        "anon",
        "user",
        "throttled_anon",
        "throttled_user",
        "uploads",
        "sustained",
    ] {
        config
            .throttles
            .insert(scope.to_owned(), "2/min".parse().unwrap());
        rates.insert(scope.to_owned(), json!("2/min"));
    }
    compare(3, &json!({"THROTTLES": rates}), &config);
}

#[test]
fn drawn_sequences_are_answered_alike_with_an_issuer_and_short_lives() {
    let mut config = Config::default();
    config.jwt.issuer = Some("shop".to_owned());
    config.jwt.audience = Some("tests".to_owned());
    config.jwt.leeway = std::time::Duration::from_secs(10);
    config.jwt.access_lifetime = std::time::Duration::from_secs(30);
    let settings = json!({"SIMPLE_JWT": {
        "ISSUER": "shop", "AUDIENCE": "tests", "LEEWAY": 10, "ACCESS_TOKEN_LIFETIME": 30,
    }});
    compare(4, &settings, &config);
}
