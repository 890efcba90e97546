//! One candidate secret against one token. What does not depend on the secret is done once.

use ring::hmac;
use sha2::compress256;
use sha2::digest::core_api;
use sha2::{Digest, Sha256, Sha256VarCore};

use crate::jwt::algorithm::Algorithm;
use crate::jwt::json;
use crate::jwt::segments::{self, Segment, Segments};
use crate::jwt::verify::hmac_of;

type Block = core_api::Block<Sha256VarCore>;

/// The state before the first block (FIPS 180-4 §5.3.3).
const START: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// A token whose secret is looked for.
#[derive(Debug, Clone)]
pub struct Search {
    algorithm: Algorithm,
    message: Vec<u8>,
    signature: Vec<u8>,
    /// The message with SHA-256's padding, as it follows the inner key block.
    blocks: Vec<Block>,
    wanted: [u32; 8],
}

impl Search {
    /// Prepares a token; `None` when it is not signed with a shared secret.
    pub fn new(token: &str) -> Option<Self> {
        let Segments::Signed {
            header,
            signature: Some(signature),
            signed,
            ..
        } = segments::split(token.trim()).ok()?
        else {
            return None;
        };
        let header = json::object(
            &segments::strict(header, Segment::Header).ok()?,
            Segment::Header,
        )
        .ok()?;
        let algorithm: Algorithm = header.get("alg")?.as_str()?.parse().ok()?;
        let message = signed.as_bytes().to_vec();
        let signature = segments::strict(signature, Segment::Signature).ok()?;
        if algorithm.hmac_bytes()? != signature.len() {
            return None;
        }
        Some(Self {
            algorithm,
            blocks: padded(&message),
            wanted: words(&signature),
            message,
            signature,
        })
    }

    /// Whether this is the secret.
    pub fn matches(&self, candidate: &[u8]) -> bool {
        if self.algorithm == Algorithm::HS256 {
            return self.matches_sha256(candidate);
        }
        hmac_of(self.algorithm).is_some_and(|algorithm| {
            let key = hmac::Key::new(algorithm, candidate);
            hmac::verify(&key, &self.message, &self.signature).is_ok()
        })
    }

    /// HMAC (RFC 2104) without the copies of a general implementation: one block for each padded key,
    /// the prepared message, one block for the inner digest.
    fn matches_sha256(&self, candidate: &[u8]) -> bool {
        let mut pad = Block::default();
        if candidate.len() <= 64 {
            pad[..candidate.len()].copy_from_slice(candidate);
        } else {
            pad[..32].copy_from_slice(&Sha256::digest(candidate));
        }
        for byte in &mut pad {
            *byte ^= 0x36;
        }
        let mut inner = START;
        compress256(&mut inner, std::slice::from_ref(&pad));
        compress256(&mut inner, &self.blocks);
        for byte in &mut pad {
            *byte ^= 0x36 ^ 0x5c;
        }
        let mut last = Block::default();
        for (bytes, word) in last.chunks_exact_mut(4).zip(inner) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        last[32] = 0x80;
        // 96 bytes: the key block and the inner digest.
        last[62..].copy_from_slice(&768_u16.to_be_bytes());
        let mut outer = START;
        compress256(&mut outer, &[pad, last]);
        outer == self.wanted
    }

    /// The first line of a text that is the secret: its number, counted from 0, and itself. Line
    /// breaks of both kinds end a line.
    pub fn first_match<'t>(&self, text: &'t [u8]) -> Option<(usize, &'t [u8])> {
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', text).chain(std::iter::once(text.len()));
        for (number, end) in ends.enumerate() {
            let line = &text[start..end];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if self.matches(line) {
                return Some((number, line));
            }
            start = end + 1;
        }
        None
    }
}

/// The message in blocks with padding, its length counted with the key block before it.
fn padded(message: &[u8]) -> Vec<Block> {
    let mut bytes = message.to_vec();
    bytes.push(0x80);
    while bytes.len() % 64 != 56 {
        bytes.push(0);
    }
    bytes.extend(((message.len() as u64 + 64) * 8).to_be_bytes());
    bytes
        .chunks_exact(64)
        .map(|chunk| {
            let mut block = Block::default();
            block.copy_from_slice(chunk);
            block
        })
        .collect()
}

fn words(signature: &[u8]) -> [u32; 8] {
    let mut words = [0; 8];
    for (word, bytes) in words.iter_mut().zip(signature.chunks_exact(4)) {
        *word = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jwt::{read_secret, sign};
    use serde_json::{Map, json};

    proptest::proptest! {
        #[test]
        fn a_secret_is_found_and_no_other(secret in proptest::collection::vec(1_u8..=255, 1..150), fill in 0_usize..200, size in 0_usize..3) {
            let algorithm = [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512][size];
            // A line break at the end of a key file does not belong to the secret.
            let secret: Vec<u8> = secret.into_iter().map(|byte| if matches!(byte, b'\n' | b'\r') { b'.' } else { byte }).collect();
            let key = read_secret(&secret);
            proptest::prop_assume!(key.is_ok());
            let claims = json!({"x": "y".repeat(fill)});
            let token = sign(&Map::new(), claims.as_object().unwrap(), &key.unwrap(), algorithm, true).unwrap();
            let search = Search::new(&token).unwrap();
            proptest::prop_assert!(search.matches(&secret));
            let mut other = secret.clone();
            other[0] ^= 1;
            proptest::prop_assert!(!search.matches(&other));
            let list = [b"one\r\n".as_slice(), &secret, b"\r\nthree"].concat();
            proptest::prop_assert_eq!(search.first_match(&list), Some((1, secret.as_slice())));
        }
    }

    #[test]
    fn tokens_without_a_shared_secret_are_not_searched() {
        for token in [
            "eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
            "eyJhbGciOiJub25lIn0.e30.",
            "x",
            "a.b.c.d.e",
        ] {
            assert!(Search::new(token).is_none(), "{token}");
        }
    }
}
