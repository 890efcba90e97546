//! The law of the house: who may name whom. Reads `src/` and holds the table of `ARCHITECTURE.md`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What each module may name of ours, beside itself.
const MAY_NAME: [(&str, &[&str]); 13] = [
    ("main", &["cli"]),
    ("lib", &[]),
    ("secret", &[]),
    ("rate", &[]),
    ("http", &["secret", "rate"]),
    ("jwt", &["secret"]),
    ("token", &["http", "secret", "rate", "jwt"]),
    ("pages", &["http", "secret", "rate"]),
    ("throttle", &["http", "secret", "rate"]),
    ("access", &["http", "secret", "rate"]),
    ("server", &["rate"]),
    ("ui", &[]),
    (
        "cli",
        &[
            "access", "http", "jwt", "pages", "rate", "secret", "server", "throttle", "token", "ui",
        ],
    ),
];

/// Names that only some modules may use.
const RESERVED: [(&str, &[&str]); 18] = [
    ("reqwest::", &["http"]),
    ("httparse::", &["http"]),
    ("hyper::", &["http", "server"]),
    ("hyper_util::", &["http", "server"]),
    ("jsonwebtoken::", &["jwt", "server"]),
    ("axum::", &["server"]),
    ("comfy_table::", &["ui"]),
    ("indicatif::", &["ui"]),
    ("plotters::", &["ui"]),
    ("rustix::", &["throttle"]),
    ("clap::", &["cli"]),
    ("secret_service::", &["token"]),
    ("std::env::", &["cli", "main"]),
    ("std::io::stdin", &["cli"]),
    ("std::io::stdout", &["cli"]),
    ("std::io::stderr", &["cli"]),
    ("SystemTime::now", &["cli"]),
    ("Timestamp::now", &["cli"]),
];

/// Files, or folders that end in a slash, that depend on their arguments alone.
const PURE: &[&str] = &[
    "secret.rs",
    "rate.rs",
    "http/address.rs",
    "http/retry.rs",
    "http/redirect.rs",
    "http/redact.rs",
    "http/one/head.rs",
    "http/one/chunks.rs",
    "jwt/",
    "access/matrix.rs",
    "access/metadata.rs",
    "access/openapi.rs",
    "access/policy.rs",
    "access/rows.rs",
    "throttle/compare.rs",
    "throttle/fields.rs",
    "throttle/gate/demands.rs",
    "throttle/gate/judge.rs",
    "throttle/gate/window.rs",
    "throttle/headers.rs",
    "throttle/infer/",
    "throttle/limits.rs",
    "throttle/load.rs",
    "throttle/models/",
    "throttle/probe/",
    "throttle/refusal.rs",
    "throttle/sample.rs",
    "throttle/waits.rs",
    "token/answer.rs",
    "token/audit/catalogue.rs",
    "token/audit/content.rs",
    "token/audit/forge.rs",
    "token/audit/keyed.rs",
    "token/audit/original.rs",
    "token/audit/stages.rs",
    "token/audit/verdict.rs",
    "pages/audit/catalogue.rs",
    "pages/audit/finding.rs",
    "pages/audit/ledger.rs",
    "pages/audit/shapes.rs",
    "pages/audit/sightings.rs",
    "pages/cursor.rs",
    "pages/keys.rs",
    "pages/strides.rs",
    "pages/envelope.rs",
    "pages/items.rs",
    "pages/link.rs",
    "pages/mask.rs",
    "pages/names.rs",
    "pages/next.rs",
    "pages/origin.rs",
    "pages/passed.rs",
    "pages/plan.rs",
    "pages/pointer.rs",
    "pages/proof.rs",
    "pages/query.rs",
    "pages/scan.rs",
    "pages/select.rs",
    "pages/shard.rs",
    "pages/slab.rs",
    "pages/split.rs",
    "pages/style.rs",
    "pages/tally.rs",
    "pages/timing.rs",
    "pages/unique.rs",
    "pages/verdicts.rs",
    "pages/visited.rs",
    "pages/window.rs",
    "server/limiter/announce.rs",
    "server/limiter/bucket.rs",
    "server/limiter/counter.rs",
    "server/limiter/decision.rs",
    "server/limiter/guard.rs",
    "server/limiter/queue.rs",
    "server/limiter/settings.rs",
    "server/limiter/sliding_log.rs",
    "server/limiter/window.rs",
    "token/login.rs",
    "token/presets.rs",
    "token/record.rs",
    "token/shape.rs",
];

