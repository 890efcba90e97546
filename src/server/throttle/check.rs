//! The sliding log of `SimpleRateThrottle`, and how a view combines several.

use std::sync::PoisonError;
use std::time::Duration;

use crate::rate::Rate;
use crate::server::app::App;
use crate::server::call::Call;
use crate::server::limiter::{InFlight, Standing, Verdict, announce};
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

/// Asks every throttle, as DRF does: each that accepts records the request even when another refuses it. The
/// strictest one announces.
pub(in crate::server) async fn allow(
    throttles: &[Throttle],
    app: &App,
    call: &Call,
    user: Option<User>,
) -> Result<Passage, Refusal> {
    let limiter = &app.config.limiter;
    let counted: Vec<(String, Rate)> = throttles
        .iter()
        .filter_map(|throttle| bucket(*throttle, app, call, user))
        .collect();
    let mut passage = Passage {
        cache_calls: 2 * counted.len() as u64,
        ..Passage::default()
    };
    let verdicts = if limiter.counts_as_drf() {
        by_history(&counted, app, call).await
    } else {
        by_limiter(&counted, app, call).await
    };
    let mut strictest: Option<Standing> = None;
    let mut delay: f64 = 0.0;
    for verdict in verdicts {
        delay = delay.max(verdict.delay);
        passage.in_flight.extend(verdict.in_flight);
        if strictest.is_none_or(|known| verdict.standing.is_stricter_than(&known)) {
            strictest = Some(verdict.standing);
        }
    }
    let Some(standing) = strictest else {
        return Ok(passage);
    };
    passage.headers = announce(limiter, &standing, app.now());
    if !standing.is_admitted() {
        return Err(Refusal {
            headers: passage.headers,
            ..throttled(limiter.status, standing.wait())
        });
    }
    if delay > 0.0 {
        tokio::time::sleep(Duration::from_secs_f64(delay)).await;
    }
    Ok(passage)
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
        Throttle::Shared { scope, rate } if app.config.limiter.counts_as_drf() => (scope, rate),
        // Only a list of instants can be shared: other records hold what one rate makes of them.
        Throttle::Shared { rate, .. } => (rate, rate),
    };
    let rate = app.config.throttles.get(rate)?;
    let ident = match user {
        Some(user) => user.id.to_string(),
        None => identity(app, call),
    };
    Some((format!("throttle_{scope}_{ident}"), *rate))
}

/// DRF's way: reads, checks and writes back, one throttle after the other. With a slow cache, requests that come
/// meanwhile read the same history.
async fn by_history(counted: &[(String, Rate)], app: &App, call: &Call) -> Vec<Verdict> {
    let cache = &app.caches[call.worker % app.caches.len()];
    let lock = || cache.lock().unwrap_or_else(PoisonError::into_inner);
    let mut verdicts = Vec::new();
    for (key, rate) in counted {
        let mut history = lock().fetch(key, app.now());
        if let Some(latency) = app.config.limiter.cache_latency {
            tokio::time::sleep(latency).await;
        }
        let now = app.now();
        let standing = slide(&mut history, rate, now);
        if standing.is_admitted() {
            lock().store(key, history, now + rate.window_s());
        }
        verdicts.push(Verdict::of(standing));
    }
    verdicts
}

/// The way of a limiter that is not DRF's.
async fn by_limiter(counted: &[(String, Rate)], app: &App, call: &Call) -> Vec<Verdict> {
    let limiter = &app.config.limiter;
    let books = &app.books[call.worker % app.books.len()];
    // Reads, and judges by what was read: with a slow cache, requests that come meanwhile read the same.
    let read: Vec<_> = counted
        .iter()
        .map(|(key, rate)| (books.fetch(key, limiter, *rate), key, *rate))
        .collect();
    if let Some(latency) = limiter.cache_latency.filter(|_| !read.is_empty()) {
        tokio::time::sleep(latency).await;
    }
    let now = app.now();
    read.into_iter()
        .map(|(record, key, rate)| books.judge(key, record, rate, now))
        .collect()
}

/// Drops what is older than the window; refuses where the history is full, else takes the request into it.
fn slide(history: &mut Vec<f64>, rate: &Rate, now: f64) -> Standing {
    let window = rate.window_s();
    while history.last().is_some_and(|oldest| *oldest <= now - window) {
        history.pop();
    }
    let until_gone = |instant: &f64| window - (now - instant);
    let held = history.len() as u64;
    if held < rate.limit {
        history.insert(0, now);
        return Standing::admitted(rate.limit, rate.limit - held - 1, window, window);
    }
    // A history longer than the limit leaves nothing to divide by: DRF then names no wait.
    let wait = (held == rate.limit).then(|| history.last().map_or(window, until_gone));
    let reset = history.first().map_or(window, until_gone);
    Standing::refused(rate.limit, wait, reset, window)
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

/// `Throttled(wait)`: the seconds are rounded up.
fn throttled(status: u16, wait: Option<f64>) -> Refusal {
    let Some(seconds) = wait.map(rounded_up) else {
        return Refusal::detail(status, "Request was throttled.");
    };
    let plural = if seconds == 1 { "" } else { "s" };
    let detail = format!("Request was throttled. Expected available in {seconds} second{plural}.");
    Refusal::detail(status, &detail)
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
        let refused = slide(&mut history, &rate, 69.0);
        assert_eq!((refused.is_admitted(), refused.wait()), (false, Some(1.0)));
        assert!(slide(&mut history, &rate, 70.0).is_admitted());
        assert_eq!(history, [70.0, 11.0]);
    }

    #[test]
    fn a_history_longer_than_the_limit_names_no_wait() {
        let rate = Rate::new(1, Duration::from_secs(60));
        let refused = slide(&mut vec![11.0, 10.0], &rate, 12.0);
        assert_eq!((refused.is_admitted(), refused.wait()), (false, None));
    }
}
