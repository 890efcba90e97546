//! The login endpoint: wrong passwords in a row, and what they tell of users.

use tokio::time::Instant;

use super::session::Session;
use super::verdict::{Evidence, Outcome, Verdict};
use super::wire::Stop;
use crate::http::Reply;
use crate::secret::Secret;

/// Wrong passwords for the made-up user.
pub(super) const TRIES: u32 = 6;
/// A user who does not exist, so that nobody is locked out.
const NOBODY: &str = "apictl-nobody-5f3a91";
const WRONG: &str = "apictl-wrong-password";
const IDS: [&str; 2] = ["login-throttle", "user-enumeration"];

struct Try {
    reply: Reply,
    seconds: f64,
}

/// Six wrong passwords for nobody, and one for the account of the audit.
pub(super) async fn login(session: &mut Session) -> Vec<Outcome> {
    let all = |why: &str| IDS.map(|id| Outcome::skip(id, why)).to_vec();
    if session.target.obtain.is_none() {
        return all("there is no login endpoint");
    }
    // Where logins are addresses, anything else is refused before anybody is looked for.
    let domain = session
        .credentials
        .as_ref()
        .and_then(|(username, _)| Some(username.split_once('@')?.1.to_owned()));
    let nobody = domain.map_or_else(|| NOBODY.to_owned(), |domain| format!("{NOBODY}@{domain}"));
    let mut tries: Vec<Try> = Vec::new();
    let mut evidence: Vec<Evidence> = Vec::new();
    for _ in 0..TRIES {
        match wrong(session, &nobody).await {
            Ok(one) => {
                evidence.push(session.wire.evidence("login as nobody", &one.reply));
                let refused = one.reply.status.as_u16() == 429;
                tries.push(one);
                if refused {
                    break;
                }
            }
            Err(stop) => return all(&stop.words()),
        }
    }
    let throttled = tries
        .last()
        .is_some_and(|one| one.reply.status.as_u16() == 429);
    let throttle = if throttled {
        let message = format!("429 at attempt {}", tries.len());
        Outcome::new(IDS[0], Verdict::Pass, message)
    } else {
        let message = format!("{TRIES} wrong passwords in a row and no 429");
        Outcome::new(IDS[0], Verdict::Warn, message)
    };
    let enumeration = enumeration(session, &tries, throttled).await;
    vec![throttle.with(evidence), enumeration]
}

async fn enumeration(session: &mut Session, tries: &[Try], throttled: bool) -> Outcome {
    let id = IDS[1];
    let Some((username, _)) = session.credentials.clone() else {
        return Outcome::skip(id, "needs a user who exists (--username)");
    };
    let (Some(first), Some(nobody)) = (tries.first(), tries.last()) else {
        return Outcome::skip(id, "the login is throttled");
    };
    if first.reply.status.as_u16() == 429 {
        return Outcome::skip(id, "the login is throttled");
    }
    if throttled {
        return Outcome::skip(id, "the login is throttled by now");
    }
    if tries
        .iter()
        .any(|one| one.reply.status != first.reply.status)
    {
        return Outcome::skip(id, "the same user is answered otherwise after some tries");
    }
    // A request's number or the time in a body tells nothing of a user.
    let varies = tries.iter().any(|one| one.reply.body != first.reply.body);
    let somebody = match wrong(session, &username).await {
        Ok(one) => one,
        Err(stop) => return Outcome::skip(id, stop.words()),
    };
    let seen = [
        session.wire.evidence("login as nobody", &nobody.reply),
        session
            .wire
            .evidence("login as the user with a wrong password", &somebody.reply),
    ];
    if somebody.reply.status.as_u16() == 429 {
        return Outcome::skip(id, "the login is throttled");
    }
    let same = somebody.reply.status == nobody.reply.status
        && (varies || somebody.reply.body == nobody.reply.body);
    let slowest = tries.iter().map(|one| one.seconds).fold(0.0, f64::max);
    let fastest = tries.iter().map(|one| one.seconds).fold(f64::MAX, f64::min);
    // One sample against several: only a difference that no hiccup explains is told.
    let apart = somebody.seconds > 3.0 * slowest || somebody.seconds < fastest / 3.0;
    let far =
        (somebody.seconds - slowest).abs() > 0.05 && (somebody.seconds - fastest).abs() > 0.05;
    let outcome = if !same {
        Outcome::new(
            id,
            Verdict::Fail,
            "unknown users are answered otherwise than wrong passwords",
        )
    } else if apart && far {
        Outcome::new(
            id,
            Verdict::Warn,
            format!(
                "a wrong password takes {:.0} ms, an unknown user {:.0} to {:.0} ms",
                somebody.seconds * 1e3,
                fastest * 1e3,
                slowest * 1e3
            ),
        )
    } else {
        Outcome::new(id, Verdict::Pass, "the same answer, in about the same time")
    };
    outcome.with(seen)
}

async fn wrong(session: &mut Session, username: &str) -> Result<Try, Stop> {
    let Some(request) = session.target.login(username, &Secret::new(WRONG)) else {
        return Err(Stop::Missing(
            "the preset has no endpoint for a login with user name and password",
        ));
    };
    let started = Instant::now();
    let reply = session.wire.send_once(request).await?;
    Ok(Try {
        reply,
        seconds: started.elapsed().as_secs_f64(),
    })
}
