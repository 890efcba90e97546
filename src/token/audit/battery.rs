//! The whole battery, one outcome at a time.

use std::collections::VecDeque;

use super::catalogue::{PROBES, find};
use super::oracle::{AuditError, Oracle, with_token};
use super::original::{Original, Signer};
use super::session::{Session, log_in};
use super::stages::{KEYED, Stage, planned, stages_of};
use super::target::{Materials, Target};
use super::verdict::{Outcome, Verdict};
use super::wire::{Stop, Wire};
use super::{content, forged, guess, lifecycle, login, surface};
use crate::http::{Client, Reply};
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
        target: Target,
        materials: Materials,
        wanted: Vec<&'static str>,
    ) -> Result<Self, AuditError> {
        let mut wire = Wire::new(client, materials.max_requests);
        let mut login = None;
        let good = match (&materials.credentials, &materials.pair) {
            (Some((username, password)), _) => {
                wire.hide(password);
                let reply = log_in(&mut wire, &target, username, password).await?;
                if !reply.status.is_success() {
                    let shown = wire.evidence("", &reply);
                    return Err(AuditError::LoginRefused {
                        status: reply.status.as_u16(),
                        reply: shown.reply,
                    });
                }
                let pair = target.pair_in(&reply).ok_or(AuditError::NoToken)?;
                login = Some(reply);
                pair
            }
            (None, Some(pair)) => pair.clone(),
            (None, None) => return Err(AuditError::NoToken),
        };
        wire.hide(&good.access);
        if let Some(refresh) = &good.refresh {
            wire.hide(refresh);
        }
        let oracle = Oracle::learn(&mut wire, &target, &good.access).await?;
        let original = Original::read(&good.access);
        let session = Session {
            wire,
            target,
            credentials: materials.credentials.clone(),
            original: original.clone(),
            good,
            public_keys: materials.public_keys.clone(),
            signer: original.and_then(|good| signer(&materials, &good)),
            signer_is_proved: false,
            rotates: None,
            now: materials.now,
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

    /// Whether the good token is still accepted: if not, its refusals prove nothing. A reason against.
    pub async fn doubt(&mut self) -> Option<String> {
        let session = &mut self.session;
        let request = with_token(&session.target, &session.good.access);
        match session.wire.send(request).await {
            Ok(reply) if reply.status.is_success() => None,
            Ok(reply) => Some(format!(
                "the good token is answered {} by now",
                reply.status.as_u16()
            )),
            // Nothing was refused for this reason: a used-up budget or throttle shows in the probes.
            Err(Stop::Budget(_) | Stop::Throttled) => None,
            Err(stop) => Some(stop.words()),
        }
    }

    async fn run(&mut self, ids: &'static [&'static str]) -> Vec<Outcome> {
        let session = &mut self.session;
        match ids[0] {
            "lifetimes" => content_of(session),
            "weak-secret" => vec![self.guess()],
            "refresh-as-access" => lifecycle::types(session).await,
            "query-token" => vec![surface::query_token(session).await],
            "cors" => vec![surface::cors(session).await],
            "caching" => vec![
                surface::caching(session),
                surface::token_caching(self.login.as_ref()),
                surface::plain_http(session),
            ],
            "debug" => vec![surface::debug(session).await],
            "malformed-header" => vec![surface::malformed_header(session).await],
            "scheme-case" => vec![surface::scheme_case(session).await],
            "refresh-reuse" => lifecycle::rotation(session).await,
            "logout" => lifecycle::logout(session).await,
            "refresh-race" if self.materials.race => lifecycle::race(session).await,
            "refresh-race" => vec![Outcome::skip("refresh-race", "only with --race")],
            "login-throttle" => login::login(session).await,
            id if KEYED.contains(&id) => vec![forged::with_key(session, id).await],
            id => vec![forged::unkeyed(session, id).await],
        }
    }

    /// Guesses the secret; a right guess is then used by the probes that need the key.
    fn guess(&mut self) -> Outcome {
        const ID: &str = "weak-secret";
        let Some(good) = self.session.original.as_ref().filter(|good| good.is_hmac()) else {
            return Outcome::skip(ID, "the access token has no HMAC");
        };
        let given = self.materials.guesses.iter().map(Secret::expose);
        let tried = self.materials.guesses.len() + guess::COMMON.len();
        match guess::search(good, guess::COMMON.iter().copied().chain(given)) {
            None => Outcome::new(ID, Verdict::Pass, format!("not among {tried} guesses")),
            Some(secret) => {
                let secret = Secret::new(secret);
                let length = secret.expose().len();
                self.session.wire.hide(&secret);
                self.session
                    .signer
                    .get_or_insert(Signer::Hmac(secret, good.algorithm.clone()));
                Outcome::new(
                    ID,
                    Verdict::Fail,
                    format!(
                        "guessed among {tried} ({length} bytes): anybody can sign a token for any user"
                    ),
                )
            }
        }
    }
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

    #[test]
    fn the_whole_battery_without_a_key_fits_the_default_budget() {
        let materials = Materials {
            credentials: Some(("alice".to_owned(), Secret::new("pw"))),
            ..Materials::default()
        };
        let all = Battery::select(&[], &[]).unwrap();
        let planned = Battery::planned(&all, &materials);
        assert!(planned <= 60, "{planned}");
        assert_eq!(Battery::select(&["nope".into()], &[]), Err("nope".into()));
    }
}
