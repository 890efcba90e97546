//! Spends what an expectation needs: as many requests as it admits and one more.
//!
//! The requests go out one after another over several connections in turn. Where all workers share a count that
//! makes no difference; where each has its own, more pass than expected, and that costs nothing extra to see.
//! The last request, which must be refused, carries made-up forwarding headers: where those give a fresh count
//! it passes, and a plain one after it does not. Where they are refused otherwise than by a limiter, a plain one has
//! the word.

use super::super::experiment::{Known, race};
use super::super::forwarding::{FORWARDING, with_made_up};
use super::super::limits::Algorithm;
use super::super::refusal::before_the_throttle;
use super::super::sample::{Outcome, Sample};
use super::super::shots::{Line, Shots, Stop};
use super::beyond::{CROWD, CROWDS, beyond, others};
use super::demands::{Demands, Forwarding};
use super::ride::ride;
use super::sampled::told;
use super::seen::{CameBack, Over, Seen};
use super::spoofed::{as_others_would, as_proxies_would, culprits, forwards};
use super::window::Window;
use crate::http::Request;
use crate::rate::Rate;

/// Connections that take turns.
pub(super) const CONNECTIONS: u32 = 8;
/// So many requests, each on another connection, may all have met one of several workers.
const FEW: u64 = 24;
/// How long the check rests half way, seconds: workers that were still starting take connections after it.
const REST_S: f64 = 0.7;
/// Shorter windows leave no time for that, seconds.
const RESTFUL_S: f64 = 10.0;
/// Requests that must pass where no limit is expected.
const UNLIMITED: u64 = 100;
/// Most requests in flight of a crowd.
pub(super) const AT_ONCE: usize = 32;

/// Where a trial sends to.
pub struct Places<'r> {
    /// The endpoint.
    pub request: &'r Request,
    /// The neighbours, as in the demands.
    pub neighbours: &'r [Request],
    /// Lines with a count of their own that nothing has used, most wanted first.
    pub fresh: &'r [Line],
}

/// The most requests that a trial may need: to pass, and to say what is wrong.
pub fn most(demands: &Demands) -> (u64, u64) {
    let Some(rate) = demands.first() else {
        return (UNLIMITED, UNLIMITED);
    };
    let neighbours = demands.neighbours.len() as u64;
    let crowd = if demands.race_forbidden {
        crowd_of(rate) as u64
    } else {
        0
    };
    let outer = demands.rates.get(1).map_or(0, |outer| outer.limit + 1);
    let others = if rate.limit < FEW && outer == 0 {
        CROWD as u64
    } else {
        0
    };
    let pass = (rate.limit + 1).max(outer) + others + neighbours + crowd;
    (pass, pass + 9 * rate.limit + 400)
}

fn crowd_of(rate: Rate) -> usize {
    usize::try_from(rate.limit.saturating_mul(2).saturating_add(20)).unwrap_or(usize::MAX)
}

/// Holds an endpoint to its demands; never fails, for what was seen until then counts.
pub async fn trial(
    shots: &mut Shots<'_>,
    places: &Places<'_>,
    demands: &Demands,
    started_unix_s: f64,
) -> Seen {
    let mut seen = Seen {
        started_unix_s,
        ..Seen::default()
    };
    let stop = carry_out(shots, places, demands, &mut seen).await.err();
    seen.stop = stop;
    seen.sent = shots.samples().len() as u64;
    seen
}

async fn carry_out(
    shots: &mut Shots<'_>,
    places: &Places<'_>,
    demands: &Demands,
    seen: &mut Seen,
) -> Result<(), Stop> {
    let request = &as_proxies_would(places.request, demands.proxies);
    let Some(rate) = demands.first() else {
        while seen.accepted < UNLIMITED && seen.refusal.is_none() {
            let sample = shots.decided(&turn(seen.accepted), request).await?;
            seen.is_still_known(&sample)?;
            note(seen, sample);
        }
        return Ok(());
    };
    if demands.is_sampled() && told(shots, request, rate, seen).await? {
        return Ok(());
    }
    let turns = Line::each(
        0..u32::try_from(rate.limit).map_or(CONNECTIONS, |limit| limit.min(CONNECTIONS)),
    );
    // tokens would flow back meanwhile
    let rests = rate.window_s() >= RESTFUL_S && demands.algorithm != Some(Algorithm::TokenBucket);
    let mut half = rests.then_some(rate.limit / 2);
    let mut tries_forwarding = demands.tries_forwarding();
    while seen.refusal.is_none() && seen.accepted <= demands.admits(rate, seen.lasts_s(shots.now()))
    {
        if half == Some(seen.accepted) {
            // The first connections may all have gone to the one worker that was there.
            half = None;
            shots.close();
            shots.rest(REST_S).await;
            shots.prepare(&turns, request).await;
        } else if seen.accepted == 1 {
            shots.prepare(&turns, request).await;
        }
        let line = turn(seen.accepted);
        if seen.accepted >= rate.limit && tries_forwarding {
            match with_forged(shots, request, &line, seen).await? {
                Forged::Passed => break,
                Forged::Counted => {}
                Forged::Barred => tries_forwarding = false,
            }
            continue;
        }
        let sample = shots.decided(&line, request).await?;
        seen.is_still_known(&sample)?;
        note(seen, sample);
        if seen.is_refused_otherwise() {
            return Ok(());
        }
    }
    seen.in_a_window = most_within(shots.samples(), rate.window_s());
    look_further(shots, places, demands, (request, rate), seen).await
}

