//! `token audit` finds each hole of a real project, and none where there is none.

use apictl::jwt::{KeyType, generate, private_pem, public_pem};
use serde_json::{Value, json};

use crate::support::binary::{Home, finish};
use crate::support::django::{self, Django, Settings};

/// The signing key in the project's settings.
pub(super) const KEY: &str = "a-documented-signing-key-of-the-test-project-not-a-secret";
/// All but the login endpoint, which other tests share.
pub(super) const QUIET: &str = "--skip login-throttle,user-enumeration";

pub(super) fn home() -> Home {
    let home = Home::new();
    home.write("password", "alice-pass\n");
    home.write("key", KEY);
    home
}

pub(super) fn audit(home: &Home, django: &Django, path: &str, flags: &str, code: i32) -> Value {
    let url = django.url();
    let budget = if flags.contains("--max-requests") {
        ""
    } else {
        " --max-requests 90"
    };
    let line = format!(
        "token audit {url}{path} -u alice --password-file password --format json {flags}{budget}"
    );
    let said = home.run(&line).expect(code);
    for secret in ["alice-pass", KEY, ".eyJ"] {
        assert!(!said.stdout.contains(secret), "{secret} in {}", said.stdout);
        assert!(!said.stderr.contains(secret), "{secret} in {}", said.stderr);
    }
    said.json()
}

/// The probes with a verdict.
pub(super) fn with(report: &Value, verdict: &str) -> Vec<String> {
    report["probes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|probe| probe["verdict"] == verdict)
        .map(|probe| probe["id"].as_str().unwrap().to_owned())
        .collect()
}

pub(super) fn verdict<'a>(report: &'a Value, id: &str) -> &'a str {
    report["probes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|probe| probe["id"] == id)
        .and_then(|probe| probe["verdict"].as_str())
        .unwrap_or_else(|| panic!("no {id} in {report}"))
}

#[test]
fn stock_settings_give_no_fail_and_at_most_sixty_requests() {
    let django = Django::start(&Settings::default());
    let home = home();
    let url = django.url();
    let line = format!("token audit {url}/api/me/ -u alice --password-file password --format json");
    let said = home.run(&line).expect(0);
    let report = said.json();
    assert_eq!(report["schema"], "apictl.token.audit/1");
    assert_eq!(with(&report, "fail"), [] as [&str; 0]);
    assert_eq!(with(&report, "crash"), [] as [&str; 0]);
    let requests = &report["requests"];
    assert!(requests["sent"].as_u64() <= requests["planned"].as_u64());
    assert!(requests["planned"].as_u64() <= Some(60), "{requests}");
    assert!(said.stderr.contains("at most"), "{}", said.stderr);
}

#[test]
fn with_the_key_stock_settings_crash_on_odd_claims_and_fail_nowhere() {
    let report = audit(
        &home(),
        django::shared(),
        "/api/me/",
        &format!("--secret-file key {QUIET}"),
        0,
    );
    assert_eq!(with(&report, "fail"), [] as [&str; 0]);
    // simplejwt 5.5.1 answers 500 to a user_id that is no number.
    assert_eq!(with(&report, "crash"), ["odd-claims"]);
    for id in [
        "expired",
        "not-yet-valid",
        "no-exp",
        "type-missing",
        "alg-switch",
    ] {
        assert_eq!(verdict(&report, id), "pass", "{id}");
    }
}

#[track_caller]
pub(super) fn hole(path: &str, flags: &str, failing: &[&str]) {
    let flags = format!("--secret-file key {QUIET} {flags}");
    let path = format!("/api/holes/{path}/");
    let report = audit(&home(), django::shared(), &path, &flags, 1);
    assert_eq!(with(&report, "fail"), failing);
}

#[test]
fn a_decoder_that_believes_everything_is_found() {
    hole(
        "unsafe-decode",
        "",
        &[
            "signature-stripped",
            "payload-tampered",
            "other-key",
            "alg-none",
            "embedded-jwk",
            "jku-x5u",
            "kid-injection",
            "expired",
            "not-yet-valid",
            "no-exp",
            "alg-switch",
        ],
    );
}

