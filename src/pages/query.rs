//! URLs as requests for a page: compared and changed by their parsed parameters.
//!
//! Servers sort and re-encode the parameters of `next` (DRF does both), so texts are useless.

use url::Url;

/// The parameters, decoded and sorted.
fn parameters(url: &Url) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    pairs.sort();
    pairs
}

/// Whether both URLs ask the same of the same resource.
pub fn same_request(one: &Url, other: &Url) -> bool {
    one == other
        || (one.origin() == other.origin()
            && one.path() == other.path()
            && parameters(one) == parameters(other))
}

/// The value of a parameter; of several the last, which is the one that Django takes.
pub fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .filter(|(key, _)| key == name)
        .last()
        .map(|(_, value)| value.into_owned())
}

/// The URL with one parameter set, in its old place where it had one.
pub fn with_parameter(url: &Url, name: &str, value: &str) -> Url {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut set = false;
    for (key, old) in url.query_pairs() {
        if key != name {
            pairs.push((key.into_owned(), old.into_owned()));
        } else if !set {
            pairs.push((name.to_owned(), value.to_owned()));
            set = true;
        }
    }
    if !set {
        pairs.push((name.to_owned(), value.to_owned()));
    }
    let mut changed = url.clone();
    changed.query_pairs_mut().clear().extend_pairs(pairs);
    changed
}

/// A parameter's name, and its value in two URLs.
pub(super) type Change = (String, Option<String>, Option<String>);

/// The parameters whose values differ.
pub(super) fn changes(from: &Url, to: &Url) -> Vec<Change> {
    let mut names: Vec<String> = from
        .query_pairs()
        .chain(to.query_pairs())
        .map(|(name, _)| name.into_owned())
        .collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter_map(|name| {
            let (old, new) = (parameter(from, &name), parameter(to, &name));
            (old != new).then_some((name, old, new))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn order_and_encoding_of_parameters_do_not_matter() {
        assert!(same_request(
            &url("http://h/x?b=a%20b&a=%C3%A9&flag"),
            &url("http://h/x?a=é&b=a+b&flag=")
        ));
        assert!(!same_request(
            &url("http://h/x?a=1"),
            &url("http://h/x?a=1&a=1")
        ));
        assert!(!same_request(&url("http://h/x"), &url("https://h/x")));
    }

    #[test]
    fn a_parameter_is_set_in_its_place() {
        let changed = with_parameter(&url("http://h/x?page=1&q=a%20b&page=2"), "page", "3");
        assert_eq!(changed.as_str(), "http://h/x?page=3&q=a+b");
        let added = with_parameter(&url("http://h/x"), "page[number]", "2");
        assert_eq!(added.as_str(), "http://h/x?page%5Bnumber%5D=2");
        assert_eq!(parameter(&added, "page[number]").as_deref(), Some("2"));
    }
}
