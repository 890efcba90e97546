//! Where a text comes from: the argument, `@file`, `-`, or what is piped in.

use std::io::{IsTerminal, Read};

use crate::cli::failure::{Exit, Failure};
use crate::jwt::{Found, find};
use crate::secret::Secret;

/// The text of the arguments: several words are one text, as in `decode Bearer eyJ…`.
pub(crate) fn text(words: &[String], what: &str) -> Result<String, Failure> {
    match words {
        [] if std::io::stdin().is_terminal() => Err(Failure::usage(format!("no {what}"))
            .hint("give it as an argument, as `@file`, or pipe it in")),
        [] => standard_input(),
        [one] => argument(one),
        many => Ok(many.join(" ")),
    }
}

/// One argument: a text, `@file` or `-`.
pub(crate) fn argument(word: &str) -> Result<String, Failure> {
    match word.strip_prefix('@') {
        Some(path) => Ok(String::from_utf8_lossy(&file(path)?).into_owned()),
        None if word == "-" => standard_input(),
        None => Ok(word.to_owned()),
    }
}

/// The bytes of a file; `-` is standard input.
pub(crate) fn file(path: &str) -> Result<Vec<u8>, Failure> {
    if path == "-" {
        return standard_input().map(String::into_bytes);
    }
    std::fs::read(path)
        .map_err(|error| Failure::local(format!("cannot read '{path}'")).because(&error))
}

fn standard_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::local("cannot read standard input").because(&error))?;
    // Tokens are ASCII; what surrounds them may be anything.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The tokens of the input for a judge. A single word that begins like a token is one, with whatever clings to it: what is
/// cut off to read a token would be left out of the verdict.
pub(crate) fn tokens_whole(words: &[String]) -> Result<Vec<Found>, Failure> {
    let text = text(words, "token")?;
    let word = text.trim();
    if word.starts_with("ey")
        && !word.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '='))
    {
        return Ok(vec![Found {
            token: Secret::new(word),
            label: None,
            joined: false,
        }]);
    }
    found_in(&text)
}

/// The tokens of the input, at least one.
pub(crate) fn tokens(words: &[String]) -> Result<Vec<Found>, Failure> {
    found_in(&text(words, "token")?)
}

fn found_in(text: &str) -> Result<Vec<Found>, Failure> {
    let found = find(text);
    if found.is_empty() {
        let message = if text.trim().is_empty() {
            "the input is empty"
        } else {
            "no JSON Web Token in the input"
        };
        return Err(Failure::new(Exit::No, "no-token", message)
            .hint("a token is three base64url segments with dots between: `eyJ….eyJ….…`"));
    }
    Ok(found)
}
