//! Django's `LocMemCache`: 300 keys, the least recently used third goes when it is full.

use std::collections::{BTreeMap, HashMap};

const MAX_ENTRIES: usize = 300;
const CULL_FREQUENCY: usize = 3;

/// The histories of one process, by cache key. A history is newest first.
#[derive(Debug, Default)]
pub(in crate::server) struct LocalMemory {
    entries: HashMap<String, Entry>,
    /// Keys by when they were last touched.
    order: BTreeMap<u64, String>,
    touches: u64,
}

#[derive(Debug)]
struct Entry {
    history: Vec<f64>,
    expires: f64,
    touched: u64,
}

impl LocalMemory {
    /// What is stored under a key, unless it has expired.
    pub(super) fn fetch(&mut self, key: &str, now: f64) -> Vec<f64> {
        let Some(entry) = self.entries.get(key) else {
            return Vec::new();
        };
        if entry.expires <= now {
            self.remove(key);
            return Vec::new();
        }
        self.touch(key);
        self.entries
            .get(key)
            .map(|entry| entry.history.clone())
            .unwrap_or_default()
    }

    /// Stores a history for so many seconds.
    pub(super) fn store(&mut self, key: &str, history: Vec<f64>, expires: f64) {
        if self.entries.len() >= MAX_ENTRIES {
            self.cull();
        }
        self.remove(key);
        let entry = Entry {
            history,
            expires,
            // Not yet in the order of use.
            touched: u64::MAX,
        };
        self.entries.insert(key.to_owned(), entry);
        self.touch(key);
    }

    fn touch(&mut self, key: &str) {
        if let Some(entry) = self.entries.get_mut(key) {
            self.order.remove(&entry.touched);
            self.touches += 1;
            entry.touched = self.touches;
            self.order.insert(self.touches, key.to_owned());
        }
    }

    fn remove(&mut self, key: &str) {
        if let Some(entry) = self.entries.remove(key) {
            self.order.remove(&entry.touched);
        }
    }

    fn cull(&mut self) {
        for _ in 0..self.entries.len() / CULL_FREQUENCY {
            if let Some((_, key)) = self.order.pop_first() {
                self.entries.remove(&key);
            }
        }
    }
}
