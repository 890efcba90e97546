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
async fn a_quiet_list_holds_its_ends_and_its_middle_for_three_requests() {
    for (path, pages) in [("/page/", 11), ("/offset/", 11), ("/link/", 11)] {
        for concurrency in [
            Concurrency::Early,
            Concurrency::Fixed(1),
            Concurrency::Fixed(8),
        ] {
            let listing = Listing::new(103, 10);
            let (ids, walk) = walked(&listing, path, concurrency).await;
            assert_eq!(ids.len(), 103);
            assert_eq!(walk.tally().shortcomings(), Vec::<String>::new(), "{path}");
            let counted = walk.tally().count.is_some();
            assert_eq!(walk.proof() == Proof::Ends, counted, "{path}");
            let more = if counted { 3 } else { 0 };
            assert_eq!(
                listing.asked().len(),
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

#[tokio::test(start_paused = true)]
async fn rows_exchanged_between_the_ends_are_lost_unseen_and_the_proof_leaves_that_open() {
    let mut unseen = 0;
    for seed in 0..200_u64 {
        let place = |factor: u64| 10 + usize::try_from(seed * factor % 80).unwrap();
        let (when, which, where_to) = (3 + seed % 9, place(37), place(53));
        let path = ["/page/", "/offset/"][usize::try_from(seed % 2).unwrap()];
        let listing = Listing::with(100, 10, Duration::ZERO, move |number, rows, _| {
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
        let rows = (1..=100).map(|row| 10 * row);
        let right = each_once(&ids, rows.filter(|id| *id != gone));
        let claims = walk.tally().is_complete();
        assert!(
            right || !claims || walk.leaves_open().is_some(),
            "{path} seed {seed}: {ids:?}"
        );
        unseen += u32::from(!right && claims);
    }
    assert!(unseen > 10, "nothing is left open: {unseen}");
}
