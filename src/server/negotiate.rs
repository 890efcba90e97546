//! Content negotiation with one renderer.

use super::call::Call;
use super::reply::Refusal;

/// How the reply is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Accepted {
    /// Spaces a level; 0 is compact.
    pub(super) indent: usize,
}

const LONGEST_HEADER: usize = 8192;

/// Chooses a renderer by `?format=` and `Accept`.
pub(super) fn negotiate(call: &Call, subtype: &str) -> Result<Accepted, Refusal> {
    if call
        .query
        .last("format")
        .is_some_and(|format| !format.is_empty() && format != subtype)
    {
        return Err(Refusal::not_found());
    }
    let accept = call.header("accept").unwrap_or_else(|| "*/*".to_owned());
    let unacceptable = || Refusal::detail(406, "Could not satisfy the request Accept header.");
    if accept.len() > LONGEST_HEADER {
        return Err(unacceptable());
    }
    accept
        .split(',')
        .filter_map(|range| matching(range, subtype))
        .max_by_key(|(precedence, _)| *precedence)
        .map(|(_, accepted)| accepted)
        .ok_or_else(unacceptable)
}

/// The precedence of a media range that the renderer satisfies: 3 with parameters, 2 exact, 1 `application/*`, 0 `*/*`.
fn matching(range: &str, subtype: &str) -> Option<(u8, Accepted)> {
    let mut parts = range.split(';');
    let full = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let (main, sub) = full.split_once('/').unwrap_or((&full, ""));
    if !matches!(main, "*" | "application") || !(sub == "*" || sub == subtype) {
        return None;
    }
    let params: Vec<(String, String)> = parts
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| {
            (
                name.trim().to_ascii_lowercase(),
                value.trim().trim_matches('"').to_owned(),
            )
        })
        .collect();
    let precedence = match (main, sub) {
        ("*", _) => 0,
        (_, "*") => 1,
        _ if params.iter().all(|(name, _)| name == "q") && params.len() <= 1 => 2,
        _ => 3,
    };
    let indent = params
        .iter()
        .rfind(|(name, _)| name == "indent")
        .and_then(|(_, value)| value.trim().parse::<i64>().ok())
        .map_or(0, |indent| usize::try_from(indent.clamp(0, 8)).unwrap_or(0));
    Some((precedence, Accepted { indent }))
}
