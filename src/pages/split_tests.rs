//! Tests of the splitter.

use super::*;
use proptest::prelude::*;

fn split(body: &str, pointer: Option<&str>, part: usize) -> Result<Page, SplitError> {
    let mut splitter = Splitter::new(pointer.map(|text| text.parse().unwrap()));
    for part in body.as_bytes().chunks(part) {
        splitter.feed(part)?;
    }
    splitter.finish()
}

fn lines(body: &str) -> String {
    let whole = split(body, None, usize::MAX).unwrap();
    for size in [1, 2, 3, 7, 64] {
        assert_eq!(split(body, None, size).unwrap(), whole, "parts of {size}");
    }
    String::from_utf8(whole.items.lines().to_vec()).unwrap()
}

#[test]
fn items_keep_the_bytes_of_the_body() {
    let body = r#"{"count":3,"next":null,"results":[{"id": 9007199254740993,"x":1.10},{"é":"\u00e9 ]}\\\""},[],"a,]",-1e5,null]}"#;
    assert_eq!(
        lines(body),
        "{\"id\": 9007199254740993,\"x\":1.10}\n{\"é\":\"\\u00e9 ]}\\\\\\\"\"}\n[]\n\"a,]\"\n-1e5\nnull\n"
    );
}

#[test]
fn bare_arrays_and_nested_lists_are_pages_too() {
    assert_eq!(lines("[1, 2 ,3]"), "1\n2\n3\n");
    assert_eq!(lines(" [ ] "), "");
    assert_eq!(
        lines(r#"{"data":{"items":[{"a":1}]},"meta":{}}"#),
        "{\"a\":1}\n"
    );
    assert_eq!(
        lines(r#"{"total":2,"rows_of_it":[{"a":1},{"a":2}]}"#),
        "{\"a\":1}\n{\"a\":2}\n"
    );
}

#[test]
fn a_named_list_is_taken_and_no_other() {
    let body = r#"{"results":[1],"other":{"list":[2]}}"#;
    let page = split(body, Some("/other/list"), 5).unwrap();
    assert_eq!(page.items.lines(), b"2\n");
    assert_eq!(page.envelope["results"][0], 1);
    assert!(matches!(
        split(body, Some("/absent"), 9),
        Err(SplitError::NoItems { .. })
    ));
}

#[test]
fn next_is_known_when_the_items_begin() {
    let mut splitter = Splitter::new(None);
    splitter
        .feed(br#"{"count":9,"next":"http://h/?page=2","#)
        .unwrap();
    assert_eq!(splitter.head(), None);
    splitter.feed(br#""results":[{"id"#).unwrap();
    assert_eq!(splitter.head().unwrap()["next"], "http://h/?page=2");
}

#[test]
fn indented_items_become_one_line_each() {
    assert_eq!(
        lines("{\n  \"results\": [\n    {\n      \"a\": \"x  y\",\n      \"b\": 2\n    }\n  ]\n}"),
        "{\"a\": \"x  y\",\"b\": 2}\n"
    );
}

#[test]
fn malformed_bodies_are_named_with_their_byte() {
    for (body, at) in [
        (r#"{"results":[{"a":1}{"a":2}]}"#, 19),
        (r#"{"results":[{"a":1},]}"#, 20),
        (r#"{"results":[{"a":[1}]}]}"#, 19),
        (r#"{"results":[{"a":1}]"#, 20),
        (r#"{"results":[{"a":1"#, 18),
        (r#"{"results":[{"a":tru}]}"#, 20),
        (r#"{"results":[1],"x":oops}"#, 19),
        (r#"{"results":[01]}"#, 12),
        ("<html>", 0),
        ("", 0),
    ] {
        match split(body, None, 4) {
            Err(SplitError::Malformed { at: found, .. }) => assert_eq!(found, at, "{body}"),
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[test]
fn a_strict_splitter_finds_a_malformed_item_anywhere() {
    let body = br#"[{"a":1},{"a":nul},{"a":2}]"#;
    let mut loose = Splitter::new(None);
    loose.feed(body).unwrap();
    assert_eq!(loose.finish().unwrap().items.len(), 3);
    let mut strict = Splitter::new(None).strict(true);
    assert!(matches!(
        strict.feed(body),
        Err(SplitError::Malformed { at: 17, .. })
    ));
}

#[test]
fn an_empty_list_stands_back_behind_one_with_items() {
    let place = |body: &str| split(body, None, 999).unwrap().pointer.to_string();
    let orders = r#"[{"id":1},{"id":2}]"#;
    for (body, expected) in [
        (
            format!(r#"{{"success":true,"errors":[],"data":{{"orders":{orders}}}}}"#),
            "/data/orders",
        ),
        (
            format!(r#"{{"tags":[],"shop":{{"orders":{orders},"x":[]}}}}"#),
            "/shop/orders",
        ),
        (
            format!(r#"{{"errors":{orders},"data":{{"orders":[]}}}}"#),
            "/data/orders",
        ),
        (
            format!(r#"{{"orders":[],"facets":{{"brands":{orders}}}}}"#),
            "/orders",
        ),
        (
            r#"{"errors":[],"data":{"orders":[]}}"#.to_owned(),
            "/data/orders",
        ),
        (r#"{"errors":[]}"#.to_owned(), "/errors"),
        // what a chat lists is no word on how the request went
        (
            format!(r#"{{"messages":{orders},"users":[{{"id":7}}]}}"#),
            "/messages",
        ),
    ] {
        assert_eq!(place(&body), expected, "{body}");
    }
}

#[test]
fn a_page_without_a_list_is_no_page() {
    assert!(matches!(
        split(r#"{"detail":"x"}"#, None, 3),
        Err(SplitError::NoItems { .. })
    ));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~é\\\\\"\\[\\]{}\n]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(("[a-z\"\\\\]{0,4}", inner), 0..6)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_items_in_any_parts_come_out_as_they_went_in(
        items in prop::collection::vec(any_json(), 0..8),
        part in 1_usize..200,
    ) {
        let body = serde_json::json!({"count": 1, "next": null, "results": items});
        let page = split(&body.to_string(), None, part).unwrap();
        let expected: Vec<String> = items.iter().map(ToString::to_string).collect();
        let found: Vec<String> = page
            .items
            .iter()
            .map(|item| String::from_utf8(item.to_vec()).unwrap())
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn no_bytes_make_it_panic(body in prop::collection::vec(any::<u8>(), 0..200), part in 1_usize..50) {
        let mut splitter = Splitter::new(None);
        let fed = body.chunks(part).try_for_each(|part| splitter.feed(part));
        if fed.is_ok() {
            let _ = splitter.head();
            let _ = splitter.finish();
        }
    }
}
