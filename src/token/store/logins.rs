//! Logins on disk: one file each, replaced in one step, under a lock between processes.
//!
//! ```text
//! <data>/logins/keeping.json            whether records are sealed, and with which key of the keyring
//! <data>/logins/<origin>/<name>.json    the record, 0600
//! <data>/logins/<origin>/<name>.lock    held around every change of it; empty, never removed
//! <data>/logins/<origin>/current        the name of the login that commands use unasked
//! ```

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use thiserror::Error;
use tokio::time::{Instant, sleep};

use super::files::{FILE, FOLDER, check_private, entries, failed, private_folder, read, replace};
use super::keeping::{Keeping, Safe, Wish};
use super::keyring::KeyringError;
use super::seal::{is_sealed, open, seal};
use crate::token::login::{Key, Login};
use crate::token::record::{self, RecordError};

const FILE_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// File systems take 255 bytes; an extension is added.
const LONGEST_NAME: usize = 240;

/// The longest wait for another process that holds a login: a refresh is one request.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why the store has no answer. Paths are shown, contents never.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A file or folder of the store cannot be used.
    #[error("cannot {what} '{}'", path.display())]
    File {
        /// What was tried: "read", "write" …
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The operating system's error.
        source: std::io::Error,
    },
    /// Others could read the tokens.
    #[error("'{}' can be read by other users (mode {mode:03o})", path.display())]
    Exposed {
        /// The file or folder.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
        /// The permission bits it should have.
        wanted: u32,
    },
    /// A file of the store is damaged.
    #[error("'{}' cannot be understood", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: RecordError,
    },
    /// The keyring does not hand out the key of the store.
    #[error("cannot get the key of the token store from the keyring")]
    Keyring(#[from] KeyringError),
    /// A sealed record that the key of the store does not open.
    #[error("'{}' is not sealed with the key in the keyring", path.display())]
    Sealed {
        /// The file.
        path: PathBuf,
    },
    /// The file that says how the store is kept is damaged.
    #[error("'{}' does not say how logins are kept", path.display())]
    Keeping {
        /// The file.
        path: PathBuf,
    },
    /// The name cannot be a login's.
    #[error("'{0}' cannot be the name of a login")]
    Name(String),
    /// Another process holds the login and does not let go.
    #[error("another process has been changing the login {key} for {waited_s} s")]
    Busy {
        /// The login.
        key: Key,
        /// How long this process waited.
        waited_s: u64,
    },
}

/// A login in a listing, or why it cannot be read.
pub type Found = (Key, Result<Login, StoreError>);

/// The folder that keeps logins between runs.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
    safe: Safe,
}

impl Store {
    /// The store under the data folder `data`, in plain files. Nothing is touched yet.
    pub fn under(data: &Path) -> Self {
        let root = data.join("logins");
        Self {
            safe: Safe::of(&root, Wish::File),
            root,
        }
    }

    /// The store with another wish about the keyring.
    #[must_use]
    pub fn with_keyring(mut self, wish: Wish) -> Self {
        self.safe = Safe::of(&self.root, wish);
        self
    }

    /// How logins are kept; `None` before the first one is.
    pub fn keeping(&self) -> Result<Option<Keeping>, StoreError> {
        self.safe.keeping()
    }

    /// The file that a login is kept in.
    pub fn path(&self, key: &Key) -> PathBuf {
        self.file(key, "json")
    }

    /// Reads a login; `None` when there is none of that name.
    pub fn load(&self, key: &Key) -> Result<Option<Login>, StoreError> {
        check_private(&self.root, FOLDER)?;
        check_private(&self.folder(&key.origin), FOLDER)?;
        self.read_record(key, &self.path(key))
    }

