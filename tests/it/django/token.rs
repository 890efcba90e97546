//! Tokens of real packages: simplejwt, DRF's own tokens, Basic and sessions.

use serde_json::{Value, json};

use crate::support::binary::{Home, Said};
use crate::support::django::{self, Django, Settings};

/// A user of one server.
struct Caller<'a> {
    home: Home,
    base: String,
    _server: Option<&'a Django>,
}

impl<'a> Caller<'a> {
    fn of(server: &'a Django) -> Self {
        Self {
            home: Home::new(),
            base: server.url(),
            _server: Some(server),
        }
    }

    fn run(&self, line: &str) -> Said {
        self.home.run(&format!("{line} --base-url {}", self.base))
    }

    fn obtain(&self, user: &str, password: &str, flags: &str) -> Said {
        let line = format!(
            "token obtain -u {user} {flags} --password-stdin --base-url {}",
            self.base
        );
        self.home.run_with_input(&line, password)
    }

    /// The user that the API takes the caller for.
    fn me(&self, path: &str) -> Value {
        let said = self.run(&format!("request GET {path}"));
        assert_eq!(said.code, 0, "{said:?}");
        said.json()["username"].clone()
    }
}

#[test]
fn a_login_is_found_used_refreshed_verified_and_revoked() {
    let caller = Caller::of(django::shared());
    let said = caller.obtain("alice", "alice-pass", "").expect(0);
    assert!(
        said.stderr
            .contains("found simplejwt (\"Token Obtain Pair\") at /api/token/")
    );
    assert_eq!(caller.me("/api/me/"), "alice");
    caller.run("token refresh").expect(0);
    let verified = caller.run("token verify --format json").expect(0).json();
    assert_eq!(verified["schema"], "apictl.token.verify/1");
    assert_eq!(verified["valid"], true);
    let revoked = caller
        .run("token revoke --keep --format json")
        .expect(0)
        .json();
    assert_eq!(revoked["revoked"], true);
    assert_eq!(
        revoked["proof"],
        "refused when used again: Token is blacklisted"
    );
    assert!(revoked["access_lives_on_s"].as_i64().unwrap() > 290);
    // The endpoint does not know: its answer is worth what we say it is.
    let fooled = caller
        .run("token verify refresh --format json")
        .expect(0)
        .json();
    assert_eq!(fooled["valid"], true);
    assert!(
        fooled["worth"]
            .as_str()
            .unwrap()
            .contains("blacklisted token is answered alike")
    );
    let said = caller.run("token refresh").expect(3);
    assert!(
        said.stderr.contains("Token is blacklisted"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_logout_that_does_nothing_is_found_out() {
    let apps = [
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "rest_framework",
        "rest_framework.authtoken",
        "shop",
    ];
    let server = Django::start(&Settings::overriding(json!({"INSTALLED_APPS": apps})));
    let caller = Caller::of(&server);
    caller
        .obtain("alice", "alice-pass", "--preset simplejwt")
        .expect(0);
    let revoked = caller.run("token revoke --format json").expect(1).json();
    assert_eq!(revoked["status"], 200);
    assert_eq!(revoked["revoked"], false);
    assert_eq!(revoked["forgotten"], false);
    assert_eq!(caller.me("/api/me/"), "alice");
    let said = caller.run("token revoke").expect(1);
    assert!(
        said.stdout
            .contains("rest_framework_simplejwt.token_blacklist")
    );
}

#[test]
fn wrong_passwords_and_inactive_users_are_refused_in_one_line() {
    let caller = Caller::of(django::shared());
    for (user, preset) in [
        ("alice", "simplejwt"),
        ("inactive", "simplejwt"),
        ("alice", "authtoken"),
        ("alice", "basic"),
        ("alice", "session"),
    ] {
        let base = if preset == "basic" {
            "/api/me/basic/"
        } else {
            ""
        };
        let line = format!(
            "token obtain -u {user} --preset {preset} --password-stdin --base-url {}{base}",
            caller.base
        );
        let said = caller.home.run_with_input(&line, "wrong-pass").expect(3);
        assert!(
            said.stderr.contains("refused the credentials"),
            "{preset}: {}",
            said.stderr
        );
        assert!(
            said.stderr
                .contains("hint: check the name and the password")
        );
    }
    let said = caller
        .obtain("alice", "alice-pass", "--preset djoser")
        .expect(3);
    assert!(
        said.stderr.contains("there is no token endpoint at"),
        "{}",
        said.stderr
    );
    let said = caller
        .obtain(
            "alice",
            "alice-pass",
            "--preset simplejwt --obtain-path /api/bad/error/",
        )
        .expect(3);
    assert!(said.stderr.contains("405"), "{}", said.stderr);
}

#[test]
fn the_scheme_of_a_project_is_learned_from_its_challenge() {
    let server = Django::start(&Settings::overriding(
        json!({"SIMPLE_JWT": {"AUTH_HEADER_TYPES": ["JWT"]}}),
    ));
    let caller = Caller::of(&server);
    caller.obtain("alice", "alice-pass", "").expect(0);
    assert_eq!(
        caller.run("token show --format json").expect(0).json()["scheme"],
        "JWT"
    );
    assert_eq!(caller.me("/api/me/"), "alice");
    // Even when it was learned wrong, one 401 sets it right.
    caller
        .obtain("alice", "alice-pass", "--scheme Bearer")
        .expect(0);
    assert_eq!(caller.me("/api/me/"), "alice");
}

#[test]
fn sliding_tokens_are_refreshed_by_themselves() {
    let server = Django::start(&Settings::overriding(json!({"SIMPLE_JWT": {
        "AUTH_TOKEN_CLASSES": ["rest_framework_simplejwt.tokens.SlidingToken"],
    }})));
    let caller = Caller::of(&server);
    caller
        .obtain("alice", "alice-pass", "--obtain-path /api/sliding/")
        .expect(0);
    let shown = caller.run("token show --format json").expect(0).json();
    assert_eq!(shown["preset"], "sliding");
    assert_eq!(shown["refreshes"], true);
    assert_eq!(caller.me("/api/me/"), "alice");
    let refreshed = caller.run("token refresh --format json").expect(0).json();
    assert_eq!(refreshed["refreshed"], "here");
    assert_eq!(caller.me("/api/me/"), "alice");
}

#[test]
fn drf_tokens_basic_and_sessions_are_logins_too() {
    let caller = Caller::of(django::shared());
    caller
        .obtain("bob", "bob-pass", "--preset authtoken")
        .expect(0);
    assert_eq!(caller.me("/api/me/token/"), "bob");
    let said = caller
        .run("token verify --verify-path /api/me/token/")
        .expect(0);
    assert!(said.stdout.contains("valid"), "{}", said.stdout);
    caller
        .obtain("carol", "carol-pass", "--preset basic --as c")
        .expect(0);
    assert_eq!(caller.me("/api/me/basic/"), "carol");
    caller
        .obtain("alice", "alice-pass", "--preset session --as s")
        .expect(0);
    assert_eq!(caller.me("/api/me/session/"), "alice");
    let revoked = caller
        .run("token revoke --keep --format json")
        .expect(0)
        .json();
    assert_eq!(revoked["login"], "s");
    let said = caller.run("request GET /api/me/session/").expect(3);
    assert!(said.stdout.contains("not provided"), "{}", said.stdout);
}
