//! How an endpoint paginates, and where its next page is: the head of a body and the header fields in, an answer out.

use serde_json::Value;
use url::Url;

use super::link::link_with;
use super::names::{
    Describer, bare, claims_more, count_in, describers, next_by_name, page_counter, read_next,
};
use super::pointer::Pointer;
use super::style::{Style, style_of};

/// What the user says about an endpoint. Nothing, most of the time.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// The style.
    pub style: Option<Style>,
    /// Where the link to the next page is.
    pub next: Option<Pointer>,
}

/// The header fields that say something about pages.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// The values of `Link`.
    pub link: Vec<String>,
    /// The value of `X-Total-Count` or its like.
    pub total: Option<u64>,
}

/// What a page says about the pages after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Onward {
    /// A link, as written.
    Link(String),
    /// The page's own URL with this parameter set: made up from a number or token in the body.
    Parameter(String, String),
    /// Nothing comes after it.
    End,
    /// Nothing is said.
    Unsaid,
}

/// How a page looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The style.
    pub style: Style,
    /// Where that can be seen.
    pub why: String,
    /// The next page.
    pub onward: Onward,
    /// How many items there are in all pages.
    pub count: Option<u64>,
    /// The member by which it says that more follows, where it does not say how to get there.
    pub more: Option<String>,
}

/// Reads how the page that `url` brought looks.
pub fn look(url: &Url, fields: &Fields, envelope: &Value, hints: &Hints) -> Look {
    look_again(url, fields, envelope, hints, Known::default())
}

/// What is known of a page beside its head.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    /// The style, behind the first page.
    pub(super) style: Option<Style>,
    /// How many items it held, once it is whole.
    pub(super) rows: Option<u64>,
}

/// The same with what else is known.
pub(super) fn look_again(
    url: &Url,
    fields: &Fields,
    envelope: &Value,
    hints: &Hints,
    known: Known,
) -> Look {
    let describers = describers(envelope);
    let count = count_in(&describers).or(fields.total);
    let counted = || Some((page_counter(url, &describers)?, "page counters".to_owned()));
    let (onward, place) = onward_in(fields, envelope, &describers, hints)
        .or_else(counted)
        .unwrap_or((Onward::Unsaid, "nothing".to_owned()));
    let (style, why) = match (hints.style, known.style) {
        (Some(style), _) => (style, "asked for".to_owned()),
        (None, Some(style)) => (style, String::new()),
        (None, None) => style_of(url, envelope, (&onward, &place), count, known.rows),
    };
    let more = match onward {
        // What was said on the command line goes before what a member is called.
        Onward::End | Onward::Unsaid => {
            claims_more(&describers, hints.style.is_some() || hints.next.is_some())
        }
        Onward::Link(_) | Onward::Parameter(..) => None,
    };
    Look {
        style,
        why,
        onward,
        count,
        more,
    }
}