/// What a pure file never says.
const IMPURE: [&str; 9] = [
    "async ",
    ".await",
    "tokio::",
    "std::io",
    "std::fs",
    "Instant::now",
    "SystemTime::now",
    "Timestamp::now",
    "crate::http",
];

struct Source {
    /// Path below `src/`.
    path: String,
    module: String,
    /// The code, without comments and without its unit tests.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files
        .iter()
        .map(|file| {
            let path = file
                .strip_prefix(&root)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/");
            let first = path.split('/').next().unwrap();
            Source {
                module: first.strip_suffix(".rs").unwrap_or(first).to_owned(),
                code: code_of(&std::fs::read_to_string(file).unwrap()),
                path,
            }
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn code_of(text: &str) -> String {
    let shipped = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    shipped
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The top-level modules of ours that a code names: `crate::a::…` and `crate::{a::…, b}`.
fn named(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        // `pub(in crate::x)` and `$crate::` name nothing.
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => {
                names.insert(ident(rest));
            }
            Some(group) => names.extend(members(group)),
        }
    }
    names.remove("");
    names
}

fn ident(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// The first names of the members of a `use` group, up to its closing brace.
fn members(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut member = String::new();
    let mut found = Vec::new();
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => found.push(std::mem::take(&mut member)),
            _ => {}
        }
        if depth == 0 && c != ',' {
            member.push(c);
        }
    }
    found.push(member);
    found.iter().map(|member| ident(member.trim())).collect()
}

#[test]
fn every_module_names_only_what_the_law_allows() {
    let mut breaches = Vec::new();
    for source in sources() {
        let Some((_, allowed)) = MAY_NAME.iter().find(|(module, _)| *module == source.module)
        else {
            breaches.push(format!(
                "{}: no rule for module '{}'",
                source.path, source.module
            ));
            continue;
        };
        let ours: BTreeSet<&str> = MAY_NAME.iter().map(|(module, _)| *module).collect();
        for name in named(&source.code) {
            let own = name == source.module;
            if ours.contains(name.as_str()) && !own && !allowed.contains(&name.as_str()) {
                breaches.push(format!("{}: names crate::{name}", source.path));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn reserved_names_are_used_where_they_belong() {
    let mut breaches = Vec::new();
    for source in sources() {
        for (name, modules) in RESERVED {
            let used = source.code.match_indices(name).any(|(at, _)| {
                let before = source.code[..at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
            });
            if used && !modules.contains(&source.module.as_str()) {
                breaches.push(format!("{}: names {name}", source.path));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn pure_files_depend_on_their_arguments_alone() {
    let sources = sources();
    let mut breaches = Vec::new();
    for rule in PURE {
        let covered: Vec<&Source> = sources
            .iter()
            .filter(|source| {
                source.path == *rule || (rule.ends_with('/') && source.path.starts_with(rule))
            })
            .collect();
        if covered.is_empty() {
            breaches.push(format!("the rule for {rule} covers no file"));
        }
        for source in covered {
            for word in IMPURE.iter().filter(|word| source.code.contains(**word)) {
                breaches.push(format!("{}: says '{word}'", source.path));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn module_roots_hold_no_logic() {
    let breaches: Vec<String> = sources()
        .iter()
        .filter(|source| source.path.ends_with("mod.rs") || source.path == "lib.rs")
        .filter(|source| source.code.contains("fn ") || source.code.contains("impl "))
        .map(|source| source.path.clone())
        .collect();
    assert!(breaches.is_empty(), "logic in {}", breaches.join(", "));
}

/// The fuzz target is a crate of its own that nothing here builds.
#[test]
fn the_fuzz_target_of_the_splitter_has_all_of_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::fs::read_to_string(root.join("fuzz/pages/src/lib.rs")).unwrap();
    let modules: Vec<String> = target.split("mod ").skip(2).map(ident).collect();
    assert!(modules.iter().any(|module| module == "split"));
    for module in &modules {
        let file = root.join(format!("src/pages/{module}.rs"));
        let code = code_of(&std::fs::read_to_string(file).unwrap());
        for needed in code.split("use super::").skip(1).map(ident) {
            assert!(
                modules.contains(&needed),
                "fuzz/pages lacks {needed}, which {module} names"
            );
        }
    }
}

#[test]
fn the_reader_of_names_sees_through_groups() {
    let code = "use crate::{http::{Client, Error}, ui, rate::Rate};\nlet x = crate::jwt::decode();";
    let names: Vec<String> = named(code).into_iter().collect();
    assert_eq!(names, ["http", "jwt", "rate", "ui"]);
}
