//! `apictl serve`: the embedded API on a port.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;

use super::context::{Context, interruption};
use super::failure::{Exit, Failure};
use crate::rate::{Rate, parse_duration};
use crate::server::{
    Algorithm, Clock, Config, Extras, FAULTS, Fault, HeaderFamily, Lie, Limiter, Profile,
    RetryAfter, SigningKey,
};
use crate::ui::{Format, Look, Report, Tone, facts};

/// Serve a stand-in for a Django REST framework API
///
/// Users alice, bob and carol, admin (staff) and inactive; everybody's password is the name and `-pass`.
/// Stops on Ctrl-C after answering open requests, with exit code 0.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  apictl serve
  apictl serve --port 0 --format json                 # a free port, told on standard output
  apictl serve --throttle anon=5/min --throttle user=none
  apictl serve --workers 4                            # four workers that do not share their counts
  apictl serve --workers 4 --cache shared --cache-latency 5ms   # one count, read and written in a race
  apictl serve --algorithm token-bucket --throttle anon=60/min --burst 10 --limit-headers draft-10
  apictl serve --rotate --blacklist --access-lifetime 30s
  apictl serve --products 10000000 --fault latency=50ms --fault errors=5%")]
pub(crate) struct Args {
    #[command(flatten, next_help_heading = "Address and data")]
    data: DataArgs,
    #[command(flatten, next_help_heading = "Behaviour")]
    behaviour: BehaviourArgs,
    #[command(flatten, next_help_heading = "Limits")]
    limits: LimitArgs,
    #[command(flatten, next_help_heading = "Tokens")]
    tokens: TokenArgs,
    /// Make something go wrong; repeatable. A SHARE is `0.1` or `10%` of the replies, all where not given
    ///
    /// latency=DURATION · errors[=SHARE] (500) · unavailable[=SHARE] (503) · truncate[=SHARE] ·
    /// stall[=SHARE] (half of the body, then nothing) · drip[=SHARE] (a tenth of the body every 0.1 s) ·
    /// wrong-length[=SHARE] · next-elsewhere · next-http · next-circular · insert-while-walking ·
    /// delete-while-walking · unordered
    #[arg(long, value_name = "FAULT[=VALUE]", help_heading = "Faults", value_parser = fault)]
    fault: Vec<Fault>,
}

#[derive(Debug, clap::Args)]
struct DataArgs {
    /// The port; 0 takes a free one
    #[arg(short, long, default_value_t = 8000)]
    port: u16,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1", value_name = "IP")]
    host: IpAddr,
    /// How many products there are; ten million cost no more memory than ten
    #[arg(long, default_value_t = 1_023, value_name = "N")]
    products: u64,
    /// How many items a page holds
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    page_size: u64,
    /// The most items that `page_size` and `limit` in a query may ask for
    #[arg(long, default_value_t = 1_000, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_page_size: u64,
}

#[derive(Debug, clap::Args)]
struct BehaviourArgs {
    /// Answer as this release of DRF, with the simplejwt of its time: 3.14, 3.15, 3.16, 3.17 or 3.18
    #[arg(long, default_value = "3.18", value_name = "VERSION", value_parser = profile)]
    drf: Profile,
    /// Send `Server-Timing` with the number of SQL queries, as the Debug Toolbar does
    #[arg(long)]
    server_timing: bool,
    /// Send an `ETag` with replies to GET, and 304 to those who have them
    #[arg(long)]
    etag: bool,
    /// Compress bodies from 200 bytes on
    #[arg(long)]
    gzip: bool,
}

