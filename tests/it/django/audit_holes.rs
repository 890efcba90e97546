//! One hole after the other, and for each a twin without it.

use apictl::jwt::{KeyType, generate, private_pem, public_pem, read_secret, sign};
use serde_json::{Value, json};

use super::audit::{KEY, QUIET, audit, hole, home, variant, verdict, with};
use crate::support::binary::{Home, finish};
use crate::support::django::{self, Django, Settings, Stack};

fn probe<'a>(report: &'a Value, id: &str) -> &'a Value {
    report["probes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|probe| probe["id"] == id)
        .unwrap_or_else(|| panic!("no {id} in {report}"))
}

fn message<'a>(report: &'a Value, id: &str) -> &'a str {
    probe(report, id)["message"].as_str().unwrap()
}

/// An audit whose endpoints are others than the preset's.
fn audit_at(home: &Home, url: &str, variable: (&str, &str), flags: &str, code: i32) -> Value {
    let line = format!(
        "token audit {url}/api/me/ -u alice --password-file password --format json {flags}"
    );
    let mut command = home.command(line.split_whitespace());
    command.env(variable.0, variable.1);
    finish(command.spawn().unwrap()).expect(code).json()
}

#[test]
fn a_server_that_is_stricter_than_the_packages_passes_every_probe_that_is_about_it() {
    let flags = format!("--secret-file key {QUIET}");
    let report = audit(&home(), django::shared(), "/api/holes/sound/", &flags, 0);
    assert_eq!(with(&report, "fail"), [] as [&str; 0]);
    assert_eq!(with(&report, "crash"), [] as [&str; 0]);
    // What is left is about the token endpoints, which are the package's.
    let of_the_package = [
        "audience",
        "token-caching",
        "refresh-reuse",
        "verify-after-logout",
    ];
    assert_eq!(with(&report, "warn"), of_the_package);
    for id in [
        "duplicate-keys",
        "odd-claims",
        "base64-forms",
        "scheme-case",
        "scheme-spacing",
    ] {
        assert_eq!(verdict(&report, id), "pass", "{id}");
    }
}

#[test]
fn each_spelling_of_none_is_found_by_itself() {
    let home = home();
    for spelling in ["none", "None", "NONE", "nOnE"] {
        let path = format!("/api/holes/accept-none/{spelling}/");
        let report = audit(&home, django::shared(), &path, "--only alg-none", 1);
        let said = message(&report, "alg-none");
        assert!(
            said.starts_with(&format!("accepted: alg {spelling}")),
            "{said}"
        );
        for other in ["none", "None", "NONE", "nOnE"] {
            assert_eq!(
                said.contains(&format!("alg {other}")),
                other == spelling,
                "{said}"
            );
        }
    }
}

#[test]
fn a_key_that_is_empty_and_a_certificate_that_is_fetched_are_found() {
    hole("empty-key", "--only kid-injection", &["kid-injection"]);
    hole("fetched-certificate", "--only jku-x5u", &["jku-x5u"]);
    let path = "/api/holes/fetched-certificate/";
    let report = audit(&home(), django::shared(), path, "--only jku-x5u", 1);
    let said = message(&report, "jku-x5u");
    assert!(said.contains("fetched 1 times"), "{said}");
}

#[test]
fn each_claim_that_nobody_checks_is_found_by_itself() {
    hole("expired-accepted", "", &["expired"]);
    hole("not-yet-accepted", "", &["not-yet-valid"]);
    hole("end-optional", "", &["no-exp"]);
}

#[test]
fn an_unknown_critical_extension_that_is_ignored_is_found() {
    let flags = "--secret-file key --only crit-ignored";
    let report = audit(
        &home(),
        django::shared(),
        "/api/holes/crit-ignored/",
        flags,
        0,
    );
    assert_eq!(verdict(&report, "crit-ignored"), "warn");
    let report = audit(&home(), django::shared(), "/api/me/", flags, 0);
    assert_eq!(verdict(&report, "crit-ignored"), "pass");
}

