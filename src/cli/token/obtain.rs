//! `apictl token obtain`: log in.

use std::net::IpAddr;

use super::secrets::{PasswordArgs, ask};
use super::shown::LoginReport;
use super::target::{Target, origin_of};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::cli::identity::ANON;
use crate::http::{Client, Url};
use crate::secret::Secret;
use crate::token::{
    Applicant, Grant, Keeping, Kept, Key, OauthClient, Overrides, Preset, Shape, discover, obtain,
};
use crate::ui::{Look, Report, facts};

/// Log in, and keep the tokens
///
/// Without a preset, the API is asked what it speaks. The login is stored under `--as NAME`, else under
/// the user's name, and is the one that other commands use at this API until another one is obtained.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl token obtain -u alice
  pass show api | apictl token obtain -u alice --as admin --password-stdin --preset djoser
  apictl token obtain --preset oauth2-client-credentials --client-id app --client-secret-file secret")]
pub(crate) struct Args {
    /// Who logs in; else `APICTL_USERNAME` is used, else asked for
    #[arg(short, long, value_name = "NAME")]
    username: Option<String>,
    #[command(flatten)]
    password: PasswordArgs,
    /// The package that hands out the tokens
    #[arg(long, value_name = "NAME", value_parser = preset)]
    preset: Option<Preset>,
    /// Ask the API what it speaks, whatever the configuration says
    #[arg(long, conflicts_with = "preset")]
    discover: bool,
    #[command(flatten)]
    paths: Paths,
    /// One more field of the login request; repeatable
    #[arg(long, value_name = "K=V")]
    field: Vec<String>,
    /// The OAuth 2.0 client
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// Read the OAuth 2.0 client's secret from this file; else `APICTL_CLIENT_SECRET` is used
    #[arg(long, value_name = "FILE")]
    client_secret_file: Option<std::path::PathBuf>,
    /// The OAuth 2.0 scope to ask for
    #[arg(long, value_name = "SCOPE")]
    scope: Option<String>,
    /// Print the tokens whole
    #[arg(long)]
    reveal: bool,
}

#[derive(Debug, clap::Args)]
struct Paths {
    /// Where to log in
    #[arg(long, value_name = "PATH")]
    obtain_path: Option<String>,
    /// Where to refresh
    #[arg(long, value_name = "PATH")]
    refresh_path: Option<String>,
    /// Where to check a token
    #[arg(long, value_name = "PATH")]
    verify_path: Option<String>,
    /// Where to revoke a token
    #[arg(long, value_name = "PATH")]
    revoke_path: Option<String>,
    /// The name of the login field
    #[arg(long, value_name = "FIELD")]
    username_field: Option<String>,
    /// The name of the password field
    #[arg(long, value_name = "FIELD")]
    password_field: Option<String>,
    /// Where the access token is in the reply (RFC 6901)
    #[arg(long, value_name = "POINTER")]
    access_pointer: Option<String>,
    /// Where the refresh token is in the reply (RFC 6901)
    #[arg(long, value_name = "POINTER")]
    refresh_pointer: Option<String>,
    /// The scheme of Authorization, whatever the server advertises
    #[arg(long, value_name = "SCHEME")]
    scheme: Option<String>,
}

