//! Pages too long to be held: their items are handed out as they come.

use std::time::Duration;

use apictl::pages::{Concurrency, Options, Proof, Walk, recheck};

use crate::support::in_process;
use crate::support::listing::{Listing, ndjson};

/// The text of a walk in parts, the number of parts, and the walk.
async fn walked(path: &str, options: Options) -> (String, usize, Walk) {
    let listing = Listing::new(100_000, 60_000);
    let client = in_process::client(listing.router());
    let url = client.url(path).unwrap();
    let options = Options {
        parts: true,
        ..options
    };
    let mut walk = Walk::new(client, url, options);
    let (mut text, mut parts) = (Vec::new(), 0);
    while let Some(batch) = walk.next().await.unwrap() {
        text.extend_from_slice(batch.items.lines());
        parts += usize::from(!batch.whole);
        walk.give_back(batch.items);
    }
    (String::from_utf8(text).unwrap(), parts, walk)
}

#[tokio::test]
async fn a_long_page_is_handed_out_in_parts() {
    for path in ["/page/", "/offset/", "/cursor/", "/ninja/"] {
        for concurrency in [Concurrency::Early, Concurrency::Fixed(4)] {
            let options = Options {
                concurrency,
                ..Options::default()
            };
            let (text, parts, walk) = walked(path, options).await;
            assert!(text == ndjson(1..=100_000), "{path}");
            assert!(parts >= 2, "{path}: {parts}");
            assert_eq!(walk.tally().shortcomings(), Vec::<String>::new(), "{path}");
            assert_eq!((walk.tally().pages, walk.tally().items), (2, 100_000));
        }
    }
}

#[tokio::test]
async fn a_limit_within_a_part_ends_the_walk() {
    let options = Options {
        max_items: Some(70_001),
        ..Options::default()
    };
    let (text, _, walk) = walked("/page/", options).await;
    assert!(text == ndjson(1..=70_001));
    assert_eq!(walk.stopped(), Some("max-items"));
}

#[tokio::test]
async fn a_second_look_compares_whole_pages() {
    let listing = Listing::new(100_000, 60_000);
    let client = in_process::client(listing.router());
    let url = client.url("/page/").unwrap();
    let options = Options {
        parts: true,
        keep_prints: true,
        ..Options::default()
    };
    let mut walk = Walk::new(client.clone(), url.clone(), options.clone());
    while walk.next().await.unwrap().is_some() {}
    recheck(&mut walk, client, url, &options).await.unwrap();
    assert_eq!(walk.tally().shortcomings(), Vec::<String>::new());
    assert_eq!(walk.proof(), Proof::Recheck);
}

#[tokio::test]
async fn a_last_page_that_came_in_parts_is_not_compared() {
    // The first page fits into one part, the last one does not.
    let listing = Listing::with(61_000, 30_500, Duration::ZERO, |_, rows, _| {
        for row in rows.iter_mut().skip(30_500).filter(|row| **row < 100_000) {
            *row += 1_000_000_000_000;
        }
        None
    });
    let client = in_process::client(listing.router());
    let url = client.url("/page/").unwrap();
    let options = Options {
        parts: true,
        look_at_ends: true,
        ..Options::default()
    };
    let mut walk = Walk::new(client, url, options);
    let mut whole = Vec::new();
    while let Some(batch) = walk.next().await.unwrap() {
        whole.push(batch.whole);
    }
    assert_eq!(whole, [true, false, true]);
    assert_eq!(walk.tally().shortcomings(), Vec::<String>::new());
    assert_eq!(walk.proof(), Proof::Count);
}
