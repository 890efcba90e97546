//! The switches of `apictl serve`, each with an example.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::values::{algorithm, duration, family, fault, lie, profile, retry_after};
use crate::server::{Algorithm, Fault, HeaderFamily, Lie, Profile, RetryAfter};

/// Serve a stand-in for a Django REST framework API
///
/// Users alice, bob and carol, admin (staff) and inactive; everybody's password is the name and `-pass`.
/// Stops on Ctrl-C after answering open requests, with exit code 0; a second Ctrl-C ends at once, with 130.
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
    pub(super) data: DataArgs,
    #[command(flatten, next_help_heading = "Behaviour")]
    pub(super) behaviour: BehaviourArgs,
    #[command(flatten, next_help_heading = "Limits")]
    pub(super) limits: LimitArgs,
    #[command(flatten, next_help_heading = "Tokens")]
    pub(super) tokens: TokenArgs,
    /// Make something go wrong; repeatable. A SHARE is `0.1` or `10%` of the replies, all where not given
    ///
    /// latency=DURATION · errors[=SHARE] (500) · unavailable[=SHARE] (503) · truncate[=SHARE] ·
    /// stall[=SHARE] (half of the body, then nothing) · drip[=SHARE] (a tenth of the body every 0.1 s) ·
    /// wrong-length[=SHARE] · next-elsewhere · next-http · next-circular · insert-while-walking ·
    /// delete-while-walking · unordered
    ///
    /// Example: `apictl serve --fault latency=50ms --fault errors=5%`
    #[arg(long, value_name = "FAULT[=VALUE]", help_heading = "Faults", value_parser = fault)]
    pub(super) fault: Vec<Fault>,
}

#[derive(Debug, clap::Args)]
pub(super) struct DataArgs {
    /// The port; 0 takes a free one
    ///
    /// Example: `apictl serve --port 0`
    #[arg(short, long, default_value_t = 8000)]
    pub(super) port: u16,
    /// The address to listen on
    ///
    /// Example: `apictl serve --host ::1`
    #[arg(long, default_value = "127.0.0.1", value_name = "IP")]
    pub(super) host: IpAddr,
    /// How many products there are; ten million cost no more memory than ten
    ///
    /// Example: `apictl serve --products 10000000`
    #[arg(long, default_value_t = 1_023, value_name = "N", value_parser = clap::value_parser!(u64).range(..=4_000_000_000))]
    pub(super) products: u64,
    /// How many items a page holds
    ///
    /// Example: `apictl serve --page-size 100`
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(super) page_size: u64,
    /// The most items that `page_size` and `limit` in a query may ask for
    ///
    /// Example: `apictl serve --max-page-size 50`
    #[arg(long, default_value_t = 1_000, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(super) max_page_size: u64,
}

