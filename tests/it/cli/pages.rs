//! `apictl pages` as a process.

use std::io::Read;
use std::time::Duration;

use serde_json::Value;

use crate::support::binary::{Home, finish};
use crate::support::listing::{Listing, ndjson};

fn summary(home: &Home) -> Value {
    serde_json::from_slice(&std::fs::read(home.path().join("walk.json")).unwrap()).unwrap()
}

#[test]
fn a_walk_writes_the_servers_own_bytes_and_a_summary() {
    let url = Listing::new(103, 10).serve();
    let home = Home::new();
    let said = home
        .run(&format!("pages walk {url}/page/ --summary walk.json"))
        .expect(0);
    assert_eq!(said.stdout, ndjson(1..=103));
    assert!(
        said.stderr.contains("103 items in 11 pages (page-number)"),
        "{}",
        said.stderr
    );
    let summary = summary(&home);
    assert_eq!(summary["schema"], "apictl.pages.walk/1");
    assert_eq!(summary["style"], "page-number");
    assert_eq!(
        (&summary["pages"], &summary["items"]),
        (&11.into(), &103.into())
    );
    assert_eq!(
        (&summary["count"], &summary["complete"]),
        (&103.into(), &true.into())
    );
    assert_eq!(
        (&summary["retries"], &summary["throttled"]),
        (&0.into(), &0.into())
    );
    assert!(summary["bytes"].as_u64().unwrap() > 3_000);
    assert!(summary["elapsed_s"].is_number());
}

#[test]
fn a_slow_server_is_looked_at_again_and_its_list_cut_all_the_same() {
    // What takes more than a second is not begun anew with every second.
    let slow = || Listing::with(60, 20, Duration::from_millis(600), |_, _, _| None);
    let home = Home::new();
    let numbered = format!("pages walk {}/page/ --summary walk.json", slow().serve());
    assert_eq!(home.run(&numbered).expect(0).stdout, ndjson(1..=60));
    assert_eq!(summary(&home)["proof"], "recheck");
    let listing = slow();
    let cut = format!("pages walk {}/cursor/ --split", listing.serve());
    assert_eq!(home.run(&cut).expect(0).stdout, ndjson(1..=60));
    assert!(listing.asked().len() < 20, "{:?}", listing.asked());
}

#[test]
fn a_walk_is_one_array_or_one_table_when_asked() {
    let url = Listing::new(25, 10).serve();
    let home = Home::new();
    let json = home
        .run(&format!("pages walk {url}/offset/ --format json -j 4"))
        .expect(0);
    let items: Vec<Value> = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((items.len(), &items[24]["id"]), (25, &25.into()));
    for line in [
        format!("pages walk {url}/cursor/ --format csv"),
        format!("pages walk {url}/cursor/ --format csv --columns id,name,price"),
    ] {
        let csv = home.run(&line).expect(0).stdout;
        assert!(
            csv.starts_with("id,name,price\r\n1,\"item 1 ]}\"\"é\",1.10\r\n"),
            "{csv}"
        );
        assert_eq!(csv.lines().count(), 26);
    }
    home.run(&format!("pages walk {url}/cursor/ --format csv -o out.csv"))
        .expect(0);
    let file = std::fs::read_to_string(home.path().join("out.csv")).unwrap();
    assert_eq!(
        file,
        home.run(&format!("pages walk {url}/cursor/ --format csv"))
            .stdout
    );
}

