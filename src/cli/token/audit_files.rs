//! Files that the audit reads and writes: keys, guesses, baselines, reports.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use crate::cli::failure::Failure;
use crate::http::{Url, shown_url};
use crate::jwt::{Key, public_pem, read_keys};
use crate::secret::Secret;

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
        guesses.extend(
            crate::cli::jwt::read_project(folder)?
                .all
                .into_iter()
                .filter_map(|(_, candidate)| String::from_utf8(candidate.bytes).ok())
                .map(Secret::new),
        );
    }
    Ok(guesses)
}

/// Public keys of a JWK Set as PEM. The document is tried as a secret by itself, as it is served.
pub(super) fn jwks_pems(document: &[u8], url: &Url) -> Result<Vec<String>, Failure> {
    let keys = read_keys(document)
        .map_err(|error| Failure::api(format!("{}: {error}", shown_url(url))))?;
    Ok(keys.iter().filter_map(public_pem).collect())
}

/// A token in a file: alone, with its scheme, or in the reply of a token endpoint.
pub(super) fn token_in(path: &Path) -> Result<Secret, Failure> {
    let shown = path.display();
    let text = String::from_utf8_lossy(&read(path, "the token")?).into_owned();
    crate::jwt::find(&text)
        .into_iter()
        .next()
        .map(|found| found.token)
        .ok_or_else(|| Failure::usage(format!("there is no JWT in {shown}")))
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
