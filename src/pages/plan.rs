//! What may be fetched ahead of time: the pages of a list whose shape, size and count are known.

use url::Url;

use super::query::{changes, parameter, same_request, with_parameter};
use super::style::Style;

/// How the URL of the next page follows from that of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A parameter counts pages.
    Page {
        /// Its name.
        parameter: String,
    },
    /// A parameter counts items.
    Offset {
        /// Its name.
        parameter: String,
        /// The step.
        by: u64,
    },
    /// A token that only the server understands.
    Opaque,
}

/// What a parameter holds, as far as its name says.
enum Holds {
    /// How many items a page is to have.
    Size,
    /// What the items of a page come behind: the value of a field, or a token.
    Key,
    Offset,
    Page,
    Unsaid,
}

fn holds(name: &str) -> Holds {
    let plain = name.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if has(&["limit", "size", "per_page", "count", "take"]) {
        Holds::Size
    } else if has(&[
        "cursor", "token", "after", "before", "since", "until", "marker", "key", "last",
    ]) || plain.ends_with("id")
    {
        Holds::Key
    } else if has(&["offset", "skip", "start"]) {
        Holds::Offset
    } else if plain == "p" || plain.contains("page") {
        Holds::Page
    } else {
        Holds::Unsaid
    }
}

/// Compares the URL of a page with that of its next one. `rows` is how many items the page held, where that is known: it
/// tells what a parameter counts whose name does not.
pub fn shape(from: &Url, next: &Url, rows: Option<u64>) -> Shape {
    let rows = rows.or_else(|| {
        let is_size = |name: &str| matches!(holds(name), Holds::Size);
        let mut sizes = next.query_pairs().filter(|(name, _)| is_size(name));
        sizes.find_map(|(_, size)| size.parse().ok())
    });
    let mut found: Option<(Shape, bool)> = None;
    for (name, old, new) in changes(from, next) {
        let Some(new) = new.and_then(|value| value.parse::<u64>().ok()) else {
            // A parameter that was dropped or holds a token: nothing to count.
            return Shape::Opaque;
        };
        let holds = holds(&name);
        // The size is echoed beside the position: it appears, or is cut to what is granted.
        if matches!(holds, Holds::Size) {
            continue;
        }
        let old = match old.as_deref().map(str::parse::<u64>) {
            Some(Ok(old)) => Some(old),
            Some(Err(_)) => return Shape::Opaque,
            None => None,
        };
        let by = new.saturating_sub(old.unwrap_or(0));
        let is_next_page = match old {
            Some(_) => by == 1,
            // Behind the first page, which is 1 or 0.
            None => new == 1 || new == 2,
        };
        let passes = rows.is_some_and(|rows| {
            // Pages may share a row, and some servers count from 1.
            let (shared, from_one) = (rows > 2 && by + 1 == rows, old.is_none() && by == rows + 1);
            rows > 1 && (by == rows || shared || from_one)
        });
        let is_named = !matches!(holds, Holds::Unsaid);
        let counts_rows = match holds {
            Holds::Offset => by > 0,
            Holds::Unsaid => passes && !is_next_page,
            Holds::Size | Holds::Key | Holds::Page => false,
        };
        let position = match holds {
            _ if counts_rows => Shape::Offset {
                parameter: name,
                by,
            },
            Holds::Page | Holds::Unsaid if is_next_page => Shape::Page { parameter: name },
            _ => return Shape::Opaque,
        };
        // Of two, one may be the size under a name of its own.
        match (&found, is_named) {
            (Some((_, true)), false) => {}
            (Some((_, false)), false) => return Shape::Opaque,
            (None, _) | (Some(_), true) => found = Some((position, is_named)),
        }
    }
    found.map_or(Shape::Opaque, |(position, _)| position)
}

/// Whether a parameter of this name says how many items to pass over.
pub(super) fn counts_items(name: &str) -> bool {
    matches!(holds(name), Holds::Offset)
}

/// The next page of a list that gives no link, made by counting on; None behind the last one.
///
/// `items` is what the page at `url` held, `granted` what a full page holds. Without a `count` the
/// list goes on until a page is empty.
pub fn count_on(
    url: &Url,
    style: Style,
    items: u64,
    granted: u64,
    count: Option<u64>,
) -> Option<Url> {
    let value = |name: &str| parameter(url, name).and_then(|text| text.parse::<u64>().ok());
    if items == 0 {
        return None;
    }
    match style {
        Style::LimitOffset => {
            let seen = value("offset").unwrap_or(0) + items;
            if count.is_some_and(|count| seen >= count) {
                return None;
            }
            let next = with_parameter(url, "offset", &seen.to_string());
            Some(match value("limit") {
                Some(_) => next,
                None => with_parameter(&next, "limit", &granted.to_string()),
            })
        }
        Style::PageNumber => {
            let page = value("page").unwrap_or(1);
            if count.is_some_and(|count| page.saturating_mul(granted) >= count) {
                return None;
            }
            Some(with_parameter(url, "page", &(page + 1).to_string()))
        }
        _ => None,
    }
}

