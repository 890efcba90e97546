//! What a page says by the names of its members: its next page, how many items there are in all, that more follows.

use serde_json::{Map, Value};
use url::Url;

use super::next::Onward;
use super::query::parameter;

/// Names, bare, of objects that wrap the list, and of those that describe its pages.
const DESCRIBERS: [&str; 22] = [
    "data",
    "results",
    "result",
    "response",
    "payload",
    "body",
    "embedded",
    "page",
    "pages",
    "meta",
    "metadata",
    "pagination",
    "paging",
    "pager",
    "pageinfo",
    "navigation",
    "links",
    "cursor",
    "cursors",
    "responsemetadata",
    "view",
    "hydra:view",
];

/// Bare names of flags that say whether another page follows.
const MORE: [&str; 3] = ["hasnext", "hasmore", "hasnextpage"];

/// A member's name without what writers of JSON differ in: case, underscores, a sigil.
pub(super) fn bare(name: &str) -> String {
    let kept = name.chars().filter(|c| !matches!(c, '_' | '-' | '@'));
    kept.flat_map(char::to_lowercase).collect()
}

/// Where an object stands, and its members.
pub(super) type Describer<'a> = (String, &'a Map<String, Value>);

/// Objects that describe the page, outermost first, and where they are: the body, what wraps its list and what lies in
/// those for that purpose.
pub(super) fn describers(envelope: &Value) -> Vec<Describer<'_>> {
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

/// The next page by the member's name, and where that stands.
pub(super) fn next_by_name(describers: &[Describer<'_>]) -> Option<(Onward, String)> {
    /// Bare names, likeliest first, and the parameter that carries what is no URL.
    const NAMES: [(&str, &str); 14] = [
        ("next", "page"),
        ("nextpageurl", "page"),
        ("nextpagelink", "page"),
        ("nextpageuri", "page"),
        ("nexturl", "page"),
        ("nexturi", "page"),
        ("nextlink", "page"),
        ("nexthref", "page"),
        ("odata.nextlink", "page"),
        ("hydra:next", "page"),
        ("nextcursor", "cursor"),
        ("nextpagetoken", "page_token"),
        ("nextpage", "page"),
        ("nextoffset", "offset"),
    ];
    NAMES.iter().find_map(|(wanted, parameter)| {
        describers.iter().find_map(|(place, members)| {
            let (name, value) = members.iter().find(|(name, _)| bare(name) == *wanted)?;
            let holder = place.rsplit('/').next().map(bare);
            let parameter = match *parameter {
                // whoever writes names so reads them so
                _ if name == "nextPageToken" => "pageToken",
                "page" if holder.is_some_and(|holder| holder.starts_with("cursor")) => "cursor",
                usual => usual,
            };
            Some((read_next(value, parameter)?, format!("{place}/{name}")))
        })
    })
}

pub(super) fn read_next(value: &Value, parameter: &str) -> Option<Onward> {
    match value {
        Value::Null | Value::Bool(false) => Some(Onward::End),
        // No page comes before the first one.
        Value::Number(number) if number.as_i64().is_some_and(|number| number <= 0) => {
            Some(Onward::End)
        }
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
        Value::Object(link) => {
            let target = ["href", "url", "uri"]
                .iter()
                .find_map(|name| link.get(*name));
            read_next(target?, parameter)
        }
        _ => None,
    }
}

/// The member by which a page says that more follows, where it does: a flag, or without `flags_only` any next page.
pub(super) fn claims_more(describers: &[Describer<'_>], flags_only: bool) -> Option<String> {
    describers.iter().find_map(|(place, members)| {
        let (name, _) = members.iter().find(|(name, value)| {
            let name = bare(name);
            if name == "more" || MORE.contains(&name.as_str()) {
                return **value == Value::Bool(true);
            }
            let unprefixed = name.rsplit([':', '.']).next();
            unprefixed.is_some_and(names_a_page) && !flags_only && says_something(value)
        })?;
        Some(format!("{place}/{name}"))
    })
}

/// Whether a bare name is that of a next page: `next` alone or with what pages are asked for by. Other things have a next
/// one, too: a run, an update, a step.
fn names_a_page(name: &str) -> bool {
    const PAGING: [&str; 17] = [
        "page", "cursor", "token", "offset", "url", "uri", "link", "href", "start", "index", "key",
        "marker", "skip", "from", "position", "batch", "after",
    ];
    name.strip_prefix("next").is_some_and(|rest| {
        matches!(rest, "" | "id" | "set") || PAGING.iter().any(|word| rest.starts_with(word))
    })
}

/// Whether a value is none of those that stand for nothing.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_i64().is_none_or(|number| number > 0),
        Value::String(text) => !matches!(text.as_str(), "" | "0" | "-1"),
        Value::Array(list) => list.iter().any(says_something),
        Value::Object(members) => members.values().any(says_something),
    }
}

fn number(members: &Map<String, Value>, names: &[&str]) -> Option<u64> {
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
pub(super) fn count_in(describers: &[Describer<'_>]) -> Option<u64> {
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
pub(super) fn page_counter(url: &Url, describers: &[Describer<'_>]) -> Option<Onward> {
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
                MORE.contains(&bare(name).as_str())
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
        Some(if follows {
            Onward::Parameter(name.to_owned(), (at + 1).to_string())
        } else {
            Onward::End
        })
    })
}
