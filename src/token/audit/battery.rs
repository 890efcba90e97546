//! The whole battery, one outcome at a time.

use std::collections::VecDeque;

use tokio::time::Instant;

use super::catalogue::{PROBES, find};
use super::oracle::{AuditError, Oracle, with_token};
use super::original::{Original, Signer};
use super::session::{Session, log_in};
use super::stages::{KEYED, Stage, planned, stages_of};
use super::target::{Materials, Pair, Target};
use super::verdict::{Finish, Outcome, Verdict};
use super::wire::{Stop, Wire};
use super::{aged, cache, content, forged, keyed, lifecycle, login, scheme, surface};
use crate::http::{Client, Reply, header};
use crate::jwt::{Search, common};
use crate::secret::Secret;

/// A battery under way; pull its outcomes with [`Battery::next`].
pub struct Battery {
    session: Session,
    stages: VecDeque<Stage>,
    outcomes: VecDeque<Outcome>,
    login: Option<Reply>,
    materials: Materials,
    wanted: Vec<&'static str>,
}

impl Battery {
    /// The names of the probes that a selection keeps; the name that is none of them is the error.
    pub fn select(only: &[String], skip: &[String]) -> Result<Vec<&'static str>, String> {
        if let Some(unknown) = only.iter().chain(skip).find(|id| find(id).is_none()) {
            return Err(unknown.clone());
        }
        Ok(PROBES
            .iter()
            .map(|probe| probe.id)
            .filter(|id| only.is_empty() || only.iter().any(|kept| kept == id))
            .filter(|id| !skip.iter().any(|left| left == id))
            .collect())
    }

    /// The most requests that these probes send, before the budget cuts them.
    pub fn planned(wanted: &[&'static str], materials: &Materials) -> u32 {
        planned(&stages_of(wanted), materials)
    }

    /// Logs in where credentials are given, and learns what a good token and none are answered.
    pub async fn begin(
        client: Client,
        mut target: Target,
        materials: Materials,
        wanted: Vec<&'static str>,
    ) -> Result<Self, AuditError> {
        let started = Instant::now();
        let mut wire = Wire::new(client, materials.max_requests, materials.now);
        let (good, login) = enter(&mut wire, &target, &materials).await?;
        let since = Instant::now();
        wire.hide(&good.access);
        for secret in good.refresh.iter().chain(&materials.old_token) {
            wire.hide(secret);
        }
        let oracle = Oracle::learn(&mut wire, &mut target, &good.access, materials.now).await?;
        let original = Original::read(&good.access);
        let session = Session {
            wire,
            target,
            credentials: materials.credentials.clone(),
            original: original.clone(),
            good,
            public_keys: materials.public_keys.clone(),
            key_documents: materials.key_documents.clone(),
            other: materials.other.clone(),
            old_token: materials.old_token.clone(),
            patience: materials.patience,
            signer: original.and_then(|good| signer(&materials, &good)),
            signer_is_proved: false,
            rotates: None,
            now: materials.now,
            started,
            since,
            own: None,
            oracle,
        };
        Ok(Self {
            session,
            stages: stages_of(&wanted).into(),
            outcomes: VecDeque::new(),
            login,
            materials,
            wanted,
        })
    }

    /// Requests so far.
    pub fn sent(&self) -> u32 {
        self.session.wire.sent()
    }

    /// The next outcome; `None` at the end.
    pub async fn next(&mut self) -> Option<Outcome> {
        loop {
            if let Some(outcome) = self.outcomes.pop_front() {
                return Some(outcome);
            }
            let (_, ids) = self.stages.pop_front()?;
            let decided = self.run(ids).await;
            self.outcomes.extend(
                decided
                    .into_iter()
                    .filter(|outcome| self.wanted.contains(&outcome.id)),
            );
        }
    }

    /// Whether the outcomes can be relied upon, by the good token once more.
    pub async fn end(&mut self) -> Finish {
        let session = &mut self.session;
        session.wire.release();
        session.freshen().await;
        let request = with_token(&session.target, &session.good.access);
        match session.wire.send(request).await {
            Ok(reply) if reply.status.is_success() => Finish::Sound,
            Ok(reply) => Finish::Refused {
                status: reply.status.as_u16(),
            },
            Err(Stop::Throttled(_)) => Finish::Throttled,
            // A budget of one request leaves none for this.
            Err(Stop::Budget(_) | Stop::Missing(_)) => Finish::Sound,
            Err(stop @ (Stop::Http(_) | Stop::Gone)) => Finish::NoAnswer(stop.words()),
        }
    }

    async fn run(&mut self, ids: &'static [&'static str]) -> Vec<Outcome> {
        self.session.freshen().await;
        let session = &mut self.session;
        match ids[0] {
            "lifetimes" => content_of(session),
            "weak-secret" => vec![self.guess().await],
            "refresh-as-access" => lifecycle::types(session).await,
            "query-token" => vec![surface::query_token(session).await],
            "cors" => vec![surface::cors(session).await],
            "caching" => vec![
                cache::caching(session).await,
                cache::token_caching(self.login.as_ref()),
                surface::plain_http(session),
            ],
            "debug" => vec![surface::debug(session).await],
            "malformed-header" => vec![surface::malformed_header(session).await],
            "scheme-case" => scheme::scheme(session).await,
            "expired" if session.signer.is_none() => vec![aged::expired(session).await],
            "refresh-reuse" => lifecycle::rotation(session).await,
            "logout" => lifecycle::logout(session).await,
            "refresh-race" if self.materials.race => lifecycle::race(session).await,
            "refresh-race" => vec![Outcome::skip("refresh-race", "only with --race")],
            "login-throttle" => login::login(session).await,
            id if KEYED.contains(&id) => vec![forged::with_key(session, id).await],
            id => vec![forged::unkeyed(session, id).await],
        }
    }

    /// Guesses the secret. A right guess is proved with a token of our own, and then used by the probes that
    /// need the key.
    async fn guess(&mut self) -> Outcome {
        const ID: &str = "weak-secret";
        let session = &mut self.session;
        let Some(good) = session.original.clone().filter(Original::is_hmac) else {
            return Outcome::skip(ID, "the access token has no HMAC");
        };
        let Some(search) = Search::new(&good.text()) else {
            return Outcome::skip(ID, "the access token's HMAC has no bytes to compare with");
        };
        let common = common();
        let tried = self.materials.guesses.len() + common.len() + 1;
        let found = std::iter::once("")
            .chain(common.iter().map(String::as_str))
            .chain(self.materials.guesses.iter().map(Secret::expose))
            .find(|guess| search.matches(guess.as_bytes()));
        let Some(secret) = found.map(Secret::new) else {
            return Outcome::new(ID, Verdict::Pass, format!("not among {tried} guesses"));
        };
        let length = secret.expose().len();
        session.wire.hide(&secret);
        let signer = Signer::Hmac(secret, good.algorithm.clone());
        let forgeries = keyed::resigned(&good, &signer);
        session.signer.get_or_insert(signer);
        let proof = forged::attempt(
            session,
            ID,
            forgeries,
            forged::Ask::Protected,
            Verdict::Fail,
        )
        .await;
        let shown = match proof.verdict {
            Verdict::Fail => "a token signed with it is accepted",
            _ => "a token signed with it is refused at the protected endpoint",
        };
        Outcome::new(
            ID,
            Verdict::Fail,
            format!(
                "guessed among {tried} ({length} bytes): anybody can sign a token for any user; {shown}"
            ),
        )
        .with(proof.evidence)
    }
}

