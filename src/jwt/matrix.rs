//! The tokens that a project's own test suite needs: one that must be accepted, and one for each
//! way in which a token must be refused (RFC 8725 §2).

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::algorithm::Algorithm;
use super::claims::numeric_date;
use super::compose::random_id;
use super::key::{Key, KeyType, Material, generate, public_jwk, public_pem};
use super::segments;
use super::sign::{SignError, sign, signature, unsigned, with_algorithm};

/// One token and what a correct server does with it.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// A stable name: `valid`, `expired`, `alg_none`, …
    pub name: &'static str,
    /// `accept` or `reject`.
    pub expect: &'static str,
    /// Why, in words; with the condition where a server may rightly do otherwise.
    pub why: &'static str,
    /// The token.
    pub token: String,
}

/// What the tokens are made from.
struct Model<'a> {
    header: &'a Map<String, Value>,
    claims: Map<String, Value>,
    key: &'a Key,
    algorithm: Algorithm,
    weak: bool,
    cases: Vec<Case>,
}

/// Makes every case from a header and claims at `now`, in seconds since 1970, signed by `key`.
pub fn matrix(
    header: &Map<String, Value>,
    claims: &Map<String, Value>,
    key: &Key,
    algorithm: Algorithm,
    allow_weak_key: bool,
    now: i64,
) -> Result<Vec<Case>, SignError> {
    let mut model = Model {
        header,
        claims: alive(claims, now),
        key,
        algorithm,
        weak: allow_weak_key,
        cases: Vec::new(),
    };
    let valid = model.signed(&model.claims.clone())?;
    model.push("valid", "nothing is wrong with it", valid.clone());
    model.cases[0].expect = "accept";
    model.times(now)?;
    model.claims()?;
    model.signatures(&valid)?;
    model.headers()?;
    Ok(model.cases)
}

/// Claims that are valid at `now`: five minutes to live unless they have longer.
fn alive(claims: &Map<String, Value>, now: i64) -> Map<String, Value> {
    let mut alive = claims.clone();
    #[expect(clippy::cast_precision_loss, reason = "seconds of the clock")]
    let lives = claims
        .get("exp")
        .and_then(numeric_date)
        .is_some_and(|exp| exp > now as f64);
    if !lives {
        alive.insert("exp".to_owned(), (now + 300).into());
        alive.insert("iat".to_owned(), now.into());
    }
    alive
}

