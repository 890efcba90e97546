//! What a limiter says about one request.

/// The verdict on one request, and what may be told about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Decision {
    /// Whether the request is answered.
    pub(super) admitted: bool,
    /// Seconds for which an admitted request is held back first.
    pub(super) delay_s: f64,
    /// Seconds until a refused request would be admitted, where the limiter can tell.
    pub(super) retry_after_s: Option<f64>,
    /// The rate's count, or the requests that may be in flight.
    pub(super) limit: u64,
    /// How many more would be admitted at this instant.
    pub(super) remaining: u64,
    /// Seconds until the whole limit is free again if nothing else comes.
    pub(super) reset_s: f64,
    /// The length of the window in seconds.
    pub(super) window_s: f64,
}

impl Decision {
    /// An admitted request that is not held back.
    pub(super) fn admit(limit: u64, remaining: u64, reset_s: f64, window_s: f64) -> Self {
        Self {
            admitted: true,
            delay_s: 0.0,
            retry_after_s: None,
            limit,
            remaining,
            reset_s: reset_s.max(0.0),
            window_s,
        }
    }

    /// A refused request.
    pub(super) fn refuse(
        limit: u64,
        retry_after_s: Option<f64>,
        reset_s: f64,
        window_s: f64,
    ) -> Self {
        Self {
            admitted: false,
            delay_s: 0.0,
            retry_after_s: retry_after_s.map(|wait| wait.max(0.0)),
            limit,
            remaining: 0,
            reset_s: reset_s.max(0.0),
            window_s,
        }
    }
}

/// A count as a real number. Counts of requests stay far below 2^53.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of requests stay far below 2^53"
)]
pub(super) fn real(count: u64) -> f64 {
    count as f64
}

/// The whole part of a number that is not negative.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, which is what a count should do"
)]
pub(super) fn whole(number: f64) -> u64 {
    number.floor() as u64
}
