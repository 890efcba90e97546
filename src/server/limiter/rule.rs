//! The rules as functions of time. A state belongs to one caller and one rate.

use crate::rate::Rate;

use super::settings::{Algorithm, Limiter};

/// What a limiter remembers of a caller.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// Sliding log: times, oldest first.
    log: Vec<f64>,
    /// Windows: where the current one began, and what was counted in it and in the one before.
    start: Option<f64>,
    count: f64,
    before: f64,
    /// Bucket and queue: how full, and when that was true.
    level: f64,
    at: f64,
    /// Ban: when it ends.
    pub(super) blocked_until: f64,
}

/// What a rule says to one request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ruling {
    pub(super) admitted: bool,
    /// Seconds that an admitted request waits for its turn.
    pub(super) delay: f64,
    /// How many more would be admitted now.
    pub(super) remaining: u64,
    /// Seconds until one more is admitted, or until the window ends.
    pub(super) wait: f64,
}

/// Rules and takes note.
pub(super) fn rule(state: &mut State, limiter: &Limiter, rate: &Rate, now: f64) -> Ruling {
    if state.blocked_until > now {
        return Ruling {
            admitted: false,
            delay: 0.0,
            remaining: 0,
            wait: state.blocked_until - now,
        };
    }
    let ruling = match limiter.algorithm {
        Algorithm::SlidingLog => sliding_log(state, limiter, rate, now),
        Algorithm::FixedWindow | Algorithm::FixedWindowAligned => fixed(state, limiter, rate, now),
        Algorithm::SlidingCounter => sliding_counter(state, limiter, rate, now),
        Algorithm::TokenBucket | Algorithm::LeakyQueue => bucket(state, limiter, rate, now),
        Algorithm::Concurrency => Ruling {
            admitted: true,
            delay: 0.0,
            remaining: rate.limit,
            wait: 0.0,
        },
    };
    match limiter.block {
        Some(block) if !ruling.admitted => {
            state.blocked_until = now + block.as_secs_f64();
            Ruling {
                wait: block.as_secs_f64().max(ruling.wait),
                ..ruling
            }
        }
        _ => ruling,
    }
}

/// Admits below the limit; `wait` is known to the caller.
fn ruling(counted: f64, rate: &Rate, wait: f64) -> Ruling {
    let free = as_f64(rate.limit) - counted;
    Ruling {
        admitted: free > 0.0,
        delay: 0.0,
        remaining: whole(free - 1.0),
        wait,
    }
}

fn sliding_log(state: &mut State, limiter: &Limiter, rate: &Rate, now: f64) -> Ruling {
    let window = rate.window_s();
    state.log.retain(|time| *time > now - window);
    let limit = usize::try_from(rate.limit).unwrap_or(usize::MAX);
    let full = state.log.len() >= limit;
    if !full || limiter.counts_refused {
        state.log.push(now);
        // What cannot decide anything any more is not kept.
        let surplus = state.log.len().saturating_sub(limit.max(1));
        state.log.drain(..surplus);
    }
    let oldest = state.log.first().copied().unwrap_or(now);
    Ruling {
        admitted: !full,
        delay: 0.0,
        remaining: rate.limit.saturating_sub(state.log.len() as u64),
        wait: oldest + window - now,
    }
}

fn fixed(state: &mut State, limiter: &Limiter, rate: &Rate, now: f64) -> Ruling {
    let window = rate.window_s();
    let aligned = limiter.algorithm == Algorithm::FixedWindowAligned;
    let is_over = state.start.is_none_or(|start| now >= start + window);
    if is_over {
        state.start = Some(if aligned {
            (now / window).floor() * window
        } else {
            now
        });
        state.count = 0.0;
    }
    let wait = state.start.map_or(window, |start| start + window - now);
    let ruling = ruling(state.count, rate, wait);
    if ruling.admitted || limiter.counts_refused {
        state.count += 1.0;
    }
    ruling
}

