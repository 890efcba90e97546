//! Walks in process: every style, ahead of time and not, through faults, in virtual time.

use std::time::Duration;

use apictl::http::StatusCode;
use apictl::pages::{Concurrency, LinkError, Options, Style, Tally, Walk, WalkError, parameter};
use axum::response::IntoResponse;
use serde_json::json;
use tokio::time::Instant;

use crate::support::in_process;
use crate::support::listing::{Listing, ids_of_lines, ndjson, throttled};

/// What a walk brought.
struct Walked {
    text: String,
    tally: Tally,
    style: Option<Style>,
    error: Option<WalkError>,
    notes: Vec<String>,
    throttled: u64,
    retries: u64,
}

async fn walk(listing: &Listing, path: &str, options: Options) -> Walked {
    let client = in_process::client(listing.router());
    let url = client.url(path).unwrap();
    let mut walk = Walk::new(client, url, options);
    let mut text = Vec::new();
    let error = loop {
        match walk.next().await {
            Ok(Some(batch)) => text.extend_from_slice(batch.items.lines()),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    Walked {
        text: String::from_utf8(text).unwrap(),
        tally: walk.tally().clone(),
        style: walk.style().map(|(style, _)| style),
        error,
        notes: walk.notes().to_vec(),
        throttled: walk.pace().throttled(),
        retries: walk.pace().retries(),
    }
}

fn ahead(concurrency: Concurrency) -> Options {
    Options {
        concurrency,
        ..Options::default()
    }
}

/// A reply with this body.
fn json_reply(body: &serde_json::Value) -> axum::response::Response {
    ([("content-type", "application/json")], body.to_string()).into_response()
}

const WAYS: [Concurrency; 4] = [
    Concurrency::Early,
    Concurrency::Fixed(1),
    Concurrency::Fixed(8),
    Concurrency::Auto,
];

#[tokio::test(start_paused = true)]
async fn every_style_is_found_and_walked_whole_at_any_concurrency() {
    for (path, style) in [
        ("/page/", Style::PageNumber),
        ("/offset/", Style::LimitOffset),
        ("/cursor/", Style::Cursor),
        ("/link/", Style::LinkHeader),
        ("/jsonapi/", Style::JsonApi),
        ("/ninja/", Style::LimitOffset),
        ("/ninja-pages/", Style::PageNumber),
        ("/counters/", Style::PageNumber),
        ("/bare/", Style::Single),
    ] {
        for way in WAYS {
            let listing = Listing::new(103, 10);
            let walked = walk(&listing, path, ahead(way)).await;
            assert!(walked.error.is_none(), "{path} {way:?}: {:?}", walked.error);
            assert_eq!(walked.text, ndjson(1..=103), "{path} {way:?}");
            assert_eq!(walked.style, Some(style), "{path} {way:?}");
            assert_eq!(
                walked.tally.shortcomings(),
                Vec::<String>::new(),
                "{path} {way:?}"
            );
            assert_eq!(walked.notes, Vec::<String>::new(), "{path} {way:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_page_is_asked_for_twice() {
    for way in WAYS {
        for (path, pages) in [("/page/", 11), ("/cursor/", 11), ("/page/?page=11", 1)] {
            let listing = Listing::new(103, 10);
            let walked = walk(&listing, path, ahead(way)).await;
            assert!(walked.tally.ended, "{path} {way:?}");
            assert_eq!(
                listing.asked().len(),
                pages,
                "{path} {way:?} {:?}",
                listing.asked()
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn sixteen_in_flight_walk_sixteen_times_as_fast() {
    let delay = Duration::from_millis(20);
    let mut elapsed = Vec::new();
    for way in [Concurrency::Fixed(1), Concurrency::Fixed(16)] {
        let listing = Listing::with(100 * 161, 100, delay, |_, _, _| None);
        let started = Instant::now();
        let walked = walk(&listing, "/page/", ahead(way)).await;
        assert_eq!(walked.tally.items, 16_100);
        elapsed.push(started.elapsed().as_secs_f64());
        let Concurrency::Fixed(most) = way else {
            panic!()
        };
        assert_eq!(listing.peak(), most);
    }
    assert!(elapsed[0] / elapsed[1] > 14.0, "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_walk_may_begin_in_the_middle() {
    for way in WAYS {
        for path in ["/page/?page=5", "/offset/?offset=40"] {
            let walked = walk(&Listing::new(103, 10), path, ahead(way)).await;
            assert_eq!(walked.text, ndjson(41..=103), "{path} {way:?}");
            assert_eq!(walked.tally.shortcomings(), Vec::<String>::new(), "{path}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_size_is_asked_for_by_the_name_of_its_style() {
    for (path, expected) in [
        ("/page/", "page_size=50"),
        ("/offset/", "limit=50"),
        ("/cursor/", "page_size=50"),
        ("/jsonapi/", "page%5Bsize%5D=50"),
    ] {
        let listing = Listing::new(103, 10);
        let options = Options {
            page_size: Some(50),
            ..Options::default()
        };
        let walked = walk(&listing, path, options).await;
        assert_eq!(walked.text, ndjson(1..=103), "{path}");
        assert_eq!(walked.tally.pages, 3, "{path}");
        assert!(
            listing.asked()[1].contains(expected),
            "{:?}",
            listing.asked()
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_size_that_is_cut_without_a_word_is_told() {
    let options = Options {
        page_size: Some(5_000),
        concurrency: Concurrency::Fixed(4),
        ..Options::default()
    };
    let walked = walk(&Listing::new(2_500, 10), "/page/", options).await;
    assert_eq!(walked.text, ndjson(1..=2_500));
    assert_eq!(
        walked.notes,
        ["5000 items a page were asked for, the server gives 1000"]
    );
}

#[tokio::test(start_paused = true)]
async fn limits_end_a_walk_and_say_so() {
    for way in WAYS {
        let items = Options {
            max_items: Some(25),
            ..ahead(way)
        };
        let listing = Listing::new(103, 10);
        let walked = walk(&listing, "/page/", items).await;
        assert_eq!(walked.text, ndjson(1..=25), "{way:?}");
        assert!(!walked.tally.is_complete());
        let pages = Options {
            max_pages: Some(2),
            ..ahead(way)
        };
        let listing = Listing::new(103, 10);
        let walked = walk(&listing, "/cursor/", pages).await;
        assert_eq!(walked.text, ndjson(1..=20), "{way:?}");
        assert_eq!(listing.asked().len(), 2, "{way:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_throttled_walk_waits_as_told_with_all_its_workers() {
    for (way, retry_after) in [
        (Concurrency::Early, "7"),
        (Concurrency::Fixed(4), "7"),
        (Concurrency::Auto, "7"),
    ] {
        let listing = Listing::with(103, 10, Duration::ZERO, move |number, _, _| {
            (number == 3).then(|| throttled(retry_after))
        });
        let started = Instant::now();
        let walked = walk(&listing, "/page/", ahead(way)).await;
        assert_eq!(walked.text, ndjson(1..=103), "{way:?}");
        assert!(
            (7.0..7.2).contains(&started.elapsed().as_secs_f64()),
            "{way:?}"
        );
        assert_eq!((walked.throttled, walked.retries), (1, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_as_a_date_is_measured_by_the_servers_clock() {
    let listing = Listing::with(20, 10, Duration::ZERO, |number, _, _| {
        (number == 2).then(|| {
            let mut refusal = throttled("Thu, 01 Jan 2026 00:00:09 GMT");
            let date = "Thu, 01 Jan 2026 00:00:00 GMT".parse().unwrap();
            refusal.headers_mut().insert("date", date);
            refusal
        })
    });
    let started = Instant::now();
    let walked = walk(&listing, "/page/", Options::default()).await;
    assert_eq!(walked.text, ndjson(1..=20));
    assert!((9.0..9.2).contains(&started.elapsed().as_secs_f64()));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_refuses_for_ever_is_not_asked_for_ever() {
    for wait in [Some("7"), None] {
        let listing = Listing::with(103, 10, Duration::ZERO, move |number, _, _| {
            (number > 2).then(|| match wait {
                Some(wait) => throttled(wait),
                None => StatusCode::TOO_MANY_REQUESTS.into_response(),
            })
        });
        let walked = walk(&listing, "/page/", ahead(Concurrency::Fixed(1))).await;
        assert_eq!(walked.text, ndjson(1..=20));
        assert!(
            matches!(walked.error, Some(WalkError::Status { status: 429, .. })),
            "{:?}",
            walked.error
        );
        let asked = listing.asked().len();
        assert!((10..100).contains(&asked), "{asked} requests");
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_limit_cut_off_comes_when_the_walk_goes_on() {
    for path in ["/page/", "/offset/", "/cursor/", "/link/", "/ninja/"] {
        for way in WAYS {
            for most in [5, 15, 20, 95, 102] {
                let listing = Listing::new(103, 10);
                let client = in_process::client(listing.router());
                let url = client.url(path).unwrap();
                let options = |max_items| Options {
                    max_items,
                    ..ahead(way)
                };
                let mut first = Walk::new(client.clone(), url, options(Some(most)));
                let mut text = Vec::new();
                while let Some(batch) = first.next().await.unwrap() {
                    // what is not whole is not vouched for
                    if batch.whole {
                        text.extend_from_slice(batch.items.lines());
                    }
                }
                assert_eq!(first.stopped(), Some("max-items"), "{path} {way:?} {most}");
                let again = Walk::resume(client.clone(), first.position(), options(Some(10)));
                let met = (most >= 10).then_some("max-items");
                assert_eq!(again.stopped(), met, "{path} {way:?} {most}");
                let mut second = Walk::resume(client, first.position(), options(None));
                while let Some(batch) = second.next().await.unwrap() {
                    text.extend_from_slice(batch.items.lines());
                }
                let text = String::from_utf8(text).unwrap();
                assert_eq!(text, ndjson(1..=103), "{path} {way:?} {most}");
                assert!(second.tally().is_complete(), "{path} {way:?} {most}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_that_comes_again_is_known_by_its_rows_where_they_change() {
    let listing = Listing::with(30, 10, Duration::ZERO, |number, _, url| {
        let page: u64 =
            apictl::pages::parameter(url, "page").map_or(1, |page| page.parse().unwrap());
        let rows: Vec<serde_json::Value> = (page * 10 - 9..=page * 10)
            .map(|id| json!({"id": id, "asked": number}))
            .collect();
        Some(json_reply(&json!({"data": rows, "total": 30})))
    });
    let walked = walk(&listing, "/made-by-hand/", Options::default()).await;
    let ids = ids_of_lines(&walked.text);
    assert_eq!(ids, (1..=30).collect::<Vec<_>>(), "{:?}", walked.error);
    assert!(walked.tally.is_complete(), "{:?}", walked.tally);
}

#[tokio::test(start_paused = true)]
async fn a_count_of_the_page_is_no_count_of_the_list() {
    let listing = Listing::with(25, 10, Duration::ZERO, |_, rows, url| {
        let page: usize =
            apictl::pages::parameter(url, "page").map_or(1, |page| page.parse().unwrap());
        let here: Vec<_> = rows
            .chunks(10)
            .nth(page - 1)?
            .iter()
            .map(|id| json!({"id": id}))
            .collect();
        let next = (page < 3).then(|| format!("/rows/?page={}", page + 1));
        Some(
            json_reply(&json!({"count": here.len(), "next": next, "results": here}))
                .into_response(),
        )
    });
    let walked = walk(&listing, "/rows/", Options::default()).await;
    assert_eq!(walked.tally.items, 25);
    assert!(walked.tally.is_complete(), "{:?}", walked.tally);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_says_that_more_follows_and_not_where_is_no_whole_list() {
    for (name, value) in [
        ("has_more", json!(true)),
        ("next_token", json!("abc")),
        ("next", json!({"page": 2})),
    ] {
        let listing = Listing::with(25, 10, Duration::ZERO, move |_, _, _| {
            Some(json_reply(&json!({"items": [{"id": 1}], name: value})))
        });
        let walked = walk(&listing, "/rows/", Options::default()).await;
        let doubts = walked.tally.shortcomings();
        assert!(
            doubts.iter().any(|doubt| doubt.contains(name)),
            "{doubts:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_offset_in_the_body_is_followed_to_its_end() {
    for (at_end, concurrency) in [(json!(null), 1), (json!(25), 1), (json!(null), 8)] {
        let listing = Listing::with(25, 10, Duration::ZERO, move |_, rows, url| {
            let offset = parameter(url, "offset").map_or(0, |text| text.parse().unwrap());
            let behind = rows.len().min(offset + 10);
            let page: Vec<_> = (offset.min(25)..behind)
                .map(|at| json!({"id": rows[at]}))
                .collect();
            let next = if behind < 25 {
                json!(behind)
            } else {
                at_end.clone()
            };
            Some(json_reply(&json!({"results": page, "next_offset": next})))
        });
        let options = ahead(Concurrency::Fixed(concurrency));
        let walked = walk(&listing, "/rows/", options).await;
        assert_eq!(walked.tally.items, 25);
        assert!(walked.tally.is_complete(), "{:?}", walked.tally);
        assert_eq!(walked.style, Some(Style::LimitOffset));
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_the_server_ignores_is_told_as_such() {
    let listing = Listing::with(25, 10, Duration::ZERO, |_, _, _| {
        let body = json!({"results": [{"id": 1}, {"id": 2}], "cursor": {"next": "abc"}});
        Some(json_reply(&body))
    });
    let walked = walk(&listing, "/rows/", Options::default()).await;
    let words = walked.error.unwrap().to_string();
    assert!(words.contains("ignores the parameter 'cursor'"), "{words}");
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_too_long_ends_the_walk() {
    let listing = Listing::with(103, 10, Duration::ZERO, |number, _, _| {
        (number == 3).then(|| throttled("86398"))
    });
    let walked = walk(&listing, "/page/", Options::default()).await;
    assert_eq!(walked.text, ndjson(1..=20));
    assert!(matches!(
        walked.error,
        Some(WalkError::Status {
            page: 3,
            status: 429,
            ..
        })
    ));
}

#[tokio::test(start_paused = true)]
async fn server_errors_are_tried_again_and_then_told() {
    for way in WAYS {
        let flaky = Listing::with(103, 10, Duration::ZERO, |number, _, _| {
            (number % 3 == 2).then(|| StatusCode::BAD_GATEWAY.into_response())
        });
        let walked = walk(&flaky, "/page/", ahead(way)).await;
        assert_eq!(walked.text, ndjson(1..=103), "{way:?}");
        assert!(walked.retries >= 5);
        let dead = Listing::with(103, 10, Duration::ZERO, |number, _, _| {
            (number > 2).then(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
        });
        let walked = walk(&dead, "/page/", ahead(way)).await;
        assert!(matches!(
            walked.error,
            Some(WalkError::Status { status: 500, .. })
        ));
        assert!(!walked.tally.is_complete());
    }
}

#[tokio::test(start_paused = true)]
async fn a_rate_spaces_all_requests() {
    let options = Options {
        rate: Some("5/s".parse().unwrap()),
        ..ahead(Concurrency::Fixed(8))
    };
    let started = Instant::now();
    let walked = walk(&Listing::new(103, 10), "/page/", options).await;
    assert_eq!(walked.tally.items, 103);
    assert_eq!(started.elapsed().as_millis(), 2_000);
}

/// A list whose page 4 leads back to page 3.
fn circular() -> Listing {
    Listing::with(103, 10, Duration::ZERO, |_, _, url| {
        let page = apictl::pages::parameter(url, "page")?;
        (page == "4").then(|| {
            r#"{"count":103,"next":"http://api.test/page/?page=3","results":[{"id":31}]}"#
                .into_response()
        })
    })
}

#[tokio::test(start_paused = true)]
async fn a_cycle_is_found_within_one_turn() {
    for way in WAYS {
        let walked = walk(&circular(), "/page/", ahead(way)).await;
        let Some(WalkError::Cycle { page, earlier, .. }) = walked.error else {
            panic!("{way:?}: {:?}", walked.error)
        };
        assert_eq!((page, earlier, walked.tally.pages), (4, 3, 4), "{way:?}");
        assert!(!walked.tally.is_complete());
    }
}

#[tokio::test(start_paused = true)]
async fn a_next_that_leads_elsewhere_is_refused_and_the_page_delivered() {
    let listing = Listing::with(103, 10, Duration::ZERO, |number, _, _| {
        (number == 1).then(|| {
            r#"{"count":103,"next":"http://evil.test/steal?page=2","results":[{"id":1}]}"#
                .into_response()
        })
    });
    let walked = walk(&listing, "/page/", Options::default()).await;
    assert_eq!(walked.text, "{\"id\":1}\n");
    assert!(matches!(
        walked.error,
        Some(WalkError::Link {
            page: 1,
            source: LinkError::Foreign(_)
        })
    ));
    assert_eq!(listing.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_shrinks_is_told_from_its_end() {
    let listing = Listing::with(100, 10, Duration::ZERO, |number, rows, _| {
        if number == 4 {
            rows.truncate(25);
        }
        None
    });
    let walked = walk(&listing, "/page/", ahead(Concurrency::Fixed(1))).await;
    assert!(
        matches!(walked.error, Some(WalkError::Shrunk { page: 4, .. })),
        "{:?}",
        walked.error
    );
    assert_eq!(walked.text, ndjson(1..=30));
}

#[tokio::test(start_paused = true)]
async fn rows_deleted_before_the_walk_are_seen_in_the_count() {
    for path in ["/page/", "/offset/"] {
        let listing = Listing::with(103, 10, Duration::ZERO, |number, rows, _| {
            if number > 1 {
                rows.remove(0);
            }
            None
        });
        let walked = walk(&listing, path, Options::default()).await;
        assert!(!walked.tally.is_complete(), "{path}");
        assert!(
            walked.tally.shortcomings()[0].starts_with("the count changed"),
            "{path}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_cursor_walk_loses_no_surviving_row() {
    let listing = Listing::with(103, 10, Duration::ZERO, |number, rows, _| {
        if number > 1 {
            rows.remove(0);
        }
        None
    });
    let walked = walk(&listing, "/cursor/", Options::default()).await;
    assert_eq!(walked.text, ndjson(1..=103));
    assert!(walked.tally.is_complete());
}

#[tokio::test(start_paused = true)]
async fn items_that_came_before_are_dropped_by_their_field() {
    let listing = Listing::with(103, 10, Duration::ZERO, |number, rows, _| {
        if number == 3 {
            rows.insert(0, 0);
        }
        None
    });
    let options = Options {
        unique_by: Some("id".to_owned()),
        ..ahead(Concurrency::Fixed(1))
    };
    let walked = walk(&listing, "/page/", options).await;
    assert_eq!(walked.text, ndjson(1..=103));
    assert_eq!(walked.tally.duplicates, 1);
    assert!(!walked.tally.is_complete(), "a new row was never seen");
}

#[tokio::test(start_paused = true)]
async fn malformed_pages_and_login_pages_are_named() {
    let walked = walk(&Listing::new(10, 10), "/broken/", Options::default()).await;
    assert!(matches!(
        walked.error,
        Some(WalkError::Body { page: 1, .. })
    ));
    let login = Listing::with(10, 10, Duration::ZERO, |_, _, _| {
        Some(axum::response::Html("<html>log in</html>").into_response())
    });
    let walked = walk(&login, "/page/", Options::default()).await;
    assert!(matches!(
        walked.error,
        Some(WalkError::MediaType { page: 1, .. })
    ));
}

#[tokio::test(start_paused = true)]
async fn a_walk_goes_on_from_any_position() {
    for path in [
        "/page/",
        "/offset/",
        "/cursor/",
        "/link/",
        "/jsonapi/",
        "/ninja/",
    ] {
        for way in WAYS {
            for stop in [1, 4, 10] {
                let listing = Listing::new(103, 10);
                let client = in_process::client(listing.router());
                let url = client.url(path).unwrap();
                let mut first = Walk::new(client.clone(), url, ahead(way));
                let mut text = Vec::new();
                for _ in 0..stop {
                    let batch = first.next().await.unwrap().unwrap();
                    text.extend_from_slice(batch.items.lines());
                }
                let mut second = Walk::resume(client, first.position(), ahead(way));
                while let Some(batch) = second.next().await.unwrap() {
                    text.extend_from_slice(batch.items.lines());
                }
                assert_eq!(
                    String::from_utf8(text).unwrap(),
                    ndjson(1..=103),
                    "{path} {way:?}"
                );
                assert!(
                    second.tally().is_complete(),
                    "{path} {way:?} {:?}",
                    second.tally()
                );
            }
        }
    }
}
