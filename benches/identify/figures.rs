//! The figures of many runs: confusion, calibration, cost.

use std::collections::BTreeMap;

use apictl::throttle::limits::{Algorithm, Identified, Refill, Verdict};

/// What one run came to.
#[derive(Debug, Clone)]
pub struct Run {
    pub kind: &'static str,
    pub round: bool,
    pub hints: bool,
    /// A column of the confusion matrix.
    pub answer: &'static str,
    pub algorithm: bool,
    pub limit: bool,
    pub value: bool,
    /// Whether the answer says that the key may not be the probe's alone.
    pub shared: bool,
    pub confidence: Option<f64>,
    /// The true limit, of all copies together.
    pub count: f64,
    pub window_s: f64,
    pub sent: f64,
    pub refused: f64,
    pub elapsed_s: f64,
    pub cpu_s: f64,
}

impl Run {
    fn right(&self) -> bool {
        self.algorithm && self.limit && self.value
    }

    fn sure(&self) -> bool {
        self.confidence.is_some_and(|confidence| confidence >= 0.95)
    }
}

const COLUMNS: [&str; 16] = [
    "log", "log+", "first", "clock", "counter", "segment", "bucket", "steps", "ban", "ban+",
    "copies", "two", "queue", "flight", "none", "open",
];

/// The kind of limiter that an answer names.
pub fn answer(identified: &Identified) -> &'static str {
    if identified.verdict == Verdict::NotLimited {
        return "none";
    }
    let Some(claim) = identified.limits.first() else {
        return "open";
    };
    if identified.limits.len() > 1 {
        return "two";
    }
    if claim.enforcers > 1 {
        return "copies";
    }
    let charged = claim.counts_rejected == Some(true);
    match claim.algorithm {
        None => "open",
        Some(Algorithm::SlidingLog) if charged => "log+",
        Some(Algorithm::SlidingLog) => "log",
        Some(Algorithm::FixedWindowFirstRequest) => "first",
        Some(Algorithm::FixedWindowAligned) => "clock",
        Some(Algorithm::SlidingWindowCounter) if claim.segments.is_some() => "segment",
        Some(Algorithm::SlidingWindowCounter) => "counter",
        Some(Algorithm::TokenBucket) if claim.refill == Some(Refill::Interval) => "steps",
        Some(Algorithm::TokenBucket) => "bucket",
        Some(Algorithm::Ban) if charged => "ban+",
        Some(Algorithm::Ban) => "ban",
        Some(Algorithm::LeakyQueue) => "queue",
        Some(Algorithm::Concurrency) => "flight",
    }
}

