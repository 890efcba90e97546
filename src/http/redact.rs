//! What of a request may be shown to a person or written to a log.

use http::HeaderMap;
use url::Url;

const HIDDEN: &str = "[redacted]";

/// Words of which one in the name of a field or a parameter makes its value a secret.
const SENSITIVE_WORDS: [&str; 6] = [
    "auth",
    "authorization",
    "session",
    "csrf",
    "signature",
    "otp",
];

/// The same for the ends of words: the fields of a reply come in lower case, in which `AuthToken` is one word.
const SENSITIVE_ENDS: [&str; 14] = [
    "token",
    "tokens",
    "secret",
    "password",
    "passwd",
    "cookie",
    "jwt",
    "credential",
    "credentials",
    "sessionid",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
];

/// Two words that are one secret together.
const SENSITIVE_PAIRS: [(&str, &str); 3] = [("api", "key"), ("access", "key"), ("private", "key")];

/// Parameters that are secrets by their whole name.
const SENSITIVE_PARAMETERS: [&str; 5] = ["access", "refresh", "key", "code", "state"];

/// Whether a header field's value is a credential.
pub fn is_sensitive_header(name: &str) -> bool {
    holds_a_secret(name)
}

/// Whether a name, in whatever style its words are joined, is that of a secret.
fn holds_a_secret(name: &str) -> bool {
    let words = words_of(name);
    let paired = words
        .windows(2)
        .any(|two| SENSITIVE_PAIRS.contains(&(&*two[0], &*two[1])));
    paired
        || words.iter().any(|word| {
            SENSITIVE_WORDS.contains(&word.as_str())
                || SENSITIVE_ENDS.iter().any(|end| word.ends_with(end))
        })
}

/// `X-Session-Token`, `session_token` and `sessionToken` in words.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (lower && c.is_uppercase()) {
            words.push(String::new());
        }
        lower = c.is_lowercase();
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words
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
        let whole = |known: &str| name.eq_ignore_ascii_case(known);
        holds_a_secret(name) || SENSITIVE_PARAMETERS.iter().any(|known| whole(known))
    };
    // OAuth's implicit grant hands tokens out there.
    if shown
        .fragment()
        .is_some_and(|fragment| fragment.contains('='))
    {
        shown.set_fragment(Some(HIDDEN));
    }
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

/// A link, absolute or not, shown as [`shown_url`] shows it.
fn shown_reference(text: &str) -> String {
    const HERE: &str = "http://here.invalid";
    if let Ok(url) = Url::parse(text) {
        return shown_url(&url);
    }
    let joined = Url::parse(HERE).and_then(|here| here.join(text));
    joined.map_or_else(
        |_| text.to_owned(),
        |url| {
            let shown = shown_url(&url);
            shown.strip_prefix(HERE).unwrap_or(&shown).to_owned()
        },
    )
}

/// Header fields as `name: value` lines, credentials hidden.
pub fn shown_headers(headers: &HeaderMap) -> Vec<String> {
    headers
        .iter()
        .map(|(name, value)| {
            if value.is_sensitive() || is_sensitive_header(name.as_str()) {
                return format!("{name}: {HIDDEN}");
            }
            let text = String::from_utf8_lossy(value.as_bytes());
            if *name == http::header::LOCATION {
                return format!("{name}: {}", shown_reference(&text));
            }
            format!("{name}: {text}")
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
    fn secrets_are_known_by_the_words_of_their_names() {
        for name in [
            "Authorization",
            "Proxy-Authorization",
            "Set-Cookie",
            "X-CSRFToken",
            "X-Api-Key",
            "X-Auth-Token",
            "X-Session-Token",
            "Api-Token",
            "authToken",
            "x-authtoken",
            "x-refreshtoken",
            "x-xsrftoken",
            "sessionid",
            "jwt",
        ] {
            assert!(is_sensitive_header(name), "{name}");
        }
        for name in [
            "WWW-Authenticate",
            "Author",
            "Idempotency-Key",
            "Content-Type",
            "X-Request-Id",
            "Accept",
        ] {
            assert!(!is_sensitive_header(name), "{name}");
        }
        let url: Url = "http://h/x?author=3&keyword=a&auth_token=s&jwt=s#access_token=s"
            .parse()
            .unwrap();
        let shown = shown_url(&url);
        assert!(
            !shown.contains("=s") && shown.contains("author=3&keyword=a"),
            "{shown}"
        );
    }

    #[test]
    fn where_a_reply_leads_is_shown_without_secrets() {
        let mut headers = HeaderMap::new();
        for (location, shown) in [
            (
                "/done/?code=abc&a=1",
                "location: /done/?code=%5Bredacted%5D&a=1",
            ),
            (
                "https://h/#access_token=abc",
                "location: https://h/#[redacted]",
            ),
            ("/products/", "location: /products/"),
        ] {
            headers.insert("location", location.parse().unwrap());
            assert_eq!(shown_headers(&headers), [shown]);
        }
    }

    #[test]
    fn a_url_without_secrets_is_shown_as_it_is() {
        let url: Url = "http://localhost/x?b=%20&a=1".parse().unwrap();
        assert_eq!(shown_url(&url), "http://localhost/x?b=%20&a=1");
    }
}
