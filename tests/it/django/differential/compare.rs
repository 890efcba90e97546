//! What two replies have in common, and what not. Only the clock, token ids and signatures are passed over, and
//! what `exceptions` lists.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::GzDecoder;

use super::exceptions::level;
use super::step::Step;
use super::wire::Raw;

/// A reply with its tokens opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    pub status: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl From<Raw> for Seen {
    fn from(raw: Raw) -> Self {
        let zipped = ("Content-Encoding".to_owned(), "gzip".to_owned());
        let mut plain = Vec::new();
        if raw.headers.contains(&zipped) && !raw.body.is_empty() {
            GzDecoder::new(&raw.body[..])
                .read_to_end(&mut plain)
                .unwrap();
        } else {
            plain = raw.body;
        }
        Self {
            status: raw.status,
            headers: raw.headers,
            body: opened(&String::from_utf8_lossy(&plain)),
        }
    }
}

impl Seen {
    /// Replaces the values of a field.
    pub fn blank(&mut self, name: &str) {
        for (known, value) in &mut self.headers {
            if known == name {
                "…".clone_into(value);
            }
        }
    }

    /// Gives a field another name.
    pub fn rename(&mut self, name: &str, other: &str) {
        for (known, _) in &mut self.headers {
            if known == name {
                other.clone_into(known);
            }
        }
    }

    /// The whole reply as text, without the clock and what may differ.
    fn comparable(mut self, step: &Step) -> String {
        self.blank("Date");
        level(step, &mut self);
        let fields = self
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\n"));
        format!(
            "{}\n{}\n{}",
            self.status,
            fields.collect::<String>(),
            self.body
        )
    }
}

/// Describes the difference between two replies, unless it is a known one.
pub fn difference(step: &Step, theirs: Seen, ours: Seen) -> Option<String> {
    let (left, right) = (theirs.comparable(step), ours.comparable(step));
    if left == right {
        return None;
    }
    let mut lines = String::new();
    for (theirs, ours) in left.lines().zip(right.lines()) {
        if theirs != ours {
            lines.push_str(&format!("  reference {theirs}\n  embedded  {ours}\n"));
        }
    }
    let (rows, others) = (left.lines().count(), right.lines().count());
    if rows != others {
        lines.push_str(&format!(
            "  {rows} lines against {others}:\n{left:?}\n{right:?}"
        ));
    }
    Some(lines)
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