fn onward_in(
    fields: &Fields,
    envelope: &Value,
    describers: &[Describer<'_>],
    hints: &Hints,
) -> Option<(Onward, String)> {
    if let Some(pointer) = &hints.next {
        let found = envelope.pointer(&pointer.to_string());
        // Without the member nothing follows: many APIs leave it out on the last page.
        let onward = found.and_then(|value| read_next(value, carrier(pointer, value, hints.style)));
        return Some((onward.unwrap_or(Onward::End), "--next".to_owned()));
    }
    let links: Vec<&str> = fields.link.iter().map(String::as_str).collect();
    if let Some(target) = link_with(&links, "next") {
        return Some((Onward::Link(target.to_owned()), "Link".to_owned()));
    }
    if hints.style != Some(Style::LinkHeader) {
        if let Some(found) = next_by_name(describers) {
            return Some(found);
        }
        // JSON:API lets a server leave `next` out of `links` on the last page.
        if envelope.get("data").is_some_and(Value::is_array)
            && let Some(links) = envelope.get("links").and_then(Value::as_object)
            && ["first", "last", "prev"]
                .iter()
                .any(|name| links.contains_key(*name))
        {
            return Some((Onward::End, "/links".to_owned()));
        }
    }
    let paged = ["first", "last", "prev", "previous"]
        .iter()
        .any(|relation| link_with(&links, relation).is_some());
    (paged || hints.style == Some(Style::LinkHeader)).then_some((Onward::End, "Link".to_owned()))
}

/// The parameter that carries what a place of the user's names, where that is no URL.
fn carrier(pointer: &Pointer, value: &Value, style: Option<Style>) -> &'static str {
    let name = pointer
        .names()
        .last()
        .map_or_else(String::new, |name| bare(name));
    let text = value
        .as_str()
        .is_some_and(|text| text.parse::<u64>().is_err());
    match style {
        Some(Style::PageNumber) => "page",
        Some(Style::LimitOffset) => "offset",
        Some(Style::Cursor) => "cursor",
        _ if text || name.contains("cursor") || name.contains("token") => "cursor",
        _ if name.contains("offset") => "offset",
        _ => "page",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn seen(url: &str, link: &[&str], body: &Value) -> (Style, Onward, Option<u64>) {
        let fields = Fields {
            link: link.iter().map(|&text| text.to_owned()).collect(),
            total: None,
        };
        let look = look(&url.parse().unwrap(), &fields, body, &Hints::default());
        (look.style, look.onward, look.count)
    }

    fn to(link: &str) -> Onward {
        Onward::Link(link.to_owned())
    }

    fn set(name: &str, value: &str) -> Onward {
        Onward::Parameter(name.to_owned(), value.to_owned())
    }

    #[test]
    fn the_paginators_of_drf_are_told_apart() {
        let body = |next: &str| json!({"count": 25, "next": next, "previous": null, "results": []});
        for (url, next, style) in [
            ("http://h/p/", "http://h/p/?page=2", Style::PageNumber),
            (
                "http://h/p/?page=2",
                "http://h/p/?page=3",
                Style::PageNumber,
            ),
            (
                "http://h/p/",
                "http://h/p/?limit=10&offset=10",
                Style::LimitOffset,
            ),
            (
                "http://h/p/?offset=10&limit=10",
                "http://h/p/?limit=10&offset=20",
                Style::LimitOffset,
            ),
        ] {
            assert_eq!(
                seen(url, &[], &body(next)),
                (style, to(next), Some(25)),
                "{next}"
            );
        }
        let next = "http://h/p/?cursor=cD0xMA%3D%3D";
        let cursor = json!({"next": next, "previous": null, "results": []});
        assert_eq!(
            seen("http://h/p/", &[], &cursor),
            (Style::Cursor, to(next), None)
        );
    }

    #[test]
    fn other_envelopes_are_read_too() {
        let link = r#"<http://h/p?page=2>; rel="next""#;
        assert_eq!(
            seen("http://h/p", &[link], &json!([])),
            (Style::LinkHeader, to("http://h/p?page=2"), None)
        );
        let next = "http://h/p?page%5Bnumber%5D=2";
        let json_api = json!({"links": {"next": next}, "data": [], "meta": {"pagination": {"page": 1, "pages": 3, "count": 25}}});
        assert_eq!(
            seen("http://h/p", &[], &json_api),
            (Style::JsonApi, to(next), Some(25))
        );
        let docs = json!({"links": {"next": "http://h/p?page=2", "previous": null}, "count": 9, "results": []});
        assert_eq!(seen("http://h/p", &[], &docs).0, Style::PageNumber);
        let hand_made =
            json!({"data": [], "meta": {"current_page": 1, "last_page": 3, "total": 50}});
        assert_eq!(
            seen("http://h/p", &[], &hand_made),
            (Style::PageNumber, set("page", "2"), Some(50))
        );
        let token = json!({"items": [], "next_cursor": "abc"});
        assert_eq!(
            seen("http://h/p", &[], &token),
            (Style::Cursor, set("cursor", "abc"), None)
        );
        let ninja = json!({"items": [], "count": 25});
        assert_eq!(
            seen("http://h/p", &[], &ninja),
            (Style::LimitOffset, Onward::Unsaid, Some(25))
        );
        assert_eq!(
            seen("http://h/p", &[], &json!([])),
            (Style::Single, Onward::Unsaid, None)
        );
    }

    #[test]
    fn a_list_that_is_wrapped_has_its_pages_there_too() {
        let next = "http://h/p/?page=2";
        let drf = json!({"count": 50, "next": next, "previous": null, "results": []});
        for wrapper in ["result", "response", "payload", "results", "data", "shop"] {
            let body = json!({"status": "ok", wrapper: drf});
            let expected = (Style::PageNumber, to(next), Some(50));
            assert_eq!(seen("http://h/p/", &[], &body), expected, "{wrapper}");
        }
        let last = json!({"status": "ok", "result": {"count": 5, "next": null, "previous": null, "results": []}});
        assert_eq!(
            seen("http://h/p/", &[], &last),
            (Style::PageNumber, Onward::End, Some(5))
        );
        let link = json!({"data": {"items": [], "links": {"next": next}}});
        assert_eq!(seen("http://h/p/", &[], &link).1, to(next));
    }

    #[test]
    fn names_are_read_however_they_are_written() {
        for (body, onward) in [
            (
                json!({"results": [], "nextCursor": "abc"}),
                set("cursor", "abc"),
            ),
            (json!({"results": [], "nextPage": 2}), set("page", "2")),
            (
                json!({"results": [], "nextPageUrl": "/p?page=2"}),
                to("/p?page=2"),
            ),
            (
                json!({"results": [], "pageInfo": {"totalPages": 5}}),
                set("page", "2"),
            ),
            (
                json!({"results": [], "page": 1, "has_next": true}),
                set("page", "2"),
            ),
            (
                json!({"results": [], "page": 3, "has_next": false}),
                Onward::End,
            ),
        ] {
            assert_eq!(seen("http://h/p", &[], &body).1, onward, "{body}");
        }
        let sum = json!({"count": 50, "next": null, "previous": null, "total": 999, "results": []});
        assert_eq!(seen("http://h/p", &[], &sum).2, Some(50));
    }

    #[test]
    fn a_next_page_that_is_not_followed_is_no_end() {
        let url: Url = "http://h/p".parse().unwrap();
        let look = |body: &Value, hints: &Hints| look(&url, &Fields::default(), body, hints);
        for (body, onward) in [
            (json!({"next_offset": 20}), set("offset", "20")),
            (json!({"cursor": {"next": "abc"}}), set("cursor", "abc")),
            (json!({"cursor": {"next": 17}}), set("cursor", "17")),
            (
                json!({"next_page": {"offset": "x", "uri": "http://h/p?offset=x"}}),
                to("http://h/p?offset=x"),
            ),
        ] {
            let seen = look(&body, &Hints::default());
            assert_eq!((seen.onward, seen.more), (onward, None), "{body}");
        }
        for (body, more) in [
            (json!({"has_more": true}), Some("/has_more")),
            (json!({"nextToken": "abc"}), Some("/nextToken")),
            (json!({"next": {"page": 2}}), Some("/next")),
            (
                json!({"next": null, "paging": {"next_key": "x"}}),
                Some("/paging/next_key"),
            ),
            (json!({"nextToken": null, "next_offset": -1}), None),
            (json!({"next_update": "noon", "nextRun": 5}), None),
            (json!({"next": {"page": null}, "next_page": 0}), None),
        ] {
            let seen = look(&body, &Hints::default());
            assert_eq!(seen.more.as_deref(), more, "{body}");
        }
        let pointed = Hints {
            style: None,
            next: Some("/after".parse().unwrap()),
        };
        assert_eq!(look(&json!({"next_key": "x"}), &pointed).more, None);
        assert!(look(&json!({"has_more": true}), &pointed).more.is_some());
    }

    #[test]
    fn a_number_where_the_user_points_is_a_page() {
        for (place, value, onward) in [
            ("/meta/nextPage", json!(2), set("page", "2")),
            ("/meta/nextPage", json!("2"), set("page", "2")),
            ("/meta/next_offset", json!(20), set("offset", "20")),
            ("/meta/next_cursor", json!(7), set("cursor", "7")),
            ("/meta/after", json!("t0k"), set("cursor", "t0k")),
        ] {
            let hints = Hints {
                style: None,
                next: Some(place.parse().unwrap()),
            };
            let name = place.rsplit('/').next().unwrap();
            let body = json!({"meta": {name: value}});
            let look = look(
                &"http://h/p".parse().unwrap(),
                &Fields::default(),
                &body,
                &hints,
            );
            assert_eq!(look.onward, onward, "{place}");
        }
    }

    #[test]
    fn the_end_is_read_in_every_style() {
        let drf = json!({"count": 1, "next": null, "results": []});
        assert_eq!(
            seen("http://h/p", &[], &drf),
            (Style::PageNumber, Onward::End, Some(1))
        );
        let cursor = json!({"next": null, "previous": null, "results": []});
        assert_eq!(
            seen("http://h/p", &[], &cursor),
            (Style::Cursor, Onward::End, None)
        );
        let last = r#"<http://h/p>; rel="first", <http://h/p?page=2>; rel="prev""#;
        assert_eq!(
            seen("http://h/p?page=3", &[last], &json!([])).1,
            Onward::End
        );
        let counted = json!({"data": [], "page": 3, "total_pages": 3});
        assert_eq!(seen("http://h/p?page=3", &[], &counted).1, Onward::End);
        let api = json!({"data": [], "links": {"first": "http://h/p"}});
        assert_eq!(seen("http://h/p", &[], &api).1, Onward::End);
    }

    #[test]
    fn a_pointer_from_the_user_wins() {
        let hints = Hints {
            style: None,
            next: Some("/paging/after".parse().unwrap()),
        };
        let url = "http://h/p".parse().unwrap();
        let body = json!({"next": "http://h/wrong", "paging": {"after": "t0k"}});
        let look = look(&url, &Fields::default(), &body, &hints);
        assert_eq!(look.onward, set("cursor", "t0k"));
    }
}