/// How many items stand before the page at `url`, whose next page is `next`.
pub fn items_before(url: &Url, next: Option<&Url>, granted: u64) -> u64 {
    let value = |name: &str| parameter(url, name).and_then(|text| text.parse::<u64>().ok());
    match next.map(|next| shape(url, next, Some(granted))) {
        // By a name that does not say so, rows may be counted from 1.
        Some(Shape::Offset { parameter, .. }) => value(&parameter)
            .filter(|&at| at != 1 || counts_items(&parameter))
            .unwrap_or(0),
        Some(Shape::Page { parameter }) => {
            value(&parameter).map_or(0, |page| page.saturating_sub(1).saturating_mul(granted))
        }
        Some(Shape::Opaque) => 0,
        // The last page does not tell its size; its offset, it does.
        None => value("offset").unwrap_or(0),
    }
}

/// All pages of a list, by number: 0 is the page that the plan was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    template: Url,
    parameter: String,
    /// The parameter's value on page 1 of the plan.
    second: u64,
    step: u64,
    pages: u64,
}

impl Plan {
    /// Plans from a page at `url` with `items` items, whose next is `next`, of a list of `count` items.
    ///
    /// None when the shape is opaque or the figures do not fit together: then pages are fetched one
    /// after the other.
    pub fn new(url: &Url, next: &Url, items: u64, count: Option<u64>) -> Option<Self> {
        let count = count?;
        if items == 0 || count <= items {
            return None;
        }
        let (name, step, pages) = match shape(url, next, Some(items)) {
            Shape::Page { parameter: name } => {
                let second: u64 = parameter(next, &name)?.parse().ok()?;
                // A list that starts at page 0 or 1 starts there; one asked from page 5 on does not.
                let before = match parameter(url, &name) {
                    Some(first) => first.parse::<u64>().ok()?.saturating_sub(1),
                    None => second.saturating_sub(2),
                };
                (name, 1, count.div_ceil(items).checked_sub(before)?)
            }
            Shape::Offset {
                parameter: name,
                by,
            } => {
                // Pages may share a row: the last of one is the first of the next.
                let shared = items.checked_sub(by).filter(|&shared| shared < 2)?;
                let second: u64 = parameter(next, &name)?.parse().ok()?;
                let left = count.checked_sub(second.checked_sub(by)?)?;
                (name, by, left.checked_sub(shared)?.div_ceil(by))
            }
            Shape::Opaque => return None,
        };
        let second = parameter(next, &name)?.parse().ok()?;
        (pages > 1).then(|| Self {
            template: next.clone(),
            parameter: name,
            second,
            step,
            pages,
        })
    }

    /// How many pages there are, the first included.
    pub const fn pages(&self) -> u64 {
        self.pages
    }

    /// The URL of page `number`, from 1 on.
    pub fn url(&self, number: u64) -> Url {
        let value = self.second + number.saturating_sub(1) * self.step;
        with_parameter(&self.template, &self.parameter, &value.to_string())
    }

