//! Three requests where headers name the limit, and go down as they should.

use super::super::compare::{Comparison, Status};
use super::super::headers::Advertised;
use super::super::shots::{Shots, Stop};
use super::judge::outcome;
use super::seen::Seen;
use super::trial::{note, turn};
use crate::http::Request;
use crate::rate::Rate;

/// What rounding to whole seconds, and the way, may take from a window, seconds.
const ROUNDING_S: f64 = 1.05;
/// From this length on a window is told from others all the same, seconds.
const TELLING_S: f64 = 20.0;

/// Asks the headers: true where they name a limit and its window, and it goes down by one with every request.
pub(super) async fn told(
    shots: &mut Shots<'_>,
    request: &Request,
    rate: Rate,
    seen: &mut Seen,
) -> Result<bool, Stop> {
    let mut remaining: Option<f64> = None;
    let mut named = None;
    for index in 0..3 {
        let sample = shots.decided(&turn(index), request).await?;
        let said = Advertised::read(&sample, seen.started_unix_s + sample.received_s);
        note(seen, sample);
        let Some(quota) = said.quota_of(rate.limit) else {
            return Ok(false);
        };
        // The first reply of a fresh window has all of it before it; whole seconds do not tell short ones apart.
        let whole = |reset_s: f64| {
            rate.window_s() >= TELLING_S && (reset_s - rate.window_s()).abs() < ROUNDING_S
        };
        let has_window = quota.window_s.is_some() || quota.reset_s.is_some_and(whole);
        if quota.limit.is_none() || (index == 0 && !has_window) {
            return Ok(false);
        }
        let falls = match (remaining, quota.remaining) {
            (Some(before), Some(now)) => (before - now - 1.0).abs() < 0.01,
            (_, now) => now.is_some(),
        };
        if !falls || seen.refusal.is_some() {
            return Ok(false);
        }
        remaining = quota.remaining;
        named.get_or_insert(said);
    }
    seen.told = named;
    Ok(true)
}

/// What those headers say, held against what was demanded.
pub(super) fn by_headers(rate: Rate, told: &Advertised) -> Comparison {
    let quota = told.quota_of(rate.limit);
    let named = quota.and_then(|quota| quota.limit);
    let named_s = quota.and_then(|quota| quota.window_s);
    let window = named_s.or_else(|| quota?.reset_s);
    let measured = match (named, window) {
        (Some(limit), Some(window)) => Some(format!("{limit} in {window} s, by its headers")),
        (Some(limit), None) => Some(format!("{limit}, by its headers")),
        _ => None,
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of requests are far below 2^52"
    )]
    let same = named == Some(rate.limit as f64)
        && window.is_some_and(|window| {
            let away_s = (window - rate.window_s()).abs();
            away_s < 0.05 * rate.window_s() || (named_s.is_none() && away_s < ROUNDING_S)
        });
    if same {
        return outcome(Status::Pass, measured, String::new());
    }
    outcome(Status::Fail, measured, format!("{rate} expected"))
}
