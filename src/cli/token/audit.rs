//! `apictl token audit`: an attack battery against one's own server.

use std::path::PathBuf;
use std::time::Duration;

use super::audit_files::{
    guesses, jwks_pems, known, public_keys, signing_key, token_in, write_json,
};
use super::audit_report::AuditReport;
use super::audit_sarif::sarif;
use super::secrets::PasswordArgs;
use super::target::Target as Stored;
use crate::cli::access::authority_in;
use crate::cli::ci::{annotate, write_junit};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::http::{Client, Request, Url, shown_url};
use crate::rate::parse_duration;
use crate::token::audit::{
    AuditError, Battery, Finish, MAX_REQUESTS, Materials, Outcome, Pair, Target, Verdict,
};
use crate::token::{Overrides, Preset, Shape};

/// Attack the token handling of your own API, and say what to change
///
/// URL is a protected endpoint that answers GET with 2xx to the login and 401 to nobody. With
/// `--username` the audit logs in by itself and may use up what it gets (rotation, logout, login
/// throttle); without, it uses the stored login and leaves those out. Nothing but logins, refreshes and
/// logouts of its own is changed on the server. Exit code 1 when a probe fails; 3 or 4 when none did but the
/// API throttled, refused the good token in the end, or went away.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pass show api | apictl token audit /api/me/ -u alice --password-stdin
  apictl token audit /api/me/ -u alice --secret-file signing-key --max-requests 90
  apictl token audit /api/me/ --only alg-none,signature-stripped --format json
  apictl token audit /api/me/ -u alice --jwks-url /.well-known/jwks.json --old-token expired.jwt
  apictl token audit /api/me/ -u alice --other bob
  apictl token audit /api/me/ -u alice --sarif audit.sarif --baseline audit.json --fail-on warn")]
pub(crate) struct Args {
    /// A protected endpoint
    url: String,
    /// Log in as this user, as often as the probes need it
    #[arg(short, long, value_name = "NAME")]
    username: Option<String>,
    #[command(flatten)]
    password: PasswordArgs,
    /// The package that hands out the tokens
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// The server's HMAC secret, for probes that need it
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// The server's private key, for probes that need it
    #[arg(long, value_name = "FILE", conflicts_with = "secret_file")]
    key: Option<PathBuf>,
    /// The server's public key (PEM, JWK, JWK Set), for the confusion of algorithms; repeatable
    #[arg(long, value_name = "FILE")]
    public_key: Vec<PathBuf>,
    /// The JWK Set with the server's public keys, for the same
    #[arg(long, value_name = "URL")]
    jwks_url: Option<String>,
    /// An access token that ended long ago, where the signing key is not at hand
    #[arg(long, value_name = "FILE")]
    old_token: Option<PathBuf>,
    /// Wait for an access token to end that lives no longer than this, where the signing key is not at hand
    #[arg(long, value_name = "DURATION", default_value = "15s", value_parser = duration)]
    wait: Duration,
    /// A second stored login that may GET the endpoint: is it shown the first one's replies by a cache?
    #[arg(long, value_name = "NAME")]
    other: Option<String>,
    /// The same with a token in a file
    #[arg(long, value_name = "FILE", conflicts_with = "other")]
    other_token_file: Option<PathBuf>,
    /// More guesses of the HMAC secret, one a line
    #[arg(long, value_name = "FILE")]
    wordlist: Option<PathBuf>,
    /// Guess with what the settings and .env files of a Django project hold
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,
    /// The most requests
    #[arg(long, value_name = "N", default_value_t = MAX_REQUESTS)]
    max_requests: u32,
    /// Try eight simultaneous refreshes of one token, too
    #[arg(long)]
    race: bool,
    /// Run these probes only, separated by commas
    #[arg(long, value_name = "PROBES", value_delimiter = ',')]
    only: Vec<String>,
    /// Leave these probes out, separated by commas
    #[arg(long, value_name = "PROBES", value_delimiter = ',')]
    skip: Vec<String>,
    /// The mildest verdict that makes the exit code 1
    #[arg(long, value_name = "VERDICT", default_value = "fail", value_parser = ["warn", "crash", "fail"])]
    fail_on: String,
    /// An earlier JSON report: what it knows already does not count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the JSON report to a file, for `--baseline`
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Write a JUnit file
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write a SARIF 2.1.0 file
    #[arg(long, value_name = "FILE")]
    sarif: Option<PathBuf>,
    /// Attack a server that is not on this machine, which you own or may test
    #[arg(long)]
    yes: bool,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.format()?;
    let wanted = Battery::select(&args.only, &args.skip).map_err(|unknown| {
        Failure::usage(format!("there is no probe '{unknown}'"))
            .hint("`apictl token audit` without `--only` names them all")
    })?;
    let known = args.baseline.as_deref().map(known).transpose()?;
    let client = ctx.anonymous_client(ctx.base_for(&args.url)?)?;
    let protected = client.url(&args.url)?;
    ctx.block_on(async {
        let target = target(args, ctx, &client, protected)?;
        if !target.is_loopback() && !args.yes {
            return Err(Failure::usage(format!(
                "{} is not on this machine",
                target.protected.host_str().unwrap_or_default()
            ))
            .hint("add `--yes` if the server is yours or you may test it"));
        }
        let materials = materials(args, ctx, &client).await?;
        let planned = Battery::planned(&wanted, &materials);
        ctx.say(&format!(
            "at most {} requests to {}{}",
            planned.min(args.max_requests),
            target.protected.origin().ascii_serialization(),
            if planned > args.max_requests {
                format!("; all probes would need {planned} (--max-requests)")
            } else {
                String::new()
            }
        ));
        let progress = ctx.progress(Some(wanted.len() as u64), "probes");
        let total = wanted.len();
        let mut battery = Battery::begin(client, target.clone(), materials, wanted).await?;
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(total);
        while let Some(outcome) = battery.next().await {
            progress.say(outcome.id);
            outcomes.push(outcome);
            progress.reach(outcomes.len() as u64);
        }
        let finish_of = battery.end().await;
        if let Finish::Refused { status } = &finish_of {
            distrust(&mut outcomes, *status);
        }
        progress.finish();
        let report = AuditReport::new(
            &target,
            &outcomes,
            [planned, args.max_requests, battery.sent()],
            known.as_deref().unwrap_or_default(),
            threshold(&args.fail_on),
        )
        .finished(&finish_of);
        finish(args, ctx, &report)
    })
}

