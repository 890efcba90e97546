//! What the paginators share: numbered rows, page sizes, the envelope, links.

use crate::server::call::Call;
use crate::server::fields::python_int;
use crate::server::query::Query;

/// A list of rows in its natural order.
pub(in crate::server) trait Rows {
    /// How many rows there are.
    fn count(&self) -> u64;
    /// Appends the row at `index`, counted from 0, as JSON.
    fn push(&self, out: &mut String, index: u64);
}

/// The sizes of pages.
#[derive(Debug, Clone, Copy)]
pub(in crate::server) struct Limits {
    pub(in crate::server) default: u64,
    /// The parameter that asks for another size.
    pub(in crate::server) parameter: Option<&'static str>,
    pub(in crate::server) most: u64,
    /// Whether an empty `?page=` means the first page.
    pub(in crate::server) blank_is_first: bool,
}

impl Limits {
    /// The size that the query asks for, else the default.
    pub(in crate::server) fn of(&self, query: &Query) -> u64 {
        self.parameter
            .and_then(|name| query.last(name))
            .and_then(|text| positive_int(text, true, Some(self.most)))
            .unwrap_or(self.default)
    }
}

/// `_positive_int`: a number from 0 on, or from 1 when `strict`, capped.
pub(in crate::server) fn positive_int(
    text: &str,
    strict: bool,
    cutoff: Option<u64>,
) -> Option<u64> {
    let value = python_int(text)?;
    if value < i128::from(strict) {
        return None;
    }
    let value = u64::try_from(value).unwrap_or(u64::MAX);
    Some(cutoff.map_or(value, |cutoff| value.min(cutoff)))
}

/// A page on its way out.
#[derive(Debug, Default)]
pub(in crate::server) struct Envelope {
    /// Absent in cursor pagination.
    pub(in crate::server) count: Option<u64>,
    pub(in crate::server) next: Option<String>,
    pub(in crate::server) previous: Option<String>,
    /// The rows, with commas between them.
    pub(in crate::server) results: String,
}

impl Envelope {
    /// What is written behind the rows.
    pub(in crate::server) const TAIL: &'static str = "]}";

    /// The JSON document.
    pub(in crate::server) fn into_json(self) -> String {
        let mut out = self.head();
        out.push_str(&self.results);
        out.push_str(Self::TAIL);
        out
    }

    /// What is written before the rows.
    pub(in crate::server) fn head(&self) -> String {
        let mut out = String::with_capacity(self.results.len() + 256);
        out.push('{');
        if let Some(count) = self.count {
            out.push_str(&format!("\"count\":{count},"));
        }
        for (name, link) in [("next", &self.next), ("previous", &self.previous)] {
            out.push_str(&format!("\"{name}\":"));
            match link {
                Some(link) => crate::server::json::push_string(&mut out, link),
                None => out.push_str("null"),
            }
            out.push(',');
        }
        out.push_str("\"results\":[");
        out
    }
}

/// The rows from `start` to before `end`, with commas between them.
pub(in crate::server) fn rendered(rows: &dyn Rows, indices: impl Iterator<Item = u64>) -> String {
    let mut out = String::new();
    for index in indices {
        if !out.is_empty() {
            out.push(',');
        }
        rows.push(&mut out, index);
    }
    out
}

/// The URL that was asked for, with its query replaced.
pub(in crate::server) fn link(call: &Call, query: &str) -> String {
    let path = call.absolute_path();
    if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    }
}
