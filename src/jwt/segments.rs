//! The compact form cut at its dots (RFC 7515 §3.1, RFC 7516 §3.1), whatever the algorithm.

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, URL_SAFE_NO_PAD};

/// What base64url that a strict reader would refuse is read with, for display only.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Which part of a token a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// The first part: the JOSE header.
    Header,
    /// The second part of a signed token.
    Claims,
    /// The third part of a signed token.
    Signature,
}

impl std::fmt::Display for Segment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Header => "header",
            Self::Claims => "claims segment",
            Self::Signature => "signature",
        })
    }
}

/// Why a text is not a JSON Web Token that can be worked with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Neither three parts (signed) nor five (encrypted).
    #[error("a token has 3 segments, or 5 when encrypted; this has {0}")]
    Count(usize),
    /// A part is not unpadded base64url.
    #[error("the {0} is not base64url: {1}")]
    Base64(Segment, String),
    /// A part is not a JSON object in UTF-8.
    #[error("the {0} is not a JSON object: {1}")]
    Json(Segment, String),
    /// Five parts: the claims cannot be read without the recipient's key.
    #[error("the token is encrypted (JWE): its claims cannot be read without the key")]
    Encrypted,
}

/// A token cut at its dots; nothing is decoded yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Segments<'t> {
    /// Three parts, or two when the signature and its dot were cut off.
    Signed {
        /// The JOSE header, base64url.
        header: &'t str,
        /// The payload, base64url.
        claims: &'t str,
        /// The signature, base64url; `None` when there is no second dot.
        signature: Option<&'t str>,
        /// Header, dot and payload: the bytes that are signed.
        signed: &'t str,
    },
    /// Five parts.
    Encrypted {
        /// The JOSE header, base64url.
        header: &'t str,
        /// The other four: encrypted key, initialisation vector, ciphertext, tag.
        rest: [&'t str; 4],
    },
}

/// Cuts a token at its dots.
pub(crate) fn split(token: &str) -> Result<Segments<'_>, Malformed> {
    let parts: Vec<&str> = token.splitn(7, '.').collect();
    match *parts.as_slice() {
        [header, claims] => Ok(Segments::Signed {
            header,
            claims,
            signature: None,
            signed: token,
        }),
        [header, claims, signature] => Ok(Segments::Signed {
            header,
            claims,
            signature: Some(signature),
            signed: &token[..header.len() + 1 + claims.len()],
        }),
        [header, key, iv, ciphertext, tag] => Ok(Segments::Encrypted {
            header,
            rest: [key, iv, ciphertext, tag],
        }),
        _ => Err(Malformed::Count(token.split('.').count())),
    }
}

/// The bytes of a part, read as strictly as RFC 7515 §2 asks: base64url, no padding, no stray bits.
pub(crate) fn strict(part: &str, segment: Segment) -> Result<Vec<u8>, Malformed> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|e| Malformed::Base64(segment, e.to_string()))
}

/// The bytes of a part and whether it was canonical: padding, `+` and `/`, and stray bits are read too,
/// because what is displayed may come from anywhere.
pub(crate) fn lenient(part: &str, segment: Segment) -> Result<(Vec<u8>, bool), Malformed> {
    match URL_SAFE_NO_PAD.decode(part) {
        Ok(bytes) => Ok((bytes, true)),
        Err(e) => {
            let url: String = part
                .trim_end_matches('=')
                .chars()
                .map(|c| match c {
                    '+' => '-',
                    '/' => '_',
                    other => other,
                })
                .collect();
            LENIENT
                .decode(url)
                .map(|bytes| (bytes, false))
                .map_err(|_| Malformed::Base64(segment, e.to_string()))
        }
    }
}

/// Writes a part: base64url without padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_and_six_segments_are_counted() {
        assert_eq!(split("a.b.c.d"), Err(Malformed::Count(4)));
        assert_eq!(split("a.b.c.d.e.f"), Err(Malformed::Count(6)));
        assert_eq!(split("a.b.c.d.e.f.g.h"), Err(Malformed::Count(8)));
        assert_eq!(split("a"), Err(Malformed::Count(1)));
    }

    #[test]
    fn the_signed_bytes_are_everything_before_the_last_dot() {
        let Ok(Segments::Signed { signed, .. }) = split("aa.bbb.c") else {
            panic!("three segments")
        };
        assert_eq!(signed, "aa.bbb");
    }

    #[test]
    fn stray_bits_and_padding_are_refused_strictly_and_noted_leniently() {
        assert!(strict("e30", Segment::Header).is_ok());
        for odd in ["e30=", "e31", "-_8="] {
            assert!(strict(odd, Segment::Header).is_err(), "{odd}");
            assert!(!lenient(odd, Segment::Header).unwrap().1, "{odd}");
        }
        assert_eq!(lenient("+/8", Segment::Header).unwrap().0, [0xfb, 0xff]);
    }
}
