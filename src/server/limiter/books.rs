//! The books of one process: a state for every caller, and who is inside.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::rate::Rate;

use super::announce::Standing;
use super::rule::{State, rule};
use super::settings::{Algorithm, Limiter};

/// How many callers are kept; beyond, all are forgotten.
const MOST: usize = 10_000;

/// What limiters remember.
#[derive(Debug, Default)]
pub(in crate::server) struct Books {
    states: Mutex<HashMap<String, State>>,
    inside: Mutex<HashMap<String, Arc<AtomicU64>>>,
}

/// A verdict on one request.
#[derive(Debug)]
pub(in crate::server) struct Verdict {
    pub(in crate::server) standing: Standing,
    /// Seconds that the request waits for its turn.
    pub(in crate::server) delay: f64,
    /// Held while the request is answered.
    pub(in crate::server) in_flight: Option<InFlight>,
}

/// A request that is being answered.
#[derive(Debug)]
pub(in crate::server) struct InFlight(Arc<AtomicU64>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Books {
    /// Rules on a request of the caller that `key` names.
    pub(in crate::server) fn judge(
        &self,
        key: &str,
        limiter: &Limiter,
        rate: Rate,
        now: f64,
    ) -> Verdict {
        if limiter.algorithm == Algorithm::Concurrency {
            return self.enter(key, rate);
        }
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        if states.len() >= MOST && !states.contains_key(key) {
            states.clear();
        }
        let ruling = rule(
            states.entry(key.to_owned()).or_default(),
            limiter,
            &rate,
            now,
        );
        let standing = Standing {
            rate,
            remaining: ruling.remaining,
            wait: ruling.wait,
            admitted: ruling.admitted,
        };
        Verdict {
            standing,
            delay: ruling.delay,
            in_flight: None,
        }
    }

    fn enter(&self, key: &str, rate: Rate) -> Verdict {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        if inside.len() >= MOST {
            inside.retain(|_, count| count.load(Ordering::SeqCst) > 0);
        }
        let count = Arc::clone(inside.entry(key.to_owned()).or_default());
        let others = count.fetch_add(1, Ordering::SeqCst);
        let guard = InFlight(count);
        let admitted = others < rate.limit;
        let standing = Standing {
            rate,
            remaining: rate.limit.saturating_sub(others + 1),
            wait: 1.0,
            admitted,
        };
        Verdict {
            standing,
            delay: 0.0,
            in_flight: admitted.then_some(guard),
        }
    }
}
