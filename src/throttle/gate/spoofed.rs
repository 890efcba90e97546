//! Made-up forwarding headers: whether they give a fresh count, and which of them.

use super::super::forwarding::{FORWARDING, made_up, with_made_up};
use super::super::sample::{Outcome, Sample};
use super::super::shots::{Line, Shots, Stop};
use crate::http::{HeaderName, HeaderValue, Request};

/// How often a fresh count is looked at again.
const PAIRS: u32 = 4;

/// Whether made-up fields give a fresh count every time while plain requests are refused: copies that do not
/// share a count answer now so and now so.
pub(super) async fn forwards(
    shots: &mut Shots<'_>,
    request: &Request,
    line: &Line,
    usual: Option<u16>,
) -> Result<bool, Stop> {
    for _ in 0..PAIRS {
        let made_up = with_made_up(request, &FORWARDING);
        let fresh = passes(&shots.decided(line, &made_up).await?, usual);
        if !fresh || shots.decided(line, request).await?.outcome == Outcome::Accepted {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether made-up forwarding fields give a fresh count where plain requests are refused; false where they are
/// not, so that nobody can tell.
pub async fn is_forwarded(shots: &mut Shots<'_>, request: &Request) -> Result<bool, Stop> {
    let line = Line::default();
    if shots.decided(&line, request).await?.outcome == Outcome::Accepted {
        return Ok(false);
    }
    forwards(shots, request, &line, None).await
}

/// Whether a reply is the endpoint's own, where its usual status is known: what stands before the limiter may answer
/// made-up fields by itself.
fn passes(sample: &Sample, usual: Option<u16>) -> bool {
    sample.outcome == Outcome::Accepted && (usual.is_none() || sample.status == usual)
}

/// Which of the fields gives a fresh count by itself.
pub(super) async fn culprits(
    shots: &mut Shots<'_>,
    request: &Request,
    usual: Option<u16>,
) -> Result<Vec<String>, Stop> {
    let mut found = Vec::new();
    for name in FORWARDING {
        let sample = shots
            .decided(&Line::default(), &with_made_up(request, &[name]))
            .await?;
        if passes(&sample, usual) {
            found.push(name.to_owned());
        }
    }
    if found.is_empty() {
        found.push("forwarding headers together".to_owned());
    }
    Ok(found)
}

/// What `NUM_PROXIES` proxies would add: addresses of TEST-NET-1.
pub fn as_proxies_would(request: &Request, proxies: u32) -> Request {
    forwarded_for(request, "192.0.2.1", proxies)
}

/// The same for a client that has sent nothing yet.
pub(super) fn as_others_would(request: &Request, proxies: u32) -> Request {
    forwarded_for(request, &made_up(), proxies)
}

/// The first of the trusted entries is the client's address.
fn forwarded_for(request: &Request, client: &str, proxies: u32) -> Request {
    let mut request = request.clone();
    let client = (proxies > 0).then(|| client.to_owned());
    let others = (2..=proxies).map(|n| format!("192.0.2.{}", n % 250));
    let entries: Vec<String> = client.into_iter().chain(others).collect();
    if let (false, Ok(value)) = (
        entries.is_empty(),
        HeaderValue::from_str(&entries.join(", ")),
    ) {
        request
            .headers
            .insert(HeaderName::from_static("x-forwarded-for"), value);
    }
    request
}
