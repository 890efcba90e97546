//! Cursor walks whose key range is cut.

use std::time::Duration;

use apictl::pages::{Concurrency, Cursor, Options, Walk, with_parameter};
use axum::response::IntoResponse;
use tokio::time::Instant;

use crate::support::in_process;
use crate::support::listing::{Listing, ids_of_lines, ndjson};

fn options(concurrency: Concurrency) -> Options {
    Options {
        split: true,
        concurrency,
        ..Options::default()
    }
}

/// The lines of a walk, and the walk.
async fn walked(listing: &Listing, path: &str, options: Options) -> (String, Walk) {
    let client = in_process::client(listing.router());
    let url = client.url(path).unwrap();
    let mut walk = Walk::new(client, url, options);
    let mut text = Vec::new();
    while let Some(batch) = walk.next().await.unwrap() {
        text.extend_from_slice(batch.items.lines());
    }
    (String::from_utf8(text).unwrap(), walk)
}

#[tokio::test(start_paused = true)]
async fn a_cut_walk_brings_the_same_rows_in_the_same_order() {
    for way in [
        Concurrency::Early,
        Concurrency::Fixed(1),
        Concurrency::Fixed(8),
        Concurrency::Auto,
    ] {
        for rows in [0, 5, 10, 20, 21, 35, 1_000, 1_007] {
            let listing = Listing::new(rows, 10);
            let (text, walk) = walked(&listing, "/cursor/", options(way)).await;
            assert_eq!(text, ndjson(1..=rows), "{way:?} {rows}");
            assert!(walk.tally().is_complete(), "{way:?} {rows}");
            assert_eq!(walk.notes(), Vec::<String>::new(), "{way:?} {rows}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn gaps_and_crowds_of_keys_lose_nothing() {
    let ids: Vec<u64> = (1..=300)
        .chain((0..200).map(|n| 100_000 + n * n))
        .chain((0..300).map(|n| 5_000_000 + n))
        .collect();
    let rows = ids.clone();
    let listing = Listing::with(1, 10, Duration::ZERO, move |_, now, _| {
        now.clone_from(&rows);
        None
    });
    let (text, walk) = walked(&listing, "/cursor/", options(Concurrency::Fixed(8))).await;
    assert_eq!(text, ndjson(ids));
    assert!(walk.tally().is_complete());
    assert!(listing.asked().len() < 200, "{}", listing.asked().len());
}

#[tokio::test(start_paused = true)]
async fn eight_cuts_in_flight_walk_several_times_as_fast() {
    let listing = Listing::with(4_000, 10, Duration::from_millis(100), |_, _, _| None);
    let started = Instant::now();
    let (text, _) = walked(&listing, "/cursor/", options(Concurrency::Fixed(8))).await;
    assert_eq!(text, ndjson(1..=4_000));
    // 400 pages one after the other take 40 s.
    assert!(
        started.elapsed() < Duration::from_secs(6),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(listing.peak(), 8);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_cut_is_walked_all_the_same_and_says_why() {
    for (path, why) in [
        (
            "/page/",
            "only the cursors of DRF's CursorPagination can be cut",
        ),
        (
            "/token/",
            "only the cursors of DRF's CursorPagination can be cut",
        ),
    ] {
        let listing = Listing::new(95, 10);
        let (text, walk) = walked(&listing, path, options(Concurrency::Fixed(4))).await;
        assert_eq!(text, ndjson(1..=95), "{path}");
        assert!(
            walk.notes().iter().any(|note| note.contains(why)),
            "{path} {:?}",
            walk.notes()
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_cut_that_disagrees_with_the_walk_is_refused() {
    // A server that reads the position as one that is not passed: made cursors repeat their item.
    let listing = Listing::with(200, 10, Duration::ZERO, |number, rows, _| {
        if number == 3 {
            rows.remove(6);
        }
        None
    });
    let (text, walk) = walked(&listing, "/cursor/", options(Concurrency::Fixed(4))).await;
    assert_eq!(text, ndjson(1..=200));
    assert!(
        walk.notes().iter().any(|note| note.contains("disagrees")),
        "{:?}",
        walk.notes()
    );
}

#[tokio::test(start_paused = true)]
async fn rows_that_come_and_go_cost_a_cut_walk_no_row_that_stays() {
    for seed in 0..40_u64 {
        let mut state = seed * 7 + 1;
        let state = std::sync::Mutex::new(std::mem::take(&mut state));
        let listing = Listing::with(300, 10, Duration::ZERO, move |number, rows, _| {
            if number == 1 {
                for row in rows.iter_mut() {
                    *row *= 10;
                }
            }
            if number > 4 {
                let mut state = state.lock().unwrap();
                *state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                let at = usize::try_from(*state >> 33).unwrap() % rows.len();
                // Only rows between the lasting ones come and go.
                if rows[at] % 10 == 0 {
                    rows.insert(at + 1, rows[at] + 3);
                    rows.dedup();
                } else {
                    rows.remove(at);
                }
            }
            None
        });
        let (text, walk) = walked(&listing, "/cursor/", options(Concurrency::Fixed(6))).await;
        let survivors: Vec<u64> = text
            .lines()
            .map(|line| {
                serde_json::from_str::<serde_json::Value>(line).unwrap()["id"]
                    .as_u64()
                    .unwrap()
            })
            .filter(|id| id % 10 == 0)
            .collect();
        assert_eq!(
            survivors,
            (1..=300).map(|row| row * 10).collect::<Vec<_>>(),
            "{seed}"
        );
        assert!(walk.tally().is_complete(), "{seed} {:?}", walk.tally());
    }
}

#[tokio::test(start_paused = true)]
async fn a_cut_walk_goes_on_from_any_position() {
    let listing = Listing::new(500, 10);
    let client = in_process::client(listing.router());
    let url = client.url("/cursor/").unwrap();
    for stop in [1, 2, 3, 10, 49] {
        let mut walk = Walk::new(client.clone(), url.clone(), options(Concurrency::Fixed(5)));
        let mut text = Vec::new();
        for _ in 0..stop {
            let batch = walk.next().await.unwrap().unwrap();
            text.extend_from_slice(batch.items.lines());
        }
        let position =
            serde_json::from_str(&serde_json::to_string(&walk.position()).unwrap()).unwrap();
        let mut again = Walk::resume(client.clone(), position, options(Concurrency::Fixed(5)));
        while let Some(batch) = again.next().await.unwrap() {
            text.extend_from_slice(batch.items.lines());
        }
        assert_eq!(String::from_utf8(text).unwrap(), ndjson(1..=500), "{stop}");
        assert!(again.tally().is_complete());
    }
}

/// A page of DRF's `CursorPagination` over keys that need not differ.
fn tied_page(keys: &[u64], size: usize, url: &apictl::http::Url) -> String {
    let cursor = Cursor::of(url).unwrap_or_default();
    let row = |index: usize| format!(r#"{{"id":{index},"created":{}}}"#, keys[index]);
    let page = |rows: std::ops::Range<usize>, next: Option<Cursor>| {
        let rows: Vec<String> = rows.map(row).collect();
        let next = next.map(|next| with_parameter(url, "cursor", &next.encode()).to_string());
        let next = serde_json::to_string(&next).unwrap();
        format!(
            r#"{{"next":{next},"previous":null,"results":[{}]}}"#,
            rows.join(",")
        )
    };
    if cursor.reverse {
        return page(keys.len() - size..keys.len(), None);
    }
    let after = cursor
        .position
        .as_ref()
        .map(|position| position.parse::<u64>().unwrap());
    let begin = keys.iter().filter(|key| Some(**key) <= after).count();
    let begin = begin + usize::try_from(cursor.offset).unwrap();
    let end = (begin + size).min(keys.len());
    if end == keys.len() {
        return page(begin..end, None);
    }
    let alike = keys[begin..end]
        .iter()
        .rev()
        .take_while(|key| **key == keys[end])
        .count();
    let next = if begin + alike < end {
        Cursor {
            offset: alike as u64,
            position: Some(keys[end - alike - 1].to_string()),
            ..Cursor::default()
        }
    } else {
        Cursor {
            offset: cursor.offset + size as u64,
            ..cursor
        }
    };
    page(begin..end, Some(next))
}

#[tokio::test(start_paused = true)]
async fn rows_that_tie_across_the_end_of_a_page_are_not_lost() {
    let size = 10;
    for at in [30, 99, 100, 101, 149] {
        // two rows with one key, then on with every key twice as far from the last
        let keys: Vec<u64> = (0..200_u64)
            .map(|n| if n <= at { n } else { n - 1 } * 7)
            .collect();
        let listing = Listing::with(1, 10, Duration::ZERO, move |_, _, url| {
            let body = tied_page(&keys, size, url);
            Some(([("content-type", "application/json")], body).into_response())
        });
        for way in [Concurrency::Fixed(1), Concurrency::Fixed(8)] {
            let (text, walk) = walked(&listing, "/tied/", options(way)).await;
            let ids = ids_of_lines(&text);
            assert_eq!(
                ids,
                (0..200).collect::<Vec<_>>(),
                "{at} {way:?} {:?}",
                walk.notes()
            );
        }
    }
}
