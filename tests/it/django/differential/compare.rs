//! What two replies have in common, and what not. Only the clock, token ids and signatures are passed over.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::exceptions::is_known;
use super::step::Step;
use super::wire::Raw;

/// A reply with its tokens opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub status: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl From<Raw> for Seen {
    fn from(raw: Raw) -> Self {
        Self {
            status: raw.status,
            headers: raw.headers,
            body: opened(&String::from_utf8_lossy(&raw.body)),
        }
    }
}

/// Describes the difference between two replies, unless it is a known one.
pub fn difference(step: &Step, theirs: &Seen, ours: &Seen) -> Option<String> {
    let (left, right) = (comparable(theirs), comparable(ours));
    if left == right || is_known(step, &left, &right) {
        return None;
    }
    let mut lines = String::new();
    for (theirs, ours) in left.lines().zip(right.lines()) {
        if theirs != ours {
            lines.push_str(&format!("  reference {theirs}\n  embedded  {ours}\n"));
        }
    }
    let (left, right) = (left.lines().count(), right.lines().count());
    if left != right {
        lines.push_str(&format!(
            "  {left} lines against {right}:\n{theirs:?}\n{ours:?}"
        ));
    }
    Some(lines)
}

/// The whole reply as text, with the clock's and the server's own name left out.
fn comparable(seen: &Seen) -> String {
    let mut text = format!("{}\n", seen.status);
    for (name, value) in &seen.headers {
        // The case of names means nothing (RFC 9110, 5.1), and hyper writes `Www-Authenticate`.
        let name = name.to_ascii_lowercase();
        let value = match name.as_str() {
            "date" | "server" | "expires" => "…",
            _ => value,
        };
        text.push_str(&format!("{name}: {value}\n"));
    }
    text + "\n" + &seen.body
}

/// The text with every compact JWS replaced by its header and claims, without `jti` and signature.
fn opened(body: &str) -> String {
    let mut out = String::new();
    for (index, part) in body.split('"').enumerate() {
        if index > 0 {
            out.push('"');
        }
        out.push_str(&token(part).unwrap_or_else(|| part.to_owned()));
    }
    out
}

fn token(text: &str) -> Option<String> {
    let mut parts = text.split('.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if !header.starts_with("eyJ") || parts.next().is_some() {
        return None;
    }
    let decoded = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).ok()?).ok();
    let claims = decoded(claims)?;
    let at = claims.find("\"jti\":\"")? + 7;
    let end = at + claims[at..].find('"')?;
    let hex = claims[at..end].bytes().all(|byte| byte.is_ascii_hexdigit());
    Some(format!(
        "<{} {}{}{} {}>",
        decoded(header)?,
        &claims[..at],
        if hex {
            (end - at).to_string()
        } else {
            "?".to_owned()
        },
        &claims[end..],
        signature.len()
    ))
}