#[derive(Debug, clap::Args)]
struct LimitArgs {
    /// Limit a scope, as DRF writes rates; `none` lifts it; repeatable
    ///
    /// Scopes: anon and user (products), `throttled_anon`, `throttled_user`, uploads, and burst with sustained
    /// (below /api/throttled/).
    #[arg(long, value_name = "SCOPE=RATE")]
    throttle: Vec<String>,
    /// Workers; each connection stays with the one that accepted it, as under gunicorn
    #[arg(long, default_value_t = 1, value_name = "N")]
    workers: usize,
    /// Where workers count: each for itself, or together
    #[arg(long, value_enum, default_value_t)]
    cache: CacheKind,
    /// How long the shared cache takes; requests that come meanwhile read the same count, as in DRF
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    cache_latency: Option<Duration>,
    /// How many entries of `X-Forwarded-For` are trusted (`NUM_PROXIES`); by default the whole header is
    #[arg(long, value_name = "N")]
    num_proxies: Option<usize>,
    /// How requests are counted
    ///
    /// sliding-log (DRF) · fixed-window (opened by the first request) · fixed-window-aligned (to the clock) ·
    /// sliding-counter (room for a whole request) · sliding-counter-below (weighted count below the limit) ·
    /// token-bucket · token-bucket-interval (refilled in steps) · leaky-queue (delays) · concurrency
    #[arg(long, default_value = "sliding-log", value_name = "NAME", value_parser = algorithm)]
    algorithm: Algorithm,
    /// The capacity of a token bucket, or how many may wait in a leaky queue; the limit by default
    #[arg(long, value_name = "N")]
    burst: Option<u64>,
    /// Refill a token-bucket-interval this often, by the handful that keeps the rate; else token by token
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    refill_every: Option<Duration>,
    /// Refuse everything for this long after a refusal
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    block: Option<Duration>,
    /// Start the block anew with every request that is refused during it
    #[arg(long, requires = "block")]
    block_renewed: bool,
    /// Let refused requests use up the limit, too
    #[arg(long)]
    count_refused: bool,
    /// The status of a refusal: 429, 503 or 403 say
    #[arg(long, default_value_t = 429, value_name = "CODE", value_parser = clap::value_parser!(u16).range(400..600))]
    refusal_status: u16,
    /// Headers that tell of limits
    ///
    /// retry-after (DRF: on refusals only) · none · x-ratelimit (reset in seconds since the epoch) ·
    /// x-ratelimit-delta · x-ratelimit-ms · draft-06 · draft-07 · draft-10 (of the IETF)
    #[arg(long, default_value = "retry-after", value_name = "FAMILY", value_parser = family)]
    limit_headers: HeaderFamily,
    /// How `Retry-After` is written: ceil (DRF), floor, float, date or none
    #[arg(long, default_value = "ceil", value_name = "FORM", value_parser = retry_after)]
    retry_after: RetryAfter,
    /// Let the headers lie
    ///
    /// limit (twice the true one) · wait (half the true one) · constant-reset (always 1) · past-wait (a date
    /// gone by) · absurd-wait (ten years)
    #[arg(long, value_name = "WHAT", value_parser = lie)]
    lie: Option<Lie>,
}

/// Where the workers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum CacheKind {
    #[default]
    Local,
    Shared,
}

#[derive(Debug, clap::Args)]
struct TokenArgs {
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
    /// Sign tokens with the secret in this file, or with an RSA or P-256 key in PEM: RS256 or ES256, and the
    /// public key is at `/.well-known/jwks.json`
    #[arg(long, value_name = "FILE")]
    signing_key_file: Option<PathBuf>,
    /// The scheme of `Authorization` (`AUTH_HEADER_TYPES`); repeatable, the first is advertised
    #[arg(long, value_name = "SCHEME", default_value = "Bearer")]
    header_type: Vec<String>,
    /// Write and demand the claim `iss`
    #[arg(long, value_name = "TEXT")]
    issuer: Option<String>,
    /// Write and demand the claim `aud`
    #[arg(long, value_name = "TEXT")]
    audience: Option<String>,
    /// Tolerance for clocks that differ
    #[arg(long, value_name = "DURATION", default_value = "0s", value_parser = duration)]
    leeway: Duration,
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
        let address = (args.data.host, args.data.port);
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
    let Args {
        data,
        behaviour,
        limits,
        tokens,
        fault,
    } = args;
    let mut config = Config {
        products: data.products,
        page_size: data.page_size,
        max_page_size: data.max_page_size,
        num_proxies: limits.num_proxies,
        limiter: limiter(limits)?,
        faults: fault.clone(),
        drf: behaviour.drf,
        extras: Extras {
            server_timing: behaviour.server_timing,
            etag: behaviour.etag,
            gzip: behaviour.gzip,
        },
        clock: Clock::starting_at(ctx.clock()),
        ..Config::default()
    };
    // Workers that share a cache count as one.
    config.workers = match limits.cache {
        CacheKind::Local => limits.workers.max(1),
        CacheKind::Shared => 1,
    };
    for text in &limits.throttle {
        set_rate(&mut config, text)?;
    }
    let jwt = &mut config.jwt;
    jwt.access_lifetime = tokens.access_lifetime;
    jwt.refresh_lifetime = tokens.refresh_lifetime;
    jwt.rotate = tokens.rotate;
    jwt.blacklist_after_rotation = tokens.blacklist;
    jwt.blacklist_app = !tokens.no_blacklist_app;
    jwt.header_types.clone_from(&tokens.header_type);
    jwt.issuer.clone_from(&tokens.issuer);
    jwt.audience.clone_from(&tokens.audience);
    jwt.leeway = tokens.leeway;
    if let Some(path) = &tokens.signing_key_file {
        jwt.key = signing_key(path)?;
    }
    Ok(config)
}

