//! Keys of every form, from files and from the network, on the real binary.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::binary::Home;
use crate::support::fixture::{Asked, Fixture, reply};

use super::jwt_tokens::signed;

const HS: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

pub fn openssl(folder: &Path, line: &str) {
    let output = Command::new("openssl")
        .args(line.split_whitespace())
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "openssl {line}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A token over `{}` signed by a private key file, through the library.
fn signed_by(folder: &Path, key: &str, alg: &str) -> String {
    let keys = apictl::jwt::read_keys(&std::fs::read(folder.join(key)).unwrap()).unwrap();
    let empty = serde_json::Map::new();
    apictl::jwt::sign(&empty, &empty, &keys[0], alg.parse().unwrap(), false).unwrap()
}

#[test]
fn keys_are_known_by_content_whatever_the_file_is_called() {
    let home = Home::new();
    let folder = home.path();
    openssl(
        folder,
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out pkcs8",
    );
    for (line, name) in [
        ("rsa -in pkcs8 -traditional -out NAME", "pkcs1.der.pem"),
        ("rsa -in pkcs8 -pubout -out NAME", "spki.key"),
        ("rsa -in pkcs8 -RSAPublicKey_out -out NAME", "pkcs1-public"),
        ("rsa -in pkcs8 -pubout -outform DER -out NAME", "spki.pem"),
        (
            "rsa -in pkcs8 -RSAPublicKey_out -outform DER -out NAME",
            "pkcs1-public-der",
        ),
        (
            "pkcs8 -topk8 -nocrypt -in pkcs8 -outform DER -out NAME",
            "pkcs8-der",
        ),
        (
            "req -x509 -key pkcs8 -subj /CN=x -days 1 -out NAME",
            "certificate.txt",
        ),
        (
            "req -x509 -key pkcs8 -subj /CN=x -days 1 -outform DER -out NAME",
            "certificate.der",
        ),
    ] {
        openssl(folder, &line.replace("NAME", name));
    }
    let pem = std::fs::read_to_string(folder.join("spki.key")).unwrap();
    home.write("one-line", &pem.trim().replace('\n', "\\n"));
    home.write(
        "unframed",
        &pem.lines()
            .filter(|line| !line.starts_with('-'))
            .collect::<String>(),
    );
    for alg in ["RS256", "PS512"] {
        let token = signed_by(folder, "pkcs8", alg);
        for name in [
            "pkcs8",
            "pkcs1.der.pem",
            "spki.key",
            "pkcs1-public",
            "spki.pem",
            "pkcs1-public-der",
            "pkcs8-der",
            "certificate.txt",
            "certificate.der",
            "one-line",
            "unframed",
        ] {
            let said = home.run(&format!("jwt verify {token} --key {name}"));
            assert_eq!(said.code, 0, "{name}: {said:?}");
        }
    }
}

#[test]
fn elliptic_keys_are_known_by_content_too() {
    let home = Home::new();
    let folder = home.path();
    for (curve, alg) in [
        ("P-256", "ES256"),
        ("P-384", "ES384"),
        ("P-521", "ES512"),
        ("secp256k1", "ES256K"),
    ] {
        openssl(
            folder,
            &format!("ecparam -name {curve} -genkey -out sec1")
                .replace("P-256", "prime256v1")
                .replace("P-384", "secp384r1")
                .replace("P-521", "secp521r1"),
        );
        openssl(
            folder,
            "ec -in sec1 -pubout -conv_form compressed -out compressed",
        );
        openssl(folder, "ec -in sec1 -outform DER -out sec1-der");
        let token = signed_by(folder, "sec1", alg);
        for name in ["sec1", "compressed", "sec1-der"] {
            let said = home.run(&format!("jwt verify {token} --key {name}"));
            assert_eq!(said.code, 0, "{alg} {name}: {said:?}");
        }
    }
    openssl(folder, "genpkey -algorithm ED25519 -out ed");
    openssl(folder, "pkey -in ed -pubout -out ed-public");
    home.run(&format!(
        "jwt verify {} --key ed-public",
        signed_by(folder, "ed", "EdDSA")
    ))
    .expect(0);
}

#[test]
fn a_key_that_cannot_be_used_says_why() {
    let home = Home::new();
    let folder = home.path();
    openssl(folder, "genpkey -algorithm ED448 -out ed448");
    openssl(
        folder,
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -aes256 -pass pass:x -out encrypted",
    );
    openssl(
        folder,
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out weak",
    );
    home.write("ssh", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ me@here\n");
    home.write("half.pem", "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n");
    home.write("set.json", "{\"keys\":[]}");
    let token = signed(HS, "{}", SECRET);
    for (name, words) in [
        ("ed448", "Ed448 is not supported"),
        ("encrypted", "the private key is encrypted"),
        ("weak", "the RSA key has 1024 bits"),
        ("ssh", "this is an OpenSSH key"),
        ("half.pem", "the PEM text holds no usable key"),
        ("set.json", "the set has no keys"),
    ] {
        let said = home
            .run(&format!("jwt verify {token} --key {name}"))
            .expect(2);
        assert!(said.stderr.contains(words), "{name}: {}", said.stderr);
    }
}

#[test]
fn keys_are_fetched_from_a_set_or_an_issuer_without_credentials() {
    let home = Home::new();
    let folder = home.path();
    openssl(folder, "genpkey -algorithm ED25519 -out ed");
    let mut key = apictl::jwt::read_keys(&std::fs::read(folder.join("ed")).unwrap())
        .unwrap()
        .remove(0);
    key.kid = Some("one".to_owned());
    let set =
        json!({"keys": [apictl::jwt::public_jwk(&key).unwrap(), {"kty": "future"}]}).to_string();
    let server = Fixture::new(move |asked: &Asked| {
        let host = asked
            .headers
            .iter()
            .find_map(|line| {
                line.to_lowercase()
                    .strip_prefix("host: ")
                    .map(str::to_owned)
            })
            .unwrap();
        match asked.line.split(' ').nth(1).unwrap() {
            "/keys" => reply("200 OK", "application/json", &set),
            "/.well-known/openid-configuration" => reply(
                "200 OK",
                "application/json",
                &json!({"issuer": format!("http://{host}"), "jwks_uri": format!("http://{host}/keys")}).to_string(),
            ),
            _ => reply("404 Not Found", "text/html", "no"),
        }
    });
    let sign = |claims: Value, kid: &str| {
        let header = json!({"kid": kid});
        apictl::jwt::sign(
            header.as_object().unwrap(),
            claims.as_object().unwrap(),
            &key,
            apictl::jwt::Algorithm::EdDSA,
            false,
        )
        .unwrap()
    };
    let url = server.url();
    let token = sign(json!({"iss": url}), "one");
    home.run(&format!("jwt verify {token} --jwks-url {url}/keys"))
        .expect(0);
    home.run(&format!("jwt verify {token} --oidc {url}"))
        .expect(0);
    // Some issuers end in a slash, and who types them leaves it away.
    let slashed = sign(json!({"iss": format!("{url}/")}), "one");
    home.run(&format!("jwt verify {slashed} --oidc {url}"))
        .expect(0);
    let said = home
        .run(&format!(
            "jwt verify {} --oidc {url} --format json",
            sign(json!({"iss": "x"}), "one")
        ))
        .expect(1);
    assert_eq!(said.json()["reason"], "issuer");
    let said = home
        .run(&format!(
            "jwt verify {} --jwks-url {url}/keys --format json",
            sign(json!({}), "two")
        ))
        .expect(1);
    assert_eq!(said.json()["reason"], "key");
    home.run(&format!("jwt verify {token} --jwks-url {url}/nothing"))
        .expect(3);
    home.run(&format!(
        "jwt verify {token} --jwks-url http://127.0.0.1:1/keys"
    ))
    .expect(4);
    for asked in server.asked() {
        assert!(
            !asked
                .headers
                .iter()
                .any(|line| line.to_lowercase().starts_with("authorization")),
            "{asked:?}"
        );
    }
}

#[test]
fn a_place_that_only_the_issuer_names_is_not_told_the_users_header_fields() {
    let keys = Fixture::always("200 OK", "application/json", r#"{"keys":[]}"#);
    let jwks_uri = format!("{}/keys", keys.url());
    let issuer = Fixture::new(move |asked| {
        let host = asked
            .headers
            .iter()
            .find_map(|line| line.strip_prefix("host: "));
        let issuer = format!("http://{}", host.unwrap());
        let document = json!({"issuer": issuer, "jwks_uri": jwks_uri});
        reply("200 OK", "application/json", &document.to_string())
    });
    let home = Home::new();
    home.run(&format!(
        "jwt verify {} --oidc {} -H X-Gate:open",
        signed(HS, "{}", SECRET),
        issuer.url()
    ));
    let told = |server: &Fixture| {
        server.asked()[0]
            .headers
            .contains(&"x-gate: open".to_owned())
    };
    assert!(told(&issuer) && !told(&keys));
}
