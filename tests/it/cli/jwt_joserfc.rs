//! Cross-checks with joserfc, Authlib's implementation of JOSE: tokens, keys as JWK and thumbprints, both ways, for every
//! algorithm.

use serde_json::{Value, json};

use super::jwt_pyjwt::{ALGORITHMS, python};
use crate::support::binary::Home;

/// Makes a key and a token for every algorithm, with the key's thumbprint (RFC 7638), and a token by another key.
const SIGN: &str = r#"
import json, sys
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey, ECKey, OKPKey
curves = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521", "ES256K": "secp256k1"}
def make(alg):
    if alg.startswith("HS"):
        return OctKey.generate_key(512)
    if alg in curves:
        return ECKey.generate_key(curves[alg])
    if alg == "EdDSA":
        return OKPKey.generate_key("Ed25519")
    return RSAKey.generate_key(2048)
claims = {"token_type": "access", "exp": 4102444800, "jti": "x", "user_id": "1", "name": "Zoë \u202e"}
out = []
for alg in sys.argv[1:]:
    key = make(alg)
    sign = lambda key: jwt.encode({"alg": alg, "typ": "JWT"}, claims, key, algorithms=[alg])
    public = key.as_dict() if alg.startswith("HS") else key.as_dict(private=False)
    out.append({"alg": alg, "private": key.as_dict(private=True), "public": public,
                "thumbprint": key.thumbprint(), "token": sign(key), "forged": sign(make(alg))})
print(json.dumps(out))
"#;

/// Verifies tokens made by the binary with keys made by the binary, and prints claims and thumbprints.
const VERIFY: &str = r#"
import json, sys
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import import_key
out = []
for case in json.load(sys.stdin):
    key = import_key(case["jwk"])
    token = jwt.decode(case["token"], key, algorithms=[case["alg"]])
    try:
        jwt.decode(case["token"][:-8] + "AAAAAAAA", key, algorithms=[case["alg"]])
        out.append({"accepted": "a forged signature"})
    except BadSignatureError:
        out.append({"claims": token.claims, "header": token.header, "thumbprint": key.thumbprint()})
print(json.dumps(out))
"#;

#[test]
fn what_joserfc_signs_is_verified_and_what_is_signed_here_joserfc_verifies() {
    let home = Home::new();
    let theirs = python(SIGN, &ALGORITHMS, "");
    let mut ours = Vec::new();
    for case in theirs.as_array().unwrap() {
        let alg = case["alg"].as_str().unwrap();
        home.write("private.jwk", &case["private"].to_string());
        home.write("public.jwk", &case["public"].to_string());
        home.write("token", case["token"].as_str().unwrap());
        home.write("forged", case["forged"].as_str().unwrap());
        let keys: &[&str] = if alg.starts_with("HS") {
            &["private.jwk"]
        } else {
            &["private.jwk", "public.jwk"]
        };
        for key in keys {
            let said = home
                .run(&format!(
                    "jwt verify @token --key {key} --token-type access --format json"
                ))
                .expect(0);
            assert_eq!(said.json()["claims"]["name"], "Zoë \u{202e}", "{alg}");
            let said = home
                .run(&format!("jwt verify @forged --key {key} --format json"))
                .expect(1);
            assert_eq!(said.json()["reason"], "signature", "{alg}");
        }
        // The other way, the key is made here.
        let made = home
            .run(&format!("jwt keygen {alg} --form jwk"))
            .expect(0)
            .json();
        home.write("made.jwk", &made.to_string());
        let signed = home
            .run(&format!("jwt sign --key made.jwk --alg {alg} -c user_id=1 -c n:=12345678901234567890 --exp 5m"))
            .expect(0);
        ours.push(json!({"alg": alg, "jwk": made, "token": signed.stdout.trim()}));
        // Their key under the name that RFC 7638 gives it.
        let named = home
            .run("jwt keygen --from private.jwk --form jwk")
            .expect(0)
            .json();
        if !alg.starts_with("HS") {
            assert_eq!(named["kid"], case["thumbprint"], "{alg}");
        }
    }
    assert_eq!(ours.len(), ALGORITHMS.len());
    let answers = python(VERIFY, &[], &Value::from(ours.clone()).to_string());
    for (answer, ours) in answers.as_array().unwrap().iter().zip(&ours) {
        assert_eq!(answer["claims"]["user_id"], "1", "{ours}: {answer}");
        assert_eq!(
            answer["claims"]["n"].to_string(),
            "12345678901234567890",
            "{ours}"
        );
        if ours["jwk"]["kty"] != "oct" {
            assert_eq!(answer["thumbprint"], ours["jwk"]["kid"], "{ours}");
        }
    }
}
