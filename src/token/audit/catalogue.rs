//! The probes: what each attacks, where the right answer is written, what cures a fault. Pure.

/// One probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probe {
    /// A stable name.
    pub id: &'static str,
    /// What is tried.
    pub title: &'static str,
    /// Where the right answer is written.
    pub reference: &'static str,
    /// What to change in the project.
    pub cure: &'static str,
}

const fn probe(
    id: &'static str,
    title: &'static str,
    reference: &'static str,
    cure: &'static str,
) -> Probe {
    Probe {
        id,
        title,
        reference,
        cure,
    }
}

const DECODE: &str = "let rest_framework_simplejwt's JWTAuthentication read the token; if your own code must, call jwt.decode(token, key, algorithms=[ONE]) and never with verify_signature switched off";
const PIN: &str = "pin one algorithm: SIMPLE_JWT[\"ALGORITHM\"], or algorithms=[ONE] in jwt.decode, and never take it from the token's header";
const KEYS: &str = "take keys from settings (SIGNING_KEY, VERIFYING_KEY, JWK_URL) and never from the token's header";
const CLAIMS: &str =
    "keep verify_exp and verify_nbf on, require exp, and keep SIMPLE_JWT[\"LEEWAY\"] small";
const TYPE: &str = "check the type claim: AUTH_TOKEN_CLASSES with AccessToken only, TOKEN_TYPE_CLAIM left at \"token_type\"";
const LOGOUT: &str = "add \"rest_framework_simplejwt.token_blacklist\" to INSTALLED_APPS and run migrate; without the app the endpoint answers 200 and does nothing";
const CRASH: &str =
    "catch what the decoder and the user lookup raise, and answer 401; upgrade simplejwt and PyJWT";