/// The pair that the audit works with, and the reply to the login that it came with.
async fn enter(
    wire: &mut Wire,
    target: &Target,
    materials: &Materials,
) -> Result<(Pair, Option<Reply>), AuditError> {
    let Some((username, password)) = &materials.credentials else {
        let pair = materials.pair.clone();
        return pair
            .map(|pair| (pair, None))
            .ok_or(AuditError::NoToken { instead: None });
    };
    wire.hide(password);
    let reply = log_in(wire, target, username, password).await?;
    if !reply.status.is_success() {
        return Err(AuditError::LoginRefused {
            status: reply.status.as_u16(),
            reply: wire.evidence("", &reply).reply,
        });
    }
    let pair = target.pair_in(&reply).ok_or_else(|| AuditError::NoToken {
        instead: instead(&reply),
    })?;
    Ok((pair, Some(reply)))
}

/// What a login hands out that is no token in the body.
fn instead(reply: &Reply) -> Option<String> {
    let cookies: Vec<&str> = reply
        .headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|cookie| cookie.to_str().ok()?.split('=').next())
        .collect();
    if !cookies.is_empty() {
        return Some(format!(": it sets the cookies {}", cookies.join(", ")));
    }
    let media_type = reply.field("content-type")?;
    (!media_type.contains("json")).then(|| format!(": it is no JSON ({media_type})"))
}

fn content_of(session: &Session) -> Vec<Outcome> {
    let Some(access) = &session.original else {
        return ["lifetimes", "personal-data", "audience"]
            .map(|id| Outcome::skip(id, "the access token is no JWT"))
            .into();
    };
    let refresh = session.good.refresh.as_ref().and_then(Original::read);
    vec![
        content::lifetimes(access, refresh.as_ref()),
        content::personal_data(access),
        content::audience(access),
    ]
}

fn signer(materials: &Materials, good: &Original) -> Option<Signer> {
    if let Some(secret) = &materials.secret {
        return good
            .is_hmac()
            .then(|| Signer::Hmac(secret.clone(), good.algorithm.clone()));
    }
    Signer::for_key(materials.key.clone()?, &good.algorithm)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::audit::MAX_REQUESTS;
    use std::sync::Arc;

    #[test]
    fn the_whole_battery_without_a_key_fits_the_default_budget() {
        let network = crate::http::Network::new(&crate::http::Settings::default()).unwrap();
        let client = Client::new(Arc::new(network), "http://127.0.0.1/".parse().unwrap());
        let materials = Materials {
            credentials: Some(("alice".to_owned(), Secret::new("pw"))),
            other: Some(("bob".to_owned(), client)),
            ..Materials::default()
        };
        let all = Battery::select(&[], &[]).unwrap();
        let planned = Battery::planned(&all, &materials);
        assert!(planned <= MAX_REQUESTS, "{planned}");
        assert_eq!(Battery::select(&["nope".into()], &[]), Err("nope".into()));
    }
}
