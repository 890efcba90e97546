//! Cross-checks with `PyJWT`, which simplejwt uses: what one signs the other verifies, for every algorithm.

use std::process::Command;

use serde_json::{Value, json};

use crate::support::binary::Home;
use crate::support::django;

/// Makes a key, a public key and a token for every algorithm, and one token with another key.
const SIGN: &str = r#"
import json, jwt, sys
from cryptography.hazmat.primitives.asymmetric import rsa, ec, ed25519
from cryptography.hazmat.primitives import serialization as s
curves = {"ES256": ec.SECP256R1, "ES384": ec.SECP384R1, "ES512": ec.SECP521R1, "ES256K": ec.SECP256K1}
shared_rsa = rsa.generate_private_key(65537, 2048)
def pair(alg):
    if alg.startswith("HS"):
        return "k" * 64, "k" * 64, "x" * 64
    if alg in curves:
        key, other = ec.generate_private_key(curves[alg]()), ec.generate_private_key(curves[alg]())
    elif alg == "EdDSA":
        key, other = ed25519.Ed25519PrivateKey.generate(), ed25519.Ed25519PrivateKey.generate()
    else:
        key, other = shared_rsa, rsa.generate_private_key(65537, 2048)
    pem = lambda k: k.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()).decode()
    public = key.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo).decode()
    return pem(key), public, pem(other)
out = []
for alg in sys.argv[1:]:
    private, public, other = pair(alg)
    claims = {"token_type": "access", "exp": 4102444800, "jti": "x", "user_id": "1", "name": "Zoë \u202e"}
    out.append({"alg": alg, "private": private, "public": public,
                "token": jwt.encode(claims, private, algorithm=alg, headers={"kid": "one"}),
                "forged": jwt.encode(claims, other, algorithm=alg)})
print(json.dumps(out))
"#;

/// Verifies tokens made by the binary and prints their claims.
const VERIFY: &str = r#"
import json, jwt, sys
out = []
for case in json.load(sys.stdin):
    claims = jwt.decode(case["token"], case["public"], algorithms=[case["alg"]])
    if "jwk" in case and case["jwk"]["kty"] != "oct":
        jwt.decode(case["token"], jwt.PyJWK(case["jwk"], case["alg"]).key, algorithms=[case["alg"]])
    try:
        jwt.decode(case["token"][:-8] + "AAAAAAAA", case["public"], algorithms=[case["alg"]])
        out.append({"accepted": "a forged signature"})
    except jwt.InvalidSignatureError:
        out.append(claims)
print(json.dumps(out))
"#;

pub(super) const ALGORITHMS: [&str; 14] = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
    "ES384", "ES512", "ES256K", "EdDSA",
];

pub(super) fn python(script: &str, arguments: &[&str], input: &str) -> Value {
    let home = Home::new();
    let path = home.write("input.json", input);
    let output = Command::new(django::python())
        .args(["-c", script])
        .args(arguments)
        .stdin(std::fs::File::open(path).unwrap())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn what_pyjwt_signs_is_verified_and_what_is_signed_here_pyjwt_verifies() {
    let home = Home::new();
    let theirs = python(SIGN, &ALGORITHMS, "");
    let mut ours = Vec::new();
    for case in theirs.as_array().unwrap() {
        let alg = case["alg"].as_str().unwrap();
        home.write("private", case["private"].as_str().unwrap());
        home.write("public", case["public"].as_str().unwrap());
        let (token, forged) = (
            case["token"].as_str().unwrap(),
            case["forged"].as_str().unwrap(),
        );
        for key in ["private", "public"] {
            let said = home
                .run(&format!(
                    "jwt verify {token} --key {key} --token-type access --format json"
                ))
                .expect(0);
            assert_eq!(said.json()["claims"]["name"], "Zoë \u{202e}", "{alg}");
            let said = home
                .run(&format!("jwt verify {forged} --key {key} --format json"))
                .expect(1);
            assert_eq!(said.json()["reason"], "signature", "{alg}");
        }
        let signed = home.run(&format!("jwt sign --key private --alg {alg} -c user_id=1 -c n:=12345678901234567890 --exp 5m")).expect(0);
        let form = if alg.starts_with("HS") {
            "jwk"
        } else {
            "jwk --public"
        };
        let jwk = home
            .run(&format!("jwt keygen --from private --form {form}"))
            .expect(0)
            .json();
        ours.push(json!({"alg": alg, "public": case["public"], "token": signed.stdout.trim(), "jwk": jwk}));
    }
    assert_eq!(ours.len(), ALGORITHMS.len());
    let answers = python(VERIFY, &[], &Value::from(ours).to_string());
    for (answer, alg) in answers.as_array().unwrap().iter().zip(ALGORITHMS) {
        assert_eq!(answer["user_id"], "1", "{alg}: {answer}");
        assert_eq!(answer["n"].to_string(), "12345678901234567890", "{alg}");
    }
}

/// Judges each text as a token signed with a secret.
const JUDGE: &str = r#"
import json, jwt, sys
out = []
for token in json.load(sys.stdin):
    try:
        jwt.decode(token, "k" * 64, algorithms=["HS256"], options={"verify_aud": False})
        out.append(True)
    except Exception:
        out.append(False)
print(json.dumps(out))
"#;

#[test]
fn nothing_is_accepted_that_pyjwt_refuses() {
    use super::jwt_tokens::signed;
    let secret = "k".repeat(64);
    let mut tokens = Vec::new();
    for claims in [
        "{}",
        r#"{"exp":4102444800}"#,
        r#"{"exp":1}"#,
        r#"{"exp":"4102444800"}"#,
        r#"{"exp":null}"#,
        r#"{"exp":true}"#,
        r#"{"exp":1e300}"#,
        r#"{"exp":4102444800.5}"#,
        r#"{"nbf":4102444800}"#,
        r#"{"iat":4102444800}"#,
        r#"{"nbf":"x"}"#,
        r#"{"exp":1,"exp":4102444800}"#,
        r#"{"sub":1}"#,
        "[]",
        "null",
        "7",
        "",
        "{",
        r#"{"a":"\u0000"}"#,
    ] {
        for header in [
            r#"{"alg":"HS256"}"#,
            r#"{"alg":"none"}"#,
            r#"{"alg":"HS512"}"#,
            r#"{"alg":"HS256","crit":["x"]}"#,
            r#"{"alg":"HS256","b64":false}"#,
            r#"{"alg":["HS256"]}"#,
            "{}",
            r#"{"typ":"JWT"}"#,
            "[]",
        ] {
            let token = signed(header, claims, &secret);
            tokens.extend([
                format!("{token}="),
                token.replacen('.', "..", 1),
                format!("{token}.x"),
                token,
            ]);
        }
    }
    let theirs = python(JUDGE, &[], &Value::from(tokens.clone()).to_string());
    let home = Home::new();
    home.write("secret", &secret);
    home.write("tokens", &tokens.join("\n"));
    let said = home.run("jwt verify --batch @tokens --secret-file secret");
    let ours: Vec<Value> = said
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(ours.len(), tokens.len());
    let mut accepted = 0;
    for ((token, ours), theirs) in tokens.iter().zip(&ours).zip(theirs.as_array().unwrap()) {
        if ours["valid"] == true {
            accepted += 1;
            assert!(theirs == true, "{token}");
        }
    }
    assert!(accepted >= 4, "{accepted}");
}
