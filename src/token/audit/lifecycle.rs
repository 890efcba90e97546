//! What becomes of tokens: types, rotation, logout. Each flow logs in anew and harms no stored login.

use tokio::task::JoinSet;

use super::oracle::{posted, with_token};
use super::original::Forgery;
use super::session::Session;
use super::target::Pair;
use super::verdict::{Outcome, Verdict};
use super::wire::Stop;
use crate::http::{Reply, Url};
use crate::secret::Secret;

/// Refreshes at once in the race.
pub(super) const RACERS: u32 = 8;
/// An access token that outlives its logout by more is worth a warning, in seconds.
const BEARABLE: f64 = 15.0 * 60.0;

/// The refresh token at the protected endpoint, the access token at the refresh endpoint.
pub(super) async fn types(session: &mut Session) -> Vec<Outcome> {
    let Some(refresh) = session.good.refresh.clone() else {
        return ["refresh-as-access", "access-as-refresh"]
            .map(|id| Outcome::skip(id, "there is no refresh token"))
            .into();
    };
    let forgery = vec![Forgery {
        label: "the refresh token".to_owned(),
        token: refresh,
    }];
    let first = super::forged::attempt(
        session,
        "refresh-as-access",
        forgery,
        super::forged::Ask::Protected,
        Verdict::Fail,
    )
    .await;
    vec![first, access_as_refresh(session).await]
}

async fn access_as_refresh(session: &mut Session) -> Outcome {
    const ID: &str = "access-as-refresh";
    let Some(url) = session.target.refresh.clone() else {
        return Outcome::skip(ID, "there is no refresh endpoint");
    };
    let access = session.good.access.clone();
    match session.refresh(&url, &access).await {
        Err(stop) => Outcome::skip(ID, stop.words()),
        Ok(reply) => {
            let verdict = match reply.status.as_u16() {
                500.. => Verdict::Crash,
                _ if session.target.hands_out(&reply) => Verdict::Fail,
                400 | 401 | 403 => Verdict::Pass,
                status => {
                    let why = format!(
                        "{} answers {status}, which is no answer to a token",
                        url.path()
                    );
                    return Outcome::skip(ID, why);
                }
            };
            let seen = session
                .wire
                .evidence(format!("POST {} with the access token", url.path()), &reply);
            Outcome::new(ID, verdict, format!("answered {}", reply.status.as_u16())).with([seen])
        }
    }
}

/// The same refresh token twice, one after the other.
pub(super) async fn rotation(session: &mut Session) -> Vec<Outcome> {
    const ID: &str = "refresh-reuse";
    let (url, refresh) = match fresh(session, ID).await {
        Ok(fresh) => fresh,
        Err(skip) => return vec![skip],
    };
    let first = session.refresh(&url, &refresh).await;
    let second = session.refresh(&url, &refresh).await;
    let (first, second) = match (first, second) {
        (Ok(first), Ok(second)) => (first, second),
        (Err(stop), _) | (_, Err(stop)) => return vec![Outcome::skip(ID, stop.words())],
    };
    if !session.target.hands_out(&first) {
        let why = format!(
            "a fresh refresh token buys nothing: {}",
            first.status.as_u16()
        );
        return vec![Outcome::skip(ID, why)];
    }
    let rotated = session
        .target
        .pair_in(&first)
        .is_some_and(|pair| pair.refresh.is_some_and(|new| new != refresh));
    session.rotates = Some(rotated);
    let (verdict, message) = match (rotated, session.target.hands_out(&second)) {
        (true, true) => (
            Verdict::Fail,
            "rotation hands out a new refresh token and the old one still works",
        ),
        (true, false) => (Verdict::Pass, "the rotated refresh token is dead"),
        (false, true) => (
            Verdict::Warn,
            "no rotation: a stolen refresh token works until it expires, unseen",
        ),
        (false, false) => (Verdict::Pass, "a refresh token works once"),
    };
    let shown = |session: &Session, words: &str, reply: &Reply| {
        session.wire.evidence(
            format!("POST {} with a refresh token, {words}", url.path()),
            reply,
        )
    };
    let seen = [
        shown(session, "first time", &first),
        shown(session, "second time", &second),
    ];
    vec![Outcome::new(ID, verdict, message).with(seen)]
}

