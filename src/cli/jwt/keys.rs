//! The flags that name a key, and the keys they name.

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::http::{Client, Request, Url};
use crate::jwt::{Key, KeyError, read_keys, read_secret};
use crate::secret::Secret;

use super::input;

/// Where the key comes from.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Key")]
pub(crate) struct KeyArgs {
    /// The shared secret is the content of this file, without its last line break
    #[arg(long, value_name = "FILE")]
    pub(crate) secret_file: Option<String>,
    /// The shared secret is the value of this environment variable
    #[arg(long, value_name = "NAME")]
    pub(crate) secret_env: Option<String>,
    /// The shared secret itself; other users of this machine may see it
    #[arg(long, value_name = "TEXT")]
    pub(crate) secret: Option<Secret>,
    /// A key file: PEM (PKCS#1, PKCS#8, SEC1, SPKI, X.509), DER, JWK or JWK Set, told apart by content
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Vec<String>,
    /// The same, from an environment variable
    #[arg(long, value_name = "NAME")]
    pub(crate) key_env: Option<String>,
    /// Accept secrets and RSA keys shorter than RFC 7518 asks for
    #[arg(long)]
    pub(crate) allow_weak_key: bool,
}

impl KeyArgs {
    /// Whether no flag names a key.
    pub(crate) fn is_empty(&self) -> bool {
        self.secret_file.is_none()
            && self.secret_env.is_none()
            && self.secret.is_none()
            && self.key.is_empty()
            && self.key_env.is_none()
    }

    /// The keys of all flags.
    pub(crate) fn read(&self, ctx: &Context) -> Result<Vec<Key>, Failure> {
        let mut keys = Vec::new();
        if let Some(path) = &self.secret_file {
            keys.push(read_secret(&input::file(path)?).map_err(|e| bad_key(&e, path))?);
        }
        if let Some(name) = &self.secret_env {
            let text = variable(name, ctx)?;
            keys.push(read_secret(text.expose().as_bytes()).map_err(|e| bad_key(&e, name))?);
        }
        if let Some(secret) = &self.secret {
            ctx.warn("a secret on the command line is visible to other users; use --secret-file or --secret-env");
            keys.push(
                read_secret(secret.expose().as_bytes()).map_err(|e| bad_key(&e, "--secret"))?,
            );
        }
        for path in &self.key {
            keys.extend(keys_of(path)?);
        }
        if let Some(name) = &self.key_env {
            let text = variable(name, ctx)?;
            keys.extend(read_keys(text.expose().as_bytes()).map_err(|e| bad_key(&e, name))?);
        }
        Ok(keys)
    }
}

/// The keys of a file, or of a PEM or JSON text given in its place.
pub(super) fn keys_of(argument: &str) -> Result<Vec<Key>, Failure> {
    let inline = argument.trim_start();
    if inline.starts_with("-----BEGIN") || inline.starts_with('{') {
        return read_keys(argument.as_bytes()).map_err(|e| bad_key(&e, "--key"));
    }
    let path = argument.strip_prefix('@').unwrap_or(argument);
    let content = zeroize::Zeroizing::new(input::file(path)?);
    read_keys(&content).map_err(|e| bad_key(&e, path))
}

fn variable(name: &str, ctx: &Context) -> Result<Secret, Failure> {
    match ctx.environment.variable(name) {
        Some(text) => Ok(Secret::new(text)),
        None => Err(Failure::usage(format!(
            "the environment variable {name} is not set"
        ))),
    }
}

fn bad_key(error: &KeyError, origin: &str) -> Failure {
    let failure =
        Failure::new(Exit::Usage, "key", format!("no usable key in {origin}")).because(error);
    match error {
        KeyError::NotASecret(_) => failure.hint("give a key file with `--key FILE`"),
        _ => failure,
    }
}

/// The keys of a JWK Set on the network, fetched without credentials.
pub(crate) async fn fetch(url: &str, ctx: &Context) -> Result<Vec<Key>, Failure> {
    let client = bare_client(url, ctx)?;
    fetch_with(&client, url, ctx).await
}

async fn fetch_with(client: &Client, url: &str, ctx: &Context) -> Result<Vec<Key>, Failure> {
    let url = client.url(url)?;
    let body = get(client, url.clone(), ctx).await?;
    read_keys(&body)
        .ok()
        .filter(|keys| !keys.iter().any(Key::is_secret))
        .ok_or_else(|| Failure::api(format!("{url} answered with no JWK Set of public keys")))
}

/// The keys that an issuer publishes, by `OpenID` Connect Discovery.
pub(crate) async fn discover(issuer: &str, ctx: &Context) -> Result<Vec<Key>, Failure> {
    let base = issuer.trim_end_matches('/');
    let client = bare_client(issuer, ctx)?;
    let url = client.url(&format!("{base}/.well-known/openid-configuration"))?;
    let body = get(&client, url.clone(), ctx).await?;
    let document: serde_json::Value = serde_json::from_slice(&body)
        .map_err(|error| Failure::api(format!("{url} answered with no JSON")).because(&error))?;
    let named = document["issuer"].as_str().unwrap_or_default();
    if named.trim_end_matches('/') != base {
        return Err(Failure::api(format!(
            "{url} describes the issuer '{named}', not '{issuer}'"
        )));
    }
    match document["jwks_uri"].as_str() {
        // With the client for the issuer: a place that only a reply names is not told the user's header fields.
        Some(jwks) => fetch_with(&client, jwks, ctx).await,
        None => Err(Failure::api(format!("{url} names no jwks_uri"))),
    }
}

fn bare_client(url: &str, ctx: &Context) -> Result<Client, Failure> {
    ctx.anonymous_client(ctx.base_for(url)?)
}

async fn get(client: &Client, url: Url, ctx: &Context) -> Result<Vec<u8>, Failure> {
    let local = url.host_str().is_some_and(|host| {
        host == "localhost"
            || host
                .trim_matches(['[', ']'])
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback())
    });
    if url.scheme() != "https" && !local {
        ctx.warn(&format!("keys from {url} come over an unprotected connection: anybody on the way can replace them"));
    }
    let mut notes = Vec::new();
    let reply = client
        .send_following(Request::get(url.clone()).bare(), &mut notes)
        .await?;
    if !reply.status.is_success() {
        return Err(Failure::new(
            Exit::Api,
            "jwks",
            format!("{url} answered {}", reply.status),
        ));
    }
    Ok(reply.body.to_vec())
}
