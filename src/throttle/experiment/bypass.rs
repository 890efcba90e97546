//! Does anything that a client can make up give it a fresh count, or somebody else's?

use std::net::IpAddr;

use serde_json::json;

use super::super::forwarding::made_up;
use super::super::limits::Finding;
use super::super::shots::{Line, Shots, Stop};
use super::ask::{Answer, Asked, Known, ask};
use super::tricks::tricks;
use crate::http::{HeaderName, HeaderValue, Request};

/// Where else requests can come from.
#[derive(Debug, Clone, Default)]
pub struct Suspects {
    /// The address that the plain requests come from.
    pub own: Option<IpAddr>,
    /// Another address of this machine.
    pub other: Option<IpAddr>,
    /// Whether the plain requests are anonymous.
    pub anonymous: bool,
}

/// User numbers that are tried where a count may be keyed by one.
const USERS: u32 = 8;

/// Tries every trick on a count that is used up. Each costs two requests, three where it works, and six where
/// quota comes back all the time.
pub async fn bypass(
    shots: &mut Shots<'_>,
    known: &Known,
    request: &Request,
    suspects: &Suspects,
) -> (Vec<Asked>, Vec<Finding>, Option<Stop>) {
    let mut asked = Vec::new();
    let mut findings = Vec::new();
    let stop = try_all(shots, known, request, suspects, &mut asked, &mut findings)
        .await
        .err();
    let mut all = from_tricks(&asked);
    all.append(&mut findings);
    (asked, all, stop)
}

async fn try_all(
    shots: &mut Shots<'_>,
    known: &Known,
    request: &Request,
    suspects: &Suspects,
    asked: &mut Vec<Asked>,
    findings: &mut Vec<Finding>,
) -> Result<(), Stop> {
    let plain = Line::default();
    for trick in tricks(request) {
        let head = matches!(trick.request.method.as_str(), "HEAD" | "OPTIONS");
        let known = Known {
            // Without a body the reply may have another status of success.
            passes: if head { 200 } else { known.passes },
            ..*known
        };
        let control = (&plain, request);
        let changed = (&trick.line, &trick.request);
        let answer = match ask(shots, &known, control, changed).await {
            // A server that does not speak a version is no reason to end.
            Err(Stop::Errors(_)) if trick.dimension == "http_version" => Answer::Unsteady,
            other => other?,
        };
        asked.push(Asked {
            dimension: trick.dimension,
            variant: trick.variant,
            answer,
        });
    }
    if let (Some(own), Some(other)) = (suspects.own, suspects.other) {
        let other = Line {
            source: Some(other),
            ..Line::default()
        };
        findings.extend(of_addresses(shots, known, request, suspects, (own, &other)).await?);
    }
    if !suspects.anonymous {
        findings.extend(of_users(shots, known, request).await?);
    }
    Ok(())
}

/// Another address: does it share the count, or can it make itself share it?
async fn of_addresses(
    shots: &mut Shots<'_>,
    known: &Known,
    request: &Request,
    suspects: &Suspects,
    (own, other): (IpAddr, &Line),
) -> Result<Option<Finding>, Stop> {
    let plain = Line::default();
    let alone = match ask(shots, known, (&plain, request), (other, request)).await {
        Err(Stop::Line | Stop::Errors(_)) => return Ok(None),
        answer => answer?,
    };
    if alone == Answer::Same && suspects.anonymous {
        return Ok(Some(Finding::new(
            "drains-another",
            "medium",
            "another address is refused as well: one client uses up everybody's count; behind a proxy NUM_PROXIES in \
             REST_FRAMEWORK must be the number of proxies, else all clients have the proxy's address"
                .to_owned(),
            json!({ "by": "address" }),
        )));
    }
    if alone != Answer::Fresh {
        return Ok(None);
    }
    let mut claiming = request.clone();
    if let Ok(value) = HeaderValue::from_str(&own.to_string()) {
        claiming
            .headers
            .insert(HeaderName::from_static("x-forwarded-for"), value);
    }
    let claimed = ask(shots, known, (&plain, request), (other, &claiming)).await?;
    // its own count may be used up meanwhile
    let shares = claimed == Answer::Same
        && ask(shots, known, (&plain, request), (other, request)).await? == Answer::Fresh;
    Ok(shares.then(|| {
        Finding::new(
            "drains-another",
            "high",
            "whoever sends another client's address in X-Forwarded-For draws on that client's count, and can use it \
             up: set NUM_PROXIES in REST_FRAMEWORK to the number of proxies (0 without any)"
                .to_owned(),
            json!({ "by": "x-forwarded-for" }),
        )
    }))
}

