//! What came of a probe. Pure.

use crate::secret::Secret;

/// The verdict on one probe, mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Not carried out; the message says why.
    Skip,
    /// The server did right.
    Pass,
    /// Lawful, but worth a look.
    Warn,
    /// The server answered 5xx or broke off: input that nobody handled.
    Crash,
    /// The server did what it must not.
    Fail,
}

impl Verdict {
    /// The word in tables and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Crash => "crash",
            Self::Fail => "fail",
        }
    }
}

/// How a battery ended: whether what it found can be relied upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finish {
    /// The good token is accepted as at the beginning.
    Sound,
    /// The good token is refused by now, so that refusals prove nothing.
    Refused {
        /// The status.
        status: u16,
    },
    /// The API throttles, and what was left was not tried.
    Throttled,
    /// The server does not answer any more; why, in words.
    NoAnswer(String),
}

/// One request of a probe and its reply, without secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What was sent, in words.
    pub request: String,
    /// The status; `None` where there was no reply.
    pub status: Option<u16>,
    /// The beginning of the reply's body, tokens cut.
    pub reply: String,
}

/// What came of one probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The probe.
    pub id: &'static str,
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub message: String,
    /// What was sent and answered.
    pub evidence: Vec<Evidence>,
}

impl Outcome {
    /// An outcome without evidence.
    pub(super) fn new(id: &'static str, verdict: Verdict, message: impl Into<String>) -> Self {
        Self {
            id,
            verdict,
            message: message.into(),
            evidence: Vec::new(),
        }
    }

    /// The probe was not carried out.
    pub(super) fn skip(id: &'static str, why: impl Into<String>) -> Self {
        Self::new(id, Verdict::Skip, why)
    }

    /// The same with what was sent and answered.
    #[must_use]
    pub(super) fn with(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        self.evidence.extend(evidence);
        self
    }
}

/// The most characters of a body that evidence keeps.
const LONGEST: usize = 240;

/// A body as evidence: the known secrets and everything that looks like a JWT cut, the rest shortened.
pub(super) fn cut(body: &str, secrets: &[Secret]) -> String {
    let mut text = body.to_owned();
    for secret in secrets.iter().filter(|secret| secret.expose().len() > 3) {
        text = text.replace(secret.expose(), &secret.cut());
    }
    let in_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut shown = String::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let word = rest.find(|c| !in_token(c)).unwrap_or(rest.len());
        let (token, after) = rest.split_at(word);
        if token.len() > 40 && token.matches('.').count() >= 2 {
            shown += &Secret::new(token).cut();
        } else {
            shown += token;
        }
        let next = after.find(in_token).unwrap_or(after.len());
        shown += &after[..next];
        rest = &after[next..];
    }
    let one_line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= LONGEST {
        return one_line;
    }
    one_line.chars().take(LONGEST).collect::<String>() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_secrets_are_cut_from_evidence() {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJlc2lnbmF0dXJl";
        let body = format!("{{\"access\": \"{token}\", \"hint\": \"pass-word-1\"}}");
        let shown = cut(&body, &[Secret::new("pass-word-1")]);
        assert_eq!(
            shown,
            "{\"access\": \"eyJhbGci…(66 characters)\", \"hint\": \"[redacted]\"}"
        );
    }

    #[test]
    fn a_long_body_is_shortened() {
        assert!(cut(&"ä ".repeat(1000), &[]).chars().count() <= LONGEST + 1);
    }
}
