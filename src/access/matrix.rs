//! What was observed and what it means by DRF's rules. Pure.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// The parts of a reply that tell who may do what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observed {
    /// The status.
    pub status: u16,
    /// Whether a `WWW-Authenticate` header field came along.
    pub challenge: bool,
    /// Whether an `Allow` header field came along: DRF puts one on each of its replies, Django and proxies do not.
    pub from_drf: bool,
    /// `detail` of the body, where it has one.
    pub detail: Option<String>,
    /// `code` of the body, where it has one.
    pub code: Option<String>,
    /// Whether the request carried a body that cannot validate, so that 400 means "allowed".
    pub harmless: bool,
    /// `Location` of a redirect.
    pub location: Option<String>,
    /// Whether that is a login page.
    pub to_login: bool,
}

impl Observed {
    /// Takes `detail` and `code` from a JSON body; any other body has neither.
    #[must_use]
    pub fn with_body(mut self, body: &[u8]) -> Self {
        if let Ok(Value::Object(body)) = serde_json::from_slice(body) {
            let text = |key| body.get(key).and_then(Value::as_str).map(str::to_owned);
            self.detail = text("detail");
            self.code = text("code");
        }
        self
    }

    /// What the status means, here.
    pub fn meaning(&self) -> Meaning {
        match self.status {
            200..=299 | 304 => Meaning::Allowed,
            300..=399 if self.to_login => Meaning::LoginPage,
            300..=399 => Meaning::Redirected,
            // Permissions are checked before the body is read: the caller got past them.
            400 | 415 if self.harmless => Meaning::StoppedByBody,
            401 => Meaning::Unauthenticated,
            403 if self.is_csrf() => Meaning::Csrf,
            403 if self.hides_401() => Meaning::HiddenUnauthenticated,
            403 => Meaning::Forbidden,
            404 | 410 => Meaning::NotFound,
            405 => Meaning::MethodNotAllowed,
            429 => Meaning::Throttled,
            500.. => Meaning::ServerError,
            _ => Meaning::Refused,
        }
    }

    /// Whether a 403 says "who are you?": the first authenticator has no challenge to send with a 401.
    fn hides_401(&self) -> bool {
        const CODES: [&str; 6] = [
            "not_authenticated",
            "authentication_failed",
            "token_not_valid",
            "user_not_found",
            "user_inactive",
            "bad_authorization_header",
        ];
        // Only `code` is free of translation, but stock DRF sends it for few of these; requests ask for English.
        const WORDS: [&str; 5] = [
            "Authentication credentials were not provided",
            "Invalid token",
            "Invalid username/password",
            "User inactive or deleted",
            "Given token not valid",
        ];
        let by_code = self
            .code
            .as_deref()
            .is_some_and(|code| CODES.contains(&code));
        let by_words = self
            .detail
            .as_deref()
            .is_some_and(|detail| WORDS.iter().any(|words| detail.starts_with(words)));
        !self.challenge && (by_code || by_words)
    }

    fn is_csrf(&self) -> bool {
        self.detail
            .as_deref()
            .is_some_and(|detail| detail.starts_with("CSRF Failed"))
    }
}

/// The meaning of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// 2xx, or 304.
    Allowed,
    /// 400 or 415 to a body made to be refused: the permission checks were passed.
    StoppedByBody,
    /// 401.
    Unauthenticated,
    /// 403 that would be a 401 if the first authentication class had a challenge.
    HiddenUnauthenticated,
    /// 403 for want of a CSRF token.
    Csrf,
    /// 403.
    Forbidden,
    /// 404 or 410.
    NotFound,
    /// 405.
    MethodNotAllowed,
    /// 429.
    Throttled,
    /// 3xx.
    Redirected,
    /// 3xx to a login page: a refusal for people.
    LoginPage,
    /// Another 4xx.
    Refused,
    /// 5xx.
    ServerError,
}

