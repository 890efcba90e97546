//! A token as it is: never refused for its algorithm, nothing dropped, nothing rounded.

use serde::Serialize;
use serde_json::{Map, Value};

use super::json;
use super::segments::{self, Malformed, Segment, Segments};
use super::warnings::{self, Warning};

/// What a token turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Three segments with a signature (JWS).
    Signed,
    /// Three segments, the last empty, or `alg` says `none`.
    Unsecured,
    /// Two segments: the signature was cut off.
    Truncated,
    /// Five segments (JWE).
    Encrypted,
}

/// What stands in a token's second segment.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// A JSON object: the claims.
    Claims(Map<String, Value>),
    /// Text that is not a JSON object, such as a nested token.
    Text(String),
    /// Bytes that are no text; their count.
    Binary(usize),
    /// Encrypted, not readable here.
    Encrypted,
}

/// A token taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// What it is.
    pub kind: Kind,
    /// The JOSE header, every member in its order; empty when it cannot be read.
    pub header: Map<String, Value>,
    /// The payload.
    pub payload: Payload,
    /// The last segment as it stands: the signature, or a JWE's authentication tag.
    pub signature: String,
    /// Segments that could not be read.
    pub faults: Vec<Malformed>,
    /// What its holder should know.
    pub warnings: Vec<Warning>,
}

impl Decoded {
    /// The claims, when there are any that can be read.
    pub fn claims(&self) -> Option<&Map<String, Value>> {
        match &self.payload {
            Payload::Claims(claims) => Some(claims),
            _ => None,
        }
    }
}

/// Takes a token apart. An error only when it has the wrong number of segments or neither its
/// header nor its claims can be read.
pub fn decode(token: &str) -> Result<Decoded, Malformed> {
    let token = token.trim();
    match segments::split(token)? {
        Segments::Signed {
            header,
            claims,
            signature,
            ..
        } => signed(token, header, claims, signature),
        Segments::Encrypted { header, rest } => {
            let (bytes, canonical) = segments::lenient(header, Segment::Header)?;
            let map = json::object(&bytes, Segment::Header)?;
            let mut decoded = Decoded {
                kind: Kind::Encrypted,
                header: map,
                payload: Payload::Encrypted,
                signature: rest[3].to_owned(),
                faults: Vec::new(),
                warnings: Vec::new(),
            };
            decoded.warnings = warnings::of(&decoded, token.len(), canonical, &text(&bytes), "");
            Ok(decoded)
        }
    }
}

fn signed(
    token: &str,
    header: &str,
    claims: &str,
    signature: Option<&str>,
) -> Result<Decoded, Malformed> {
    let mut canonical = signature.is_none_or(|s| segments::strict(s, Segment::Signature).is_ok());
    let mut faults = Vec::new();

    let mut header_text = String::new();
    let read = segments::lenient(header, Segment::Header).and_then(|(bytes, strict)| {
        canonical &= strict;
        header_text = text(&bytes);
        json::object(&bytes, Segment::Header)
    });
    let header = read.unwrap_or_else(|fault| {
        faults.push(fault);
        Map::new()
    });

    let mut claims_text = String::new();
    let payload = match segments::lenient(claims, Segment::Claims) {
        Ok((bytes, strict)) => {
            canonical &= strict;
            claims_text = text(&bytes);
            match json::object(&bytes, Segment::Claims) {
                Ok(map) => Payload::Claims(map),
                Err(fault) => {
                    faults.push(fault);
                    let length = bytes.len();
                    String::from_utf8(bytes).map_or(Payload::Binary(length), Payload::Text)
                }
            }
        }
        Err(fault) => {
            faults.push(fault);
            Payload::Text(claims.to_owned())
        }
    };
    if faults.len() == 2 {
        return Err(faults.swap_remove(0));
    }

    let unsecured = signature == Some("") || header.get("alg").is_some_and(says_none);
    let mut decoded = Decoded {
        kind: match signature {
            None => Kind::Truncated,
            Some(_) if unsecured => Kind::Unsecured,
            Some(_) => Kind::Signed,
        },
        header,
        payload,
        signature: signature.unwrap_or_default().to_owned(),
        faults,
        warnings: Vec::new(),
    };
    decoded.warnings = warnings::of(&decoded, token.len(), canonical, &header_text, &claims_text);
    Ok(decoded)
}

