//! How often the identification is right, how well its confidence is calibrated and what it costs, over
//! random limiters in virtual time:
//! `cargo bench --bench throttle_identify -- RUNS [KIND…] [WORD…]`, with RUNS seeds a kind (`20`, or `100..200`).
//!
//! Words: `mix` (a quarter of the runs with arbitrary parameters, half with hints, half with delays up to 50 ms, half
//! with 2 % losses, in all combinations; `round` leaves the first out), or of each at will: `arbitrary` `hints`
//! `losses` `slow` `slowest`; for noise `hidden` (5 % of the quota is another client's) `shared` (20 %) `used`
//! `coarse`; `short` for windows up to a minute and 180 s; `thorough`; `jobs=N` threads; `seconds=N` to stop after;
//! `show` (what was wrong), `each` (a line a run), `dump=DIR` (traces).

#![expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "a benchmark prints its figures, and may be told when to stop"
)]

#[path = "identify/figures.rs"]
mod figures;
#[path = "../tests/it/flows/throttle_world.rs"]
mod throttle_world;
#[path = "../tests/it/flows/throttle_zoo.rs"]
mod throttle_zoo;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use apictl::throttle::limits::{Algorithm, Identified, Verdict};
use apictl::throttle::models::Model;
use apictl::throttle::probe::{Effort, Probe, Settings};
use apictl::throttle::sample::to_line;
use figures::{Run, answer};
use throttle_world::{Case, Dice, judge, run};
use throttle_zoo::{KINDS, draw};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let seeds = words.iter().find_map(|word| range(word)).unwrap_or(0..20);
    let jobs: usize = words
        .iter()
        .find_map(|word| word.strip_prefix("jobs=")?.parse().ok())
        .unwrap_or(1);
    let most_s: u64 = words
        .iter()
        .find_map(|word| word.strip_prefix("seconds=")?.parse().ok())
        .unwrap_or(u64::MAX);
    let began = Instant::now();
    let named = |kind: &&&str| words.iter().any(|word| word == **kind);
    let mut kinds: Vec<&'static str> = KINDS.iter().filter(named).copied().collect();
    if kinds.is_empty() {
        kinds = KINDS.to_vec();
    }
    // every kind of one seed before the next seed, so that a run that is stopped is even
    let turns = (seeds.end - seeds.start) * kinds.len() as u64;
    let next = AtomicU64::new(0);
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    if turn >= turns || began.elapsed().as_secs() >= most_s {
                        break;
                    }
                    let kind = kinds[usize::try_from(turn).unwrap_or(0) % kinds.len()];
                    let run = one(kind, seeds.start + turn / kinds.len() as u64, &words);
                    done.lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner)
                        .push(run);
                }
            });
        }
    });
    let runs = done
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    figures::print(&kinds, &runs);
}

fn range(word: &str) -> Option<std::ops::Range<u64>> {
    match word.split_once("..") {
        Some((first, end)) => Some(first.parse().ok()?..end.parse().ok()?),
        None => word.parse().ok().map(|runs| 0..runs),
    }
}

