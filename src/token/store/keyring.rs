//! The operating system's keyring: where the key of the store's files is kept, if there is a real one.
//!
//! One item of 32 bytes for each store: keyrings limit the size of their items, and a rotated token
//! must reach the disk in one step, which no keyring promises. On Linux the keyring is whoever answers
//! for the Secret Service on the session bus; a thread of its own talks to it, so that a service that never
//! answers costs its time limit and nothing else.

use std::time::Duration;

use thiserror::Error;
use zeroize::Zeroizing;

/// The secret that seals the files of a store.
pub(super) type FileKey = Zeroizing<Vec<u8>>;

/// How long a keyring has to prove that it is one.
pub(super) const PROBE: Duration = Duration::from_secs(2);

/// How long a keyring that is in use has: somebody may have to unlock it.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why the keyring has no answer. Never quotes a secret.
#[derive(Debug, Clone, Error)]
pub enum KeyringError {
    /// Nothing answers for the Secret Service.
    #[error("no keyring answers: {0}")]
    Absent(String),
    /// It did not answer in time; perhaps it waits to be unlocked.
    #[error("the keyring did not answer within {0} s; is it locked?")]
    Silent(u64),
    /// It has no such item.
    #[error("the keyring does not hold the key of this store")]
    NoKey,
    /// What it gave back is not what was written.
    #[error("the keyring did not give back what was written to it")]
    Faulty,
}

/// Writes a new key under `id` and reads it back.
pub(super) fn create(id: &str, key: &FileKey) -> Result<(), KeyringError> {
    let (id, key) = (id.to_owned(), key.clone());
    ask(PROBE, move || service::create(id, key))
}

/// Reads the key that was written under `id`.
pub(super) fn read(id: &str) -> Result<FileKey, KeyringError> {
    let id = id.to_owned();
    ask(PATIENCE, move || service::read(id))
}

/// Runs a conversation with the keyring on a thread of its own, at most so long.
fn ask<T, F>(limit: Duration, talk: impl FnOnce() -> F + Send + 'static) -> Result<T, KeyringError>
where
    T: Send + 'static,
    F: Future<Output = Result<T, KeyringError>>,
{
    let (done, answer) = std::sync::mpsc::channel();
    let absent = |error: std::io::Error| KeyringError::Absent(error.to_string());
    std::thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let said = runtime.map_err(absent).and_then(|runtime| {
                let silent = KeyringError::Silent(limit.as_secs());
                runtime.block_on(async {
                    tokio::time::timeout(limit, talk())
                        .await
                        .unwrap_or(Err(silent))
                })
            });
            // Nobody listens any more when the time was up.
            let _ = done.send(said);
        })
        .map_err(absent)?;
    answer
        .recv_timeout(limit + Duration::from_millis(200))
        .unwrap_or(Err(KeyringError::Silent(limit.as_secs())))
}

#[cfg(target_os = "linux")]
mod service {
    use std::collections::HashMap;

    use secret_service::{EncryptionType, Error, Item, SecretService};
    use zeroize::Zeroizing;

    use super::{FileKey, KeyringError};

    fn attributes(id: &str) -> HashMap<&str, &str> {
        HashMap::from([("application", "apictl"), ("store", id)])
    }

    fn absent(error: Error) -> KeyringError {
        match error {
            Error::NoResult => KeyringError::Absent("it has no default collection".to_owned()),
            Error::Locked | Error::Prompt => {
                KeyringError::Absent("it is locked, and was not unlocked".to_owned())
            }
            other => KeyringError::Absent(other.to_string()),
        }
    }

    async fn connect() -> Result<SecretService<'static>, KeyringError> {
        SecretService::connect(EncryptionType::Dh)
            .await
            .map_err(absent)
    }

    pub(super) async fn create(id: String, key: FileKey) -> Result<(), KeyringError> {
        let service = connect().await?;
        let collection = service.get_default_collection().await.map_err(absent)?;
        if collection.is_locked().await.map_err(absent)? {
            collection.unlock().await.map_err(absent)?;
        }
        let item = collection
            .create_item(
                "apictl: key of the token store",
                attributes(&id),
                &key,
                true,
                "application/octet-stream",
            )
            .await
            .map_err(absent)?;
        if secret(&item).await? == key {
            Ok(())
        } else {
            Err(KeyringError::Faulty)
        }
    }

    pub(super) async fn read(id: String) -> Result<FileKey, KeyringError> {
        let service = connect().await?;
        let found = service
            .search_items(attributes(&id))
            .await
            .map_err(absent)?;
        let item = match (found.unlocked.first(), found.locked.first()) {
            (Some(item), _) => item,
            (None, Some(item)) => {
                item.unlock().await.map_err(absent)?;
                item
            }
            (None, None) => return Err(KeyringError::NoKey),
        };
        secret(item).await
    }

    async fn secret(item: &Item<'_>) -> Result<FileKey, KeyringError> {
        item.get_secret().await.map(Zeroizing::new).map_err(absent)
    }
}

#[cfg(not(target_os = "linux"))]
mod service {
    use super::{FileKey, KeyringError};

    fn none() -> KeyringError {
        KeyringError::Absent("none is known for this operating system".to_owned())
    }

    pub(super) async fn create(_id: String, _key: FileKey) -> Result<(), KeyringError> {
        Err(none())
    }

    pub(super) async fn read(_id: String) -> Result<FileKey, KeyringError> {
        Err(none())
    }
}
