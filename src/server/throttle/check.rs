//! The sliding log of `SimpleRateThrottle`, and how a view combines several.

use std::sync::PoisonError;
use std::time::Duration;

use crate::rate::Rate;
use crate::server::app::App;
use crate::server::call::Call;
use crate::server::limiter::{InFlight, Standing, announce};
use crate::server::reply::Refusal;
use crate::server::users::User;

/// One of `throttle_classes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Throttle {
    /// `AnonRateThrottle`: only who is not logged in.
    Anon(&'static str),
    /// `UserRateThrottle` and `ScopedRateThrottle`: by user, else by address.
    User(&'static str),
    /// `UserRateThrottle` with a rate of its own, whose list another throttle counts in, too.
    Shared {
        scope: &'static str,
        rate: &'static str,
    },
}

/// What one throttle decided: `Err` holds the seconds to wait, where they are known.
type Decision = Result<(), Option<f64>>;

/// What an admitted request takes along.
#[derive(Debug, Default)]
pub(in crate::server) struct Passage {
    /// What the limiter announces.
    pub(in crate::server) headers: Vec<(&'static str, String)>,
    /// What DRF would have asked of its cache: each throttle reads and writes once.
    pub(in crate::server) cache_calls: u64,
    /// Held until the reply is made.
    pub(in crate::server) in_flight: Vec<InFlight>,
}

/// Asks every throttle, as DRF does: each that accepts records the request even when another refuses it.
pub(in crate::server) async fn allow(
    throttles: &[Throttle],
    app: &App,
    call: &Call,
    user: Option<User>,
) -> Result<Passage, Refusal> {
    let counted = throttles
        .iter()
        .filter_map(|throttle| bucket(*throttle, app, call, user));
    if !app.config.limiter.is_stock() {
        return by_limiter(counted, app, call).await;
    }
    let mut waits: Vec<Option<f64>> = Vec::new();
    let mut passage = Passage::default();
    for (key, rate) in counted {
        passage.cache_calls += 2;
        if let Err(wait) = decide(&key, &rate, app, call).await {
            waits.push(wait);
        }
    }
    if waits.is_empty() {
        return Ok(passage);
    }
    Err(throttled(waits.into_iter().flatten().reduce(f64::max)))
}

/// The cache key that a throttle counts under, and its rate; `None` where it does not apply.
fn bucket(
    throttle: Throttle,
    app: &App,
    call: &Call,
    user: Option<User>,
) -> Option<(String, Rate)> {
    let (scope, rate) = match throttle {
        Throttle::Anon(_) if user.is_some() => return None,
        Throttle::Anon(scope) | Throttle::User(scope) => (scope, scope),
        Throttle::Shared { scope, rate } => (scope, rate),
    };
    let rate = app.config.throttles.get(rate)?;
    let ident = match user {
        Some(user) => user.id.to_string(),
        None => identity(app, call),
    };
    Some((format!("throttle_{scope}_{ident}"), *rate))
}

/// Reads, checks and writes back. With a slow cache, requests that come meanwhile read the same history.
async fn decide(key: &str, rate: &Rate, app: &App, call: &Call) -> Decision {
    let cache = &app.caches[call.worker % app.caches.len()];
    let lock = || cache.lock().unwrap_or_else(PoisonError::into_inner);
    let mut history = lock().fetch(key, app.now());
    if let Some(latency) = app.config.limiter.cache_latency {
        tokio::time::sleep(latency).await;
    }
    let now = app.now();
    slide(&mut history, rate, now)?;
    history.insert(0, now);
    lock().store(key, history, now + rate.window_s());
    Ok(())
}

/// The same with a limiter that is not DRF's: the strictest one announces.
async fn by_limiter(
    counted: impl Iterator<Item = (String, Rate)>,
    app: &App,
    call: &Call,
) -> Result<Passage, Refusal> {
    let limiter = &app.config.limiter;
    let books = &app.books[call.worker % app.books.len()];
    let mut passage = Passage::default();
    let mut strictest: Option<Standing> = None;
    let mut delay: f64 = 0.0;
    // Reads, and judges by what was read: with a slow cache, requests that come meanwhile read the same.
    let read: Vec<_> = counted
        .map(|(key, rate)| (books.fetch(&key, limiter, rate), key, rate))
        .collect();
    if let Some(latency) = limiter.cache_latency.filter(|_| !read.is_empty()) {
        tokio::time::sleep(latency).await;
    }
    let now = app.now();
    for (record, key, rate) in read {
        let verdict = books.judge(&key, record, rate, now);
        delay = delay.max(verdict.delay);
        passage.in_flight.extend(verdict.in_flight);
        let rank = |standing: &Standing| (standing.is_admitted(), standing.remaining());
        if strictest.is_none_or(|known| rank(&verdict.standing) < rank(&known)) {
            strictest = Some(verdict.standing);
        }
    }
    let Some(standing) = strictest else {
        return Ok(passage);
    };
    passage.headers = announce(limiter, &standing, now);
    if !standing.is_admitted() {
        return Err(Refusal {
            status: limiter.status,
            retry_after: None,
            headers: passage.headers,
            ..throttled(standing.wait())
        });
    }
    if delay > 0.0 {
        tokio::time::sleep(Duration::from_secs_f64(delay)).await;
    }
    Ok(passage)
}

/// Drops what is older than the window; refuses a full history.
fn slide(history: &mut Vec<f64>, rate: &Rate, now: f64) -> Decision {
    let window = rate.window_s();
    while history.last().is_some_and(|oldest| *oldest <= now - window) {
        history.pop();
    }
    let limit = usize::try_from(rate.limit).unwrap_or(usize::MAX);
    if history.len() < limit {
        return Ok(());
    }
    let remaining = history
        .last()
        .map_or(window, |oldest| window - (now - oldest));
    // A history longer than the limit leaves nothing to divide by: DRF then names no wait.
    Err((history.len() <= limit).then_some(remaining))
}

/// `SimpleRateThrottle.get_ident`.
fn identity(app: &App, call: &Call) -> String {
    let forwarded = call.header("x-forwarded-for");
    match (app.config.num_proxies, forwarded) {
        (Some(0), _) | (_, None) => call.peer.clone(),
        (Some(proxies), Some(forwarded)) => {
            let addresses: Vec<&str> = forwarded.split(',').collect();
            addresses[addresses.len() - proxies.min(addresses.len())]
                .trim()
                .to_owned()
        }
        (None, Some(forwarded)) if forwarded.is_empty() => call.peer.clone(),
        (None, Some(forwarded)) => forwarded.split_whitespace().collect(),
    }
}

/// `Throttled(wait)`: the seconds are rounded up, and a wait of zero is not named.
fn throttled(wait: Option<f64>) -> Refusal {
    let Some(seconds) = wait.map(rounded_up) else {
        return Refusal::detail(429, "Request was throttled.");
    };
    let plural = if seconds == 1 { "" } else { "s" };
    let detail = format!("Request was throttled. Expected available in {seconds} second{plural}.");
    Refusal {
        retry_after: (seconds > 0).then_some(seconds),
        ..Refusal::detail(429, &detail)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a wait is a small positive number; the cast saturates"
)]
fn rounded_up(seconds: f64) -> u64 {
    seconds.ceil() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_free_again_exactly_one_window_later() {
        let rate = Rate::new(2, Duration::from_secs(60));
        let mut history = vec![11.0, 10.0];
        assert_eq!(slide(&mut history, &rate, 69.0), Err(Some(1.0)));
        assert_eq!(slide(&mut history, &rate, 70.0), Ok(()));
        assert_eq!(history, [11.0]);
    }

    #[test]
    fn a_history_longer_than_the_limit_names_no_wait() {
        let rate = Rate::new(1, Duration::from_secs(60));
        assert_eq!(slide(&mut vec![11.0, 10.0], &rate, 12.0), Err(None));
    }
}