impl Model<'_> {
    fn push(&mut self, name: &'static str, why: &'static str, token: String) {
        self.cases.push(Case {
            name,
            expect: "reject",
            why,
            token,
        });
    }

    fn signed(&self, claims: &Map<String, Value>) -> Result<String, SignError> {
        sign(self.header, claims, self.key, self.algorithm, self.weak)
    }

    /// A case whose claims differ from the valid ones, under a good signature.
    fn with(
        &mut self,
        name: &'static str,
        why: &'static str,
        changes: &[(&str, Value)],
    ) -> Result<(), SignError> {
        let mut claims = self.claims.clone();
        for (claim, value) in changes {
            claims.insert((*claim).to_owned(), value.clone());
        }
        let token = self.signed(&claims)?;
        self.push(name, why, token);
        Ok(())
    }

    fn without(
        &mut self,
        name: &'static str,
        why: &'static str,
        claim: &str,
    ) -> Result<(), SignError> {
        let mut claims = self.claims.clone();
        if claims.shift_remove(claim).is_some() {
            let token = self.signed(&claims)?;
            self.push(name, why, token);
        }
        Ok(())
    }

    fn times(&mut self, now: i64) -> Result<(), SignError> {
        let hour = 3600;
        let past = [("exp", json!(now - hour)), ("iat", json!(now - 2 * hour))];
        self.with("expired", "exp passed an hour ago", &past)?;
        self.with(
            "not_yet_valid",
            "nbf lies an hour ahead",
            &[("nbf", json!(now + hour))],
        )?;
        let ahead = [("iat", json!(now + hour)), ("exp", json!(now + 2 * hour))];
        self.with("issued_in_the_future", "iat lies an hour ahead", &ahead)?;
        self.without("no_expiry", "no exp: simplejwt requires one", "exp")?;
        self.with(
            "expiry_is_text",
            "exp is a text; a 500 instead of a 401 is a fault too",
            &[("exp", json!("tomorrow"))],
        )?;
        self.with(
            "expiry_is_huge",
            "exp is 1e300; a 500 instead of a 401 is a fault too",
            &[("exp", json!(1e300))],
        )
    }

    fn claims(&mut self) -> Result<(), SignError> {
        let other = json!("https://another-service.example");
        self.with(
            "wrong_audience",
            "aud names another service; accepted where the server sets no audience",
            &[("aud", other.clone())],
        )?;
        self.with(
            "wrong_issuer",
            "iss names another issuer; accepted where the server sets no issuer",
            &[("iss", other)],
        )?;
        let kind = match self.claims.get("token_type").and_then(Value::as_str) {
            Some("refresh") => "access",
            _ => "refresh",
        };
        self.with(
            "wrong_type",
            "a refresh token where an access token belongs, or the reverse",
            &[("token_type", json!(kind))],
        )?;
        self.without(
            "no_type",
            "no token_type: simplejwt requires one",
            "token_type",
        )?;
        self.without("no_id", "no jti: simplejwt requires one", "jti")
    }

    fn signatures(&mut self, valid: &str) -> Result<(), SignError> {
        let (message, signature_) = valid.rsplit_once('.').unwrap_or((valid, ""));
        let (header, _) = message.split_once('.').unwrap_or((message, ""));
        let mut claims = self.claims.clone();
        for name in ["user_id", "sub", "jti"] {
            if claims.contains_key(name) {
                claims.insert(name.to_owned(), json!(random_id()));
                break;
            }
        }
        claims.insert("is_superuser".to_owned(), json!(true));
        let edited = segments::encode(Value::Object(claims).to_string().as_bytes());
        self.push(
            "tampered",
            "the claims were edited, the signature was not",
            format!("{header}.{edited}.{signature_}"),
        );
        self.push(
            "no_signature",
            "the signature is empty",
            format!("{message}."),
        );
        self.push(
            "two_segments",
            "the signature is missing",
            message.to_owned(),
        );
        let half = &signature_[..signature_.len() / 2];
        self.push(
            "cut_signature",
            "half of the signature is missing",
            format!("{message}.{half}"),
        );
        let kind = match &self.key.material {
            Material::Oct(secret) => KeyType::Oct(secret.len().max(64)),
            _ => KeyType::for_algorithm(self.algorithm),
        };
        let other = generate(kind).map_err(|_| SignError::Unusable(self.key.kind()))?;
        let token = sign(self.header, &self.claims, &other, self.algorithm, true)?;
        self.push("other_key", "signed by another key of the same kind", token);
        Ok(())
    }

    fn headers(&mut self) -> Result<(), SignError> {
        for (name, alg) in [
            ("alg_none", "none"),
            ("alg_none_capital", "None"),
            ("alg_none_mixed", "nOnE"),
            ("alg_empty", ""),
        ] {
            let token = format!(
                "{}.",
                unsigned(&with_algorithm(self.header, alg), &self.claims)
            );
            self.push(name, "alg says that it is not signed", token);
        }
        self.keyed(
            "empty_secret",
            "signed with an empty secret",
            self.header,
            Vec::new(),
        )?;
        let mut header = self.header.clone();
        header.insert("kid".to_owned(), json!("../../../../dev/null"));
        self.keyed(
            "kid_is_a_path",
            "kid points at an empty file, which is the secret",
            &header,
            Vec::new(),
        )?;
        if let Some(pem) = public_pem(self.key) {
            self.keyed(
                "public_key_as_secret",
                "HS256 with the public key's PEM text as the secret",
                self.header,
                pem.into_bytes(),
            )?;
        }
        let mut header = self.header.clone();
        header.insert("crit".to_owned(), json!(["urn:example:unknown"]));
        header.insert("urn:example:unknown".to_owned(), json!(true));
        let token = sign(&header, &self.claims, self.key, self.algorithm, self.weak)?;
        self.push(
            "critical_extension",
            "crit demands an extension that nobody knows; PyJWT refuses it",
            token,
        );
        let own = generate(KeyType::Ec(super::Curve::P256))
            .map_err(|_| SignError::Unusable(self.key.kind()))?;
        let mut header = self.header.clone();
        header.insert("jwk".to_owned(), json!(public_jwk(&own)));
        let token = sign(&header, &self.claims, &own, Algorithm::ES256, false)?;
        self.push(
            "embedded_key",
            "the header brings the key that signed it",
            token,
        );
        Ok(())
    }

    /// A token signed with HS256 under a secret that is none.
    fn keyed(
        &mut self,
        name: &'static str,
        why: &'static str,
        header: &Map<String, Value>,
        secret: Vec<u8>,
    ) -> Result<(), SignError> {
        let key = Key::from(Material::Oct(secret.into()));
        let message = unsigned(&with_algorithm(header, "HS256"), &self.claims);
        let signature = signature(&key, Algorithm::HS256, message.as_bytes())?;
        self.push(name, why, format!("{message}.{signature}"));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jwt::{Policy, Verifier, read_keys};

    #[test]
    fn a_strict_verifier_accepts_the_first_and_refuses_all_others() {
        let claims = json!({"token_type": "access", "exp": 1, "iat": 0, "jti": "x", "user_id": "1", "aud": "api", "iss": "me"});
        let now = 1_700_000_000;
        for kind in [
            KeyType::Oct(64),
            KeyType::Rsa(2048),
            KeyType::Ed25519,
            KeyType::Ec(crate::jwt::Curve::P521),
        ] {
            let key = generate(kind).unwrap();
            let algorithm = key.algorithms()[0];
            let cases = matrix(
                &Map::new(),
                claims.as_object().unwrap(),
                &key,
                algorithm,
                false,
                now,
            )
            .unwrap();
            let policy = Policy {
                audiences: vec!["api".to_owned()],
                issuers: vec!["me".to_owned()],
                token_type: Some("access".to_owned()),
                required: vec!["exp".to_owned(), "jti".to_owned()],
                ..Policy::default()
            };
            let keys = public_pem(&key).map_or_else(
                || vec![key.clone()],
                |pem| read_keys(pem.as_bytes()).unwrap(),
            );
            let verifier = Verifier::new(&keys, policy).unwrap();
            assert!(cases.len() >= 22, "{}", cases.len());
            for case in cases {
                let verdict = verifier.verify(&case.token, 1_700_000_000.0);
                assert_eq!(
                    verdict.is_valid(),
                    case.expect == "accept",
                    "{}: {}",
                    case.name,
                    verdict.message()
                );
            }
        }
    }
}