/// What came of a request with made-up forwarding headers.
enum Forged {
    /// They give a fresh count.
    Passed,
    /// They change nothing.
    Counted,
    /// Something before the limiter refuses them.
    Barred,
}

/// Sends the request that must be refused with made-up forwarding headers.
async fn with_forged(
    shots: &mut Shots<'_>,
    request: &Request,
    line: &Line,
    seen: &mut Seen,
) -> Result<Forged, Stop> {
    let sample = shots
        .decided(line, &with_made_up(request, &FORWARDING))
        .await?;
    if sample.outcome == Outcome::Refused {
        if sample.status != Some(429) {
            return Ok(Forged::Barred);
        }
        note(seen, sample);
        return Ok(Forged::Counted);
    }
    if seen.status.is_some() && sample.status != seen.status {
        return Ok(Forged::Barred);
    }
    let plain = shots.decided(line, request).await?;
    if plain.outcome == Outcome::Refused && forwards(shots, request, line, seen.status).await? {
        note(seen, plain);
        seen.forwarded = culprits(shots, request, seen.status).await?;
        return Ok(Forged::Passed);
    }
    note(seen, sample);
    note(seen, plain);
    Ok(Forged::Counted)
}

/// The count is used up, or should have been: what passes all the same, and what else was demanded.
async fn look_further(
    shots: &mut Shots<'_>,
    places: &Places<'_>,
    demands: &Demands,
    (request, rate): (&Request, Rate),
    seen: &mut Seen,
) -> Result<(), Stop> {
    if seen.accepted > demands.admits(rate, seen.lasts_s(shots.now())) {
        let passed = |sample: &&Sample| sample.outcome == Outcome::Accepted;
        let over = Over {
            accepted: shots.samples().iter().filter(passed).count() as u64,
            refused: seen.refusal.is_some(),
            after_refusal: 0,
        };
        seen.over = Some(beyond(shots, request, (demands, rate), over, seen).await?);
        return Ok(());
    }
    let crowds = crowds_for(demands, rate, seen);
    if let Some(over) = others(shots, request, seen, crowds).await? {
        let over = beyond(shots, request, (demands, rate), over, seen).await?;
        seen.over = Some(over);
        seen.in_a_window = over.accepted;
        return Ok(());
    }
    shots.close();
    for neighbour in places.neighbours {
        let neighbour = as_proxies_would(neighbour, demands.proxies);
        let sample = shots.decided(&Line::default(), &neighbour).await?;
        seen.neighbours.push(draws_on(seen, &sample));
    }
    let bypassed = demands.forwarded == Forwarding::Ignored && !seen.forwarded.is_empty();
    if seen.accepted < rate.limit || bypassed {
        return Ok(());
    }
    if let Some(outer) = demands.rates.get(1) {
        seen.outer = Some(ride(shots, request, (rate, *outer), seen).await?);
    } else if !Window::of(seen, rate.limit).is_some_and(|window| window.tells(rate))
        && !demands.misses_retry_after(seen)
    {
        seen.came_back = comes_back(shots, request, rate, seen).await?;
    }
    if demands.race_forbidden {
        let request = &as_others_would(places.request, demands.proxies);
        crowd(shots, places, (demands, rate), request, seen).await?;
    }
    Ok(())
}

