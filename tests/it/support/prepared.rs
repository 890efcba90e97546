//! What the tests make once and keep under `target/`: virtual environments, package folders, databases.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

const INSTALL: &str = "these tests need Python 3.10 or later with its venv module: apt-get install python3 python3-venv";

/// `target/NAME`, made by `make` unless it is there already. Test processes that run side by side
/// wait for the one that makes it; a half-made folder is made anew.
pub fn made_once(name: &str, make: impl FnOnce(&Path)) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .join(name);
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    let lock = File::create(folder.with_extension("lock")).unwrap();
    lock.lock().unwrap();
    let complete = folder.join("complete");
    if !complete.exists() {
        let _ = fs::remove_dir_all(&folder);
        make(&folder);
        fs::write(complete, "").unwrap();
    }
    folder
}

/// The interpreter of a virtual environment `target/FAMILY/venv-…` with everything that a requirements
/// file names.
pub fn venv(family: &str, requirements: &Path) -> PathBuf {
    let key = hash_of(&[fs::read(requirements).unwrap()]);
    made_once(&format!("{family}/venv-{key}"), |folder| {
        let base = std::env::var("APICTL_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let made = Command::new(base).args(["-m", "venv"]).arg(folder).output();
        assert!(made.is_ok_and(|made| made.status.success()), "{INSTALL}");
        let pip = Command::new(folder.join("bin/python"))
            .args(["-m", "pip", "install", "--quiet"])
            .args(["--disable-pip-version-check", "-r"])
            .arg(requirements)
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&pip.stderr);
        assert!(
            pip.status.success(),
            "pip could not install {}: {errors}",
            requirements.display()
        );
    })
    .join("bin/python")
}

/// A short name for contents: what is made from other contents gets another folder.
pub fn hash_of(parts: &[Vec<u8>]) -> String {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    env!("CARGO_MANIFEST_DIR").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
