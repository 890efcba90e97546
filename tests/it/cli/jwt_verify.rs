//! `apictl jwt verify` on the real binary: what other tools get wrong must be right here.

use serde_json::{Value, json};

use crate::support::binary::{Home, Said, finish};

use super::jwt_keys::openssl;
use super::jwt_tokens::{segment, signed};

const HS: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn home() -> Home {
    let home = Home::new();
    home.write("secret.txt", &format!("{SECRET}\n"));
    home
}

fn verify(home: &Home, token: &str, flags: &str) -> Said {
    home.run(&format!(
        "jwt verify {token} --secret-file secret.txt --format json {flags}"
    ))
}

fn reason(home: &Home, token: &str, flags: &str) -> Value {
    let said = verify(home, token, flags);
    let report = said.json();
    assert_eq!(
        said.code,
        i32::from(report["valid"] == json!(false)),
        "{report}"
    );
    report["reason"].clone()
}

#[test]
fn a_valid_token_and_its_report() {
    let home = home();
    let token = signed(
        HS,
        r#"{"token_type":"access","exp":1700000300,"iat":1700000000,"sub":"1"}"#,
        SECRET,
    );
    let report = verify(
        &home,
        &token,
        "--at 1700000060 --token-type access --sub 1 --max-age 5m --require iat,exp",
    )
    .expect(0)
    .json();
    assert_eq!(report["schema"], "apictl.jwt.verify/1");
    assert_eq!(
        (&report["valid"], &report["reason"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(report["claims"]["sub"], "1");
    assert_eq!(report["times"]["exp"]["in_s"], json!(240.0));
    for check in report["checks"].as_array().unwrap() {
        assert!(check["status"] != "fail", "{check}");
    }
}

#[test]
fn an_expired_token_is_refused_to_the_second_and_its_claims_are_shown() {
    let home = home();
    let token = signed(HS, r#"{"exp":1700000000,"sub":"42"}"#, SECRET);
    assert_eq!(reason(&home, &token, "--at 1699999999"), Value::Null);
    for late in ["1700000000", "1700000059", "1700000900"] {
        assert_eq!(reason(&home, &token, &format!("--at {late}")), "expired");
    }
    assert_eq!(
        reason(&home, &token, "--at 1700000059 --leeway 1m"),
        Value::Null
    );
    let said = home
        .run(&format!(
            "jwt verify {token} --secret-file secret.txt --at 1700000180"
        ))
        .expect(1);
    assert!(
        said.stdout.starts_with("invalid: expired 3 min ago"),
        "{}",
        said.stdout
    );
    assert!(said.stdout.contains("\"42\""), "{}", said.stdout);
}

#[test]
fn reasons_are_told_apart_and_every_failing_check_is_listed() {
    let home = home();
    let good = signed(
        HS,
        r#"{"exp":4102444800,"aud":"web","iss":"https://a"}"#,
        SECRET,
    );
    let other = signed(HS, "{}", &SECRET.replace('0', "9"));
    assert_eq!(reason(&home, &other, ""), "signature");
    assert_eq!(reason(&home, &good, "--aud api"), "audience");
    assert_eq!(reason(&home, &good, "--iss https://b"), "issuer");
    assert_eq!(reason(&home, &good, "--sub 1"), "subject");
    assert_eq!(reason(&home, &good, "--token-type access"), "token_type");
    assert_eq!(reason(&home, &good, "--require jti"), "missing_claim");
    assert_eq!(reason(&home, &good, "--alg HS512"), "algorithm");
    assert_eq!(
        reason(&home, &signed(HS, r#"{"nbf":4102444800}"#, SECRET), ""),
        "not_yet_valid"
    );
    assert_eq!(
        reason(&home, &signed(HS, r#"{"exp":"x"}"#, SECRET), ""),
        "claim_type"
    );
    assert_eq!(
        reason(&home, &signed(HS, r#"{"exp":1e300}"#, SECRET), ""),
        "claim_type"
    );
    assert_eq!(
        reason(
            &home,
            &signed(r#"{"alg":"HS256","crit":["x"]}"#, "{}", SECRET),
            ""
        ),
        "crit"
    );
    assert_eq!(reason(&home, &signed(HS, "[]", SECRET), ""), "malformed");
    assert_eq!(reason(&home, "a.b.c.d.e", ""), "encrypted");
    assert_eq!(reason(&home, &format!("{good}.x"), ""), "malformed");

    let report = verify(&home, &good, "--aud api --iss https://b --sub 1")
        .expect(1)
        .json();
    let failed: Vec<&str> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["status"] == "fail")
        .map(|check| check["check"].as_str().unwrap())
        .collect();
    assert_eq!(failed, ["iss", "aud", "sub"]);
}

#[test]
fn the_token_cannot_choose_its_algorithm() {
    let home = home();
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        for signature in ["", "c2ln"] {
            let token = format!(
                "{}.{}.{signature}",
                segment(&format!("{{\"alg\":\"{alg}\"}}")),
                segment("{}")
            );
            assert_eq!(reason(&home, &token, ""), "algorithm", "{alg}");
        }
    }
    openssl(
        home.path(),
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem",
    );
    openssl(home.path(), "pkey -in rsa.pem -pubout -out public.pem");
    let pem = std::fs::read_to_string(home.path().join("public.pem")).unwrap();
    let confused = signed(HS, "{}", &pem);
    let said = home
        .run(&format!(
            "jwt verify {confused} --key public.pem --format json"
        ))
        .expect(1);
    assert_eq!(said.json()["reason"], "algorithm");
    let said = home
        .run(&format!("jwt verify {confused} --secret-file public.pem"))
        .expect(2);
    assert!(
        said.stderr.contains("not a shared secret but a key file"),
        "{}",
        said.stderr
    );
}

#[test]
fn short_and_missing_keys_are_usage_errors_with_a_hint() {
    let home = home();
    home.write("short.txt", "secret\n");
    home.write("empty.txt", "\n");
    let token = signed(HS, "{}", "secret");
    for file in ["short.txt", "empty.txt"] {
        let said = home
            .run(&format!("jwt verify {token} --secret-file {file}"))
            .expect(2);
        assert!(
            said.stderr
                .contains("hint: accept it with `--allow-weak-key`"),
            "{}",
            said.stderr
        );
    }
    home.run(&format!(
        "jwt verify {token} --secret-file short.txt --allow-weak-key"
    ))
    .expect(0);
    let said = home.run(&format!("jwt verify {token}")).expect(2);
    assert!(
        said.stderr.contains("no key to verify with"),
        "{}",
        said.stderr
    );
    home.run(&format!("jwt verify {token} --secret-file missing.txt"))
        .expect(5);
    home.run(&format!("jwt verify {token} --secret-env NOT_SET"))
        .expect(2);
    home.run(&format!("jwt verify {token} --key short.txt --alg RS256"))
        .expect(2);
}

#[test]
fn a_secret_comes_from_the_environment_and_is_never_shown() {
    let home = home();
    let token = signed(HS, "{}", SECRET);
    for flags in ["", "-v", "--format json", "--aud x"] {
        let line = format!("jwt verify {token} --secret-env KEY {flags}");
        let mut command = home.command(line.split_whitespace());
        let said = finish(command.env("KEY", SECRET).spawn().unwrap());
        assert!(
            !said.stdout.contains(SECRET) && !said.stderr.contains(SECRET),
            "{said:?}"
        );
    }
    let said = home
        .run(&format!("jwt verify {token} --secret {SECRET}"))
        .expect(0);
    assert!(
        said.stderr
            .contains("warning: a secret on the command line"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_batch_is_judged_in_order_and_agrees_with_single_runs() {
    let home = home();
    let lines: Vec<String> = (0..3000)
        .map(|n| {
            signed(
                HS,
                &format!("{{\"exp\":{}}}", 1_700_000_000 + n),
                if n % 7 == 0 { "another secret" } else { SECRET },
            )
        })
        .collect();
    home.write("tokens", &(lines.join("\n") + "\nnonsense\n"));
    let said = home
        .run("jwt verify --batch @tokens --secret-file secret.txt --at 1700001000")
        .expect(1);
    let answers: Vec<Value> = said
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 3001);
    for (n, answer) in answers[..3000].iter().enumerate() {
        let wanted = match n {
            n if n % 7 == 0 => json!("signature"),
            n if n <= 1000 => json!("expired"),
            _ => Value::Null,
        };
        assert_eq!(answer["reason"], wanted, "{n}");
        assert_eq!(answer["schema"], "apictl.jwt.verify/1");
    }
    assert_eq!(answers[3000]["reason"], "malformed");
    home.run_with_input(
        "jwt verify --batch --secret-file secret.txt --at 1600000000",
        &lines[1],
    )
    .expect(0);
}

#[test]
fn what_clings_to_a_token_is_part_of_the_verdict() {
    let home = home();
    let token = signed(HS, "{}", SECRET);
    for (tail, code) in [("", 0), (".", 1), ("?", 1), (".x", 1), ("=", 1), ("#", 1)] {
        home.run(&format!(
            "jwt verify {token}{tail} --secret-file secret.txt"
        ))
        .expect(code);
    }
}

#[test]
fn a_key_for_other_operations_or_algorithms_is_refused_in_words() {
    let home = Home::new();
    let token = signed(HS, "{}", SECRET);
    for (member, words) in [
        (r#""key_ops":["encrypt"]"#, "there is no key for signatures"),
        (
            r#""alg":"HS257""#,
            "is for \"HS257\", which is no signature algorithm",
        ),
        (
            r#""alg":"ES256""#,
            "is for \"ES256\", which is no signature algorithm of its kind",
        ),
    ] {
        let k = segment(SECRET);
        home.write(
            "key.json",
            &format!(r#"{{"kty":"oct","k":"{k}",{member}}}"#),
        );
        let said = home
            .run(&format!("jwt verify {token} --key key.json"))
            .expect(2);
        assert!(said.stderr.contains(words), "{}", said.stderr);
    }
}

/// A token that is issued now, to the microsecond.
fn issued_now() -> String {
    let now = jiff::Timestamp::now().as_duration().as_secs_f64();
    signed(HS, &format!(r#"{{"iat":{now:.6}}}"#), SECRET)
}

#[test]
fn a_token_is_judged_by_the_time_at_which_it_comes() {
    use std::io::{BufRead, BufReader, Read, Write};
    let home = Home::new();
    let start = |flags: &str| {
        home.command(format!("jwt verify {flags}").split_whitespace())
            .env("S", SECRET)
            .stdin(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let mut child = start("--secret-env S --batch");
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for _ in 0..3 {
        writeln!(stdin, "{}", issued_now()).unwrap();
        let line = lines.next().unwrap().unwrap();
        assert!(line.contains(r#""valid":true"#), "{line}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());

    let mut child = start("--secret-env S --format json");
    let mut stdin = child.stdin.take().unwrap();
    // More than a pipe holds: when it is written, the program is reading.
    stdin.write_all(&b"\n".repeat(1 << 20)).unwrap();
    stdin.write_all(issued_now().as_bytes()).unwrap();
    drop(stdin);
    let mut said = String::new();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success(), "{said}");
}
