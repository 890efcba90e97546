//! Refreshes under way, which an interrupted program waits for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedRwLockReadGuard, RwLock};
use tokio::time::timeout;

/// The longest wait for a refresh after an interruption.
const PATIENCE: Duration = Duration::from_secs(5);

/// Refreshes whose results must not be thrown away: the server may already have replaced the refresh
/// token, and nobody else will ever see the new one. Clones speak of the same refreshes.
#[derive(Debug, Clone, Default)]
pub struct Underway {
    gate: Arc<RwLock<()>>,
    begun: Arc<AtomicU64>,
}

impl Underway {
    /// Marks a refresh as under way until the guard is dropped.
    pub(super) async fn begin(&self) -> OwnedRwLockReadGuard<()> {
        self.begun.fetch_add(1, Ordering::Relaxed);
        Arc::clone(&self.gate).read_owned().await
    }

    /// How many have begun so far.
    pub fn begun(&self) -> u64 {
        self.begun.load(Ordering::Relaxed)
    }

    /// Waits until no refresh is under way, but not for ever; no other begins from then on.
    pub async fn settled(&self) {
        // Past the wait there is nothing left to do.
        let _ = timeout(PATIENCE, self.gate.write()).await;
    }
}
