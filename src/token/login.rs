//! One login: the tokens of one user at one API, and what their life times say at a given time. Pure.

use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::secret::Secret;

use super::shape::Shape;

/// The tokens of one user at one API, and how they were got.
#[derive(Debug, Clone, PartialEq)]
pub struct Login {
    /// The name it is picked by (`--as`).
    pub name: String,
    /// The base URL it was obtained for; its origin is the only one that sees the tokens.
    pub base_url: String,
    /// The endpoints and their vocabulary, with absolute URLs.
    pub shape: Shape,
    /// The scheme of `Authorization`, with the server's own letters.
    pub scheme: String,
    /// Who logged in, where the grant has a user.
    pub username: Option<String>,
    /// What is sent with requests: a JWT, an opaque token, or the user-pass of RFC 7617.
    pub access: Secret,
    /// What buys the next access token.
    pub refresh: Option<Secret>,
    /// Cookies of the server, where the credential or the refresh token lives in one.
    pub cookies: Vec<Cookie>,
    /// The OAuth 2.0 client (RFC 6749 §2.3.1), which refreshes authenticate with.
    pub client: Option<OauthClient>,
    /// When the access token arrived.
    pub obtained_at: Timestamp,
    /// When the access token ends, by the server's clock; unknown of an opaque token.
    pub access_exp: Option<Timestamp>,
    /// When the refresh token ends, by the server's clock.
    pub refresh_exp: Option<Timestamp>,
    /// How far the server's clock was ahead of ours, in seconds.
    pub skew_s: i64,
}

/// One cookie as it is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Secret,
}

/// The credentials of an OAuth 2.0 client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OauthClient {
    /// `client_id`.
    pub id: String,
    /// `client_secret`; a public client has none.
    pub secret: Option<Secret>,
    /// `scope` as asked for.
    pub scope: Option<String>,
}

/// What a token endpoint handed out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tokens {
    /// The access token.
    pub access: Secret,
    /// The refresh token, where there is a new one.
    pub refresh: Option<Secret>,
    /// When the access token ends.
    pub access_exp: Option<Timestamp>,
    /// When the refresh token ends.
    pub refresh_exp: Option<Timestamp>,
    /// The cookies that came along.
    pub cookies: Vec<Cookie>,
    /// The scheme the reply names (`token_type`), where it does.
    pub scheme: Option<String>,
    /// How far the server's clock was ahead of ours, in seconds.
    pub skew_s: i64,
}

/// How much life a token has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// It does not say when it ends.
    Unknown,
    /// It ends so many seconds from now.
    Left(i64),
    /// It ended so many seconds ago.
    Ended(i64),
}

impl Login {
    /// How much life the access token has left.
    pub fn access_life(&self, now: Timestamp) -> Life {
        self.life(self.access_exp, now)
    }

    /// How much life the refresh token has left.
    pub fn refresh_life(&self, now: Timestamp) -> Life {
        self.life(self.refresh_exp, now)
    }

    /// Whether the access token should be refreshed before it is used.
    ///
    /// `margin` is cut to a third of the token's whole life: tokens that live 20 s would otherwise be
    /// refreshed for every request.
    pub fn is_due(&self, now: Timestamp, margin: Duration) -> bool {
        let Some(exp) = self.access_exp else {
            return false;
        };
        let margin = seconds(margin);
        let whole = exp.as_second() - self.server_time(self.obtained_at).as_second();
        match self.access_life(now) {
            Life::Left(left) => left <= margin.min((whole / 3).max(0)),
            _ => true,
        }
    }

    /// Whether the access token is known to end in less than `least` seconds.
    pub fn has_less_than(&self, now: Timestamp, least: i64) -> bool {
        match self.access_life(now) {
            Life::Unknown => false,
            Life::Left(left) => left < least,
            Life::Ended(_) => true,
        }
    }

    /// Whether there is anything left that could buy a new access token.
    pub fn can_refresh(&self, now: Timestamp) -> bool {
        use super::shape::RefreshBy;
        match self.shape.refresh_by {
            RefreshBy::Nothing => false,
            RefreshBy::ClientCredentials => self.client.is_some(),
            // A sliding token must be refreshed before its own end.
            RefreshBy::Access => !self.has_less_than(now, 0) && !self.refresh_ended(now),
            RefreshBy::Token => {
                (self.refresh.is_some() && !self.refresh_ended(now))
                    || (self.refresh.is_none() && !self.cookies.is_empty())
            }
        }
    }

    fn refresh_ended(&self, now: Timestamp) -> bool {
        matches!(self.refresh_life(now), Life::Ended(_))
    }