#[test]
fn a_scheme_that_nobody_looks_at_is_found() {
    let flags = "--only scheme-spacing";
    let report = audit(
        &home(),
        django::shared(),
        "/api/holes/loose-scheme/",
        flags,
        0,
    );
    assert_eq!(
        message(&report, "scheme-spacing"),
        "accepted: token without a scheme, without a space"
    );
    let report = audit(&home(), django::shared(), "/api/me/", flags, 0);
    assert_eq!(verdict(&report, "scheme-spacing"), "pass");
}

#[test]
fn confusion_is_found_with_the_key_from_a_jwk_set_for_rsa_and_elliptic_curves() {
    let home = home();
    let kinds = [
        ("RS256", KeyType::Rsa(2048)),
        ("ES256", KeyType::Ec(apictl::jwt::Curve::P256)),
    ];
    for (algorithm, kind) in kinds {
        let key = generate(kind).unwrap();
        let django = variant(json!({"SIMPLE_JWT": {
            "ALGORITHM": algorithm,
            "SIGNING_KEY": private_pem(&key).unwrap().as_str(),
            "VERIFYING_KEY": public_pem(&key).unwrap(),
        }}));
        let flags = "--only alg-confusion,other-key --jwks-url /api/holes/jwks/";
        let at = |path: &str, code| audit(&home, &django, path, flags, code);
        let report = at("/api/holes/confusion/", 1);
        assert_eq!(with(&report, "fail"), ["alg-confusion"], "{algorithm}");
        let report = at("/api/holes/confusion-jwks/", 1);
        assert_eq!(
            message(&report, "alg-confusion"),
            "accepted: HS256 keyed with the JWK Set as it is served"
        );
        let report = at("/api/me/", 0);
        assert_eq!(
            with(&report, "pass"),
            ["other-key", "alg-confusion"],
            "{algorithm}"
        );
    }
}

/// A home with bob's login in the store, for `--other bob`.
fn home_with_bob(django: &Django) -> Home {
    let home = home();
    let line = format!(
        "token obtain -u bob --as bob --preset simplejwt --password-stdin --base-url {}",
        django.url()
    );
    home.run_with_input(&line, "bob-pass").expect(0);
    home
}

#[test]
fn a_cache_that_hands_replies_on_is_found_with_one_identity_or_two() {
    let django = django::shared();
    let home = home_with_bob(django);
    let caching = "--only caching,alg-none,other-key --other bob";
    // Nobody is refused, bob gets what is alice's.
    let report = audit(&home, django, "/api/holes/cached-by-path/", caching, 1);
    assert_eq!(with(&report, "fail"), ["caching"]);
    let said = message(&report, "caching");
    assert!(said.starts_with("bob is answered with what"), "{said}");
    // Everybody gets what is alice's, forged tokens too: that is one fault and no forgery.
    let report = audit(&home, django, "/api/holes/cached-before-login/", caching, 1);
    assert_eq!(with(&report, "fail"), ["caching"]);
    assert_eq!(with(&report, "pass"), ["other-key", "alg-none"]);
    // And when somebody was there before.
    let report = audit(&home, django, "/api/holes/cached-before-login/", caching, 1);
    assert_eq!(with(&report, "fail"), ["caching"]);
    for path in ["/api/me/", "/api/holes/cache-page/"] {
        let report = audit(&home, django, path, caching, 0);
        let said = message(&report, "caching");
        assert_eq!(said, "bob is answered with a reply of its own", "{path}");
    }
    let report = audit(&home, django, "/api/drafts/?page_size=0", caching, 0);
    assert_eq!(verdict(&report, "caching"), "pass");
}