fn one(kind: &'static str, seed: u64, words: &[String]) -> Run {
    let has = |name: &str| words.iter().any(|word| word == name);
    let mixed = |bit: u64, name: &str| (has("mix") && seed >> bit & 1 == 1) || has(name);
    let arbitrary = !has("round") && ((has("mix") && seed % 4 == 3) || has("arbitrary"));
    let mut dice = Dice::new(seed * 31 + 7);
    let short = has("short");
    let round = !arbitrary;
    let hints = mixed(2, "hints");
    let longest = if short { 60.0 } else { 3_600.0 };
    let mut case = draw(kind, round, longest, &mut dice);
    let noise = &mut case.noise;
    noise.hints = hints;
    noise.losses = if mixed(4, "losses") { 0.02 } else { 0.0 };
    if mixed(3, "slow") {
        noise.delay_s = (0.001, 0.05);
    }
    if has("slowest") {
        noise.delay_s = (0.001, 0.2);
    }
    if has("hidden") {
        noise.hidden = 0.05;
    }
    if has("shared") {
        noise.hidden = 0.2;
    }
    if has("used") {
        noise.used = dice.roll();
    }
    if has("coarse") {
        noise.tick_s = 1.0;
    }
    let settings = Settings {
        max_time_s: if short { 180.0 } else { 30_000.0 },
        effort: if has("thorough") {
            Effort::Thorough
        } else {
            Effort::default()
        },
        ..Settings::default()
    };
    let began = cpu();
    let (identified, probe) = run(&case, settings, &mut dice);
    let cpu_s = cpu() - began;
    let (algorithm, limit, value) = if case.model == Model::Unlimited {
        let free = identified.verdict == Verdict::NotLimited;
        (free, free, free)
    } else {
        judge(&case, &identified)
    };
    let right = algorithm && limit && value;
    if let Some(folder) = words.iter().find_map(|word| word.strip_prefix("dump=")) {
        dump(folder, &case, seed, &probe);
    }
    if !right && has("show") {
        show(&case, seed, &identified);
    }
    if has("each") {
        each(kind, seed, right, cpu_s, &identified);
    }
    Run {
        kind,
        round,
        hints,
        answer: answer(&identified),
        algorithm,
        limit,
        value,
        shared: identified
            .findings
            .iter()
            .any(|found| found.id.starts_with("key-") || found.id == "no-known-model"),
        confidence: identified.limits.first().map(|claim| claim.confidence),
        count: (case.limit * case.copies.0 as u64) as f64,
        window_s: window_s(&case),
        sent: identified.requests.sent as f64,
        refused: identified.requests.rejected as f64,
        elapsed_s: identified.elapsed_s,
        cpu_s,
    }
}

/// What a limiter's time is measured in, seconds: the window, a bucket's burst over its rate, the wider of two.
fn window_s(case: &Case) -> f64 {
    match case.algorithm {
        Algorithm::SlidingWindowCounter => case.value,
        _ => case.memory_s(),
    }
}

/// Seconds of processor time that this thread has used; zero where the system does not say.
fn cpu() -> f64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse::<f64>().ok())
        .map_or(0.0, |nanoseconds| nanoseconds / 1e9)
}

fn dump(folder: &str, case: &Case, seed: u64, probe: &Probe) {
    let mut text = to_line(&probe.trace().header).unwrap_or_default();
    for sample in &probe.trace().samples {
        text += &format!("\n{}", to_line(sample).unwrap_or_default());
    }
    let name = format!("{folder}/{}-{seed}.trace", case.kind);
    std::fs::write(name, text).unwrap_or_else(|fault| println!("{fault}"));
}

fn each(kind: &str, seed: u64, right: bool, cpu_s: f64, identified: &Identified) {
    let claims: Vec<String> = identified
        .limits
        .iter()
        .map(|claim| {
            let words = claim.words();
            format!("{words} x{} at {}", claim.enforcers, claim.confidence)
        })
        .collect();
    let (sent, answer) = (identified.requests.sent, answer(identified));
    println!(
        "{kind} {seed} {right} {answer} {sent} {cpu_s:.3} s: {}",
        claims.join(", ")
    );
}

fn show(case: &Case, seed: u64, identified: &Identified) {
    let mut text = format!(
        "{} seed {seed}: {:?} x {:?} {:?} {:?}\n",
        case.kind, case.model, case.copies, case.outer, case.noise
    );
    for claim in &identified.limits {
        let others: Vec<_> = claim
            .alternatives
            .iter()
            .map(|a| (a.algorithm, a.limit, a.window_s, a.probability))
            .collect();
        text += &format!(
            "   {} conf {} span {:?} {others:?}\n",
            claim.words(),
            claim.confidence,
            claim.interval,
        );
    }
    let found: Vec<_> = identified.findings.iter().map(|f| &f.id).collect();
    println!(
        "{text}   {:?} {:?} t {:.1} {found:?}",
        identified.verdict, identified.requests, identified.elapsed_s,
    );
}
