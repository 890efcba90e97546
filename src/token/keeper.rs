//! Keeps a stored login valid: renews it in time, once, across tasks and processes.

use std::sync::{Arc, Mutex as Slot, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Mutex;

use super::answer;
use super::error::Error;
use super::exchange::{advertised_by, credential};
use super::login::{Key, Login};
use super::refresh::{is_final, refresh};
use super::shape::RefreshBy;
use super::store::Store;
use super::underway::Underway;
use crate::http::{Authority, Client, Credential, HeaderMap, Pending, Refusal};
use crate::secret::Secret;

/// Tells the time; the command line passes the wall clock, tests one of their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How long before its end an access token is renewed.
pub const MARGIN: Duration = Duration::from_secs(30);

/// How long a living token is used without another try after its refresh failed.
const STAND_DOWN_S: i64 = 10;

/// Keeps one stored login valid.
pub struct Keeper {
    client: Client,
    store: Store,
    key: Key,
    margin: Duration,
    clock: Clock,
    /// What this process knows of the login; held while it is renewed, so that tasks do it once.
    known: Mutex<Option<Login>>,
    underway: Underway,
    /// The access token that the last 401 led to: a second 401 for it is final.
    renewed: Slot<Option<Secret>>,
    /// The scheme that a 401 asked for.
    scheme: Slot<Option<String>>,
    /// Whether the latest challenge changed it: one that was taken for an earlier one has worked.
    adopted: Slot<bool>,
    /// A scheme that a server asked for and then refused.
    declined: Slot<Option<String>>,
    /// When a refresh failed that was not needed yet.
    failed: Slot<Option<Timestamp>>,
}

/// A login after [`Keeper::ensure`].
#[derive(Debug)]
pub struct Ensured {
    /// The login as stored.
    pub login: Login,
    /// Who renewed it.
    pub renewed: Renewed,
}

/// Who renewed a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewed {
    /// Nobody; there was no need.
    No,
    /// This process.
    Here,
    /// Another process, while this one waited.
    Elsewhere,
}

impl Keeper {
    /// Keeps the login `key` of `store`, refreshing it through `client` without credentials.
    pub fn new(client: &Client, store: Store, key: Key, clock: Clock) -> Self {
        Self {
            client: client.clone().with_authority(None),
            store,
            key,
            margin: MARGIN,
            clock,
            known: Mutex::new(None),
            underway: Underway::default(),
            renewed: Slot::new(None),
            scheme: Slot::new(None),
            adopted: Slot::new(false),
            declined: Slot::new(None),
            failed: Slot::new(None),
        }
    }

    /// Renews so long before the end.
    #[must_use]
    pub fn with_margin(mut self, margin: Duration) -> Self {
        self.margin = margin;
        self
    }

    /// Tells `underway` of every refresh.
    #[must_use]
    pub fn with_underway(mut self, underway: Underway) -> Self {
        self.underway = underway;
        self
    }

    /// The login, with at least `least` of life where it is asked for.
    pub async fn ensure(&self, least: Option<Duration>) -> Result<Ensured, Error> {
        let mut known = self.known.lock().await;
        let login = self.read(&mut known)?;
        let now = (self.clock)();
        let least_s = least.map(|least| i64::try_from(least.as_secs()).unwrap_or(i64::MAX));
        let wanting = |login: &Login| match least_s {
            Some(least) => login.has_less_than((self.clock)(), least),
            None => login.is_due((self.clock)(), self.margin),
        };
        // A token that still lives serves while its refresh endpoint does not.
        let serves = least.is_none() && !login.has_less_than(now, 0);
        if !wanting(&login) || (serves && self.stands_down(now)) {
            return Ok(Ensured {
                login,
                renewed: Renewed::No,
            });
        }
        let ensured = match self.renew_held(&mut known, wanting).await {
            Ok(ensured) => ensured,
            Err(error) if serves && !matches!(error, Error::Store(_)) => {
                *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
                Ensured {
                    login: known.clone().unwrap_or(login),
                    renewed: Renewed::No,
                }
            }
            Err(error) => return Err(error),
        };
        if let Some(wanted_s) = least_s
            && ensured.login.has_less_than((self.clock)(), wanted_s)
        {
            return Err(Error::ShortLived {
                lives_s: ensured.login.access_exp.map_or(0, |exp| {
                    exp.as_second() - ensured.login.obtained_at.as_second()
                }),
                key: self.key.clone(),
                wanted_s,
            });
        }
        Ok(ensured)
    }

    /// Renews the login now, unless another process does so while this one waits for it.
    pub async fn refresh_now(&self) -> Result<Ensured, Error> {
        let mut known = self.known.lock().await;
        let seen = self.read(&mut known)?;
        self.renew_held(&mut known, |held| held.access == seen.access)
            .await
    }

    /// Whether a refresh has failed a moment ago: the next request need not wait for another failure.
    fn stands_down(&self, now: Timestamp) -> bool {
        let failed = slot(&self.failed);
        failed.is_some_and(|at| now.as_second() - at.as_second() < STAND_DOWN_S)
    }

    fn read(&self, known: &mut Option<Login>) -> Result<Login, Error> {
        if let Some(login) = known {
            return Ok(login.clone());
        }
        let login = self
            .store
            .load(&self.key)?
            .ok_or_else(|| Error::NoLogin(self.key.clone()))?;
        *known = Some(login.clone());
        Ok(login)
    }