    /// Whether `next`, as page `number` gives it, is what the plan expects.
    pub fn agrees(&self, number: u64, next: Option<&Url>) -> bool {
        match next {
            Some(next) => number + 1 < self.pages && same_request(next, &self.url(number + 1)),
            None => number + 1 >= self.pages,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    fn plan(page: &str, next: &str, items: u64, count: u64) -> Option<Plan> {
        Plan::new(&url(page), &url(next), items, Some(count))
    }

    #[test]
    fn pages_and_offsets_are_told_from_tokens() {
        let shape = |from: &str, next: &str| shape(&url(from), &url(next), None);
        let page = Shape::Page {
            parameter: "page".to_owned(),
        };
        assert_eq!(shape("http://h/", "http://h/?page=2"), page);
        assert_eq!(shape("http://h/?page=8&x=1", "http://h/?x=1&page=9"), page);
        assert_eq!(
            shape("http://h/?limit=500", "http://h/?limit=100&offset=100"),
            Shape::Offset {
                parameter: "offset".to_owned(),
                by: 100
            }
        );
        for next in [
            "http://h/?cursor=1234",
            "http://h/?page=abc",
            "http://h/",
            "http://h/?after=7",
            "http://h/?page[after]=20",
            "http://h/?starting_after=20",
            "http://h/?page_token=2",
            "http://h/?max_id=2",
        ] {
            assert_eq!(shape("http://h/", next), Shape::Opaque, "{next}");
        }
        assert_eq!(shape("http://h/?page=1", "http://h/?page=7"), Shape::Opaque);
    }

    #[test]
    fn a_parameter_of_any_name_counts_what_it_grows_by() {
        let shape = |from: &str, next: &str, rows| match shape(&url(from), &url(next), rows) {
            Shape::Page { parameter } => format!("page {parameter}"),
            Shape::Offset { parameter, by } => format!("{by} {parameter}"),
            Shape::Opaque => "opaque".to_owned(),
        };
        for (from, next, rows, is) in [
            ("", "from=20&size=20", None, "20 from"),
            ("from=20&size=20", "from=40&size=20", None, "20 from"),
            ("", "from=20", Some(20), "20 from"),
            ("size=50", "size=20&from=20", Some(20), "20 from"),
            ("from=20", "from=39", Some(20), "19 from"),
            ("", "from=21", Some(20), "21 from"),
            ("", "from=20", None, "opaque"),
            ("", "from=57", Some(20), "opaque"),
            ("from=20", "from=57", Some(20), "opaque"),
            ("", "seite=2", None, "page seite"),
            ("seite=8", "seite=9", Some(20), "page seite"),
            ("", "seite=1", Some(20), "page seite"),
            ("seite=2", "seite=4", Some(2), "2 seite"),
            ("", "after=20", Some(20), "opaque"),
            ("", "from=20&n=20", Some(20), "opaque"),
            ("from=20&n=20", "from=40&n=20", Some(20), "20 from"),
            ("", "rows=20&start=20", Some(20), "20 start"),
            ("", "start=20&zahl=20", Some(20), "20 start"),
        ] {
            let (from, next) = (format!("http://h/?{from}"), format!("http://h/?{next}"));
            assert_eq!(shape(&from, &next, rows), is, "{from} {next} {rows:?}");
        }
        let plan = plan("http://h/", "http://h/?from=20&size=20", 20, 95).unwrap();
        assert_eq!(
            (plan.pages(), plan.url(4).query()),
            (5, Some("from=80&size=20"))
        );
    }

    #[test]
    fn a_page_number_list_is_planned_to_its_last_page() {
        let plan = plan("http://h/?q=1", "http://h/?page=2&q=1", 20, 1_023).unwrap();
        assert_eq!(plan.pages(), 52);
        assert_eq!(plan.url(51).as_str(), "http://h/?page=52&q=1");
        assert!(plan.agrees(1, Some(&url("http://h/?q=1&page=3"))));
        assert!(!plan.agrees(1, Some(&url("http://h/?q=1&page=4"))));
        assert!(!plan.agrees(1, None));
        assert!(plan.agrees(51, None));
        assert!(!plan.agrees(51, Some(&url("http://h/?page=53&q=1"))));
    }

    #[test]
    fn a_walk_that_starts_in_the_middle_plans_the_rest() {
        let by_page = plan("http://h/?page=5", "http://h/?page=6", 20, 1_023).unwrap();
        assert_eq!(by_page.pages(), 48);
        let by_offset = plan(
            "http://h/?offset=7&limit=10",
            "http://h/?limit=10&offset=17",
            10,
            25,
        )
        .unwrap();
        assert_eq!(by_offset.pages(), 2);
    }

    #[test]
    fn a_list_without_links_is_counted_on_to_its_end() {
        let on = |page: &str, style, items| {
            count_on(&url(page), style, items, 10, Some(25)).map(|next| next.to_string())
        };
        assert_eq!(
            on("http://h/", Style::LimitOffset, 10).as_deref(),
            Some("http://h/?offset=10&limit=10")
        );
        assert_eq!(
            on("http://h/?offset=20&limit=10", Style::LimitOffset, 5),
            None
        );
        assert_eq!(
            on("http://h/?page=2", Style::PageNumber, 10).as_deref(),
            Some("http://h/?page=3")
        );
        assert_eq!(on("http://h/?page=3", Style::PageNumber, 5), None);
        assert_eq!(
            count_on(&url("http://h/"), Style::PageNumber, 0, 10, None),
            None
        );
    }

    #[test]
    fn items_before_the_first_page_are_known_where_they_can_be() {
        let before =
            |page: &str, next: Option<&str>| items_before(&url(page), next.map(url).as_ref(), 20);
        assert_eq!(before("http://h/?page=5", Some("http://h/?page=6")), 80);
        assert_eq!(
            before("http://h/?offset=7", Some("http://h/?limit=20&offset=27")),
            7
        );
        assert_eq!(before("http://h/?from=1", Some("http://h/?from=21")), 0);
        assert_eq!(before("http://h/", Some("http://h/?cursor=x")), 0);
        assert_eq!(before("http://h/?offset=40", None), 40);
    }

    #[test]
    fn what_does_not_fit_is_not_planned() {
        assert_eq!(
            plan("http://h/", "http://h/?limit=50&offset=50", 20, 100),
            None,
            "short page"
        );
        assert_eq!(plan("http://h/", "http://h/?cursor=abc", 20, 100), None);
        assert_eq!(plan("http://h/", "http://h/?page=2", 0, 100), None);
        assert_eq!(
            Plan::new(&url("http://h/"), &url("http://h/?page=2"), 20, None),
            None
        );
    }
}
