//! The same answer for many tokens at the speed of the arithmetic: buffers kept, headers remembered,
//! claims read without building them. What is not plainly valid is judged again in full.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use crate::jwt::json;
use crate::jwt::segments::{self, Segment};
use crate::jwt::times::timestamp;

use super::claims;
use super::plain;
use super::signature::Checker;
use super::verdict::Verdict;
use super::verifier::{Verifier, extensions};

/// Judges many tokens on one thread.
pub struct Worker<'v> {
    verifier: &'v Verifier,
    header: String,
    checkers: Vec<&'v Checker>,
    signature: Vec<u8>,
    claims: Vec<u8>,
}

/// The registered times, and the other names that must not be repeated: a repeated one is an error.
#[derive(Deserialize)]
#[expect(dead_code, reason = "these are read only to be met at most once")]
struct Times<'t> {
    #[serde(default, deserialize_with = "present")]
    exp: Option<f64>,
    #[serde(default, deserialize_with = "present")]
    nbf: Option<f64>,
    #[serde(default, deserialize_with = "present")]
    iat: Option<f64>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    iss: Option<&'t str>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    aud: Option<&'t str>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    sub: Option<&'t str>,
    #[serde(borrow, default, deserialize_with = "present_text")]
    jti: Option<&'t str>,
    token_type: Option<IgnoredAny>,
    alg: Option<IgnoredAny>,
    crit: Option<IgnoredAny>,
    b64: Option<IgnoredAny>,
    kid: Option<IgnoredAny>,
}

/// A number; `null` is none.
fn present<'de, D: Deserializer<'de>>(source: D) -> Result<Option<f64>, D::Error> {
    f64::deserialize(source).map(Some)
}

/// A text; anything else is left to the full reader.
fn present_text<'t, D: Deserializer<'t>>(source: D) -> Result<Option<&'t str>, D::Error> {
    <&str>::deserialize(source).map(Some)
}

/// Deeper texts are left to the full reader, which knows where to stop.
const BRACKETS: usize = 100;

impl<'v> Worker<'v> {
    pub(crate) fn new(verifier: &'v Verifier) -> Self {
        Self {
            verifier,
            header: String::new(),
            checkers: Vec::new(),
            signature: Vec::new(),
            claims: Vec::new(),
        }
    }

    /// Judges a token like [`Verifier::verify`]; `None` when it is valid.
    pub fn refusal(&mut self, token: &str, now: f64) -> Option<Verdict> {
        let token = token.trim();
        if self.accepts(token, now) == Some(true) {
            return None;
        }
        let verdict = self.verifier.verify(token, now);
        (!verdict.is_valid()).then_some(verdict)
    }

    /// Whether a token is plainly valid.
    fn accepts(&mut self, token: &str, now: f64) -> Option<bool> {
        if !self.verifier.policy.is_plain() {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        if header != self.header || self.header.is_empty() {
            self.remember(header)?;
        }
        self.signature.clear();
        URL_SAFE_NO_PAD
            .decode_vec(signature, &mut self.signature)
            .ok()?;
        let signature = &self.signature;
        if !self
            .checkers
            .iter()
            .any(|checker| checker.verifies(signed.as_bytes(), signature))
        {
            return None;
        }
        self.claims.clear();
        // A dot in the payload is no base64url, so more than three segments end here.
        URL_SAFE_NO_PAD.decode_vec(payload, &mut self.claims).ok()?;
        let text = std::str::from_utf8(&self.claims).ok()?;
        if memchr::memchr(b'\\', text.as_bytes()).is_some() {
            return None;
        }
        let leeway = claims::leeway(&self.verifier.policy);
        if let Some(times) = plain::times(text) {
            return Some(in_time([times.exp, times.nbf, times.iat], leeway, now));
        }
        let brackets = text
            .bytes()
            .filter(|byte| matches!(byte, b'{' | b'['))
            .count();
        if brackets > BRACKETS || text.contains(json::RESERVED) {
            return None;
        }
        let times: Times<'_> = serde_json::from_str(text)
            .ok()
            .filter(|_| text.trim_start().starts_with('{'))?;
        Some(in_time([times.exp, times.nbf, times.iat], leeway, now))
    }

    /// Works out which keys a header leaves, once for all tokens that share it.
    fn remember(&mut self, header: &str) -> Option<()> {
        self.header.clear();
        self.checkers.clear();
        let bytes = segments::strict(header, Segment::Header).ok()?;
        let map = json::object(&bytes, Segment::Header).ok()?;
        let repeated = !json::repeated_names(std::str::from_utf8(&bytes).ok()?).is_empty();
        if repeated || extensions(&map).is_some() {
            return None;
        }
        let chosen = self.verifier.choose(&map).ok()?;
        self.checkers
            .extend(chosen.into_iter().map(|(_, checker)| checker));
        header.clone_into(&mut self.header);
        Some(())
    }
}

/// Whether a token with these `exp`, `nbf` and `iat` is valid now.
fn in_time([exp, nbf, iat]: [Option<f64>; 3], leeway: f64, now: f64) -> bool {
    let known = |time: Option<f64>| time.is_none_or(|seconds| timestamp(seconds).is_some());
    known(exp)
        && known(nbf)
        && known(iat)
        && exp.is_none_or(|exp| exp > now - leeway)
        && nbf.is_none_or(|nbf| nbf <= now + leeway)
        && iat.is_none_or(|iat| iat <= now + leeway)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    use crate::jwt::{Policy, Verifier, read_secret, segments};

    const NOW: f64 = 1_700_000_000.0;

    /// Signs any two texts, whether or not they are JSON.
    fn signed(header: &str, claims: &str) -> String {
        let message = format!(
            "{}.{}",
            segments::encode(header.as_bytes()),
            segments::encode(claims.as_bytes())
        );
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &[b'k'; 64]);
        let signature = ring::hmac::sign(&key, message.as_bytes());
        format!("{message}.{}", segments::encode(signature.as_ref()))
    }

