//! Every preset against the package it is named after: log in, call, refresh, log out.

use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::support::binary::{Home, Said};
use crate::support::django::{Django, Settings};
use crate::support::relay;

/// One server with every package, for the tests that change no setting.
fn packages() -> &'static Django {
    static PACKAGES: OnceLock<Django> = OnceLock::new();
    PACKAGES.get_or_init(|| with(json!({})))
}

fn with(mut overrides: Value) -> Django {
    overrides["NEIGHBOURS"] = json!(true);
    Django::start(&Settings {
        // Packages that read and then write in one transaction do not share SQLite.
        threads: 1,
        ..Settings::overriding(overrides)
    })
}

struct Caller {
    home: Home,
    base: String,
}

impl Caller {
    fn of(server: &Django) -> Self {
        Self {
            home: Home::new(),
            base: server.url(),
        }
    }

    fn run(&self, line: &str) -> Said {
        self.home.run(&format!("{line} --base-url {}", self.base))
    }

    /// Logs in as alice and returns the report.
    fn obtain(&self, flags: &str) -> Value {
        let line = format!(
            "token obtain -u alice --password-stdin --format json {flags} --base-url {}",
            self.base
        );
        self.home
            .run_with_input(&line, "alice-pass")
            .expect(0)
            .json()
    }

    fn me(&self, path: &str) -> Value {
        let said = self.run(&format!("request GET {path}")).expect(0);
        said.json()["username"].clone()
    }

    /// Refreshes, and shows that it brought another token.
    fn refresh(&self) {
        let before = self.run("token print").expect(0).stdout;
        self.run("token refresh").expect(0);
        assert_ne!(self.run("token print").expect(0).stdout, before);
    }

    /// Logs out, and returns what the logout was worth.
    fn revoke(&self) -> Value {
        self.run("token revoke --format json").json()["revoked"].clone()
    }
}

#[test]
fn djoser_with_jwts() {
    let caller = Caller::of(packages());
    let login = caller.obtain("--preset djoser");
    assert_eq!(
        (&login["scheme"], &login["refreshes"]),
        (&json!("Bearer"), &json!(true))
    );
    assert_eq!(caller.me("/auth/users/me/"), "alice");
    caller.run("token verify").expect(0);
    caller.refresh();
    assert_eq!(caller.me("/auth/users/me/"), "alice");
    let said = caller.run("token revoke").expect(2);
    assert!(
        said.stderr
            .contains("the preset 'djoser' knows no endpoint to revoke"),
        "{}",
        said.stderr
    );
}

#[test]
fn djoser_with_tokens() {
    let caller = Caller::of(packages());
    let login = caller.obtain("--preset djoser-token");
    assert_eq!(login["refreshes"], false);
    assert_eq!(caller.me("/auth/users/me/"), "alice");
    caller.run("token verify").expect(0);
    assert_eq!(caller.revoke(), true);
}

#[test]
fn dj_rest_auth_with_tokens() {
    let caller = Caller::of(packages());
    let login = caller.obtain("--preset dj-rest-auth");
    assert_eq!(
        (&login["scheme"], &login["refreshes"]),
        (&json!("Token"), &json!(false))
    );
    assert_eq!(caller.me("/dj-rest-auth/user/"), "alice");
    assert_eq!(caller.revoke(), true);
}

#[test]
fn dj_rest_auth_with_jwts() {
    let server = with(json!({"REST_AUTH": {"USE_JWT": true, "JWT_AUTH_HTTPONLY": false}}));
    let caller = Caller::of(&server);
    let login = caller.obtain("--preset dj-rest-auth");
    assert_eq!(
        (&login["scheme"], &login["refreshes"]),
        (&json!("Bearer"), &json!(true))
    );
    assert_eq!(caller.me("/dj-rest-auth/user/"), "alice");
    caller.run("token verify").expect(0);
    caller.refresh();
    assert_eq!(caller.revoke(), true);
}

#[test]
fn dj_rest_auth_with_cookies_that_scripts_cannot_read() {
    let server = with(json!({"REST_AUTH": {
        "USE_JWT": true,
        "JWT_AUTH_COOKIE": "jwt",
        "JWT_AUTH_REFRESH_COOKIE": "jwt-refresh",
        "JWT_AUTH_HTTPONLY": true,
    }}));
    let caller = Caller::of(&server);
    let login = caller.obtain("--preset dj-rest-auth");
    assert_eq!(
        (&login["refresh"], &login["refreshes"]),
        (&json!(null), &json!(true))
    );
    assert_eq!(caller.me("/dj-rest-auth/user/"), "alice");
    caller.refresh();
    assert_eq!(caller.me("/dj-rest-auth/user/"), "alice");
    assert_eq!(caller.revoke(), true);
}