fn finish(args: &Args, ctx: &Context, report: &AuditReport) -> Result<Exit, Failure> {
    ctx.print(report)?;
    let cases = report.cases();
    if let Some(path) = &args.junit {
        write_junit(path, "token audit", &cases)?;
    }
    if let Some(path) = &args.sarif {
        write_json(path, &sarif(report))?;
    }
    if let Some(path) = &args.save {
        write_json(path, report)?;
    }
    annotate(ctx, &cases);
    if let Some(why) = &report.incomplete {
        ctx.warn(&format!("the audit is not complete: {why}"));
    }
    Ok(report.exit())
}

/// A good token that is refused by now makes every refusal worthless.
fn distrust(outcomes: &mut [Outcome], status: u16) {
    for outcome in outcomes {
        if outcome.verdict == Verdict::Pass && !outcome.evidence.is_empty() {
            outcome.verdict = Verdict::Skip;
            outcome.message = format!(
                "{}, but the good token is answered {status} by now",
                outcome.message
            );
        }
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| "not a duration such as 15s or 2m".to_owned())
}

fn threshold(word: &str) -> Verdict {
    match word {
        "warn" => Verdict::Warn,
        "crash" => Verdict::Crash,
        _ => Verdict::Fail,
    }
}

/// The endpoints: of the preset for a login of our own, else of the stored login.
fn target(args: &Args, ctx: &Context, client: &Client, protected: Url) -> Result<Target, Failure> {
    let shape = if args.username.is_some() {
        shape_of(args, ctx)?
    } else {
        let login = Stored::at(ctx, client)?.login()?;
        Shape {
            scheme: login.scheme.clone(),
            ..login.shape
        }
    };
    Ok(Target::new(client, protected, shape)?)
}

