//! What all limiters have in common, and any one of them.

use super::{
    Ban, Concurrency, Copies, FixedWindow, LeakyQueue, LossyBucket, SegmentedWindow,
    SlidingCounter, SlidingLog, Stack, SteppedBucket, TokenBucket,
};

/// What a limiter did with one request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// Whether it was let through.
    pub admitted: bool,
    /// Seconds that the limiter held it back first.
    pub delay_s: f64,
}

/// A limiter whose decision and bookkeeping are apart, so that it can follow a trace whose outcomes
/// are known.
pub trait Limiter {
    /// Whether a request at `at` would be admitted.
    fn admits(&self, at: f64) -> bool;
    /// Takes note of a request that was admitted, or not.
    fn record(&mut self, at: f64, admitted: bool);
    /// The first instant from `at` on at which a request would be admitted if none came before it.
    fn opens_at(&self, at: f64) -> f64;

    /// How long an admitted request is held back.
    fn delay_s(&self, _at: f64) -> f64 {
        0.0
    }

    /// Decides and takes note.
    fn decide(&mut self, at: f64) -> Decision {
        let admitted = self.admits(at);
        let delay_s = if admitted { self.delay_s(at) } else { 0.0 };
        self.record(at, admitted);
        Decision { admitted, delay_s }
    }
}

/// Any limiter of the zoo.
#[derive(Debug, Clone, PartialEq)]
pub enum Model {
    /// See [`SlidingLog`].
    SlidingLog(SlidingLog),
    /// See [`FixedWindow`].
    FixedWindow(FixedWindow),
    /// See [`SlidingCounter`].
    SlidingCounter(SlidingCounter),
    /// See [`SegmentedWindow`].
    SegmentedWindow(SegmentedWindow),
    /// See [`TokenBucket`].
    TokenBucket(TokenBucket),
    /// See [`SteppedBucket`].
    SteppedBucket(SteppedBucket),
    /// See [`LossyBucket`].
    LossyBucket(LossyBucket),
    /// See [`LeakyQueue`].
    LeakyQueue(LeakyQueue),
    /// See [`Concurrency`].
    Concurrency(Concurrency),
    /// See [`Ban`].
    Ban(Ban),
    /// See [`Copies`].
    Copies(Copies),
    /// See [`Stack`].
    Stack(Stack),
    /// No limit at all.
    Unlimited,
}

macro_rules! each {
    ($model:expr, $limiter:ident => $call:expr, $otherwise:expr) => {
        match $model {
            Model::SlidingLog($limiter) => $call,
            Model::FixedWindow($limiter) => $call,
            Model::SlidingCounter($limiter) => $call,
            Model::SegmentedWindow($limiter) => $call,
            Model::TokenBucket($limiter) => $call,
            Model::SteppedBucket($limiter) => $call,
            Model::LossyBucket($limiter) => $call,
            Model::LeakyQueue($limiter) => $call,
            Model::Concurrency($limiter) => $call,
            Model::Ban($limiter) => $call,
            Model::Copies($limiter) => $call,
            Model::Stack($limiter) => $call,
            Model::Unlimited => $otherwise,
        }
    };
}

impl Limiter for Model {
    fn admits(&self, at: f64) -> bool {
        each!(self, limiter => limiter.admits(at), true)
    }

    fn record(&mut self, at: f64, admitted: bool) {
        each!(self, limiter => limiter.record(at, admitted), ());
    }

    fn opens_at(&self, at: f64) -> f64 {
        each!(self, limiter => limiter.opens_at(at), at)
    }

    fn delay_s(&self, at: f64) -> f64 {
        each!(self, limiter => limiter.delay_s(at), 0.0)
    }
}