#[test]
fn djangos_own_page_cache_is_a_hole_before_it_varies_by_authorization() {
    let django = Django::start(&Settings {
        stack: Stack::Simplejwt53,
        ..Settings::default()
    });
    let flags = "--only caching,other-key";
    let report = audit(&home(), &django, "/api/holes/cache-page/", flags, 1);
    assert_eq!(with(&report, "fail"), ["caching"]);
    assert_eq!(with(&report, "pass"), ["other-key"]);
}

#[test]
fn a_refresh_race_is_found_and_a_refresh_that_spends_its_token_at_once_passes() {
    let home = home();
    let url = django::shared().url();
    let flags = "--only refresh-reuse,refresh-race --race";
    let at = |path, code| audit_at(&home, &url, ("APICTL_REFRESH_PATH", path), flags, code);
    let report = at("/api/holes/racy-refresh/", 1);
    assert_eq!(with(&report, "fail"), ["refresh-race"]);
    let report = at("/api/holes/atomic-refresh/", 0);
    assert_eq!(with(&report, "pass"), ["refresh-reuse", "refresh-race"]);
    assert_eq!(message(&report, "refresh-race"), "1 of 8 succeeded");
}

#[test]
fn a_login_that_takes_longer_for_users_who_exist_is_found() {
    let django = Django::start(&Settings::default());
    let flags = "--only user-enumeration";
    let path = "/api/holes/slow-login/";
    let report = audit_at(
        &home(),
        &django.url(),
        ("APICTL_OBTAIN_PATH", path),
        flags,
        0,
    );
    assert_eq!(verdict(&report, "user-enumeration"), "warn");
    assert!(
        message(&report, "user-enumeration").contains("takes"),
        "{report}"
    );
}

#[test]
fn an_expired_token_is_tried_without_the_key() {
    let home = home();
    let claims = json!({"token_type": "access", "user_id": "1", "jti": "a", "iat": 1_700_000_000, "exp": 1_700_000_300});
    let key = read_secret(KEY.as_bytes()).unwrap();
    let algorithm = "HS256".parse().unwrap();
    let header = serde_json::Map::new();
    let old = sign(&header, claims.as_object().unwrap(), &key, algorithm, true).unwrap();
    home.write("old", &format!("Bearer {old}\n"));
    let flags = "--only expired --old-token old";
    let report = audit(
        &home,
        django::shared(),
        "/api/holes/expired-accepted/",
        flags,
        1,
    );
    assert_eq!(with(&report, "fail"), ["expired"]);
    let report = audit(&home, django::shared(), "/api/me/", flags, 0);
    assert_eq!(with(&report, "pass"), ["expired"]);
}

#[test]
fn a_short_access_token_is_waited_for_and_a_good_one_is_renewed_meanwhile() {
    let django = variant(json!({"SIMPLE_JWT": {"ACCESS_TOKEN_LIFETIME": 2}}));
    let home = home();
    let report = audit(
        &home,
        &django,
        "/api/me/",
        "--only expired,other-key,debug",
        0,
    );
    assert_eq!(with(&report, "pass"), ["other-key", "debug", "expired"]);
    assert_eq!(report["incomplete"], Value::Null);
    let report = audit(
        &home,
        &django,
        "/api/holes/expired-accepted/",
        "--only expired",
        0,
    );
    assert_eq!(with(&report, "warn"), ["expired"]);
    let report = audit(&home, &django, "/api/me/", "--only expired --wait 1s", 0);
    assert_eq!(with(&report, "skip"), ["expired"]);
}

#[test]
fn a_guessed_secret_is_proved() {
    let weak = variant(json!({"SIMPLE_JWT": {"SIGNING_KEY": "changeme"}}));
    let report = audit(&home(), &weak, "/api/me/", "--only weak-secret", 1);
    let said = message(&report, "weak-secret");
    assert!(
        said.ends_with("a token signed with it is accepted"),
        "{said}"
    );
    assert!(probe(&report, "weak-secret")["evidence"][0]["status"] == 200);
}