#[test]
fn ninja_jwt() {
    let caller = Caller::of(packages());
    let login = caller.obtain("--preset ninja-jwt");
    assert_eq!(
        (&login["scheme"], &login["refreshes"]),
        (&json!("Bearer"), &json!(true))
    );
    assert_eq!(caller.me("/api/ninja/me"), "alice");
    caller.run("token verify").expect(0);
    caller.refresh();
    let said = caller.home.run_with_input(
        &format!(
            "token obtain -u alice --preset ninja-jwt --password-stdin --base-url {}",
            caller.base
        ),
        "wrong",
    );
    assert!(
        said.expect(3)
            .stderr
            .contains("refused the credentials: No active account")
    );
}

#[test]
fn knox() {
    let caller = Caller::of(packages());
    let login = caller.obtain("--preset knox");
    assert_eq!(login["scheme"], "Token");
    assert_eq!(login["access"]["state"], "valid");
    let left = login["access"]["expires_in_s"].as_i64().unwrap();
    assert!((35_990..=36_000).contains(&left), "{left}");
    assert_eq!(caller.me("/api/me/knox/"), "alice");
    caller
        .run("token verify --verify-path /api/me/knox/")
        .expect(0);
    assert_eq!(caller.revoke(), true);
}

#[test]
fn django_oauth_toolkit_with_a_password() {
    let caller = Caller::of(packages());
    caller.home.write("secret", "password-secret\n");
    let login = caller.obtain(
        "--preset oauth2-password --client-id password --client-secret-file secret --scope read",
    );
    assert_eq!(
        (&login["scheme"], &login["refreshes"]),
        (&json!("Bearer"), &json!(true))
    );
    assert_eq!(caller.me("/api/me/oauth/"), "alice");
    caller.refresh();
    assert_eq!(caller.me("/api/me/oauth/"), "alice");
    assert_eq!(caller.revoke(), true);
    caller.home.write("secret", "wrong");
    let line = format!(
        "token obtain -u alice --preset oauth2-password --client-id password --client-secret-file secret \
         --password-stdin --base-url {}",
        caller.base
    );
    let said = caller.home.run_with_input(&line, "alice-pass").expect(3);
    assert!(
        said.stderr
            .contains("refused the credentials: invalid_client"),
        "{}",
        said.stderr
    );
}

#[test]
fn django_oauth_toolkit_with_client_credentials() {
    let caller = Caller::of(packages());
    caller.home.write("secret", "client-credentials-secret\n");
    caller
        .run("token obtain --preset oauth2-client-credentials --client-id client-credentials --client-secret-file secret")
        .expect(0);
    assert_eq!(caller.me("/api/me/application/"), "client-credentials");
    caller.refresh();
    assert_eq!(caller.me("/api/me/application/"), "client-credentials");
}

#[test]
fn what_a_place_speaks_is_found_by_asking() {
    let caller = Caller::of(packages());
    for (path, preset) in [
        ("/auth/jwt/create/", "simplejwt"),
        ("/auth/token/login/", "djoser-token"),
        ("/api-token-auth/", "authtoken"),
        ("/api/token/", "simplejwt"),
    ] {
        let login = caller.obtain(&format!("--obtain-path {path}"));
        assert_eq!(login["preset"], preset, "{path}");
    }
    let login = caller.obtain("--obtain-path /auth/jwt/create/");
    assert_eq!(login["refreshes"], true);
    caller.refresh();
}

#[test]
fn a_bare_login_finds_the_one_package_that_is_there() {
    let cases: [(&str, &[&'static str], &str, bool); 6] = [
        (
            "djoser",
            &["/auth/jwt/", "/auth/users/"],
            "/auth/users/me/",
            true,
        ),
        (
            "djoser-token",
            &["/auth/token/", "/auth/users/"],
            "/auth/users/me/",
            false,
        ),
        (
            "dj-rest-auth",
            &["/dj-rest-auth/"],
            "/dj-rest-auth/user/",
            false,
        ),
        (
            "ninja-jwt",
            &["/api/token/pair", "/api/token/refresh", "/api/ninja/"],
            "/api/ninja/me",
            true,
        ),
        (
            "authtoken",
            &["/api-token-auth/", "/api/me/"],
            "/api/me/token/",
            false,
        ),
        ("knox", &["/api/auth/", "/api/me/"], "/api/me/knox/", false),
    ];
    for (preset, paths, me, refreshes) in cases {
        let shown = move |path: &str| {
            // simplejwt's routes end in a slash, ninja's do not.
            let ninja = !path.ends_with('/') || preset != "ninja-jwt";
            ninja && paths.iter().any(|prefix| path.starts_with(prefix))
        };
        let server = relay::to(packages().address(), shown);
        let caller = Caller {
            home: Home::new(),
            base: server.url(),
        };
        let login = caller.obtain("");
        assert_eq!(login["preset"], preset);
        assert_eq!(login["refreshes"], refreshes, "{preset}");
        assert_eq!(caller.me(me), "alice", "{preset}");
    }
}
