//! JSON, forms and what is neither.

use crate::django::differential::step::{Step, post};

use super::check::{check_stock, each};

#[test]
fn bodies_are_parsed_and_refused_alike() {
    let json = [
        "",
        " ",
        "{",
        "}",
        "[]",
        "[1]",
        "\"x\"",
        "null",
        "1",
        "1.5",
        "true",
        "nul",
        "{\"username\": }",
        "{\"username\": NaN}",
        "[Infinity]",
        "[-Infinity]",
        "{\"a\":1,}",
        "[1,]",
        "[1 2]",
        "{\"a\" 1}",
        "{'a': 1}",
        "{\"a\": \"\n\"}",
        "{\"a\": \"\\x\"}",
        "{\"a\": \"\\u12\"}",
        "{\"a\": \"\\u12G4\"}",
        "{\"a\": \"unterminated",
        "{\"a\": 1} x",
        "\u{feff}{}",
        "01",
        "-",
        "1.",
        "1e",
        "-0",
        "1E400",
        "{\"username\":\"a\\u0000b\",\"password\":\"x\"}",
        "{\"username\":\"\",\"password\":\"  \"}",
        "{\"username\":null,\"password\":null}",
        "{\"username\":true,\"password\":[]}",
        "{\"username\":{},\"password\":1}",
        "{\"username\":1.0,\"password\":1e22}",
        "{\"username\":\"alice\",\"password\":\" alice-pass \"}",
        "{\"username\":\" alice \",\"password\":\"alice-pass\"}",
        "{\"username\":\"inactive\",\"password\":\"inactive-pass\"}",
        "{\"username\":\"nobody\",\"password\":\"x\"}",
        "{\"username\":\"bob\",\"username\":\"alice\",\"password\":\"alice-pass\"}",
        "\t{\n\"username\"\n:\r\"al\\u0069ce\",\"password\":\"alice\\u002dpass\"}\n",
        "{\"username\":\"\\ud83d\\ude00é\",\"password\":\"x\"}",
        "[1, [2, {\"a\": tru}]]",
        "{\"a\":{\"b\":[}}",
        "nulll",
        "Nan",
        "--1",
        "+1",
        "{\"a\":\"\u{7f}\"}",
    ];
    let mut steps: Vec<Step> = Vec::new();
    for path in ["/api/token/", "/api-token-auth/"] {
        steps.extend(json.iter().map(|body| post(path, body)));
        for bytes in [
            &b"{\"a\": \"\xff\"}"[..],
            b"\xc3",
            b"\"\xe2\x82\"",
            b"\"\xed\xa0\x80\"",
            b"\"\xf0\x9f\"",
            b"\xc3(",
            b"\xf8\x88",
        ] {
            steps.push(Step::new("POST", path).body("application/json", bytes));
        }
        for media in [
            "text/plain",
            "",
            "application/xml; charset=utf-8",
            "application/jsonx",
            "application/*",
            "*/*",
            "json",
            "APPLICATION/JSON",
            "application/json; charset=latin-1",
            "text/plain; a=\"b\"",
        ] {
            steps.push(Step::new("POST", path).body(media, "{\"username\":\"x\"}"));
            steps.push(Step::new("POST", path).with("Content-Type", media));
        }
        for form in [
            "username=alice&password=alice-pass",
            "username=alice",
            "",
            "username=&password=",
            "username=a+b&password=%41&x",
            "username=alice&username=bob&password=bob-pass",
            "password=%ff&username=%00",
        ] {
            steps.push(Step::new("POST", path).body("application/x-www-form-urlencoded", form));
        }
        let multipart = "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nalice\r\n--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nalice-pass\r\n--b--\r\n";
        steps.push(Step::new("POST", path).body("multipart/form-data; boundary=b", multipart));
        steps.push(Step::new("POST", path).body("multipart/form-data; boundary=c", multipart));
        steps.push(Step::new("POST", path).body("multipart/form-data", multipart));
    }
    check_stock(&each(steps));
}
