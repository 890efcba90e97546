//! What can be switched: the settings of Django REST framework and simplejwt that change replies.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::rate::Rate;

use super::clock::Clock;
use super::faults::Fault;
use super::keys::SigningKey;
use super::limiter::Limiter;
use super::profile::Profile;

/// The settings of a server. The defaults are those of a stock project.
#[derive(Debug, Clone)]
pub struct Config {
    /// How many products there are; computed, never stored.
    pub products: u64,
    /// `PAGE_SIZE`.
    pub page_size: u64,
    /// The most that `page_size` and `limit` in a query may ask for.
    pub max_page_size: u64,
    /// `DEFAULT_THROTTLE_RATES` by scope: `anon`, `user`, `throttled_anon`, `throttled_user`, `uploads`,
    /// `burst`, `sustained`, `twice_minute`, `twice_second`. A scope that is not here is not limited.
    pub throttles: BTreeMap<String, Rate>,
    /// `NUM_PROXIES`: how many entries of `X-Forwarded-For` are trusted; `None` takes the whole header.
    pub num_proxies: Option<usize>,
    /// Processes that each count for themselves.
    pub workers: usize,
    /// The tokens.
    pub jwt: Jwt,
    /// How `throttles` are enforced and announced.
    pub limiter: Limiter,
    /// What goes wrong.
    pub faults: Vec<Fault>,
    /// Which release is imitated.
    pub drf: Profile,
    /// What middleware adds.
    pub extras: Extras,
    /// What time it is.
    pub clock: Clock,
}

/// What middleware adds to replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extras {
    /// `Server-Timing` with the number of SQL queries, as the Debug Toolbar sends it.
    pub server_timing: bool,
    /// `ETag` on replies to GET, and 304 for those who have them (`ConditionalGetMiddleware`).
    pub etag: bool,
    /// Compression of bodies from 200 bytes on (`GZipMiddleware`).
    pub gzip: bool,
}

/// The settings of simplejwt.
#[derive(Debug, Clone)]
pub struct Jwt {
    /// `ACCESS_TOKEN_LIFETIME`, and `SLIDING_TOKEN_LIFETIME`.
    pub access_lifetime: Duration,
    /// `REFRESH_TOKEN_LIFETIME`, and `SLIDING_TOKEN_REFRESH_LIFETIME`.
    pub refresh_lifetime: Duration,
    /// `ROTATE_REFRESH_TOKENS`.
    pub rotate: bool,
    /// `BLACKLIST_AFTER_ROTATION`.
    pub blacklist_after_rotation: bool,
    /// Whether the app `token_blacklist` is installed.
    pub blacklist_app: bool,
    /// `AUTH_HEADER_TYPES`.
    pub header_types: Vec<String>,
    /// How tokens are signed.
    pub key: SigningKey,
    /// `ISSUER`.
    pub issuer: Option<String>,
    /// `AUDIENCE`.
    pub audience: Option<String>,
    /// `LEEWAY`.
    pub leeway: Duration,
}

/// The signing key of a server that was given none: documented, not a secret.
pub const DEFAULT_KEY: &str = "a-documented-signing-key-of-the-test-project-not-a-secret";

impl Default for Config {
    fn default() -> Self {
        let minute = Duration::from_secs(60);
        let day = Duration::from_secs(86_400);
        let rates = [
            ("anon", 100, day),
            ("user", 1000, day),
            ("throttled_anon", 10, minute),
            ("throttled_user", 20, minute),
            ("uploads", 5, minute),
            ("burst", 3, Duration::from_secs(1)),
            ("sustained", 10, minute),
            ("twice_minute", 6, minute),
            ("twice_second", 3, Duration::from_secs(1)),
        ];
        Self {
            products: 1023,
            page_size: 20,
            max_page_size: 1000,
            throttles: rates
                .map(|(scope, limit, window)| (scope.to_owned(), Rate::new(limit, window)))
                .into(),
            num_proxies: None,
            workers: 1,
            jwt: Jwt::default(),
            limiter: Limiter::default(),
            drf: Profile::default(),
            extras: Extras::default(),
            faults: Vec::new(),
            clock: Clock::default(),
        }
    }
}

impl Default for Jwt {
    fn default() -> Self {
        Self {
            access_lifetime: Duration::from_secs(300),
            refresh_lifetime: Duration::from_secs(86_400),
            rotate: false,
            blacklist_after_rotation: false,
            blacklist_app: true,
            header_types: vec!["Bearer".to_owned()],
            key: SigningKey::Hs256(DEFAULT_KEY.as_bytes().to_vec()),
            issuer: None,
            audience: None,
            leeway: Duration::ZERO,
        }
    }
}
