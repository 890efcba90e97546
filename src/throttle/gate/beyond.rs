//! What passes beyond the expected limit: a higher one, none, or copies that do not share a count.

use super::super::sample::Outcome;
use super::super::shots::{Line, Shots, Stop};
use super::demands::{Demands, flown};
use super::seen::{Over, Seen};
use super::trial::{AT_ONCE, CONNECTIONS};
use crate::http::Request;
use crate::rate::Rate;

/// Refusals, each on a new connection, that say that no copy is open.
const SHUT: u32 = 12;
/// Crowds of refusals alone that say that every copy was met.
const QUIET: u32 = 3;

/// Requests at once, once the count is used up, and how often behind a proxy.
pub(super) const CROWD: usize = 8;
pub(super) const CROWDS: u32 = 2;
/// So many that pass are no slot that came back meanwhile.
const COPIES: u64 = 2;

/// Many at once, of which none may pass, reach workers that requests one by one did not. What passed, where copies
/// showed.
pub(super) async fn others(
    shots: &mut Shots<'_>,
    request: &Request,
    seen: &Seen,
    crowds: u32,
) -> Result<Option<Over>, Stop> {
    let mut passed = 0;
    for _ in 0..crowds {
        let crowd = shots.burst(&Line::default(), request, CROWD, CROWD).await?;
        let let_in = crowd
            .iter()
            .filter(|sample| sample.outcome == Outcome::Accepted);
        passed += let_in.count() as u64;
        if passed == 0 || passed >= COPIES {
            break;
        }
    }
    Ok((passed >= COPIES).then(|| Over {
        accepted: seen.accepted + passed,
        refused: true,
        after_refusal: passed,
    }))
}

/// More passed than expected: how many more, and does a refusal hold for every connection?
pub(super) async fn beyond(
    shots: &mut Shots<'_>,
    request: &Request,
    (demands, rate): (&Demands, Rate),
    mut over: Over,
    seen: &mut Seen,
) -> Result<Over, Stop> {
    seen.over = Some(over);
    let cap = rate.limit.saturating_mul(10).saturating_add(60);
    // Each connection is used until it is refused: where it sticks to a worker, that worker's count is used up.
    // Several are opened at a time, for idle workers do not take their turns: the last one to rest wakes first.
    let mut number = 0;
    let mut opened = 0;
    let mut shut = 0;
    // Tokens flow back after a refusal, from no other copy.
    let spared = |seen: &Seen, now_s: f64| match (demands.refills(rate), &seen.refusal) {
        (Some(per_s), Some(refusal)) => flown(per_s, now_s - refusal.sent_s),
        _ => 0,
    };
    while over.accepted < cap && over.after_refusal <= spared(seen, shots.now()) && shut < SHUT {
        if shots.left() == 0 || shots.time_left_s() <= 0.0 {
            return Ok(over);
        }
        let line = Line::default().numbered(number);
        if number == opened {
            opened += CONNECTIONS;
            shots.prepare(&Line::each(number..opened), request).await;
        }
        let sample = shots.decided(&line, request).await?;
        over.count(&sample);
        seen.over = Some(over);
        if sample.outcome == Outcome::Refused {
            seen.refusal.get_or_insert(sample);
            number += 1;
            shut += 1;
        }
    }
    if over.after_refusal <= spared(seen, shots.now()) {
        over.after_refusal = 0;
    }
    // There are copies: none of them may be left out.
    let mut quiet = 0;
    while over.after_refusal > 0 && over.accepted < cap && shots.left() > 0 && quiet < QUIET {
        let before = over.accepted;
        for sample in shots.exhaust(request, AT_ONCE).await? {
            over.count(sample);
        }
        seen.over = Some(over);
        quiet = if over.accepted == before {
            quiet + 1
        } else {
            0
        };
    }
    Ok(over)
}
