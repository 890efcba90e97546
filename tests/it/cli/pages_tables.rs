//! Walks written as Parquet, and walks of pages that are too long to be held.

use std::fs::File;

use axum::response::IntoResponse;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;

use crate::support::binary::Home;
use crate::support::fixture::{Fixture, reply};
use crate::support::listing::{Listing, ndjson, row};

/// A server of one page with these items.
fn page(items: &'static str) -> Fixture {
    let body = format!(r#"{{"count":3,"next":null,"previous":null,"results":[{items}]}}"#);
    Fixture::new(move |_| reply("200 OK", "application/json", &body))
}

#[test]
fn a_parquet_file_has_typed_columns_and_every_row() {
    let url = Listing::new(20_005, 1_000).serve();
    let home = Home::new();
    home.run(&format!(
        "pages walk {url}/page/ --format parquet -o out.parquet -j 4"
    ))
    .expect(0);
    let reader =
        SerializedFileReader::new(File::open(home.path().join("out.parquet")).unwrap()).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), 20_005);
    for (row, id) in reader.get_row_iter(None).unwrap().zip(1_i64..) {
        let row = row.unwrap();
        assert_eq!(row.get_long(0).unwrap(), id);
        assert_eq!(row.get_string(1).unwrap(), &format!("item {id} ]}}\"é"));
        assert_eq!(row.get_string(2).unwrap(), &format!("{}.10", id % 97));
    }
    assert!(!home.path().join("out.parquet.part").exists());
    // The same bytes by way of standard output.
    let line = format!("pages walk {url}/page/ --format parquet");
    let piped = std::fs::File::create(home.path().join("piped")).unwrap();
    let mut walk = home.command(line.split_whitespace());
    walk.stdout(piped).said().expect(0);
    let bytes = |name| std::fs::read(home.path().join(name)).unwrap();
    assert_eq!(bytes("piped"), bytes("out.parquet"));
}

#[test]
fn nested_absent_and_null_members_are_columns_too() {
    let server = page(
        r#"{"id":1,"tags":["a","b"],"owner":{"id":7,"name":null},"rating":3,"big":9007199254740993},
           {"id":2,"tags":[],"owner":null,"rating":4.5,"ok":true},
           {"id":3,"extra":null}"#,
    );
    let home = Home::new();
    home.run(&format!(
        "pages walk {} --format parquet -o out.parquet",
        server.url()
    ))
    .expect(0);
    let reader =
        SerializedFileReader::new(File::open(home.path().join("out.parquet")).unwrap()).unwrap();
    let rows: Vec<String> = reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap().to_string())
        .collect();
    assert_eq!(
        rows,
        [
            "{id: 1, tags: [\"a\", \"b\"], owner: {id: 7, name: null}, rating: 3.0, big: 9007199254740993, ok: null, extra: null}",
            "{id: 2, tags: [], owner: null, rating: 4.5, big: null, ok: true, extra: null}",
            "{id: 3, tags: null, owner: null, rating: null, big: null, ok: null, extra: null}",
        ]
    );
}

