//! `json.loads`, with `CPython`'s error texts and positions.

use std::collections::HashMap;

use super::Json;

/// How deep documents may nest before Python's recursion limit turns the request into a 500.
const DEPTH: usize = 900;
/// `sys.get_int_max_str_digits()`.
const INT_DIGITS: usize = 4300;

/// Why a document was not read.
#[derive(Debug, PartialEq)]
pub(in crate::server) enum ParseFailure {
    /// What DRF puts behind `JSON parse error - `.
    Text(String),
    /// `RecursionError`: nobody catches it.
    TooDeep,
}

/// Parses `bytes` as DRF's `JSONParser` does in strict mode.
pub(in crate::server) fn parse(bytes: &[u8]) -> Result<Json, ParseFailure> {
    let text = decode(bytes)?;
    let chars: Vec<char> = text.chars().collect();
    let mut reader = Reader {
        chars: &chars,
        depth: 0,
    };
    if chars.first() == Some(&'\u{feff}') {
        return Err(reader.error("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0));
    }
    let start = reader.skip_spaces(0);
    let (value, end) = reader.value(start)?;
    let end = reader.skip_spaces(end);
    if end != chars.len() {
        return Err(reader.error("Extra data", end));
    }
    Ok(value)
}

/// Python's words for the first byte that is not UTF-8. A sequence that the end cuts short is dropped: DRF reads
/// through a stream that waits for the rest.
fn decode(bytes: &[u8]) -> Result<&str, ParseFailure> {
    std::str::from_utf8(bytes).or_else(|error| {
        let at = error.valid_up_to();
        let Some(length) = error.error_len() else {
            return Ok(std::str::from_utf8(&bytes[..at]).unwrap_or_default());
        };
        let lead = bytes[at];
        let reason = match lead {
            0xc2..=0xf4 => "invalid continuation byte",
            _ => "invalid start byte",
        };
        let place = match length {
            1 => format!("byte 0x{lead:02x} in position {at}"),
            _ => format!("bytes in position {at}-{}", at + length - 1),
        };
        Err(ParseFailure::Text(format!(
            "'utf-8' codec can't decode {place}: {reason}"
        )))
    })
}

struct Reader<'a> {
    chars: &'a [char],
    depth: usize,
}

type Parsed<T> = Result<(T, usize), ParseFailure>;

impl Reader<'_> {
    fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).copied()
    }

    fn error(&self, message: &str, at: usize) -> ParseFailure {
        let before = &self.chars[..at.min(self.chars.len())];
        let line = before.iter().filter(|c| **c == '\n').count() + 1;
        let column = match before.iter().rposition(|c| *c == '\n') {
            Some(newline) => at - newline,
            None => at + 1,
        };
        ParseFailure::Text(format!(
            "{message}: line {line} column {column} (char {at})"
        ))
    }

    fn skip_spaces(&self, mut at: usize) -> usize {
        while matches!(self.at(at), Some(' ' | '\t' | '\n' | '\r')) {
            at += 1;
        }
        at
    }

    fn starts_with(&self, at: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(offset, c)| self.at(at + offset) == Some(c))
    }

    fn value(&mut self, at: usize) -> Parsed<Json> {
        match self.at(at) {
            Some('"') => self
                .string(at + 1)
                .map(|(text, end)| (Json::Str(text), end)),
            Some('{') => self.nested(at, Self::object),
            Some('[') => self.nested(at, Self::list),
            Some('n') if self.starts_with(at, "null") => Ok((Json::Null, at + 4)),
            Some('t') if self.starts_with(at, "true") => Ok((Json::Bool(true), at + 4)),
            Some('f') if self.starts_with(at, "false") => Ok((Json::Bool(false), at + 5)),
            Some('N') if self.starts_with(at, "NaN") => Err(out_of_range("NaN")),
            Some('I') if self.starts_with(at, "Infinity") => Err(out_of_range("Infinity")),
            Some('-') if self.starts_with(at, "-Infinity") => Err(out_of_range("-Infinity")),
            _ => self.number(at),
        }
    }

    fn nested(&mut self, at: usize, read: fn(&mut Self, usize) -> Parsed<Json>) -> Parsed<Json> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(ParseFailure::TooDeep);
        }
        let parsed = read(self, at + 1);
        self.depth -= 1;
        parsed
    }

    fn object(&mut self, at: usize) -> Parsed<Json> {
        let mut members: Vec<(String, Json)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut at = self.skip_spaces(at);
        if self.at(at) == Some('}') {
            return Ok((Json::Object(members), at + 1));
        }
        loop {
            if self.at(at) != Some('"') {
                return Err(self.error("Expecting property name enclosed in double quotes", at));
            }
            let (name, end) = self.string(at + 1)?;
            at = self.skip_spaces(end);
            if self.at(at) != Some(':') {
                return Err(self.error("Expecting ':' delimiter", at));
            }
            at = self.skip_spaces(at + 1);
            let (value, end) = self.value(at)?;
            if let Some(place) = places.get(&name) {
                members[*place].1 = value;
            } else {
                places.insert(name.clone(), members.len());
                members.push((name, value));
            }
            at = self.skip_spaces(end);
            match self.at(at) {
                Some('}') => return Ok((Json::Object(members), at + 1)),
                Some(',') => at = self.skip_spaces(at + 1),
                _ => return Err(self.error("Expecting ',' delimiter", at)),
            }
        }
    }

    fn list(&mut self, at: usize) -> Parsed<Json> {
        let mut items = Vec::new();
        let mut at = self.skip_spaces(at);
        if self.at(at) == Some(']') {
            return Ok((Json::List(items), at + 1));
        }
        loop {
            let (value, end) = self.value(at)?;
            items.push(value);
            at = self.skip_spaces(end);
            match self.at(at) {
                Some(']') => return Ok((Json::List(items), at + 1)),
                Some(',') => at = self.skip_spaces(at + 1),
                _ => return Err(self.error("Expecting ',' delimiter", at)),
            }
        }
    }

    /// Reads a string whose opening quote is at `begin - 1`.
    fn string(&mut self, begin: usize) -> Parsed<String> {
        let mut out = String::new();
        let mut at = begin;
        loop {
            match self.at(at) {
                None => return Err(self.error("Unterminated string starting at", begin - 1)),
                Some('"') => return Ok((out, at + 1)),
                Some('\\') => {
                    let (c, end) = self.escape(at, begin)?;
                    out.push(c);
                    at = end;
                }
                Some(c) if c < ' ' => return Err(self.error("Invalid control character at", at)),
                Some(c) => {
                    out.push(c);
                    at += 1;
                }
            }
        }
    }

    /// Reads an escape whose backslash is at `at`. A lone surrogate becomes U+FFFD.
    fn escape(&self, at: usize, begin: usize) -> Parsed<char> {
        let plain = match self.at(at + 1) {
            None => return Err(self.error("Unterminated string starting at", begin - 1)),
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let high = self.hex(at)?;
                if (0xd800..0xdc00).contains(&high) && self.starts_with(at + 6, "\\u") {
                    let low = self.hex(at + 6)?;
                    if (0xdc00..0xe000).contains(&low) {
                        let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                        return Ok((char::from_u32(code).unwrap_or('\u{fffd}'), at + 12));
                    }
                }
                return Ok((char::from_u32(high).unwrap_or('\u{fffd}'), at + 6));
            }
            Some(_) => return Err(self.error("Invalid \\escape", at)),
        };
        Ok((plain, at + 2))
    }

    /// The four digits of the `\uXXXX` at `at`.
    fn hex(&self, at: usize) -> Result<u32, ParseFailure> {
        let mut code = 0;
        for offset in 2..6 {
            let digit = self.at(at + offset).and_then(|c| c.to_digit(16));
            // CPython names the place of the digits' first character.
            code = code * 16 + digit.ok_or_else(|| self.error("Invalid \\uXXXX escape", at + 1))?;
        }
        Ok(code)
    }

    fn number(&self, begin: usize) -> Parsed<Json> {
        let digits_from = |mut at: usize| {
            while self.at(at).is_some_and(|c| c.is_ascii_digit()) {
                at += 1;
            }
            at
        };
        let first = begin + usize::from(self.at(begin) == Some('-'));
        let mut end = match self.at(first) {
            Some('0') => first + 1,
            Some('1'..='9') => digits_from(first),
            _ => return Err(self.error("Expecting value", begin)),
        };
        let whole = end;
        if self.at(end) == Some('.') && digits_from(end + 1) > end + 1 {
            end = digits_from(end + 1);
        }
        if matches!(self.at(end), Some('e' | 'E')) {
            let sign = usize::from(matches!(self.at(end + 1), Some('+' | '-')));
            let exponent = digits_from(end + 1 + sign);
            if exponent > end + 1 + sign {
                end = exponent;
            }
        }
        let text: String = self.chars[begin..end].iter().collect();
        if end > whole {
            return Ok((Json::Float(text.parse().unwrap_or(f64::NAN)), end));
        }
        let digits = whole - first;
        if digits > INT_DIGITS {
            return Err(ParseFailure::Text(format!(
                "Exceeds the limit ({INT_DIGITS} digits) for integer string conversion: value has {digits} digits; use sys.set_int_max_str_digits() to increase the limit"
            )));
        }
        let text = if text == "-0" { "0".to_owned() } else { text };
        Ok((Json::Int(text), end))
    }
}

