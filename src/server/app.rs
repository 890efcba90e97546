//! The state of a server.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::config::Config;
use super::faults::Fault;
use super::holes::SharedCache;
use super::limiter::Books;
use super::notes::Notes;
use super::sessions::Sessions;
use super::throttle::LocalMemory;
use super::view::Model;

/// How many blacklisted tokens are kept at most; expired ones go first.
const MOST_BLACKLISTED: usize = 100_000;

/// Everything the endpoints share.
#[derive(Debug)]
pub(super) struct App {
    pub(super) config: Config,
    /// One for each worker.
    pub(super) caches: Vec<Mutex<LocalMemory>>,
    /// The same for limiters other than DRF's.
    pub(super) books: Vec<Books>,
    pub(super) sessions: Sessions,
    /// Replies kept for everybody, of the one endpoint that does so.
    pub(super) shared: SharedCache,
    /// Pages of products served, for data that changes while it is walked.
    pages: AtomicU64,
    notes: Mutex<Notes>,
    drafts: Mutex<Notes>,
    /// Ids of tokens and when they expire.
    blacklist: Mutex<HashMap<String, f64>>,
}

impl App {
    pub(super) fn new(config: Config) -> Self {
        let workers = config.workers.max(1);
        let caches = (0..workers).map(|_| Mutex::default()).collect();
        Self {
            config,
            caches,
            books: (0..workers).map(|_| Books::default()).collect(),
            pages: AtomicU64::new(0),
            sessions: Sessions::default(),
            shared: SharedCache::default(),
            notes: Mutex::new(Notes::seeded("note")),
            drafts: Mutex::new(Notes::seeded("draft")),
            blacklist: Mutex::default(),
        }
    }

    /// Seconds since the Unix epoch.
    pub(super) fn now(&self) -> f64 {
        self.config.clock.now()
    }

    /// The rows of a model.
    pub(super) fn rows(&self, model: Model) -> MutexGuard<'_, Notes> {
        let rows = match model {
            Model::Notes => &self.notes,
            Model::Drafts | Model::LeakyDrafts => &self.drafts,
        };
        rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a fault was asked for.
    pub(super) fn has(&self, fault: Fault) -> bool {
        self.config.faults.contains(&fault)
    }

    /// How many pages of products were served before this one.
    pub(super) fn turn_page(&self) -> u64 {
        self.pages.fetch_add(1, Ordering::Relaxed)
    }

    /// Whether a token was revoked.
    pub(super) fn is_blacklisted(&self, jti: &str) -> bool {
        self.blacklist
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains_key(jti)
    }

    /// Revokes a token until it expires.
    pub(super) fn blacklist(&self, jti: &str, expires: f64) {
        let now = self.now();
        let mut blacklist = self
            .blacklist
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if blacklist.len() >= MOST_BLACKLISTED {
            blacklist.retain(|_, expires| *expires > now);
            if blacklist.len() >= MOST_BLACKLISTED {
                blacklist.clear();
            }
        }
        blacklist.insert(jti.to_owned(), expires);
    }
}
