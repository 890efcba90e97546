//! The scheme of `Authorization` in other spellings.

use super::oracle::{Judged, with_field};
use super::session::Session;
use super::verdict::{Evidence, Outcome, Verdict};
use super::wire::Stop;

/// The good token under a scheme in lower case; without a scheme, without a space.
pub(super) async fn scheme(session: &mut Session) -> Vec<Outcome> {
    vec![case(session).await, spacing(session).await]
}

async fn case(session: &mut Session) -> Outcome {
    const ID: &str = "scheme-case";
    let lower = session.target.scheme.to_ascii_lowercase();
    if lower == session.target.scheme {
        return Outcome::skip(ID, "the scheme is in lower case already");
    }
    let field = format!("{lower} {}", session.good.access.expose());
    let (judged, seen) = match ask(session, &field, &format!("with scheme {lower}")).await {
        Ok(asked) => asked,
        Err(stop) => return Outcome::skip(ID, stop.words()),
    };
    let (verdict, message) = match judged {
        Judged::Accepted => (Verdict::Pass, "accepted, as RFC 9110 has it"),
        Judged::Crashed => (Verdict::Crash, "5xx"),
        Judged::Refused => (
            Verdict::Warn,
            "refused: safe, but schemes are case-insensitive and clients may rely on it",
        ),
    };
    Outcome::new(ID, verdict, message).with([seen])
}

async fn spacing(session: &mut Session) -> Outcome {
    const ID: &str = "scheme-spacing";
    let scheme = session.target.scheme.clone();
    let token = session.good.access.clone();
    let token = token.expose();
    let forms = [
        ("without a scheme", token.to_owned()),
        ("without a space", format!("{scheme}{token}")),
    ];
    let mut evidence = Vec::new();
    let (mut accepted, mut crashed) = (Vec::new(), Vec::new());
    for (words, field) in forms {
        match ask(session, &field, &format!("with the token {words}")).await {
            Err(stop) => return Outcome::skip(ID, stop.words()).with(evidence),
            Ok((judged, seen)) => {
                match judged {
                    Judged::Accepted => accepted.push(words),
                    Judged::Crashed => crashed.push(words),
                    Judged::Refused => {}
                }
                evidence.push(seen);
            }
        }
    }
    let outcome = if !crashed.is_empty() {
        Outcome::new(
            ID,
            Verdict::Crash,
            format!("5xx: token {}", crashed.join(", ")),
        )
    } else if accepted.is_empty() {
        Outcome::new(ID, Verdict::Pass, "only the scheme, a space and the token")
    } else {
        Outcome::new(
            ID,
            Verdict::Warn,
            format!("accepted: token {}", accepted.join(", ")),
        )
    };
    outcome.with(evidence)
}

async fn ask(session: &mut Session, field: &str, words: &str) -> Result<(Judged, Evidence), Stop> {
    let request = with_field(&session.target, field);
    let reply = session.wire.send(request).await?;
    let path = session.target.protected.path();
    let seen = session.wire.evidence(format!("GET {path} {words}"), &reply);
    Ok((session.judge(&reply), seen))
}