#[test]
fn a_file_appears_whole_and_alone() {
    let url = Listing::new(103, 10).serve();
    let home = Home::new();
    home.run(&format!(
        "pages walk {url}/link/ -o out.ndjson --concurrency auto"
    ))
    .expect(0);
    let file = std::fs::read_to_string(home.path().join("out.ndjson")).unwrap();
    assert_eq!(file, ndjson(1..=103));
    let left: Vec<_> = std::fs::read_dir(home.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(left, ["out.ndjson"]);
}

#[test]
fn the_exit_code_tells_how_a_walk_ended() {
    let home = Home::new();
    let moving = Listing::with(103, 10, Duration::ZERO, |number, rows, _| {
        if number == 3 {
            rows.remove(0);
        }
        None
    })
    .serve();
    let said = home
        .run(&format!("pages walk {moving}/page/ --summary walk.json"))
        .expect(1);
    assert!(
        said.stderr
            .contains("NOT complete: the count changed from 103 to 102"),
        "{}",
        said.stderr
    );
    assert_eq!(summary(&home)["complete"], false);

    let url = Listing::new(103, 10).serve();
    home.run(&format!("pages walk {url}/page/ --expect-count"))
        .expect(0);
    home.run(&format!("pages walk {url}/page/ --expect-count 103"))
        .expect(0);
    home.run(&format!("pages walk {url}/page/ --expect-count 104"))
        .expect(1);
    home.run(&format!("pages walk {url}/cursor/ --expect-count"))
        .expect(1);
    home.run(&format!("pages walk {url}/broken/")).expect(3);
    home.run(&format!("pages walk {url}/page/?page=99"))
        .expect(3);
    home.run("pages walk http://127.0.0.1:9/page/ --retries 0")
        .expect(4);
    home.run(&format!("pages walk {url}/page/ -o /nowhere/at/all"))
        .expect(5);
    home.run(&format!("pages walk {url}/page/ --format xml"))
        .expect(2);
    home.run(&format!("pages walk {url}/page/ --resume"))
        .expect(2);
    let said = home
        .run(&format!(
            "pages walk {url}/page/ --max-items 15 --summary walk.json"
        ))
        .expect(0);
    assert_eq!(said.stdout, ndjson(1..=15));
    assert_eq!(summary(&home)["complete"], false);
    assert_eq!(summary(&home)["stopped"], "max-items");
}

#[test]
fn items_go_through_a_jq_program() {
    let url = Listing::new(103, 10).serve();
    let home = Home::new();
    let line = format!("pages walk {url}/page/ --summary walk.json --select");
    let run = |program: &str| {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        words.push(program);
        finish(home.command(words).spawn().unwrap())
    };
    assert_eq!(
        run("select(.id % 50 == 0)").expect(0).stdout,
        ndjson([50, 100])
    );
    assert_eq!(
        summary(&home)["items"],
        103,
        "the server's items are counted"
    );
    assert_eq!(
        run("select(.id < 3) | {id}").expect(0).stdout,
        "{\"id\":1}\n{\"id\":2}\n"
    );
    run("select(").expect(2);
    run(".id.x").expect(3);
}

#[test]
fn parts_of_a_list_join_to_the_file_of_one_walk() {
    let url = Listing::new(103, 10).serve();
    let home = Home::new();
    for (path, parts, way) in [
        ("page", 3, "1"),
        ("offset", 4, "8"),
        ("page", 15, "auto"),
        ("page", 1, "1"),
    ] {
        let mut files = String::new();
        for part in 1..=parts {
            home.run(&format!(
                "pages walk {url}/{path}/ -j {way} --shard {part}/{parts} -o p{part}"
            ))
            .expect(0);
            files = format!("p{part} {files}");
        }
        home.run(&format!("pages merge {files} -o whole")).expect(0);
        let whole = std::fs::read_to_string(home.path().join("whole")).unwrap();
        assert_eq!(whole, ndjson(1..=103), "{path} {parts} {way}");
    }
    home.run(&format!("pages walk {url}/cursor/ --shard 1/2 -o c"))
        .expect(3);
}

#[test]
fn parts_that_do_not_make_one_list_are_not_joined() {
    let listing = Listing::with(100, 10, Duration::ZERO, |number, rows, _| {
        if number == 8 {
            rows.pop();
        }
        None
    });
    let url = listing.serve();
    let home = Home::new();
    home.run(&format!("pages walk {url}/page/ --shard 1/2 -o a"))
        .expect(0);
    let said = home.run("pages merge a -o whole").expect(1);
    assert!(
        said.stdout.contains("part 2/2 is missing"),
        "{}",
        said.stdout
    );
    home.run(&format!("pages walk {url}/page/ --shard 2/2 -o b"));
    let said = home.run("pages merge a b -o whole").expect(1);
    assert!(
        said.stdout.contains("the list changed in between"),
        "{}",
        said.stdout
    );
    let said = home.run("pages merge a a -o whole").expect(1);
    assert!(said.stdout.contains("more than once"), "{}", said.stdout);
    assert!(!home.path().join("whole").exists());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let url = Listing::new(20_000, 1_000).serve();
    let home = Home::new();
    let mut child = home
        .command(["pages", "walk", &format!("{url}/page/")])
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 10]).unwrap();
    drop(out);
    let said = finish(child).expect(0);
    assert_eq!(said.stderr, "");
}

#[cfg(unix)]
mod signals {
    use super::*;
    use std::process::Command;

    fn signal(child: &std::process::Child, name: &str) {
        Command::new("kill")
            .args([name, &child.id().to_string()])
            .status()
            .unwrap();
    }

    fn slow() -> Listing {
        Listing::with(1_030, 10, Duration::from_millis(8), |_, _, _| None)
    }

    /// Waits until the server was asked for so many pages, or the walk is over.
    fn wait_for(listing: &Listing, requests: usize, child: &mut std::process::Child) {
        while listing.asked().len() < requests && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
    }

    #[test]
    fn an_interrupted_walk_leaves_whole_items_and_goes_on() {
        let listing = slow();
        let url = listing.serve();
        let home = Home::new();
        let line = format!("pages walk {url}/page/ -o out.ndjson --summary walk.json");
        let mut child = home.command(line.split_whitespace()).spawn().unwrap();
        wait_for(&listing, 20, &mut child);
        signal(&child, "-INT");
        finish(child).expect(130);
        let file = std::fs::read_to_string(home.path().join("out.ndjson")).unwrap();
        let items = file.lines().count() as u64;
        assert!(items >= 100 && file == ndjson(1..=items), "{items}");
        assert_eq!(summary(&home)["items"], items);
        assert_eq!(summary(&home)["complete"], false);
        home.run(&format!("{line} --resume")).expect(0);
        let file = std::fs::read_to_string(home.path().join("out.ndjson")).unwrap();
        assert_eq!(file, ndjson(1..=1_030));
        assert_eq!(summary(&home)["complete"], true);
        home.run(&format!("{line} --resume")).expect(0);
    }

