//! The query parameter that sets the size of a page. No style names it on the wire: DRF's page numbers and cursors
//! have none unless `page_size_query_param` gives one, and its name is the project's.

use super::query::parameter;
use super::style::Style;
use crate::http::Url;

const KNOWN: [&str; 7] = [
    "page_size",
    "limit",
    "per_page",
    "page[size]",
    "page[limit]",
    "pageSize",
    "size",
];

/// The parameter that most probably sets the size of a page: one that `url` has already, else the usual one.
pub(super) fn size_parameter(url: &Url, style: Style) -> String {
    let present = KNOWN.iter().find(|name| parameter(url, name).is_some());
    let usual = match style {
        Style::LimitOffset | Style::Single => "limit",
        Style::JsonApi => "page[size]",
        Style::PageNumber | Style::Cursor | Style::LinkHeader => "page_size",
    };
    present.map_or(usual, |name| name).to_owned()
}

/// The parameters to try one after the other until one of them changes something, the most probable one first.
pub(super) fn size_parameters(url: &Url, style: Style) -> Vec<String> {
    let first = size_parameter(url, style);
    let others = KNOWN.iter().filter(|name| **name != first);
    std::iter::once(first.clone())
        .chain(others.map(|name| (*name).to_owned()))
        .collect()
}

/// How many requests it takes at most to find the parameter.
pub(super) const TRIES: u64 = KNOWN.len() as u64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_that_the_url_has_comes_first_and_none_twice() {
        let url = Url::parse("http://h/api/?size=5").unwrap();
        let names = size_parameters(&url, Style::PageNumber);
        assert_eq!(names[0], "size");
        assert_eq!(names.len() as u64, TRIES);
        assert_eq!(
            names.iter().filter(|name| *name == "size").count(),
            1,
            "{names:?}"
        );
        let plain = Url::parse("http://h/api/").unwrap();
        assert_eq!(size_parameters(&plain, Style::JsonApi)[0], "page[size]");
    }
}
