//! Forged tokens sent to the oracles.

use super::listener::Listener;
use super::oracle::Judged;
use super::original::Forgery;
use super::session::Session;
use super::verdict::{Outcome, Verdict};
use super::wire::Stop;
use super::{forge, keyed};

/// Which oracles are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// The protected endpoint.
    Protected,
    /// The protected endpoint, and the verify endpoint with the first forgery.
    Both,
}

/// Sends each forgery; `accepted` is the verdict when one is taken for good.
pub(super) async fn attempt(
    session: &mut Session,
    id: &'static str,
    forgeries: Vec<Forgery>,
    ask: Ask,
    accepted: Verdict,
) -> Outcome {
    let mut evidence = Vec::new();
    let (mut taken, mut crashed) = (Vec::new(), Vec::new());
    let mut stopped = None;
    let count = forgeries.len();
    'forgeries: for (index, forgery) in forgeries.into_iter().enumerate() {
        let protected = session.ask(&forgery.token, &forgery.label).await;
        let verify = if ask == Ask::Both && index == 0 {
            session.ask_verify(&forgery.token, &forgery.label).await
        } else {
            Ok(None)
        };
        for (answer, place) in [(protected.map(Some), ""), (verify, " at verify")] {
            match answer {
                Ok(None) => {}
                Ok(Some((judged, seen))) => {
                    let label = format!("{}{place}", forgery.label);
                    match judged {
                        Judged::Accepted => taken.push(label),
                        Judged::Crashed => crashed.push(label),
                        Judged::Refused => {}
                    }
                    evidence.push(seen);
                }
                Err(Stop::Http(error)) if session.is_up().await => {
                    crashed.push(format!("{} ({error})", forgery.label));
                }
                Err(stop) => {
                    stopped = Some(stop.words());
                    break 'forgeries;
                }
            }
        }
    }
    let outcome = if !taken.is_empty() {
        Outcome::new(id, accepted, format!("accepted: {}", taken.join("; ")))
    } else if !crashed.is_empty() {
        Outcome::new(
            id,
            Verdict::Crash,
            format!("not handled: {}", crashed.join("; ")),
        )
    } else if let Some(why) = stopped {
        Outcome::skip(id, why)
    } else {
        Outcome::new(id, Verdict::Pass, refused(count))
    };
    outcome.with(evidence)
}

fn refused(count: usize) -> String {
    match count {
        1 => "refused".to_owned(),
        count => format!("all {count} refused"),
    }
}

/// The probes that need no key of the server.
pub(super) async fn unkeyed(session: &mut Session, id: &'static str) -> Outcome {
    let Some(good) = session.original.clone() else {
        return Outcome::skip(id, "the access token is no JWT");
    };
    let own = match session.own_key(&good) {
        Ok(own) => own,
        Err(why) => return Outcome::skip(id, why),
    };
    let (forgeries, ask) = match id {
        "signature-stripped" => (forge::stripped(&good), Ask::Both),
        "payload-tampered" => (forge::tampered(&good), Ask::Protected),
        "other-key" => (forge::other_key(&good, &own), Ask::Both),
        "alg-none" => (forge::alg_none(&good), Ask::Both),
        "embedded-jwk" => (forge::embedded_jwk(&good, &own), Ask::Protected),
        "kid-injection" => (forge::kid(&good), Ask::Protected),
        "jku-x5u" => return fetched(session, id).await,
        "base64-forms" => {
            let forms = forge::base64_forms(&good);
            return attempt(session, id, forms, Ask::Protected, Verdict::Warn).await;
        }
        _ => {
            if good.is_hmac() {
                return Outcome::skip(
                    id,
                    format!(
                        "there is no public key: the token is signed with {}",
                        good.algorithm
                    ),
                );
            }
            let forgeries: Vec<Forgery> = session
                .public_keys
                .iter()
                .flat_map(|pem| forge::confusion(&good, pem))
                .chain(
                    session
                        .key_documents
                        .iter()
                        .map(|document| forge::confusion_by_document(&good, document)),
                )
                .collect();
            if forgeries.is_empty() {
                return Outcome::skip(
                    id,
                    "the public key is not known (--public-key FILE, --jwks-url URL)",
                );
            }
            (forgeries, Ask::Both)
        }
    };
    attempt(session, id, forgeries, ask, Verdict::Fail).await
}

/// `jku` and `x5u` that point at ourselves. A visit is a fault even when the token is then refused.
async fn fetched(session: &mut Session, id: &'static str) -> Outcome {
    let Some(good) = session.original.clone() else {
        return Outcome::skip(id, "the access token is no JWT");
    };
    if !session.target.is_loopback() {
        return Outcome::skip(
            id,
            "only for servers on this machine, which can reach our listener",
        );
    }
    let own = match session.own_key(&good) {
        Ok(own) => own,
        Err(why) => return Outcome::skip(id, why),
    };
    let listener = match Listener::start(forge::key_set(&own)).await {
        Ok(listener) => listener,
        Err(error) => return Outcome::skip(id, format!("no listener: {error}")),
    };
    let forgeries = forge::fetched(&good, &own, listener.address());
    let mut outcome = attempt(session, id, forgeries, Ask::Protected, Verdict::Fail).await;
    let hits = listener.hits();
    if hits > 0 {
        let before = outcome.message;
        outcome.verdict = Verdict::Fail;
        outcome.message =
            format!("the server fetched {hits} times from the address in the token; {before}");
    }
    outcome
}

/// The probes that need the server's key.
pub(super) async fn with_key(session: &mut Session, id: &'static str) -> Outcome {
    let Some(good) = session.original.clone() else {
        return Outcome::skip(id, "the access token is no JWT");
    };
    let Some(signer) = session.signer.clone() else {
        return Outcome::skip(id, "needs the signing key (--secret-file or --key)");
    };
    if !session.signer_is_proved {
        let again = keyed::resigned(&good, &signer);
        let proof = attempt(session, id, again, Ask::Protected, Verdict::Pass).await;
        if !proof.message.starts_with("accepted") {
            session.signer = None;
            return Outcome::skip(
                id,
                format!(
                    "a token signed with the given key is not accepted: {}",
                    proof.message
                ),
            );
        }
        session.signer_is_proved = true;
    }
    let now = session.now;
    let (forgeries, accepted) = match id {
        "expired" => (keyed::expired(&good, &signer, now), Verdict::Fail),
        "not-yet-valid" => (keyed::not_yet_valid(&good, &signer, now), Verdict::Fail),
        "no-exp" => (keyed::no_exp(&good, &signer), Verdict::Fail),
        "type-missing" => (keyed::type_missing(&good, &signer), Verdict::Fail),
        "wrong-audience" => (keyed::wrong_audience(&good, &signer), Verdict::Fail),
        "crit-ignored" => (keyed::crit(&good, &signer), Verdict::Warn),
        "alg-switch" => (keyed::alg_switch(&good, &signer), Verdict::Fail),
        "duplicate-keys" => (keyed::duplicate_keys(&good, &signer), Verdict::Warn),
        _ => (keyed::odd_claims(&good, &signer), Verdict::Warn),
    };
    if forgeries.is_empty() {
        let why = match id {
            "wrong-audience" => "the token has no aud and no iss",
            "type-missing" => "the token has no token_type",
            _ => "only for HMAC",
        };
        return Outcome::skip(id, why);
    }
    attempt(session, id, forgeries, Ask::Protected, accepted).await
}
