//! DRF's three paginators over rows that are numbered, not stored.

mod cursor;
mod limit_offset;
mod order;
mod page_number;
mod rows;

pub(super) use cursor::{OFFSET_CUTOFF, cursor};
pub(super) use limit_offset::limit_offset;
pub(super) use order::{Order, OrderKey};
pub(super) use page_number::{asked_page, outlined, page_number};
pub(super) use rows::{Envelope, Limits, Rows, link, positive_int, rendered};
