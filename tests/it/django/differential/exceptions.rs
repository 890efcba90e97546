//! The differences that are known and wanted. Each has a reason; there is no other list.

use super::step::Step;

/// A difference and why it stays.
struct Exception {
    /// Why the embedded server does otherwise.
    #[expect(dead_code, reason = "read by people")]
    reason: &'static str,
    applies: fn(&Step, &str, &str) -> bool,
}

const EXCEPTIONS: &[Exception] = &[Exception {
    reason: "The order of `ORDER BY random()` cannot be the same twice, let alone on two servers.",
    applies: |step, theirs, ours| {
        step.target.starts_with("/api/bad/unordered/")
            && theirs.lines().next() == ours.lines().next()
    },
}];

/// Whether the difference between two replies to this step is listed.
pub fn is_known(step: &Step, theirs: &str, ours: &str) -> bool {
    EXCEPTIONS
        .iter()
        .any(|exception| (exception.applies)(step, theirs, ours))
}
