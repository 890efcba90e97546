//! `apictl serve`: the embedded API on a port.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;

use super::context::{Context, interruption};
use super::failure::{Exit, Failure};
use crate::rate::{Rate, parse_duration};
use crate::server::{Clock, Config, SigningKey};
use crate::ui::{Format, Look, Report, Tone, facts};

/// Serve a stand-in for a Django REST framework API
///
/// Users alice, bob and carol, admin (staff) and inactive; everybody's password is the name and `-pass`.
/// Stops on Ctrl-C after answering open requests, with exit code 0.
#[derive(Debug, clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  apictl serve
  apictl serve --port 0 --format json                 # a free port, told on standard output
  apictl serve --throttle anon=5/min --throttle user=none
  apictl serve --workers 4                            # four workers that do not share their counts
  apictl serve --rotate --blacklist --access-lifetime 30s"
)]
pub(crate) struct Args {
    /// The port; 0 takes a free one
    #[arg(short, long, default_value_t = 8000)]
    port: u16,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1", value_name = "IP")]
    host: IpAddr,
    /// How many products there are
    #[arg(long, default_value_t = 1_023, value_name = "N")]
    products: u64,
    /// How many items a page holds
    #[arg(long, default_value_t = 20, value_name = "N")]
    page_size: u64,
    /// Limit a scope, as DRF writes rates; `none` lifts it; repeatable
    #[arg(long, value_name = "SCOPE=RATE")]
    throttle: Vec<String>,
    /// Workers that each keep their own counts, as gunicorn's do without a shared cache
    #[arg(long, default_value_t = 1, value_name = "N")]
    workers: usize,
    /// How long an access token lives
    #[arg(long, default_value = "5m", value_name = "DURATION", value_parser = duration)]
    access_lifetime: Duration,
    /// How long a refresh token lives
    #[arg(long, default_value = "1d", value_name = "DURATION", value_parser = duration)]
    refresh_lifetime: Duration,
    /// Give a new refresh token with every refresh (`ROTATE_REFRESH_TOKENS`)
    #[arg(long)]
    rotate: bool,
    /// Blacklist the old refresh token on rotation (`BLACKLIST_AFTER_ROTATION`)
    #[arg(long)]
    blacklist: bool,
    /// Run without the blacklist app: logging out answers 200 and does nothing
    #[arg(long)]
    no_blacklist_app: bool,
    /// Sign tokens with the secret in this file
    #[arg(long, value_name = "FILE")]
    signing_key_file: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct ServeReport {
    schema: &'static str,
    url: String,
    users: Vec<&'static str>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    let config = config(args, ctx)?;
    let format = ctx.format()?;
    ctx.run_async(async {
        let address = (args.host, args.port);
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(|error| cannot_listen(args, &error))?;
        let address = listener
            .local_addr()
            .map_err(|error| Failure::local("the port has no address").because(&error))?;
        let report = ServeReport {
            schema: "apictl.serve/1",
            url: format!("http://{address}"),
            users: vec!["alice", "bob", "carol", "admin", "inactive"],
        };
        match format {
            Format::Table => ctx.say(&report.table(ctx.err_look())),
            Format::Json | Format::Ndjson => {
                let line = serde_json::to_string(&report)
                    .map_err(|error| Failure::local("cannot write the report").because(&error))?;
                ctx.write(format!("{line}\n").as_bytes())?;
            }
        }
        crate::server::serve(listener, config, interruption())
            .await
            .map_err(|error| Failure::local("the server failed").because(&error))?;
        Ok(Exit::Yes)
    })
}

fn config(args: &Args, ctx: &Context) -> Result<Config, Failure> {
    let mut config = Config {
        products: args.products,
        page_size: args.page_size,
        ..Config::default()
    };
    config.workers = args.workers.max(1);
    config.clock = Clock::starting_at(ctx.clock());
    for text in &args.throttle {
        let (scope, rate) = text.split_once('=').ok_or_else(|| {
            Failure::usage(format!("--throttle '{text}' is not of the form SCOPE=RATE"))
        })?;
        if !config.throttles.contains_key(scope) {
            let known: Vec<&str> = config.throttles.keys().map(String::as_str).collect();
            return Err(
                Failure::usage(format!("there is no throttle scope '{scope}'"))
                    .hint(format!("known are {}", known.join(", "))),
            );
        }
        if rate == "none" {
            config.throttles.remove(scope);
            continue;
        }
        let rate: Rate = rate
            .parse()
            .map_err(|error| Failure::usage(format!("--throttle {scope}: {error}")))?;
        config.throttles.insert(scope.to_owned(), rate);
    }
    config.jwt.access_lifetime = args.access_lifetime;
    config.jwt.refresh_lifetime = args.refresh_lifetime;
    config.jwt.rotate = args.rotate;
    config.jwt.blacklist_after_rotation = args.blacklist;
    config.jwt.blacklist_app = !args.no_blacklist_app;
    if let Some(path) = &args.signing_key_file {
        config.jwt.key = SigningKey::Hs256(signing_key(path)?);
    }
    Ok(config)
}

/// The secret in a file, without the newline that editors and `echo` leave.
fn signing_key(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut key = std::fs::read(path).map_err(|error| {
        Failure::local(format!("cannot read the signing key {}", path.display())).because(&error)
    })?;
    while key.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        key.pop();
    }
    if key.is_empty() {
        return Err(Failure::usage(format!(
            "the signing key file {} is empty",
            path.display()
        )));
    }
    Ok(key)
}

fn cannot_listen(args: &Args, error: &std::io::Error) -> Failure {
    let failure =
        Failure::local(format!("cannot listen on {}:{}", args.host, args.port)).because(error);
    if error.kind() == std::io::ErrorKind::AddrInUse {
        return failure.hint("another program has the port; `--port 0` takes a free one");
    }
    failure
}

fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| "not a duration such as 30s, 5m or 1d".to_owned())
}

impl Report for ServeReport {
    fn table(&self, look: &Look) -> String {
        let rows = facts(
            look,
            [
                ("api", look.paint(Tone::Strong, &self.url)),
                (
                    "users",
                    format!(
                        "{}; everybody's password is NAME-pass",
                        self.users.join(", ")
                    ),
                ),
                ("try", "apictl token obtain -u alice".to_owned()),
                ("stop", "Ctrl-C".to_owned()),
            ],
        );
        format!("an embedded API that answers as Django REST framework does\n{rows}")
    }
}
