//! Files that belong to their owner alone, replaced in one step.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::logins::StoreError;

pub(super) const FILE: u32 = 0o600;
pub(super) const FOLDER: u32 = 0o700;

pub(super) fn failed(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::File { what, path, source }
}

/// The entries of a folder; none when it is not there.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()
            .map_err(failed("read", folder)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(failed("read", folder)(error)),
    }
}

pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("read", path)(error)),
    };
    let mut text = Vec::new();
    file.read_to_end(&mut text).map_err(failed("read", path))?;
    Ok(Some(text))
}

/// A rename is only on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Puts `content` in the place of `path` in one step by way of `new`, and on the disk before it returns.
///
/// The new file has one fixed name: what a killed process left there is written over, not left for ever.
pub(super) fn replace(path: &Path, new: &Path, content: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(path);
    let write = || -> std::io::Result<()> {
        let mut file = private_file(new)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(new, path)?;
        sync_folder(folder)
    };
    write().map_err(failed("write", path))
}

fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE);
    options.open(path)
}

pub(super) fn private_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, FOLDER);
    builder.create(folder).map_err(failed("create", folder))
}

/// Refuses what other users could read. What is not there is nobody's secret.
#[cfg(unix)]
pub(super) fn check_private(path: &Path, wanted: u32) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = match fs::metadata(path) {
        Ok(metadata) => metadata.permissions().mode() & 0o777,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("read", path)(error)),
    };
    let others = mode & 0o077;
    if others == 0 {
        return Ok(());
    }
    Err(StoreError::Exposed {
        path: path.to_owned(),
        mode,
        wanted,
    })
}

#[cfg(not(unix))]
pub(super) fn check_private(_path: &Path, _wanted: u32) -> Result<(), StoreError> {
    Ok(())
}
