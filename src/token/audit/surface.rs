//! What surrounds the token: a header field without one, the URL, other origins, error pages.

use super::oracle::{Judged, with_field, with_token};
use super::session::Session;
use super::verdict::{Outcome, Verdict};
use crate::http::{HeaderValue, Request, header};

/// An origin that nobody allows.
const STRANGER: &str = "https://attacker.example";

/// `Authorization` without a token, with two, with rubbish.
pub(super) async fn malformed_header(session: &mut Session) -> Outcome {
    const ID: &str = "malformed-header";
    let scheme = session.target.scheme.clone();
    let mut evidence = Vec::new();
    let mut worst = Verdict::Pass;
    for value in [
        scheme.clone(),
        format!("{scheme} a b"),
        format!("{scheme} not.a.token"),
    ] {
        let request = with_field(&session.target, &value);
        let reply = match session.wire.send(request).await {
            Ok(reply) => reply,
            Err(stop) => return Outcome::skip(ID, stop.words()).with(evidence),
        };
        worst = worst.max(match session.judge(&reply) {
            Judged::Accepted => Verdict::Fail,
            Judged::Crashed => Verdict::Crash,
            Judged::Refused => Verdict::Pass,
        });
        let path = session.target.protected.path();
        evidence.push(
            session
                .wire
                .evidence(format!("GET {path} with Authorization: {value}"), &reply),
        );
    }
    let message = match worst {
        Verdict::Fail => "accepted",
        Verdict::Crash => "not handled: 5xx",
        _ => "all 3 refused",
    };
    Outcome::new(ID, worst, message).with(evidence)
}

/// The good token in the query string.
pub(super) async fn query_token(session: &mut Session) -> Outcome {
    const ID: &str = "query-token";
    let mut evidence = Vec::new();
    let mut taken = Vec::new();
    for name in ["token", "access_token"] {
        let mut url = session.target.protected.clone();
        url.query_pairs_mut()
            .append_pair(name, session.good.access.expose());
        let reply = match session.wire.send(Request::get(url)).await {
            Ok(reply) => reply,
            Err(stop) => return Outcome::skip(ID, stop.words()).with(evidence),
        };
        if session.judge(&reply) == Judged::Accepted {
            taken.push(format!("?{name}="));
        }
        let path = session.target.protected.path();
        evidence.push(
            session
                .wire
                .evidence(format!("GET {path}?{name}=[the good token]"), &reply),
        );
    }
    let outcome = if taken.is_empty() {
        Outcome::new(ID, Verdict::Pass, "not looked at")
    } else {
        Outcome::new(ID, Verdict::Fail, format!("accepted: {}", taken.join(", ")))
    };
    outcome.with(evidence)
}

/// A stranger's `Origin`.
pub(super) async fn cors(session: &mut Session) -> Outcome {
    const ID: &str = "cors";
    let request = with_token(&session.target, &session.good.access)
        .header(header::ORIGIN, HeaderValue::from_static(STRANGER));
    let reply = match session.wire.send(request).await {
        Ok(reply) => reply,
        Err(stop) => return Outcome::skip(ID, stop.words()),
    };
    let allowed = reply.field("access-control-allow-origin");
    let credentials = reply.field("access-control-allow-credentials") == Some("true");
    let (verdict, message) = match (allowed, credentials) {
        (Some(STRANGER), true) => (
            Verdict::Fail,
            "any origin is allowed, with credentials: every web page can act as its visitor",
        ),
        (Some(STRANGER), false) => (
            Verdict::Warn,
            "any origin is echoed as allowed, without credentials",
        ),
        (Some("*"), _) => (
            Verdict::Warn,
            "any origin may read replies; browsers add no credentials to those",
        ),
        _ => (Verdict::Pass, "a stranger's origin is not allowed"),
    };
    let path = session.target.protected.path();
    let seen = session
        .wire
        .evidence(format!("GET {path} with Origin: {STRANGER}"), &reply);
    Outcome::new(ID, verdict, message).with([seen])
}

/// A page that cannot exist.
pub(super) async fn debug(session: &mut Session) -> Outcome {
    const ID: &str = "debug";
    let mut url = session.target.protected.clone();
    url.set_path("/apictl-no-such-page/");
    url.set_query(None);
    let reply = match session.wire.send(Request::get(url)).await {
        Ok(reply) => reply,
        Err(stop) => return Outcome::skip(ID, stop.words()),
    };
    let text = reply.text();
    let debug = text.contains("DEBUG = True") || text.contains("URLconf defined in");
    let (verdict, message) = if debug {
        (
            Verdict::Fail,
            "Django's DEBUG page shows settings and routes",
        )
    } else {
        (Verdict::Pass, "an unknown page tells nothing")
    };
    let seen = session.wire.evidence("GET /apictl-no-such-page/", &reply);
    Outcome::new(ID, verdict, message).with([seen])
}

/// Whether tokens travel in the clear. Costs no request.
pub(super) fn plain_http(session: &Session) -> Outcome {
    const ID: &str = "plain-http";
    let target = &session.target;
    match (target.protected.scheme(), target.is_loopback()) {
        ("https", _) => Outcome::new(ID, Verdict::Pass, "https"),
        (_, true) => Outcome::skip(ID, "the server is on this machine"),
        _ => Outcome::new(ID, Verdict::Fail, "tokens travel in the clear"),
    }
}
