//! The published examples of the JOSE standards: RFC 7515 appendix A, RFC 7517 appendix A, RFC 7638 §3.1, RFC 8037.

use apictl::jwt::{self, Policy, Status, Verifier};
use serde_json::{Map, Value};

fn vectors() -> Value {
    serde_json::from_str(include_str!("jose_vectors.json")).unwrap()
}

fn keys(jwk: &Value) -> Vec<jwt::Key> {
    jwt::read_keys(jwk.to_string().as_bytes()).unwrap()
}

/// Whether the signature check alone passed: the examples have expired or carry no claims.
fn signature_is_good(keys: &[jwt::Key], token: &str) -> bool {
    let verdict = Verifier::new(keys, Policy::default())
        .unwrap()
        .verify(token, 0.0);
    verdict
        .checks
        .iter()
        .any(|check| check.check == "signature" && check.status == Status::Pass)
}

#[test]
fn the_signed_examples_of_the_standards_verify_and_no_changed_one_does() {
    for example in vectors()["signatures"].as_array().unwrap() {
        let token = example["token"].as_str().unwrap();
        let keys = keys(&example["jwk"]);
        assert!(signature_is_good(&keys, token), "{}", example["source"]);
        let (message, signature) = token.rsplit_once('.').unwrap();
        let flipped = if signature.starts_with('A') { "B" } else { "A" };
        let forged = format!("{message}.{flipped}{}", &signature[1..]);
        assert!(!signature_is_good(&keys, &forged), "{}", example["source"]);
    }
}

#[test]
fn deterministic_examples_are_signed_to_the_same_bytes() {
    for example in vectors()["signatures"].as_array().unwrap() {
        let alg = example["alg"].as_str().unwrap();
        if !matches!(alg, "RS256" | "EdDSA" | "HS256") {
            continue;
        }
        // The examples' JSON has line breaks that no writer reproduces: only what we write is compared.
        let key = &keys(&example["jwk"])[0];
        let token = jwt::sign(&Map::new(), &Map::new(), key, alg.parse().unwrap(), false).unwrap();
        let again = jwt::sign(&Map::new(), &Map::new(), key, alg.parse().unwrap(), false).unwrap();
        assert_eq!(token, again);
        assert!(signature_is_good(&keys(&example["jwk"]), &token));
    }
}

#[test]
fn the_key_sets_of_the_standards_are_read_and_written_back() {
    for example in vectors()["sets"].as_array().unwrap() {
        let source = &example["source"];
        let keys = keys(&example["set"]);
        let listed = example["set"]["keys"].as_array().unwrap();
        assert_eq!(keys.len(), listed.len(), "{source}");
        for (key, original) in keys.iter().zip(listed) {
            assert_eq!(key.kid.as_deref(), original["kid"].as_str(), "{source}");
            let written = if original.get("d").is_some() || original["kty"] == "oct" {
                jwt::private_jwk(key)
            } else {
                jwt::public_jwk(key)
            };
            assert_eq!(Value::Object(written.unwrap()), *original, "{source}");
        }
        if let Some(thumbprints) = example["thumbprints"].as_array() {
            let ours: Vec<Value> = keys.iter().map(|key| jwt::thumbprint(key).into()).collect();
            assert_eq!(&ours, thumbprints, "{source}");
        }
    }
}
