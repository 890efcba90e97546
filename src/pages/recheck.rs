//! Walks a list a second time: the only proof that nothing moved while it was walked.
//!
//! Rows are lost or doubled between two pages when what stands before them grows or shrinks in between.
//! Every page that is read again then holds other items, even where the count came out the same.

use std::hash::BuildHasher;

use super::error::WalkError;
use super::options::Options;
use super::walk::Walk;
use crate::http::{Client, Url};

/// Walks the list of `walk` again and compares page by page; adds a doubt to the walk when one differs.
///
/// Gives the number of requests that it took. `walk` must have kept its prints.
pub async fn recheck(
    walk: &mut Walk,
    client: Client,
    url: Url,
    options: &Options,
) -> Result<u64, WalkError> {
    let options = Options {
        unique_by: None,
        keep_prints: false,
        // Prints are those of whole pages.
        parts: false,
        ..options.clone()
    };
    let mut again = Walk::new(client, url, options);
    let mut changed = None;
    let mut pages = 0;
    while let Some(batch) = again.next().await? {
        let (prints, hasher) = walk.prints();
        if prints.get(pages) != Some(&hasher.hash_one(batch.items.lines())) {
            changed = Some(pages + 1);
            break;
        }
        pages += 1;
    }
    if changed.is_none() && pages < walk.prints().0.len() {
        changed = Some(pages + 1);
    }
    let requests = again.pace().requests();
    let doubt = changed.map(|page| {
        format!(
            "looked at again, page {page} holds other items: the list changed while it was walked"
        )
    });
    walk.looked_again(doubt.as_deref());
    Ok(requests)
}
