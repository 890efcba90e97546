//! `apictl jwt matrix`: the tokens that a project's own test suite needs.

use serde::Serialize;
use serde_json::Value;

use super::compose::ContentArgs;
use super::keys::KeyArgs;
use super::sign::refused;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::jwt::{Algorithm, Case, matrix, random_id};
use crate::ui::{Look, Report, Table, Tone, lines_of};

/// Mint tokens for a test suite: one to accept, and one for each way to be refused
///
/// Expired, not yet valid, for another audience, of the wrong type, tampered, signed by another key,
/// alg none, key confusion and more. Start from your own token with --like, or from claims.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl jwt matrix --secret-env DJANGO_SECRET_KEY --like \"$TOKEN\" --format json > tokens.json
  apictl jwt matrix --key private.pem -c token_type=access -c user_id=1 --exp 5m --format ndjson

In a test: for case in json.load(open('tokens.json'))['cases']: … assert (status == 200) == (case['expect'] == 'accept')")]
pub(crate) struct Args {
    #[command(flatten)]
    content: ContentArgs,
    #[command(flatten)]
    key: KeyArgs,
}

#[derive(Debug, Serialize)]
struct MatrixReport {
    schema: &'static str,
    alg: Algorithm,
    cases: Vec<Case>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let mut content = args.content.content(ctx)?;
    if content.claims.is_empty() {
        // An access token as simplejwt makes them.
        for (name, value) in [
            ("token_type", "access"),
            ("jti", random_id().as_str()),
            ("user_id", "1"),
        ] {
            content.claims.insert(name.to_owned(), value.into());
        }
    }
    let (key, algorithm) = args.content.signer(&args.key, &mut content, ctx)?;
    let cases = matrix(
        &content.header,
        &content.claims,
        &key,
        algorithm,
        args.key.allow_weak_key,
        content.now,
    )
    .map_err(|error| refused(&error))?;
    ctx.print(&MatrixReport {
        schema: "apictl.jwt.matrix/1",
        alg: algorithm,
        cases,
    })?;
    Ok(Exit::Yes)
}

impl Report for MatrixReport {
    fn table(&self, look: &Look) -> String {
        let mut table = Table::new(["CASE", "EXPECT", "WHY"]);
        for case in &self.cases {
            let tone = if case.expect == "accept" {
                Tone::Good
            } else {
                Tone::Bad
            };
            table.toned_row([
                (case.name.to_owned(), Some(Tone::Strong)),
                (case.expect.to_owned(), Some(tone)),
                (case.why.to_owned(), None),
            ]);
        }
        format!(
            "{}\n\nthe tokens themselves are in --format json",
            table.render(look)
        )
    }

    fn lines(&self) -> Result<Vec<Value>, serde_json::Error> {
        lines_of(self.schema, &self.cases)
    }
}