fn limiter(args: &LimitArgs) -> Result<Limiter, Failure> {
    if args.cache_latency.is_some() && args.cache == CacheKind::Local {
        return Err(Failure::usage("--cache-latency needs --cache shared")
            .hint("a local cache answers at once"));
    }
    Ok(Limiter {
        algorithm: args.algorithm,
        burst: args.burst,
        refill_every: args.refill_every,
        block: args.block,
        block_renewed: args.block_renewed,
        counts_refused: args.count_refused,
        status: args.refusal_status,
        headers: args.limit_headers,
        retry_after: args.retry_after,
        lie: args.lie,
        cache_latency: args.cache_latency,
    })
}

/// Takes over one `SCOPE=RATE`.
fn set_rate(config: &mut Config, text: &str) -> Result<(), Failure> {
    let (scope, rate) = text.split_once('=').ok_or_else(|| {
        Failure::usage(format!("--throttle '{text}' is not of the form SCOPE=RATE"))
    })?;
    let known: Vec<String> = Config::default().throttles.into_keys().collect();
    if !known.iter().any(|name| name == scope) {
        return Err(
            Failure::usage(format!("there is no throttle scope '{scope}'"))
                .hint(format!("known are {}", known.join(", "))),
        );
    }
    if rate == "none" {
        config.throttles.remove(scope);
        return Ok(());
    }
    let rate: Rate = rate
        .parse()
        .map_err(|error| Failure::usage(format!("--throttle {scope}: {error}")))?;
    config.throttles.insert(scope.to_owned(), rate);
    Ok(())
}

/// A private key in PEM, or a secret without the newline that editors and `echo` leave.
fn signing_key(path: &Path) -> Result<SigningKey, Failure> {
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
    SigningKey::read(&key).map_err(|error| {
        Failure::usage(format!("cannot sign with {}", path.display())).because(&error)
    })
}

fn cannot_listen(args: &Args, error: &std::io::Error) -> Failure {
    let failure = Failure::local(format!(
        "cannot listen on {}:{}",
        args.data.host, args.data.port
    ))
    .because(error);
    if error.kind() == std::io::ErrorKind::AddrInUse {
        return failure.hint("another program has the port; `--port 0` takes a free one");
    }
    failure
}

fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| "not a duration such as 30s, 5m or 1d".to_owned())
}

fn profile(text: &str) -> Result<Profile, String> {
    text.parse()
        .map_err(|()| "known are 3.14, 3.15, 3.16, 3.17 and 3.18".to_owned())
}

fn algorithm(text: &str) -> Result<Algorithm, String> {
    text.parse().map_err(|()| known(&Algorithm::NAMES))
}

fn family(text: &str) -> Result<HeaderFamily, String> {
    text.parse().map_err(|()| known(&HeaderFamily::NAMES))
}

fn retry_after(text: &str) -> Result<RetryAfter, String> {
    text.parse().map_err(|()| known(&RetryAfter::NAMES))
}

fn lie(text: &str) -> Result<Lie, String> {
    text.parse().map_err(|()| known(&Lie::NAMES))
}

fn known(names: &[&str]) -> String {
    format!("known are {}", names.join(", "))
}

fn fault(text: &str) -> Result<Fault, String> {
    text.parse().map_err(|()| format!("known are {FAULTS}"))
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
