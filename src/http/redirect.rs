//! Which redirects are followed. Pure.

use http::header::LOCATION;
use http::{Method, StatusCode};
use url::Url;

use super::message::Request;

/// What a reply means for the request that it answers.
#[derive(Debug, Clone)]
pub enum Hop {
    /// It is the answer.
    Final,
    /// The request moves; `note` says so where a person should know.
    Follow {
        /// The request at its new place.
        request: Box<Request>,
        /// What to tell the user, where the move points to a mistake.
        note: Option<String>,
    },
    /// The move is not followed; the text says why.
    Refuse(String),
}

/// Decides what follows from a reply with this status and `Location`.
///
/// Safe requests move within the origin. An unsafe one moves only where the new place is the old one
/// with a slash at its end, which is what Django's `APPEND_SLASH` answers: browsers and most clients
/// would turn it into a GET or drop its body. Another origin is refused, credentials or not.
pub fn hop(request: &Request, status: StatusCode, location: Option<&str>) -> Hop {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Hop::Final;
    }
    let Some(location) = location else {
        return Hop::Final;
    };
    let Ok(target) = request.url.join(location) else {
        return Hop::Refuse(format!("the redirect to '{location}' is not a URL"));
    };
    if target.origin() != request.url.origin() {
        let origin = target.origin().ascii_serialization();
        return Hop::Refuse(format!("the redirect leads to another origin, {origin}"));
    }
    let moved = |method: Method| {
        let mut moved = request.clone();
        moved.url = target.clone();
        moved.method = method;
        Box::new(moved)
    };
    if adds_slash(&request.url, &target) {
        let note = (!request.method.is_safe()).then(|| {
            format!(
                "the path has no slash at its end and the server answered {}; sent again as {} to {}",
                status.as_u16(),
                request.method,
                target.path()
            )
        });
        return Hop::Follow {
            request: moved(request.method.clone()),
            note,
        };
    }
    if request.method.is_safe() {
        return Hop::Follow {
            request: moved(request.method.clone()),
            note: None,
        };
    }
    Hop::Refuse(format!(
        "a {} is not redirected, here to {}",
        request.method,
        target.path()
    ))
}

fn adds_slash(from: &Url, to: &Url) -> bool {
    to.path().strip_suffix('/') == Some(from.path()) && from.query() == to.query()
}

/// The `Location` of a reply.
pub(super) fn location(headers: &http::HeaderMap) -> Option<&str> {
    headers.get(LOCATION)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(method: Method, location: &str) -> Hop {
        let request = Request::new(method, "http://api.test/api/token?x=1".parse().unwrap());
        hop(&request, StatusCode::MOVED_PERMANENTLY, Some(location))
    }

    #[test]
    fn a_post_that_only_lacks_its_slash_is_sent_again_as_a_post() {
        let Hop::Follow { request, note } = decide(Method::POST, "/api/token/?x=1") else {
            panic!()
        };
        assert_eq!(
            (request.method, request.url.path()),
            (Method::POST, "/api/token/")
        );
        assert!(note.unwrap().contains("sent again as POST"));
    }

    #[test]
    fn no_other_redirect_of_a_post_is_followed() {
        assert!(matches!(decide(Method::POST, "/login/"), Hop::Refuse(_)));
        assert!(matches!(
            decide(Method::GET, "/login/"),
            Hop::Follow { note: None, .. }
        ));
    }

    #[test]
    fn another_origin_is_refused() {
        assert!(matches!(
            decide(Method::GET, "https://api.test/api/token/"),
            Hop::Refuse(_)
        ));
        assert!(matches!(
            decide(Method::GET, "http://evil.test/api/token/"),
            Hop::Refuse(_)
        ));
    }
}
