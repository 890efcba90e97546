//! The answer about a token: each check, and the one reason that comes first.

use serde::Serialize;

/// Why a token is refused. The order is that of importance: the first failing one is the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Not three base64url segments with JSON objects.
    Malformed,
    /// Encrypted (JWE): nothing can be checked.
    Encrypted,
    /// The header's `alg` is not one that the key or the caller allows.
    Algorithm,
    /// The header demands an extension that is not known here (RFC 7515 §4.1.11).
    Crit,
    /// No key of the set is the one the token names.
    Key,
    /// The signature does not belong to this key and content.
    Signature,
    /// `exp` has passed.
    Expired,
    /// `nbf` or `iat` lies ahead.
    NotYetValid,
    /// Issued longer ago than allowed.
    MaxAge,
    /// `iss` is not the one expected.
    Issuer,
    /// `aud` does not name the one expected.
    Audience,
    /// `sub` is not the one expected.
    Subject,
    /// `token_type` is not the one expected.
    TokenType,
    /// A registered claim has a type or value that makes no sense.
    ClaimType,
    /// A claim that must be there is not.
    MissingClaim,
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// As it should be.
    Pass,
    /// Speaks against the token.
    Fail,
    /// Not checked; the message says why.
    Skip,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was checked: `signature`, `exp`, `aud`, …
    pub check: String,
    /// How it came out.
    pub status: Status,
    /// What was found, in words.
    pub message: String,
    /// Why it speaks against the token; only of a failed check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

impl Check {
    pub(crate) fn pass(check: &str, message: impl Into<String>) -> Self {
        Self {
            check: check.to_owned(),
            status: Status::Pass,
            message: message.into(),
            reason: None,
        }
    }

    pub(crate) fn skip(check: &str, message: impl Into<String>) -> Self {
        Self {
            check: check.to_owned(),
            status: Status::Skip,
            message: message.into(),
            reason: None,
        }
    }

    pub(crate) fn fail(check: &str, reason: Reason, message: impl Into<String>) -> Self {
        Self {
            check: check.to_owned(),
            status: Status::Fail,
            message: message.into(),
            reason: Some(reason),
        }
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Every check that was made or deliberately left out.
    pub checks: Vec<Check>,
}

impl Verdict {
    /// Whether nothing speaks against the token.
    pub fn is_valid(&self) -> bool {
        self.failed().next().is_none()
    }

    /// The checks that failed.
    pub fn failed(&self) -> impl Iterator<Item = &Check> {
        self.checks
            .iter()
            .filter(|check| check.status == Status::Fail)
    }

    /// The first reason by importance.
    pub fn reason(&self) -> Option<Reason> {
        self.failed().filter_map(|check| check.reason).min()
    }

    /// One sentence: why it is refused, every reason named, or that it is valid.
    pub fn message(&self) -> String {
        let mut failed: Vec<&Check> = self.failed().collect();
        failed.sort_by_key(|check| check.reason);
        let words: Vec<&str> = failed.iter().map(|check| check.message.as_str()).collect();
        if words.is_empty() {
            "the token is valid".to_owned()
        } else {
            words.join("; ")
        }
    }
}
