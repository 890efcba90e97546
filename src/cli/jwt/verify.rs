//! `apictl jwt verify`: is a token to be trusted, and if not, everything that speaks against it.

use serde::Serialize;
use serde_json::{Map, Value};

use super::clock::{self, Clock};
use super::keys::{self, KeyArgs};
use super::{batch, input, shown};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::jwt::{
    Algorithm, Check, Policy, Reason, Status, Verdict, Verifier, VerifierError, Warning, decode,
};
use crate::ui::{Look, Report, Table, Tone};

pub(super) const SCHEMA: &str = "apictl.jwt.verify/1";

/// Check a token's signature, times and claims against a key and expectations
///
/// The algorithm is that of the key, or of --alg, never the token's own choice. Every check that
/// fails is listed, not only the first. Times are compared without leeway, as simplejwt does.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl jwt verify \"$TOKEN\" --secret-env DJANGO_SECRET_KEY --token-type access
  apictl jwt verify @token.txt --key public.pem --aud api --iss https://login.example
  apictl jwt verify \"$TOKEN\" --oidc https://login.example
  apictl jwt verify --batch --key public.pem < tokens.txt

Exit code 0 when the token is valid, 1 when it is not, 2 when the key cannot be used.")]
pub(crate) struct Args {
    /// The token, a text that holds one, @FILE, or - for standard input (also when left out)
    token: Vec<String>,
    #[command(flatten)]
    key: KeyArgs,
    /// Fetch the keys from this JWK Set
    #[arg(long, value_name = "URL", help_heading = "Key")]
    jwks_url: Option<String>,
    /// Fetch the keys that this issuer publishes, and expect it as `iss`
    #[arg(long, value_name = "ISSUER", help_heading = "Key")]
    oidc: Option<String>,
    /// Allow only this algorithm; repeatable
    #[arg(long, value_name = "ALG", help_heading = "Expectations")]
    alg: Vec<Algorithm>,
    /// `aud` must name this; repeatable, one is enough
    #[arg(long, value_name = "TEXT", help_heading = "Expectations")]
    aud: Vec<String>,
    /// `iss` must be this; repeatable, one is enough
    #[arg(long, value_name = "TEXT", help_heading = "Expectations")]
    iss: Vec<String>,
    /// `sub` must be this
    #[arg(long, value_name = "TEXT", help_heading = "Expectations")]
    sub: Option<String>,
    /// `token_type` must be this: access, refresh, sliding
    #[arg(long, value_name = "TEXT", help_heading = "Expectations")]
    token_type: Option<String>,
    /// These claims must be present; repeatable, or with commas
    #[arg(
        long,
        value_name = "CLAIM",
        value_delimiter = ',',
        help_heading = "Expectations"
    )]
    require: Vec<String>,
    /// Refuse tokens issued longer ago than this, by `iat`
    #[arg(long, value_name = "DURATION", help_heading = "Expectations")]
    max_age: Option<String>,
    /// Clock difference to grant, at most a day
    #[arg(
        long,
        value_name = "DURATION",
        default_value = "0s",
        help_heading = "Expectations"
    )]
    leeway: String,
    /// Compare times with this moment, RFC 3339 or seconds since 1970, instead of now
    #[arg(long, value_name = "TIME", help_heading = "Expectations")]
    at: Option<String>,
    /// Read one token a line and write one line of JSON for each, in order
    #[arg(long)]
    batch: bool,
}

#[derive(Debug, Serialize)]
struct VerifyReport {
    schema: &'static str,
    valid: bool,
    reason: Option<Reason>,
    message: String,
    checks: Vec<Check>,
    header: Option<Map<String, Value>>,
    claims: Option<Map<String, Value>>,
    times: Map<String, Value>,
    warnings: Vec<Warning>,
    #[serde(skip)]
    now: f64,
}

/// A line of `--batch`: the same names, and checks only of a refused token.
#[derive(Serialize)]
struct BatchLine {
    schema: &'static str,
    valid: bool,
    reason: Option<Reason>,
    message: String,
    checks: Vec<Check>,
}

