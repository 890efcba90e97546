//! Walks shared among machines by a scheduler.

use std::process::Command;
use std::time::Duration;

use apictl::http::StatusCode;
use axum::response::IntoResponse;

use crate::support::binary::{Home, Run, Said, finish};
use crate::support::listing::{Listing, ndjson};

fn run(mut command: Run, variables: &[(&str, &str)]) -> Said {
    for (name, value) in variables {
        command.env(name, value);
    }
    command.said()
}

fn walk(home: &Home, line: &str, variables: &[(&str, &str)]) -> Said {
    run(home.command(line.split_whitespace()), variables)
}

#[test]
fn every_scheduler_says_which_part_to_walk() {
    let url = Listing::new(103, 10).serve();
    let home = Home::new();
    let schedulers: [(&str, [(&str, &str); 2]); 3] = [
        (
            "0",
            [("JOB_COMPLETION_INDEX", "#"), ("JOB_COMPLETIONS", "3")],
        ),
        ("1", [("CI_NODE_INDEX", "#"), ("CI_NODE_TOTAL", "3")]),
        (
            "0",
            [
                ("SLURM_ARRAY_TASK_ID", "#"),
                ("SLURM_ARRAY_TASK_COUNT", "3"),
            ],
        ),
    ];
    for (first, names) in schedulers {
        let first: u64 = first.parse().unwrap();
        let mut files = String::new();
        for part in 0..3 {
            let index = (first + part).to_string();
            let variables = names
                .map(|(name, value)| (name, value.strip_prefix('#').map_or(value, |_| &*index)));
            let line = format!("pages walk {url}/page/ -o p{part} --resume");
            let said = walk(&home, &line, &variables).expect(0);
            let words = format!("walking part {}/3, as {} and", part + 1, names[0].0);
            assert!(said.stderr.contains(&words), "{}", said.stderr);
            files += &format!(" p{part}");
        }
        home.run(&format!("pages merge{files} -o whole")).expect(0);
        let whole = std::fs::read_to_string(home.path().join("whole")).unwrap();
        assert_eq!(whole, ndjson(1..=103), "{names:?}");
        // A pod that is started again finds its part done.
        let again = [(names[0].0, &*first.to_string()), names[1]]
            .map(|(name, value)| (name, value.to_owned()));
        let again = again
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        walk(
            &home,
            &format!("pages walk {url}/page/ -o p0 --resume"),
            &again,
        )
        .expect(0);
        for part in 0..3 {
            std::fs::remove_file(home.path().join(format!("p{part}"))).unwrap();
        }
    }
}

#[test]
fn a_whole_walk_on_many_machines_says_why() {
    let url = Listing::new(25, 10).serve();
    let home = Home::new();
    let index = ("JOB_COMPLETION_INDEX", "1");
    let both = [index, ("JOB_COMPLETIONS", "3")];
    for (line, variables, words) in [
        (
            "-o all",
            &[index][..],
            "JOB_COMPLETIONS is not: set it to the completions of the Job",
        ),
        ("--max-pages 9", &both, "there are no parts without -o"),
        (
            "--format csv -o all",
            &both,
            "there are no parts with this --format",
        ),
        (
            "-o all --unique-by id",
            &both,
            "there are no parts with --unique-by",
        ),
    ] {
        let said = walk(&home, &format!("pages walk {url}/page/ {line}"), variables).expect(0);
        assert!(said.stderr.contains(words), "{}", said.stderr);
        assert!(
            said.stderr.contains("25 items in 3 pages"),
            "{}",
            said.stderr
        );
    }
    let quiet = walk(
        &home,
        &format!("pages walk {url}/page/ --shard none -o all"),
        &both,
    )
    .expect(0);
    assert!(!quiet.stderr.contains("walking"), "{}", quiet.stderr);
}

#[cfg(unix)]
#[test]
fn a_part_that_was_cut_short_is_resumed_with_its_bounds() {
    let listing = Listing::with(1_030, 10, Duration::from_millis(5), |_, _, _| None);
    let url = listing.serve();
    let home = Home::new();
    for part in 1..=2 {
        let line = format!("pages walk {url}/page/ -j 3 --shard {part}/2 -o s{part} --resume");
        for kill in 0..3 {
            let before = listing.asked().len();
            let mut child = home.command(line.split_whitespace()).spawn().unwrap();
            while listing.asked().len() < before + 5 + kill && child.try_wait().unwrap().is_none() {
                std::thread::yield_now();
            }
            Command::new("kill")
                .args(["-INT", &child.id().to_string()])
                .status()
                .unwrap();
            finish(child);
        }
        home.run(&line).expect(0);
    }
    home.run("pages merge s1 s2 -o whole").expect(0);
    let whole = std::fs::read_to_string(home.path().join("whole")).unwrap();
    assert_eq!(whole, ndjson(1..=1_030));
}

#[test]
fn a_part_whose_first_page_fails_is_resumed_there() {
    let listing = Listing::with(110, 10, Duration::ZERO, |number, _, _| {
        (number == 2).then(|| StatusCode::BAD_GATEWAY.into_response())
    });
    let url = listing.serve();
    let home = Home::new();
    let line = format!("pages walk {url}/page/ --shard 2/3 -o s2 --resume --retries 0");
    home.run(&line).expect(4);
    home.run(&line).expect(0);
    let part = std::fs::read_to_string(home.path().join("s2")).unwrap();
    let alone = Home::new();
    let whole = Listing::new(110, 10).serve();
    alone
        .run(&format!("pages walk {whole}/page/ --shard 2/3 -o s2"))
        .expect(0);
    assert_eq!(
        part,
        std::fs::read_to_string(alone.path().join("s2")).unwrap()
    );
}
