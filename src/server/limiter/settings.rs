//! The switches of a limiter.

use std::str::FromStr;
use std::time::Duration;

use crate::rate::Rate;

use super::bucket::{SteppedBucket, TokenBucket};
use super::counter::{Rounding, SlidingCounter};
use super::decision::{real, whole};
use super::guard::{Block, Guarded, Kind};
use super::queue::LeakyQueue;
use super::sliding_log::SlidingLog;
use super::window::FixedWindow;

/// How requests are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Algorithm {
    /// DRF's own: the times of all admitted requests of the last window.
    #[default]
    SlidingLog,
    /// A window that begins with the first request.
    FixedWindow,
    /// Windows that begin at multiples of their length since the Unix epoch.
    FixedWindowAligned,
    /// Two aligned windows, the former weighted by how much of it the last window's length still covers;
    /// admits while there is room for one whole request.
    SlidingCounter,
    /// The same, admitting while the weighted count is below the limit.
    SlidingCounterBelow,
    /// Tokens that come back evenly; `burst` holds the most.
    TokenBucket,
    /// Tokens that come back by the handful; `burst` holds the most.
    TokenBucketInterval,
    /// Requests leave evenly and wait for their turn; `burst` is how many may wait.
    LeakyQueue,
    /// So many at once, whatever the window.
    Concurrency,
}

impl Algorithm {
    /// All names.
    pub const NAMES: [&'static str; 9] = names(&ALGORITHMS);
}

const ALGORITHMS: [(&str, Algorithm); 9] = [
    ("sliding-log", Algorithm::SlidingLog),
    ("fixed-window", Algorithm::FixedWindow),
    ("fixed-window-aligned", Algorithm::FixedWindowAligned),
    ("sliding-counter", Algorithm::SlidingCounter),
    ("sliding-counter-below", Algorithm::SlidingCounterBelow),
    ("token-bucket", Algorithm::TokenBucket),
    ("token-bucket-interval", Algorithm::TokenBucketInterval),
    ("leaky-queue", Algorithm::LeakyQueue),
    ("concurrency", Algorithm::Concurrency),
];

/// Which headers tell of limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HeaderFamily {
    /// `Retry-After` on refusals, as DRF.
    #[default]
    RetryAfter,
    /// Nothing at all.
    Silent,
    /// `X-RateLimit-Limit`, `-Remaining`, `-Reset` (seconds since the Unix epoch), and `Retry-After`.
    XRateLimit,
    /// The same with the reset in seconds to go.
    XRateLimitDelta,
    /// The same with the reset in milliseconds since the Unix epoch.
    XRateLimitMillis,
    /// `RateLimit-Limit`, `-Remaining`, `-Reset` (seconds to go), `RateLimit-Policy`: the IETF draft up to 06.
    Draft06,
    /// `RateLimit: limit=…, remaining=…, reset=…`: draft 07.
    Draft07,
    /// `RateLimit: "default";r=…;t=…` and its policy: draft 08 and later.
    Draft10,
}

impl HeaderFamily {
    /// All names.
    pub const NAMES: [&'static str; 8] = names(&FAMILIES);
}

const FAMILIES: [(&str, HeaderFamily); 8] = [
    ("retry-after", HeaderFamily::RetryAfter),
    ("none", HeaderFamily::Silent),
    ("x-ratelimit", HeaderFamily::XRateLimit),
    ("x-ratelimit-delta", HeaderFamily::XRateLimitDelta),
    ("x-ratelimit-ms", HeaderFamily::XRateLimitMillis),
    ("draft-06", HeaderFamily::Draft06),
    ("draft-07", HeaderFamily::Draft07),
    ("draft-10", HeaderFamily::Draft10),
];

/// How `Retry-After` is written (RFC 9110 §10.2.3, and as met in the wild).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RetryAfter {
    /// Whole seconds, rounded up (DRF, express, Traefik).
    #[default]
    Ceil,
    /// Whole seconds, rounded down (`tower_governor`, Flask-Limiter).
    Floor,
    /// Seconds with a fraction (Shopify).
    Float,
    /// An HTTP-date.
    Date,
    /// Not at all.
    Absent,
}

impl RetryAfter {
    /// All names.
    pub const NAMES: [&'static str; 5] = names(&RETRY_AFTER);
}

const RETRY_AFTER: [(&str, RetryAfter); 5] = [
    ("ceil", RetryAfter::Ceil),
    ("floor", RetryAfter::Floor),
    ("float", RetryAfter::Float),
    ("date", RetryAfter::Date),
    ("none", RetryAfter::Absent),
];

/// What the headers say wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// Twice the limit that is enforced.
    Limit,
    /// Half the time until requests are admitted again.
    Wait,
    /// The reset is always one second away (tollbooth).
    ConstantReset,
    /// `Retry-After` is a date one minute ago.
    PastWait,
    /// `Retry-After` is ten years.
    AbsurdWait,
}

