//! Files that the audit reads and writes: keys, guesses, baselines, reports.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use crate::cli::failure::Failure;
use crate::jwt::{Key, public_pem, read_keys};
use crate::secret::Secret;

/// Settings and environment files deeper than this below the project are not looked for.
const DEPTH: usize = 3;
/// Larger files hold no settings.
const LARGEST: u64 = 1 << 20;

fn read(path: &Path, what: &str) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| {
        Failure::local(format!("cannot read {what} {}", path.display())).because(&error)
    })
}

/// The signing key: a shared secret without its last line break, or a private key.
pub(super) fn signing_key(
    secret: Option<&Path>,
    key: Option<&Path>,
) -> Result<(Option<Secret>, Option<Key>), Failure> {
    if let Some(path) = secret {
        let text = String::from_utf8(read(path, "the secret")?)
            .map_err(|_| Failure::usage(format!("{} is not a text", path.display())))?;
        let text = text.strip_suffix('\n').unwrap_or(&text);
        return Ok((
            Some(Secret::new(text.strip_suffix('\r').unwrap_or(text))),
            None,
        ));
    }
    let Some(path) = key else {
        return Ok((None, None));
    };
    let keys = keys_of(path)?;
    let private = keys.into_iter().find(Key::is_private);
    private.map(|key| (None, Some(key))).ok_or_else(|| {
        Failure::usage(format!("{} holds no private key", path.display()))
            .hint("give public keys with `--public-key`")
    })
}

fn keys_of(path: &Path) -> Result<Vec<Key>, Failure> {
    read_keys(&read(path, "the key")?)
        .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
}

/// Public keys as PEM: a PEM file as it is, since the attack is about its very bytes.
pub(super) fn public_keys(paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let mut pems = Vec::new();
    for path in paths {
        let content = read(path, "the public key")?;
        let text = String::from_utf8_lossy(&content);
        if text.contains("-----BEGIN PUBLIC KEY-----") {
            pems.push(text.into_owned());
        } else {
            pems.extend(keys_of(path)?.iter().filter_map(public_pem));
        }
    }
    Ok(pems)
}

/// Guesses from a list, and from the files of a Django project.
pub(super) fn guesses(
    wordlist: Option<&Path>,
    project: Option<&Path>,
) -> Result<Vec<Secret>, Failure> {
    let mut guesses = Vec::new();
    if let Some(path) = wordlist {
        let content = read(path, "the word list")?;
        let text = String::from_utf8_lossy(&content);
        guesses.extend(text.lines().map(Secret::new));
    }
    if let Some(folder) = project {
        search(folder, DEPTH, &mut guesses).map_err(|error| {
            Failure::local(format!("cannot search {}", folder.display())).because(&error)
        })?;
    }
    Ok(guesses)
}

fn search(folder: &Path, depth: usize, guesses: &mut Vec<Secret>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            let skipped = name.starts_with('.') || matches!(name.as_str(), "node_modules" | "venv");
            if depth > 0 && !skipped {
                search(&entry.path(), depth - 1, guesses)?;
            }
        } else if kind.is_file() && may_hold_secrets(&name) && entry.metadata()?.len() <= LARGEST {
            let text = std::fs::read(entry.path())?;
            guesses.extend(assigned(&String::from_utf8_lossy(&text)));
        }
    }
    Ok(())
}

fn may_hold_secrets(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = |suffix: &str| name.ends_with(suffix);
    name.starts_with(".env")
        || ends(".env")
        || name.contains("compose")
        || ((ends(".py") || ends(".toml") || ends(".yml") || ends(".yaml"))
            && ["settings", "config", "base", "local", "prod", "dev"]
                .iter()
                .any(|word| name.contains(word)))
}

/// The values of lines that assign something called a key or a secret.
fn assigned(text: &str) -> Vec<Secret> {
    text.lines()
        .filter_map(|line| {
            let at = line.find(['=', ':'])?;
            let (name, value) = line.split_at(at);
            let name = name.to_ascii_uppercase();
            if !name.contains("SECRET") && !name.contains("SIGNING_KEY") && !name.contains("JWT") {
                return None;
            }
            let value = value[1..].trim().trim_end_matches(',');
            // `env("SECRET_KEY", default="…")`: the last quoted text is the value.
            let quoted = value
                .rsplit_once(['"', '\''])
                .and_then(|(before, _)| before.rsplit_once(['"', '\'']))
                .map(|(_, inside)| inside);
            let value = quoted.unwrap_or(value);
            (!value.is_empty()).then(|| Secret::new(value))
        })
        .collect()
}

/// The probes of an earlier report that were not in order: name and verdict.
pub(super) fn known(path: &Path) -> Result<Vec<(String, String)>, Failure> {
    let shown = path.display();
    let wrong = || Failure::usage(format!("{shown} is not a report of `apictl token audit`"));
    let text = read(path, "the baseline")?;
    let report: Value = serde_json::from_slice(&text).map_err(|error| wrong().because(&error))?;
    if report["schema"] != super::audit_report::SCHEMA {
        return Err(wrong());
    }
    let probes = report["probes"].as_array().ok_or_else(wrong)?;
    Ok(probes
        .iter()
        .filter_map(|probe| {
            let word = |name: &str| probe[name].as_str().map(str::to_owned);
            Some((word("id")?, word("verdict")?))
        })
        .filter(|(_, verdict)| !matches!(verdict.as_str(), "pass" | "skip"))
        .collect())
}

/// Writes a report as indented JSON.
pub(super) fn write_json<T: Serialize>(path: &Path, report: &T) -> Result<(), Failure> {
    let shown = path.display();
    let text = serde_json::to_string_pretty(report)
        .map_err(|error| Failure::local(format!("cannot write {shown}")).because(&error))?;
    std::fs::write(path, text + "\n")
        .map_err(|error| Failure::local(format!("cannot write {shown}")).because(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_secrets_are_found_in_settings_and_environment_files() {
        let found = assigned(
            "SECRET_KEY = 'django-insecure-abc'\nDEBUG = True\nexport JWT_KEY=plain\n\
             SECRET_KEY = env(\"SECRET_KEY\", default=\"fallback\")\n  \"SIGNING_KEY\": \"nested\",\n",
        );
        let texts: Vec<&str> = found.iter().map(Secret::expose).collect();
        assert_eq!(
            texts,
            ["django-insecure-abc", "plain", "fallback", "nested"]
        );
    }
}
