//! How far a file has grown, kept beside it: what `--resume` goes on from.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::failure::Failure;
use crate::pages::Position;

const SCHEMA: &str = "apictl.pages.checkpoint/1";

/// What is walked, and how it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Task {
    /// The first page.
    pub(super) url: String,
    /// The format of the file.
    pub(super) format: String,
    /// The field that makes items unique.
    pub(super) unique_by: Option<String>,
    /// The program that the items went through.
    pub(super) select: Option<String>,
    /// The part of the list.
    #[serde(default)]
    pub(super) shard: Option<String>,
}

/// Where a walk and its file stand together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    schema: String,
    #[serde(flatten)]
    task: Task,
    /// Bytes of the file that belong to the pages before the position.
    pub(super) offset: u64,
    /// Where the walk stands.
    pub(super) position: Position,
}

impl Checkpoint {
    pub(super) fn new(task: Task, offset: u64, position: Position) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            task,
            offset,
            position,
        }
    }

    /// The checkpoint of an output file.
    pub(super) fn path(output: &Path) -> PathBuf {
        beside(output, ".checkpoint")
    }

    /// Reads the checkpoint of an output file; None when there is none.
    pub(super) fn read(output: &Path) -> Result<Option<Self>, Failure> {
        let path = Self::path(output);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(
                    Failure::local(format!("cannot read {}", path.display())).because(&error)
                );
            }
        };
        let hint = format!("remove {} to begin anew", path.display());
        let read: Self = serde_json::from_slice(&text).map_err(|error| {
            Failure::local(format!("{} is no checkpoint", path.display()))
                .because(&error)
                .hint(hint.clone())
        })?;
        if read.schema != SCHEMA {
            let what = format!("{} was written by another version", path.display());
            return Err(Failure::local(what).hint(hint));
        }
        Ok(Some(read))
    }

    /// Replaces the checkpoint of an output file in one step.
    pub(super) fn write(&self, output: &Path) -> Result<(), Failure> {
        let path = Self::path(output);
        let fail = |error: &(dyn std::error::Error + 'static)| {
            Failure::local(format!("cannot write {}", path.display())).because(error)
        };
        let text = serde_json::to_vec(self).map_err(|error| fail(&error))?;
        let new = beside(output, ".checkpoint.new");
        fs::write(&new, text)
            .and_then(|()| fs::rename(&new, &path))
            .map_err(|error| fail(&error))
    }

    /// Whether this is a checkpoint of the task at hand; else what differs.
    pub(super) fn fits(&self, task: &Task) -> Result<(), Failure> {
        let (old, new) = (&self.task, task);
        let either = |value: &Option<String>| value.clone().unwrap_or_default();
        let pairs = [
            ("URL", old.url.clone(), new.url.clone()),
            ("format", old.format.clone(), new.format.clone()),
            (
                "--unique-by",
                either(&old.unique_by),
                either(&new.unique_by),
            ),
            ("--select", either(&old.select), either(&new.select)),
            ("part", either(&old.shard), either(&new.shard)),
        ];
        match pairs.into_iter().find(|(_, old, new)| old != new) {
            None => Ok(()),
            Some((what, old, new)) => Err(Failure::usage(format!(
                "the checkpoint is of another walk: its {what} is '{old}', not '{new}'"
            ))
            .hint("resume with the same arguments, or remove the checkpoint to begin anew")),
        }
    }
}

/// The name of a file beside another.
pub(super) fn beside(output: &Path, suffix: &str) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