impl Lie {
    /// All names.
    pub const NAMES: [&'static str; 5] = names(&LIES);
}

const LIES: [(&str, Lie); 5] = [
    ("limit", Lie::Limit),
    ("wait", Lie::Wait),
    ("constant-reset", Lie::ConstantReset),
    ("past-wait", Lie::PastWait),
    ("absurd-wait", Lie::AbsurdWait),
];

const fn names<T: Copy, const N: usize>(table: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut at = 0;
    while at < N {
        names[at] = table[at].0;
        at += 1;
    }
    names
}

fn look_up<T: Copy>(table: &[(&str, T)], text: &str) -> Result<T, ()> {
    let found = table.iter().find(|(name, _)| *name == text);
    found.map(|(_, value)| *value).ok_or(())
}

impl FromStr for Algorithm {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        look_up(&ALGORITHMS, text)
    }
}

impl FromStr for HeaderFamily {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        look_up(&FAMILIES, text)
    }
}

impl FromStr for RetryAfter {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        look_up(&RETRY_AFTER, text)
    }
}

impl FromStr for Lie {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        look_up(&LIES, text)
    }
}

/// A limiter; the default is DRF's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limiter {
    /// How requests are counted.
    pub algorithm: Algorithm,
    /// The capacity of a bucket or queue; the limit, where it is not given.
    pub burst: Option<u64>,
    /// How often handfuls of tokens come; one token at a time, where it is not given.
    pub refill_every: Option<Duration>,
    /// After a refusal, everything is refused for this long. Concurrency knows no block.
    pub block: Option<Duration>,
    /// Whether a request that is refused during the block starts it anew.
    pub block_renewed: bool,
    /// Whether refused requests use up the limit. Fixed windows and queues know no difference.
    pub counts_refused: bool,
    /// The status of a refusal.
    pub status: u16,
    /// What is announced.
    pub headers: HeaderFamily,
    /// How `Retry-After` is written.
    pub retry_after: RetryAfter,
    /// What of it is not true.
    pub lie: Option<Lie>,
    /// How long the counter's cache takes to answer. Requests that come meanwhile read the same count.
    pub cache_latency: Option<Duration>,
}

impl Default for Limiter {
    fn default() -> Self {
        Self {
            algorithm: Algorithm::SlidingLog,
            burst: None,
            refill_every: None,
            block: None,
            block_renewed: false,
            counts_refused: false,
            status: 429,
            headers: HeaderFamily::RetryAfter,
            retry_after: RetryAfter::Ceil,
            lie: None,
            cache_latency: None,
        }
    }
}

impl Limiter {
    /// Whether requests are counted as DRF's own throttle counts them, however that is announced.
    pub(in crate::server) fn counts_as_drf(&self) -> bool {
        self.algorithm == Algorithm::SlidingLog && self.block.is_none() && !self.counts_refused
    }

    /// What is kept for a new caller; nothing for the algorithm that counts who is inside.
    pub(super) fn fresh(&self, rate: Rate) -> Option<Guarded> {
        let burst = self.burst.unwrap_or(rate.limit);
        let counts = self.counts_refused;
        let kind = match self.algorithm {
            Algorithm::SlidingLog => Kind::Log(SlidingLog::new(rate, counts)),
            Algorithm::FixedWindow => Kind::Window(FixedWindow::from_first_request(rate)),
            Algorithm::FixedWindowAligned => Kind::Window(FixedWindow::aligned(rate)),
            Algorithm::SlidingCounter => {
                Kind::Counter(SlidingCounter::new(rate, Rounding::Whole, counts))
            }
            Algorithm::SlidingCounterBelow => {
                Kind::Counter(SlidingCounter::new(rate, Rounding::Below, counts))
            }
            Algorithm::TokenBucket => Kind::Bucket(TokenBucket::new(rate, burst, counts)),
            Algorithm::TokenBucketInterval => Kind::Stepped(self.stepped(rate, burst)),
            Algorithm::LeakyQueue => Kind::Queue(LeakyQueue::new(rate, burst)),
            Algorithm::Concurrency => return None,
        };
        let block = self.block.map(|time| Block {
            time_s: time.as_secs_f64(),
            renewed: self.block_renewed,
        });
        Some(Guarded::new(kind, block))
    }

    fn stepped(&self, rate: Rate, burst: u64) -> SteppedBucket {
        let one = rate.window_s() / real(rate.limit.max(1));
        match self.refill_every.filter(|every| !every.is_zero()) {
            None => SteppedBucket::new(rate, burst, 1, one),
            Some(every) => {
                let every = every.as_secs_f64();
                // A handful is whole, so the pace is the nearest to the rate that it can be.
                SteppedBucket::new(rate, burst, whole((every / one).round()), every)
            }
        }
    }
}
