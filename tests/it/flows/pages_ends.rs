//! Lists whose rows come and go while the count stays, and whose ends are looked at twice.

use std::time::Duration;

use apictl::pages::{Concurrency, Options, Proof, Walk};

use crate::support::in_process;
use crate::support::listing::{self, Listing, each_once};

/// The ids that a walk brought, and the walk.
async fn walked(listing: &Listing, path: &str, concurrency: Concurrency) -> (Vec<u64>, Walk) {
    let client = in_process::client(listing.router());
    let url = client.url(path).unwrap();
    let options = Options {
        look_at_ends: true,
        concurrency,
        ..Options::default()
    };
    let mut walk = Walk::new(client, url, options);
    let mut ids = Vec::new();
    while let Some(batch) = walk.next().await.unwrap() {
        ids.extend(listing::ids(&batch));
    }
    (ids, walk)
}

#[tokio::test(start_paused = true)]
async fn a_quiet_list_is_looked_at_again_up_to_64_pages_of_it() {
    let short = ["/page/", "/offset/", "/link/"].map(|path| (path, 11_u64));
    for (path, pages) in short.into_iter().chain([("/page/", 71), ("/offset/", 71)]) {
        for concurrency in [
            Concurrency::Early,
            Concurrency::Fixed(1),
            Concurrency::Fixed(8),
        ] {
            let listing = Listing::new(10 * pages - 7, 10);
            let (ids, walk) = walked(&listing, path, concurrency).await;
            assert_eq!(ids.len() as u64, 10 * pages - 7);
            assert_eq!(walk.tally().shortcomings(), Vec::<String>::new(), "{path}");
            let counted = walk.tally().count.is_some();
            let (proof, more) = match (counted, pages) {
                (false, _) => (Proof::End, 0),
                (true, 11) => (Proof::Recheck, 11),
                (true, _) => (Proof::Ends, 18),
            };
            assert_eq!(walk.proof(), proof, "{path}");
            assert_eq!(
                listing.asked().len() as u64,
                pages + more,
                "{path} {:?}",
                listing.asked()
            );
        }
    }
    // Nothing to compare: one page, or no count.
    for (path, rows) in [("/page/", 9), ("/cursor/", 30)] {
        let listing = Listing::new(rows, 10);
        let (_, walk) = walked(&listing, path, Concurrency::Early).await;
        assert!(
            walk.tally().is_complete() && walk.proof() != Proof::Ends,
            "{path}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_row_that_goes_while_another_comes_at_an_end_is_never_lost_without_a_word() {
    let mut lost = 0;
    for at_end in [true, false] {
        for seed in 0..200_u64 {
            // Before some request one row goes, anywhere, and one comes at an end of the list.
            let (when, which) = (2 + seed % 12, usize::try_from(seed * 37 % 100).unwrap());
            let path = ["/page/", "/offset/"][usize::try_from(seed % 2).unwrap()];
            let listing = Listing::with(100, 10, Duration::ZERO, move |number, rows, _| {
                if number == 1 {
                    for row in rows.iter_mut() {
                        *row += 1_000;
                    }
                } else if number == when {
                    rows.remove(which);
                    if at_end {
                        rows.push(5_000);
                    } else {
                        rows.insert(0, 5);
                    }
                }
                None
            });
            let gone = 1_001 + which as u64;
            let (ids, walk) = walked(&listing, path, Concurrency::Fixed(1)).await;
            let right = each_once(&ids, (1_001..=1_100).filter(|id| *id != gone));
            assert!(
                right || !walk.tally().is_complete(),
                "{path} seed {seed} {at_end}: {ids:?}"
            );
            lost += u32::from(!right);
        }
    }
    assert!(lost > 50, "the mutations do no harm: {lost}");
}

/// Walks a list of `pages` pages in which, before some request, a row goes and another comes, neither at an end. Whether all
/// rows that stayed were delivered once, and whether the walk says that it is complete.
async fn exchanged(pages: u64, seed: u64) -> (bool, bool, Walk) {
    let count = usize::try_from(pages * 10).unwrap();
    let place = |factor: u64| 10 + usize::try_from(seed * factor).unwrap() % (count - 20);
    let (when, which, where_to) = (3 + seed % (pages - 1), place(37), place(53));
    let path = ["/page/", "/offset/"][usize::try_from(seed % 2).unwrap()];
    let listing = Listing::with(pages * 10, 10, Duration::ZERO, move |number, rows, _| {
        if number == 1 {
            for row in rows.iter_mut() {
                *row *= 10;
            }
        } else if number == when {
            rows.remove(which);
            rows.insert(where_to, rows[where_to - 1] + 5);
        }
        None
    });
    let gone = 10 * (1 + which as u64);
    let (ids, walk) = walked(&listing, path, Concurrency::Fixed(1)).await;
    let rows = (1..=count as u64).map(|row| 10 * row);
    let right = each_once(&ids, rows.filter(|id| *id != gone));
    (right, walk.tally().is_complete(), walk)
}

#[tokio::test(start_paused = true)]
async fn rows_exchanged_in_a_short_list_are_never_lost_without_a_word() {
    let mut lost = 0;
    for seed in 0..100 {
        for pages in [3, 10, 18, 40, 64] {
            let (right, claims, walk) = exchanged(pages, seed).await;
            assert!(right || !claims, "{pages} pages, seed {seed}");
            assert!(!claims || walk.leaves_open().is_none(), "{pages}, {seed}");
            lost += u32::from(!right);
        }
    }
    assert!(lost > 100, "the mutations do no harm: {lost}");
}

#[tokio::test(start_paused = true)]
async fn what_is_not_seen_in_a_long_list_the_proof_leaves_open() {
    let mut unseen = 0;
    for seed in 0..300 {
        let (right, claims, walk) = exchanged(100, seed).await;
        assert!(right || !claims || walk.leaves_open().is_some(), "{seed}");
        unseen += u32::from(!right && claims);
    }
    assert!((1..20).contains(&unseen), "{unseen} of 300");
}