async fn materials(args: &Args, ctx: &Context, client: &Client) -> Result<Materials, Failure> {
    let (secret, key) = signing_key(args.secret_file.as_deref(), args.key.as_deref())?;
    let mut materials = Materials {
        secret,
        key,
        public_keys: public_keys(&args.public_key)?,
        guesses: guesses(args.wordlist.as_deref(), args.project.as_deref())?,
        old_token: args.old_token.as_deref().map(token_in).transpose()?,
        other: other(args, ctx, client)?,
        patience: args.wait,
        max_requests: args.max_requests,
        race: args.race,
        #[expect(clippy::cast_precision_loss, reason = "seconds of our time fit by far")]
        now: ctx.now().as_second() as f64,
        ..Materials::default()
    };
    if let Some(text) = &args.jwks_url {
        let url = client.url(text)?;
        let reply = client.send(Request::get(url.clone()).bare()).await?;
        if !reply.status.is_success() {
            return Err(Failure::api(format!(
                "the JWK Set at {} is answered {}",
                shown_url(&url),
                reply.status.as_u16()
            )));
        }
        materials.public_keys.extend(jwks_pems(&reply.body, &url)?);
        materials.key_documents.push(reply.body.to_vec());
    }
    if let Some(username) = &args.username {
        let prompt = format!("Password of {username}: ");
        materials.credentials = Some((username.clone(), args.password.read(ctx, &prompt)?));
    } else {
        let stored = Stored::at(ctx, client)?;
        let login = stored.keeper(ctx).ensure(None).await?.login;
        materials.pair = Some(Pair::new(login.access, login.refresh));
    }
    Ok(materials)
}

/// The second identity: its name, and a client that asks as it.
fn other(args: &Args, ctx: &Context, client: &Client) -> Result<Option<(String, Client)>, Failure> {
    let (name, authority) = match (&args.other, &args.other_token_file) {
        (Some(name), _) => (
            name.as_str(),
            crate::cli::identity::named(ctx, client, name)?,
        ),
        (None, Some(path)) => ("the second login", authority_in(path)?),
        (None, None) => return Ok(None),
    };
    let client = client.clone().with_authority(Some(authority));
    Ok(Some((name.to_owned(), client)))
}

/// The preset, with what the configuration says of it.
fn shape_of(args: &Args, ctx: &Context) -> Result<Shape, Failure> {
    let name = args.preset.clone().or_else(|| ctx.settings.text("preset"));
    let preset = match name.as_deref() {
        None => Preset::Simplejwt,
        Some(name) => Preset::named(name).ok_or_else(|| {
            let names = Preset::ALL.map(Preset::name).join(", ");
            Failure::usage(format!("'{name}' is not a preset"))
                .hint(format!("the presets are {names}"))
        })?,
    };
    Ok(preset.shape().overridden(&Overrides {
        obtain: ctx.settings.text("obtain_path"),
        refresh: ctx.settings.text("refresh_path"),
        verify: ctx.settings.text("verify_path"),
        revoke: ctx.settings.text("revoke_path"),
        username_field: ctx.settings.text("username_field"),
        ..Overrides::default()
    }))
}

impl From<AuditError> for Failure {
    fn from(error: AuditError) -> Self {
        let hint = match &error {
            AuditError::Http(_) => {
                let AuditError::Http(error) = error else {
                    return Self::api("the audit could not begin");
                };
                return error.into();
            }
            AuditError::Stopped(_) => "wait for the throttle, or allow more with `--max-requests`",
            AuditError::LoginRefused { .. } => "check the name, the password and `--preset`",
            AuditError::NoToken {
                instead: Some(what),
            } if what.contains("cookies") => {
                "the audit forges tokens in the Authorization field: have the login hand them out in its body \
                 (JWT_AUTH_HTTPONLY = False in dj-rest-auth), for the audit at least"
            }
            AuditError::NoToken { .. } => {
                "name the package that hands out the tokens with `--preset`"
            }
            AuditError::GoodRefused { .. } => {
                "name an endpoint that this login may GET, for example one that shows the user"
            }
            AuditError::Public { .. } => {
                "name an endpoint that needs a login; if this one should, `apictl access matrix` shows who may what"
            }
        };
        Self::of(Exit::Api, "audit", &error).hint(hint)
    }
}
