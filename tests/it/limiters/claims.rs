//! Runs the probe against a limiter and compares its claim with the truth.

use serde_json::Value;

use crate::support::binary::Home;

/// What a limiter is known to be.
#[derive(Debug, Clone, Copy)]
pub enum Truth {
    /// Algorithm, limit, window in seconds; for a ban its length.
    Window(&'static str, u64, f64),
    /// A token bucket: capacity, refill in requests a second.
    Bucket(u64, f64),
}

/// Asserts that the probe, run against all of them at once, names each algorithm and exact limit, and each
/// window or rate within 5 %.
#[track_caller]
pub fn assert_identified(cases: &[(String, Truth)]) {
    let faults: Vec<String> = std::thread::scope(|scope| {
        let probes: Vec<_> = cases
            .iter()
            .map(|(url, truth)| scope.spawn(|| fault(url, *truth)))
            .collect();
        probes
            .into_iter()
            .filter_map(|probe| probe.join().unwrap())
            .collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What is wrong about the claim, `None` when it is right.
fn fault(url: &str, truth: Truth) -> Option<String> {
    let said = Home::new().run(&format!("throttle probe {url} --format json"));
    if said.code != 0 {
        return Some(format!("{truth:?}: {said:?}"));
    }
    let report = said.json();
    let right = report["verdict"] == "limited" && claims(&report["limits"][0], truth);
    (!right).then(|| format!("{truth:?} was reported as {report:#}"))
}

fn claims(limit: &Value, truth: Truth) -> bool {
    match truth {
        Truth::Window(algorithm, most, window_s) => {
            limit["algorithm"] == algorithm
                && limit["limit"] == most
                && is_near(&limit["window_s"], window_s)
        }
        Truth::Bucket(burst, rate_per_s) => {
            limit["algorithm"] == "token_bucket"
                && limit["burst"] == burst
                && is_near(&limit["rate_per_s"], rate_per_s)
        }
    }
}

/// Within 5 %.
fn is_near(figure: &Value, truth: f64) -> bool {
    figure
        .as_f64()
        .is_some_and(|figure| (figure - truth).abs() <= 0.05 * truth)
}
