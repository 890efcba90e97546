//! A server with a limiter, in virtual time: the witness of the identification tests and benchmarks.

use apictl::throttle::identify;
use apictl::throttle::limits::{Algorithm, Identified, Limit};
use apictl::throttle::models::{
    Ban, FixedWindow, Limiter, Model, SlidingCounter, SlidingLog, SteppedBucket, TokenBucket,
};
use apictl::throttle::probe::{Probe, Settings, Step};
use apictl::throttle::sample::{Header, Outcome, Sample};

/// A small generator of even numbers in 0..1; the same on every machine.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..4 {
            dice.roll();
        }
        dice
    }

    pub fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.roll()
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[(self.roll() * from.len() as f64) as usize % from.len()]
    }
}

/// What a run is about.
#[derive(Debug, Clone)]
pub struct Case {
    pub kind: &'static str,
    pub algorithm: Algorithm,
    pub model: Model,
    pub limit: u64,
    /// Window, ban or refill interval in seconds; rate in requests a second for buckets.
    pub value: f64,
    pub delay_s: (f64, f64),
    pub hints: bool,
    pub losses: f64,
}

pub const KINDS: [&str; 9] = [
    "sliding_log",
    "sliding_log_rejected",
    "first_request",
    "aligned",
    "counter_below",
    "counter_fits",
    "bucket",
    "stepped",
    "ban",
];

/// A random limiter of a kind; `round` parameters are those that people configure.
pub fn draw(kind: &'static str, round: bool, most_window: f64, dice: &mut Dice) -> Case {
    let windows: Vec<f64> = [
        1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 300.0, 900.0, 3600.0,
    ]
    .into_iter()
    .filter(|window| *window <= most_window)
    .collect();
    let mut limit = dice.pick(&[3_u64, 5, 8, 10, 20, 30, 50, 60, 100]);
    let mut window = dice.pick(&windows);
    if !round {
        limit = dice.between(2.0_f64.ln(), 100.0_f64.ln()).exp().round() as u64;
        window = dice.between(2.0_f64.ln(), most_window.ln()).exp();
    }
    while limit as f64 / window > 15.0 {
        limit = (limit / 2).max(2);
    }
    let phase = dice.between(0.0, window);
    let count = limit as usize;
    let mut value = window;
    let (algorithm, model) = match kind {
        "sliding_log" | "sliding_log_rejected" => (
            Algorithm::SlidingLog,
            Model::SlidingLog(SlidingLog::new(count, window, kind != "sliding_log")),
        ),
        "first_request" => (
            Algorithm::FixedWindowFirstRequest,
            Model::FixedWindow(FixedWindow::from_first_request(count, window)),
        ),
        "aligned" => (
            Algorithm::FixedWindowAligned,
            Model::FixedWindow(FixedWindow::aligned(count, window, phase)),
        ),
        "counter_below" | "counter_fits" => (
            Algorithm::SlidingWindowCounter,
            Model::SlidingCounter(SlidingCounter::new(
                limit as f64,
                window,
                phase,
                kind == "counter_fits",
            )),
        ),
        "bucket" => {
            value = (limit as f64 / window).min(15.0);
            if dice.roll() < 0.5 {
                limit = dice.pick(&[5, 10, 20, 40]);
            }
            limit = limit.max(2);
            (
                Algorithm::TokenBucket,
                Model::TokenBucket(TokenBucket::new(limit as f64, value)),
            )
        }
        "stepped" => {
            limit = limit.max(4);
            let step = dice.pick(&[1_u64, 2, 5, 10]).min(limit - 1);
            let every = if round {
                dice.pick(&[1.0, 2.0, 5.0, 10.0, 30.0])
            } else {
                window * step as f64 / limit as f64
            };
            value = step as f64 / every;
            let phase = dice.between(0.0, every);
            (
                Algorithm::TokenBucket,
                Model::SteppedBucket(SteppedBucket::new(limit as f64, step as f64, every, phase)),
            )
        }
        _ => {
            let inner = dice.pick(&[1.0, 0.5, 0.25]) * window;
            while limit as f64 / inner > 15.0 {
                limit = (limit / 2).max(2);
            }
            (
                Algorithm::Ban,
                Model::Ban(Ban::new(limit as usize, inner, window, false)),
            )
        }
    };
    Case {
        kind,
        algorithm,
        model,
        limit,
        value,
        delay_s: (0.0005, 0.004),
        hints: false,
        losses: 0.0,
    }
}

/// Runs a probe against a limiter until it is done.
pub fn run(case: &Case, settings: Settings, dice: &mut Dice) -> (Identified, Probe) {
    let mut model = case.model.clone();
    let mut probe = Probe::new(settings, {
        let mut header = Header::new("GET", "http://127.0.0.1/", "anon", 1_700_000_000.0);
        header.started_unix_s += dice.between(0.0, 1e4);
        header.clock_error_s = 0.01;
        header
    });
    let mut now = 0.0;
    loop {
        match probe.step(now) {
            Step::Done => break,
            Step::Wait { until_s } => now = until_s.max(now),
            Step::Send { connection } => {
                let sample = send(case, &mut model, now, connection, dice);
                now = sample.received_s;
                probe.record(sample);
            }
        }
    }
    (identify(probe.trace()), probe)
}

fn send(case: &Case, model: &mut Model, now: f64, connection: u32, dice: &mut Dice) -> Sample {
    let (low, high) = case.delay_s;
    let at = now + dice.between(low, high) / 2.0;
    let lost = dice.roll() < case.losses;
    let mut headers = Vec::new();
    let (mut status, mut delay_s) = (502, 0.0);
    if !lost {
        let decision = model.decide(at);
        status = if decision.admitted { 200 } else { 429 };
        delay_s = decision.delay_s;
        if !decision.admitted && case.hints {
            let wait = (model.opens_at(at) - at).ceil();
            headers.push(("retry-after".to_owned(), format!("{wait}")));
        }
    }
    Sample {
        sent_s: now,
        received_s: at + delay_s + dice.between(low, high) / 2.0,
        outcome: Outcome::Unknown,
        status: Some(status),
        connection,
        headers,
        body: None,
        error: None,
    }
}

/// Whether a claim is right: algorithm, limit, and window or rate to within 5 %.
pub fn judge(case: &Case, limit: &Limit) -> (bool, bool, bool) {
    let figure = if case.algorithm == Algorithm::TokenBucket {
        limit.rate_per_s
    } else {
        limit.window_s
    };
    let near = figure.is_some_and(|figure| (figure / case.value - 1.0).abs() < 0.05);
    let count = limit.burst.or(limit.limit);
    (
        limit.algorithm == Some(case.algorithm),
        count == Some(case.limit),
        near,
    )
}
