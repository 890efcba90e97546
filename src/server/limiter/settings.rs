//! The switches of a limiter.

use std::str::FromStr;
use std::time::Duration;

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
    /// Two aligned windows, the former weighted by how much of it the last window's length still covers.
    SlidingCounter,
    /// Tokens that come back evenly; `burst` holds the most.
    TokenBucket,
    /// Requests leave evenly and wait for their turn; `burst` is how many may wait.
    LeakyQueue,
    /// So many at once, whatever the window.
    Concurrency,
}

impl FromStr for Algorithm {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "sliding-log" => Self::SlidingLog,
            "fixed-window" => Self::FixedWindow,
            "fixed-window-aligned" => Self::FixedWindowAligned,
            "sliding-counter" => Self::SlidingCounter,
            "token-bucket" => Self::TokenBucket,
            "leaky-queue" => Self::LeakyQueue,
            "concurrency" => Self::Concurrency,
            _ => return Err(()),
        })
    }
}

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
    /// `RateLimit-Limit`, `-Remaining`, `-Reset` (seconds to go), `RateLimit-Policy`: the IETF draft up to 06.
    Draft06,
    /// `RateLimit: limit=…, remaining=…, reset=…`: draft 07.
    Draft07,
    /// `RateLimit: "default";r=…;t=…` and its policy: draft 08 and later.
    Draft10,
}

impl FromStr for HeaderFamily {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "retry-after" => Self::RetryAfter,
            "none" => Self::Silent,
            "x-ratelimit" => Self::XRateLimit,
            "draft-06" => Self::Draft06,
            "draft-07" => Self::Draft07,
            "draft-10" => Self::Draft10,
            _ => return Err(()),
        })
    }
}

/// What the headers say wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// Twice the limit that is enforced.
    Limit,
    /// Half the time until requests are admitted again.
    Wait,
}

impl FromStr for Lie {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "limit" => Self::Limit,
            "wait" => Self::Wait,
            _ => return Err(()),
        })
    }
}

/// A limiter; the default is DRF's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limiter {
    /// How requests are counted.
    pub algorithm: Algorithm,
    /// The capacity of a bucket or queue; the limit, where it is not given.
    pub burst: Option<u64>,
    /// After a refusal, everything is refused for this long.
    pub block: Option<Duration>,
    /// Whether refused requests use up the limit.
    pub counts_refused: bool,
    /// The status of a refusal.
    pub status: u16,
    /// What is announced.
    pub headers: HeaderFamily,
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
            block: None,
            counts_refused: false,
            status: 429,
            headers: HeaderFamily::RetryAfter,
            lie: None,
            cache_latency: None,
        }
    }
}

impl Limiter {
    /// Whether DRF's own throttle does all of this.
    pub(in crate::server) fn is_stock(&self) -> bool {
        self.algorithm == Algorithm::SlidingLog
            && self.block.is_none()
            && !self.counts_refused
            && self.headers == HeaderFamily::RetryAfter
            && self.lie.is_none()
            && self.status == 429
    }
}
