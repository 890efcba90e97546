//! The claims of an ordinary token in one pass: a flat JSON object of texts, whole numbers and words, nothing escaped.
//! Whatever else it is given, it says that it does not know.

/// The registered times, in seconds since 1970.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Times {
    pub(super) exp: Option<f64>,
    pub(super) nbf: Option<f64>,
    pub(super) iat: Option<f64>,
}

/// Names whose second occurrence, or whose value of another type, the full reader has a word on.
const READ: [(&[u8], Wanted); 12] = [
    (b"exp", Wanted::Number),
    (b"nbf", Wanted::Number),
    (b"iat", Wanted::Number),
    (b"iss", Wanted::Text),
    (b"aud", Wanted::Text),
    (b"sub", Wanted::Text),
    (b"jti", Wanted::Text),
    (b"token_type", Wanted::Anything),
    (b"alg", Wanted::Anything),
    (b"crit", Wanted::Anything),
    (b"b64", Wanted::Anything),
    (b"kid", Wanted::Anything),
];

#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Number,
    Text,
    Anything,
}

enum Value {
    Number(f64),
    Text,
    Word,
}

/// More digits than these are not exact as a double.
const DIGITS: usize = 15;

/// The times of a JSON object that is UTF-8 and holds no backslash; `None` when it is not plain enough.
pub(super) fn times(text: &str) -> Option<Times> {
    let mut rest = blank(text.as_bytes()).strip_prefix(b"{")?;
    let mut times = Times::default();
    let mut met = 0_u16;
    loop {
        let (name, after) = quoted(blank(rest))?;
        let (value, after) = value(blank(blank(after).strip_prefix(b":")?))?;
        // A name of serde_json's own is not for us to judge.
        if name.first() == Some(&b'$') {
            return None;
        }
        if let Some(at) = READ.iter().position(|(read, _)| *read == name) {
            let bit = 1 << at;
            if met & bit != 0 {
                return None;
            }
            met |= bit;
            match (READ[at].1, value) {
                (Wanted::Anything, _) | (Wanted::Text, Value::Text) => {}
                (Wanted::Number, Value::Number(seconds)) => match at {
                    0 => times.exp = Some(seconds),
                    1 => times.nbf = Some(seconds),
                    _ => times.iat = Some(seconds),
                },
                _ => return None,
            }
        }
        let after = blank(after);
        if let Some(after) = after.strip_prefix(b",") {
            rest = after;
            continue;
        }
        let end = blank(after.strip_prefix(b"}")?);
        return end.is_empty().then_some(times);
    }
}

fn blank(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = text {
        text = rest;
    }
    text
}

/// A text in quotes, and what follows it.
fn quoted(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let inner = text.strip_prefix(b"\"")?;
    let end = inner
        .iter()
        .position(|byte| *byte == b'"' || *byte < b' ')?;
    (inner[end] == b'"').then(|| (&inner[..end], &inner[end + 1..]))
}

fn value(text: &[u8]) -> Option<(Value, &[u8])> {
    if text.first()? == &b'"' {
        return quoted(text).map(|(_, after)| (Value::Text, after));
    }
    for word in [b"true".as_slice(), b"false", b"null"] {
        if let Some(after) = text.strip_prefix(word) {
            return Some((Value::Word, after));
        }
    }
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let leading_zero = digits > 1 && text[0] == b'0';
    if digits == 0 || digits > DIGITS || leading_zero {
        return None;
    }
    let (number, after) = text.split_at(digits);
    // A fraction or an exponent follows: not whole.
    if matches!(after.first(), Some(b'.' | b'e' | b'E')) {
        return None;
    }
    let whole = number
        .iter()
        .fold(0_u64, |whole, digit| whole * 10 + u64::from(digit - b'0'));
    #[expect(clippy::cast_precision_loss, reason = "fifteen digits are exact")]
    Some((Value::Number(whole as f64), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_access_token_of_simplejwt_is_plain() {
        let text = r#"{"token_type":"access","exp":1700000300,"iat":1700000000,"jti":"2a9a","user_id":"1","staff":true}"#;
        let read = times(text).unwrap();
        assert_eq!(
            read,
            Times {
                exp: Some(1_700_000_300.0),
                nbf: None,
                iat: Some(1_700_000_000.0)
            }
        );
        assert_eq!(
            times(&text.replace(',', " ,\n ").replace(':', " : ")),
            Some(read)
        );
    }

    #[test]
    fn what_is_not_plain_is_left_to_others() {
        for text in [
            "",
            "{",
            "{}",
            "[]",
            "7",
            r#"{"exp":1,}"#,
            r#"{"exp":1} x"#,
            r#"{"exp":1.5}"#,
            r#"{"exp":1e3}"#,
            r#"{"exp":01}"#,
            r#"{"exp":-1}"#,
            r#"{"exp":"1"}"#,
            r#"{"exp":null}"#,
            r#"{"exp":1,"exp":2}"#,
            r#"{"exp":1234567890123456}"#,
            r#"{"aud":["a"]}"#,
            r#"{"sub":1}"#,
            r#"{"a":{"b":1}}"#,
            r#"{"a" 1}"#,
            r#"{"alg":1,"alg":1}"#,
            r#"{"$serde_json::private::Number":"1"}"#,
            "{\"a\":\"\n\"}",
            r#"{"a":truest}"#,
            r#"{"a":"b}"#,
            "{\"a\":tru",
            "{\"a\"",
            "{a:1}",
        ] {
            assert_eq!(times(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_read_is_json_with_those_times(text in "[{]\"(exp|nbf|a|sub)\":([0-9]{1,16}|\"[ -~]{0,3}\"|true|[ -~]{0,4})(,\"(exp|iat|b)\":[0-9\"a]{1,12}){0,2}[}]") {
            proptest::prop_assume!(!text.contains('\\'));
            if let Some(read) = times(&text) {
                let full: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
                let number = |name: &str| full.get(name).and_then(serde_json::Value::as_f64);
                proptest::prop_assert_eq!((read.exp, read.nbf, read.iat), (number("exp"), number("nbf"), number("iat")));
            }
        }
    }
}
