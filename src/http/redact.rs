//! What of a request may be shown to a person or written to a log.

use http::HeaderMap;
use url::Url;

const HIDDEN: &str = "[redacted]";

const SENSITIVE_HEADERS: [&str; 8] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "x-csrftoken",
    "x-api-key",
    "x-access-token",
    "x-auth-token",
];

const SENSITIVE_PARAMETERS: [&str; 13] = [
    "token",
    "access",
    "access_token",
    "refresh",
    "refresh_token",
    "id_token",
    "password",
    "secret",
    "client_secret",
    "api_key",
    "apikey",
    "key",
    "code",
];

/// Whether a header field's value is a credential.
pub fn is_sensitive_header(name: &str) -> bool {
    SENSITIVE_HEADERS
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// A URL without user information and with the values of credential-like parameters hidden.
pub fn shown_url(url: &Url) -> String {
    let mut shown = url.clone();
    if !url.username().is_empty() || url.password().is_some() {
        // Both fail only on URLs that cannot carry user information, which then have none.
        let _ = shown.set_username("");
        let _ = shown.set_password(None);
    }
    let hides = |name: &str| {
        SENSITIVE_PARAMETERS
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
    };
    if url.query_pairs().any(|(name, _)| hides(&name)) {
        shown
            .query_pairs_mut()
            .clear()
            .extend_pairs(url.query_pairs().map(|(name, value)| {
                if hides(&name) {
                    (name, HIDDEN.into())
                } else {
                    (name, value)
                }
            }));
    }
    shown.into()
}

/// Header fields as `name: value` lines, credentials hidden.
pub fn shown_headers(headers: &HeaderMap) -> Vec<String> {
    headers
        .iter()
        .map(|(name, value)| {
            if value.is_sensitive() || is_sensitive_header(name.as_str()) {
                return format!("{name}: {HIDDEN}");
            }
            format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_information_and_token_parameters_are_hidden() {
        let url: Url = "http://bob:pw@localhost/x?page=2&token=abc"
            .parse()
            .unwrap();
        assert_eq!(
            shown_url(&url),
            "http://localhost/x?page=2&token=%5Bredacted%5D"
        );
    }

    #[test]
    fn a_url_without_secrets_is_shown_as_it_is() {
        let url: Url = "http://localhost/x?b=%20&a=1".parse().unwrap();
        assert_eq!(shown_url(&url), "http://localhost/x?b=%20&a=1");
    }
}