fn preset(name: &str) -> Result<Preset, String> {
    Preset::named(name).ok_or_else(|| {
        let names = Preset::ALL.map(Preset::name);
        format!("the presets are {}", names.join(", "))
    })
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let fields = args
        .field
        .iter()
        .map(|text| {
            text.split_once('=')
                .map(|(name, value)| (name.to_owned(), Secret::new(value)))
                .ok_or_else(|| Failure::usage("`--field` is of the form K=V"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    ctx.block_on(async {
        let client = ctx.anonymous_client(ctx.settings.base_url.clone())?;
        let shape = shape_of(args, ctx, &client).await?;
        let applicant = applicant(args, ctx, &shape, fields).await?;
        if is_exposed(client.base()) {
            ctx.warn("the password and the tokens travel unencrypted: the base URL is not https");
        }
        let key = Key::new(origin_of(client.base()), applicant.login_name());
        let obtained = obtain(&client, &shape, &applicant, ctx.now()).await?;
        for note in &obtained.notes {
            ctx.warn(note);
        }
        let store = ctx.store()?;
        let held = store.hold(&key).await?;
        let decided = store.keeping()?;
        held.save(&obtained.login)?;
        held.make_current()?;
        drop(held);
        tell(ctx, decided.as_ref(), store.keeping()?.as_ref());
        let target = Target { client, store, key };
        ctx.print(&ObtainReport(LoginReport::new(
            "apictl.token.obtain/1",
            &target,
            &obtained.login,
            args.reveal,
            ctx.now(),
        )))?;
        Ok(Exit::Yes)
    })
}

/// Says how logins are kept when that was decided just now.
fn tell(ctx: &Context, before: Option<&Keeping>, now: Option<&Keeping>) {
    let Some(now) = now.filter(|now| Some(*now) != before) else {
        return;
    };
    ctx.say(&match (now.kept, &now.why) {
        (Kept::Keyring, _) => "logins are sealed with a key in the keyring, from now on".to_owned(),
        (Kept::File, Some(why)) => {
            format!("logins are kept in files that only you can read, from now on: {why}")
        }
        (Kept::File, None) => "logins are kept in files that only you can read".to_owned(),
    });
}

/// The API's shape: the preset that was named, else what it shows of itself; then what the user says of it.
async fn shape_of(args: &Args, ctx: &Context, client: &Client) -> Result<Shape, Failure> {
    let configured = |flag: &Option<String>, name| flag.clone().or_else(|| ctx.settings.text(name));
    let paths = &args.paths;
    let said = Overrides {
        obtain: configured(&paths.obtain_path, "obtain_path"),
        refresh: configured(&paths.refresh_path, "refresh_path"),
        verify: configured(&paths.verify_path, "verify_path"),
        revoke: configured(&paths.revoke_path, "revoke_path"),
        username_field: configured(&paths.username_field, "username_field"),
        password_field: paths.password_field.clone(),
        access_at: paths.access_pointer.clone(),
        refresh_at: paths.refresh_pointer.clone(),
        scheme: paths.scheme.clone(),
    };
    let named = match (args.preset, ctx.settings.text("preset")) {
        _ if args.discover => None,
        (Some(preset), _) => Some(preset),
        (None, Some(name)) => Some(
            preset(&name)
                .map_err(|why| Failure::usage(format!("'{name}' is not a preset: {why}")))?,
        ),
        (None, None) if args.client_id.is_some() => Some(Preset::OauthClientCredentials),
        (None, None) => None,
    };
    if let Some(preset) = named {
        return Ok(preset.shape().overridden(&said));
    }
    let found = discover(client, said.obtain.as_deref()).await?;
    ctx.say(&format!(
        "found {} at {} in {}; the login field is '{}'",
        match &found.view {
            Some(view) => format!("{} (\"{view}\")", found.shape.preset),
            None => found.shape.preset.clone(),
        },
        found.shape.obtain.as_deref().unwrap_or("/"),
        plural(found.requests),
        found.shape.username_field
    ));
    // Its place is where it was found; the neighbours were looked for.
    let said = Overrides {
        obtain: None,
        ..said
    };
    Ok(found.shape.overridden(&said))
}

async fn applicant(
    args: &Args,
    ctx: &Context,
    shape: &Shape,
    fields: Vec<(String, Secret)>,
) -> Result<Applicant, Failure> {
    let name = ctx.settings.identity_of_this_run().map(str::to_owned);
    if name.as_deref() == Some(ANON) {
        return Err(Failure::usage("'anon' is nobody and cannot log in"));
    }
    let client = match &args.client_id {
        Some(id) => Some(OauthClient {
            id: id.clone(),
            secret: client_secret(args, ctx)?,
            scope: args.scope.clone(),
        }),
        None => None,
    };
    let has_user = shape.grant != Grant::OauthClientCredentials;
    if !has_user && client.is_none() {
        return Err(Failure::usage("client credentials need `--client-id`"));
    }
    let (username, password) = if has_user {
        let username = match args.username.clone().or_else(|| variable(ctx)) {
            Some(username) => username,
            None => ask("User name: ")
                .await?
                .or_else(|| name.clone())
                .ok_or_else(|| {
                    Failure::usage("there is no user name").hint("give it with `-u NAME`")
                })?,
        };
        let prompt = format!("Password of {username} at {}: ", ctx.settings.base_url);
        (Some(username), args.password.read(ctx, &prompt)?)
    } else {
        (None, Secret::default())
    };
    Ok(Applicant {
        name,
        username,
        password,
        fields,
        client,
        scheme_is_given: args.paths.scheme.is_some(),
    })
}

/// Whether what is sent there can be read on the way.
fn is_exposed(base: &Url) -> bool {
    let host = base.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let local = host == "localhost"
        || host.ends_with(".localhost")
        || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    base.scheme() == "http" && !local
}

fn variable(ctx: &Context) -> Option<String> {
    ctx.environment
        .variable("APICTL_USERNAME")
        .map(str::to_owned)
}

fn client_secret(args: &Args, ctx: &Context) -> Result<Option<Secret>, Failure> {
    if let Some(path) = &args.client_secret_file {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::local(format!(
                "cannot read the client's secret from {}",
                path.display()
            ))
            .because(&error)
        })?;
        return Ok(Some(Secret::new(text.trim())));
    }
    let variable = ctx.environment.variable("APICTL_CLIENT_SECRET");
    Ok(variable.map(Secret::new))
}

#[derive(Debug, serde::Serialize)]
#[serde(transparent)]
struct ObtainReport(LoginReport);

impl Report for ObtainReport {
    fn table(&self, look: &Look) -> String {
        facts(look, self.0.facts(look))
    }
}

fn plural(requests: usize) -> String {
    match requests {
        1 => "one request".to_owned(),
        more => format!("{more} requests"),
    }
}
