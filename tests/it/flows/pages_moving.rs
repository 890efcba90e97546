//! Lists whose rows come and go while they are walked: a walk is right, or says that it may not be.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use apictl::pages::{Concurrency, Options, Walk, recheck};

use crate::support::in_process;
use crate::support::listing::{self, Listing, each_once};

/// A small generator of numbers, the same for the same seed (Numerical Recipes' constants).
fn roll(state: &mut u64, below: usize) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap() % below
}

/// Rows 10, 20 … 600; before each request but the first, rows may come and go anywhere.
fn mutating(seed: u64) -> (Listing, Arc<Mutex<Vec<u64>>>) {
    let deleted = Arc::new(Mutex::new(Vec::new()));
    let gone = Arc::clone(&deleted);
    let state = Mutex::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    // Some lists move all the time, some hardly ever, some not at all.
    let calm = 1 + seed % 60;
    let listing = Listing::with(60, 10, Duration::ZERO, move |number, rows, _| {
        if number == 1 {
            for row in rows.iter_mut() {
                *row *= 10;
            }
            return None;
        }
        let mut state = state.lock().unwrap();
        if !seed.is_multiple_of(10) && roll(&mut state, usize::try_from(calm).unwrap()) == 0 {
            let kind = roll(&mut state, 3);
            if kind != 0 && rows.len() > 1 {
                let row = rows.remove(roll(&mut state, rows.len()));
                gone.lock().unwrap().push(row);
            }
            if kind != 1 {
                let row = 1 + roll(&mut state, 650) as u64;
                if let Err(at) = rows.binary_search(&row) {
                    rows.insert(at, row);
                }
            }
        }
        None
    });
    (listing, deleted)
}

/// How a walk went while its list moved.
struct Moved {
    /// Every row that was there all the time was delivered once.
    right: bool,
    /// The walk says that it is complete.
    claims: bool,
    /// It says that something may have happened unseen.
    open: bool,
}

/// How a walk makes sure that nothing moved.
#[derive(Clone, Copy, PartialEq)]
enum Sure {
    /// It looks at all pages again.
    Twice,
    /// It looks at some pages again.
    Ends,
    /// Its pages share rows.
    Shared,
}

/// Walks a list that moves.
async fn walk_while_it_moves(seed: u64, path: &str, sure: Sure) -> Moved {
    let twice = sure == Sure::Twice;
    let (listing, deleted) = mutating(seed);
    let client = in_process::client(listing.router());
    let url = client.url(path).unwrap();
    let counted = path != "/cursor/";
    let options = Options {
        keep_prints: counted && twice,
        look_at_ends: sure == Sure::Ends,
        share_rows: sure == Sure::Shared,
        concurrency: if seed.is_multiple_of(2) {
            Concurrency::Early
        } else {
            Concurrency::Fixed(4)
        },
        ..Options::default()
    };
    let mut walk = Walk::new(client.clone(), url.clone(), options.clone());
    let mut delivered = Vec::new();
    let mut failed = false;
    loop {
        match walk.next().await {
            Ok(Some(batch)) => delivered.extend(listing::ids(&batch)),
            Ok(None) => break,
            Err(_) => {
                failed = true;
                break;
            }
        }
    }
    let deleted = deleted.lock().unwrap().clone();
    if counted && twice && !failed {
        failed = recheck(&mut walk, client, url, &options).await.is_err();
    }
    let rows = (1..=60).map(|row| row * 10);
    let right = each_once(&delivered, rows.filter(|row| !deleted.contains(row)));
    Moved {
        right,
        claims: !failed && walk.tally().is_complete(),
        open: walk.leaves_open().is_some(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_walk_through_a_moving_list_is_right_or_says_that_it_is_not_complete() {
    for path in ["/page/", "/offset/", "/cursor/"] {
        let (mut complete, mut wrong) = (0, 0);
        for seed in 0..334 {
            let moved = walk_while_it_moves(seed, path, Sure::Twice).await;
            assert!(
                moved.right || !moved.claims,
                "{path} seed {seed}: rows lost or doubled, and not a word"
            );
            assert!(!moved.claims || !moved.open, "{path} seed {seed}");
            complete += u32::from(moved.claims);
            wrong += u32::from(!moved.right);
        }
        assert!(
            complete > 30,
            "{path}: a list that does not move is complete ({complete})"
        );
        if path == "/cursor/" {
            assert_eq!((complete, wrong), (334, 0));
        } else {
            assert!(wrong > 30, "{path}: the mutations do no harm ({wrong})");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_short_list_that_moves_is_looked_at_again_unasked() {
    for path in ["/page/", "/offset/", "/cursor/"] {
        for seed in 0..334 {
            let moved = walk_while_it_moves(seed, path, Sure::Ends).await;
            assert!(
                moved.right || !moved.claims,
                "{path} seed {seed}: rows lost or doubled, and not a word"
            );
            assert!(!moved.claims || !moved.open, "{path} seed {seed}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn pages_that_share_rows_leave_nothing_open_in_a_thousand_runs() {
    let (mut complete, mut wrong, mut alone) = (0, 0, 0);
    for seed in 0..1_000 {
        let moved = walk_while_it_moves(seed, "/offset/", Sure::Shared).await;
        assert!(
            moved.right || !moved.claims,
            "seed {seed}: rows lost or doubled, and not a word"
        );
        assert!(!moved.claims || !moved.open, "seed {seed}");
        complete += u32::from(moved.claims);
        wrong += u32::from(!moved.right);
        let unshared = walk_while_it_moves(seed, "/offset/", Sure::Ends).await;
        alone += u32::from(!unshared.right);
    }
    assert!(
        complete > 100,
        "a list that does not move is complete ({complete})"
    );
    // A row that only moved on is found again, and one place back is within the page.
    assert!(
        alone > 100 && wrong < alone / 10,
        "{wrong} of {alone} lost rows"
    );
}