fn out_of_range(word: &str) -> ParseFailure {
    ParseFailure::Text(format!(
        "Out of range float values are not JSON compliant: '{word}'"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        match parse(text.as_bytes()) {
            Err(ParseFailure::Text(words)) => words,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn errors_are_in_the_words_of_cpython() {
        for (text, expected) in [
            (
                r#"{"username": }"#,
                "Expecting value: line 1 column 14 (char 13)",
            ),
            ("", "Expecting value: line 1 column 1 (char 0)"),
            (
                "{'a': 1}",
                "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
            ),
            (
                "{\"a\" 1}",
                "Expecting ':' delimiter: line 1 column 6 (char 5)",
            ),
            (
                "{\"a\": 1\n \"b\": 2}",
                "Expecting ',' delimiter: line 2 column 2 (char 9)",
            ),
            (
                "{\"a\": \"x",
                "Unterminated string starting at: line 1 column 7 (char 6)",
            ),
            ("\"\\x\"", "Invalid \\escape: line 1 column 2 (char 1)"),
            ("1 2", "Extra data: line 1 column 3 (char 2)"),
            (
                "[NaN]",
                "Out of range float values are not JSON compliant: 'NaN'",
            ),
        ] {
            assert_eq!(words(text), expected);
        }
    }

    #[test]
    fn a_wide_object_is_read_in_one_pass_and_the_last_of_equal_names_wins() {
        let began = tokio::time::Instant::now();
        let members: Vec<String> = (0..300_000)
            .map(|n| format!("\"k{}\":{n}", n % 200_000))
            .collect();
        let Ok(Json::Object(read)) = parse(format!("{{{}}}", members.join(",")).as_bytes()) else {
            panic!("no object");
        };
        assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
        let member = |name: &str, n: &str| (name.to_owned(), Json::Int(n.to_owned()));
        assert_eq!(read.len(), 200_000);
        assert_eq!(read[7], member("k7", "200007"));
        assert_eq!(read[199_999], member("k199999", "199999"));
    }

    #[test]
    fn deep_nesting_is_refused_without_a_stack_overflow() {
        assert_eq!(
            parse("[".repeat(100_000).as_bytes()),
            Err(ParseFailure::TooDeep)
        );
    }
}
