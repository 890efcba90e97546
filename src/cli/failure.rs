//! Exit codes, and every error turned into words, a hint and one of them. No other file knows them.

use std::error::Error as StdError;
use std::process::ExitCode;

use serde_json::json;

use crate::http;
use crate::pages::{SelectError, WalkError};
use crate::ui::{Look, Tone};

/// How the program ends. The numbers are part of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Done, and the answer is yes.
    Yes = 0,
    /// Done, and the answer is no: token invalid, limit regressed, a fault was found.
    No = 1,
    /// Bad arguments, or a bad configuration or specification file.
    Usage = 2,
    /// The API refused or answered nonsense.
    Api = 3,
    /// No answer: DNS, connection, TLS, timeout, or 5xx after all retries.
    NoAnswer = 4,
    /// A fault on this machine: a file, the token store.
    Local = 5,
    /// Interrupted; what was written stands.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Exit {
    /// Yes or no.
    pub(crate) fn answer(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// An error as the user sees it.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The exit code.
    pub(crate) exit: Exit,
    /// A word for scripts.
    pub(crate) kind: &'static str,
    message: String,
    causes: Vec<String>,
    hint: Option<String>,
    silent: bool,
}

impl Failure {
    /// A failure in words: lower case, no full stop.
    pub(crate) fn new(exit: Exit, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit,
            kind,
            message: message.into(),
            causes: Vec::new(),
            hint: None,
            silent: false,
        }
    }

    /// Bad arguments or a bad file.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "usage", message)
    }

    /// The API refused or answered nonsense.
    pub(crate) fn api(message: impl Into<String>) -> Self {
        Self::new(Exit::Api, "api", message)
    }

    /// A fault on this machine.
    pub(crate) fn local(message: impl Into<String>) -> Self {
        Self::new(Exit::Local, "local", message)
    }

    /// Interrupted by the user.
    pub(crate) fn interrupted() -> Self {
        Self::new(Exit::Interrupted, "interrupted", "interrupted")
    }

    /// A failed write to standard output: a reader that went away is no failure at all.
    pub(crate) fn stdout(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            let mut closed = Self::new(
                Exit::Yes,
                "closed-pipe",
                "the reader of standard output went away",
            );
            closed.silent = true;
            return closed;
        }
        Self::local("cannot write to standard output").because(error)
    }

    /// Adds what to do about it, with commands in backticks.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds to the hint.
    #[must_use]
    pub(crate) fn noting(mut self, note: &str) -> Self {
        self.hint = Some(match self.hint {
            Some(hint) => format!("{hint}; {note}"),
            None => note.to_owned(),
        });
        self
    }

    /// Adds an error and its causes.
    #[must_use]
    pub(crate) fn because(mut self, error: &(dyn StdError + 'static)) -> Self {
        let mut at = Some(error);
        while let Some(cause) = at {
            let words = cause.to_string();
            // Transparent wrappers repeat their cause.
            if self.causes.last() != Some(&words) && self.message != words {
                self.causes.push(words);
            }
            at = cause.source();
        }
        self
    }

    /// A failure whose words are those of an error of ours.
    pub(crate) fn of(exit: Exit, kind: &'static str, error: &(dyn StdError + 'static)) -> Self {
        Self::new(exit, kind, error.to_string()).because(error)
    }

    /// The lines for standard error; empty where there is nothing to say.
    pub(crate) fn shown(&self, as_json: bool, look: &Look) -> String {
        if self.silent {
            return String::new();
        }
        if as_json {
            let mut error = json!({
                "kind": self.kind,
                "message": self.message,
                "hint": self.hint,
                "exit_code": self.exit as u8,
            });
            if !self.causes.is_empty() {
                error["caused_by"] = json!(self.causes);
            }
            return json!({ "error": error }).to_string() + "\n";
        }
        let mut text = format!("{} {}\n", look.paint(Tone::Bad, "error:"), self.message);
        for cause in &self.causes {
            text += &format!("{} {cause}\n", look.paint(Tone::Strong, "caused by:"));
        }
        if let Some(hint) = &self.hint {
            text += &format!("{} {hint}\n", look.paint(Tone::Good, "hint:"));
        }
        text
    }
}