#[derive(Debug, clap::Args)]
pub(super) struct BehaviourArgs {
    /// Answer as this release of DRF, with the simplejwt of its time: 3.14, 3.15, 3.16, 3.17 or 3.18
    ///
    /// Example: `apictl serve --drf 3.14`
    #[arg(long, default_value = "3.18", value_name = "VERSION", value_parser = profile)]
    pub(super) drf: Profile,
    /// Send `Server-Timing` with the number of SQL queries, as the Debug Toolbar does
    ///
    /// Example: `apictl serve --server-timing`
    #[arg(long)]
    pub(super) server_timing: bool,
    /// Send an `ETag` with replies to GET, and 304 to those who have them
    ///
    /// Example: `apictl serve --etag`
    #[arg(long)]
    pub(super) etag: bool,
    /// Compress bodies from 200 bytes on
    ///
    /// Example: `apictl serve --gzip`
    #[arg(long)]
    pub(super) gzip: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct LimitArgs {
    /// Limit a scope, as DRF writes rates; `none` lifts it; repeatable
    ///
    /// Scopes: anon and user (products), `throttled_anon`, `throttled_user`, uploads, burst with sustained
    /// (below /api/throttled/), `twice_minute` with `twice_second` (/api/bad/throttled-twice/).
    ///
    /// Example: `apictl serve --throttle anon=5/min --throttle user=none`
    #[arg(long, value_name = "SCOPE=RATE")]
    pub(super) throttle: Vec<String>,
    /// Workers; each connection stays with the one that accepted it, as under gunicorn
    ///
    /// Example: `apictl serve --workers 4`
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) workers: u16,
    /// Where workers count: each for itself, or together
    ///
    /// Example: `apictl serve --workers 4 --cache shared`
    #[arg(long, value_enum, default_value_t)]
    pub(super) cache: CacheKind,
    /// How long the shared cache takes; requests that come meanwhile read the same count, as in DRF
    ///
    /// Example: `apictl serve --workers 4 --cache shared --cache-latency 5ms`
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(super) cache_latency: Option<Duration>,
    /// How many entries of `X-Forwarded-For` are trusted (`NUM_PROXIES`); by default the whole header is
    ///
    /// Example: `apictl serve --num-proxies 1`
    #[arg(long, value_name = "N")]
    pub(super) num_proxies: Option<usize>,
    /// How requests are counted
    ///
    /// sliding-log (DRF) · fixed-window (opened by the first request) · fixed-window-aligned (to the clock) ·
    /// sliding-counter (room for a whole request) · sliding-counter-below (weighted count below the limit) ·
    /// token-bucket · token-bucket-interval (refilled in steps) · leaky-queue (delays) · concurrency
    ///
    /// Example: `apictl serve --algorithm fixed-window --throttle anon=60/min`
    #[arg(long, default_value = "sliding-log", value_name = "NAME", value_parser = algorithm)]
    pub(super) algorithm: Algorithm,
    /// The capacity of a token bucket, or how many may wait in a leaky queue; the limit by default
    ///
    /// Example: `apictl serve --algorithm token-bucket --throttle anon=60/min --burst 10`
    #[arg(long, value_name = "N")]
    pub(super) burst: Option<u64>,
    /// Refill a token-bucket-interval this often, by the handful that keeps the rate; else token by token
    ///
    /// Example: `apictl serve --algorithm token-bucket-interval --throttle anon=60/min --refill-every 10s`
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(super) refill_every: Option<Duration>,
    /// Refuse everything for this long after a refusal
    ///
    /// Example: `apictl serve --throttle anon=5/min --block 10m`
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(super) block: Option<Duration>,
    /// Start the block anew with every request that is refused during it
    ///
    /// Example: `apictl serve --throttle anon=5/min --block 10m --block-renewed`
    #[arg(long, requires = "block")]
    pub(super) block_renewed: bool,
    /// Let refused requests use up the limit, too
    ///
    /// Example: `apictl serve --throttle anon=5/min --count-refused`
    #[arg(long)]
    pub(super) count_refused: bool,
    /// The status of a refusal: 429, 503 or 403 say
    ///
    /// Example: `apictl serve --throttle anon=5/min --refusal-status 503`
    #[arg(long, default_value_t = 429, value_name = "CODE", value_parser = clap::value_parser!(u16).range(400..600))]
    pub(super) refusal_status: u16,
    /// Headers that tell of limits
    ///
    /// retry-after (DRF: on refusals only) · none · x-ratelimit (reset in seconds since the epoch) ·
    /// x-ratelimit-delta · x-ratelimit-ms · draft-06 · draft-07 · draft-10 (of the IETF)
    ///
    /// Example: `apictl serve --throttle anon=5/min --limit-headers draft-10`
    #[arg(long, default_value = "retry-after", value_name = "FAMILY", value_parser = family)]
    pub(super) limit_headers: HeaderFamily,
    /// How `Retry-After` is written: ceil (DRF), floor, float, date or none
    ///
    /// Example: `apictl serve --throttle anon=5/min --retry-after date`
    #[arg(long, default_value = "ceil", value_name = "FORM", value_parser = retry_after)]
    pub(super) retry_after: RetryAfter,
    /// Let the headers lie
    ///
    /// limit (twice the true one) · wait (half the true one) · constant-reset (always 1) · past-wait (a date
    /// gone by) · absurd-wait (ten years)
    ///
    /// Example: `apictl serve --throttle anon=5/min --limit-headers x-ratelimit --lie limit`
    #[arg(long, value_name = "WHAT", value_parser = lie)]
    pub(super) lie: Option<Lie>,
}

/// Where the workers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum CacheKind {
    #[default]
    Local,
    Shared,
}

#[derive(Debug, clap::Args)]
pub(super) struct TokenArgs {
    /// How long an access token lives
    ///
    /// Example: `apictl serve --access-lifetime 30s`
    #[arg(long, default_value = "5m", value_name = "DURATION", value_parser = duration)]
    pub(super) access_lifetime: Duration,
    /// How long a refresh token lives
    ///
    /// Example: `apictl serve --refresh-lifetime 1h`
    #[arg(long, default_value = "1d", value_name = "DURATION", value_parser = duration)]
    pub(super) refresh_lifetime: Duration,
    /// Give a new refresh token with every refresh (`ROTATE_REFRESH_TOKENS`)
    ///
    /// Example: `apictl serve --rotate`
    #[arg(long)]
    pub(super) rotate: bool,
    /// Blacklist the old refresh token on rotation (`BLACKLIST_AFTER_ROTATION`)
    ///
    /// Example: `apictl serve --rotate --blacklist`
    #[arg(long)]
    pub(super) blacklist: bool,
    /// Run without the blacklist app: logging out answers 200 and does nothing
    ///
    /// Example: `apictl serve --rotate --blacklist --no-blacklist-app`
    #[arg(long)]
    pub(super) no_blacklist_app: bool,
    /// Sign tokens with the secret in this file, or with an RSA or P-256 key in PEM: RS256 or ES256, and the
    /// public key is at `/.well-known/jwks.json`
    ///
    /// Example: `apictl serve --signing-key-file key.pem`
    #[arg(long, value_name = "FILE")]
    pub(super) signing_key_file: Option<PathBuf>,
    /// The scheme of `Authorization` (`AUTH_HEADER_TYPES`); repeatable, the first is advertised
    ///
    /// Example: `apictl serve --header-type JWT --header-type Bearer`
    #[arg(long, value_name = "SCHEME", default_value = "Bearer")]
    pub(super) header_type: Vec<String>,
    /// Write and demand the claim `iss`
    ///
    /// Example: `apictl serve --issuer https://shop.example`
    #[arg(long, value_name = "TEXT")]
    pub(super) issuer: Option<String>,
    /// Write and demand the claim `aud`
    ///
    /// Example: `apictl serve --audience shop`
    #[arg(long, value_name = "TEXT")]
    pub(super) audience: Option<String>,
    /// Tolerance for clocks that differ
    ///
    /// Example: `apictl serve --leeway 10s`
    #[arg(long, value_name = "DURATION", default_value = "0s", value_parser = duration)]
    pub(super) leeway: Duration,
}
