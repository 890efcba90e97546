//! Whose count is it? Each dimension is changed by itself while the count is used up.

use std::net::IpAddr;

use serde::Serialize;

use super::super::shots::{Line, Shots, Stop};
use super::ask::{Answer, Asked, Known, ask};
use crate::http::{Method, Request};

/// What requests can be changed to.
#[derive(Debug, Clone, Default)]
pub struct Others {
    /// Other source addresses.
    pub addresses: Vec<IpAddr>,
    /// Other identities: names of logins, or `anon`.
    pub identities: Vec<String>,
    /// Other endpoints, as they are shown and as requests.
    pub endpoints: Vec<(String, Request)>,
}

/// What a count is keyed by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Scope {
    /// Dimensions in which another value has a count of its own.
    pub keyed_by: Vec<&'static str>,
    /// Dimensions that make no difference.
    pub not_keyed_by: Vec<&'static str>,
    /// Every question.
    pub asked: Vec<Asked>,
    /// Why it ended early.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
}

impl Scope {
    /// "per address and endpoint"; `None` where nothing made a difference.
    pub fn words(&self) -> Option<String> {
        let (last, before) = self.keyed_by.split_last()?;
        if before.is_empty() {
            return Some(format!("per {last}"));
        }
        Some(format!("per {} and {last}", before.join(", ")))
    }

    fn conclude(&mut self) {
        for dimension in [
            "address",
            "user",
            "endpoint",
            "method",
            "query",
            "connection",
        ] {
            let answers: Vec<Answer> = self
                .asked
                .iter()
                .filter(|asked| asked.dimension == dimension)
                .map(|asked| asked.answer)
                .collect();
            if answers.contains(&Answer::Fresh) {
                self.keyed_by.push(dimension);
            } else if answers.contains(&Answer::Same) {
                self.not_keyed_by.push(dimension);
            }
        }
    }
}

/// Asks in every dimension. Each question costs two requests, three where the answer is a fresh count.
pub async fn scope(
    shots: &mut Shots<'_>,
    known: &Known,
    request: &Request,
    others: &Others,
) -> (Scope, Option<Stop>) {
    let mut scope = Scope::default();
    let stop = ask_all(shots, known, request, others, &mut scope)
        .await
        .err();
    scope.stopped = stop.as_ref().map(ToString::to_string);
    scope.conclude();
    (scope, stop)
}

async fn ask_all(
    shots: &mut Shots<'_>,
    known: &Known,
    request: &Request,
    others: &Others,
    scope: &mut Scope,
) -> Result<(), Stop> {
    let plain = Line::default();
    let mut questions: Vec<(&'static str, String, Line, Request)> = Vec::new();
    for address in &others.addresses {
        let line = Line {
            source: Some(*address),
            ..Line::default()
        };
        questions.push(("address", address.to_string(), line, request.clone()));
    }
    for identity in &others.identities {
        let line = Line {
            who: identity.clone(),
            ..Line::default()
        };
        questions.push(("user", identity.clone(), line, request.clone()));
    }
    for (shown, other) in &others.endpoints {
        questions.push(("endpoint", shown.clone(), plain.clone(), other.clone()));
    }
    if request.method == Method::GET {
        for method in [Method::HEAD, Method::OPTIONS] {
            let mut changed = request.clone();
            changed.method = method.clone();
            questions.push(("method", method.to_string(), plain.clone(), changed));
        }
    }
    let mut changed = request.clone();
    changed.url.query_pairs_mut().append_pair("apictl", "1");
    questions.push(("query", "?apictl=1".to_owned(), plain.clone(), changed));
    let another = plain.numbered(1);
    questions.push((
        "connection",
        "new connection".to_owned(),
        another,
        request.clone(),
    ));
    for (dimension, variant, line, changed) in questions {
        let known = Known {
            passes: if changed.method == request.method {
                known.passes
            } else {
                200
            },
            ..*known
        };
        let answer = match ask(shots, &known, (&plain, request), (&line, &changed)).await {
            // An address that this machine does not have, or a login that cannot be used, answers nothing.
            Err(Stop::Line | Stop::Errors(_)) => Answer::Unsteady,
            other => other?,
        };
        scope.asked.push(Asked {
            dimension,
            variant,
            answer,
        });
    }
    Ok(())
}
