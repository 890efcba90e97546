//! An API as simplejwt has it, as far as logins go, and alice's login there.

use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::binary::{Home, Said};
use super::fixture::{Asked, Fixture, reply};

/// The media type of every good reply.
pub const JSON: &str = "application/json";

/// A token that ends at `exp`; nothing checks its signature here.
pub fn jwt(exp: i64, name: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!(
        "{}.{}.{}",
        part(r#"{"alg":"HS256","typ":"JWT"}"#),
        part(&format!(
            r#"{{"token_type":"access","exp":{exp},"jti":"{name}"}}"#
        )),
        part(&format!("signature-{name}"))
    )
}

/// An `exp` that no test lives to see.
pub const FAR: i64 = 4_000_000_000;

/// An `exp` long ago.
pub const PAST: i64 = 1_000_000_000;

/// The body of simplejwt's login reply.
pub fn pair(access: &str, refresh: &str) -> String {
    format!(r#"{{"refresh":"{refresh}","access":"{access}"}}"#)
}

/// simplejwt as far as a login goes: tokens for any password but `wrong`, a challenge for bad refresh tokens.
pub fn api(access_exp: i64) -> Fixture {
    Fixture::new(move |asked| simplejwt(asked, access_exp))
}

/// One reply of [`api`].
pub fn simplejwt(asked: &Asked, access_exp: i64) -> Vec<u8> {
    let line = asked.line.as_str();
    if line.starts_with("POST /api/token/ ") && asked.body.contains("wrong") {
        return refusal("No active account found with the given credentials", "");
    }
    if line.starts_with("POST /api/token/ ") {
        return reply(
            "200 OK",
            JSON,
            &pair(&jwt(access_exp, "a1"), &jwt(FAR, "r1")),
        );
    }
    if line.starts_with("POST /api/token/refresh/ ") && asked.body.contains(&jwt(FAR, "r1")) {
        return reply("200 OK", JSON, &pair(&jwt(FAR, "a2"), &jwt(FAR, "r2")));
    }
    if line.starts_with("POST /api/token/refresh/ ") {
        return refusal("Token is invalid", "token_not_valid");
    }
    reply("404 Not Found", "text/html", "<h1>Not Found</h1>")
}

/// A 401 in simplejwt's words, which asks for the scheme `JWT`.
pub fn refusal(detail: &str, code: &str) -> Vec<u8> {
    let body = format!(r#"{{"detail":"{detail}","code":"{code}"}}"#);
    let length = body.len();
    format!(
        "HTTP/1.1 401 Unauthorized\r\nContent-Type: {JSON}\r\nWWW-Authenticate: JWT realm=\"api\"\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Logs alice in.
pub fn obtain(home: &Home, server: &Fixture, password: &str) -> Said {
    home.run_with_input(
        &format!(
            "token obtain -u alice --preset simplejwt --password-stdin --base-url {}",
            server.url()
        ),
        password,
    )
}

/// The file of a login.
pub fn record(home: &Home, server: &Fixture, name: &str) -> PathBuf {
    home.path()
        .join(".local/share/apictl/logins")
        .join(format!("http%3A%2F%2F127.0.0.1%3A{}", server.port()))
        .join(format!("{name}.json"))
}
