//! The changes to a request that ought not to give a fresh count.

use super::super::forwarding::{FORWARDING, with_made_up};
use super::super::shots::Line;
use crate::http::{HeaderName, HeaderValue, Method, Request, Url, Version};

/// A change that ought not to matter.
pub(super) struct Trick {
    pub(super) dimension: &'static str,
    pub(super) variant: String,
    pub(super) line: Line,
    pub(super) request: Request,
}

/// New connections that are tried: copies that do not share a count show there.
const CONNECTIONS: u32 = 6;

/// Everything that is tried on an endpoint, cheapest to exploit first.
pub(super) fn tricks(request: &Request) -> Vec<Trick> {
    let mut tricks = Vec::new();
    let mut add = |dimension, variant: &str, line: Line, request: Request| {
        tricks.push(Trick {
            dimension,
            variant: variant.to_owned(),
            line,
            request,
        });
    };
    let plain = Line::default;
    for name in FORWARDING {
        add("header", name, plain(), with_made_up(request, &[name]));
    }
    for (name, value) in [("user-agent", "Mozilla/5.0"), ("cookie", "sessionid=0")] {
        let mut changed = request.clone();
        changed.headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
        add("header", name, plain(), changed);
    }
    for (variant, url) in spellings(&request.url) {
        let mut changed = request.clone();
        changed.url = url;
        add("path", variant, plain(), changed);
    }
    let mut changed = request.clone();
    changed.url.query_pairs_mut().append_pair("apictl", "1");
    add("query", "?apictl=1", plain(), changed);
    if request.method == Method::GET {
        for method in [Method::HEAD, Method::OPTIONS] {
            let mut changed = request.clone();
            changed.method = method.clone();
            add("method", method.as_str(), plain(), changed);
        }
    }
    let mut changed = request.clone();
    changed.asked = Some(Version::HTTP_10);
    add("http_version", "HTTP/1.0", plain().numbered(90), changed);
    let over_http2 = Line {
        http2: true,
        ..Line::default()
    };
    add("http_version", "HTTP/2", over_http2, request.clone());
    for number in 1..=CONNECTIONS {
        add(
            "connection",
            "new connection",
            plain().numbered(100 + number),
            request.clone(),
        );
    }
    tricks
}

/// Other ways to write the path, some of which a server may take for the same.
fn spellings(url: &Url) -> Vec<(&'static str, Url)> {
    let path = url.path();
    let toggled = match path.strip_suffix('/') {
        Some(bare) if !bare.is_empty() => bare.to_owned(),
        _ => format!("{path}/"),
    };
    let escaped = path.rfind(|c: char| c.is_ascii_lowercase()).map(|at| {
        format!(
            "{}%{:02X}{}",
            &path[..at],
            path.as_bytes()[at],
            &path[at + 1..]
        )
    });
    let mut spellings = vec![
        ("trailing slash", toggled),
        ("double slash", format!("/{path}")),
        ("upper case", path.to_uppercase()),
        ("path parameter", format!("{path};v=1")),
    ];
    spellings.extend(escaped.map(|path| ("escaped letter", path)));
    spellings
        .into_iter()
        .filter(|(_, spelt)| spelt != path)
        .map(|(variant, spelt)| {
            let mut other = url.clone();
            other.set_path(&spelt);
            (variant, other)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_differs_and_stays_on_the_host() {
        let url: Url = "http://127.0.0.1:8000/api/products/?page=2"
            .parse()
            .unwrap();
        let spelt = spellings(&url);
        assert_eq!(spelt.len(), 5);
        for (variant, other) in spelt {
            assert_eq!(other.host_str(), url.host_str(), "{variant}");
            assert_ne!(other.path(), url.path(), "{variant}");
            assert_eq!(other.query(), url.query(), "{variant}");
        }
    }
}
