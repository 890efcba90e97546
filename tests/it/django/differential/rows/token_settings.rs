//! The settings of simplejwt that change replies.

use std::time::Duration;

use apictl::server::{Config, Jwt, SigningKey};
use serde_json::json;

use crate::django::differential::step::{Step, get, login, post};

use super::check::check;

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
        check(&settings, &jwt(rotate, blacklist), &[sequence]);
    }
}

#[test]
fn a_leeway_is_given_alike() {
    let settings = json!({"SIMPLE_JWT": {"LEEWAY": 10}});
    let config = Config {
        jwt: Jwt {
            leeway: Duration::from_secs(10),
            ..Jwt::default()
        },
        ..Config::default()
    };
    let sequences: Vec<Vec<Step>> = [299.0, 300.0, 309.7, 309.8, 310.0, 86_409.7, 86_410.0]
        .into_iter()
        .map(|after| {
            vec![
                login("alice"),
                get("/api/me/").bearer().after(after),
                post("/api/token/verify/", r#"{"token":"$access"}"#),
                post("/api/token/refresh/", r#"{"refresh":"$refresh"}"#),
            ]
        })
        .collect();
    check(&settings, &config, &sequences);
}

#[test]
fn without_the_blacklist_app_logging_out_is_alike_for_nothing() {
    let apps = [
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "rest_framework",
        "rest_framework.authtoken",
        "shop",
    ];
    for blacklist in [true, false] {
        let settings = json!({"INSTALLED_APPS": apps, "SIMPLE_JWT": {
            "ROTATE_REFRESH_TOKENS": true, "BLACKLIST_AFTER_ROTATION": blacklist,
        }});
        let config = Config {
            jwt: Jwt {
                rotate: true,
                blacklist_after_rotation: blacklist,
                blacklist_app: false,
                ..Jwt::default()
            },
            ..Config::default()
        };
        let refresh = |name: &str| {
            post(
                "/api/token/refresh/",
                &format!("{{\"refresh\":\"${name}\"}}"),
            )
        };
        let sequence = vec![
            login("alice"),
            refresh("refresh"),
            refresh("old_refresh"),
            post("/api/token/blacklist/", r#"{"refresh":"$refresh"}"#),
            post("/api/token/blacklist/", r#"{"refresh":"$refresh"}"#),
            post("/api/token/blacklist/", r#"{"refresh":"$access"}"#),
            post("/api/token/verify/", r#"{"token":"$refresh"}"#),
            refresh("refresh"),
        ];
        check(&settings, &config, &[sequence]);
    }
}

#[test]
fn header_types_are_advertised_alike() {
    let settings = json!({"SIMPLE_JWT": {"AUTH_HEADER_TYPES": ["JWT", "Bearer"]}});
    let config = Config {
        jwt: Jwt {
            header_types: vec!["JWT".to_owned(), "Bearer".to_owned()],
            ..Jwt::default()
        },
        ..Config::default()
    };
    let me = |value: &str| get("/api/me/").with("Authorization", value);
    let sequence = vec![
        post("/api/token/", r#"{"username":"alice","password":"x"}"#),
        login("alice"),
        get("/api/me/"),
        me("JWT $access"),
        me("Bearer $access"),
        me("jwt $access"),
        me("JWT"),
        me("JWT a b"),
        me("JWT x"),
        post("/api/token/refresh/", r#"{"refresh":"x"}"#),
    ];
    check(&settings, &config, &[sequence]);
}

#[test]
fn other_algorithms_sign_alike() {
    for (pem, algorithm, public) in [
        (
            &include_bytes!("../../../flows/signing_keys/es256.pem")[..],
            "ES256",
            include_str!("../../../flows/signing_keys/es256.pub.pem"),
        ),
        (
            &include_bytes!("../../../flows/signing_keys/rs256.pem")[..],
            "RS256",
            include_str!("../../../flows/signing_keys/rs256.pub.pem"),
        ),
    ] {
        let settings = json!({"SIMPLE_JWT": {
            "ALGORITHM": algorithm, "SIGNING_KEY": std::str::from_utf8(pem).unwrap(), "VERIFYING_KEY": public,
        }});
        let config = Config {
            jwt: Jwt {
                key: SigningKey::read(pem).unwrap(),
                ..Jwt::default()
            },
            ..Config::default()
        };
        let sequence = vec![
            login("alice"),
            get("/api/me/").bearer(),
            get("/api/me/").with("Authorization", "Bearer $accessx"),
            get("/api/me/").with("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA"),
            post("/api/token/refresh/", r#"{"refresh":"$refresh"}"#).after(7.0),
            get("/api/me/").bearer(),
            post("/api/token/verify/", r#"{"token":"$refresh"}"#),
            get("/api/me/").bearer().after(400.0),
        ];
        check(&settings, &config, &[sequence]);
    }
}
