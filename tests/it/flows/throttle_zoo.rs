//! Random limiters of every kind, for the identification tests and benchmarks.

use apictl::throttle::limits::Algorithm;
use apictl::throttle::models::{
    Ban, Concurrency, FixedWindow, LeakyQueue, Model, SegmentedWindow, SlidingCounter, SlidingLog,
    Stack, SteppedBucket, TokenBucket,
};

use super::throttle_world::{Case, Dice, Noise};

pub const KINDS: [&str; 22] = [
    "sliding_log",
    "sliding_log_rejected",
    "first_request",
    "aligned",
    "counter_below",
    "counter_fits",
    "bucket",
    "stepped",
    "ban",
    "ban_renewed",
    "segments",
    "counter_rejected",
    "counter_restarting",
    "copies_mixed",
    "copies_sticky",
    "stack_charged",
    "stack_free",
    "stack_clock",
    "stack_buckets",
    "queue",
    "concurrency",
    "unlimited",
];

/// A random limiter of a kind; `round` parameters are those that people configure.
#[expect(clippy::too_many_lines, reason = "an arm for each kind")]
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
    let mut copies = (1, true);
    let mut outer = None;
    let log = |count, window| Model::SlidingLog(SlidingLog::new(count, window, false));
    let first = |count, window| Model::FixedWindow(FixedWindow::from_first_request(count, window));
    let (algorithm, model) = match kind {
        "sliding_log" | "sliding_log_rejected" => (
            Algorithm::SlidingLog,
            Model::SlidingLog(SlidingLog::new(count, window, kind != "sliding_log")),
        ),
        "first_request" => (Algorithm::FixedWindowFirstRequest, first(count, window)),
        "aligned" => (
            Algorithm::FixedWindowAligned,
            Model::FixedWindow(FixedWindow::aligned(count, window, phase)),
        ),
        "counter_below" | "counter_fits" | "counter_rejected" | "counter_restarting" => {
            let whole = kind == "counter_fits";
            let counter = SlidingCounter::new(limit as f64, window, phase, whole);
            (
                Algorithm::SlidingWindowCounter,
                Model::SlidingCounter(
                    counter
                        .counting_rejected(kind.starts_with("counter_re"))
                        .restarting(kind == "counter_restarting"),
                ),
            )
        }
        "segments" => {
            let segments = dice.pick(&[2_u64, 3, 4, 5, 6, 8, 10]);
            let each = window / segments as f64;
            let phase = dice.between(0.0, each);
            (
                Algorithm::SlidingWindowCounter,
                Model::SegmentedWindow(SegmentedWindow::new(count, each, segments as usize, phase)),
            )
        }
        "copies_mixed" | "copies_sticky" => {
            copies = (dice.pick(&[2, 3, 4, 8]), kind == "copies_sticky");
            if dice.roll() < 0.6 {
                (Algorithm::SlidingLog, log(count, window))
            } else {
                (Algorithm::FixedWindowFirstRequest, first(count, window))
            }
        }
        "stack_charged" | "stack_free" => {
            window = dice.pick(&[1.0, 1.0, 5.0, 10.0]);
            limit = dice.pick(&[2, 3, 5, 10]);
            value = window;
            let wide = (
                dice.pick(&[2, 3, 4]) * limit,
                window * dice.pick(&[6.0, 12.0, 60.0]),
            );
            outer = Some(wide);
            let make = if kind == "stack_charged" || dice.roll() < 0.5 {
                log
            } else {
                first
            };
            let algorithm = match make(1, 1.0) {
                Model::SlidingLog(_) => Algorithm::SlidingLog,
                _ => Algorithm::FixedWindowFirstRequest,
            };
            let both = vec![make(limit as usize, window), make(wide.0 as usize, wide.1)];
            (
                algorithm,
                Model::Stack(Stack::new(both, kind == "stack_charged")),
            )
        }
        "stack_clock" => {
            window = dice.pick(&[2.0, 5.0, 7.0, 10.0]);
            limit = dice.pick(&[3, 5, 10]);
            value = window;
            let wide = (
                dice.pick(&[2, 3, 4]) * limit,
                window * dice.pick(&[5.0, 6.0]),
            );
            outer = Some(wide);
            let clock = |count: u64, window: f64, phase: f64| {
                Model::FixedWindow(FixedWindow::aligned(count as usize, window, phase))
            };
            let phases = (dice.between(0.0, window), dice.between(0.0, wide.1));
            let both = vec![
                clock(limit, window, phases.0),
                clock(wide.0, wide.1, phases.1),
            ];
            (
                Algorithm::FixedWindowAligned,
                Model::Stack(Stack::new(both, false)),
            )
        }
        "stack_buckets" => {
            value = dice.pick(&[2.0, 5.0, 10.0]);
            limit = dice.pick(&[2, 4, 6, 11]);
            let wide = (
                dice.pick(&[2, 3, 4]) * limit + 1,
                value / dice.pick(&[5.0, 10.0]),
            );
            outer = Some(wide);
            let bucket =
                |burst: u64, rate: f64| Model::TokenBucket(TokenBucket::new(burst as f64, rate));
            let both = vec![bucket(limit, value), bucket(wide.0, wide.1)];
            (
                Algorithm::TokenBucket,
                Model::Stack(Stack::new(both, false)),
            )
        }
        "queue" => {
            value = dice.pick(&[2.0, 5.0, 10.0, 20.0]);
            limit = dice.pick(&[2, 3, 5, 10, 20]);
            (
                Algorithm::LeakyQueue,
                Model::LeakyQueue(LeakyQueue::new(value, limit as f64)),
            )
        }
        "concurrency" => {
            limit = dice.pick(&[2, 3, 5, 10, 20]);
            let service = dice.pick(&[0.01, 0.05, 0.2, 0.5]);
            (
                Algorithm::Concurrency,
                Model::Concurrency(Concurrency::new(limit as usize, service)),
            )
        }
        "unlimited" => (Algorithm::SlidingLog, Model::Unlimited),
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
            let renews = kind == "ban_renewed";
            (
                Algorithm::Ban,
                Model::Ban(Ban::new(limit as usize, inner, window, renews)),
            )
        }
    };
    Case {
        kind,
        algorithm,
        model,
        limit,
        value,
        copies,
        outer,
        noise: Noise::default(),
    }
}
