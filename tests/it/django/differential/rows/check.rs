//! How a list of sequences is run.

use apictl::server::Config;
use serde_json::{Value, json};

use crate::django::differential::pair::Pair;
use crate::django::differential::step::Step;
use crate::support::django::Stack;

/// Longer than any throttle or token remembers.
const REST_S: f64 = 100_000.0;

/// Runs every sequence as if nothing had been before it, against the oldest and the newest release, under
/// settings that mean the same.
pub fn check(overrides: &Value, config: &Config, sequences: &[Vec<Step>]) {
    for stack in Stack::OF_DRF {
        check_on(stack, overrides, config, sequences);
    }
}

/// The same against one release.
pub fn check_on(stack: Stack, overrides: &Value, config: &Config, sequences: &[Vec<Step>]) {
    let rested = sequences.iter().cloned().map(|mut steps| {
        steps[0].after += REST_S;
        steps
    });
    Pair::on(stack, overrides.clone(), config.clone()).check(rested);
}

/// The same under stock settings.
pub fn check_stock(sequences: &[Vec<Step>]) {
    check(&json!({}), &Config::default(), sequences);
}

pub fn each(steps: Vec<Step>) -> Vec<Vec<Step>> {
    steps.into_iter().map(|step| vec![step]).collect()
}