impl From<http::Error> for Failure {
    fn from(error: http::Error) -> Self {
        use http::Error as E;
        let error = match error {
            E::Credential(refusal) => return Self::from_refusal(refusal),
            error => error,
        };
        let (exit, kind, hint) = match &error {
            E::Url { .. } => (
                Exit::Usage,
                "url",
                Some(
                    "give a full URL, or a path such as `/api/products/` together with `--base-url`",
                ),
            ),
            E::Dns { .. } => (
                Exit::NoAnswer,
                "dns",
                Some("check the host name, or give its address with `--resolve HOST:PORT:ADDRESS`"),
            ),
            E::Refused { .. } => (
                Exit::NoAnswer,
                "refused",
                Some(
                    "is the server running there? `apictl serve` starts one to try things on; `--base-url` names another",
                ),
            ),
            E::Connect { .. } => (
                Exit::NoAnswer,
                "connect",
                Some("check the address, the proxy settings and `--bind`"),
            ),
            E::Tls { .. } => (
                Exit::NoAnswer,
                "tls",
                Some(
                    "trust a private authority with `--cacert FILE`; `--insecure` accepts any certificate",
                ),
            ),
            E::ConnectTimeout { .. } => (
                Exit::NoAnswer,
                "timeout",
                Some("is the host up? `--connect-timeout 30s` allows more time"),
            ),
            E::Timeout { .. } => (
                Exit::NoAnswer,
                "timeout",
                Some("allow more time with `--timeout 60s`"),
            ),
            E::Broken { .. } => (Exit::NoAnswer, "broken", None),
            E::TooLarge { .. } => (Exit::Api, "too-large", None),
            E::Redirects { .. } => (
                Exit::Api,
                "redirects",
                Some("look at one of them with `apictl request GET URL --no-follow --include`"),
            ),
            E::Setup { .. } => (Exit::Usage, "setup", None),
            E::Credential(_) => (Exit::Api, "credential", None),
        };
        let failure = Self::of(exit, kind, &error);
        match hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

impl From<SelectError> for Failure {
    fn from(error: SelectError) -> Self {
        let exit = match error {
            SelectError::Program { .. } => Exit::Usage,
            SelectError::Item(_) => Exit::Api,
        };
        Self::new(exit, "select", error.to_string())
            .hint("try the program on one item with `--max-items 1`")
    }
}

impl From<WalkError> for Failure {
    fn from(error: WalkError) -> Self {
        use WalkError as E;
        let words = error.to_string();
        let (kind, hint) = match error {
            E::Http { source, .. } => {
                let mut failure = Self::from(source);
                failure
                    .causes
                    .insert(0, std::mem::replace(&mut failure.message, words));
                return failure;
            }
            E::CutOff { .. } | E::Changed { .. } => {
                return Self::new(Exit::NoAnswer, "cut-off", words);
            }
            E::Status { status: 500.., .. } => {
                return Self::new(Exit::NoAnswer, "status", words);
            }
            E::Status {
                status: 401 | 403, ..
            } => (
                "status",
                "name a stored login with `--as NAME`; `apictl token obtain --as NAME` stores one",
            ),
            E::Status { status: 429, .. } => (
                "throttled",
                "wait longer with `--max-wait`, or ask slower with `--rate`",
            ),
            E::Status { .. } | E::Redirect { .. } => (
                "status",
                "check the URL with `apictl request GET URL --include`",
            ),
            E::Shrunk { .. } => (
                "shrunk",
                "walk again; rows that come and go are walked safely with CursorPagination",
            ),
            E::MediaType { .. } => (
                "media-type",
                "is the URL that of the API, and does it need a login?",
            ),
            E::Body { .. } => (
                "malformed",
                "look at the page with `apictl request GET URL`; `--items POINTER` names the list",
            ),
            E::TooLarge { .. } => ("too-large", "ask for smaller pages with `--page-size`"),
            E::Link { .. } => (
                "foreign-link",
                "give the API's public address, as its links name it, as the base URL",
            ),
            E::Cycle { .. } => ("cycle", "what was written before it stands"),
            E::NoShards => (
                "no-parts",
                "walk it whole; --concurrency sends requests ahead",
            ),
            E::Ignored { .. } => ("ignored-parameter", "name the style with `--style`"),
        };
        Self::new(Exit::Api, kind, words).hint(hint)
    }
}

impl Failure {
    /// The message alone.
    pub(crate) fn words(&self) -> String {
        self.message.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_shown_in_words_and_in_json() {
        let io = std::io::Error::other("disk on fire");
        let failure = Failure::local("cannot write 'x'")
            .because(&io)
            .hint("free some room");
        assert_eq!(
            failure.shown(false, &Look::PLAIN),
            "error: cannot write 'x'\ncaused by: disk on fire\nhint: free some room\n"
        );
        assert_eq!(
            failure.shown(true, &Look::PLAIN),
            "{\"error\":{\"kind\":\"local\",\"message\":\"cannot write 'x'\",\"hint\":\"free some room\",\
             \"exit_code\":5,\"caused_by\":[\"disk on fire\"]}}\n"
        );
    }
}
