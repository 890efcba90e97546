//! The order of the battery and what it costs. Pure.

use super::login::TRIES;
use super::target::Materials;

/// A step of the battery: what it costs at most, and the probes it decides.
pub(super) type Stage = (u32, &'static [&'static str]);

/// In the order of the battery: what needs the good token first, what spoils it or the throttle last.
const STAGES: &[Stage] = &[
    (0, &["lifetimes", "personal-data", "audience"]),
    (1, &["weak-secret"]),
    (5, &["signature-stripped"]),
    (1, &["payload-tampered"]),
    (2, &["other-key"]),
    (7, &["alg-none"]),
    (5, &["alg-confusion"]),
    (2, &["embedded-jwk"]),
    (2, &["jku-x5u"]),
    (2, &["kid-injection"]),
    (2, &["refresh-as-access", "access-as-refresh"]),
    (2, &["query-token"]),
    (1, &["cors"]),
    (2, &["caching", "token-caching", "plain-http"]),
    (1, &["debug"]),
    (3, &["malformed-header"]),
    (3, &["scheme-case", "scheme-spacing"]),
    (3, &["expired"]),
    (1, &["not-yet-valid"]),
    (2, &["no-exp"]),
    (1, &["type-missing"]),
    (2, &["wrong-audience"]),
    (1, &["crit-ignored"]),
    (2, &["alg-switch"]),
    (1, &["duplicate-keys"]),
    (5, &["odd-claims"]),
    (2, &["base64-forms"]),
    (3, &["refresh-reuse"]),
    (5, &["logout", "verify-after-logout", "access-after-logout"]),
    (super::lifecycle::RACERS + 1, &["refresh-race"]),
    (TRIES + 1, &["login-throttle", "user-enumeration"]),
];

/// Requests before the first probe and after the last forgery: a login, the baseline, the good token again.
const FRAME: u32 = 7;

/// The probes that need the signing key.
pub(super) const KEYED: &[&str] = &[
    "expired",
    "not-yet-valid",
    "no-exp",
    "type-missing",
    "wrong-audience",
    "crit-ignored",
    "alg-switch",
    "duplicate-keys",
    "odd-claims",
];

/// The most requests where nobody says: enough for a login and a second one, without keys.
pub const MAX_REQUESTS: u32 = 64;

/// The most requests that a selection of probes sends.
pub(super) fn planned(stages: &[Stage], materials: &Materials) -> u32 {
    let has_key = materials.key.is_some() || materials.secret.is_some();
    let needed = |(cost, ids): &Stage| match ids[0] {
        "expired" if !has_key && materials.old_token.is_some() => 1,
        "expired" if !has_key && materials.credentials.is_some() => 2,
        id if KEYED.contains(&id) && !has_key => 0,
        "alg-confusion" => {
            cost * count_of(&materials.public_keys) + count_of(&materials.key_documents)
        }
        "caching" if materials.other.is_none() => 0,
        "refresh-race" if !materials.race => 0,
        "refresh-reuse" | "logout" if materials.credentials.is_none() => 0,
        _ => *cost,
    };
    FRAME + stages.iter().map(needed).sum::<u32>()
}

fn count_of<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// The stages that decide one of these probes.
pub(super) fn stages_of(wanted: &[&'static str]) -> Vec<Stage> {
    STAGES
        .iter()
        .filter(|(_, ids)| ids.iter().any(|id| wanted.contains(id)))
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::audit::catalogue::PROBES;

    #[test]
    fn every_probe_is_decided_by_one_stage() {
        for probe in PROBES {
            let stages = STAGES
                .iter()
                .filter(|(_, ids)| ids.contains(&probe.id))
                .count();
            assert_eq!(stages, 1, "{}", probe.id);
        }
        let ids: usize = STAGES.iter().map(|(_, ids)| ids.len()).sum();
        assert_eq!(ids, PROBES.len());
    }
}
