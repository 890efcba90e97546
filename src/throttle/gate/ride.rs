//! Two limits at once: the first is used up in each of its windows, without a refusal, until the second shows.

use super::super::sample::Outcome;
use super::super::shots::{Line, Shots, Stop};
use super::seen::{Outer, Seen};
use crate::http::Request;
use crate::rate::Rate;

/// How much longer than a window is waited for it to be over, parts and seconds: a wait that is too short costs
/// a refusal that the second limit may count.
const MARGIN: (f64, f64) = (1.02, 0.05);

/// Goes on after the first limit's first refusal until the second limit refuses, or should have.
pub(super) async fn ride(
    shots: &mut Shots<'_>,
    request: &Request,
    (inner, outer): (Rate, Rate),
    seen: &Seen,
) -> Result<Outer, Stop> {
    let mut accepted = seen.accepted;
    let refused = 1;
    let pause_s = inner.window_s() * MARGIN.0 + MARGIN.1;
    // As many whole windows of the first limit as are left, and one for the request that must be refused.
    let windows = outer.limit.saturating_sub(accepted) / inner.limit + 1;
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of requests are far below 2^52"
    )]
    let takes_s = windows as f64 * pause_s;
    if takes_s > shots.time_left_s() {
        return Ok(Outer::TooFar(shots.now() + takes_s));
    }
    loop {
        shots.until(shots.now() + pause_s).await?;
        for _ in 0..inner.limit {
            let sample = shots.decided(&Line::default(), request).await?;
            if sample.outcome == Outcome::Refused {
                return Ok(Outer::Refused {
                    accepted,
                    refused,
                    refusal: Box::new(sample),
                });
            }
            accepted += 1;
            if accepted > outer.limit {
                return Ok(Outer::Passed(accepted));
            }
        }
    }
}
