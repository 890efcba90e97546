//! Finds cycles: which pages were asked for.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use url::Url;

/// The requests of a walk, 16 bytes for each.
#[derive(Debug, Default)]
pub struct Visited {
    pages: HashMap<u64, u32>,
    hasher: RandomState,
}

impl Visited {
    /// Notes the request for page number `page`; the number of an earlier page with the same request.
    pub fn enter(&mut self, url: &Url, page: u64) -> Option<u64> {
        let key = self.key(url);
        let page = u32::try_from(page).unwrap_or(u32::MAX);
        match self.pages.get(&key) {
            Some(&earlier) if earlier != page => Some(u64::from(earlier)),
            _ => {
                self.pages.insert(key, page);
                None
            }
        }
    }

    /// Whether the request was made.
    pub fn knows(&self, url: &Url) -> bool {
        self.pages.contains_key(&self.key(url))
    }

    fn key(&self, url: &Url) -> u64 {
        // A sum does not depend on the order.
        url.query_pairs()
            .map(|pair| self.hasher.hash_one(pair))
            .fold(self.hasher.hash_one(url.path()), u64::wrapping_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_comes_back_is_recognised_by_its_parameters() {
        let mut visited = Visited::default();
        let mut enter = |text: &str, page| visited.enter(&text.parse().unwrap(), page);
        assert_eq!(enter("http://h/x?a=1&cursor=b", 1), None);
        assert_eq!(enter("http://h/x?a=1&cursor=c", 2), None);
        assert_eq!(enter("http://h/x?a=1&cursor=c", 2), None, "made again");
        assert_eq!(enter("http://h/x?cursor=b&a=1", 3), Some(1));
    }
}
