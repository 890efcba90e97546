//! `apictl pages merge`: the parts of a list, joined.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::checkpoint::beside;
use super::manifest::Manifest;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use crate::ui::{Look, Report};

/// Join the files of `pages walk --shard`
///
/// Refuses parts that are missing, doubled, incomplete, of different lists or of different counts; then
/// concatenates them in order. The result is, byte for byte, the file of one walk.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 joined, 1 the parts do not make one list, 5 a file cannot be read or written

Examples:
  apictl pages merge part-*.ndjson -o products.ndjson")]
pub(crate) struct Args {
    /// The parts, in any order
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Serialize)]
struct MergeReport {
    schema: &'static str,
    passed: bool,
    parts: u64,
    items: u64,
    count: Option<u64>,
    bytes: u64,
    problems: Vec<String>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Exit, Failure> {
    ctx.format()?;
    let mut parts = Vec::new();
    for path in &args.parts {
        let size = std::fs::metadata(path)
            .map_err(|error| cannot("read", path, &error))?
            .len();
        parts.push((Manifest::read(path)?, path.as_path(), size));
    }
    parts.sort_by_key(|(manifest, ..)| manifest.shard);
    let problems = problems(&parts);
    if problems.is_empty() {
        join(&parts, &args.output)?;
    }
    let report = MergeReport {
        schema: "apictl.pages.merge/1",
        passed: problems.is_empty(),
        parts: parts.len() as u64,
        items: parts.iter().map(|(manifest, ..)| manifest.items).sum(),
        count: parts.first().and_then(|(manifest, ..)| manifest.count),
        bytes: parts.iter().map(|(.., size)| size).sum(),
        problems,
    };
    ctx.print(&report)?;
    Ok(Exit::answer(report.passed))
}

/// Why the parts, in order, do not make one list.
fn problems(parts: &[(Manifest, &Path, u64)]) -> Vec<String> {
    let mut all = Vec::new();
    let Some((first, ..)) = parts.first() else {
        return all;
    };
    let mut items = 0;
    for (manifest, path, size) in parts {
        let name = path.display();
        if manifest.url != first.url || manifest.of != first.of {
            all.push(format!("{name} is part of another list"));
        }
        if manifest.count != first.count {
            all.push(format!(
                "{name} saw a count of {}, the first part of {}: the list changed in between",
                manifest.count.unwrap_or_default(),
                first.count.unwrap_or_default()
            ));
        }
        if !manifest.complete {
            all.push(format!("{name} is not complete"));
        }
        if manifest.bytes != *size {
            all.push(format!(
                "{name} holds {size} bytes, its manifest speaks of {}",
                manifest.bytes
            ));
        }
        if manifest.items > 0 && manifest.skipped != items {
            all.push(format!(
                "{name} begins behind item {}, the parts before it end at {items}",
                manifest.skipped
            ));
        }
        items += manifest.items;
    }
    for shard in 1..=first.of {
        match parts
            .iter()
            .filter(|(manifest, ..)| manifest.shard == shard)
            .count()
        {
            1 => {}
            0 => all.push(format!("part {shard}/{} is missing", first.of)),
            _ => all.push(format!("part {shard}/{} is there more than once", first.of)),
        }
    }
    if all.is_empty() && first.count.is_some_and(|count| count != items) {
        all.push(format!(
            "the parts hold {items} items, the server counts {}",
            first.count.unwrap_or_default()
        ));
    }
    all
}

fn join(parts: &[(Manifest, &Path, u64)], output: &Path) -> Result<(), Failure> {
    let new = beside(output, ".part");
    let mut file = File::create(&new).map_err(|error| cannot("write", &new, &error))?;
    for (_, path, _) in parts {
        let mut part = File::open(path).map_err(|error| cannot("read", path, &error))?;
        std::io::copy(&mut part, &mut file).map_err(|error| cannot("write", &new, &error))?;
    }
    file.sync_all()
        .and_then(|()| std::fs::rename(&new, output))
        .map_err(|error| cannot("write", output, &error))
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::local(format!("cannot {what} {}", path.display())).because(error)
}

impl Report for MergeReport {
    fn table(&self, _look: &Look) -> String {
        if self.passed {
            return format!("{} items from {} parts", self.items, self.parts);
        }
        let mut lines = vec!["not joined:".to_owned()];
        lines.extend(self.problems.iter().map(|problem| format!("- {problem}")));
        lines.join("\n")
    }
}
