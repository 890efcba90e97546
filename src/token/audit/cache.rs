//! Caches between the server and its clients: what may be kept, and what is handed on.

use super::session::Session;
use super::target::PastCaches;
use super::verdict::{Evidence, Outcome, Verdict};
use crate::http::{Reply, Request};

/// Whether a cache hands one identity's reply to another, and whether the reply's own fields would let it
/// (RFC 9111 §3.5). The first was tried with nobody at the beginning; a second identity is asked here.
pub(super) async fn caching(session: &mut Session) -> Outcome {
    const ID: &str = "caching";
    if let Some(leak) = session.oracle.leak() {
        let message = "a cache hands the login's reply to whoever asks without a token";
        return Outcome::new(ID, Verdict::Fail, message).with([leak.clone()]);
    }
    if let Some(word) = let_go(session.good_reply()) {
        let message =
            format!("`{word}` without `Vary: Authorization` lets a shared cache hand it to others");
        return Outcome::new(ID, Verdict::Fail, message);
    }
    let lawful = "no directive lets a shared cache keep it";
    let Some((name, _)) = session.other.clone() else {
        return Outcome::new(
            ID,
            Verdict::Pass,
            format!("{lawful}; nobody is answered with it (--other tries a second login)"),
        );
    };
    match second(session, &name).await {
        Ok(outcome) => outcome,
        Err(why) => Outcome::new(
            ID,
            Verdict::Pass,
            format!("{lawful}; {name} could not be tried: {why}"),
        ),
    }
}

/// Whether somebody else is shown what was the login's: the same reply, which a request past all caches does
/// not get.
async fn second(session: &mut Session, name: &str) -> Result<Outcome, String> {
    const ID: &str = "caching";
    let (plain, seen) = ask(session, name, false).await?;
    if !plain.status.is_success() {
        return Err(format!("answered {}", plain.status.as_u16()));
    }
    if plain.body != session.good_reply().body {
        let message = format!("{name} is answered with a reply of its own");
        return Ok(Outcome::new(ID, Verdict::Pass, message).with([seen]));
    }
    let (past, seen_past) = ask(session, name, true).await?;
    let outcome = if past.status.is_success() && past.body != plain.body {
        let message = format!("{name} is answered with what the audit's login was answered before");
        Outcome::new(ID, Verdict::Fail, message)
    } else {
        let message = format!("{name} is shown the same with and without caches: nothing personal");
        Outcome::new(ID, Verdict::Pass, message)
    };
    Ok(outcome.with([seen, seen_past]))
}

async fn ask(
    session: &mut Session,
    name: &str,
    past_caches: bool,
) -> Result<(Reply, Evidence), String> {
    let Some((_, client)) = session.other.clone() else {
        return Err("there is no second login".to_owned());
    };
    let plain = &session.target.protected;
    let (url, words) = if past_caches {
        let past = PastCaches::new(session.clock());
        (past.apply(plain), "under an address that no cache has")
    } else {
        (plain.clone(), "under the same address")
    };
    let reply = session
        .wire
        .send_by(&client, Request::get(url))
        .await
        .map_err(|stop| stop.words())?;
    let path = session.target.protected.path();
    let seen = session
        .wire
        .evidence(format!("GET {path} as {name}, {words}"), &reply);
    Ok((reply, seen))
}

/// The directive that lets a shared cache keep a reply to a request with `Authorization`, where nothing else
/// keeps it from doing so.
fn let_go(reply: &Reply) -> Option<&'static str> {
    let control = reply.field("cache-control").unwrap_or_default();
    // What is asked for anew each time is asked for with the asker's own token.
    let fresh = has_directive(control, "no-cache")
        || control
            .split(',')
            .any(|word| matches!(word.trim(), "max-age=0" | "s-maxage=0"));
    let shared = ["public", "s-maxage", "must-revalidate"]
        .into_iter()
        .filter(|word| !(fresh && *word == "must-revalidate"))
        .find(|word| has_directive(control, word))?;
    let kept_out = has_directive(control, "private") || has_directive(control, "no-store");
    let varies = reply
        .field("vary")
        .is_some_and(|vary| vary == "*" || has_directive(vary, "authorization"));
    (!kept_out && !varies).then_some(shared)
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