    /// Takes over what a refresh brought. A refresh token that was not replaced stays.
    pub fn adopt(&mut self, tokens: Tokens, now: Timestamp) {
        self.access = tokens.access;
        self.access_exp = tokens.access_exp;
        self.obtained_at = now;
        self.skew_s = tokens.skew_s;
        if tokens.refresh.is_some() {
            self.refresh = tokens.refresh;
        }
        if tokens.refresh_exp.is_some() {
            self.refresh_exp = tokens.refresh_exp;
        }
        for cookie in tokens.cookies {
            self.cookies.retain(|kept| kept.name != cookie.name);
            self.cookies.push(cookie);
        }
    }

    fn life(&self, exp: Option<Timestamp>, now: Timestamp) -> Life {
        match exp {
            None => Life::Unknown,
            Some(exp) => {
                // RFC 7519 §4.1.4 and simplejwt: at `exp` itself the token is already expired.
                let left = exp.as_second() - self.server_time(now).as_second();
                if left > 0 {
                    Life::Left(left)
                } else {
                    Life::Ended(-left)
                }
            }
        }
    }

    fn server_time(&self, ours: Timestamp) -> Timestamp {
        ours.checked_add(SignedDuration::from_secs(self.skew_s))
            .unwrap_or(ours)
    }
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

/// The origin and the name that a login is stored under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Scheme, host and port of the API (RFC 6454), as text.
    pub origin: String,
    /// The login's name.
    pub name: String,
}

impl Key {
    /// The key of the login called `name` at `origin`.
    pub fn new(origin: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            origin: origin.into(),
            name: name.into(),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' at {}", self.name, self.origin)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::token::presets::Preset;

    pub(crate) fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    pub(crate) fn login() -> Login {
        Login {
            name: "alice".to_owned(),
            base_url: "http://127.0.0.1:8000/".to_owned(),
            shape: Preset::Simplejwt.shape(),
            scheme: "Bearer".to_owned(),
            username: Some("alice".to_owned()),
            access: Secret::new("access-1"),
            refresh: Some(Secret::new("refresh-1")),
            cookies: Vec::new(),
            client: None,
            obtained_at: at(1_000),
            access_exp: Some(at(1_300)),
            refresh_exp: Some(at(9_000)),
            skew_s: 0,
        }
    }

    #[test]
    fn a_token_is_refreshed_thirty_seconds_before_its_end() {
        let margin = Duration::from_secs(30);
        assert!(!login().is_due(at(1_269), margin));
        assert!(login().is_due(at(1_270), margin));
    }

    #[test]
    fn the_margin_never_eats_more_than_a_third_of_a_short_life() {
        let mut short = login();
        short.access_exp = Some(at(1_015));
        assert!(!short.is_due(at(1_009), Duration::from_secs(30)));
        assert!(short.is_due(at(1_010), Duration::from_secs(30)));
    }

    #[test]
    fn at_the_second_of_exp_a_token_has_ended() {
        assert_eq!(login().access_life(at(1_299)), Life::Left(1));
        assert_eq!(login().access_life(at(1_300)), Life::Ended(0));
    }

    #[test]
    fn a_server_whose_clock_is_ahead_ends_tokens_earlier() {
        let mut ahead = login();
        ahead.skew_s = 100;
        assert_eq!(ahead.access_life(at(1_000)), Life::Left(200));
        ahead.skew_s = -100;
        assert_eq!(ahead.access_life(at(1_350)), Life::Left(50));
    }

    #[test]
    fn a_token_without_an_end_is_never_due() {
        let mut opaque = login();
        opaque.access_exp = None;
        assert!(!opaque.is_due(at(i64::from(u32::MAX)), Duration::from_secs(30)));
    }

    #[test]
    fn a_refresh_without_a_new_refresh_token_keeps_the_old_one() {
        let mut login = login();
        login.adopt(
            Tokens {
                access: Secret::new("access-2"),
                access_exp: Some(at(2_000)),
                ..Tokens::default()
            },
            at(1_700),
        );
        assert_eq!(login.access.expose(), "access-2");
        assert_eq!(
            login.refresh.as_ref().map(Secret::expose),
            Some("refresh-1")
        );
        assert_eq!(login.refresh_exp, Some(at(9_000)));
    }

    #[test]
    fn an_expired_sliding_token_cannot_be_refreshed() {
        let mut sliding = login();
        sliding.shape = Preset::Sliding.shape();
        sliding.refresh = None;
        assert!(sliding.can_refresh(at(1_299)));
        assert!(!sliding.can_refresh(at(1_300)));
    }

    #[test]
    fn an_ended_refresh_token_buys_nothing() {
        assert!(login().can_refresh(at(8_999)));
        assert!(!login().can_refresh(at(9_000)));
    }
}
