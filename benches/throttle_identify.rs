//! How often the identification is right, how well its confidence is calibrated and what it costs, over
//! random limiters in virtual time:
//! `cargo bench --bench throttle_identify -- RUNS [KIND] [arbitrary] [hints] [losses] [slow] [hidden] [used] [coarse] [show]`.

#![expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    unreachable_pub,
    reason = "a benchmark prints its figures"
)]

#[path = "../tests/it/flows/throttle_world.rs"]
mod throttle_world;
#[path = "../tests/it/flows/throttle_zoo.rs"]
mod throttle_zoo;

use std::collections::BTreeMap;

use apictl::throttle::limits::{Algorithm, Identified, Verdict};
use apictl::throttle::models::Model;
use apictl::throttle::probe::Settings;
use apictl::throttle::sample::to_line;
use throttle_world::{Case, Dice, judge, run};
use throttle_zoo::{KINDS, draw};

#[derive(Default)]
struct Score {
    algorithm: u32,
    limit: u32,
    value: u32,
    all: u32,
    sure: u32,
    sure_wrong: u32,
    runs: u32,
    refused: u32,
    requests: Vec<f64>,
    rejected: Vec<f64>,
    windows: Vec<f64>,
    cpu_s: Vec<f64>,
    answers: BTreeMap<String, u32>,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let runs: u64 = words
        .iter()
        .find_map(|word| word.parse().ok())
        .unwrap_or(20);
    let only: Vec<&str> = KINDS
        .into_iter()
        .filter(|kind| words.iter().any(|word| word == kind))
        .collect();
    let mut calibration: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for kind in KINDS {
        if !only.is_empty() && !only.contains(&kind) {
            continue;
        }
        let mut score = Score::default();
        for seed in 0..runs {
            one(kind, seed, &words, &mut score, &mut calibration);
        }
        print(kind, &mut score);
    }
    println!("confidence: right of all");
    for (bin, (right, all)) in calibration {
        println!("  {:.2}: {right} of {all}", f64::from(bin) / 100.0);
    }
}

fn one(
    kind: &'static str,
    seed: u64,
    words: &[String],
    score: &mut Score,
    calibration: &mut BTreeMap<u32, (u32, u32)>,
) {
    let has = |name: &str| words.iter().any(|word| word == name);
    let mut dice = Dice::new(seed * 31 + 7);
    let longest = if has("short") { 60.0 } else { 3_600.0 };
    let mut case = draw(kind, !has("arbitrary"), longest, &mut dice);
    let noise = &mut case.noise;
    noise.hints = has("hints");
    noise.losses = if has("losses") { 0.02 } else { 0.0 };
    if has("slow") {
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
    let max_time_s = if has("short") { 180.0 } else { 30_000.0 };
    let settings = Settings {
        max_time_s,
        ..Settings::default()
    };
    let began = cpu();
    let (identified, probe) = run(&case, settings, &mut dice);
    score.cpu_s.push(cpu() - began);
    score.runs += 1;
    let (algorithm, limit, value) = if case.model == Model::Unlimited {
        let free = identified.verdict == Verdict::NotLimited;
        (free, free, free)
    } else {
        judge(&case, &identified)
    };
    let right = algorithm && limit && value;
    score.algorithm += u32::from(algorithm);
    score.limit += u32::from(limit);
    score.value += u32::from(value);
    score.all += u32::from(right);
    score.refused += u32::from(identified.verdict == Verdict::Inconclusive);
    *score.answers.entry(said(&identified)).or_default() += 1;
    let sent = probe.trace().samples.len() as f64;
    score
        .requests
        .push(sent - (case.limit * case.copies.0 as u64) as f64);
    score.rejected.push(identified.requests.rejected as f64);
    score.windows.push(identified.elapsed_s / case.memory_s());
    if let Some(claim) = identified.limits.first() {
        let bin = calibration
            .entry((claim.confidence * 100.0 + 0.001) as u32)
            .or_default();
        bin.1 += 1;
        bin.0 += u32::from(right);
        score.sure += u32::from(claim.confidence >= 0.95);
        score.sure_wrong += u32::from(claim.confidence >= 0.95 && !right);
    }
    if let Some(folder) = words.iter().find_map(|word| word.strip_prefix("dump=")) {
        let mut text = to_line(&probe.trace().header).unwrap_or_default();
        for sample in &probe.trace().samples {
            text += &format!("\n{}", to_line(sample).unwrap_or_default());
        }
        let name = format!("{folder}/{}-{seed}.trace", case.kind);
        std::fs::write(name, text).unwrap_or_else(|fault| println!("{fault}"));
    }
    if !right && has("show") {
        show(&case, seed, &identified);
    }
}

/// Seconds of processor time that this thread has used; zero where the system does not say.
fn cpu() -> f64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse::<f64>().ok())
        .map_or(0.0, |nanoseconds| nanoseconds / 1e9)
}

fn said(identified: &Identified) -> String {
    let Some(claim) = identified.limits.first() else {
        return format!("{:?}", identified.verdict);
    };
    claim.algorithm.map_or("none", Algorithm::name).to_owned()
}

fn show(case: &Case, seed: u64, identified: &Identified) {
    println!(
        "{} seed {seed}: {:?} x {:?} {:?}",
        case.kind, case.model, case.copies, case.outer
    );
    for claim in &identified.limits {
        println!(
            "   {} conf {} span {:?} {:?}",
            claim.words(),
            claim.confidence,
            claim.interval,
            claim
                .alternatives
                .iter()
                .map(|a| (a.algorithm, a.limit, a.window_s, a.probability))
                .collect::<Vec<_>>(),
        );
    }
    println!(
        "   {:?} {:?} t {:.1} {:?}",
        identified.verdict,
        identified.requests,
        identified.elapsed_s,
        identified
            .findings
            .iter()
            .map(|f| &f.id)
            .collect::<Vec<_>>(),
    );
}

fn print(kind: &str, score: &mut Score) {
    println!(
        "{kind:20} n {} right {} (alg {} limit {} value {}) refused {} sure {} of them wrong {} | requests-N {:.0} p90 {:.0} refusals p90 {:.0} windows {:.2} p90 {:.2} cpu {:.2} p90 {:.2} max {:.2} {:?}",
        score.runs,
        score.all,
        score.algorithm,
        score.limit,
        score.value,
        score.refused,
        score.sure,
        score.sure_wrong,
        quantile(&mut score.requests, 0.5),
        quantile(&mut score.requests, 0.9),
        quantile(&mut score.rejected, 0.9),
        quantile(&mut score.windows, 0.5),
        quantile(&mut score.windows, 0.9),
        quantile(&mut score.cpu_s, 0.5),
        quantile(&mut score.cpu_s, 0.9),
        quantile(&mut score.cpu_s, 1.0),
        score.answers
    );
}

fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    if values.is_empty() {
        return 0.0;
    }
    values[((values.len() - 1) as f64 * share) as usize]
}
