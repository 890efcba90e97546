//! Tokens in any text: bare, after `Bearer`, in header lines, shell commands, JSON replies, archives.

use crate::secret::Secret;

use super::json;
use super::segments::{self, Segment};

/// A token met in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The token alone.
    pub token: Secret,
    /// What the text called it: a JSON name (`access`), a parameter or cookie name, or the scheme
    /// of an `Authorization` header.
    pub label: Option<String>,
    /// Whether line breaks or spaces inside the token had to be taken out.
    pub joined: bool,
}

/// The tokens of a text in the order they stand there, each once.
///
/// A text that is nothing but one dotted word is returned as it is, so that what is wrong with it
/// can be said.
pub fn find(text: &str) -> Vec<Found> {
    if let Some(found) = broken_over_lines(text) {
        return vec![found];
    }
    let mut all: Vec<Found> = Vec::new();
    for (start, end) in runs(text) {
        let Some((from, to)) = token_in(text, start, end) else {
            continue;
        };
        let token = Secret::new(&text[from..to]);
        if all.iter().all(|found| found.token != token) {
            all.push(Found {
                token,
                label: label_before(&text[..from]),
                joined: false,
            });
        }
    }
    if all.is_empty() {
        all.extend(only_word(text));
    }
    all
}

/// Whether a byte may stand in a segment, in base64url or in the other alphabet, or pad it.
fn in_segment(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=' | b'+')
}

/// The longest stretches of segment bytes and dots.
fn runs(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at
            + bytes[at..]
                .iter()
                .position(|b| in_segment(*b) || *b == b'.')?;
        let length = bytes[start..]
            .iter()
            .position(|b| !(in_segment(*b) || *b == b'.'));
        let end = length.map_or(bytes.len(), |length| start + length);
        at = end;
        Some((start, end))
    })
}

/// The token inside one stretch: from the first segment that is a JSON object to the end, without
/// the full stop of a sentence.
fn token_in(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let run = &text[start..end];
    let mut offset = 0;
    for segment in run.split('.') {
        // A parameter's `token=` or a shell's `--token=` glues a name to the header.
        let glued = segment.rfind('=').filter(|at| at + 1 < segment.len());
        let skip = glued.map_or(0, |at| at + 1);
        if is_header(&segment[skip..]) {
            let from = start + offset + skip;
            let mut to = end;
            if text[from..to].matches('.').count() == 3 && text[from..to].ends_with('.') {
                to -= 1;
            }
            return (text[from..to].matches('.').count() >= 2).then_some((from, to));
        }
        offset += segment.len() + 1;
    }
    None
}

/// Whether a segment is a JOSE header: base64url of a JSON object.
fn is_header(segment: &str) -> bool {
    // `{` is 'e' in base64, and what may follow it begins with the two top bits of `{`'s rest.
    segment.len() >= 3
        && segment.starts_with('e')
        && segments::lenient(segment, Segment::Header)
            .is_ok_and(|(bytes, _)| json::object(&bytes, Segment::Header).is_ok())
}

/// What the text before a token calls it.
fn label_before(before: &str) -> Option<String> {
    let rest = before.trim_end_matches(['"', '\'', ' ', '\\']);
    if let Some(rest) = rest.strip_suffix([':', '=']) {
        let name = rest.trim_end_matches(['"', '\'', ' ', '\\']);
        return last_word(name);
    }
    if rest.len() < before.len() {
        return last_word(rest);
    }
    None
}

/// The name at the end of a text, if it ends in one.
fn last_word(text: &str) -> Option<String> {
    let word = text
        .rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))
        .next()
        .unwrap_or_default()
        .trim_matches('-');
    (!word.is_empty() && word.len() <= 64).then(|| word.to_owned())
}

/// A text of nothing but one token that a mail program or a terminal broke over lines.
fn broken_over_lines(text: &str) -> Option<Found> {
    let trimmed = text.trim();
    let whole = trimmed
        .bytes()
        .all(|b| in_segment(b) || matches!(b, b'.' | b'/') || b.is_ascii_whitespace());
    if !whole || !trimmed.contains(|c: char| c.is_ascii_whitespace()) {
        return None;
    }
    let is_whole = |word: &&str| {
        word.matches('.').count() >= 2 && word.split('.').next().is_some_and(is_header)
    };
    if trimmed.split_ascii_whitespace().filter(is_whole).count() > 1 {
        return None;
    }
    let joined: String = trimmed.split_ascii_whitespace().collect();
    let dots = joined.matches('.').count();
    let first = trimmed.split_ascii_whitespace().next()?;
    let starts = joined.split('.').next().is_some_and(is_header);
    (matches!(dots, 2 | 4) && starts && first.len() > 3).then(|| Found {
        token: Secret::new(joined),
        label: None,
        joined: true,
    })
}

