//! `apictl jwt audit` and `jwt matrix` on the real binary.

use serde_json::{Value, json};

use crate::support::binary::Home;

use super::jwt_tokens::{signed, token};

const HS: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
const ACCESS: &str =
    r#"{"token_type":"access","exp":1700000300,"iat":1700000000,"jti":"a","user_id":"1"}"#;
const STRONG: &str = "9f$k2!mVq7@xLz0#pWc4^tRb8&yHn1*eUd5(gJs3";

fn ids(report: &Value) -> Vec<&str> {
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["id"].as_str().unwrap())
        .collect()
}

#[test]
fn an_ordinary_token_passes_and_says_so() {
    let home = Home::new();
    let report = home
        .run(&format!(
            "jwt audit {} --format json",
            signed(HS, ACCESS, STRONG)
        ))
        .expect(0)
        .json();
    assert_eq!(
        (&report["schema"], &report["passed"]),
        (&json!("apictl.jwt.audit/1"), &json!(true))
    );
    assert_eq!(report["search"]["found"], false);
    assert!(report["search"]["candidates"].as_u64().unwrap() > 15_000);
    let rsa = token(r#"{"alg":"RS256","typ":"JWT"}"#, ACCESS);
    let report = home
        .run(&format!("jwt audit {rsa} --format json"))
        .expect(0)
        .json();
    assert_eq!(
        report["search"],
        Value::Null,
        "an asymmetric token has no secret to guess"
    );
}

#[test]
fn a_guessable_secret_is_found_unasked_and_never_printed() {
    let home = Home::new();
    for alg in ["HS256", "HS384", "HS512"] {
        home.write("weak", "your-256-bit-secret");
        let token = home
            .run(&format!(
                "jwt sign {ACCESS} --alg {alg} --secret-file weak --allow-weak-key"
            ))
            .expect(0);
        for format in ["table", "json"] {
            let said = home
                .run_with_input(&format!("jwt audit --format {format}"), &token.stdout)
                .expect(1);
            assert!(said.stdout.contains("weak-secret"), "{}", said.stdout);
            assert!(
                !said.stdout.contains("your-256-bit-secret"),
                "{}",
                said.stdout
            );
        }
    }
}

#[test]
fn a_secret_in_the_project_or_a_word_list_is_named_by_its_place() {
    let home = Home::new();
    home.write(
        "shop/settings.py",
        &format!("import os\nDEBUG = True\nSECRET_KEY = os.environ.get(\"KEY\", '{STRONG}')\n"),
    );
    home.write("words", &format!("one\r\ntwo\r\n{STRONG}\r\n"));
    let text = signed(HS, ACCESS, STRONG);
    let report = home
        .run(&format!("jwt audit {text} --project shop --format json"))
        .expect(1)
        .json();
    let finding = &report["findings"][0];
    assert_eq!(
        (&finding["id"], &finding["evidence"]["line"]),
        (&json!("secret-in-project"), &json!(3))
    );
    assert!(
        finding["evidence"]["source"]
            .as_str()
            .unwrap()
            .ends_with("settings.py")
    );
    let report = home
        .run(&format!("jwt audit {text} --wordlist words --format json"))
        .expect(1)
        .json();
    assert_eq!(
        report["findings"][0]["evidence"],
        json!({"source": "words", "line": 3, "bytes": STRONG.len()})
    );
    home.run(&format!("jwt audit {text}")).expect(0);
    home.write("manage.py", "");
    home.run(&format!("jwt audit {text}")).expect(1);
    home.run(&format!("jwt audit {text} --no-search")).expect(0);
    home.run(&format!("jwt audit {text} --wordlist missing"))
        .expect(5);
}

#[test]
fn a_long_word_list_is_read_in_blocks_without_losing_a_line() {
    let home = Home::new();
    let lines: Vec<String> = (0..900_000).map(|n| format!("candidate-{n}")).collect();
    let mut words = lines.join("\n") + "\n";
    words += STRONG;
    home.write("words", &words);
    let report = home
        .run(&format!(
            "jwt audit {} --wordlist words --format json",
            signed(HS, ACCESS, STRONG)
        ))
        .expect(1)
        .json();
    assert_eq!(report["findings"][0]["evidence"]["line"], 900_001);
}

#[test]
fn risks_fail_by_severity() {
    let home = Home::new();
    let endless = signed(HS, r#"{"email":"ada@example.org"}"#, STRONG);
    let report = home
        .run(&format!("jwt audit {endless} --format json"))
        .expect(1)
        .json();
    assert!(
        ids(&report).contains(&"no-exp") && ids(&report).contains(&"readable-data"),
        "{report}"
    );
    let personal = signed(
        HS,
        r#"{"exp":1700000300,"iat":1700000000,"email":"ada@example.org"}"#,
        STRONG,
    );
    home.run(&format!("jwt audit {personal}")).expect(0);
    home.run(&format!("jwt audit {personal} --fail-on low"))
        .expect(1);
    let long = signed(HS, r#"{"exp":1700003600,"iat":1700000000}"#, STRONG);
    home.run(&format!("jwt audit {long} --fail-on low"))
        .expect(1);
    home.run(&format!("jwt audit {long} --fail-on low --max-access 1h"))
        .expect(0);
    home.run("jwt audit garbage").expect(1);
}

#[test]
fn the_matrix_holds_one_good_token_and_many_bad_ones() {
    let home = Home::new();
    home.write("secret", STRONG);
    let model = signed(HS, ACCESS, STRONG);
    let report = home
        .run(&format!(
            "jwt matrix --secret-file secret --like {model} --format json"
        ))
        .expect(0)
        .json();
    assert_eq!(report["schema"], "apictl.jwt.matrix/1");
    let cases = report["cases"].as_array().unwrap();
    assert!(cases.len() > 20);
    for case in cases {
        let token = case["token"].as_str().unwrap();
        let said = home.run_with_input("jwt verify --batch --secret-file secret --token-type access --require exp,jti --aud none", token);
        // Nothing names the audience `none`: only the other checks tell the cases apart here.
        let answer: Value = serde_json::from_str(said.stdout.trim()).unwrap();
        let other = answer["checks"]
            .as_array()
            .unwrap()
            .iter()
            .any(|check| check["status"] == "fail" && check["check"] != "aud");
        let by_claim = matches!(
            case["name"].as_str().unwrap(),
            "wrong_audience" | "wrong_issuer"
        );
        assert_eq!(
            !other,
            case["expect"] == "accept" || by_claim,
            "{case} {answer}"
        );
    }
    assert_eq!(
        home.run("jwt matrix --secret-file secret --format ndjson")
            .expect(0)
            .stdout
            .lines()
            .count(),
        cases.len()
    );
    assert!(
        home.run("jwt matrix --secret-file secret")
            .expect(0)
            .stdout
            .contains("alg_none")
    );
}