impl Meaning {
    /// The word for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allowed | Self::StoppedByBody => "allowed",
            Self::Unauthenticated | Self::HiddenUnauthenticated => "unauthenticated",
            Self::Csrf => "csrf",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Throttled => "throttled",
            Self::Redirected | Self::LoginPage => "redirected",
            Self::Refused => "refused",
            Self::ServerError => "server_error",
        }
    }
}

/// What is known of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A reply.
    Observed(Observed),
    /// `OPTIONS` told whether the method is permitted; nobody tried it.
    Told(bool),
    /// There was no reply, and why.
    Unanswered(String),
}

/// One identity's answer to one method of one URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The URL as it was given.
    pub url: String,
    /// The method.
    pub method: String,
    /// `anon` or the name of a login.
    pub identity: String,
    /// The answer.
    pub answer: Answer,
}

impl Cell {
    /// The reply, where there was one.
    pub fn observed(&self) -> Option<&Observed> {
        match &self.answer {
            Answer::Observed(observed) => Some(observed),
            _ => None,
        }
    }

    /// The meaning of the reply, where there was one.
    pub fn meaning(&self) -> Option<Meaning> {
        self.observed().map(Observed::meaning)
    }
}

/// Something in a matrix that is wrong whatever was intended.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// A stable name.
    pub id: &'static str,
    /// `high`, `medium` or `low`.
    pub severity: &'static str,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What was seen.
    pub evidence: Value,
}

/// Faults that need no policy to be seen: 5xx, and methods that say more than GET.
pub fn findings(cells: &[Cell]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let failed = |cell: &&Cell| cell.meaning() == Some(Meaning::ServerError);
    let mut rows: Vec<(&str, &str)> = Vec::new();
    for cell in cells.iter().filter(failed) {
        let row = (cell.method.as_str(), cell.url.as_str());
        if rows.contains(&row) {
            continue;
        }
        rows.push(row);
        let names: Vec<&str> = cells
            .iter()
            .filter(failed)
            .filter(|other| (other.method.as_str(), other.url.as_str()) == row)
            .map(|other| other.identity.as_str())
            .collect();
        let status = cell.observed().map_or(0, |observed| observed.status);
        findings.push(Finding {
            id: "server-error",
            severity: "medium",
            message: format!(
                "{} {} is answered {status} to {}",
                cell.method,
                cell.url,
                names.join(", ")
            ),
            evidence: json!({"url": cell.url, "method": cell.method, "identities": names, "status": status}),
        });
    }
    findings.extend(head_leaks(cells));
    findings
}

/// HEAD allowed where GET is refused: a view that checks permissions by method and forgot one.
fn head_leaks(cells: &[Cell]) -> Vec<Finding> {
    let refused = |cell: &&Cell| {
        cell.method == "GET"
            && matches!(
                cell.meaning(),
                Some(
                    Meaning::Unauthenticated | Meaning::HiddenUnauthenticated | Meaning::Forbidden
                )
            )
    };
    cells
        .iter()
        .filter(refused)
        .filter(|get| {
            cells.iter().any(|head| {
                head.method == "HEAD"
                    && head.url == get.url
                    && head.identity == get.identity
                    && head.meaning() == Some(Meaning::Allowed)
            })
        })
        .map(|get| Finding {
            id: "head-leak",
            severity: "medium",
            message: format!(
                "HEAD {} is allowed for {}, GET is not",
                get.url, get.identity
            ),
            evidence: json!({"url": get.url, "identity": get.identity}),
        })
        .collect()
}

/// Gives HEAD, whose replies have no body, the words of the GET that was answered alike.
pub fn lend_words_to_head(cells: &mut [Cell]) {
    let gets: Vec<Cell> = cells
        .iter()
        .filter(|cell| cell.method == "GET")
        .cloned()
        .collect();
    for cell in cells.iter_mut().filter(|cell| cell.method == "HEAD") {
        let get = gets
            .iter()
            .find(|get| get.url == cell.url && get.identity == cell.identity);
        if let (Answer::Observed(head), Some(get)) =
            (&mut cell.answer, get.and_then(Cell::observed))
            && head.status == get.status
            && head.detail.is_none()
        {
            head.detail.clone_from(&get.detail);
            head.code.clone_from(&get.code);
        }
    }
}

