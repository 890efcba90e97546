//! How often the identification is right, how well its confidence is calibrated and what it costs, over
//! random limiters in virtual time: `cargo bench --bench throttle_identify -- RUNS [arbitrary] [hints]`.

#![expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::too_many_lines,
    unreachable_pub,
    reason = "a benchmark prints its figures"
)]

#[path = "../tests/it/flows/throttle_world.rs"]
mod world;

use std::collections::BTreeMap;

use apictl::throttle::limits::Algorithm;
use apictl::throttle::probe::Settings;
use world::{Dice, KINDS, draw, judge, run};

#[derive(Default)]
struct Score {
    algorithm: u32,
    limit: u32,
    value: u32,
    runs: u32,
    requests: Vec<f64>,
    windows: Vec<f64>,
    answers: BTreeMap<String, u32>,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let runs: u64 = words
        .iter()
        .find_map(|word| word.parse().ok())
        .unwrap_or(20);
    let has = |name: &str| words.iter().any(|word| word == name);
    let mut calibration: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for kind in KINDS {
        for seed in 0..runs {
            let mut dice = Dice::new(seed * 31 + 7);
            let mut case = draw(kind, !has("arbitrary"), 3_600.0, &mut dice);
            case.hints = has("hints");
            case.losses = if has("losses") { 0.02 } else { 0.0 };
            if has("slow") {
                case.delay_s = (0.001, 0.05);
            }
            let settings = Settings {
                max_time_s: 30_000.0,
                ..Settings::default()
            };
            let (identified, probe) = run(&case, settings, &mut dice);
            let score = scores.entry(kind).or_default();
            score.runs += 1;
            let Some(claim) = identified.limits.first() else {
                continue;
            };
            let (algorithm, limit, value) = judge(&case, claim);
            score.algorithm += u32::from(algorithm);
            score.limit += u32::from(limit);
            score.value += u32::from(value);
            let name = claim.algorithm.map_or("none", Algorithm::name);
            *score.answers.entry(name.to_owned()).or_default() += 1;
            score
                .requests
                .push(probe.trace().samples.len() as f64 - case.limit as f64);
            let memory = if case.algorithm == Algorithm::TokenBucket {
                case.limit as f64 / case.value
            } else {
                case.value
            };
            score.windows.push(identified.elapsed_s / memory);
            let bin = calibration
                .entry((claim.confidence * 100.0) as u32)
                .or_default();
            bin.1 += 1;
            let right = algorithm && limit && value;
            bin.0 += u32::from(right);
            if !right && has("show") {
                println!(
                    "{} seed {seed}: {:?}\n   {} conf {} span {:?} n {} t {:.1} {:?} {:?}",
                    case.kind,
                    case.model,
                    claim.words(),
                    claim.confidence,
                    claim.interval,
                    identified.requests.sent,
                    identified.elapsed_s,
                    claim
                        .alternatives
                        .iter()
                        .map(|a| (a.algorithm, a.probability))
                        .collect::<Vec<_>>(),
                    identified
                        .findings
                        .iter()
                        .map(|f| &f.id)
                        .collect::<Vec<_>>(),
                );
            }
        }
    }
    for (kind, score) in &mut scores {
        println!(
            "{kind:22} n {} algorithm {} limit {} value {} requests-N {} (p90 {}) windows {:.2} (p90 {:.2}) {:?}",
            score.runs,
            score.algorithm,
            score.limit,
            score.value,
            quantile(&mut score.requests, 0.5),
            quantile(&mut score.requests, 0.9),
            quantile(&mut score.windows, 0.5),
            quantile(&mut score.windows, 0.9),
            score.answers
        );
    }
    println!("confidence: right of all");
    for (bin, (right, all)) in calibration {
        println!("  0.{bin:02}: {right} of {all}");
    }
}

fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    if values.is_empty() {
        return 0.0;
    }
    values[((values.len() - 1) as f64 * share) as usize]
}