fn sliding_counter(state: &mut State, limiter: &Limiter, rate: &Rate, now: f64) -> Ruling {
    let window = rate.window_s();
    let start = (now / window).floor() * window;
    if let Some(old) = state.start
        && old < start
    {
        state.before = if start - old < window * 1.5 {
            state.count
        } else {
            0.0
        };
        state.count = 0.0;
    }
    state.start = Some(start);
    let weight = 1.0 - (now - start) / window;
    let weighted = state.before * weight + state.count;
    let limit = as_f64(rate.limit);
    let wait = if state.count < limit && state.before > 0.0 {
        (weighted + 1.0 - limit).max(0.0) / state.before * window
    } else {
        start + window - now
    };
    let admitted = weighted + 1.0 <= limit;
    if admitted || limiter.counts_refused {
        state.count += 1.0;
    }
    Ruling {
        admitted,
        delay: 0.0,
        remaining: whole(limit - weighted - 1.0),
        wait,
    }
}

/// The level is what was admitted and has not leaked out yet.
fn bucket(state: &mut State, limiter: &Limiter, rate: &Rate, now: f64) -> Ruling {
    let per_second = as_f64(rate.limit) / rate.window_s();
    let queues = limiter.algorithm == Algorithm::LeakyQueue;
    // A queue serves one at once; `burst` more may wait.
    let capacity = as_f64(limiter.burst.unwrap_or(rate.limit)) + f64::from(u8::from(queues));
    state.level = (state.level - (now - state.at) * per_second).max(0.0);
    state.at = now;
    // Rounding must not cost a whole token.
    let admitted = state.level + 1.0 <= capacity + 1e-9;
    let delay = if queues {
        state.level / per_second
    } else {
        0.0
    };
    if admitted {
        state.level += 1.0;
    } else if limiter.counts_refused {
        state.level = capacity;
    }
    let wait = (state.level + 1.0 - capacity).max(0.0) / per_second;
    Ruling {
        admitted,
        delay,
        remaining: whole(capacity - state.level + 1e-9),
        wait,
    }
}

#[expect(clippy::cast_precision_loss, reason = "limits are far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to zero; the cast saturates"
)]
fn whole(count: f64) -> u64 {
    count.max(0.0).floor() as u64
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// At which of these times a request is admitted under 3 per 10 s.
    fn admitted(limiter: &Limiter, times: &[f64]) -> Vec<f64> {
        let rate = Rate::new(3, Duration::from_secs(10));
        let mut state = State::default();
        let passes = |time: &f64| rule(&mut state, limiter, &rate, *time).admitted;
        let mut passes = passes;
        times.iter().copied().filter(|time| passes(time)).collect()
    }

    fn with(algorithm: Algorithm) -> Limiter {
        Limiter {
            algorithm,
            ..Limiter::default()
        }
    }

    #[test]
    fn a_fixed_window_opens_for_all_at_once() {
        let times = [4.0, 5.0, 6.0, 7.0, 10.0, 13.9, 14.0, 14.0];
        assert_eq!(
            admitted(&with(Algorithm::FixedWindow), &times),
            [4.0, 5.0, 6.0, 14.0, 14.0]
        );
        let aligned = with(Algorithm::FixedWindowAligned);
        assert_eq!(
            admitted(&aligned, &times),
            [4.0, 5.0, 6.0, 10.0, 13.9, 14.0]
        );
    }

    #[test]
    fn a_bucket_gives_a_token_back_every_third_of_the_window() {
        let times = [0.0, 0.0, 0.0, 0.0, 3.0, 3.4, 3.5, 6.7];
        assert_eq!(
            admitted(&with(Algorithm::TokenBucket), &times),
            [0.0, 0.0, 0.0, 3.4, 6.7]
        );
    }

    #[test]
    fn the_former_window_counts_by_its_share() {
        let times = [9.0, 9.0, 9.0, 9.5, 10.0, 13.0, 13.4, 16.0, 16.7];
        assert_eq!(
            admitted(&with(Algorithm::SlidingCounter), &times),
            [9.0, 9.0, 9.0, 13.4, 16.7]
        );
    }

    #[test]
    fn refused_requests_may_count_and_may_block() {
        let counting = Limiter {
            counts_refused: true,
            ..Limiter::default()
        };
        assert_eq!(
            admitted(&counting, &[0.0, 0.0, 0.0, 5.0, 10.0, 14.0, 24.0]),
            [0.0, 0.0, 0.0, 10.0, 14.0, 24.0]
        );
        let blocking = Limiter {
            block: Some(Duration::from_secs(30)),
            ..with(Algorithm::FixedWindow)
        };
        assert_eq!(
            admitted(&blocking, &[0.0, 0.0, 0.0, 1.0, 10.0, 30.9, 31.0]),
            [0.0, 0.0, 0.0, 31.0]
        );
    }
}
