//! What the body of a page is split into, or why it is none.

use serde_json::Value;
use thiserror::Error;

use super::items::Items;
use super::pointer::Pointer;

/// Why a body is not a page.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SplitError {
    /// The body is not JSON (RFC 8259).
    #[error("malformed JSON at byte {at}: {what}")]
    Malformed {
        /// Offset in the body, from 0.
        at: u64,
        /// What is wrong there.
        what: String,
    },
    /// The body is JSON without a list where one was looked for.
    #[error("no list of items {place}")]
    NoItems {
        /// Where it was looked for.
        place: String,
    },
}

/// A whole page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Whether the envelope is the head: nothing followed the items.
    pub(super) ends_with_items: bool,
    /// The body with the list of items emptied.
    pub envelope: Value,
    /// The items.
    pub items: Items,
    /// Where in the body they stood.
    pub pointer: Pointer,
}
