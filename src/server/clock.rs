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
    /// A clock that shows `now` now and then runs with tokio's clock, which tests can pause.
    pub fn starting_at(now: SystemTime) -> Self {
        let start = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let since = Instant::now();
        Self::from_fn(move || (start + since.elapsed()).as_secs_f64())
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
    /// Starts at 2026-01-01T00:00:00Z: a run depends on its inputs alone.
    fn default() -> Self {
        Self::starting_at(UNIX_EPOCH + EPOCH)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}
