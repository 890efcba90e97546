//! What a part of a list says of itself, kept beside its file.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::checkpoint::beside;
use crate::cli::failure::Failure;
use crate::pages::{Shard, Tally};

const SCHEMA: &str = "apictl.pages.shard/1";

/// One part of a walk over several machines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    schema: String,
    /// The first page of the whole list.
    pub(super) url: String,
    /// Which part, from 1.
    pub(super) shard: u64,
    /// Of how many.
    pub(super) of: u64,
    /// The server's count of the whole list.
    pub(super) count: Option<u64>,
    /// Items of the list before this part.
    pub(super) skipped: u64,
    /// Items in this part.
    pub(super) items: u64,
    /// Bytes of the file.
    pub(super) bytes: u64,
    /// Whether the part is complete.
    pub(super) complete: bool,
}

impl Manifest {
    pub(super) fn new(url: &str, shard: Shard, tally: &Tally, bytes: u64, complete: bool) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            url: url.to_owned(),
            shard: shard.index(),
            of: shard.of(),
            count: tally.count,
            skipped: tally.skipped,
            items: tally.items,
            bytes,
            complete,
        }
    }

    fn path(output: &Path) -> PathBuf {
        beside(output, ".manifest")
    }

    /// Writes the manifest of a file.
    pub(super) fn write(&self, output: &Path) -> Result<(), Failure> {
        let path = Self::path(output);
        let fail = |error: &(dyn std::error::Error + 'static)| {
            Failure::local(format!("cannot write {}", path.display())).because(error)
        };
        let text = serde_json::to_string(self).map_err(|error| fail(&error))?;
        std::fs::write(&path, text + "\n").map_err(|error| fail(&error))
    }

    /// Reads the manifest of a file.
    pub(super) fn read(output: &Path) -> Result<Self, Failure> {
        let path = Self::path(output);
        let fail = |error: &(dyn std::error::Error + 'static)| {
            Failure::local(format!("cannot read {}", path.display()))
                .because(error)
                .hint("`pages walk --shard I/N -o FILE` writes FILE.manifest beside the file")
        };
        let text = std::fs::read(&path).map_err(|error| fail(&error))?;
        serde_json::from_slice(&text).map_err(|error| fail(&error))
    }
}
