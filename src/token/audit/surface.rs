//! What surrounds the token: the header, the URL, other origins, caches, error pages.

use super::oracle::{Judged, with_field, with_token};
use super::session::Session;
use super::verdict::{Outcome, Verdict};
use crate::http::{HeaderValue, Reply, Request, header};

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

/// The good token under a scheme in lower case.
pub(super) async fn scheme_case(session: &mut Session) -> Outcome {
    const ID: &str = "scheme-case";
    let scheme = &session.target.scheme;
    let lower = scheme.to_ascii_lowercase();
    if lower == *scheme {
        return Outcome::skip(ID, "the scheme is in lower case already");
    }
    let field = format!("{lower} {}", session.good.access.expose());
    let request = with_field(&session.target, &field);
    let reply = match session.wire.send(request).await {
        Ok(reply) => reply,
        Err(stop) => return Outcome::skip(ID, stop.words()),
    };
    let (verdict, message) = match session.judge(&reply) {
        Judged::Accepted => (Verdict::Pass, "accepted, as RFC 9110 has it"),
        Judged::Crashed => (Verdict::Crash, "5xx"),
        Judged::Refused => (
            Verdict::Warn,
            "refused: safe, but schemes are case-insensitive and clients may rely on it",
        ),
    };
    let path = session.target.protected.path();
    let seen = session
        .wire
        .evidence(format!("GET {path} with scheme {lower}"), &reply);
    Outcome::new(ID, verdict, message).with([seen])
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

/// Whether a shared cache may keep the reply to the good token (RFC 9111 §3.5). Costs no request.
pub(super) fn caching(session: &Session) -> Outcome {
    const ID: &str = "caching";
    let reply = session.good_reply();
    let control = reply.field("cache-control").unwrap_or_default();
    let shared = ["public", "s-maxage", "must-revalidate"]
        .into_iter()
        .find(|word| has_directive(control, word));
    let kept_out = has_directive(control, "private") || has_directive(control, "no-store");
    let varies = reply
        .field("vary")
        .is_some_and(|vary| vary == "*" || has_directive(vary, "authorization"));
    match shared {
        Some(word) if !kept_out && !varies => Outcome::new(
            ID,
            Verdict::Fail,
            format!("`{word}` without `Vary: Authorization` lets a shared cache hand it to others"),
        ),
        _ => Outcome::new(
            ID,
            Verdict::Pass,
            "no directive lets a shared cache keep it",
        ),
    }
}

/// Whether the reply with the tokens forbids caches to keep it. Costs no request.
pub(super) fn token_caching(login: Option<&Reply>) -> Outcome {
    const ID: &str = "token-caching";
    let Some(reply) = login else {
        return Outcome::skip(
            ID,
            "needs a login made for it (--username, --password-stdin)",
        );
    };
    let control = reply.field("cache-control").unwrap_or_default();
    if has_directive(control, "no-store") {
        Outcome::new(ID, Verdict::Pass, "no-store")
    } else {
        Outcome::new(
            ID,
            Verdict::Warn,
            "the reply with the tokens does not say Cache-Control: no-store",
        )
    }
}

fn has_directive(list: &str, name: &str) -> bool {
    list.split(',').any(|directive| {
        let directive = directive.split('=').next().unwrap_or(directive).trim();
        directive.eq_ignore_ascii_case(name)
    })
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
