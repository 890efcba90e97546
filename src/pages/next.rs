//! How an endpoint paginates, and where its next page is: the head of a body and the header fields in, an answer out.

use serde_json::Value;
use url::Url;

use super::link::link_with;
use super::pointer::Pointer;
use super::query::parameter;
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
}

/// Reads how the page that `url` brought looks.
pub fn look(url: &Url, fields: &Fields, envelope: &Value, hints: &Hints) -> Look {
    look_again(url, fields, envelope, hints, None)
}

/// The same of a list whose style is known.
pub(super) fn look_again(
    url: &Url,
    fields: &Fields,
    envelope: &Value,
    hints: &Hints,
    known: Option<Style>,
) -> Look {
    let describers = describers(envelope);
    let count = count_in(&describers).or(fields.total);
    let listed =
        || onward_in(fields, envelope, hints).map(|(onward, place)| (onward, place.to_owned()));
    let counted =
        || page_counter(url, &describers).map(|(onward, place)| (onward, place.to_owned()));
    let unlisted =
        || next_by_any_name(&describers).filter(|_| hints.style != Some(Style::LinkHeader));
    let (onward, place) = listed()
        .or_else(unlisted)
        .or_else(counted)
        .unwrap_or((Onward::Unsaid, "nothing".to_owned()));
    let (style, why) = match (hints.style, known) {
        (Some(style), _) => (style, "asked for".to_owned()),
        (None, Some(style)) => (style, String::new()),
        (None, None) => style_of(url, envelope, &onward, &place, count),
    };
    Look {
        style,
        why,
        onward,
        count,
    }
}

/// Members that hold the next page, likeliest first, and the parameter that carries them when they are no URL.
const NEXTS: [(&str, &str); 27] = [
    ("/next", "page"),
    ("/links/next", "page"),
    ("/_links/next", "page"),
    ("/meta/next", "page"),
    ("/pagination/next", "page"),
    ("/meta/pagination/next", "page"),
    ("/meta/pagination/links/next", "page"),
    ("/meta/links/next", "page"),
    ("/paging/next", "page"),
    ("/page/next", "page"),
    ("/data/next", "page"),
    ("/next_page_url", "page"),
    ("/meta/next_page_url", "page"),
    ("/@odata.nextLink", "page"),
    ("/nextLink", "page"),
    ("/next_url", "page"),
    ("/next_link", "page"),
    ("/hydra:view/hydra:next", "page"),
    ("/next_cursor", "cursor"),
    ("/meta/next_cursor", "cursor"),
    ("/pagination/next_cursor", "cursor"),
    ("/response_metadata/next_cursor", "cursor"),
    ("/next_page_token", "page_token"),
    ("/nextPageToken", "pageToken"),
    ("/next_page", "page"),
    ("/meta/next_page", "page"),
    ("/pagination/next_page", "page"),
];

fn onward_in<'a>(fields: &Fields, envelope: &Value, hints: &'a Hints) -> Option<(Onward, &'a str)> {
    if let Some(pointer) = &hints.next {
        let found = envelope.pointer(&pointer.to_string());
        // Without the member nothing follows: many APIs leave it out on the last page.
        return Some(match found {
            Some(value) => (
                read_next(value, carrier(pointer, value, hints.style)).unwrap_or(Onward::End),
                "--next",
            ),
            None => (Onward::End, "--next"),
        });
    }
    let links: Vec<&str> = fields.link.iter().map(String::as_str).collect();
    if let Some(target) = link_with(&links, "next") {
        return Some((Onward::Link(target.to_owned()), "Link"));
    }
    if hints.style != Some(Style::LinkHeader) {
        for (place, parameter) in NEXTS {
            if let Some(value) = envelope.pointer(place)
                && let Some(onward) = read_next(value, parameter)
            {
                return Some((onward, place));
            }
        }
        // JSON:API lets a server leave `next` out of `links` on the last page.
        if envelope.get("data").is_some_and(Value::is_array)
            && let Some(links) = envelope.get("links").and_then(Value::as_object)
            && ["first", "last", "prev"]
                .iter()
                .any(|name| links.contains_key(*name))
        {
            return Some((Onward::End, "/links"));
        }
    }
    let paged = ["first", "last", "prev", "previous"]
        .iter()
        .any(|relation| link_with(&links, relation).is_some());
    (paged || hints.style == Some(Style::LinkHeader)).then_some((Onward::End, "Link"))
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

fn read_next(value: &Value, parameter: &str) -> Option<Onward> {
    match value {
        Value::Null | Value::Bool(false) => Some(Onward::End),
        Value::String(text) if text.is_empty() => Some(Onward::End),
        Value::String(text) if text.contains("://") || text.starts_with(['/', '?']) => {
            Some(Onward::Link(text.clone()))
        }
        Value::String(text) => {
            let numeric = text.bytes().all(|byte| byte.is_ascii_digit());
            let name = if parameter == "page" && !numeric {
                "cursor"
            } else {
                parameter
            };
            Some(Onward::Parameter(name.to_owned(), text.clone()))
        }
        Value::Number(number) => Some(Onward::Parameter(parameter.to_owned(), number.to_string())),
        Value::Object(link) => match link.get("href").or_else(|| link.get("url")) {
            Some(target) => read_next(target, parameter),
            None => None,
        },
        _ => None,
    }
}

/// Names, bare, of objects that wrap the list, and of those that describe its pages.
const DESCRIBERS: [&str; 18] = [
    "data",
    "results",
    "result",
    "response",
    "payload",
    "body",
    "embedded",
    "page",
    "meta",
    "metadata",
    "pagination",
    "paging",
    "pager",
    "pageinfo",
    "links",
    "cursors",
    "responsemetadata",
    "hydra:view",
];

/// A member's name without what writers of JSON differ in: case, underscores, a sigil.
fn bare(name: &str) -> String {
    let kept = name.chars().filter(|c| !matches!(c, '_' | '-' | '@'));
    kept.flat_map(char::to_lowercase).collect()
}

/// Where an object stands, and its members.
type Describer<'a> = (String, &'a serde_json::Map<String, Value>);