/// A text that is one dotted word, after an optional scheme: a token, if a broken one.
fn only_word(text: &str) -> Option<Found> {
    let mut words = text.split_ascii_whitespace().rev();
    let word = words.next()?;
    let label = words
        .next()
        .map(|scheme| scheme.trim_end_matches(':').to_owned());
    let others = words.count();
    (word.contains('.')
        && word.contains(char::is_alphanumeric)
        && !word.contains(['/', '@', '"', '{'])
        && others <= 1)
        .then(|| Found {
            token: Secret::new(word),
            label,
            joined: false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
    const B: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIyIn0.c2lnbmF0dXJl";

    fn seen(text: &str) -> Vec<(String, Option<String>)> {
        find(text)
            .into_iter()
            .map(|found| (found.token.expose().to_owned(), found.label))
            .collect()
    }

    fn one(text: &str, label: Option<&str>) {
        assert_eq!(
            seen(text),
            [(A.to_owned(), label.map(str::to_owned))],
            "{text}"
        );
    }

    #[test]
    fn a_token_is_found_wherever_it_stands() {
        one(A, None);
        one(&format!("\n\n  {A}  \n"), None);
        one(&format!("Bearer {A}"), Some("Bearer"));
        one(&format!("Authorization: JWT {A}\r\n"), Some("JWT"));
        one(
            &format!("curl -H 'Authorization: Bearer {A}' http://h/api"),
            Some("Bearer"),
        );
        one(
            &format!("curl -H \"Authorization: Bearer {A}\""),
            Some("Bearer"),
        );
        one(&format!("GET /x?token={A}&page=2"), Some("token"));
        one(&format!("https://h/reset/{A}/"), None);
        one(
            &format!("Set-Cookie: jwt-auth={A}; HttpOnly"),
            Some("jwt-auth"),
        );
        one(&format!("export TOKEN=\"{A}\""), Some("TOKEN"));
        one(&format!("the token is {A}."), Some("is"));
        one(
            &format!(r#"{{"text":"{{\"access\": \"{A}\"}}"}}"#),
            Some("access"),
        );
    }

    #[test]
    fn a_reply_with_a_pair_gives_both_by_name() {
        let reply = format!(r#"{{"refresh":"{A}","access":"{B}"}}"#);
        assert_eq!(
            seen(&reply),
            [
                (A.to_owned(), Some("refresh".to_owned())),
                (B.to_owned(), Some("access".to_owned()))
            ]
        );
        assert_eq!(find(&format!("{A}\n{B}\n{A}")).len(), 2, "each once");
    }

    #[test]
    fn a_token_broken_over_lines_is_joined() {
        let (head, tail) = A.split_at(30);
        let found = find(&format!("{head}\n  {tail}\n"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].token.expose(), A);
        assert!(found[0].joined);
        let (head, tail) = A.split_at(A.len() - 3);
        assert_eq!(find(&format!("{head}\r\n{tail}"))[0].token.expose(), A);
    }

    #[test]
    fn an_unsecured_token_keeps_its_last_dot() {
        let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.";
        assert_eq!(find(token)[0].token.expose(), token);
    }

    #[test]
    fn a_broken_token_alone_is_still_a_token() {
        assert_eq!(find("abc.def.ghi")[0].token.expose(), "abc.def.ghi");
        assert_eq!(find("Bearer abc.def")[0].token.expose(), "abc.def");
        assert_eq!(
            find(&format!("{A}.extra"))[0].token.expose(),
            format!("{A}.extra")
        );
    }

    #[test]
    fn prose_and_pages_hold_no_token() {
        for text in [
            "",
            "hello world",
            "see https://a.b.c/d",
            "<html>v1.2.3</html>",
            "...",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_searched_without_a_panic(text in ".{0,300}", parts in "[eyJ=.\\-_A-Za-z0-9 \n\"]{0,200}") {
            let _ = find(&text);
            let _ = find(&parts);
        }

        #[test]
        fn a_token_between_quotes_is_found_whole(name in "[a-z_]{1,12}", claims in "\\{\"a\":[0-9]{1,9}\\}") {
            let token = format!("eyJhbGciOiJIUzI1NiJ9.{}.c2ln", segments::encode(claims.as_bytes()));
            let found = find(&format!("{{\"{name}\": \"{token}\"}}"));
            proptest::prop_assert_eq!(found.len(), 1);
            proptest::prop_assert_eq!(found[0].token.expose(), token);
            proptest::prop_assert_eq!(found[0].label.as_deref(), Some(name.as_str()));
        }
    }
}
