//! The search for a signing secret: built-in list, word lists, project files, on all cores.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::jwt::{Candidate, Search, candidates, common, is_worth_reading};

/// A secret that was guessed.
pub(super) struct Hit {
    pub(super) source: String,
    pub(super) line: Option<usize>,
    pub(super) bytes: usize,
    pub(super) in_project: bool,
    /// Whether it begins as Django marks keys that were made by `startproject` (check W009).
    pub(super) insecure_prefix: bool,
}

/// What the search came to.
pub(super) struct Outcome {
    pub(super) hit: Option<Hit>,
    pub(super) tried: u64,
}

/// So much of a word list is in memory at once.
const BLOCK: usize = 8 << 20;
/// Files of a project beyond this size hold data, not settings.
const LARGEST: u64 = 1 << 20;
/// Files of a project that are read at most.
const FILES: usize = 20_000;

/// Tries the built-in list, then projects, then word lists, and stops at the secret. A working
/// folder with a `manage.py` is a project.
pub(super) fn run(
    search: &Search,
    wordlists: &[String],
    projects: &[String],
    ctx: &Context,
) -> Result<Outcome, Failure> {
    // A list that cannot be read is a fault even when the secret is found before it is needed.
    let lists: Result<Vec<_>, Failure> = wordlists.iter().map(|path| open(path)).collect();
    let lists = lists?;
    let words = common();
    let mut outcome = Outcome {
        hit: None,
        tried: words.len() as u64,
    };
    if let Some(word) = on_all_cores(&words, |part| {
        part.iter().find(|word| search.matches(word.as_bytes()))
    }) {
        outcome.hit = Some(Hit {
            source: "the built-in list of common secrets".to_owned(),
            line: None,
            bytes: word.len(),
            in_project: false,
            insecure_prefix: false,
        });
        return Ok(outcome);
    }
    let here = &ctx.environment.folder;
    let unasked = projects.is_empty() && here.join("manage.py").is_file();
    let folders = projects
        .iter()
        .map(PathBuf::from)
        .chain(unasked.then(|| here.clone()));
    for folder in folders {
        project(search, &folder, &mut outcome)?;
        if outcome.hit.is_some() {
            return Ok(outcome);
        }
    }
    for (path, file) in wordlists.iter().zip(lists) {
        wordlist(search, path, file, &mut outcome)?;
        if outcome.hit.is_some() {
            break;
        }
    }
    Ok(outcome)
}

/// Runs a search over the parts of a list, one for each core.
fn on_all_cores<'a, T: Sync, R: Send>(
    list: &'a [T],
    search: impl Fn(&'a [T]) -> Option<R> + Sync,
) -> Option<R> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = list.len().div_ceil(cores).max(256);
    if list.len() <= share {
        return search(list);
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = list
            .chunks(share)
            .map(|part| scope.spawn(|| search(part)))
            .collect();
        threads
            .into_iter()
            .find_map(|thread| thread.join().ok().flatten())
    })
}

fn project(search: &Search, folder: &Path, outcome: &mut Outcome) -> Result<(), Failure> {
    let Project { files, all } = read_project(folder)?;
    outcome.tried += all.len() as u64;
    let hit = on_all_cores(&all, |part| {
        part.iter()
            .find(|(_, candidate)| search.matches(&candidate.bytes))
    });
    outcome.hit = hit.map(|(number, candidate)| Hit {
        source: files[*number].display().to_string(),
        line: Some(candidate.line),
        bytes: candidate.bytes.len(),
        in_project: true,
        insecure_prefix: candidate.bytes.starts_with(b"django-insecure-"),
    });
    Ok(())
}

/// What a project's files hold.
pub(crate) struct Project {
    /// The files that are worth reading.
    files: Vec<PathBuf>,
    /// The candidates in them, each once with the number of its file.
    pub(crate) all: Vec<(usize, Candidate)>,
}

/// Reads the files of a project.
pub(crate) fn read_project(folder: &Path) -> Result<Project, Failure> {
    let mut files = Vec::new();
    collect(folder, 0, &mut files).map_err(|error| {
        Failure::local(format!("cannot read the folder '{}'", folder.display())).because(&error)
    })?;
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for (number, file) in files.iter().enumerate() {
        // A file that cannot be read or is no text holds no settings.
        let Ok(text) = std::fs::read_to_string(file) else {
            continue;
        };
        for candidate in candidates(&file.to_string_lossy(), &text) {
            if seen.insert(candidate.bytes.clone()) {
                all.push((number, candidate));
            }
        }
    }
    Ok(Project { files, all })
}

/// The files below a folder that are worth reading.
fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    const PASSED_OVER: [&str; 9] = [
        ".git",
        "node_modules",
        "target",
        "__pycache__",
        ".venv",
        "venv",
        "site-packages",
        ".tox",
        ".mypy_cache",
    ];
    for entry in std::fs::read_dir(folder)? {
        let Ok(entry) = entry else { continue };
        let (path, name) = (entry.path(), entry.file_name());
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() && depth < 12 && !PASSED_OVER.iter().any(|passed| name == *passed) {
            // A folder that may not be entered is passed over, unless it is the one that was named.
            let _ = collect(&path, depth + 1, files);
        } else if kind.is_file()
            && files.len() < FILES
            && is_worth_reading(&name.to_string_lossy())
            && entry.metadata().is_ok_and(|about| about.len() <= LARGEST)
        {
            files.push(path);
        }
    }
    Ok(())
}

fn open(path: &str) -> Result<std::fs::File, Failure> {
    std::fs::File::open(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &str, error: &std::io::Error) -> Failure {
    Failure::local(format!("cannot read '{path}'")).because(error)
}

/// Tries every line of a file, block by block.
fn wordlist(
    search: &Search,
    path: &str,
    mut source: std::fs::File,
    outcome: &mut Outcome,
) -> Result<(), Failure> {
    let mut block = Vec::new();
    let mut lines_before = 0;
    loop {
        let read = source
            .by_ref()
            .take(BLOCK as u64)
            .read_to_end(&mut block)
            .map_err(|error| unreadable(path, &error))?;
        // Only whole lines are tried; the rest waits for the next block.
        let end = if read == 0 {
            block.len()
        } else {
            memchr::memrchr(b'\n', &block).map_or(0, |at| at + 1)
        };
        let text = &block[..end];
        if !text.is_empty() {
            let lines: Vec<&[u8]> = text
                .strip_suffix(b"\n")
                .unwrap_or(text)
                .split(|byte| *byte == b'\n')
                .collect();
            outcome.tried += lines.len() as u64;
            let numbered: Vec<(usize, &[u8])> = lines.into_iter().enumerate().collect();
            let hit = on_all_cores(&numbered, |part| {
                part.iter()
                    .find(|(_, line)| search.matches(line.strip_suffix(b"\r").unwrap_or(line)))
            });
            if let Some((number, line)) = hit {
                outcome.hit = Some(Hit {
                    source: path.to_owned(),
                    line: Some(lines_before + number + 1),
                    bytes: line.strip_suffix(b"\r").unwrap_or(line).len(),
                    in_project: false,
                    insecure_prefix: false,
                });
                return Ok(());
            }
            lines_before += numbered.len();
        }
        block.drain(..end);
        if read == 0 {
            return Ok(());
        }
    }
}
