//! Verification as a whole, by outcome.

use serde_json::{Map, Value, json};

use super::{Policy, Reason, Verifier, VerifierError};
use crate::jwt::segments;
use crate::jwt::{Algorithm, Key};
use crate::jwt::{KeyType, generate, sign};

const NOW: f64 = 1_700_000_000.0;

fn secret() -> Key {
    crate::jwt::read_secret(&[b'k'; 64]).unwrap()
}

fn token(header: &Value, claims: &Value) -> String {
    let (header, claims) = (header.as_object().unwrap(), claims.as_object().unwrap());
    sign(header, claims, &secret(), Algorithm::HS256, false).unwrap()
}

fn reasons(policy: Policy, token: &str) -> Vec<Reason> {
    let verdict = Verifier::new(&[secret()], policy)
        .unwrap()
        .verify(token, NOW);
    let mut all: Vec<Reason> = verdict.failed().filter_map(|check| check.reason).collect();
    all.sort();
    assert_eq!(all.first().copied(), verdict.reason());
    all
}

fn plain(claims: &Value) -> Vec<Reason> {
    reasons(Policy::default(), &token(&json!({}), claims))
}

#[test]
fn the_leeway_is_none_unless_asked_for_and_a_day_at_most() {
    let at = |exp: f64, leeway_s: f64| {
        let policy = Policy {
            leeway_s,
            ..Policy::default()
        };
        reasons(policy, &token(&json!({}), &json!({"exp": exp})))
    };
    assert_eq!(at(NOW + 1.0, 0.0), []);
    assert_eq!(at(NOW, 0.0), [Reason::Expired]);
    assert_eq!(at(NOW - 900.0, 0.0), [Reason::Expired]);
    assert_eq!(at(NOW - 9.0, 10.0), []);
    assert_eq!(at(NOW - 10.0, 10.0), [Reason::Expired]);
    assert_eq!(at(NOW - 100_000.0, f64::MAX), [Reason::Expired]);
    assert_eq!(at(NOW - 100_000.0, f64::NAN), [Reason::Expired]);
}

#[test]
fn times_are_checked_on_both_sides_and_must_be_numbers() {
    assert_eq!(plain(&json!({"nbf": NOW + 1.0})), [Reason::NotYetValid]);
    assert_eq!(plain(&json!({"iat": NOW + 1.0})), [Reason::NotYetValid]);
    assert_eq!(plain(&json!({"nbf": NOW, "iat": NOW})), []);
    for odd in [
        json!("1800000000"),
        json!(null),
        json!(true),
        json!([1]),
        json!(1e300),
        json!(-1e300),
    ] {
        assert_eq!(plain(&json!({"exp": odd})), [Reason::ClaimType], "{odd}");
        assert_eq!(plain(&json!({"nbf": odd})), [Reason::ClaimType], "{odd}");
    }
}

#[test]
fn registered_claims_have_their_types() {
    for odd in [
        json!({"sub": 1}),
        json!({"jti": 7}),
        json!({"iss": ["x"]}),
        json!({"aud": 1}),
        json!({"aud": ["a", 1]}),
        json!({"sub": null}),
    ] {
        assert_eq!(plain(&odd), [Reason::ClaimType], "{odd}");
    }
    assert_eq!(
        plain(&json!({"sub": "1", "jti": "7", "iss": "x", "aud": ["a"]})),
        []
    );
}

#[test]
fn every_failing_check_is_listed_at_once() {
    use Reason::{Audience, Expired, Issuer, MaxAge, MissingClaim, Signature, Subject, TokenType};
    let policy = Policy {
        audiences: vec!["api".to_owned()],
        issuers: vec!["https://a".to_owned()],
        subject: Some("7".to_owned()),
        token_type: Some("access".to_owned()),
        required: vec!["jti".to_owned()],
        max_age_s: Some(60.0),
        ..Policy::default()
    };
    let claims = json!({"exp": 1, "iat": 1, "iss": "https://b", "aud": "web", "sub": "8", "token_type": "refresh"});
    let mut wanted = vec![
        Signature,
        Expired,
        MaxAge,
        Issuer,
        Audience,
        Subject,
        TokenType,
        MissingClaim,
    ];
    let mut forged = token(&json!({}), &claims);
    forged.replace_range(forged.len() - 9..forged.len() - 8, "-");
    assert_eq!(reasons(policy.clone(), &forged), wanted);
    wanted.remove(0);
    assert_eq!(reasons(policy, &token(&json!({}), &claims)), wanted);
}

#[test]
fn an_expectation_is_not_met_by_an_absent_claim_or_another_type() {
    let with =
        |policy: &Policy, claims: Value| reasons(policy.clone(), &token(&json!({}), &claims));
    let aud = Policy {
        audiences: vec!["api".to_owned()],
        ..Policy::default()
    };
    for claims in [
        json!({}),
        json!({"aud": 7}),
        json!({"aud": null}),
        json!({"aud": []}),
        json!({"aud": ["web", 7]}),
        json!({"aud": ["api", 7]}),
        json!({"aud": {"api": 1}}),
    ] {
        assert_eq!(with(&aud, claims.clone())[0], Reason::Audience, "{claims}");
    }
    assert_eq!(with(&aud, json!({"aud": ["web", "api"]})), []);
    let iss = Policy {
        issuers: vec!["a".to_owned(), "b".to_owned()],
        ..Policy::default()
    };
    for claims in [json!({}), json!({"iss": ["a"]}), json!({"iss": "A"})] {
        assert_eq!(with(&iss, claims.clone())[0], Reason::Issuer, "{claims}");
    }
    assert_eq!(with(&iss, json!({"iss": "b"})), []);
    let required = Policy {
        required: vec!["tenant".to_owned()],
        ..Policy::default()
    };
    assert_eq!(
        with(&required, json!({"tenant": null})),
        [Reason::MissingClaim]
    );
    let age = Policy {
        max_age_s: Some(1.0),
        ..Policy::default()
    };
    assert_eq!(with(&age, json!({})), [Reason::MissingClaim]);
}