/// Every probe, in the order of the battery.
pub const PROBES: &[Probe] = &[
    probe(
        "lifetimes",
        "life of access and refresh tokens",
        "RFC 9700 §4.14",
        "ACCESS_TOKEN_LIFETIME of at most 15 minutes, REFRESH_TOKEN_LIFETIME of at most 14 days",
    ),
    probe(
        "personal-data",
        "personal data in the claims",
        "RFC 7519 §12",
        "put an identifier into the token and read the rest from the database: claims are readable by anybody who holds the token",
    ),
    probe(
        "audience",
        "audience and issuer in the claims",
        "RFC 8725 §3.8, §3.9",
        "set SIMPLE_JWT[\"AUDIENCE\"] and SIMPLE_JWT[\"ISSUER\"]: without them each service that shares the key accepts the others' tokens",
    ),
    probe(
        "weak-secret",
        "guessing the HMAC secret, offline",
        "RFC 8725 §3.5",
        "SIMPLE_JWT[\"SIGNING_KEY\"] of at least 32 random bytes from the environment: python -c 'import secrets; print(secrets.token_urlsafe(64))'",
    ),
    probe(
        "signature-stripped",
        "signature removed, cut short, changed",
        "RFC 8725 §3.3",
        DECODE,
    ),
    probe(
        "payload-tampered",
        "claims changed under the old signature",
        "RFC 8725 §3.3",
        DECODE,
    ),
    probe(
        "other-key",
        "signed with a key of our own",
        "RFC 8725 §3.3",
        DECODE,
    ),
    probe(
        "alg-none",
        "alg none in four spellings, and left out",
        "RFC 8725 §3.1",
        PIN,
    ),
    probe(
        "alg-confusion",
        "HMAC with the public key as its secret",
        "RFC 8725 §2.1",
        PIN,
    ),
    probe(
        "embedded-jwk",
        "a key of our own in the header's jwk",
        "RFC 8725 §3.10",
        KEYS,
    ),
    probe(
        "jku-x5u",
        "a key of our own behind jku and x5u",
        "RFC 8725 §3.10",
        KEYS,
    ),
    probe(
        "kid-injection",
        "kid as a path, and an empty key",
        "RFC 8725 §3.10",
        KEYS,
    ),
    probe(
        "base64-forms",
        "the same token in another spelling",
        "RFC 7515 §2",
        "compare tokens by jti and never by their text where they are blocked",
    ),
    probe(
        "refresh-as-access",
        "refresh token used as an access token",
        "RFC 8725 §3.12",
        TYPE,
    ),
    probe(
        "access-as-refresh",
        "access token used as a refresh token",
        "RFC 8725 §3.12",
        TYPE,
    ),
    probe("expired", "an expired token", "RFC 7519 §4.1.4", CLAIMS),
    probe(
        "not-yet-valid",
        "a token whose nbf is to come",
        "RFC 7519 §4.1.5",
        CLAIMS,
    ),
    probe("no-exp", "a token that never ends", "RFC 8725 §3.9", CLAIMS),
    probe(
        "type-missing",
        "a token without its type",
        "RFC 8725 §3.12",
        TYPE,
    ),
    probe(
        "wrong-audience",
        "another audience, another issuer",
        "RFC 8725 §3.8, §3.9",
        "keep SIMPLE_JWT[\"AUDIENCE\"] and SIMPLE_JWT[\"ISSUER\"] set and verified",
    ),
    probe(
        "crit-ignored",
        "an unknown critical header",
        "RFC 7515 §4.1.11",
        "upgrade PyJWT: it refuses an unknown crit",
    ),
    probe(
        "alg-switch",
        "another HMAC of the same secret",
        "RFC 8725 §3.1",
        PIN,
    ),
    probe(
        "duplicate-keys",
        "a header with alg twice",
        "RFC 7515 §4",
        "harmless by itself where no proxy reads tokens, too; a strict JSON parser refuses it",
    ),
    probe(
        "odd-claims",
        "claims of the wrong kind",
        "RFC 7519 §4.1",
        CRASH,
    ),
    probe(
        "malformed-header",
        "Authorization without a token, with two",
        "RFC 6750 §3",
        CRASH,
    ),
    probe(
        "scheme-case",
        "the scheme in lower case",
        "RFC 9110 §11.1",
        "clients must write the scheme as in SIMPLE_JWT[\"AUTH_HEADER_TYPES\"], which can list \"bearer\" as well",
    ),
    probe(
        "scheme-spacing",
        "the token without a scheme, without a space",
        "RFC 9110 §11.4",
        "split the field at its space and compare the scheme: JWTAuthentication does",
    ),
    probe(
        "query-token",
        "the token in the query string",
        "RFC 9700 §4.3.2",
        "take tokens from the Authorization header only: URLs end up in logs and referrers",
    ),
    probe(
        "cors",
        "credentials for any origin",
        "Fetch §3.3.3",
        "CORS_ALLOWED_ORIGINS with the origins you own; never CORS_ALLOW_ALL_ORIGINS together with CORS_ALLOW_CREDENTIALS",
    ),
    probe(
        "caching",
        "whether shared caches may keep a protected reply",
        "RFC 9111 §3.5",
        "Cache-Control: private or no-store on replies that depend on the user (never_cache, cache_control); with cache_page also vary_on_headers(\"Authorization\"); keys of your own caches must name the user",
    ),
    probe(
        "token-caching",
        "whether caches may keep the reply with the tokens",
        "RFC 6749 §5.1",
        "never_cache on the token views: the reply that carries tokens must say Cache-Control: no-store",
    ),
    probe(
        "debug",
        "DEBUG pages",
        "Django deployment checklist",
        "DEBUG = False in production",
    ),
    probe(
        "plain-http",
        "tokens over plain http",
        "RFC 6750 §5.3",
        "serve https only: SECURE_SSL_REDIRECT, SECURE_HSTS_SECONDS",
    ),
    probe(
        "refresh-reuse",
        "a refresh token used twice",
        "RFC 9700 §4.14.2",
        "ROTATE_REFRESH_TOKENS and BLACKLIST_AFTER_ROTATION, with \"rest_framework_simplejwt.token_blacklist\" in INSTALLED_APPS",
    ),
    probe(
        "refresh-race",
        "one refresh token used eight times at once",
        "RFC 9700 §4.14.2",
        "rotation in simplejwt is not atomic: lock the row of the token (select_for_update) in a serializer of your own",
    ),
    probe("logout", "refresh after logout", "RFC 7009 §2", LOGOUT),
    probe(
        "verify-after-logout",
        "verify after logout",
        "RFC 7662 §2.2",
        "BLACKLIST_AFTER_ROTATION = True makes the verify endpoint look at the blacklist; never take verify as a proof of a session",
    ),
    probe(
        "access-after-logout",
        "access token after logout",
        "RFC 7009 §3",
        "short ACCESS_TOKEN_LIFETIME: nothing revokes an access token",
    ),
    probe(
        "login-throttle",
        "wrong passwords in a row, for a user who does not exist",
        "OWASP ASVS 2.2.1",
        "throttle the login: TokenObtainPairView with throttle_scope, ScopedRateThrottle and a rate such as 5/min",
    ),
    probe(
        "user-enumeration",
        "telling known users from unknown ones",
        "OWASP ASVS 2.2.1",
        "answer unknown users and wrong passwords alike, and hash a password for both",
    ),
];

/// The probe of that name.
pub(super) fn find(id: &str) -> Option<&'static Probe> {
    PROBES.iter().find(|probe| probe.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_probe_has_a_name_of_its_own() {
        for (index, probe) in PROBES.iter().enumerate() {
            assert!(
                PROBES[..index].iter().all(|other| other.id != probe.id),
                "{}",
                probe.id
            );
        }
        assert!(find("alg-none").is_some() && find("nonsense").is_none());
    }
}
