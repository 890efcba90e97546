//! Keys and policy made ready once; tokens judged one by one.

use serde_json::{Map, Value};

use crate::jwt::algorithm::Algorithm;
use crate::jwt::json;
use crate::jwt::key::Key;
use crate::jwt::segments::{self, Malformed, Segment, Segments};

use super::claims;
use super::policy::Policy;
use super::quick::Worker;
use super::signature::Checker;
use super::verdict::{Check, Reason, Verdict};

/// Why keys and policy do not go together; no token was looked at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifierError {
    /// There is no key, or none for signatures.
    #[error("there is no key for signatures")]
    NoKey,
    /// Every key is too weak for its algorithms.
    #[error("{0}")]
    WeakKey(String),
    /// The key says that it is for an algorithm that is not known here, or not of its kind.
    #[error(
        "the {key} says that it is for {alg:?}, which is no signature algorithm of its kind known here"
    )]
    UnknownAlgorithm {
        /// The key, in words.
        key: String,
        /// What its `alg` says.
        alg: String,
    },
    /// The algorithms asked for are of another kind than the keys.
    #[error("{pinned} cannot be used with the {key}, which allows {allowed}")]
    WrongKind {
        /// The algorithms asked for.
        pinned: String,
        /// The key, in words.
        key: String,
        /// The algorithms it allows.
        allowed: String,
    },
}

/// A key of the set with its algorithms.
pub(crate) struct Candidate {
    kid: Option<String>,
    kind: String,
    checkers: Vec<Checker>,
    weakness: Option<String>,
}

/// Judges tokens.
pub struct Verifier {
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) policy: Policy,
}

impl Verifier {
    /// Makes keys ready under a policy. The algorithms are those of each key, or those of the policy
    /// that the key allows.
    pub fn new(keys: &[Key], policy: Policy) -> Result<Self, VerifierError> {
        let usable: Vec<&Key> = keys
            .iter()
            .filter(|key| key.usage.as_deref() != Some("enc"))
            .collect();
        let Some(first) = usable.first() else {
            return Err(VerifierError::NoKey);
        };
        let candidates: Vec<Candidate> = usable.iter().map(|key| candidate(key, &policy)).collect();
        if candidates
            .iter()
            .all(|candidate| candidate.checkers.is_empty())
        {
            if let Some(weakness) = candidates
                .into_iter()
                .find_map(|candidate| candidate.weakness)
            {
                return Err(VerifierError::WeakKey(weakness));
            }
            if let Some(alg) = first.alg.as_ref().filter(|_| first.algorithms().is_empty()) {
                return Err(VerifierError::UnknownAlgorithm {
                    key: first.kind(),
                    alg: alg.clone(),
                });
            }
            return Err(VerifierError::WrongKind {
                pinned: named(&policy.algorithms),
                key: first.kind(),
                allowed: named(&first.algorithms()),
            });
        }
        Ok(Self { candidates, policy })
    }

    /// A worker for many tokens; each thread has its own.
    pub fn worker(&self) -> Worker<'_> {
        Worker::new(self)
    }

    /// Judges a token at `now`, in seconds since 1970, with every check that can be made.
    pub fn verify(&self, token: &str, now: f64) -> Verdict {
        let mut checks = Vec::new();
        if let Err(fault) = self.judge(token.trim(), now, &mut checks) {
            let reason = match fault {
                Malformed::Encrypted => Reason::Encrypted,
                _ => Reason::Malformed,
            };
            checks.insert(0, Check::fail("format", reason, fault.to_string()));
        }
        Verdict { checks }
    }

    /// Makes all checks; an error is a fault of the format, which hides as few of them as it can.
    fn judge(&self, token: &str, now: f64, checks: &mut Vec<Check>) -> Result<(), Malformed> {
        let Segments::Signed {
            header,
            claims,
            signature,
            signed,
        } = segments::split(token)?
        else {
            return Err(Malformed::Encrypted);
        };
        let signature = signature.ok_or(Malformed::Count(2))?;
        let header = unambiguous(header, Segment::Header)?;
        checks.extend(extensions(&header));
        let signature = segments::strict(signature, Segment::Signature)?;
        match self.choose(&header) {
            Ok(chosen) => checks.extend(signature_check(&chosen, signed.as_bytes(), &signature)),
            Err(check) => checks.push(check),
        }
        let claims = unambiguous(claims, Segment::Claims)?;
        checks.insert(
            0,
            Check::pass("format", "three segments, each as it should be"),
        );
        checks.extend(claims::check(&claims, &self.policy, now));
        Ok(())
    }

    /// The keys that may have signed a token with this header.
    pub(crate) fn choose<'v>(
        &'v self,
        header: &Map<String, Value>,
    ) -> Result<Vec<(&'v Candidate, &'v Checker)>, Check> {
        let named = self.named_by(header)?;
        let alg = match header.get("alg") {
            Some(Value::String(alg)) => alg.as_str(),
            _ => {
                return Err(Check::fail(
                    "algorithm",
                    Reason::Algorithm,
                    "the header names no algorithm",
                ));
            }
        };
        let algorithm: Option<Algorithm> = alg.parse().ok();
        let chosen: Vec<(&Candidate, &Checker)> = named
            .iter()
            .flat_map(|candidate| {
                candidate
                    .checkers
                    .iter()
                    .map(move |checker| (*candidate, checker))
            })
            .filter(|(_, checker)| Some(checker.algorithm) == algorithm)
            .collect();
        if !chosen.is_empty() {
            return Ok(chosen);
        }
        Err(Check::fail(
            "algorithm",
            Reason::Algorithm,
            refusal(alg, &named),
        ))
    }

    /// The keys that the header's `kid` leaves: those of that name and those without any.
    fn named_by<'v>(&'v self, header: &Map<String, Value>) -> Result<Vec<&'v Candidate>, Check> {
        let Some(kid) = header.get("kid") else {
            return Ok(self.candidates.iter().collect());
        };
        let is = |candidate: &&Candidate| candidate.kid.as_deref() == kid.as_str();
        let exact: Vec<&Candidate> = self
            .candidates
            .iter()
            .filter(|c| c.kid.is_some())
            .filter(is)
            .collect();
        if !exact.is_empty() {
            return Ok(exact);
        }
        let nameless: Vec<&Candidate> =
            self.candidates.iter().filter(|c| c.kid.is_none()).collect();
        if !nameless.is_empty() {
            return Ok(nameless);
        }
        let names: Vec<String> = self
            .candidates
            .iter()
            .filter_map(|c| c.kid.clone())
            .collect();
        Err(Check::fail(
            "key",
            Reason::Key,
            format!(
                "the token names the key {kid}, the keys at hand are {}",
                names.join(", ")
            ),
        ))
    }
}

