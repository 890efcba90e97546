//! What limiters are set to: round numbers mostly. Named in the answer wherever it decides.

/// Windows that people configure, seconds.
pub(crate) const ROUND: [f64; 26] = [
    1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0, 180.0,
    300.0, 600.0, 900.0, 1_200.0, 1_800.0, 3_600.0, 7_200.0, 21_600.0, 43_200.0, 86_400.0,
];

/// The shortest and the longest window considered, seconds.
pub(crate) const SHORTEST: f64 = 0.05;
/// See [`SHORTEST`].
pub(crate) const LONGEST: f64 = 200_000.0;

const ROUND_SHARE: f64 = 0.75;
/// The share of windows that are a whole number of seconds without being round.
const WHOLE_SHARE: f64 = 0.15;

fn log_range() -> f64 {
    (LONGEST / SHORTEST).ln()
}

/// How much commoner a round window is than the others: a second, a minute, an hour and a day are units, and
/// ten seconds are what people try first.
fn usual(window: f64) -> f64 {
    const UNITS: [f64; 5] = [1.0, 10.0, 60.0, 3_600.0, 86_400.0];
    if UNITS.contains(&window) { 3.0 } else { 1.0 }
}

/// The round windows, each with its probability.
fn round() -> impl Iterator<Item = (f64, f64)> {
    /// The sum of [`usual`] over [`ROUND`].
    const ALL: f64 = 26.0 + 5.0 * 2.0;
    ROUND
        .into_iter()
        .map(|window| (window, ROUND_SHARE * usual(window) / ALL))
}

/// The ends of an interval are differences of instants, rounded: a window at its upper end, where limiters in whole seconds
/// have it, is in it, and one at its lower end is not.
const ROUNDED_S: f64 = 2e-6;
const OPEN_S: f64 = 5e-7;

/// Round windows in an interval, each with its probability.
pub(crate) fn atoms(low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> {
    let (first, last) = (low.ceil().max(1.0), (high + ROUNDED_S).floor());
    // few enough whole seconds to be told apart; otherwise the density below stands for them
    let few = high - low < 20.0 && last >= first;
    let mut whole = Vec::new();
    let mut at = first;
    while few && at <= last {
        if !ROUND.contains(&at) {
            whole.push((at, WHOLE_SHARE / at / log_range()));
        }
        at += 1.0;
    }
    round()
        .chain(whole)
        .filter(move |(window, _)| *window > low + OPEN_S && *window <= high + ROUNDED_S)
}

/// Windows above `least` that somebody may have set: the round ones, and whole seconds up to two minutes.
pub(crate) fn all_whole(least: f64) -> impl Iterator<Item = (f64, f64)> {
    let whole = (1..=120_u32)
        .map(f64::from)
        .filter(|window| !ROUND.contains(window));
    let whole = whole.map(|window| (window, WHOLE_SHARE / window / log_range()));
    round()
        .chain(whole)
        .filter(move |(window, _)| *window > least)
}

/// Probability of a window that is not round, in an interval.
pub(crate) fn mass(low: f64, high: f64) -> f64 {
    let (low, high) = (low.max(SHORTEST), high.min(LONGEST));
    if high <= low {
        return 0.0;
    }
    (1.0 - ROUND_SHARE - WHOLE_SHARE) * (high / low).ln() / log_range()
}

/// Density of a window that is not round.
pub(crate) fn density(window: f64) -> f64 {
    (1.0 - ROUND_SHARE - WHOLE_SHARE) / window / log_range()
}

/// Round rates in an interval, requests a second, each with its probability.
pub(crate) fn rate_atoms(low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> {
    const COUNTS: [f64; 24] = [
        1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0,
        100.0, 120.0, 150.0, 200.0, 300.0, 500.0, 600.0, 1_000.0,
    ];
    const UNITS: [(f64, f64); 5] = [
        (1.0, 0.45),
        (60.0, 0.3),
        (3_600.0, 0.1),
        (10.0, 0.05),
        (86_400.0, 0.05),
    ];
    // whole ones that are not round, a second or a minute
    let whole = UNITS[..2].iter().flat_map(move |&(unit, share)| {
        (7..=99_u32)
            .map(f64::from)
            .filter(|count| !COUNTS.contains(count))
            .map(move |count| (count / unit, share * WHOLE_SHARE / count / 3.0))
            .filter(move |(rate, _)| (low..=high).contains(rate))
    });
    let round = UNITS.into_iter().flat_map(move |(unit, share)| {
        COUNTS
            .into_iter()
            .map(move |count| (count / unit, share * ROUND_SHARE / 24.0))
            .filter(move |(rate, _)| (low..=high).contains(rate))
    });
    round.chain(whole)
}

/// Rates in an interval that give a whole bucket back in a round window, each with its probability.
pub(crate) fn refill_atoms(capacity: f64, low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> {
    const SHARE: f64 = 0.25;
    let round = ROUND.into_iter().map(|window| (window, SHARE / 26.0));
    let whole = (1..=120_u32)
        .map(f64::from)
        .filter(|window| !ROUND.contains(window));
    let whole = whole.map(|window| (window, SHARE * WHOLE_SHARE / window / log_range()));
    round
        .chain(whole)
        .map(move |(window, weight)| (capacity / window, weight))
        .filter(move |(rate, _)| (low..=high).contains(rate))
}

/// Whether hardly anybody configures a limit so: somebody else may have used up a part of a round one.
pub(crate) fn is_odd_limit(limit: u64) -> bool {
    limit_weight(limit) < 1.5 || matches!(limit, 7 | 9)
}

/// Whether a window is nearly a usual one, and not that: something else on the key may have stretched it.
pub(crate) fn is_nearly_round(window: f64) -> bool {
    /// Longer windows, seconds, are rarely set to a part of a second.
    const WHOLE_FROM_S: f64 = 5.0;
    let near = |usual: &f64| (window / usual - 1.0).abs();
    let nearest = ROUND.iter().map(near).fold(f64::INFINITY, f64::min);
    let away_s = (window - window.round()).abs();
    let nearly_whole = window > WHOLE_FROM_S && away_s > 1e-6 && away_s < 0.1;
    (nearest > 1e-9 && nearest < 0.03) || nearly_whole
}

/// Whether a limit is one that people configure.
pub(crate) fn limit_weight(limit: u64) -> f64 {
    match limit {
        1..=6 | 8 | 10 | 12 | 15 | 20 | 25 | 30 | 40 | 50 | 60 | 100 => 3.0,
        7 | 9 => 2.0,
        _ if limit.is_multiple_of(10) => 2.0,
        _ => 1.0,
    }
}
