//! Lists whose pages share a row: what is lost between two pages is seen, and what only moved is not lost.

use std::time::Duration;

use apictl::http::StatusCode;
use apictl::pages::{Concurrency, Options, Proof, Walk, parameter};
use axum::response::IntoResponse;

use crate::support::in_process;
use crate::support::listing::{self, Listing, each_once, row};

const WAYS: [Concurrency; 3] = [
    Concurrency::Early,
    Concurrency::Fixed(1),
    Concurrency::Fixed(8),
];

fn options(concurrency: Concurrency) -> Options {
    Options {
        share_rows: true,
        look_at_ends: true,
        concurrency,
        ..Options::default()
    }
}

/// The ids that a walk brought, and the walk.
async fn walked(listing: &Listing, path: &str, concurrency: Concurrency) -> (Vec<u64>, Walk) {
    let client = in_process::client(listing.router());
    let url = client.url(path).unwrap();
    let mut walk = Walk::new(client, url, options(concurrency));
    let mut ids = Vec::new();
    while let Some(batch) = walk.next().await.unwrap() {
        ids.extend(listing::ids(&batch));
    }
    (ids, walk)
}

#[tokio::test(start_paused = true)]
async fn a_quiet_list_is_proved_for_one_row_a_page() {
    for path in [
        "/offset/",
        "/ninja/",
        "/offset/?offset=0",
        "/offset/?limit=25",
    ] {
        for concurrency in WAYS {
            for rows in [11, 100, 101, 103] {
                let listing = Listing::new(rows, 10);
                let (ids, walk) = walked(&listing, path, concurrency).await;
                assert_eq!(ids, (1..=rows).collect::<Vec<_>>(), "{path}");
                assert_eq!(walk.tally().shortcomings(), Vec::<String>::new());
                let size = if path.ends_with("25") { 25 } else { 10 };
                if rows > size {
                    assert_eq!((walk.proof(), walk.leaves_open()), (Proof::Seams, None));
                    let pages = (rows - 1).div_ceil(size - 1);
                    let asked = listing.asked();
                    assert_eq!(asked.len() as u64, pages, "{path} {rows} {asked:?}");
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn lists_without_offsets_and_small_pages_are_asked_for_as_they_are_linked() {
    for (path, size) in [("/page/", 10), ("/cursor/", 10), ("/offset/", 9)] {
        let listing = Listing::new(40, size);
        let (ids, walk) = walked(&listing, path, Concurrency::Early).await;
        assert_eq!(ids, (1..=40).collect::<Vec<_>>(), "{path}");
        assert_ne!(walk.proof(), Proof::Seams);
    }
}

/// A list whose server begins pages only at whole multiples of ten: it takes another offset for the next lower one, or
/// refuses it.
fn rigid(refuses: bool) -> Listing {
    Listing::with(45, 10, Duration::ZERO, move |_, rows, url| {
        let offset: usize = parameter(url, "offset")?.parse().ok()?;
        if offset.is_multiple_of(10) {
            return None;
        }
        if refuses {
            return Some((StatusCode::BAD_REQUEST, "{}").into_response());
        }
        let from = offset / 10 * 10;
        let list: Vec<String> = rows[from..from + 10].iter().map(|&id| row(id)).collect();
        let next = format!(
            "http://{}/offset/?limit=10&offset={}",
            url.authority(),
            from + 10
        );
        let body = format!(
            r#"{{"count":45,"next":"{next}","results":[{}]}}"#,
            list.join(",")
        );
        Some(([("content-type", "application/json")], body).into_response())
    })
}

#[tokio::test(start_paused = true)]
async fn a_server_that_takes_no_such_offset_is_asked_as_it_links() {
    for refuses in [true, false] {
        for concurrency in WAYS {
            let listing = rigid(refuses);
            let (ids, walk) = walked(&listing, "/offset/", concurrency).await;
            assert_eq!(ids, (1..=45).collect::<Vec<_>>(), "{:?}", listing.asked());
            assert_eq!(walk.tally().shortcomings(), Vec::<String>::new());
            assert_eq!(walk.proof(), Proof::Count);
            assert!(walk.leaves_open().is_some());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn rows_exchanged_anywhere_are_seen_or_harmless() {
    let (mut doubted, mut complete) = (0, 0);
    for seed in 0..400_u64 {
        let place = |factor: u64| usize::try_from(seed * factor % 99).unwrap();
        let (when, which, where_to) = (2 + seed % 11, place(37), place(53));
        let listing = Listing::with(100, 10, Duration::ZERO, move |number, rows, _| {
            if number == 1 {
                for row in rows.iter_mut() {
                    *row *= 10;
                }
            } else if number == when {
                rows.remove(which);
                rows.insert(where_to, rows[where_to] - 5);
            }
            None
        });
        let gone = 10 * (1 + which as u64);
        let concurrency = WAYS[usize::try_from(seed % 3).unwrap()];
        let (ids, walk) = walked(&listing, "/offset/", concurrency).await;
        let rows = (1..=100).map(|row| 10 * row);
        let right = each_once(&ids, rows.filter(|id| *id != gone));
        assert!(right || !walk.tally().is_complete(), "seed {seed}: {ids:?}");
        assert_eq!(
            walk.leaves_open().filter(|_| walk.tally().is_complete()),
            None
        );
        doubted += u32::from(!walk.tally().is_complete());
        complete += u32::from(walk.tally().is_complete());
    }
    assert!(doubted > 30 && complete > 30, "{doubted} {complete}");
}

#[tokio::test(start_paused = true)]
async fn a_walk_that_goes_on_behind_any_page_delivers_the_rest_and_the_same_proof() {
    for stop in 0..=5 {
        let listing = Listing::new(45, 10);
        let client = in_process::client(listing.router());
        let url = client.url("/offset/").unwrap();
        let mut walk = Walk::new(client.clone(), url, options(Concurrency::Early));
        let mut ids = Vec::new();
        for _ in 0..stop {
            ids.extend(walk.next().await.unwrap().iter().flat_map(listing::ids));
        }
        let text = serde_json::to_string(&walk.position()).unwrap();
        let position = serde_json::from_str(&text).unwrap();
        let mut walk = Walk::resume(client, position, options(Concurrency::Fixed(4)));
        while let Some(batch) = walk.next().await.unwrap() {
            ids.extend(listing::ids(&batch));
        }
        assert_eq!(ids, (1..=45).collect::<Vec<_>>(), "{stop}");
        assert!(walk.tally().is_complete(), "{stop}");
        assert_eq!(walk.proof() == Proof::Seams, stop < 5, "{stop}");
    }
}

/// A list whose position stands in a parameter of this name: an offset, a page number, or the row that a page comes behind.
fn named(name: &'static str, rows: u64) -> Listing {
    Listing::with(rows, 20, Duration::from_millis(1), move |_, rows, url| {
        let at: Option<usize> = parameter(url, name).map(|text| text.parse().unwrap());
        let from = match name {
            "from" => at.unwrap_or(0),
            "seite" => (at.unwrap_or(1) - 1) * 20,
            _ => rows.partition_point(|&row| row <= at.unwrap_or(0) as u64),
        };
        let behind = rows.len().min(from + 20);
        let page: Vec<String> = rows[from.min(behind)..behind]
            .iter()
            .map(|&id| row(id))
            .collect();
        let next = match name {
            "from" => format!("?from={}&size=20", from + 20),
            "seite" => format!("?seite={}", from / 20 + 2),
            _ => format!("?page[after]={}", rows[behind - 1]),
        };
        let next = if behind < rows.len() {
            format!("\"http://api.test/rows/{next}\"")
        } else {
            "null".to_owned()
        };
        let (count, page) = (rows.len(), page.join(","));
        let body = if name == "page[after]" {
            format!(
                r#"{{"links":{{"next":{next}}},"data":[{page}],"meta":{{"page":{{"total":{count}}}}}}}"#
            )
        } else {
            format!(r#"{{"count":{count},"next":{next},"results":[{page}]}}"#)
        };
        Some(([("content-type", "application/json")], body).into_response())
    })
}

#[tokio::test(start_paused = true)]
async fn a_position_is_known_by_what_it_grows_by_whatever_its_name() {
    for (name, proof) in [
        ("from", Proof::Seams),
        ("seite", Proof::Recheck),
        ("page[after]", Proof::Count),
    ] {
        for concurrency in WAYS {
            let listing = named(name, 205);
            let (ids, walk) = walked(&listing, "/rows/", concurrency).await;
            assert_eq!(ids, (1..=205).collect::<Vec<_>>(), "{name}");
            assert_eq!(walk.tally().shortcomings(), Vec::<String>::new(), "{name}");
            assert_eq!(walk.proof(), proof, "{name} {concurrency:?}");
            let open = walk.leaves_open().is_some();
            assert_eq!(open, proof == Proof::Count, "{name}");
            let ahead = concurrency == Concurrency::Fixed(8) && name != "page[after]";
            // A second look has four at once.
            assert_eq!(listing.peak() > 4, ahead, "{name} {concurrency:?}");
        }
    }
}
