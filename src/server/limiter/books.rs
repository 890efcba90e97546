//! The books of one process: a limiter for every caller, and who is inside.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::rate::Rate;

use super::announce::Standing;
use super::decision::Decision;
use super::guard::Guarded;
use super::settings::Limiter;

/// How many callers are kept; beyond, all are forgotten: forged addresses must not fill the memory.
const MOST: usize = 100_000;

/// What limiters remember.
#[derive(Debug, Default)]
pub(in crate::server) struct Books {
    callers: Mutex<HashMap<String, Guarded>>,
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

impl Verdict {
    /// On a request that neither waits nor holds anything.
    pub(in crate::server) fn of(standing: Standing) -> Self {
        Self {
            standing,
            delay: 0.0,
            in_flight: None,
        }
    }
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
    /// What is on record of the caller that `key` names; `None` for the algorithm that counts who is
    /// inside. A slow cache hands out the same record to all who ask before one is put back.
    pub(in crate::server) fn fetch(
        &self,
        key: &str,
        limiter: &Limiter,
        rate: Rate,
    ) -> Option<Guarded> {
        let callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        match callers.get(key) {
            Some(known) => Some(known.clone()),
            None => limiter.fresh(rate),
        }
    }

    /// Rules on a request by what is on record, and puts the record back.
    pub(in crate::server) fn judge(
        &self,
        key: &str,
        record: Option<Guarded>,
        rate: Rate,
        now: f64,
    ) -> Verdict {
        let Some(mut record) = record else {
            return self.enter(key, rate);
        };
        let decision = record.admit(now);
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        if callers.len() >= MOST && !callers.contains_key(key) {
            callers.clear();
        }
        callers.insert(key.to_owned(), record);
        Verdict {
            standing: Standing { decision },
            delay: decision.delay_s,
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
        let window = rate.window_s();
        let admitted = others < rate.limit;
        let decision = if admitted {
            Decision::admit(rate.limit, rate.limit - others - 1, 1.0, window)
        } else {
            // Nobody knows when one of those inside will be done.
            Decision::refuse(rate.limit, Some(1.0), 1.0, window)
        };
        Verdict {
            standing: Standing { decision },
            delay: 0.0,
            in_flight: admitted.then_some(guard),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::Algorithm;
    use super::*;

    const ONE: Rate = Rate::new(1, Duration::from_secs(10));

    fn asks(books: &Books, limiter: &Limiter, rate: Rate, key: &str, now: f64) -> Verdict {
        let record = books.fetch(key, limiter, rate);
        books.judge(key, record, rate, now)
    }

    #[test]
    fn each_caller_has_a_limiter_of_its_own() {
        let (books, limiter) = (Books::default(), Limiter::default());
        let admitted = |key, now| {
            asks(&books, &limiter, ONE, key, now)
                .standing
                .decision
                .admitted
        };
        assert!(admitted("a", 0.0));
        assert!(!admitted("a", 1.0));
        assert!(admitted("b", 1.0));
    }

    #[test]
    fn two_that_read_before_either_writes_are_both_admitted() {
        let (books, limiter) = (Books::default(), Limiter::default());
        let records = [(); 2].map(|()| books.fetch("a", &limiter, ONE));
        for record in records {
            assert!(
                books
                    .judge("a", record, ONE, 0.0)
                    .standing
                    .decision
                    .admitted
            );
        }
        assert!(
            !asks(&books, &limiter, ONE, "a", 0.0)
                .standing
                .decision
                .admitted
        );
    }

    #[test]
    fn one_that_leaves_makes_room_for_one() {
        let limiter = Limiter {
            algorithm: Algorithm::Concurrency,
            ..Limiter::default()
        };
        let (books, two) = (Books::default(), Rate::new(2, Duration::from_secs(1)));
        let ask = || asks(&books, &limiter, two, "a", 0.0);
        let first = ask();
        let second = ask();
        assert_eq!(second.standing.decision.remaining, 0);
        assert!(!ask().standing.decision.admitted);
        drop(first);
        assert!(ask().standing.decision.admitted);
    }

    fn limiter(algorithm: &str) -> Limiter {
        Limiter {
            algorithm: algorithm.parse().unwrap(),
            ..Limiter::default()
        }
    }

    fn counting() -> impl Iterator<Item = &'static str> {
        Algorithm::NAMES
            .into_iter()
            .filter(|name| *name != "concurrency")
    }

    #[test]
    fn every_limiter_admits_its_limit_at_once_and_not_one_more() {
        let rate = Rate::new(7, Duration::from_secs(60));
        for name in counting() {
            let mut record = limiter(name).fresh(rate).unwrap();
            // At the start of a window of the clock.
            let admitted = (0..50)
                .filter(|_| record.admit(1_767_225_600.0).admitted)
                .count();
            // A queue serves one and keeps as many waiting as its burst says.
            let wanted = if name == "leaky-queue" { 8 } else { 7 };
            assert_eq!(admitted, wanted, "{name}");
        }
    }

    #[test]
    fn after_the_wait_that_it_names_every_limiter_admits() {
        let rate = Rate::new(3, Duration::from_secs(60));
        for name in counting() {
            for refill_every in [None, Some(Duration::from_secs(40))] {
                let limiter = Limiter {
                    refill_every,
                    ..limiter(name)
                };
                let mut record = limiter.fresh(rate).unwrap();
                let mut now = 1_767_225_613.7;
                for _ in 0..200 {
                    if let Some(wait) = record.admit(now).retry_after_s {
                        assert!(
                            record.clone().admit(now + wait + 1e-5).admitted,
                            "{name} at {now}, told {wait}"
                        );
                        now += wait * 0.6 + 0.01;
                    }
                }
            }
        }
    }

    #[test]
    fn a_handful_keeps_the_pace_of_the_rate() {
        let limiter = Limiter {
            refill_every: Some(Duration::from_secs(10)),
            burst: Some(20),
            ..limiter("token-bucket-interval")
        };
        let mut record = limiter
            .fresh(Rate::new(60, Duration::from_secs(60)))
            .unwrap();
        let mut at = |now| (0..50).filter(|_| record.admit(now).admitted).count();
        assert_eq!([at(0.0), at(9.9), at(10.0)], [20, 0, 10]);
    }
}
