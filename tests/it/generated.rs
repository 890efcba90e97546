//! Completions and manual pages are what the clap definition says. `APICTL_BLESS=1` rewrites them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::binary::Home;

/// Shell and the file that packagers of that shell expect.
const SHELLS: [(&str, &str); 5] = [
    ("bash", "apictl.bash"),
    ("zsh", "_apictl"),
    ("fish", "apictl.fish"),
    ("elvish", "apictl.elv"),
    ("powershell", "_apictl.ps1"),
];

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn blessing() -> bool {
    std::env::var_os("APICTL_BLESS").is_some()
}

#[track_caller]
fn compare(path: &Path, rendered: &str) {
    if blessing() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, rendered).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == rendered,
        "{} is out of date: run `APICTL_BLESS=1 cargo test generated`",
        path.display()
    );
}

#[test]
fn completions_are_current() {
    let home = Home::new();
    for (shell, file) in SHELLS {
        let script = home.run(&format!("completions {shell}")).expect(0).stdout;
        compare(&root("completions").join(file), &script);
    }
}

#[test]
fn manual_pages_are_current_and_none_is_left_over() {
    let home = Home::new();
    home.run("man pages").expect(0);
    let mut rendered = BTreeSet::new();
    for entry in std::fs::read_dir(home.path().join("pages")).unwrap() {
        let page = entry.unwrap().path();
        let name = page.file_name().unwrap().to_str().unwrap().to_owned();
        compare(
            &root("man").join(&name),
            &std::fs::read_to_string(&page).unwrap(),
        );
        rendered.insert(name);
    }
    for entry in std::fs::read_dir(root("man")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if !rendered.contains(name) {
            assert!(blessing(), "{} belongs to no command", path.display());
            std::fs::remove_file(&path).unwrap();
        }
    }
}

#[test]
fn every_entry_of_a_manual_page_has_a_text() {
    let home = Home::new();
    home.run("man pages").expect(0);
    for entry in std::fs::read_dir(home.path().join("pages")).unwrap() {
        let path = entry.unwrap().path();
        let page = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = page.lines().collect();
        for entry in lines.windows(3).filter(|lines| lines[0] == ".TP") {
            assert!(
                !entry[2].is_empty() && !entry[2].starts_with('.'),
                "{}: nothing is said of {}",
                path.display(),
                entry[1]
            );
        }
    }
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let mut wanted = vec!["apictl.1".to_owned()];
    walk(&apictl::cli::command(), "apictl", &mut wanted);
    for page in wanted {
        assert!(
            root("man").join(&page).exists() || blessing(),
            "{page} is missing"
        );
    }
}

fn walk(command: &clap::Command, name: &str, wanted: &mut Vec<String>) {
    for child in command
        .get_subcommands()
        .filter(|child| !child.is_hide_set())
    {
        let name = format!("{name}-{}", child.get_name());
        wanted.push(format!("{name}.1"));
        walk(child, &name, wanted);
    }
}