#[test]
fn each_way_to_choose_ones_own_key_is_found() {
    hole("accept-none", "", &["alg-none"]);
    hole("embedded-jwk", "", &["embedded-jwk"]);
    hole("fetched-key", "", &["jku-x5u"]);
    hole("kid-path", "", &["kid-injection"]);
}

#[test]
fn claims_that_nobody_checks_are_found() {
    hole("any-type", "", &["refresh-as-access", "type-missing"]);
    hole("no-times", "", &["expired", "not-yet-valid", "no-exp"]);
}

#[test]
fn leaks_around_the_token_are_found() {
    hole("query-token", "", &["query-token"]);
    hole("cors", "", &["cors"]);
    hole("cached", "", &["caching"]);
}

#[test]
fn unhandled_tokens_are_crashes() {
    let path = "/api/holes/unhandled/";
    let report = audit(
        &home(),
        django::shared(),
        path,
        "--only signature-stripped,alg-none,malformed-header",
        0,
    );
    let crashed = ["signature-stripped", "alg-none", "malformed-header"];
    assert_eq!(with(&report, "crash"), crashed);
    let strict = "--only signature-stripped --fail-on crash";
    audit(&home(), django::shared(), path, strict, 1);
}

pub(super) fn variant(overrides: Value) -> Django {
    Django::start(&Settings::overriding(overrides))
}

#[test]
fn confusion_of_algorithms_is_found_under_rs256_and_only_in_the_hole() {
    let key = generate(KeyType::Rsa(2048)).unwrap();
    let (private, public) = (private_pem(&key).unwrap(), public_pem(&key).unwrap());
    let home = home();
    home.write("private.pem", &private);
    home.write("public.pem", &public);
    let django = variant(json!({"SIMPLE_JWT": {
        "ALGORITHM": "RS256", "SIGNING_KEY": private.as_str(), "VERIFYING_KEY": public,
    }}));
    let flags = format!("--public-key public.pem --key private.pem {QUIET}");
    let report = audit(&home, &django, "/api/holes/confusion/", &flags, 1);
    assert_eq!(with(&report, "fail"), ["alg-confusion"]);
    let report = audit(&home, &django, "/api/me/", &flags, 0);
    assert_eq!(verdict(&report, "alg-confusion"), "pass");
    assert_eq!(verdict(&report, "expired"), "pass");
}

#[test]
fn rotation_without_a_blacklist_is_found_and_with_one_it_passes() {
    let home = home();
    let only = "--only refresh-reuse";
    let rotating = variant(json!({"SIMPLE_JWT": {"ROTATE_REFRESH_TOKENS": true}}));
    let report = audit(&home, &rotating, "/api/me/", only, 1);
    assert_eq!(verdict(&report, "refresh-reuse"), "fail");
    drop(rotating);
    let sound = variant(json!({"SIMPLE_JWT": {
        "ROTATE_REFRESH_TOKENS": true, "BLACKLIST_AFTER_ROTATION": true,
    }}));
    let report = audit(&home, &sound, "/api/me/", QUIET, 0);
    for id in ["refresh-reuse", "logout", "verify-after-logout"] {
        assert_eq!(verdict(&report, id), "pass", "{id}");
    }
}

#[test]
fn a_logout_that_does_nothing_is_found() {
    let without_app = variant(json!({
        "INSTALLED_APPS": [
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django.contrib.messages", "rest_framework", "rest_framework.authtoken", "shop",
        ],
        "SIMPLE_JWT": {"ROTATE_REFRESH_TOKENS": true, "BLACKLIST_AFTER_ROTATION": true},
    }));
    let report = audit(&home(), &without_app, "/api/me/", QUIET, 1);
    assert_eq!(with(&report, "fail"), ["refresh-reuse", "logout"]);
}