/// DRF's user throttle has one name for user 7 and for an anonymous client at the address "7".
async fn of_users(
    shots: &mut Shots<'_>,
    known: &Known,
    request: &Request,
) -> Result<Option<Finding>, Stop> {
    let plain = Line::default();
    let nobody = Line {
        who: "anon".to_owned(),
        ..Line::default()
    };
    let claiming = |text: &str| {
        let mut request = request.clone();
        if let Ok(value) = HeaderValue::from_str(text) {
            request
                .headers
                .insert(HeaderName::from_static("x-forwarded-for"), value);
        }
        request
    };
    let control = ask(
        shots,
        known,
        (&plain, request),
        (&nobody, &claiming(&made_up())),
    )
    .await?;
    if control != Answer::Fresh {
        return Ok(None);
    }
    for user in 1..=USERS {
        let text = user.to_string();
        let answer = ask(shots, known, (&plain, request), (&nobody, &claiming(&text))).await?;
        if answer == Answer::Same {
            // its own count may be used up meanwhile
            let fresh = claiming(&made_up());
            let again = ask(shots, known, (&plain, request), (&nobody, &fresh)).await?;
            if again != Answer::Fresh {
                return Ok(None);
            }
            return Ok(Some(Finding::new(
                "drains-another",
                "high",
                format!(
                    "an anonymous client that sends X-Forwarded-For: {user} draws on the count of the user with that \
                     number: set NUM_PROXIES in REST_FRAMEWORK to the number of proxies (0 without any)"
                ),
                json!({ "by": "x-forwarded-for", "user": user }),
            )));
        }
    }
    Ok(None)
}

/// One finding for each dimension in which something gave a fresh count.
fn from_tricks(asked: &[Asked]) -> Vec<Finding> {
    let fresh = |dimension: &str| -> Vec<&str> {
        asked
            .iter()
            .filter(|asked| asked.dimension == dimension && asked.answer == Answer::Fresh)
            .map(|asked| asked.variant.as_str())
            .collect()
    };
    let table = [
        (
            "header",
            "bypass-header",
            "high",
            "set NUM_PROXIES in REST_FRAMEWORK to the number of proxies in front (0 without any), and let the outermost \
             proxy overwrite such fields",
        ),
        (
            "path",
            "bypass-path",
            "high",
            "key the limit by view and client, not by the URL as sent",
        ),
        (
            "query",
            "bypass-query",
            "high",
            "key the limit by path or view, not by the whole URL",
        ),
        (
            "method",
            "bypass-method",
            "low",
            "methods are counted apart; `method=ALL` in django-ratelimit, or one throttle for the view, counts them together",
        ),
        (
            "http_version",
            "bypass-http-version",
            "medium",
            "another server answers that version: put the limit behind both",
        ),
        (
            "connection",
            "bypass-connection",
            "high",
            "each worker counts for itself: use a cache that workers share (CACHES with Redis or Memcached) instead of LocMemCache",
        ),
    ];
    table
        .into_iter()
        .filter_map(|(dimension, id, severity, cure)| {
            let mut variants = fresh(dimension);
            variants.dedup();
            (!variants.is_empty()).then(|| {
                Finding::new(
                    id,
                    severity,
                    format!("a fresh count for {}: {cure}", variants.join(", ")),
                    json!({ "variants": variants }),
                )
            })
        })
        .collect()
}
