//! Which login a command is about.

use std::sync::Arc;
use std::time::Duration;

use crate::cli::context::{Context, Fallback};
use crate::cli::failure::Failure;
use crate::cli::identity::ANON;
use crate::http::{Authority, Client, Url};
use crate::token::{Clock, Error, Keeper, Key, Login, Store};

/// A stored login and the way to its API.
pub(super) struct Target {
    /// A client without credentials.
    pub(super) client: Client,
    pub(super) store: Store,
    pub(super) key: Key,
}

impl Target {
    /// The login of `--as`, else the current one of the base URL's origin.
    pub(super) fn of(ctx: &Context) -> Result<Self, Failure> {
        let client = ctx.anonymous_client(ctx.settings.base_url.clone())?;
        Self::at(ctx, &client)
    }

    /// The same at the base URL of a client without credentials.
    pub(super) fn at(ctx: &Context, client: &Client) -> Result<Self, Failure> {
        let store = ctx.store()?;
        let origin = origin_of(client.base());
        let name = match ctx.settings.identity.as_deref() {
            Some(ANON) => return Err(Failure::usage("'anon' is nobody and has no tokens")),
            Some(name) => name.to_owned(),
            None => store.current(&origin)?.ok_or_else(|| no_login(&origin))?,
        };
        Ok(Self {
            client: client.clone(),
            store,
            key: Key::new(origin, name),
        })
    }

    /// The login as it is stored.
    pub(super) fn login(&self) -> Result<Login, Failure> {
        let login = self.store.load(&self.key)?;
        Ok(login.ok_or_else(|| Error::NoLogin(self.key.clone()))?)
    }

    /// Keeps the login valid.
    pub(super) fn keeper(&self, ctx: &Context) -> Keeper {
        Keeper::new(
            &self.client,
            self.store.clone(),
            self.key.clone(),
            clock(ctx),
        )
        .with_underway(ctx.underway.clone())
    }

    /// The login with `least` of life, where that is asked for.
    pub(super) async fn lasting(
        &self,
        ctx: &Context,
        least: Option<Duration>,
    ) -> Result<Login, Failure> {
        let login = self.keeper(ctx).ensure(least).await?.login;
        if least.is_some() && login.access_exp.is_none() {
            ctx.warn("the token does not say when it ends; no life of it can be guaranteed");
        }
        Ok(login)
    }

    /// Whether commands use this login unasked.
    pub(super) fn is_current(&self) -> bool {
        let current = self.store.current(&self.key.origin);
        current.ok().flatten().as_deref() == Some(&self.key.name)
    }
}

/// The origin that logins are stored under.
pub(super) fn origin_of(base: &Url) -> String {
    base.origin().ascii_serialization()
}

/// The keeper of the login in force; `None` where requests are made anonymously.
pub(crate) fn authority(
    ctx: &Context,
    client: &Client,
    fallback: Fallback,
) -> Result<Option<Arc<dyn Authority>>, Failure> {
    let origin = origin_of(client.base());
    let name = match (ctx.settings.identity.as_deref(), fallback) {
        (Some(ANON), _) | (None, Fallback::Anonymous) => return Ok(None),
        (Some(name), _) => name.to_owned(),
        (None, Fallback::Current) => match ctx.store()?.current(&origin)? {
            Some(name) => name,
            None => return Ok(None),
        },
    };
    named(ctx, client, &name).map(Some)
}

/// The keeper of the credential of one stored login, whatever `--as` says.
pub(crate) fn named(
    ctx: &Context,
    client: &Client,
    name: &str,
) -> Result<Arc<dyn Authority>, Failure> {
    let store = ctx.store()?;
    let key = Key::new(origin_of(client.base()), name);
    if store.load(&key)?.is_none() {
        return Err(Error::NoLogin(key).into());
    }
    let keeper = Keeper::new(client, store, key, clock(ctx)).with_underway(ctx.underway.clone());
    Ok(Arc::new(keeper))
}

fn clock(_ctx: &Context) -> Clock {
    Arc::new(jiff::Timestamp::now)
}

fn no_login(origin: &str) -> Failure {
    Failure::usage(format!("there is no login at {origin}"))
        .hint("log in with `apictl token obtain -u NAME`, or name another API with `--base-url`")
}