    /// Holds the login against other processes, reads it again, and renews it if `wanting` still says so.
    async fn renew_held(
        &self,
        known: &mut Option<Login>,
        wanting: impl Fn(&Login) -> bool,
    ) -> Result<Ensured, Error> {
        let held = self.store.hold(&self.key).await?;
        let mut login = held
            .load()?
            .ok_or_else(|| Error::NoLogin(self.key.clone()))?;
        *known = Some(login.clone());
        if !wanting(&login) {
            return Ok(Ensured {
                login,
                renewed: Renewed::Elsewhere,
            });
        }
        let now = (self.clock)();
        if !login.can_refresh(now) {
            return Err(self.ended(&login, now));
        }
        let _underway = self.underway.begin().await;
        match refresh(&self.client, &login, now).await {
            Ok(tokens) => {
                login.adopt(tokens, now);
                // The old refresh token may be worth nothing by now: on the disk first, then in use.
                held.save(&login)?;
                *known = Some(login.clone());
                Ok(Ensured {
                    login,
                    renewed: Renewed::Here,
                })
            }
            Err(error) => {
                let Some(detail) = is_final(&error).map(str::to_owned) else {
                    return Err(error);
                };
                // Cleared only where it is still what was tried: nobody else's newer token is lost.
                if let Some(mut stored) = held.load()?
                    && stored.refresh == login.refresh
                    && stored.access == login.access
                {
                    stored.refresh = None;
                    stored.refresh_exp = None;
                    stored.cookies.clear();
                    if stored.shape.refresh_by == RefreshBy::Access {
                        stored.shape.refresh_by = RefreshBy::Nothing;
                    }
                    held.save(&stored)?;
                    *known = Some(stored);
                }
                Err(Error::Ended {
                    key: self.key.clone(),
                    detail: format!("the server refused its refresh: {detail}"),
                })
            }
        }
    }

    fn ended(&self, login: &Login, now: Timestamp) -> Error {
        use super::login::Life;
        let detail = match login.refresh_life(now) {
            Life::Ended(_) => "its refresh token has expired".to_owned(),
            _ if login.has_less_than(now, 0) => {
                "its token has expired and nothing refreshes it".to_owned()
            }
            _ if login.shape.refresh_by == RefreshBy::Token => {
                "its refresh token was refused before".to_owned()
            }
            _ => "nothing refreshes its token".to_owned(),
        };
        Error::Ended {
            key: self.key.clone(),
            detail,
        }
    }

    fn credential_of(&self, login: &Login) -> Credential {
        let advertised = slot(&self.scheme);
        credential(login, advertised.as_deref().unwrap_or(&login.scheme))
    }

    async fn current(&self) -> Result<Option<Credential>, Error> {
        let ensured = self.ensure(None).await?;
        Ok(Some(self.credential_of(&ensured.login)))
    }

    async fn renew_rejected(
        &self,
        rejected: &Credential,
        advertised: Option<String>,
    ) -> Result<bool, Error> {
        let mut known = self.known.lock().await;
        let login = self.read(&mut known)?;
        if self.credential_of(&login) != *rejected {
            return Ok(true);
        }
        let adopted = advertised.is_some_and(|scheme| {
            answer::is_jwt(&login.access) && self.adopt_scheme(&login, scheme)
        });
        *self.adopted.lock().unwrap_or_else(PoisonError::into_inner) = adopted;
        if adopted {
            return Ok(true);
        }
        let now = (self.clock)();
        if slot(&self.renewed).as_ref() == Some(&login.access) {
            return Ok(false);
        }
        if !login.can_refresh(now) {
            // Somebody may have logged in again meanwhile.
            let stored = self.store.load(&self.key)?;
            let newer = stored.filter(|stored| stored.access != login.access);
            let found = newer.is_some();
            *known = newer.or(Some(login));
            return Ok(found);
        }
        let ensured = self
            .renew_held(&mut known, |held| held.access == login.access)
            .await?;
        *self.renewed.lock().unwrap_or_else(PoisonError::into_inner) = Some(ensured.login.access);
        Ok(true)
    }

    /// Takes the scheme of a challenge; false when it is the one that was used.
    fn adopt_scheme(&self, login: &Login, scheme: String) -> bool {
        let mut slot = self.scheme.lock().unwrap_or_else(PoisonError::into_inner);
        let known = slot.as_deref().unwrap_or(&login.scheme) == scheme;
        if known || self::slot(&self.declined).as_ref() == Some(&scheme) {
            return false;
        }
        *slot = Some(scheme);
        true
    }

    /// Takes back the scheme of a challenge: where several authentication classes are in force, the challenge is the
    /// first one's, whatever the token is for.
    fn decline_scheme(&self) -> bool {
        if !slot(&self.adopted) {
            return false;
        }
        let mut slot = self.scheme.lock().unwrap_or_else(PoisonError::into_inner);
        let declined = slot.take();
        let had = declined.is_some();
        if had {
            *self.declined.lock().unwrap_or_else(PoisonError::into_inner) = declined;
        }
        had
    }
}

fn slot<T: Clone>(slot: &Slot<T>) -> T {
    slot.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

impl Authority for Keeper {
    fn credential(&self) -> Pending<'_, Result<Option<Credential>, Refusal>> {
        Box::pin(async { self.current().await.map_err(Into::into) })
    }

    fn renew<'a>(&'a self, rejected: &'a Credential) -> Pending<'a, Result<bool, Refusal>> {
        Box::pin(async {
            self.renew_rejected(rejected, None)
                .await
                .map_err(Into::into)
        })
    }

    fn challenged<'a>(
        &'a self,
        rejected: &'a Credential,
        headers: &'a HeaderMap,
    ) -> Pending<'a, Result<bool, Refusal>> {
        let advertised = advertised_by(headers);
        Box::pin(async move {
            self.renew_rejected(rejected, advertised)
                .await
                .map_err(Into::into)
        })
    }

    fn withdraw(&self, _rejected: &Credential) -> bool {
        self.decline_scheme()
    }
}