/// Objects that describe the page, outermost first, and where they are: the body, what wraps its list and what lies in
/// those for that purpose.
fn describers(envelope: &Value) -> Vec<Describer<'_>> {
    const DEEPEST: usize = 3;
    let mut found = Vec::new();
    let mut level: Vec<(String, &Value)> = vec![(String::new(), envelope)];
    for _ in 0..=DEEPEST {
        let mut deeper = Vec::new();
        for (place, value) in level {
            let Value::Object(members) = value else {
                continue;
            };
            for (name, member) in members {
                let wraps = || {
                    member
                        .as_object()
                        .is_some_and(|inner| inner.values().any(Value::is_array))
                };
                if member.is_object() && (DESCRIBERS.contains(&bare(name).as_str()) || wraps()) {
                    deeper.push((format!("{place}/{name}"), member));
                }
            }
            found.push((place, members));
        }
        level = deeper;
    }
    found
}

/// A next page under a name or in a place that nobody listed.
fn next_by_any_name(describers: &[Describer<'_>]) -> Option<(Onward, String)> {
    /// Bare names, and the parameter that carries what is no URL.
    const NAMES: [(&str, &str); 9] = [
        ("next", "page"),
        ("nextpageurl", "page"),
        ("nextpagelink", "page"),
        ("nexturl", "page"),
        ("nextlink", "page"),
        ("hydra:next", "page"),
        ("nextcursor", "cursor"),
        ("nextpagetoken", "page_token"),
        ("nextpage", "page"),
    ];
    NAMES.iter().find_map(|(wanted, parameter)| {
        describers.iter().find_map(|(place, members)| {
            let (name, value) = members.iter().find(|(name, _)| bare(name) == *wanted)?;
            // whoever writes names so reads them so
            let parameter = if name == "nextPageToken" {
                "pageToken"
            } else {
                parameter
            };
            Some((read_next(value, parameter)?, format!("{place}/{name}")))
        })
    })
}

/// The member by which a body says that more follows, where it does.
pub(super) fn claims_more(envelope: &Value) -> Option<String> {
    describers(envelope).iter().find_map(|(place, members)| {
        let (name, _) = members.iter().find(|(name, value)| {
            matches!(
                bare(name).as_str(),
                "hasnext" | "hasmore" | "hasnextpage" | "more"
            ) && **value == Value::Bool(true)
        })?;
        Some(format!("{place}/{name}"))
    })
}

fn number(members: &serde_json::Map<String, Value>, names: &[&str]) -> Option<u64> {
    let place = |member: &String| {
        let member = bare(member);
        names.iter().position(|name| *name == member)
    };
    // Its members are fewer than the names.
    let numbers = members.iter();
    numbers
        .filter_map(|(member, value)| Some((place(member)?, value.as_u64()?)))
        .min()
        .map(|(_, number)| number)
}

/// How many items there are in all, where the body says so.
fn count_in(describers: &[Describer<'_>]) -> Option<u64> {
    const NAMES: [&str; 7] = [
        "total",
        "totalcount",
        "totalresults",
        "totalitems",
        "totalelements",
        "hydra:totalitems",
        "odata.count",
    ];
    describers.iter().find_map(|(_, members)| {
        let count = || members.get("count").and_then(Value::as_u64);
        // Beside the list and its next page Django REST framework's paginators count; a total may be one of anything.
        let first =
            count().filter(|_| members.contains_key("next") && members.contains_key("results"));
        first.or_else(|| number(members, &NAMES)).or_else(count)
    })
}

/// A next page made from `page` and `total_pages` or their like.
fn page_counter(url: &Url, describers: &[Describer<'_>]) -> Option<(Onward, &'static str)> {
    let asked = ["page", "page_number", "p", "page[number]"]
        .into_iter()
        .find_map(|name| Some((name, parameter(url, name)?.parse::<u64>().ok()?)));
    let name = asked.map_or("page", |(name, _)| name);
    describers.iter().find_map(|(_, members)| {
        let current = number(members, &["currentpage", "page", "pagenumber"]);
        let total = number(
            members,
            &["totalpages", "lastpage", "numpages", "pagecount", "pages"],
        );
        let more = || {
            let says = |(name, value): (&String, &Value)| {
                matches!(bare(name).as_str(), "hasnext" | "hasmore" | "hasnextpage")
                    .then(|| value.as_bool())
                    .flatten()
            };
            members.iter().find_map(says)
        };
        let at = current.or(asked.map(|(_, page)| page)).unwrap_or(1);
        let follows = match (total, current) {
            (Some(total), _) => at < total,
            (None, Some(_)) => more()?,
            (None, None) => return None,
        };
        let onward = if follows {
            Onward::Parameter(name.to_owned(), (at + 1).to_string())
        } else {
            Onward::End
        };
        Some((onward, "page counters"))
    })
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
        let more = json!({"results": [], "has_more": true});
        assert_eq!(seen("http://h/p", &[], &more).0, Style::Single);
        assert_eq!(claims_more(&more).as_deref(), Some("/has_more"));
        let sum = json!({"count": 50, "next": null, "previous": null, "total": 999, "results": []});
        assert_eq!(seen("http://h/p", &[], &sum).2, Some(50));
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
