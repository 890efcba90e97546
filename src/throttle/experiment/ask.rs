//! One question to a limiter whose count is used up: does this request draw on the same count?

use serde::Serialize;

use super::super::limits::{Algorithm, Identified};
use super::super::sample::{Outcome, Sample};
use super::super::shots::{Line, Shots, Stop};
use crate::http::Request;

/// What is known of a limit before experiments begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// Requests that pass one after another, of all copies together.
    pub limit: u64,
    /// In so many seconds, where that is known.
    pub window_s: Option<f64>,
    /// A bucket's refill.
    pub rate_per_s: Option<f64>,
    /// Whether windows are on a clock, so that two of them may meet in a short time.
    pub aligned: bool,
    /// The status of requests that pass.
    pub passes: u16,
    /// The status of refusals.
    pub refuses: u16,
}

impl Known {
    /// From a probe; `None` where there is no count that could be used up.
    pub fn of(found: &Identified, samples: &[Sample]) -> Option<Self> {
        let limit = found.limits.first()?;
        if matches!(
            limit.algorithm,
            Some(Algorithm::Concurrency | Algorithm::LeakyQueue)
        ) {
            return None;
        }
        let status_of = |outcome: Outcome| {
            let sample = samples.iter().find(|sample| sample.outcome == outcome)?;
            sample.status
        };
        Some(Self {
            limit: limit.limit.or(limit.burst)? * limit.enforcers.max(1),
            window_s: limit.window_s,
            rate_per_s: limit.rate_per_s,
            aligned: matches!(
                limit.algorithm,
                Some(Algorithm::FixedWindowAligned | Algorithm::SlidingWindowCounter)
            ),
            passes: status_of(Outcome::Accepted)?,
            refuses: status_of(Outcome::Refused)?,
        })
    }
}

/// What a changed request drew on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A count of its own.
    Fresh,
    /// The count that was used up.
    Same,
    /// It was answered otherwise: nobody can tell.
    Otherwise(u16),
    /// Neither stayed the case: the window is too short, or copies answer in turn.
    Unsteady,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// What was changed: `address`, `user`, `header`, `path`, …
    pub dimension: &'static str,
    /// How.
    pub variant: String,
    /// What it drew on.
    pub answer: Answer,
}

/// Times that a question is asked again when the count came back in between.
const TRIES: u32 = 3;

/// Windows that are shorter, seconds, may give something back between two requests.
const SHORT_S: f64 = 5.0;

impl Known {
    /// How often a changed request must pass between two plain ones that are refused: where quota comes back all the time,
    /// once may be by chance.
    fn proofs(&self) -> u32 {
        let flows =
            self.rate_per_s.is_some() || self.window_s.is_some_and(|window| window < SHORT_S);
        // a fresh count of one is used up by the first
        if flows && self.limit > 1 { 2 } else { 1 }
    }
}

/// Asks with a changed request: the plain one is refused before, and after where the changed one passes.
pub(super) async fn ask(
    shots: &mut Shots<'_>,
    known: &Known,
    control: (&Line, &Request),
    changed: (&Line, &Request),
) -> Result<Answer, Stop> {
    let mut proofs = 0;
    for _ in 0..TRIES + known.proofs() - 1 {
        if !use_up(shots, known, control).await? {
            return Ok(Answer::Unsteady);
        }
        let sample = shots.one(changed.0, changed.1).await?;
        match sample.status {
            Some(status) if status == known.refuses => return Ok(Answer::Same),
            Some(status) if status == known.passes => {}
            Some(status) => return Ok(Answer::Otherwise(status)),
            None => return Ok(Answer::Unsteady),
        }
        let after = shots.decided(control.0, control.1).await?;
        proofs += u32::from(after.outcome == Outcome::Refused);
        if proofs == known.proofs() {
            return Ok(Answer::Fresh);
        }
    }
    Ok(Answer::Unsteady)
}

/// Sends until one is refused; false when that takes more than the limit should.
async fn use_up(
    shots: &mut Shots<'_>,
    known: &Known,
    (line, request): (&Line, &Request),
) -> Result<bool, Stop> {
    for _ in 0..known.limit.saturating_mul(2).saturating_add(20) {
        if shots.decided(line, request).await?.outcome == Outcome::Refused {
            return Ok(true);
        }
    }
    Ok(false)
}
