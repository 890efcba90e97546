//! `multipart/form-data`, as far as plain fields go.

use super::query::Query;
use super::reply::{Refusal, Stop};

/// The fields of a form. Files are passed over: no serializer here takes one.
pub(super) fn parse(content_type: &str, body: &[u8]) -> Result<Query, Stop> {
    let Some(boundary) = parameter(content_type, "boundary").filter(|text| !text.is_empty()) else {
        return Err(Refusal::detail(
            400,
            "Multipart form parse error - Invalid boundary in multipart: None",
        )
        .into());
    };
    let text = String::from_utf8_lossy(body);
    let mut encoded = String::new();
    // What stands before the first boundary counts as a part, too.
    for part in text.split(&format!("--{boundary}")) {
        let Some((head, value)) = part.trim_start_matches("\r\n").split_once("\r\n\r\n") else {
            continue;
        };
        let disposition = head.lines().find(|line| {
            line.to_ascii_lowercase()
                .starts_with("content-disposition:")
        });
        let Some(disposition) = disposition else {
            continue;
        };
        if parameter(disposition, "filename").is_some() {
            continue;
        }
        if let Some(name) = parameter(disposition, "name") {
            let value = value.strip_suffix("\r\n").unwrap_or(value);
            if !encoded.is_empty() {
                encoded.push('&');
            }
            encoded.push_str(&super::query::encode(&[(&name, value)]));
        }
    }
    Ok(Query::parse(&encoded))
}

/// The value of a parameter behind a semicolon, without quotes.
fn parameter(header: &str, name: &str) -> Option<String> {
    header
        .split(';')
        .skip(1)
        .filter_map(|part| part.split_once('='))
        .find(|(key, _)| key.trim().eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim().trim_matches('"').to_owned())
}
