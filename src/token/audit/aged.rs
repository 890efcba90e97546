//! An expired token without the signing key: an old one, or one that is waited for.

use std::time::Duration;

use super::original::{Forgery, Original};
use super::session::Session;
use super::verdict::{Outcome, Verdict};
use super::{forged, target::Pair};
use crate::secret::Secret;

const ID: &str = "expired";
/// A token that is taken so long after its end is beyond any sensible leeway, in seconds.
const LEEWAY: f64 = 300.0;

/// Sends the old token that was given, else a fresh one as soon as it has ended.
pub(super) async fn expired(session: &mut Session) -> Outcome {
    if let Some(old) = session.old_token.clone() {
        return match ended(&old) {
            Some(end) => after(session, &old, session.clock() - end).await,
            None => Outcome::skip(ID, "the old token does not say when it ended"),
        };
    }
    let life = session.original.as_ref().and_then(Original::life);
    let Some(life) = life.filter(|life| *life <= session.patience.as_secs_f64()) else {
        return Outcome::skip(
            ID,
            "needs the signing key (--secret-file, --key), an old token (--old-token), or to wait \
             (--wait) until one ends",
        );
    };
    let pair = match session.log_in().await {
        Ok(reply) => session.target.pair_in(&reply),
        Err(stop) => return Outcome::skip(ID, stop.words()),
    };
    let Some(Pair { access, .. }) = pair else {
        return Outcome::skip(ID, "a second login hands out no token");
    };
    session.wire.hide(&access);
    // One second more: `exp` has no fraction.
    let wait = life + 1.0;
    tokio::time::sleep(Duration::from_secs_f64(wait.max(0.0))).await;
    after(session, &access, 1.0).await
}

fn ended(token: &Secret) -> Option<f64> {
    Original::read(token)?.seconds("exp")
}

async fn after(session: &mut Session, token: &Secret, seconds: f64) -> Outcome {
    let accepted = if seconds > LEEWAY {
        Verdict::Fail
    } else {
        Verdict::Warn
    };
    let label = format!("a token that ended {seconds:.0} s ago");
    let forgery = vec![Forgery::new(label, token.expose())];
    let mut outcome = forged::attempt(session, ID, forgery, forged::Ask::Protected, accepted).await;
    if outcome.verdict == Verdict::Warn {
        outcome.message += "; leeway, or no check at all (--old-token tells)";
    }
    outcome
}