/// Sentences about statuses that mislead.
pub fn explanations<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> Vec<String> {
    let mut urls: BTreeMap<&'static str, Vec<&'a str>> = BTreeMap::new();
    for cell in cells {
        let Some(observed) = cell.observed() else {
            continue;
        };
        let why = match observed.meaning() {
            Meaning::HiddenUnauthenticated => {
                "403 hides a 401: the first authentication class of the view sends no WWW-Authenticate \
                 (SessionAuthentication, or none), and DRF then answers \"not authenticated\" with 403. \
                 With JWTAuthentication or TokenAuthentication first in authentication_classes it is a 401"
            }
            Meaning::Csrf => {
                "403 for want of a CSRF token: a session cookie was sent and SessionAuthentication stands first, \
                 so the other credentials were not looked at"
            }
            Meaning::Redirected => {
                "redirected: a path without its slash, or http where https is required; permissions were not reached"
            }
            Meaning::LoginPage => {
                "redirected to a login page: refused, by a view that is for people and not REST framework's \
                 (Django's login_required, the admin)"
            }
            Meaning::NotFound if !observed.from_drf => {
                "404 from outside REST framework (no Allow header field): no route leads there"
            }
            Meaning::Throttled => {
                "429: throttled, so nothing is known of the permission; lower the load or wait"
            }
            _ => continue,
        };
        let known = urls.entry(why).or_default();
        if !known.contains(&cell.url.as_str()) {
            known.push(&cell.url);
        }
    }
    urls.into_iter()
        .map(|(why, urls)| format!("{why}: {}", urls.join(", ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(status: u16, body: &str) -> Observed {
        Observed {
            status,
            from_drf: true,
            ..Observed::default()
        }
        .with_body(body.as_bytes())
    }

    fn cell(method: &str, identity: &str, observed: Observed) -> Cell {
        Cell {
            url: "/x/".to_owned(),
            method: method.to_owned(),
            identity: identity.to_owned(),
            answer: Answer::Observed(observed),
        }
    }

    #[test]
    fn a_403_for_missing_credentials_is_a_hidden_401() {
        let missing = r#"{"detail":"Authentication credentials were not provided."}"#;
        assert_eq!(seen(403, missing).meaning(), Meaning::HiddenUnauthenticated);
        assert_eq!(seen(401, missing).meaning(), Meaning::Unauthenticated);
        let permission = r#"{"detail":"You do not have permission to perform this action."}"#;
        assert_eq!(seen(403, permission).meaning(), Meaning::Forbidden);
        let said = explanations(&[cell("GET", "anon", seen(403, missing))]);
        assert!(
            said[0].starts_with("403 hides a 401") && said[0].ends_with(": /x/"),
            "{said:?}"
        );
    }

    #[test]
    fn a_400_means_allowed_only_for_a_body_made_to_be_refused() {
        let mut observed = seen(400, "{}");
        assert_eq!(observed.meaning(), Meaning::Refused);
        observed.harmless = true;
        assert_eq!(observed.meaning(), Meaning::StoppedByBody);
    }

    #[test]
    fn a_5xx_and_a_head_that_says_more_than_get_are_findings() {
        let cells = [
            cell("GET", "anon", seen(401, "{}")),
            cell("HEAD", "anon", seen(200, "")),
            cell("GET", "alice", seen(500, "")),
        ];
        let ids: Vec<&str> = findings(&cells).iter().map(|finding| finding.id).collect();
        assert_eq!(ids, ["server-error", "head-leak"]);
    }
}
