//! What a `next` link may make us do: it is data, not an order.
//!
//! Behind a proxy Django often writes the wrong scheme, host or port into its links. Such a link is
//! repaired: its path and query are asked of the origin that the walk began with. Everything else
//! that leads to another origin is refused.

use std::fmt;

use thiserror::Error;
use url::{Position, Url};

/// A link that was resolved against the page it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Where to go: always on the page's own origin.
    pub url: Url,
    /// What was wrong with the link as written.
    pub fault: Option<Fault>,
}

/// What a server gets wrong about its own address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fault {
    /// Which part.
    pub part: Part,
    /// What the link says.
    pub written: String,
    /// What the request that brought it says.
    pub right: String,
}

/// A part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// `http` for `https` or the other way round.
    Scheme,
    /// Another host, with the same path.
    Host,
    /// A lost or another port.
    Port,
    /// A path without the prefix under which the API is served.
    Prefix,
}

impl Part {
    /// The Django setting that cures it.
    pub const fn cure(self) -> &'static str {
        match self {
            Self::Scheme => "SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')",
            Self::Host => "USE_X_FORWARDED_HOST = True, or let the proxy pass the Host field on",
            Self::Port => {
                "let the proxy pass the Host field on with its port, or USE_X_FORWARDED_PORT = True"
            }
            Self::Prefix => "FORCE_SCRIPT_NAME, or let the proxy keep the path",
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "scheme",
            Self::Host => "host",
            Self::Port => "port",
            Self::Prefix => "path prefix",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "wrong {} in next: '{}' instead of '{}'",
            self.part, self.written, self.right
        )
    }
}

/// Why a link is not followed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LinkError {
    /// It is no URL.
    #[error("next is '{0}', which is no URL")]
    NoUrl(String),
    /// It leads to another API.
    #[error("next leads to {0}, another origin: not followed")]
    Foreign(String),
}

/// Resolves the link `written` in the page that `page` brought.
pub fn resolve(page: &Url, written: &str) -> Result<Followed, LinkError> {
    let written = written.trim();
    if let Some(url) = beside(page, written) {
        return Ok(Followed { url, fault: None });
    }
    let mut url = page
        .join(written)
        .map_err(|_| LinkError::NoUrl(written.to_owned()))?;
    // User information would be sent as a credential.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if !matches!(url.scheme(), "http" | "https") {
        return Err(LinkError::Foreign(address(&url)));
    }
    if url[..Position::BeforeQuery] == page[..Position::BeforeQuery] {
        url.set_fragment(None);
        return Ok(Followed { url, fault: None });
    }
    let mut fault = wrong_origin(page, &url)?;
    if let Some(fault) = &fault
        && fault.part == Part::Host
        && !same_api(page, &url)
    {
        return Err(LinkError::Foreign(address(&url)));
    }
    let mut followed = page.clone();
    followed.set_path(url.path());
    followed.set_query(url.query());
    followed.set_fragment(None);
    if url.path() != page.path() && page.path().ends_with(url.path()) && url.path() != "/" {
        followed.set_path(page.path());
        fault = fault.or_else(|| {
            Some(Fault {
                part: Part::Prefix,
                written: url.path().to_owned(),
                right: page.path().to_owned(),
            })
        });
    }
    Ok(Followed {
        url: followed,
        fault,
    })
}

/// The link as most are, the page's own address with another query: nothing else of it has to be parsed.
fn beside(page: &Url, written: &str) -> Option<Url> {
    let query = written
        .strip_prefix(&page[..Position::AfterPath])?
        .strip_prefix('?')?;
    if query.contains('#') || !page.username().is_empty() || page.password().is_some() {
        return None;
    }
    let mut url = page.clone();
    url.set_query(Some(query));
    url.set_fragment(None);
    Some(url)
}

fn wrong_origin(page: &Url, url: &Url) -> Result<Option<Fault>, LinkError> {
    let host = |url: &Url| url.host_str().map(str::to_owned);
    let (Some(written), Some(right)) = (host(url), host(page)) else {
        return Err(LinkError::Foreign(address(url)));
    };
    let fault = |part, written, right| {
        Some(Fault {
            part,
            written,
            right,
        })
    };
    Ok(if written != right {
        fault(Part::Host, written, right)
    } else if url.scheme() != page.scheme() {
        fault(
            Part::Scheme,
            url.scheme().to_owned(),
            page.scheme().to_owned(),
        )
    } else if url.port_or_known_default() != page.port_or_known_default() {
        let port = |url: &Url| {
            url.port_or_known_default()
                .map_or_else(String::new, |port| port.to_string())
        };
        fault(Part::Port, port(url), port(page))
    } else {
        None
    })
}

/// Whether a link to another host means the resource at hand: the path is the same, but for a prefix.
fn same_api(page: &Url, url: &Url) -> bool {
    url.path() != "/" && page.path().ends_with(url.path()) || url.path() == page.path()
}

fn address(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn follow(page: &str, next: &str) -> Result<(String, Option<Part>), LinkError> {
        let followed = resolve(&page.parse().unwrap(), next)?;
        Ok((followed.url.into(), followed.fault.map(|fault| fault.part)))
    }

    #[test]
    fn a_good_link_is_followed_as_it_is() {
        for next in [
            "http://h:8000/p/?page=2",
            "/p/?page=2",
            "?page=2",
            "http://H:8000/p/?page=2",
        ] {
            assert_eq!(
                follow("http://h:8000/p/", next),
                Ok(("http://h:8000/p/?page=2".to_owned(), None)),
                "{next}"
            );
        }
    }

    #[test]
    fn what_a_proxy_got_wrong_is_repaired_on_the_origin_of_the_page() {
        for (next, part) in [
            ("http://api.example/v1/p/?page=2", Part::Scheme),
            ("https://api.example:8443/v1/p/?page=2", Part::Port),
            ("http://10.0.0.7:8000/v1/p/?page=2", Part::Host),
            ("http://internal/p/?page=2", Part::Host),
            ("https://api.example/p/?page=2", Part::Prefix),
        ] {
            assert_eq!(
                follow("https://api.example/v1/p/", next),
                Ok(("https://api.example/v1/p/?page=2".to_owned(), Some(part))),
                "{next}"
            );
        }
    }

    proptest! {
        #[test]
        fn another_query_is_taken_as_a_whole_link_is(query in "[ -~é\t]{0,40}") {
            let page: Url = "http://h:8000/p/%20/?page=1#x".parse().unwrap();
            let written = format!("http://h:8000/p/%20/?{query}");
            let mut whole = page.join(written.trim()).unwrap();
            whole.set_fragment(None);
            prop_assert_eq!(resolve(&page, &written).unwrap().url, whole);
        }
    }

    #[test]
    fn another_api_is_refused() {
        for next in [
            "https://evil.example/steal?page=2",
            "ftp://api.example/v1/p/",
            "https://evil.example/",
        ] {
            assert!(
                matches!(
                    follow("https://api.example/v1/p/", next),
                    Err(LinkError::Foreign(_))
                ),
                "{next}"
            );
        }
        assert!(follow("https://api.example/", "https://x:y:z").is_err());
    }

    #[test]
    fn user_information_in_a_link_is_dropped() {
        assert_eq!(
            follow("http://h/p", "http://bob:pw@h/p?page=2").map(|found| found.0),
            Ok("http://h/p?page=2".to_owned())
        );
    }
}
