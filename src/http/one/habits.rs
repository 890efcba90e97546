//! What servers do with a connection behind a reply. Many close it and do not say so (uWSGI's `http-socket`, say): what is
//! sent on it before its end arrives is lost, and a second of such losses is a walk full of repairs, or a probe full of
//! drops that no limiter made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A connection that ended so soon behind its first reply was closed because of it; no server's keep-alive time is as short.
const SOON: Duration = Duration::from_secs(1);

/// What is known of each server. Clones share it.
#[derive(Clone, Default)]
pub(in crate::http) struct Habits(Arc<Mutex<HashMap<Box<str>, Habit>>>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// A second request was answered on one connection.
    Keeps,
    /// The first connection to be used again had been closed behind its reply, without a word.
    Closes,
}

impl Habits {
    /// A connection brought its second reply.
    pub(super) fn kept(&self, authority: &str) {
        self.learn(authority, Habit::Keeps);
    }

    /// An idle connection ended that had brought so many replies, the last one so long ago.
    pub(super) fn ended(&self, authority: &str, replies: u32, idle: Duration) {
        if replies == 1 && idle < SOON {
            self.learn(authority, Habit::Closes);
        }
    }

    /// Whether the server closes connections behind replies without saying so.
    pub(super) fn closes(&self, authority: &str) -> bool {
        self.lock().get(authority) == Some(&Habit::Closes)
    }

    /// What was seen first is true.
    fn learn(&self, authority: &str, habit: Habit) {
        let mut known = self.lock();
        if !known.contains_key(authority) {
            known.insert(authority.into(), habit);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Box<str>, Habit>> {
        // A single insertion leaves the map whole even if a holder panicked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
