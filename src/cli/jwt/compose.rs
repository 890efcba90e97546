//! The flags that say what stands in a new token, for every command that makes one.

use serde_json::{Map, Value};

use super::{clock, input};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::jwt::{
    Algorithm, ComposeError, Key, assignment, decode, default_algorithm, json_assignment, renewed,
};

use super::keys::KeyArgs;

/// What stands in the token.
#[derive(Debug, clap::Args)]
pub(crate) struct ContentArgs {
    /// The claims as a JSON object, or the JSON of `jwt decode`; @FILE, or - for standard input
    pub(crate) claims: Option<String>,
    /// Set a claim: NAME=TEXT, or NAME:=JSON; repeatable
    #[arg(short, long, value_name = "NAME=TEXT", help_heading = "Content")]
    pub(crate) claim: Vec<String>,
    /// Set a claim to a JSON value: NAME=JSON; repeatable
    #[arg(long, value_name = "NAME=JSON", help_heading = "Content")]
    pub(crate) claim_json: Vec<String>,
    /// Leave a claim out; repeatable
    #[arg(long, value_name = "NAME", help_heading = "Content")]
    pub(crate) without: Vec<String>,
    /// Begin with this token's header and claims, its times moved to now and its jti renewed
    #[arg(long, value_name = "TOKEN", help_heading = "Content")]
    pub(crate) like: Option<String>,
    /// When it ends: 5m from now, RFC 3339, or seconds since 1970
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Content"
    )]
    pub(crate) exp: Option<String>,
    /// When it begins: now, -1m, 5m, …
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Content"
    )]
    pub(crate) nbf: Option<String>,
    /// When it was issued: now, -1m, …
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        help_heading = "Content"
    )]
    pub(crate) iat: Option<String>,
    /// Set any other claim to a time: NAME=TIME; repeatable
    #[arg(long, value_name = "NAME=TIME", help_heading = "Content")]
    pub(crate) time: Vec<String>,
    /// Set a header member: NAME=TEXT, or NAME:=JSON; repeatable
    #[arg(long, value_name = "NAME=TEXT", help_heading = "Content")]
    pub(crate) header: Vec<String>,
    /// Name the key in the header, and choose it from a set
    #[arg(long, value_name = "NAME", help_heading = "Content")]
    pub(crate) kid: Option<String>,
    /// Sign with this algorithm instead of the first that the key allows
    #[arg(long, value_name = "ALG", help_heading = "Content")]
    pub(crate) alg: Option<Algorithm>,
    /// Take this moment for now, RFC 3339 or seconds since 1970
    #[arg(long, value_name = "TIME", help_heading = "Content")]
    pub(crate) at: Option<String>,
}

/// A token before it is signed.
pub(crate) struct Content {
    pub(crate) header: Map<String, Value>,
    pub(crate) claims: Map<String, Value>,
    pub(crate) now: i64,
}

impl ContentArgs {
    /// Header and claims, by the flags, in the order of the flags.
    pub(crate) fn content(&self, ctx: &Context) -> Result<Content, Failure> {
        #[expect(clippy::cast_possible_truncation, reason = "a clock's seconds fit")]
        let now = clock::Clock::at(self.at.as_deref())?.now(ctx).floor() as i64;
        let Content {
            mut header,
            mut claims,
            ..
        } = self.base(now)?;
        for text in &self.claim {
            let (name, value) = assignment(text).map_err(|e| wrong("claim", &e))?;
            claims.insert(name, value);
        }
        for text in &self.claim_json {
            let (name, value) = json_assignment(text).map_err(|e| wrong("claim-json", &e))?;
            claims.insert(name, value);
        }
        let named = [("exp", &self.exp), ("nbf", &self.nbf), ("iat", &self.iat)];
        for (name, text) in named {
            if let Some(text) = text {
                claims.insert(name.to_owned(), clock::relative(name, text, now)?.into());
            }
        }
        for text in &self.time {
            let (name, time) = text
                .split_once('=')
                .ok_or_else(|| Failure::usage(format!("--time '{text}' is not NAME=TIME")))?;
            claims.insert(name.to_owned(), clock::relative("time", time, now)?.into());
        }
        for name in &self.without {
            claims.shift_remove(name);
        }
        for text in &self.header {
            let (name, value) = assignment(text).map_err(|e| wrong("header", &e))?;
            header.insert(name, value);
        }
        if let Some(kid) = &self.kid {
            header.insert("kid".to_owned(), kid.clone().into());
        }
        Ok(Content {
            header,
            claims,
            now,
        })
    }

    /// What the flags start from.
    fn base(&self, now: i64) -> Result<Content, Failure> {
        let mut header = Map::new();
        let mut claims = Map::new();
        if let Some(like) = &self.like {
            let found = input::tokens(std::slice::from_ref(like))?;
            let token = found
                .first()
                .map(|found| found.token.expose())
                .unwrap_or_default();
            let model = decode(token).map_err(|e| Failure::of(Exit::Usage, "malformed", &e))?;
            claims = model
                .claims()
                .map(|claims| renewed(claims, now))
                .unwrap_or_default();
            header = model.header;
        }
        if let Some(text) = &self.claims {
            let given = object(&input::argument(text)?)?;
            // The report of `jwt decode` carries both halves.
            match (
                given.get("schema").and_then(Value::as_str),
                given.get("header"),
                given.get("claims"),
            ) {
                (Some(schema), Some(Value::Object(head)), Some(Value::Object(body)))
                    if schema.starts_with("apictl.jwt.") =>
                {
                    header.extend(head.clone());
                    claims.extend(body.clone());
                }
                _ => claims.extend(given),
            }
        }
        if header.is_empty() {
            header.insert("alg".to_owned(), Value::Null);
            header.insert("typ".to_owned(), "JWT".into());
        }
        Ok(Content {
            header,
            claims,
            now,
        })
    }

    /// The key to sign with, and the algorithm.
    pub(crate) fn signer(
        &self,
        keys: &KeyArgs,
        content: &mut Content,
        ctx: &Context,
    ) -> Result<(Key, Algorithm), Failure> {
        let keys = keys.read(ctx)?;
        if keys.is_empty() {
            return Err(Failure::usage("no key to sign with").hint(
                "name one: --secret-env, --secret-file or --key; `apictl jwt keygen` makes one",
            ));
        }
        let kid = content.header.get("kid").and_then(Value::as_str);
        let named = keys
            .iter()
            .find(|key| kid.is_some() && key.kid.as_deref() == kid);
        let key = named
            .or_else(|| keys.iter().find(|key| key.is_private()))
            .or_else(|| keys.first())
            .cloned()
            .ok_or_else(|| Failure::usage("no key to sign with"))?;
        if let (None, Some(own)) = (kid, &key.kid) {
            content.header.insert("kid".to_owned(), own.clone().into());
        }
        let algorithm = self
            .alg
            .or_else(|| default_algorithm(&key))
            .ok_or_else(|| {
                Failure::new(
                    Exit::Usage,
                    "key",
                    format!("the {} allows no algorithm", key.kind()),
                )
            })?;
        Ok((key, algorithm))
    }
}

fn wrong(flag: &str, error: &ComposeError) -> Failure {
    Failure::usage(format!("--{flag} {error}"))
}

fn object(text: &str) -> Result<Map<String, Value>, Failure> {
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(Failure::usage("the claims are not a JSON object")),
        Err(error) => Err(Failure::usage("the claims are not JSON").because(&error)),
    }
}
