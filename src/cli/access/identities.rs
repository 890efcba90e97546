//! The identities of one run: nobody, stored logins, tokens in files.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use serde_json::Value;

use crate::access::{Identity, Step};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::identity::ANON;
use crate::http::header::{AUTHORIZATION, COOKIE};
use crate::http::{Authority, Client, Credential, HeaderName, Pending, Refusal, Url};
use crate::secret::Secret;

/// `NAME=FILE`: a token that is not in the store.
#[derive(Debug, Clone)]
pub(crate) struct TokenFile {
    name: String,
    path: PathBuf,
}

impl FromStr for TokenFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((name, path)) if !name.is_empty() && !path.is_empty() => Ok(Self {
                name: name.to_owned(),
                path: path.into(),
            }),
            _ => Err("not of the form NAME=FILE".to_owned()),
        }
    }
}

/// Which identities to make.
pub(crate) enum Wanted<'a> {
    /// `anon`, the token files and every stored login of the base URL's origin.
    Everybody,
    /// These, each of which must exist.
    Named(&'a [&'a str]),
}

/// The identities of a base URL, in the order asked for.
pub(crate) fn identities(
    ctx: &Context,
    base: &Url,
    files: &[TokenFile],
    wanted: &Wanted<'_>,
) -> Result<Vec<Identity>, Failure> {
    // Each is who it is, whatever else is sent with every request.
    let own = [
        AUTHORIZATION,
        COOKIE,
        HeaderName::from_static("x-csrftoken"),
    ];
    if let Some(name) = own
        .iter()
        .find(|name| ctx.settings.headers.contains_key(*name))
    {
        ctx.warn(&format!(
            "the header field '{name}' is not sent here: it would make all identities one"
        ));
    }
    let client = ctx.anonymous_client(base.clone())?.without(&own);
    let stored;
    let names: Vec<&str> = match wanted {
        Wanted::Named(names) => names.to_vec(),
        Wanted::Everybody => {
            stored = stored_names(ctx, base)?;
            let mut names = vec![ANON];
            names.extend(files.iter().map(|file| file.name.as_str()));
            for name in &stored {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
            names
        }
    };
    names
        .into_iter()
        .map(|name| {
            let authority = authority(ctx, &client, files, name)?;
            Ok(Identity {
                name: name.to_owned(),
                client: client.clone().with_authority(authority),
            })
        })
        .collect()
}

/// Warns of URLs that are not the base URL's, which every identity asks as nobody.
pub(crate) fn warn_of_bare(ctx: &Context, people: &[Identity], steps: &[Step]) {
    for step in steps {
        let person = people
            .iter()
            .find(|person| person.name == step.identity && !person.client.is_anonymous());
        if let Some(client) = person.map(|person| &person.client)
            && let Ok(url) = client.url(&step.url)
        {
            ctx.warn_of_bare(client, &url);
        }
    }
}

fn authority(
    ctx: &Context,
    client: &Client,
    files: &[TokenFile],
    name: &str,
) -> Result<Option<Arc<dyn Authority>>, Failure> {
    if name == ANON {
        return Ok(None);
    }
    if let Some(file) = files.iter().find(|file| file.name == name) {
        return authority_in(&file.path).map(Some);
    }
    crate::cli::identity::named(ctx, client, name).map(Some)
}

/// The logins in the store for an origin, by name.
fn stored_names(ctx: &Context, base: &Url) -> Result<Vec<String>, Failure> {
    let origin = base.origin().ascii_serialization();
    let held = ctx
        .store()?
        .list()
        .map_err(|error| Failure::local("cannot list the stored logins").because(&error))?;
    Ok(held
        .into_iter()
        .filter(|(key, _)| key.origin == origin)
        .map(|(key, _)| key.name)
        .collect())
}

/// Whoever the token in a file stands for.
pub(crate) fn authority_in(path: &Path) -> Result<Arc<dyn Authority>, Failure> {
    Ok(Arc::new(Fixed(credential_in(path)?)))
}

fn credential_in(path: &Path) -> Result<Credential, Failure> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::local(format!("cannot read the token file {shown}")).because(&error)
    })?;
    let text = Secret::new(text);
    read_credential(text.expose().trim()).ok_or_else(|| {
        Failure::usage(format!("there is no token in {shown}")).hint(
            "write the token alone, `SCHEME TOKEN`, or the reply of the token endpoint into it",
        )
    })
}

/// A token alone, `Scheme token`, a whole `Authorization:` line, or the reply of a token endpoint.
fn read_credential(text: &str) -> Option<Credential> {
    if let Ok(Value::Object(reply)) = serde_json::from_str(text) {
        let token = ["access", "access_token", "token", "auth_token", "key"]
            .iter()
            .find_map(|name| reply.get(*name)?.as_str().map(str::to_owned))?;
        return read_credential(&token);
    }
    let field = "authorization:";
    let text = match text.get(..field.len()) {
        Some(start) if start.eq_ignore_ascii_case(field) => text[field.len()..].trim(),
        _ => text,
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [token] => {
            // DRF's own tokens are opaque and go with the keyword `Token`; everything with dots is a JWT.
            let scheme = if token.contains('.') {
                "Bearer"
            } else {
                "Token"
            };
            Some(Credential::authorization(scheme, &Secret::new(*token)))
        }
        [scheme, token] => Some(Credential::authorization(scheme, &Secret::new(*token))),
        _ => None,
    }
}

/// A credential that cannot be renewed.
struct Fixed(Credential);

impl Authority for Fixed {
    fn credential(&self) -> Pending<'_, Result<Option<Credential>, Refusal>> {
        Box::pin(async { Ok(Some(self.0.clone())) })
    }

    fn renew<'a>(&'a self, _rejected: &'a Credential) -> Pending<'a, Result<bool, Refusal>> {
        Box::pin(async { Ok(false) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_in_each_form() {
        let bearer = Credential::authorization("Bearer", &Secret::new("a.b.c"));
        for text in [
            "a.b.c",
            "Bearer a.b.c",
            "Authorization: Bearer a.b.c",
            "{\"refresh\":\"x.y.z\",\"access\":\"a.b.c\"}",
        ] {
            assert!(read_credential(text).unwrap() == bearer, "{text}");
        }
        let opaque = Credential::authorization("Token", &Secret::new("0123abcd"));
        assert!(read_credential("{\"token\":\"0123abcd\"}").unwrap() == opaque);
        assert!(read_credential("").is_none() && read_credential("a b c").is_none());
    }

    #[test]
    fn a_token_file_has_a_name_and_a_path() {
        assert!("alice=token.txt".parse::<TokenFile>().is_ok());
        assert!("token.txt".parse::<TokenFile>().is_err());
    }
}