#[test]
fn careless_settings_are_found() {
    let careless = variant(json!({
        "DEBUG": true,
        "SIMPLE_JWT": {
            "SIGNING_KEY": "changeme",
            "ACCESS_TOKEN_LIFETIME": 604_800,
            "USER_ID_FIELD": "email",
        },
    }));
    let home = home();
    let report = audit(&home, &careless, "/api/me/", QUIET, 1);
    assert_eq!(with(&report, "fail"), ["weak-secret", "debug"]);
    for id in ["lifetimes", "personal-data", "access-after-logout"] {
        assert_eq!(verdict(&report, id), "warn", "{id}");
    }
    // The guessed secret opens the probes that need the key.
    assert_eq!(verdict(&report, "expired"), "pass");
    assert!(!report.to_string().contains("changeme"));
}

#[test]
fn a_secret_in_the_projects_settings_is_guessed() {
    let home = home();
    home.write("site/settings.py", &format!("SECRET_KEY = '{KEY}'\n"));
    let flags = "--only weak-secret --project .";
    let report = audit(&home, django::shared(), "/api/me/", flags, 1);
    assert_eq!(verdict(&report, "weak-secret"), "fail");
}

#[test]
fn a_login_that_tells_users_apart_is_found_and_a_throttled_one_passes() {
    let django = Django::start(&Settings::default());
    let home = home();
    let at = |login: &str| {
        let url = django.url();
        let line = format!(
            "token audit {url}/api/me/ -u alice --password-file password --format json \
             --only login-throttle,user-enumeration"
        );
        let mut command = home.command(line.split_whitespace());
        command
            .env("APICTL_OBTAIN_PATH", format!("/api/holes/{login}/"))
            .env("APICTL_REFRESH_PATH", "/api/token/refresh/");
        finish(command.spawn().unwrap())
    };
    let report = at("telling-login").expect(1).json();
    assert_eq!(verdict(&report, "user-enumeration"), "fail");
    assert_eq!(verdict(&report, "login-throttle"), "warn");
    let report = at("throttled-login").expect(0).json();
    assert_eq!(verdict(&report, "login-throttle"), "pass");
}

#[test]
fn a_baseline_makes_only_new_faults_count() {
    let home = home();
    let path = "/api/holes/accept-none/";
    let first = "--only alg-none --save known.json --sarif a.sarif --junit a.xml";
    audit(&home, django::shared(), path, first, 1);
    let again = "--only alg-none --baseline known.json";
    let report = audit(&home, django::shared(), path, again, 0);
    assert_eq!(report["probes"][0]["known"], true);
    let text = std::fs::read_to_string(home.path().join("a.sarif")).unwrap();
    let sarif: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "alg-none");
    assert_eq!(result["level"], "error");
    let junit = std::fs::read_to_string(home.path().join("a.xml")).unwrap();
    assert!(
        junit.contains("failures=\"1\"") && junit.contains("alg-none"),
        "{junit}"
    );
}

#[test]
fn a_refresh_endpoint_that_takes_any_token_is_found() {
    let home = home();
    let url = django::shared().url();
    let line = format!(
        "token audit {url}/api/me/ -u alice --password-file password --format json \
         --only refresh-as-access,access-as-refresh"
    );
    let mut command = home.command(line.split_whitespace());
    command.env("APICTL_REFRESH_PATH", "/api/holes/loose-refresh/");
    let report = finish(command.spawn().unwrap()).expect(1).json();
    assert_eq!(with(&report, "fail"), ["access-as-refresh"]);
}

#[test]
fn an_audience_that_nobody_checks_is_found_and_a_checked_one_passes() {
    let django =
        variant(json!({"SIMPLE_JWT": {"AUDIENCE": "shop", "ISSUER": "https://shop.test"}}));
    let home = home();
    let flags = format!("--secret-file key {QUIET}");
    let report = audit(&home, &django, "/api/holes/no-audience/", &flags, 1);
    assert_eq!(with(&report, "fail"), ["wrong-audience"]);
    let report = audit(&home, &django, "/api/me/", &flags, 0);
    for id in ["audience", "wrong-audience"] {
        assert_eq!(verdict(&report, id), "pass", "{id}");
    }
}