/// The same refresh token eight times at once.
pub(super) async fn race(session: &mut Session) -> Vec<Outcome> {
    const ID: &str = "refresh-race";
    if session.rotates == Some(false) {
        return vec![Outcome::skip(ID, "refresh tokens are not rotated")];
    }
    let (url, refresh) = match fresh(session, ID).await {
        Ok(fresh) => fresh,
        Err(skip) => return vec![skip],
    };
    if let Err(stop) = session.wire.pay(RACERS) {
        return vec![Outcome::skip(ID, stop.words())];
    }
    let mut racers = JoinSet::new();
    for _ in 0..RACERS {
        let client = session.wire.client().clone();
        let request = posted(&url, &session.target.refresh_field, &refresh);
        racers.spawn(async move { client.send(request).await });
    }
    let (mut won, mut broken, mut rotated) = (0, 0, false);
    let mut other = None;
    while let Some(done) = racers.join_next().await {
        match done {
            Ok(Ok(reply)) if session.target.hands_out(&reply) => {
                won += 1;
                let new = session.target.pair_in(&reply).and_then(|pair| pair.refresh);
                rotated |= new.is_some_and(|new| new != refresh);
            }
            Ok(Ok(reply)) if matches!(reply.status.as_u16(), 400 | 401 | 403) => {}
            Ok(Ok(reply)) if !reply.status.is_server_error() => other = Some(reply.status.as_u16()),
            _ => broken += 1,
        }
    }
    if let Some(status) = other.filter(|_| won < 2) {
        let why = format!("some of {RACERS} were answered {status}, which is no answer to a token");
        return vec![Outcome::skip(ID, why)];
    }
    if won == 0 && broken == 0 {
        return vec![Outcome::skip(ID, "a fresh refresh token buys nothing")];
    }
    if won > 0 && !rotated {
        return vec![Outcome::skip(ID, "refresh tokens are not rotated")];
    }
    let (verdict, message) = match (won, broken) {
        (0..=1, 0) => (Verdict::Pass, format!("{won} of {RACERS} succeeded")),
        (0..=1, broken) => (
            Verdict::Crash,
            format!("{won} of {RACERS} succeeded, {broken} failed with 5xx or without a reply"),
        ),
        (won, _) => (
            Verdict::Fail,
            format!("{won} of {RACERS} simultaneous refreshes of one token succeeded"),
        ),
    };
    vec![Outcome::new(ID, verdict, message)]
}

/// Logout, then everything that should have ended.
pub(super) async fn logout(session: &mut Session) -> Vec<Outcome> {
    const IDS: [&str; 3] = ["logout", "verify-after-logout", "access-after-logout"];
    let all = |why: &str| IDS.map(|id| Outcome::skip(id, why)).to_vec();
    let Some(revoke) = session.target.revoke.clone() else {
        return all("there is no logout endpoint");
    };
    if session.rotates.is_none()
        && let Err(why) = refreshes(session).await
    {
        return all(&why);
    }
    let (url, refresh, access) = match fresh_pair(session).await {
        Ok(fresh) => fresh,
        Err(why) => return all(&why),
    };
    let ended = match session.log_out(&revoke, &refresh, &access).await {
        Ok(reply) => reply,
        Err(stop) => return all(&stop.words()),
    };
    let seen = session.wire.evidence(
        format!("POST {} with a refresh token", revoke.path()),
        &ended,
    );
    if !ended.status.is_success() {
        let why = format!("{} answers {}", revoke.path(), ended.status.as_u16());
        return all(&why);
    }
    if ended
        .field("content-type")
        .is_some_and(|media_type| media_type.starts_with("text/html"))
    {
        return all("the logout endpoint answers with a page (text/html): is its path right?");
    }
    let mut outcomes = Vec::new();
    outcomes.push(match session.refresh(&url, &refresh).await {
        Err(stop) => Outcome::skip(IDS[0], stop.words()),
        Ok(reply) => {
            let (verdict, message) = if session.target.hands_out(&reply) {
                (
                    Verdict::Fail,
                    "logout is answered with success and the refresh token still works",
                )
            } else {
                (Verdict::Pass, "the refresh token is dead")
            };
            let after = session
                .wire
                .evidence(format!("POST {} after it", url.path()), &reply);
            Outcome::new(IDS[0], verdict, message).with([seen, after])
        }
    });
    outcomes.push(verify_after(session, IDS[1], &refresh).await);
    outcomes.push(access_after(session, IDS[2], &access).await);
    outcomes
}

