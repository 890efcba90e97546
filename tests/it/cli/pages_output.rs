//! The file that a walk writes: kept, resumed, or no file at all.

use std::os::unix::fs::{FileTypeExt, symlink};
use std::process::Command;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::IntoResponse;

use crate::support::binary::Home;
use crate::support::listing::{Listing, ndjson};

#[test]
fn a_walk_that_got_nothing_leaves_the_file_of_the_one_before() {
    for format in ["ndjson", "csv"] {
        let url = Listing::with(25, 10, Duration::ZERO, |number, _, _| {
            (number == 1).then(|| (StatusCode::UNAUTHORIZED, "{}").into_response())
        })
        .serve();
        let home = Home::new();
        let file = home.write("out", "yesterday\n");
        let text = || std::fs::read_to_string(&file).unwrap();
        let line = format!("pages walk {url}/page/ -o out --format {format}");
        home.run(&line).expect(3);
        assert_eq!(text(), "yesterday\n");
        home.run(&format!("{line} --resume")).expect(0);
        assert_eq!(text().lines().count(), 25 + usize::from(format == "csv"));
        assert!(!home.path().join("out.part").exists());
    }
}

#[test]
fn a_walk_that_was_killed_before_its_first_checkpoint_is_walked_anew() {
    let url = Listing::new(25, 10).serve();
    let home = Home::new();
    let file = home.write("out.ndjson", "yesterday\n");
    let line = format!("pages walk {url}/page/ -o out.ndjson --resume");
    let said = home.run(&line).expect(0);
    assert!(said.stderr.contains("nothing is left"), "{}", said.stderr);
    home.write("out.ndjson.part", "{\"id\":");
    home.run(&line).expect(0);
    assert_eq!(std::fs::read_to_string(file).unwrap(), ndjson(1..=25));
}

#[test]
fn a_link_and_a_pipe_stay_what_they_are() {
    let url = Listing::new(25, 10).serve();
    let home = Home::new();
    let at = |name: &str| home.path().join(name);
    std::fs::create_dir(at("store")).unwrap();
    for before in [None, Some("yesterday\n")] {
        if let Some(text) = before {
            home.write("store/real.ndjson", text);
        } else {
            symlink("store/real.ndjson", at("link.ndjson")).unwrap();
        }
        home.run(&format!("pages walk {url}/page/ -o link.ndjson"))
            .expect(0);
        assert!(at("link.ndjson").is_symlink());
        let text = std::fs::read_to_string(at("store/real.ndjson")).unwrap();
        assert_eq!(text, ndjson(1..=25));
    }
    for (flags, rows) in [("", 25), ("--resume", 25), ("--format csv", 26)] {
        let made = Command::new("mkfifo").arg(at("pipe")).status().unwrap();
        assert!(made.success());
        let pipe = at("pipe");
        let reader = std::thread::spawn(move || std::fs::read_to_string(pipe).unwrap());
        home.run(&format!("pages walk {url}/page/ -o pipe {flags}"))
            .expect(0);
        let is_pipe = |name: &str| at(name).metadata().unwrap().file_type().is_fifo();
        assert!(is_pipe("pipe"));
        assert_eq!(reader.join().unwrap().lines().count(), rows);
        std::fs::remove_file(at("pipe")).unwrap();
    }
}