#[test]
fn members_of_two_types_are_named_and_the_items_kept() {
    let server = page(r#"{"id":1,"price":"1.50"},{"id":2,"price":2},{"id":3}"#);
    let home = Home::new();
    let said = home
        .run(&format!(
            "pages walk {} --format parquet -o out.parquet",
            server.url()
        ))
        .expect(3);
    assert!(
        said.stderr
            .contains("item 2: 'price' is an integer here, and a text in items before it"),
        "{}",
        said.stderr
    );
    assert!(said.stderr.contains("out.parquet.part"), "{}", said.stderr);
    assert!(!home.path().join("out.parquet").exists());
    let kept = std::fs::read_to_string(home.path().join("out.parquet.part")).unwrap();
    assert_eq!(kept.lines().count(), 3);
    home.run(&format!(
        "pages walk {} --format parquet -o out.parquet --select .price|=tostring",
        server.url()
    ))
    .expect(0);
}

#[test]
fn a_killed_walk_to_parquet_is_resumed_to_the_same_table() {
    let listing = Listing::with(
        500,
        10,
        std::time::Duration::from_millis(5),
        |number, _, _| (number == 30).then(|| axum::http::StatusCode::NOT_FOUND.into_response()),
    );
    let url = listing.serve();
    let home = Home::new();
    let line = format!("pages walk {url}/offset/ --format parquet -o out --resume");
    home.run(&line).expect(3);
    home.run(&line).expect(0);
    home.run(&format!(
        "pages walk {url}/offset/ --format parquet -o whole"
    ))
    .expect(0);
    let read = |name| std::fs::read(home.path().join(name)).unwrap();
    assert!(read("out") == read("whole"));
}

#[test]
fn a_long_page_that_breaks_off_leaves_whole_items_and_is_resumed() {
    let rows: Vec<String> = (1..=90_000).map(row).collect();
    let body = format!(r#"{{"next":null,"results":[{}]}}"#, rows.join(","));
    let asked = std::sync::atomic::AtomicU32::new(0);
    let server = Fixture::new(move |_| {
        let first = asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0;
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let sent = if first {
            &body[..body.len() - 1_000]
        } else {
            &body
        };
        (head + sent).into_bytes()
    });
    let home = Home::new();
    let line = format!("pages walk {} -o out.ndjson --resume", server.url());
    home.run(&format!("{line} --retries 0")).expect(4);
    let partial = std::fs::read_to_string(home.path().join("out.ndjson")).unwrap();
    assert!(partial.lines().count() > 10_000 && ndjson(1..=90_000).starts_with(&partial));
    home.run(&line).expect(0);
    assert!(std::fs::read_to_string(home.path().join("out.ndjson")).unwrap() == ndjson(1..=90_000));
}

#[test]
fn what_has_no_members_is_no_row_of_a_table() {
    let url = Listing::new(15, 10).serve();
    let home = Home::new();
    for select in [".id", "[.id,.name]"] {
        for more in ["", "-o out.csv", "--columns id"] {
            let said = home
                .run(&format!(
                    "pages walk {url}/page/ --select {select} --format csv {more}"
                ))
                .expect(3);
            assert!(said.stderr.contains("no object"), "{}", said.stderr);
        }
    }
}

#[test]
fn an_item_that_is_no_json_is_no_blank_row() {
    let server = Fixture::new(|asked| {
        let body = if asked.line.contains("page=2") {
            r#"{"count":4,"next":null,"results":[{"id":3,"price":3},{"id":4,"price":NaN}]}"#
        } else {
            r#"{"count":4,"next":"?page=2","results":[{"id":1,"price":1},{"id":2,"price":2}]}"#
        };
        reply("200 OK", "application/json", body)
    });
    let home = Home::new();
    for flags in ["--format csv", "--format csv --columns id,price"] {
        let line = format!("pages walk {} {flags}", server.url());
        let said = home.run(&line).expect(3);
        assert!(
            said.stderr.contains("page 2") && said.stderr.contains("item 2 of the page"),
            "{}",
            said.stderr
        );
        assert_eq!(said.stdout, "id,price\r\n1,1\r\n2,2\r\n");
    }
    let line = format!(
        "pages audit {} --only malformed-page --format json",
        server.url()
    );
    let report = home.run(&line).expect(1).json();
    assert_eq!(report["findings"][0]["id"], "malformed-page");
}

#[test]
fn a_long_page_that_breaks_off_is_fetched_again_and_goes_on_where_it_was() {
    for (first, code) in [(1, 0), (2, 4)] {
        let times = std::sync::atomic::AtomicU64::new(0);
        let server = Fixture::new(move |_| {
            let again = times.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0;
            let rows = if again { first..=60_000 } else { 1..=60_000 };
            let rows: Vec<String> = rows.map(row).collect();
            let body = format!(r#"{{"next":null,"results":[{}]}}"#, rows.join(","));
            let mut whole = reply("200 OK", "application/json", &body);
            if !again {
                whole.truncate(whole.len() - 100_000);
            }
            whole
        });
        let home = Home::new();
        let said = home
            .run(&format!("pages walk {} --retries 2", server.url()))
            .expect(code);
        if code == 0 {
            assert!(said.stdout == ndjson(1..=60_000));
        } else {
            assert!(said.stderr.contains("the list changed"), "{}", said.stderr);
        }
        assert_eq!(server.asked().len(), 2);
    }
}