    /// Every login, by origin and name. A damaged one is an error in its own place.
    pub fn list(&self) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::new();
        check_private(&self.root, FOLDER)?;
        for folder in entries(&self.root)? {
            if !folder.is_dir() {
                continue;
            }
            let origin = decoded(&folder);
            check_private(&folder, FOLDER)?;
            for file in entries(&folder)? {
                // Not `with_extension`: `..json` is the file of the login named with a dot.
                let Some(name) = decoded(&file).strip_suffix(".json").map(str::to_owned) else {
                    continue;
                };
                let key = Key::new(&origin, name);
                if let Some(login) = self.read_record(&key, &file).transpose() {
                    found.push((key, login));
                }
            }
        }
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(found)
    }

    /// The login that commands use at `origin` when none is named.
    pub fn current(&self, origin: &str) -> Result<Option<String>, StoreError> {
        let path = self.folder(origin).join("current");
        let Some(text) = read(&path)? else {
            return Ok(None);
        };
        let name = String::from_utf8_lossy(&text).trim().to_owned();
        Ok(Some(name).filter(|name| !name.is_empty()))
    }

    /// Waits until no other process changes the login, and keeps others out.
    pub async fn hold(&self, key: &Key) -> Result<Held<'_>, StoreError> {
        let path = self.file(key, "lock");
        self.prepare(key)?;
        let lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed("open", &path))?;
        let started = Instant::now();
        let mut pause = Duration::from_millis(1);
        // A blocking lock could be neither interrupted nor given up.
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if started.elapsed() < PATIENCE => {
                    sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_millis(20));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(StoreError::Busy {
                        key: key.clone(),
                        waited_s: PATIENCE.as_secs(),
                    });
                }
                Err(TryLockError::Error(error)) => return Err(failed("lock", &path)(error)),
            }
        }
        Ok(Held {
            store: self,
            key: key.clone(),
            _lock: lock,
        })
    }

    fn read_record(&self, key: &Key, path: &Path) -> Result<Option<Login>, StoreError> {
        check_private(path, FILE)?;
        let Some(mut text) = read(path)? else {
            return Ok(None);
        };
        if is_sealed(&text) {
            let sealed = || StoreError::Sealed {
                path: path.to_owned(),
            };
            let file_key = self.safe.key_to_read()?.ok_or_else(sealed)?;
            text = open(key, &text, &file_key).ok_or_else(sealed)?.to_vec();
        }
        record::read(&text)
            .map(Some)
            .map_err(|source| StoreError::Record {
                path: path.to_owned(),
                source,
            })
    }

    fn prepare(&self, key: &Key) -> Result<(), StoreError> {
        let length = utf8_percent_encode(&key.name, FILE_NAME)
            .map(str::len)
            .sum::<usize>();
        let is_name = (1..=LONGEST_NAME).contains(&length)
            && key.name != "anon"
            && !key.name.chars().any(char::is_control);
        if !is_name {
            return Err(StoreError::Name(key.name.clone()));
        }
        let folder = self.folder(&key.origin);
        private_folder(&folder)?;
        check_private(&self.root, FOLDER)?;
        check_private(&folder, FOLDER)
    }

    fn folder(&self, origin: &str) -> PathBuf {
        self.root
            .join(utf8_percent_encode(origin, FILE_NAME).to_string())
    }

    fn file(&self, key: &Key, extension: &str) -> PathBuf {
        let name = utf8_percent_encode(&key.name, FILE_NAME);
        self.folder(&key.origin).join(format!("{name}.{extension}"))
    }
}

/// A login that no other process can change while this value lives.
#[derive(Debug)]
pub struct Held<'a> {
    store: &'a Store,
    key: Key,
    _lock: File,
}

impl Held<'_> {
    /// Reads the login as it is now.
    pub fn load(&self) -> Result<Option<Login>, StoreError> {
        self.store.load(&self.key)
    }

    /// Writes the login; when this returns it is on the disk, whatever happens next.
    pub fn save(&self, login: &Login) -> Result<(), StoreError> {
        let path = self.store.path(&self.key);
        let fault = |source: std::io::Error| failed("write", &path)(source);
        let text = record::write(login).map_err(|error| fault(error.into()))?;
        match self.store.safe.key_to_write()? {
            None => self.replace(&path, text.expose().as_bytes()),
            Some(key) => {
                let sealed = seal(&self.key, text.expose().as_bytes(), &key)
                    .ok_or_else(|| fault(std::io::Error::other("there is no randomness")))?;
                self.replace(&path, &sealed)
            }
        }
    }

    /// Makes the login the one that is used at its origin when none is named.
    pub fn make_current(&self) -> Result<(), StoreError> {
        let current = self.store.folder(&self.key.origin).join("current");
        self.replace(&current, self.key.name.as_bytes())
    }

    /// Removes the login; false when there was none.
    pub fn remove(&self) -> Result<bool, StoreError> {
        let path = self.store.path(&self.key);
        let removed = match fs::remove_file(&path) {
            Ok(()) => true,
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Err(error) => return Err(failed("remove", &path)(error)),
        };
        if self.store.current(&self.key.origin)?.as_deref() == Some(&self.key.name) {
            let current = self.store.folder(&self.key.origin).join("current");
            fs::remove_file(&current).map_err(failed("remove", &current))?;
        }
        Ok(removed)
    }

    fn replace(&self, path: &Path, content: &[u8]) -> Result<(), StoreError> {
        replace(path, &self.store.file(&self.key, "new"), content)
    }
}

fn decoded(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    percent_decode_str(&name).decode_utf8_lossy().into_owned()
}
