//! A piece of the space of limiters that explains every decision of a trace.

use super::prior::{is_nearly_round, is_odd_limit};
use crate::throttle::limits::Algorithm;
use crate::throttle::models::{
    Ban, FixedWindow, LossyBucket, Model, SegmentedWindow, SlidingCounter, SlidingLog,
    SteppedBucket, TokenBucket,
};

/// A kind of limiter, with the parameters that are not real numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Family {
    /// Admitted requests, or all, in a sliding log.
    Log { counts_rejected: bool },
    /// A window from the first request.
    FirstRequest,
    /// Windows on a clock.
    Aligned,
    /// Two windows on a clock, weighed.
    Counter {
        whole_request_fits: bool,
        counts_rejected: bool,
        /// Whether the first request, and one after both windows, begins them anew.
        restarts: bool,
    },
    /// A window that slides a segment at a time.
    Segments { segments: u64 },
    /// A bucket with continuous refill.
    Bucket,
    /// A bucket that gets `step` tokens at a time, counted from the last admission, at which what had begun is lost; or
    /// from the last one that found new tokens, where it `keeps` the time otherwise.
    Lossy { step: u64, keeps: bool },
    /// A bucket that gets `step` tokens at a time.
    Stepped { step: u64 },
    /// A block after excess.
    Ban { renews: bool },
}

impl Family {
    /// The algorithm's name in reports.
    pub(crate) fn algorithm(self) -> Algorithm {
        match self {
            Self::Log { .. } => Algorithm::SlidingLog,
            Self::FirstRequest => Algorithm::FixedWindowFirstRequest,
            Self::Aligned => Algorithm::FixedWindowAligned,
            Self::Counter { .. } | Self::Segments { .. } => Algorithm::SlidingWindowCounter,
            Self::Bucket | Self::Lossy { .. } | Self::Stepped { .. } => Algorithm::TokenBucket,
            Self::Ban { .. } => Algorithm::Ban,
        }
    }

    /// How common it is.
    pub(crate) fn share(self) -> f64 {
        match self {
            Self::Log {
                counts_rejected: false,
            }
            | Self::Aligned => 0.2,
            Self::FirstRequest => 0.25,
            Self::Lossy {
                step: 1,
                keeps: false,
            } => 0.03,
            Self::Log { .. } | Self::Stepped { .. } => 0.04,
            Self::Counter {
                counts_rejected: false,
                restarts: false,
                ..
            } => 0.05,
            Self::Bucket => 0.18,
            Self::Counter { restarts: true, .. }
            | Self::Segments { .. }
            | Self::Ban { renews: false } => 0.02,
            Self::Counter { .. } | Self::Lossy { .. } => 0.01,
            Self::Ban { renews: true } => 0.006,
        }
    }

    /// Whether two families are one kind of limiter to a user of the API.
    pub(crate) fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Counter { .. }, Self::Counter { .. })
            | (Self::Stepped { .. }, Self::Stepped { .. })
            | (Self::Lossy { .. }, Self::Lossy { .. })
            | (Self::Segments { .. }, Self::Segments { .. }) => true,
            (a, b) => a == b,
        }
    }
}

/// Parameters that explain every decision.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// The kind of limiter.
    pub(crate) family: Family,
    /// Least and most limit (or capacity) that the decisions allow with these parameters.
    pub(crate) limit: (u64, u64),
    /// The main parameter: window, ban, refill interval in seconds, or refill rate in requests a second.
    pub(crate) value: f64,
    /// What the decisions allow for it in this cell.
    pub(crate) span: (f64, f64),
    /// Where a clock's windows or steps begin.
    pub(crate) phase: f64,
    /// A ban's counting window.
    pub(crate) inner_s: f64,
    /// Whether `value` was chosen for being round.
    pub(crate) round: bool,
    /// Prior probability of the cell.
    pub(crate) weight: f64,
}

impl Cell {
    /// A limiter of exactly this limit and this main parameter, which is a round one.
    pub(crate) fn exact(family: Family, limit: u64, value: f64, weight: f64) -> Self {
        Self {
            family,
            limit: (limit, limit),
            value,
            span: (value, value),
            phase: 0.0,
            inner_s: 0.0,
            round: true,
            weight,
        }
    }

    /// Whether it allows for many values of which none is likelier.
    pub(crate) fn is_vague(&self) -> bool {
        self.span.1 > self.span.0 * 1.05 && !self.round
    }

    /// Whether tokens flow back, in whatever way.
    pub(crate) fn flows(&self) -> bool {
        self.family.algorithm() == Algorithm::TokenBucket
    }

    /// Whether it is a bucket that nobody configures so and that was not used up twice by so many admissions: somebody else
    /// may have taken the rest of a usual one.
    pub(crate) fn may_be_a_part(&self, accepted: u64) -> bool {
        self.flows() && is_odd_limit(self.least()) && accepted < 2 * self.least()
    }

    /// Whether its window is nearly a usual one: somebody else may have stretched that.
    pub(crate) fn may_be_stretched(&self) -> bool {
        !self.flows() && !self.round && is_nearly_round(self.value)
    }

    /// The limit to take: the least that explains every admission.
    pub(crate) fn least(&self) -> u64 {
        self.limit.0.max(1)
    }

    /// A fresh limiter of this cell.
    pub(crate) fn model(&self) -> Model {
        let limit = usize::try_from(self.least()).unwrap_or(usize::MAX);
        let capacity = as_f64(self.least());
        match self.family {
            Family::Log { counts_rejected } => {
                Model::SlidingLog(SlidingLog::new(limit, self.value, counts_rejected))
            }
            Family::FirstRequest => {
                Model::FixedWindow(FixedWindow::from_first_request(limit, self.value))
            }
            Family::Aligned => {
                Model::FixedWindow(FixedWindow::aligned(limit, self.value, self.phase))
            }
            Family::Counter {
                whole_request_fits,
                counts_rejected,
                restarts,
            } => Model::SlidingCounter(
                SlidingCounter::new(capacity, self.value, self.phase, whole_request_fits)
                    .counting_rejected(counts_rejected)
                    .restarting(restarts),
            ),
            Family::Segments { segments } => Model::SegmentedWindow(SegmentedWindow::new(
                limit,
                self.value / as_f64(segments),
                usize::try_from(segments).unwrap_or(1),
                self.phase,
            )),
            Family::Bucket => Model::TokenBucket(TokenBucket::new(capacity, self.value)),
            Family::Lossy { step, keeps } => Model::LossyBucket(
                LossyBucket::new(capacity, self.value)
                    .by_steps_of(as_f64(step))
                    .keeping_time(keeps),
            ),
            Family::Stepped { step } => Model::SteppedBucket(SteppedBucket::new(
                capacity,
                as_f64(step),
                self.value,
                self.phase,
            )),
            Family::Ban { renews } => Model::Ban(Ban::new(limit, self.inner_s, self.value, renews)),
        }
    }
}

/// A count as a real number; counts of requests are far below 2^52.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of requests are far below 2^52"
)]
pub(crate) fn as_f64(count: u64) -> f64 {
    count as f64
}

/// A non-negative real number as a count, rounded.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to counts of requests"
)]
pub(crate) fn as_count(number: f64) -> u64 {
    number.round().clamp(0.0, 1e15) as u64
}
