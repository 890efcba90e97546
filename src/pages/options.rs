//! What can be asked of a walk.

use super::next::Hints;
use super::pointer::Pointer;
use super::shard::Shard;
use super::window::Concurrency;
use crate::http::Policy;
use crate::rate::Rate;

/// How a list is walked. The default finds everything out by itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where the items are.
    pub items: Option<Pointer>,
    /// What is known of the style.
    pub hints: Hints,
    /// How many items to ask for in a page.
    pub page_size: Option<u64>,
    /// How many requests may be in flight.
    pub concurrency: Concurrency,
    /// When a request is made again.
    pub policy: Policy,
    /// How fast requests may follow each other.
    pub rate: Option<Rate>,
    /// Parse every item.
    pub strict: bool,
    /// Drop items whose value of this field was seen before.
    pub unique_by: Option<String>,
    /// Remember what each page held, for [`recheck`](super::recheck()).
    pub keep_prints: bool,
    /// Hand out long pages in parts, so that no page need fit in memory.
    pub parts: bool,
    /// Look at both ends of a counted list twice, for two requests more.
    pub look_at_ends: bool,
    /// Let pages share a row where an offset counts, which shows whether rows came or went between them.
    pub share_rows: bool,
    /// Cut the key range of a cursor walk, and fetch several cuts at once.
    pub split: bool,
    /// Walk one of several equal parts only.
    pub shard: Option<Shard>,
    /// Stop after so many pages.
    pub max_pages: Option<u64>,
    /// Stop after so many items.
    pub max_items: Option<u64>,
}
