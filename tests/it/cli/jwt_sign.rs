//! `apictl jwt sign` and `jwt keygen` on the real binary.

use serde_json::{Value, json};

use crate::support::binary::{Home, Said};

const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn home() -> Home {
    let home = Home::new();
    home.write("secret", SECRET);
    home
}

fn decoded(home: &Home, token: &Said) -> Value {
    home.run_with_input("jwt decode --format json", &token.stdout)
        .expect(0)
        .json()
}

#[test]
fn claims_are_texts_or_json_and_keep_their_order() {
    let home = home();
    let token = home
        .run("jwt sign --secret-file secret -c n=1 -c m:=1 -c e=a=b -c list:=[1,\"x\"] --claim-json o={\"z\":1,\"a\":12345678901234567890123}")
        .expect(0);
    let report = decoded(&home, &token);
    assert_eq!(
        report["header"].to_string(),
        r#"{"alg":"HS256","typ":"JWT"}"#
    );
    assert_eq!(
        report["claims"].to_string(),
        r#"{"n":"1","m":1,"e":"a=b","list":[1,"x"],"o":{"z":1,"a":12345678901234567890123}}"#
    );
    home.run_with_input("jwt verify --secret-file secret", &token.stdout)
        .expect(0);
    for wrong in [
        "-c novalue",
        "-c n:=x",
        "notjson",
        "[1]",
        "--exp never",
        "--header x",
    ] {
        home.run(&format!("jwt sign --secret-file secret {wrong}"))
            .expect(2);
    }
}

#[test]
fn times_are_relative_to_now() {
    let home = home();
    let token = home.run("jwt sign --secret-file secret --at 1700000000 --exp 5m --nbf -1m --iat now --time refresh_exp=1d --time auth_time=2023-11-14T22:00:00Z").expect(0);
    assert_eq!(
        decoded(&home, &token)["claims"],
        json!({"exp": 1_700_000_300, "nbf": 1_699_999_940, "iat": 1_700_000_000, "refresh_exp": 1_700_086_400, "auth_time": 1_699_999_200})
    );
    let token = home
        .run("jwt sign --secret-file secret --exp 4102444800")
        .expect(0);
    assert_eq!(decoded(&home, &token)["claims"]["exp"], 4_102_444_800_i64);
}

#[test]
fn a_decoded_token_can_be_edited_and_signed_again() {
    let home = home();
    let first = home
        .run("jwt sign --secret-file secret -c user_id=1 --header x5t=abc --kid k1")
        .expect(0);
    let report = decoded(&home, &first);
    let again = home
        .run_with_input("jwt sign - --secret-file secret", &report.to_string())
        .expect(0);
    assert_eq!(first.stdout, again.stdout);
    let edited = home
        .run_with_input(
            "jwt sign - --secret-file secret -c user_id=2 --without kid",
            &report.to_string(),
        )
        .expect(0);
    let report = decoded(&home, &edited);
    assert_eq!(report["claims"]["user_id"], "2");
    assert_eq!(report["header"]["x5t"], "abc");
}

#[test]
fn another_token_is_a_model() {
    let home = home();
    let old = home.run("jwt sign --secret-file secret -c token_type=access -c jti=old --at 1700000000 --exp 5m --iat now --header kid=one").expect(0);
    let new = home
        .run(&format!(
            "jwt sign --secret-file secret --like {} --at 1800000000",
            old.stdout.trim()
        ))
        .expect(0);
    let report = decoded(&home, &new);
    assert_eq!(report["header"]["kid"], "one");
    assert_eq!(
        (&report["claims"]["exp"], &report["claims"]["iat"]),
        (&json!(1_800_000_300), &json!(1_800_000_000))
    );
    assert_eq!(report["claims"]["token_type"], "access");
    assert_ne!(report["claims"]["jti"], "old");
}

#[test]
fn the_report_of_sign_carries_the_token() {
    let home = home();
    let report = home
        .run("jwt sign --secret-file secret -c a=1 --alg HS512 --format json")
        .expect(0)
        .json();
    assert_eq!(
        (&report["schema"], &report["alg"]),
        (&json!("apictl.jwt.sign/1"), &json!("HS512"))
    );
    assert_eq!(report["token"].as_str().unwrap().matches('.').count(), 2);
    home.write("short", "secret");
    home.run("jwt sign --secret-file short").expect(2);
    home.run("jwt sign --secret-file short --allow-weak-key")
        .expect(0);
    home.run("jwt sign -c a=1").expect(2);
    home.run("jwt sign --secret-file secret --alg RS256")
        .expect(2);
}

#[test]
fn every_kind_of_key_is_made_written_read_and_used() {
    let home = home();
    for alg in [
        "HS256", "HS512", "RS256", "PS384", "ES256", "ES384", "ES512", "ES256K", "EdDSA",
    ] {
        let hmac = alg.starts_with("HS");
        for form in if hmac {
            ["text", "jwk", "jwks"]
        } else {
            ["pem", "jwk", "jwks"]
        } {
            let (private, public) = (format!("{alg}-{form}"), format!("{alg}-{form}-public"));
            let public_flag = if hmac {
                String::new()
            } else {
                format!("--public-out {public}")
            };
            let said = home
                .run(&format!(
                    "jwt keygen {alg} --form {form} --out {private} {public_flag}"
                ))
                .expect(0);
            assert_eq!(said.stdout, "");
            let token = home
                .run(&format!("jwt sign --key {private} --alg {alg} -c a=1"))
                .expect(0);
            let key = if hmac { &private } else { &public };
            let token = token.stdout.trim();
            home.run(&format!("jwt verify {token} --key {key}"))
                .expect(0);
            home.run(&format!("jwt verify {token} --key {private}"))
                .expect(0);
        }
    }
}

#[test]
fn a_key_file_is_private_and_never_overwritten() {
    let home = home();
    home.run("jwt keygen EdDSA --out key.pem").expect(0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(home.path().join("key.pem"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    home.run("jwt keygen EdDSA --out key.pem").expect(5);
    let first = home
        .run("jwt keygen --from key.pem --public --form jwks")
        .expect(0)
        .json();
    let key = &first["keys"][0];
    assert_eq!(key["kid"].as_str().unwrap().len(), 43);
    assert!(key.get("d").is_none(), "{key}");
    let second = home.run("jwt keygen").expect(0).stdout;
    assert_eq!(second.trim().len(), 64);
    assert_ne!(second, home.run("jwt keygen").expect(0).stdout);
    home.run("jwt keygen HS256 --public").expect(2);
}
