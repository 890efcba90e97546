//! The differences that are known and wanted, and what is passed over beyond the clock, the host, `jti` and
//! signatures. Each has a reason; there is no other list.

use super::compare::Seen;
use super::step::Step;

/// A difference and why it stays.
struct Exception {
    /// Why the embedded server does otherwise.
    #[expect(dead_code, reason = "read by people")]
    reason: &'static str,
    /// Takes what may differ out of a reply to this step; both sides' replies go through it.
    level: fn(&Step, &mut Seen),
}

const EXCEPTIONS: &[Exception] = &[
    Exception {
        reason: "`Server` names the program that answers: gunicorn there, apictl here.",
        level: |_, seen| seen.blank("Server"),
    },
    Exception {
        reason: "hyper writes header names in title case; Django writes these otherwise. The case of names \
                 means nothing (RFC 9110 section 5.1).",
        level: |_, seen| {
            seen.rename("Www-Authenticate", "WWW-Authenticate");
            seen.rename("Etag", "ETag");
            seen.rename("djdt-request-id", "Djdt-Request-Id");
        },
    },
    Exception {
        reason: "The secrets of sessions and CSRF cookies are random.",
        level: |_, seen| {
            for (_, value) in seen
                .headers
                .iter_mut()
                .filter(|(name, _)| name == "Set-Cookie")
            {
                for name in ["csrftoken=", "sessionid="] {
                    let secret = value
                        .strip_prefix(name)
                        .and_then(|rest| rest.split(';').next());
                    if let Some(secret) = secret.filter(|secret| secret.len() == 32) {
                        *value = value.replace(secret, "…");
                    }
                }
            }
        },
    },
    Exception {
        reason: "The login form and its refusal are pages for people: theirs are dressed and wordy, ours are plain. \
                 What a client takes from the form, the hidden token, is used by the requests that follow.",
        level: |step, seen| {
            if step.target.starts_with("/api-auth/") && !seen.body.is_empty() {
                seen.blank("Content-Length");
                seen.body.clear();
            }
        },
    },
    Exception {
        reason: "Which of two media ranges of one precedence decides the indentation changes with each start of \
                 Python: DRF keeps them in a set.",
        level: |step, seen| {
            let accept = step.headers.iter().find(|(name, _)| name == "Accept");
            if accept.is_some_and(|(_, value)| value.contains("indent") && value.contains(',')) {
                seen.blank("Content-Length");
                seen.body.retain(|c| !c.is_whitespace());
            }
        },
    },
    Exception {
        reason: "How short a compressed body is depends on the compressor, and Django pads it with random letters \
                 (BREACH). Bodies are compared after decompression.",
        level: |_, seen| {
            if seen
                .headers
                .iter()
                .any(|(name, value)| name == "Content-Encoding" && value == "gzip")
            {
                seen.blank("Content-Length");
            }
        },
    },
    Exception {
        reason: "Durations in `Server-Timing` are measured there and made up here; the id of the Debug Toolbar's \
                 record is random.",
        level: |_, seen| {
            seen.blank("Djdt-Request-Id");
            for (_, value) in seen
                .headers
                .iter_mut()
                .filter(|(name, _)| name == "Server-Timing")
            {
                let metrics = value.split("dur=").map(|part| match part.split_once(';') {
                    Some((duration, rest)) if duration.parse::<f64>().is_ok() => {
                        format!("…;{rest}")
                    }
                    _ => part.to_owned(),
                });
                *value = metrics.collect::<Vec<_>>().join("dur=");
            }
        },
    },
    Exception {
        reason: "The order of `ORDER BY random()` cannot be the same twice, let alone on two servers.",
        level: |step, seen| {
            if step.target.starts_with("/api/bad/unordered/") {
                *seen = Seen {
                    status: std::mem::take(&mut seen.status),
                    ..Seen::default()
                };
            }
        },
    },
];

/// Takes out of a reply to this step what the list allows to differ.
pub fn level(step: &Step, seen: &mut Seen) {
    for exception in EXCEPTIONS {
        (exception.level)(step, seen);
    }
}
