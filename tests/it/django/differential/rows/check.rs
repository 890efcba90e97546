//! How a list of sequences is run.

use apictl::server::Config;
use serde_json::json;

use crate::django::differential::pair::Pair;
use crate::django::differential::step::Step;

/// Runs every sequence and reports all differences at once.
pub fn check(pair: &mut Pair, sequences: Vec<Vec<Step>>) {
    let mut found = Vec::new();
    for sequence in sequences {
        if let Err(difference) = pair.run(&sequence) {
            found.push(difference);
        }
        pair.rest();
    }
    assert!(
        found.is_empty(),
        "{} differences:\n{}",
        found.len(),
        found.join("\n")
    );
}

pub fn each(steps: Vec<Step>) -> Vec<Vec<Step>> {
    steps.into_iter().map(|step| vec![step]).collect()
}

pub fn stock() -> Pair {
    Pair::start(json!({}), Config::default())
}