/// Whether a refresh token that nobody revoked buys anything: else a dead one proves nothing.
async fn refreshes(session: &mut Session) -> Result<(), String> {
    let (url, refresh, _) = fresh_pair(session).await?;
    let reply = session
        .refresh(&url, &refresh)
        .await
        .map_err(|stop| stop.words())?;
    if session.target.hands_out(&reply) {
        return Ok(());
    }
    Err(format!(
        "a fresh refresh token buys nothing: {}",
        reply.status.as_u16()
    ))
}

async fn verify_after(session: &mut Session, id: &'static str, refresh: &Secret) -> Outcome {
    match session
        .ask_verify(refresh, "the refresh token after logout")
        .await
    {
        Err(stop) => Outcome::skip(id, stop.words()),
        Ok(None) => Outcome::skip(id, "there is no verify endpoint that tells good from bad"),
        Ok(Some((judged, seen))) => {
            let (verdict, message) = if judged == super::oracle::Judged::Accepted {
                (
                    Verdict::Warn,
                    "verify calls the token valid: it proves a signature, not a session",
                )
            } else {
                (Verdict::Pass, "verify refuses the token")
            };
            Outcome::new(id, verdict, message).with([seen])
        }
    }
}

async fn access_after(session: &mut Session, id: &'static str, access: &Secret) -> Outcome {
    let request = with_token(&session.target, access);
    let reply = match session.wire.send(request).await {
        Ok(reply) => reply,
        Err(stop) => return Outcome::skip(id, stop.words()),
    };
    let request = format!("GET {} after logout", session.target.protected.path());
    let seen = session.wire.evidence(request, &reply);
    if !reply.status.is_success() {
        return Outcome::new(id, Verdict::Pass, "the access token is dead, too").with([seen]);
    }
    let left = super::original::Original::read(access)
        .and_then(|token| token.seconds("exp"))
        .map(|exp| exp - session.clock());
    let (verdict, words) = match left {
        Some(left) if left <= BEARABLE => (Verdict::Pass, format!("{left:.0} s more")),
        Some(left) => (Verdict::Warn, format!("{:.0} minutes more", left / 60.0)),
        None => (Verdict::Warn, "nobody knows how long".to_owned()),
    };
    Outcome::new(id, verdict, format!("works on until it expires: {words}")).with([seen])
}

async fn fresh(session: &mut Session, id: &'static str) -> Result<(Url, Secret), Outcome> {
    fresh_pair(session)
        .await
        .map(|(url, refresh, _)| (url, refresh))
        .map_err(|why| Outcome::skip(id, why))
}

/// The refresh endpoint and the tokens of a new login.
async fn fresh_pair(session: &mut Session) -> Result<(Url, Secret, Secret), String> {
    let url = session
        .target
        .refresh
        .clone()
        .ok_or("there is no refresh endpoint")?;
    if session.credentials.is_none() {
        return Err("needs a login made for it (--username, --password-stdin)".to_owned());
    }
    let reply = session.log_in().await.map_err(|stop: Stop| stop.words())?;
    let Pair { access, refresh } = session
        .target
        .pair_in(&reply)
        .filter(|_| reply.status.is_success())
        .ok_or_else(|| format!("a second login is answered {}", reply.status.as_u16()))?;
    let refresh = refresh.ok_or("the login hands out no refresh token")?;
    session.wire.hide(&access);
    session.wire.hide(&refresh);
    Ok((url, refresh, access))
}