/// How many crowds look for other copies once the count is used up. A proxy that keeps connections to its workers sends
/// what comes one by one to the same of them; and a few requests may all have met one worker by chance. Refusals that
/// may cost their sender more than they say are not made in numbers, nor where tokens flow back meanwhile.
fn crowds_for(demands: &Demands, rate: Rate, seen: &Seen) -> u32 {
    if seen.accepted != rate.limit
        || demands.rates.len() > 1
        || rate.window_s() < RESTFUL_S
        || demands.algorithm == Some(Algorithm::TokenBucket)
    {
        0
    } else if seen.is_behind_a_proxy() {
        CROWDS
    } else {
        u32::from(
            rate.limit < FEW
                && Window::of(seen, rate.limit).is_some_and(|window| !window.is_unknown()),
        )
    }
}

impl Demands {
    /// Whether the refusal lacks the `Retry-After` that it must have.
    pub(super) fn misses_retry_after(&self, seen: &Seen) -> bool {
        let lacks = |refusal: &Sample| {
            refusal.status == Some(429) && refusal.header("retry-after").is_none()
        };
        self.retry_after && seen.refusal.as_ref().is_some_and(lacks)
    }
}

/// Whether a neighbour was refused as the endpoint was; `None` where its reply comes from before any throttle.
fn draws_on(seen: &Seen, sample: &Sample) -> Option<bool> {
    let refusal = seen.refusal.as_ref().and_then(|refusal| refusal.status);
    let refused = sample.outcome == Outcome::Refused;
    if refused && sample.status == refusal {
        return Some(true);
    }
    let before = sample.status.and_then(before_the_throttle).is_some();
    (!refused && !before).then_some(false)
}

pub(super) fn turn(index: u64) -> Line {
    let number = u32::try_from(index % u64::from(CONNECTIONS)).unwrap_or(0);
    Line::default().numbered(number)
}

pub(super) fn note(seen: &mut Seen, sample: Sample) {
    seen.counted.push(sample.clone());
    if sample.outcome == Outcome::Refused {
        seen.refusal = Some(sample);
        return;
    }
    seen.accepted += 1;
    match &seen.first {
        None => {
            seen.status = sample.status;
            seen.first = Some(sample);
        }
        Some(first) if first.status != sample.status => seen.status = None,
        Some(_) => {}
    }
}

/// The most requests that surely passed within one window.
fn most_within(samples: &[Sample], window_s: f64) -> u64 {
    let passed: Vec<&Sample> = samples
        .iter()
        .filter(|sample| sample.outcome == Outcome::Accepted)
        .collect();
    let mut most = 0;
    let mut start = 0;
    for (index, sample) in passed.iter().enumerate() {
        while sample.received_s - passed[start].sent_s > window_s {
            start += 1;
        }
        most = most.max(index + 1 - start);
    }
    most as u64
}

/// Without any words of the server that tell the window: knocks before the window is over, and after.
async fn comes_back(
    shots: &mut Shots<'_>,
    request: &Request,
    rate: Rate,
    seen: &mut Seen,
) -> Result<Option<CameBack>, Stop> {
    let Some(first_s) = seen.first.as_ref().map(|first| first.received_s) else {
        return Ok(None);
    };
    let window = rate.window_s();
    if first_s + window * 1.05 + 0.1 > shots.now() + shots.time_left_s() {
        return Ok(None);
    }
    for (part, back) in [(0.9, CameBack::Early), (1.04, CameBack::InTime)] {
        shots.until(first_s + window * part + 0.02).await?;
        let sample = shots.decided(&Line::default(), request).await?;
        let passed = sample.outcome == Outcome::Accepted;
        seen.counted.push(sample);
        if passed {
            return Ok(Some(back));
        }
    }
    Ok(Some(CameBack::Late))
}

/// Many at once on a count of their own: more must not pass than one after another.
async fn crowd(
    shots: &mut Shots<'_>,
    places: &Places<'_>,
    (demands, rate): (&Demands, Rate),
    request: &Request,
    seen: &mut Seen,
) -> Result<(), Stop> {
    let known = Known {
        limit: rate.limit,
        window_s: Some(rate.window_s()),
        rate_per_s: demands.refills(rate),
        aligned: demands.algorithm == Some(Algorithm::FixedWindowAligned),
        passes: 200,
        refuses: 429,
    };
    let sizes = (AT_ONCE.min(crowd_of(rate)), crowd_of(rate));
    match race(shots, &known, request, places.fresh, sizes).await {
        Ok(found) => seen.crowd = Some(found),
        Err(Stop::Time) => {
            seen.no_crowd = Some(format!(
                "`race = \"forbid\"` needs an unused count: wait {} s (`--max-time`), or name a second login with \
                 `race_as`",
                rate.window_s()
            ));
        }
        Err(stop) => return Err(stop),
    }
    Ok(())
}