/// The line of every valid token.
const VALID_LINE: &str = r#"{"schema":"apictl.jwt.verify/1","valid":true,"reason":null,"message":"the token is valid","checks":[]}"#;

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let clock = Clock::at(args.at.as_deref())?;
    let policy = policy(args)?;
    let mut keys = args.key.read(ctx)?;
    if args.jwks_url.is_some() || args.oidc.is_some() {
        ctx.block_on(async {
            if let Some(url) = &args.jwks_url {
                keys.extend(keys::fetch(url, ctx).await?);
            }
            if let Some(issuer) = &args.oidc {
                keys.extend(keys::discover(issuer, ctx).await?);
            }
            Ok(Exit::Yes)
        })?;
    } else if args.key.is_empty() {
        return Err(Failure::usage("no key to verify with")
            .hint("name one: --secret-env, --secret-file, --key, --jwks-url or --oidc; `apictl jwt decode` needs none"));
    }
    let verifier = Verifier::new(&keys, policy).map_err(|error| refused_key(&error))?;
    if args.batch {
        return batch::run(&args.token, || {
            let mut worker = verifier.worker();
            let now = clock.now(ctx);
            move |line: &str| match worker.refusal(line, now) {
                None => (VALID_LINE.to_owned(), true),
                Some(verdict) => (batch_line(verdict), false),
            }
        });
    }
    let found = input::tokens_whole(&args.token)?;
    let [token] = found.as_slice() else {
        let names: Vec<&str> = found
            .iter()
            .filter_map(|found| found.label.as_deref())
            .collect();
        return Err(Failure::usage(format!(
            "the input holds {} tokens ({}), verify takes one",
            found.len(),
            names.join(", ")
        ))
        .hint("give one of them, or use --batch with one token a line"));
    };
    let report = report(token.token.expose(), &verifier, clock.now(ctx));
    let valid = report.valid;
    ctx.print(&report)?;
    Ok(Exit::answer(valid))
}

fn policy(args: &Args) -> Result<Policy, Failure> {
    let mut issuers = args.iss.clone();
    if let Some(issuer) = &args.oidc {
        // Discovery takes both for the same; tokens name the one that the issuer likes.
        let base = issuer.trim_end_matches('/');
        issuers.extend([base.to_owned(), format!("{base}/")]);
    }
    Ok(Policy {
        algorithms: args.alg.clone(),
        audiences: args.aud.clone(),
        issuers,
        subject: args.sub.clone(),
        token_type: args.token_type.clone(),
        required: args.require.clone(),
        max_age_s: args
            .max_age
            .as_deref()
            .map(|text| clock::duration("max-age", text))
            .transpose()?,
        leeway_s: clock::duration("leeway", &args.leeway)?,
        allow_weak_key: args.key.allow_weak_key,
    })
}

pub(super) fn refused_key(error: &VerifierError) -> Failure {
    match error {
        VerifierError::WeakKey(_) => Failure::of(Exit::Usage, "weak-key", error)
            .hint("accept it with `--allow-weak-key`, and mend the server's key"),
        _ => Failure::of(Exit::Usage, "key", error),
    }
}

fn report(token: &str, verifier: &Verifier, now: f64) -> VerifyReport {
    let verdict = verifier.verify(token, now);
    let decoded = decode(token).ok();
    let claims = decoded
        .as_ref()
        .and_then(|decoded| decoded.claims().cloned());
    VerifyReport {
        schema: SCHEMA,
        valid: verdict.is_valid(),
        reason: verdict.reason(),
        message: verdict.message(),
        times: claims
            .as_ref()
            .map(|claims| shown::times_json(claims, now))
            .unwrap_or_default(),
        checks: verdict.checks,
        claims,
        warnings: decoded
            .as_ref()
            .map(|decoded| decoded.warnings.clone())
            .unwrap_or_default(),
        header: decoded.map(|decoded| decoded.header),
        now,
    }
}

fn batch_line(verdict: Verdict) -> String {
    let line = BatchLine {
        schema: SCHEMA,
        valid: verdict.is_valid(),
        reason: verdict.reason(),
        message: verdict.message(),
        checks: verdict.checks,
    };
    serde_json::to_string(&line).unwrap_or_default()
}

impl Report for VerifyReport {
    fn table(&self, look: &Look) -> String {
        let mut blocks = vec![if self.valid {
            look.paint(Tone::Good, "valid")
        } else {
            look.paint(
                Tone::Bad,
                &format!("invalid: {}", shown::printable(&self.message)),
            )
        }];
        let mut table = Table::new(["CHECK", "RESULT", "FOUND"]);
        for check in &self.checks {
            let (word, tone) = match check.status {
                Status::Pass => ("pass", Tone::Good),
                Status::Fail => ("FAIL", Tone::Bad),
                Status::Skip => ("-", Tone::Faint),
            };
            table.toned_row([
                (check.check.clone(), Some(Tone::Strong)),
                (word.to_owned(), Some(tone)),
                (shown::printable(&check.message), None),
            ]);
        }
        blocks.push(table.render(look));
        if let Some(claims) = &self.claims {
            blocks.push(shown::members(claims, "CLAIM", self.now, look));
        }
        let warnings = shown::warnings(&self.warnings, look);
        if !warnings.is_empty() {
            blocks.push(warnings.join("\n"));
        }
        blocks.join("\n\n")
    }
}
