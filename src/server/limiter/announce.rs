//! What a limiter says about itself in headers.

use crate::rate::Rate;

use super::settings::{HeaderFamily, Lie, Limiter};

/// Where a caller stands after a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::server) struct Standing {
    pub(in crate::server) rate: Rate,
    pub(in crate::server) remaining: u64,
    /// Seconds until more is admitted.
    pub(in crate::server) wait: f64,
    pub(in crate::server) admitted: bool,
}

/// The headers of a reply.
pub(in crate::server) fn announce(
    limiter: &Limiter,
    standing: &Standing,
    now: f64,
) -> Vec<(&'static str, String)> {
    let limit = match limiter.lie {
        Some(Lie::Limit) => standing.rate.limit * 2,
        _ => standing.rate.limit,
    };
    let wait = match limiter.lie {
        Some(Lie::Wait) => standing.wait / 2.0,
        _ => standing.wait,
    };
    let (window, remaining) = (standing.rate.window_s(), standing.remaining);
    let reset = wait.ceil();
    let mut headers = match limiter.headers {
        HeaderFamily::Silent => return Vec::new(),
        HeaderFamily::RetryAfter => Vec::new(),
        HeaderFamily::XRateLimit => vec![
            ("x-ratelimit-limit", limit.to_string()),
            ("x-ratelimit-remaining", remaining.to_string()),
            ("x-ratelimit-reset", (now + wait).ceil().to_string()),
        ],
        HeaderFamily::Draft06 => vec![
            ("ratelimit-limit", limit.to_string()),
            ("ratelimit-remaining", remaining.to_string()),
            ("ratelimit-reset", reset.to_string()),
            ("ratelimit-policy", format!("{limit};w={window}")),
        ],
        HeaderFamily::Draft07 => vec![
            (
                "ratelimit",
                format!("limit={limit}, remaining={remaining}, reset={reset}"),
            ),
            ("ratelimit-policy", format!("{limit};w={window}")),
        ],
        HeaderFamily::Draft10 => vec![
            ("ratelimit", format!("\"default\";r={remaining};t={reset}")),
            (
                "ratelimit-policy",
                format!("\"default\";q={limit};w={window}"),
            ),
        ],
    };
    if !standing.admitted {
        headers.push(("retry-after", reset.to_string()));
    }
    headers
}