    fn verifier(policy: Policy) -> Verifier {
        Verifier::new(&[read_secret(&[b'k'; 64]).unwrap()], policy).unwrap()
    }

    #[track_caller]
    fn agree(header: &str, claims: &str) {
        let verifier = verifier(Policy::default());
        let token = signed(header, claims);
        let quick = verifier.worker().accepts(&token, NOW) == Some(true);
        let full = verifier.verify(&token, NOW).is_valid();
        assert!(!quick || full, "accepted {header} {claims}");
        assert_eq!(verifier.worker().refusal(&token, NOW).is_none(), full);
    }

    #[test]
    fn the_quick_way_takes_ordinary_tokens_and_leaves_odd_ones_to_the_full_way() {
        let hs = r#"{"alg":"HS256","typ":"JWT"}"#;
        let verifier = verifier(Policy::default());
        let token = signed(
            hs,
            r#"{"token_type":"access","exp":1700000001,"iat":1699999999.5,"jti":"x"}"#,
        );
        assert_eq!(verifier.worker().accepts(&token, NOW), Some(true));
        for claims in [
            r#"{"exp":null}"#,
            r#"{"exp":"1800000000"}"#,
            r#"{"exp":1e300}"#,
            r#"{"exp":1800000000,"exp":1}"#,
            r#"{"exp":1,"\u0065xp":1800000000}"#,
            r#"{"aud":1,"aud":2}"#,
            r#"{"aud":["a"]}"#,
            r#"{"sub":1}"#,
            r#"{"jti":null}"#,
            r#"{"x":{"exp":1,"exp":2}}"#,
            r#"{"x":{"$serde_json::private::Number":"1"}}"#,
            "[1]",
            "null",
            " {} ",
            "{} x",
            "{\"a\":\"\u{202e}\"}",
        ] {
            agree(hs, claims);
        }
        agree(
            hs,
            &format!("{{\"a\":{}{}}}", "[".repeat(200), "]".repeat(200)),
        );
        for header in [
            r#"{"alg":"HS256","crit":["x"]}"#,
            r#"{"alg":"HS256","alg":"HS256"}"#,
            r#"{"alg":"none"}"#,
            "{}",
            "7",
        ] {
            agree(header, "{}");
        }
    }

    #[test]
    fn a_remembered_header_does_not_vouch_for_the_next() {
        let verifier = verifier(Policy::default());
        let mut worker = verifier.worker();
        let good = signed(r#"{"alg":"HS256"}"#, "{}");
        let crit = signed(r#"{"alg":"HS256","crit":["x"]}"#, "{}");
        for (token, valid) in [(&good, true), (&crit, false), (&crit, false), (&good, true)] {
            assert_eq!(worker.refusal(token, NOW).is_none(), valid);
        }
    }

    proptest! {
        #[test]
        fn both_ways_agree(exp in 1_699_999_990_i64..1_700_000_010, nbf in prop::option::of(1_699_999_990_i64..1_700_000_010),
                           extra in "[a-z]{1,5}", value in "[\"{}\\[\\],:0-9a-z ]{0,12}") {
            let mut claims = Map::new();
            claims.insert("exp".to_owned(), exp.into());
            if let Some(nbf) = nbf {
                claims.insert("nbf".to_owned(), nbf.into());
            }
            claims.insert(extra.clone(), value.clone().into());
            agree(r#"{"alg":"HS256"}"#, &Value::Object(claims).to_string());
            agree(r#"{"alg":"HS256"}"#, &format!("{{\"exp\":{exp},\"{extra}\":{value}}}"));
        }

        #[test]
        fn any_text_is_judged_without_a_panic(text in "\\PC{0,120}", parts in "[A-Za-z0-9_.=-]{0,200}", claims in "\\PC{0,60}") {
            let verifier = verifier(Policy::default());
            for token in [text, parts, signed(r#"{"alg":"HS256"}"#, &claims)] {
                let full = verifier.verify(&token, NOW).is_valid();
                prop_assert_eq!(verifier.worker().refusal(&token, NOW).is_none(), full);
            }
        }
    }
}
