//! `apictl jwt decode` on the real binary.

use serde_json::{Value, json};

use crate::support::binary::Home;

use super::jwt_tokens::{segment, token};

const HS: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

#[test]
fn the_contract_shape_with_times_against_a_moment() {
    let home = Home::new();
    let text = token(
        HS,
        r#"{"token_type":"access","exp":1700000000,"iat":1699999700,"user_id":"1"}"#,
    );
    let said = home
        .run(&format!("jwt decode {text} --format json --at 1700000012"))
        .expect(0);
    assert_eq!(
        said.json(),
        json!({
            "schema": "apictl.jwt.decode/1",
            "kind": "signed",
            "header": {"alg": "HS256", "typ": "JWT"},
            "claims": {"token_type": "access", "exp": 1_700_000_000, "iat": 1_699_999_700, "user_id": "1"},
            "signature": "c2ln",
            "times": {
                "exp": {"at": "2023-11-14T22:13:20Z", "in_s": -12.0, "state": "expired"},
                "iat": {"at": "2023-11-14T22:08:20Z", "in_s": -312.0, "state": "valid"},
            },
            "warnings": [],
        })
    );
}

#[test]
fn the_short_way_for_calls_without_flags_leads_to_the_same_answer() {
    let home = Home::new();
    let one = token(HS, r#"{"user_id":"1"}"#);
    let other = token(HS, r#"{"user_id":"2"}"#);
    for tokens in [one.clone(), format!("{one} {other}"), "nonsense".to_owned()] {
        // A flag that changes nothing here takes the long way, through the definition of all flags.
        let short = home.run(&format!("jwt decode {tokens}"));
        let long = home.run(&format!("jwt decode --no-progress {tokens}"));
        assert_eq!(
            (short.code, &short.stdout, &short.stderr),
            (long.code, &long.stdout, &long.stderr)
        );
        assert!(
            !short.stdout.is_empty() || !short.stderr.is_empty(),
            "{tokens}"
        );
    }
}

#[test]
fn the_input_may_be_anything_that_holds_a_token() {
    let home = Home::new();
    let text = token(HS, r#"{"exp":1,"sub":"me"}"#);
    home.write("reply.json", &format!("{{\"token\":\"{text}\"}}"));
    let inputs = [
        (format!("jwt decode {text}"), String::new()),
        (format!("jwt decode Bearer {text}"), String::new()),
        (
            format!("jwt decode Authorization: Bearer {text}"),
            String::new(),
        ),
        ("jwt decode @reply.json".to_owned(), String::new()),
        ("jwt decode -".to_owned(), format!("\n\n{text}\n")),
        (
            "jwt decode".to_owned(),
            format!("> Authorization: JWT {text}\r\n"),
        ),
        (
            "jwt decode".to_owned(),
            format!("curl -H 'Authorization: Bearer {text}' http://127.0.0.1/api/"),
        ),
        (
            "jwt decode".to_owned(),
            format!("{}\n  {}\n", &text[..25], &text[25..]),
        ),
    ];
    for (line, input) in inputs {
        let said = home
            .run_with_input(&format!("{line} --format json"), &input)
            .expect(0);
        assert_eq!(said.json()["claims"]["sub"], "me", "{line} < {input}");
    }
}

#[test]
fn a_pair_gives_both_and_the_access_token_in_front() {
    let home = Home::new();
    let (refresh, access) = (
        token(HS, r#"{"token_type":"refresh","exp":1}"#),
        token(HS, r#"{"token_type":"access","exp":1}"#),
    );
    let reply = format!("{{\"refresh\":\"{refresh}\",\"access\":\"{access}\"}}");
    let report = home
        .run_with_input("jwt decode --format json", &reply)
        .expect(0)
        .json();
    assert_eq!(report["claims"]["token_type"], "access");
    assert_eq!(report["tokens"][0]["label"], "refresh");
    assert_eq!(report["tokens"][1]["label"], "access");
    let lines = home
        .run_with_input("jwt decode --format ndjson", &reply)
        .expect(0)
        .stdout;
    assert_eq!(lines.lines().count(), 2);
}

#[test]
fn nothing_of_the_header_or_the_numbers_is_lost() {
    let home = Home::new();
    let text = token(
        r#"{"typ":"JWT","foo":{"b":1,"a":2},"crit":["foo"],"alg":"ES256K"}"#,
        r#"{"z":12345678901234567890123,"a":1.50,"exp":1700000000}"#,
    );
    let said = home
        .run(&format!("jwt decode {text} --format ndjson"))
        .expect(0);
    assert!(
        said.stdout.contains(
            r#""header":{"typ":"JWT","foo":{"b":1,"a":2},"crit":["foo"],"alg":"ES256K"}"#
        ),
        "{}",
        said.stdout
    );
    assert!(
        said.stdout
            .contains(r#""claims":{"z":12345678901234567890123,"a":1.50,"exp":1700000000}"#),
        "{}",
        said.stdout
    );
    assert_eq!(said.json()["warnings"][0]["id"], "crit");
    let table = home.run(&format!("jwt decode {text}")).expect(0).stdout;
    assert!(
        table.contains("12345678901234567890123") && table.contains(r#"{"b":1,"a":2}"#),
        "{table}"
    );
}

#[test]
fn no_algorithm_and_no_time_makes_it_fail_or_panic() {
    let home = Home::new();
    for alg in ["none", "ES512", "ES256K", "Ed448", "HS1024", "ML-DSA-65"] {
        let header = format!("{{\"alg\":\"{alg}\"}}");
        home.run(&format!("jwt decode {}", token(&header, r#"{"exp":1}"#)))
            .expect(0);
    }
    for exp in [
        "1e300",
        "-1e300",
        "99999999999999999999",
        "253402300800",
        "\"soon\"",
        "null",
        "{}",
        "1700000000000",
    ] {
        let text = token(HS, &format!("{{\"exp\":{exp}}}"));
        let said = home.run(&format!("jwt decode {text}")).expect(0);
        assert!(said.stdout.contains("warning:"), "{exp}: {}", said.stdout);
        home.run(&format!("jwt decode {text} --format json"))
            .expect(0);
    }
}

#[test]
fn an_encrypted_token_shows_its_header_and_a_broken_one_what_is_wrong() {
    let home = Home::new();
    let jwe = format!(
        "{}.a.b.c.d",
        segment(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#)
    );
    let report = home
        .run(&format!("jwt decode {jwe} --format json"))
        .expect(0)
        .json();
    assert_eq!(
        (&report["kind"], &report["claims"]),
        (&json!("encrypted"), &Value::Null)
    );
    assert_eq!(report["header"]["enc"], "A256GCM");

    let said = home.run("jwt decode garbage").expect(1);
    assert_eq!(said.stdout, "");
    assert!(
        said.stderr.starts_with("error: no JSON Web Token"),
        "{}",
        said.stderr
    );
    let said = home.run("jwt decode a.b.c.d --format json").expect(1);
    let error: Value = serde_json::from_str(&said.stderr).unwrap();
    assert_eq!(error["error"]["kind"], "malformed");
    assert!(
        error["error"]["message"]
            .as_str()
            .unwrap()
            .contains("this has 4")
    );
    home.run("jwt decode").expect(1);
    home.run("jwt decode @missing.txt").expect(5);
}

#[test]
fn the_countdown_is_in_words_and_in_local_time() {
    let home = Home::new();
    let text = token(HS, r#"{"exp":1700000000,"nbf":1700000600}"#);
    let table = home
        .run(&format!("jwt decode {text} --at 2023-11-14T22:16:20Z"))
        .expect(0)
        .stdout;
    assert!(
        table.contains("2023-11-14T22:13:20Z, expired 3 min ago"),
        "{table}"
    );
    assert!(table.contains("not valid for another 7 min"), "{table}");
    let mut command = home.command(["jwt", "decode", &text]);
    command.env("TZ", "UTC-05:30");
    let output = command.said().stdout;
    assert!(output.contains("2023-11-15 03:43:20"), "{output}");
}

#[test]
fn a_claim_cannot_steer_the_terminal() {
    let home = Home::new();
    let text = token(HS, "{\"exp\":1,\"a\":\"\\u001b[31m\u{202e}\u{9b}31m\"}");
    let said = home.run(&format!("jwt decode {text}")).expect(0);
    assert!(
        !said.stdout.contains(['\u{1b}', '\u{202e}', '\u{9b}']),
        "{:?}",
        said.stdout
    );
}

#[test]
fn a_batch_answers_every_line_in_order() {
    let home = Home::new();
    let lines: Vec<String> = (0..5000)
        .map(|n| token(HS, &format!("{{\"exp\":1,\"n\":{n}}}")))
        .collect();
    let mut input = lines.join("\n");
    input += "\n\nnonsense\n";
    home.write("tokens.txt", &input);
    let said = home.run("jwt decode --batch @tokens.txt").expect(1);
    let answers: Vec<Value> = said
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 5001);
    for (number, answer) in answers[..5000].iter().enumerate() {
        assert_eq!(answer["claims"]["n"], number);
    }
    assert!(answers[5000]["error"].is_string());
}