fn candidate(key: &Key, policy: &Policy) -> Candidate {
    let mut weakness = None;
    let checkers = key
        .algorithms()
        .into_iter()
        .filter(|algorithm| policy.algorithms.is_empty() || policy.algorithms.contains(algorithm))
        .filter(|algorithm| match key.weakness(*algorithm) {
            Some(why) if !policy.allow_weak_key => {
                weakness.get_or_insert(why);
                false
            }
            _ => true,
        })
        .filter_map(|algorithm| Checker::new(key, algorithm))
        .collect();
    Candidate {
        kid: key.kid.clone(),
        kind: key.kind(),
        checkers,
        weakness,
    }
}

fn named(algorithms: &[Algorithm]) -> String {
    let names: Vec<&str> = algorithms
        .iter()
        .map(|algorithm| algorithm.name())
        .collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

/// Why no key takes the header's algorithm.
fn refusal(alg: &str, candidates: &[&Candidate]) -> String {
    if alg.eq_ignore_ascii_case("none") {
        return format!("alg is {alg:?}: the token is not signed");
    }
    let allowed: Vec<Algorithm> = candidates
        .iter()
        .flat_map(|candidate| candidate.checkers.iter().map(|checker| checker.algorithm))
        .collect();
    let mut words = match candidates {
        [one] => format!(
            "alg is {alg:?}, the {} allows {}",
            one.kind,
            named(&allowed)
        ),
        _ => format!("alg is {alg:?}, the keys allow {}", named(&allowed)),
    };
    if let Some(weakness) = candidates
        .iter()
        .find_map(|candidate| candidate.weakness.as_deref())
    {
        words += &format!(" ({weakness})");
    }
    words
}

/// RFC 7515 §4.1.11: a reader that does not understand a critical extension refuses the token. None
/// is understood here, so any `crit` refuses; so does `b64` (RFC 7797), which must be critical.
pub(crate) fn extensions(header: &Map<String, Value>) -> Option<Check> {
    if let Some(crit) = header.get("crit") {
        return Some(Check::fail(
            "crit",
            Reason::Crit,
            format!("crit is {crit}: the token demands extensions that are not known here"),
        ));
    }
    let b64 = header.get("b64")?;
    Some(Check::fail(
        "crit",
        Reason::Crit,
        format!("b64 is {b64}: unencoded payloads are not accepted"),
    ))
}

fn signature_check(
    chosen: &[(&Candidate, &Checker)],
    signed: &[u8],
    signature: &[u8],
) -> Vec<Check> {
    let algorithm = chosen
        .first()
        .map(|(_, checker)| checker.algorithm.name())
        .unwrap_or_default();
    let mut checks = vec![Check::pass(
        "algorithm",
        format!("{algorithm}, allowed by the key"),
    )];
    let matching = chosen
        .iter()
        .find(|(_, checker)| checker.verifies(signed, signature));
    checks.push(match matching {
        Some((candidate, _)) => {
            let name = candidate
                .kid
                .as_ref()
                .map(|kid| format!(" {kid:?}"))
                .unwrap_or_default();
            Check::pass(
                "signature",
                format!("good, by the {}{name}", candidate.kind),
            )
        }
        None => Check::fail("signature", Reason::Signature, wrong_signature(chosen)),
    });
    checks
}

fn wrong_signature(chosen: &[(&Candidate, &Checker)]) -> String {
    match chosen {
        [(one, _)] => format!("the signature does not match the {}", one.kind),
        many => format!("the signature matches none of {} keys", many.len()),
    }
}

/// The JSON object of a segment, read strictly. Names that verification reads must not occur twice:
/// two readers could see two tokens.
fn unambiguous(part: &str, segment: Segment) -> Result<Map<String, Value>, Malformed> {
    const READ: [&str; 12] = [
        "alg",
        "crit",
        "b64",
        "kid",
        "exp",
        "nbf",
        "iat",
        "iss",
        "aud",
        "sub",
        "jti",
        "token_type",
    ];
    let bytes = segments::strict(part, segment)?;
    let map = json::object(&bytes, segment)?;
    let repeated: Vec<String> =
        json::repeated_members(std::str::from_utf8(&bytes).unwrap_or_default())
            .into_iter()
            .filter(|name| READ.contains(&name.as_str()))
            .collect();
    if repeated.is_empty() {
        return Ok(map);
    }
    let names = repeated.join(", ");
    Err(Malformed::Json(
        segment,
        format!("{names} occurs more than once"),
    ))
}
