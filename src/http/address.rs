//! Addresses as people write them: full URLs, `:8000/path` for this machine, paths below a base. Pure.

use url::{ParseError, Url};

use super::error::Error;

/// The URL that a text is by itself: one with a scheme, or `:8000/path`, which means this machine as in
/// `HTTPie`. `None` for a path, which needs a base.
pub fn absolute(text: &str) -> Option<Result<Url, ParseError>> {
    let local = text
        .strip_prefix(':')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    match local {
        Some(rest) => Some(Url::parse(&format!("http://127.0.0.1:{rest}"))),
        None => has_scheme(text).then(|| Url::parse(text)),
    }
}

/// Whether a scheme (RFC 3986 §3.1) stands before the first `://`; in a query it says nothing.
fn has_scheme(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    text.split_once("://")
        .is_some_and(|(scheme, _)| !scheme.is_empty() && scheme.bytes().all(is_part))
}

/// Joins a URL or a path to a base URL.
///
/// A path is appended to the base's own path, so a base of `http://host/v1/` keeps its `/v1`
/// unless the path repeats it. A URL with a user name or a password is refused.
pub fn join(base: &Url, text: &str) -> Result<Url, Error> {
    let fail = |why: &str| Error::Url {
        url: without_user(text),
        why: why.to_owned(),
    };
    let url = absolute(text)
        .unwrap_or_else(|| base.join(&below(base, text)))
        .map_err(|error| fail(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(fail("only http and https can be requested"));
    }
    // Left out, the request would be made as somebody else without a word.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(fail(
            "it holds a user name or a password; log in with `apictl token obtain` instead",
        ));
    }
    Ok(url)
}

/// The text without what stands before `@` in its authority.
fn without_user(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let host = rest[..end].rfind('@').map_or(0, |at| at + 1);
    format!("{scheme}://{}", &rest[host..])
}

fn below(base: &Url, text: &str) -> String {
    let prefix = base.path().trim_end_matches('/');
    let path = text.trim_start_matches('/');
    if !prefix.is_empty() && format!("/{path}").starts_with(&format!("{prefix}/")) {
        format!("/{path}")
    } else {
        format!("{prefix}/{path}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_url_by_itself_or_not() {
        let said = |text: &str| {
            absolute(text).map(|url| url.map_or_else(|error| error.to_string(), Into::into))
        };
        for (text, wanted) in [
            (":8000", Some("http://127.0.0.1:8000/")),
            (":8000/a/?b=c", Some("http://127.0.0.1:8000/a/?b=c")),
            ("https://a.test", Some("https://a.test/")),
            (":99999/a", Some("invalid port number")),
            ("/a://b", None),
            ("/a/?url=https://b.test/", None),
            ("/a/", None),
            ("a.test:8000", None),
            (":a", None),
        ] {
            assert_eq!(said(text).as_deref(), wanted, "{text}");
        }
    }
}
