//! Any token is judged with keys of every kind, alone and in bulk, and both ways agree. So that more than broken signatures
//! is seen, the input is also signed: as a header and claims, whatever they are.

#![no_main]

use std::sync::LazyLock;

use apictl_fuzz::jwt::{Key, KeyType, Curve, Policy, Verifier, generate, read_secret};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::fuzz_target;

const NOW: f64 = 1_700_000_000.0;
const SECRET: [u8; 64] = [b'k'; 64];

static VERIFIERS: LazyLock<Vec<Verifier>> = LazyLock::new(|| {
    let kinds = [KeyType::Rsa(2048), KeyType::Ec(Curve::P256), KeyType::Ec(Curve::P521), KeyType::Ed25519];
    let mut keys: Vec<Key> = kinds.into_iter().map(|kind| generate(kind).expect("a key")).collect();
    keys.push(read_secret(&SECRET).expect("a secret"));
    let strict = Policy {
        audiences: vec!["api".to_owned()],
        issuers: vec!["me".to_owned()],
        required: vec!["jti".to_owned()],
        max_age_s: Some(60.0),
        leeway_s: 5.0,
        ..Policy::default()
    };
    vec![
        Verifier::new(&keys, Policy::default()).expect("keys"),
        Verifier::new(&keys[4..], Policy::default()).expect("a secret"),
        Verifier::new(&keys[4..], strict).expect("a secret"),
    ]
});

fn judge(token: &str) {
    for verifier in VERIFIERS.iter() {
        let alone = verifier.verify(token, NOW).is_valid();
        assert_eq!(verifier.worker().refusal(token, NOW).is_none(), alone);
    }
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    judge(&text);
    let (header, claims) = data.split_at(data.iter().position(|byte| *byte == b'\n').unwrap_or(0));
    let header = if header.is_empty() { br#"{"alg":"HS256"}"# } else { header };
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let message = format!("{}.{}", part(header), part(claims));
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &SECRET);
    let signature = ring::hmac::sign(&key, message.as_bytes());
    judge(&format!("{message}.{}", part(signature.as_ref())));
});
