//! One pace for all requests of a walk: a rate, a pause that everybody keeps, counters.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::rate::Rate;

/// Says when the next request may go out. Shared by all workers of a walk.
#[derive(Debug)]
pub struct Pace {
    gap: Option<Duration>,
    state: Mutex<State>,
    requests: AtomicU64,
    retries: AtomicU64,
    throttled: AtomicU64,
}

#[derive(Debug, Default)]
struct State {
    slot: Option<Instant>,
    pause: Option<Instant>,
    /// The end of the latest wait before another attempt.
    rest: Option<Instant>,
}

enum Turn {
    Now,
    At(Instant),
    Ask(Instant),
}

impl Pace {
    /// A pace of at most `rate`, evenly spaced; without a rate requests go out at once.
    pub(super) fn new(rate: Option<Rate>) -> Self {
        Self {
            gap: rate.map(|rate| {
                let limit = u32::try_from(rate.limit.max(1)).unwrap_or(u32::MAX);
                rate.window / limit
            }),
            state: Mutex::default(),
            requests: AtomicU64::new(0),
            retries: AtomicU64::new(0),
            throttled: AtomicU64::new(0),
        }
    }

    /// Requests sent.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// Requests made again after an error.
    pub fn retries(&self) -> u64 {
        self.retries.load(Ordering::Relaxed)
    }

    /// Requests refused for coming too often.
    pub fn throttled(&self) -> u64 {
        self.throttled.load(Ordering::Relaxed)
    }

    /// How long everybody still waits, because the server asked for it.
    pub fn pause(&self) -> Option<Duration> {
        let left = self.state().pause?.checked_duration_since(Instant::now())?;
        (!left.is_zero()).then_some(left)
    }

    /// How long it is until a page is tried again that had no good answer.
    pub fn rest(&self) -> Option<Duration> {
        let left = self.state().rest?.checked_duration_since(Instant::now())?;
        (!left.is_zero()).then_some(left)
    }

    /// Waits for a turn.
    pub(super) async fn turn(&self) {
        loop {
            match self.claim() {
                Turn::Now => break,
                Turn::At(slot) => {
                    sleep_until(slot).await;
                    break;
                }
                Turn::Ask(again) => sleep_until(again).await,
            }
        }
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    fn claim(&self) -> Turn {
        let mut state = self.state();
        let now = Instant::now();
        if let Some(pause) = state.pause.filter(|pause| *pause > now) {
            return Turn::Ask(pause);
        }
        let Some(gap) = self.gap else {
            return Turn::Now;
        };
        let slot = state.slot.filter(|slot| *slot > now).unwrap_or(now);
        state.slot = Some(slot + gap);
        Turn::At(slot)
    }

    /// Makes everybody wait: the server refused a request for coming too often.
    pub(super) fn throttle(&self, wait: Duration) {
        self.throttled.fetch_add(1, Ordering::Relaxed);
        let until = Instant::now() + wait;
        let mut state = self.state();
        state.pause = Some(state.pause.map_or(until, |pause| pause.max(until)));
    }

    /// Counts a request that is made again after `wait`.
    pub(super) fn retry(&self, wait: Duration) {
        self.retries.fetch_add(1, Ordering::Relaxed);
        self.state().rest = Some(Instant::now() + wait);
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // The state is two times: it is whole even if a holder panicked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A number in 0..1 for jitter. The seeds of hash tables are the randomness at hand.
pub(super) fn dice() -> f64 {
    let bits = RandomState::new().hash_one(0_u8) >> 11;
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double")]
    let numerator = bits as f64;
    numerator / 9_007_199_254_740_992.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_rate_spaces_requests_evenly() {
        let pace = Pace::new(Some("5/s".parse().unwrap()));
        let started = Instant::now();
        for _ in 0..11 {
            pace.turn().await;
        }
        assert_eq!(started.elapsed().as_millis(), 2_000);
        assert_eq!(pace.requests(), 11);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_holds_everybody() {
        let pace = Pace::new(None);
        let started = Instant::now();
        pace.throttle(Duration::from_secs(7));
        pace.throttle(Duration::from_secs(3));
        assert_eq!(pace.pause(), Some(Duration::from_secs(7)));
        tokio::join!(pace.turn(), pace.turn());
        assert_eq!(started.elapsed().as_secs(), 7);
        assert_eq!((pace.throttled(), pace.pause()), (2, None));
    }

    #[test]
    fn the_dice_stay_on_the_table() {
        assert!(
            (0..100)
                .map(|_| dice())
                .all(|roll| (0.0..1.0).contains(&roll))
        );
    }
}
