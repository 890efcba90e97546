//! Why a walk ends before the last page.

use thiserror::Error;

use super::origin::LinkError;
use super::page::SplitError;
use crate::http;

/// What ended a walk. Pages count from 1; what was handed out before stands.
#[derive(Debug, Error)]
pub enum WalkError {
    /// A page had no answer, after all retries.
    #[error("page {page} could not be fetched")]
    Http {
        /// The page.
        page: u64,
        /// The client's error.
        source: http::Error,
    },
    /// A page was refused, after all retries.
    #[error("page {page} was answered {status}{detail}")]
    Status {
        /// The page.
        page: u64,
        /// The status code.
        status: u16,
        /// The server's words, with `: ` before them; may be empty.
        detail: String,
    },
    /// A page that the one before it announced is gone.
    #[error(
        "page {page} was answered 404{detail} although page {before} announced it: the list shrank while it was walked"
    )]
    Shrunk {
        /// The page.
        page: u64,
        /// The page before.
        before: u64,
        /// The server's words, with `: ` before them; may be empty.
        detail: String,
    },
    /// The reply is no JSON by its own account.
    #[error("page {page} is '{media_type}', not JSON")]
    MediaType {
        /// The page.
        page: u64,
        /// What `Content-Type` says.
        media_type: String,
    },
    /// The body is malformed or holds no list.
    #[error("page {page}: {source}")]
    Body {
        /// The page.
        page: u64,
        /// Where and what.
        source: SplitError,
    },
    /// The body is larger than a page may be.
    #[error("page {page} is larger than {limit} bytes")]
    TooLarge {
        /// The page.
        page: u64,
        /// The cap.
        limit: usize,
    },
    /// The link to the next page is not followed.
    #[error("page {page}: {source}")]
    Link {
        /// The page with the link.
        page: u64,
        /// Why.
        source: LinkError,
    },
    /// A page was redirected to where a walk does not go.
    #[error("page {page}: {why}")]
    Redirect {
        /// The page.
        page: u64,
        /// Why.
        why: String,
    },
    /// The next page is one that was fetched before.
    #[error("page {page} leads back to page {earlier}: a cycle{why}")]
    Cycle {
        /// The page with the link.
        page: u64,
        /// Where it leads.
        earlier: u64,
        /// What is behind it, with `; ` before it; may be empty.
        why: String,
    },
    /// The server answers every page with the same items.
    #[error("page {page} repeats page {before}: the server ignores the parameter '{parameter}'")]
    Ignored {
        /// The page.
        page: u64,
        /// The page before.
        before: u64,
        /// The parameter that should have made a difference.
        parameter: String,
    },
    /// The list cannot be cut into parts.
    #[error("the list cannot be cut into parts: that takes page numbers or offsets, and a count")]
    NoShards,
    /// A page broke off, and held other items when it was fetched again.
    #[error(
        "page {page} broke off, and what was handed out of it is not there any more: the list changed while it was walked"
    )]
    Changed {
        /// The page.
        page: u64,
    },
    /// The task that fetched a page ended without a word.
    #[error("page {page}: the fetch was cut off")]
    CutOff {
        /// The page.
        page: u64,
    },
}

impl WalkError {
    /// Whether nothing answered, as opposed to a refusal or nonsense.
    pub const fn is_no_answer(&self) -> bool {
        matches!(
            self,
            Self::CutOff { .. } | Self::Changed { .. } | Self::Status { status: 500.., .. }
        )
    }
}