fn says_none(alg: &Value) -> bool {
    alg.as_str()
        .is_some_and(|alg| alg.eq_ignore_ascii_case("none"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, claims: &str) -> String {
        let part = |text: &str| segments::encode(text.as_bytes());
        format!("{}.{}.c2ln", part(header), part(claims))
    }

    #[test]
    fn no_algorithm_makes_it_fail() {
        for alg in ["none", "ES512", "ES256K", "Ed448", "XX999", ""] {
            let decoded = decode(&token(&format!("{{\"alg\":\"{alg}\"}}"), "{\"a\":1}")).unwrap();
            assert_eq!(decoded.header["alg"], alg);
            assert!(decoded.claims().is_some());
        }
        for header in [
            "{}",
            r#"{"alg":null}"#,
            r#"{"alg":7}"#,
            r#"{"alg":["HS256"]}"#,
        ] {
            assert!(decode(&token(header, "{}")).is_ok(), "{header}");
        }
    }

    #[test]
    fn unknown_header_members_numbers_and_order_are_kept() {
        let header = r#"{"typ":"JWT","foo":{"z":1,"a":2},"crit":["foo"],"alg":"HS256"}"#;
        let claims = r#"{"z":12345678901234567890123,"exp":1e300,"a":1.50}"#;
        let decoded = decode(&token(header, claims)).unwrap();
        assert_eq!(serde_json::to_string(&decoded.header).unwrap(), header);
        let shown = serde_json::to_string(decoded.claims().unwrap()).unwrap();
        assert!(
            shown.starts_with(r#"{"z":12345678901234567890123,"exp":1e"#),
            "{shown}"
        );
        assert!(shown.ends_with(r#","a":1.50}"#), "{shown}");
    }

    #[test]
    fn an_encrypted_token_shows_its_header() {
        let header = segments::encode(br#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#);
        let decoded = decode(&format!("{header}.a.b.c.d")).unwrap();
        assert_eq!(decoded.kind, Kind::Encrypted);
        assert_eq!(decoded.header["enc"], "A256GCM");
        assert_eq!(decoded.signature, "d");
    }

    #[test]
    fn one_unreadable_part_does_not_hide_the_other() {
        let claims = segments::encode(br#"{"sub":"1"}"#);
        let decoded = decode(&format!("!!!.{claims}.x")).unwrap();
        assert_eq!(decoded.claims().unwrap()["sub"], "1");
        assert_eq!(decoded.faults.len(), 1);
        let decoded = decode(&format!(
            "{}.AAAA.x",
            segments::encode(br#"{"alg":"HS256"}"#)
        ))
        .unwrap();
        assert_eq!(decoded.payload, Payload::Text("\0\0\0".to_owned()));
        assert!(decode("abc.def.ghi").is_err());
    }

    #[test]
    fn a_token_without_its_signature_is_told_apart_from_an_unsecured_one() {
        let kind = |token: &str| decode(token).unwrap().kind;
        let whole = token(r#"{"alg":"HS256"}"#, "{}");
        assert_eq!(kind(&whole), Kind::Signed);
        assert_eq!(kind(whole.rsplit_once('.').unwrap().0), Kind::Truncated);
        assert_eq!(kind(whole.trim_end_matches("c2ln")), Kind::Unsecured);
        assert_eq!(kind(&token(r#"{"alg":"nOnE"}"#, "{}")), Kind::Unsecured);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_decoded_without_a_panic(text in "\\PC{0,200}", parts in "[A-Za-z0-9_.=+-]{0,200}") {
            let _ = decode(&text);
            let _ = decode(&parts);
        }

        #[test]
        fn any_bytes_in_the_segments_are_decoded_without_a_panic(header: Vec<u8>, claims: Vec<u8>) {
            let token = format!("{}.{}.", segments::encode(&header), segments::encode(&claims));
            let _ = decode(&token);
        }
    }
}