#[test]
fn critical_extensions_are_refused_even_when_well_signed() {
    for header in [
        json!({"crit": ["x"], "x": 1}),
        json!({"crit": []}),
        json!({"b64": false}),
        json!({"b64": true, "crit": ["b64"]}),
    ] {
        assert_eq!(
            reasons(Policy::default(), &token(&header, &json!({}))),
            [Reason::Crit],
            "{header}"
        );
    }
}

#[test]
fn the_token_has_no_say_in_the_algorithm() {
    let rsa = generate(KeyType::Rsa(2048)).unwrap();
    let pem = crate::jwt::public_pem(&rsa).unwrap();
    let public = crate::jwt::read_keys(pem.as_bytes()).unwrap();
    let confused = crate::jwt::Key::from(crate::jwt::key::Material::Oct(
        pem.clone().into_bytes().into(),
    ));
    let forged = sign(&Map::new(), &Map::new(), &confused, Algorithm::HS256, false).unwrap();
    let verdict = Verifier::new(&public, Policy::default())
        .unwrap()
        .verify(&forged, NOW);
    assert_eq!(verdict.reason(), Some(Reason::Algorithm));
    assert!(
        crate::jwt::read_secret(pem.as_bytes()).is_err(),
        "a public key is no secret"
    );
    for alg in ["none", "None", "nOnE", "", "hs256", "HS512 "] {
        let parts =
            crate::jwt::sign::unsigned(json!({"alg": alg}).as_object().unwrap(), &Map::new());
        for end in [".", ".c2ln"] {
            let forged = format!("{parts}{end}");
            assert!(
                reasons(Policy::default(), &forged).contains(&Reason::Algorithm),
                "{alg}"
            );
        }
    }
    let pinned = Policy {
        algorithms: vec![Algorithm::HS512],
        ..Policy::default()
    };
    assert_eq!(
        reasons(pinned, &token(&json!({}), &json!({}))),
        [Reason::Algorithm]
    );
    let wrong = Policy {
        algorithms: vec![Algorithm::HS256],
        ..Policy::default()
    };
    assert!(matches!(
        Verifier::new(&public, wrong),
        Err(VerifierError::WrongKind { .. })
    ));
}

#[test]
fn a_short_or_empty_secret_is_refused_unless_allowed() {
    for length in [0, 1, 31] {
        let key = crate::jwt::read_secret(&vec![b'x'; length]).unwrap();
        let keys = [key];
        assert!(matches!(
            Verifier::new(&keys, Policy::default()),
            Err(VerifierError::WeakKey(_))
        ));
        let token = sign(&Map::new(), &Map::new(), &keys[0], Algorithm::HS256, true).unwrap();
        let policy = Policy {
            allow_weak_key: true,
            ..Policy::default()
        };
        assert!(
            Verifier::new(&keys, policy)
                .unwrap()
                .verify(&token, NOW)
                .is_valid()
        );
    }
}

#[test]
fn a_set_is_searched_by_name_and_without_one_in_full() {
    let mut keys: Vec<Key> = (0..3)
        .map(|_| generate(KeyType::Ed25519).unwrap())
        .collect();
    for (number, key) in keys.iter_mut().enumerate() {
        key.kid = Some(number.to_string());
    }
    let by = |header: Value| {
        sign(
            header.as_object().unwrap(),
            &Map::new(),
            &keys[2],
            Algorithm::EdDSA,
            false,
        )
        .unwrap()
    };
    let verifier = Verifier::new(&keys, Policy::default()).unwrap();
    let reason = |header: Value| verifier.verify(&by(header), NOW).reason();
    assert_eq!(reason(json!({"kid": "2"})), None);
    assert_eq!(reason(json!({})), None);
    assert_eq!(reason(json!({"kid": "1"})), Some(Reason::Signature));
    assert_eq!(reason(json!({"kid": "9"})), Some(Reason::Key));
    assert_eq!(reason(json!({"kid": 2})), Some(Reason::Key));
}

#[test]
fn what_is_no_token_is_malformed() {
    let good = token(&json!({}), &json!({}));
    for text in [
        "",
        "a",
        "a.b",
        "a.b.c",
        &good.replacen('.', "..", 1),
        &format!("{good}="),
        &format!("{good}.x"),
        &good[..good.rfind('.').unwrap()],
    ] {
        assert_eq!(
            reasons(Policy::default(), text)[0],
            Reason::Malformed,
            "{text}"
        );
    }
    assert_eq!(reasons(Policy::default(), "a.b.c.d.e"), [Reason::Encrypted]);
    let part = |text: &str| segments::encode(text.as_bytes());
    let twice = format!(
        "{}.{}.x",
        part(r#"{"alg":"HS256"}"#),
        part(r#"{"exp":9999999999,"exp":1}"#)
    );
    assert_eq!(reasons(Policy::default(), &twice)[0], Reason::Malformed);
}
