//! `apictl jwt sign`: a new token from claims, flags or another token.

use serde::Serialize;
use serde_json::{Map, Value};

use super::compose::ContentArgs;
use super::keys::KeyArgs;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::jwt::{Algorithm, SignError, sign};
use crate::ui::{Look, Report};

/// Sign a new token
///
/// Nothing is added that was not asked for, but `alg`, `typ` and the key's `kid` in the header. Claims
/// given with = are texts; := takes JSON.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl jwt sign --secret-env DJANGO_SECRET_KEY -c token_type=access -c user_id=1 -c jti=x --exp 5m
  apictl jwt sign --key private.pem --claim 'roles:=[\"admin\"]' --exp 1h --iat now --header typ=at+jwt
  apictl jwt sign --secret-file key --like \"$TOKEN\" -c user_id=2
  apictl jwt decode \"$TOKEN\" --format json | jq '.claims.user_id=\"2\"' | apictl jwt sign - --secret-file key")]
pub(crate) struct Args {
    #[command(flatten)]
    content: ContentArgs,
    #[command(flatten)]
    key: KeyArgs,
}

#[derive(Debug, Serialize)]
struct SignReport {
    schema: &'static str,
    token: String,
    alg: Algorithm,
    header: Map<String, Value>,
    claims: Map<String, Value>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let mut content = args.content.content(ctx)?;
    let (key, algorithm) = args.content.signer(&args.key, &mut content, ctx)?;
    let token = sign(
        &content.header,
        &content.claims,
        &key,
        algorithm,
        args.key.allow_weak_key,
    )
    .map_err(|error| refused(&error))?;
    let mut header = content.header;
    header.insert("alg".to_owned(), algorithm.name().into());
    ctx.print(&SignReport {
        schema: "apictl.jwt.sign/1",
        token,
        alg: algorithm,
        header,
        claims: content.claims,
    })?;
    Ok(Exit::Yes)
}

/// A key that cannot sign this.
pub(super) fn refused(error: &SignError) -> Failure {
    match error {
        SignError::Weak(_) => Failure::of(Exit::Usage, "weak-key", error)
            .hint("sign with it all the same with `--allow-weak-key`"),
        _ => Failure::of(Exit::Usage, "key", error),
    }
}

impl Report for SignReport {
    fn table(&self, _look: &Look) -> String {
        self.token.clone()
    }
}