/// Prints everything.
pub fn print(kinds: &[&'static str], runs: &[Run]) {
    confusion(kinds, runs);
    rightness(kinds, runs);
    calibration(runs);
    costs(kinds, runs);
}

fn confusion(kinds: &[&'static str], runs: &[Run]) {
    println!("answers, percent of {} runs\n", runs.len());
    println!("| | {} |", COLUMNS.join(" | "));
    println!("|---|{}", "---|".repeat(COLUMNS.len()));
    for kind in kinds {
        let all = runs.iter().filter(|run| run.kind == *kind).count();
        let cells: Vec<String> = COLUMNS
            .iter()
            .map(|column| {
                let alike = runs
                    .iter()
                    .filter(|run| run.kind == *kind && run.answer == *column);
                match 100.0 * alike.count() as f64 / all.max(1) as f64 {
                    0.0 => String::new(),
                    share => format!("{share:.1}"),
                }
            })
            .collect();
        println!("| {kind} | {} |", cells.join(" | "));
    }
}

fn rightness(kinds: &[&'static str], runs: &[Run]) {
    println!("\nright: algorithm, limit and window or rate to within 5 %\n");
    println!(
        "| | runs | right % | algorithm | limit | value | round, hints | round | arbitrary, hints | arbitrary | sure | of them wrong | right or says shared % |"
    );
    println!("|---|{}", "---|".repeat(12));
    let row = |name: &str, of: &[&Run]| {
        let share = |pick: &dyn Fn(&Run) -> bool| {
            100.0 * of.iter().filter(|run| pick(run)).count() as f64 / of.len().max(1) as f64
        };
        let part = |round: bool, hints: bool| {
            let set = || {
                of.iter()
                    .filter(|run| run.round == round && run.hints == hints)
            };
            let right = set().filter(|run| run.right()).count();
            match set().count() {
                0 => "-".to_owned(),
                all => format!("{:.1}", 100.0 * right as f64 / all as f64),
            }
        };
        let sure = of.iter().filter(|run| run.sure());
        println!(
            "| {name} | {} | {:.1} | {:.1} | {:.1} | {:.1} | {} | {} | {} | {} | {} | {} | {:.1} |",
            of.len(),
            share(&Run::right),
            share(&|run| run.algorithm),
            share(&|run| run.limit),
            share(&|run| run.value),
            part(true, true),
            part(true, false),
            part(false, true),
            part(false, false),
            sure.clone().count(),
            sure.filter(|run| !run.right()).count(),
            share(&|run| run.right() || run.shared || run.confidence.is_none()),
        );
    };
    for kind in kinds {
        let of: Vec<&Run> = runs.iter().filter(|run| run.kind == *kind).collect();
        row(kind, &of);
    }
    row("all", &runs.iter().collect::<Vec<_>>());
}

fn calibration(runs: &[Run]) {
    println!("\n| confidence | claims | mean | right % |\n|---|---|---|---|");
    let mut bins: BTreeMap<u32, (f64, f64, f64)> = BTreeMap::new();
    let ends = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.985, 1.0];
    for run in runs {
        let Some(confidence) = run.confidence else {
            continue;
        };
        let bin = (0..).zip(ends).find(|(_, end)| confidence < *end);
        let sums = bins.entry(bin.map_or(0, |(bin, _)| bin)).or_default();
        sums.0 += 1.0;
        sums.1 += confidence;
        sums.2 += f64::from(u8::from(run.right()));
    }
    for (bin, (all, sum, right)) in bins {
        println!(
            "| below {} | {all} | {:.3} | {:.1} |",
            ends[bin as usize],
            sum / all,
            100.0 * right / all
        );
    }
}

fn costs(kinds: &[&'static str], runs: &[Run]) {
    println!(
        "\nwhat right answers cost, round parameters; the first figures are for windows above 10 s: median (p90) of requests beyond N, of \
         time in windows; then all windows, the same; then refused probes (most), CPU ms (most)\n"
    );
    println!(
        "| | hints | runs | requests − N | windows | requests − N | windows | refused | CPU |"
    );
    println!("|---|{}", "---|".repeat(8));
    for kind in kinds {
        for hints in [true, false] {
            let of: Vec<&Run> = runs
                .iter()
                .filter(|run| run.kind == *kind && run.hints == hints && run.round && run.right())
                .collect();
            if of.is_empty() {
                continue;
            }
            let long: Vec<&Run> = of
                .iter()
                .filter(|run| run.window_s > 10.0)
                .copied()
                .collect();
            let pair = |of: &[&Run], value: &dyn Fn(&Run) -> f64, digits: usize| {
                let mut values: Vec<f64> = of.iter().map(|run| value(run)).collect();
                values.sort_by(f64::total_cmp);
                let at = |tenths: usize| values.get(values.len().saturating_sub(1) * tenths / 10);
                match (at(5), at(9), values.last()) {
                    (Some(middle), Some(high), Some(most)) => [
                        format!("{middle:.digits$} ({high:.digits$})"),
                        format!("{middle:.digits$} ({most:.digits$})"),
                    ],
                    _ => ["-".to_owned(), "-".to_owned()],
                }
            };
            let requests = |run: &Run| run.sent - run.count;
            let windows = |run: &Run| run.elapsed_s / run.window_s;
            println!(
                "| {kind} | {} | {} | {} | {} | {} | {} | {} | {} |",
                if hints { "yes" } else { "no" },
                of.len(),
                pair(&long, &requests, 0)[0],
                pair(&long, &windows, 2)[0],
                pair(&of, &requests, 0)[0],
                pair(&of, &windows, 2)[0],
                pair(&of, &|run| run.refused, 0)[1],
                pair(&of, &|run| run.cpu_s * 1e3, 0)[1],
            );
        }
    }
}
