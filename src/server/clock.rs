//! The server's clock: one for tokens and throttles, so that tests can pause, jump or freeze both.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

/// 2026-01-01T00:00:00Z.
const EPOCH: Duration = Duration::from_secs(1_767_225_600);

/// Tells the server what time it is, in seconds since the Unix epoch.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> f64 + Send + Sync>);

impl Clock {
    /// A clock that shows what `wall` returns. A count of the time since the start would stand still while the
    /// machine sleeps, and then be behind for good.
    pub fn following(wall: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self::from_fn(move || seconds(wall()))
    }

    /// A clock that shows what `now` returns, in seconds since the Unix epoch.
    pub fn from_fn(now: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub(super) fn now(&self) -> f64 {
        (self.0)()
    }
}

impl Default for Clock {
    /// Starts at 2026-01-01T00:00:00Z and runs with tokio's clock, which tests can pause: a run depends on its
    /// inputs alone.
    fn default() -> Self {
        let since = Instant::now();
        Self::following(move || UNIX_EPOCH + EPOCH + since.elapsed())
    }
}

fn seconds(time: SystemTime) -> f64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_secs_f64()
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_wall_clock_goes_on_while_every_other_stands_still() {
        let hours = std::sync::atomic::AtomicU64::new(0);
        let clock = Clock::following(move || {
            let passed = 3600 * hours.fetch_add(8, std::sync::atomic::Ordering::Relaxed);
            UNIX_EPOCH + EPOCH + Duration::from_secs(passed)
        });
        assert_eq!(
            (clock.now(), clock.now()),
            (1_767_225_600.0, 1_767_254_400.0)
        );
    }
}
