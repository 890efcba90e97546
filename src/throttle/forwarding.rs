//! Header fields that proxies add to say who asks, and that anybody can make up.

use crate::http::{HeaderName, HeaderValue, Request};

/// The header fields by which limiters may tell clients apart that reach them through proxies.
pub(super) const FORWARDING: [&str; 6] = [
    "x-forwarded-for",
    "x-real-ip",
    "forwarded",
    "true-client-ip",
    "cf-connecting-ip",
    "x-client-ip",
];

/// The request with addresses of a documentation network (RFC 5737), made up anew each time.
pub(super) fn with_made_up(request: &Request, names: &[&'static str]) -> Request {
    let mut request = request.clone();
    let address = made_up();
    for name in names {
        let text = match *name {
            "forwarded" => format!("for={address}"),
            // What the trusted proxies add comes after what a client sent.
            "x-forwarded-for" => match request.headers.get("x-forwarded-for") {
                Some(trusted) => format!("{address}, {}", trusted.to_str().unwrap_or_default()),
                None => address.clone(),
            },
            _ => address.clone(),
        };
        if let Ok(value) = HeaderValue::from_str(&text) {
            request.headers.insert(HeaderName::from_static(name), value);
        }
    }
    request
}

/// An address of 198.18.0.0/15, the networks kept for measurements (RFC 2544).
pub(super) fn made_up() -> String {
    use std::hash::{BuildHasher, RandomState};
    let dice = RandomState::new().hash_one(0_u8).to_le_bytes();
    format!("198.{}.{}.{}", 18 + (dice[0] & 1), dice[1], dice[2].max(1))
}
