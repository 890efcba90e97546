//! Whether logins are sealed with a key in the keyring: decided when the first one is kept, remembered, and
//! changed by the user's own word alone.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::files::{FILE, check_private, failed, read, replace};
use super::keyring::{self, FileKey, KeyringError};
use super::logins::StoreError;
use super::seal;

/// What the user wants of the keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// The keyring where there is one, else files; whatever was decided first stays.
    Auto,
    /// The keyring, or an error.
    Keyring,
    /// Files.
    File,
}

/// Where the secrets of logins are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// In files sealed with a key in the keyring.
    Keyring,
    /// In files that only their owner can read.
    File,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keeping {
    /// Where new logins go.
    pub kept: Kept,
    /// Why not in the keyring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The name of the key in the keyring, where there has ever been one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

/// Knows how one store is kept, and fetches its key once.
#[derive(Clone)]
pub(super) struct Safe {
    root: PathBuf,
    wish: Wish,
    fetched: Arc<Mutex<Option<Fetched>>>,
}

/// The name of a key and what the keyring said.
type Fetched = (String, Result<FileKey, KeyringError>);

impl fmt::Debug for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Safe")
            .field("root", &self.root)
            .field("wish", &self.wish)
            .finish_non_exhaustive()
    }
}

impl Safe {
    pub(super) fn of(root: &Path, wish: Wish) -> Self {
        Self {
            root: root.to_owned(),
            wish,
            fetched: Arc::default(),
        }
    }

    /// What was decided; `None` before the first login is kept.
    pub(super) fn keeping(&self) -> Result<Option<Keeping>, StoreError> {
        let path = self.path();
        check_private(&path, FILE)?;
        let Some(text) = read(&path)? else {
            return Ok(None);
        };
        serde_json::from_slice(&text)
            .map(Some)
            .map_err(|_| StoreError::Keeping { path })
    }

    /// The key that opens sealed records; `None` when this store never had one.
    pub(super) fn key_to_read(&self) -> Result<Option<FileKey>, StoreError> {
        let id = self.keeping()?.and_then(|keeping| keeping.key);
        Ok(id.map(|id| self.fetch(&id)).transpose()?)
    }

    /// The key that new records are sealed with; `None` where they are plain. Decides if nothing is decided.
    pub(super) fn key_to_write(&self) -> Result<Option<FileKey>, StoreError> {
        if let Some(keeping) = self.keeping()?.filter(|keeping| self.agrees(keeping)) {
            return self.key_of(&keeping);
        }
        let _lock = self.lock()?;
        // Somebody else may have decided meanwhile.
        let keeping = self.keeping()?;
        if let Some(keeping) = keeping.as_ref().filter(|keeping| self.agrees(keeping)) {
            return self.key_of(keeping);
        }
        let known = keeping.and_then(|keeping| keeping.key);
        if self.wish == Wish::File {
            self.remember(Kept::File, known, Some("files were asked for".to_owned()))?;
            return Ok(None);
        }
        match self.key_for_use(known.clone()) {
            Ok((id, key)) => {
                self.remember(Kept::Keyring, Some(id), None)?;
                Ok(Some(key))
            }
            Err(error) if self.wish == Wish::Auto => {
                self.remember(Kept::File, known, Some(error.to_string()))?;
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn agrees(&self, keeping: &Keeping) -> bool {
        match self.wish {
            Wish::Auto => true,
            Wish::Keyring => keeping.kept == Kept::Keyring,
            Wish::File => keeping.kept == Kept::File,
        }
    }

    fn key_of(&self, keeping: &Keeping) -> Result<Option<FileKey>, StoreError> {
        match (keeping.kept, &keeping.key) {
            (Kept::File, _) => Ok(None),
            (Kept::Keyring, Some(id)) => Ok(Some(self.fetch(id)?)),
            (Kept::Keyring, None) => Err(StoreError::Keeping { path: self.path() }),
        }
    }

    /// The key that the store had before, else a new one, written to the keyring and read back.
    fn key_for_use(&self, known: Option<String>) -> Result<(String, FileKey), KeyringError> {
        if let Some(id) = known {
            return self.fetch(&id).map(|key| (id, key));
        }
        let drawn = |bytes| {
            seal::random(bytes)
                .ok_or_else(|| KeyringError::Absent("there is no randomness".to_owned()))
        };
        let id = URL_SAFE_NO_PAD.encode(drawn(16)?);
        let key = drawn(seal::KEY_BYTES)?;
        keyring::create(&id, &key)?;
        Ok((id, key))
    }

    fn fetch(&self, id: &str) -> Result<FileKey, KeyringError> {
        let mut fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, answer)) = fetched.as_ref()
            && of == id
        {
            return answer.clone();
        }
        let answer = keyring::read(id);
        *fetched = Some((id.to_owned(), answer.clone()));
        answer
    }

    fn remember(
        &self,
        kept: Kept,
        key: Option<String>,
        why: Option<String>,
    ) -> Result<(), StoreError> {
        let path = self.path();
        let text = serde_json::to_vec_pretty(&Keeping { kept, why, key })
            .map_err(|error| failed("write", &path)(error.into()))?;
        replace(&path, &self.root.join("keeping.new"), &text)
    }

    /// Keeps other processes from deciding at the same time.
    fn lock(&self) -> Result<File, StoreError> {
        let path = self.root.join("keeping.lock");
        let lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed("open", &path))?;
        lock.lock().map_err(failed("lock", &path))?;
        Ok(lock)
    }

    fn path(&self) -> PathBuf {
        self.root.join("keeping.json")
    }
}