    #[test]
    fn a_walk_that_was_not_complete_is_not_so_when_it_is_resumed() {
        let moving = Listing::with(103, 10, Duration::ZERO, |number, rows, _| {
            if number == 3 {
                rows.remove(0);
            }
            None
        })
        .serve();
        let home = Home::new();
        let line = format!("pages walk {moving}/page/ -o out.ndjson --resume");
        let first = home.run(&line).expect(1);
        assert!(first.stderr.contains("NOT complete"), "{}", first.stderr);
        let before = std::fs::read(home.path().join("out.ndjson")).unwrap();
        for _ in 0..2 {
            let again = home.run(&line).expect(1);
            assert!(again.stderr.contains("NOT complete"), "{}", again.stderr);
            assert!(
                again.stderr.contains("out.ndjson.checkpoint"),
                "{}",
                again.stderr
            );
        }
        assert_eq!(
            std::fs::read(home.path().join("out.ndjson")).unwrap(),
            before
        );
        // anew it is another walk, and this one is whole
        home.run(&format!("pages walk {moving}/page/ -o out.ndjson"))
            .expect(0);
        home.run(&line).expect(0);
    }

    #[test]
    fn a_limit_that_cuts_a_page_leaves_the_rest_of_it_for_later() {
        let url = Listing::new(103, 10).serve();
        for path in ["page", "cursor"] {
            for format in ["ndjson", "json"] {
                let home = Home::new();
                let line = format!("pages walk {url}/{path}/ -o out --format {format}");
                home.run(&format!("{line} --max-items 15")).expect(0);
                home.run(&format!("{line} --max-items 15 --resume"))
                    .expect(0);
                home.run(&format!("{line} --max-pages 1 --resume"))
                    .expect(0);
                home.run(&format!("{line} --resume")).expect(0);
                let whole = Home::new();
                whole.run(&line).expect(0);
                let read = |home: &Home| std::fs::read(home.path().join("out")).unwrap();
                assert_eq!(read(&home), read(&whole), "{path} {format}");
            }
        }
    }

    /// How often a walk of each style is killed: a handful, or as often as `APICTL_KILLS` says.
    fn kills() -> usize {
        let asked = std::env::var("APICTL_KILLS").ok();
        asked.and_then(|text| text.parse().ok()).unwrap_or(6)
    }

    /// Lets some microseconds pass, other ones each time.
    fn spin() {
        let started = std::time::Instant::now();
        let random = std::hash::RandomState::new();
        let below = std::hash::BuildHasher::hash_one(&random, 0_u8) % 9_000;
        while started.elapsed() < Duration::from_micros(below) {
            std::hint::spin_loop();
        }
    }

    #[test]
    fn a_killed_walk_is_resumed_to_the_very_bytes() {
        let listing = slow();
        let url = listing.serve();
        for (style, flags) in [
            ("page", "--format ndjson -j 8"),
            ("offset", "--format json -j 1"),
            ("cursor", "--format ndjson"),
            ("cursor", "--format ndjson --split -j 4"),
            ("link", "--format csv -j 4"),
            ("jsonapi", "--format ndjson --unique-by id"),
            ("page", "--format parquet -j 2"),
            ("page", "--format ndjson -j 3 --shard 2/3"),
        ] {
            let home = Home::new();
            let walk = format!("pages walk {url}/{style}/ {flags}");
            home.run(&format!("{walk} -o whole")).expect(0);
            let line = format!("{walk} -o out --resume");
            let read = |name| std::fs::read(home.path().join(name)).unwrap();
            let (mut killed, mut ended) = (0, 0);
            while killed < kills() {
                let before = listing.asked().len();
                let mut child = home.command(line.split_whitespace()).spawn().unwrap();
                wait_for(&listing, before + 3 + (killed * 7) % 19, &mut child);
                spin();
                child.kill().unwrap();
                if child.wait().unwrap().success() {
                    // It was faster: that is one whole file, and the next kills are of another.
                    assert!(read("out") == read("whole"), "{style} {flags}");
                    std::fs::remove_file(home.path().join("out")).unwrap();
                    ended += 1;
                    assert!(
                        ended <= killed + 3,
                        "{style} {flags}: no walk can be killed"
                    );
                } else {
                    killed += 1;
                }
            }
            home.run(&line).expect(0);
            assert!(read("out") == read("whole"), "{style} {flags}");
            assert!(!read("whole").is_empty());
        }
    }
}
