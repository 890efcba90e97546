//! What a probe shows on a terminal while it lasts.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep};

use crate::cli::context::Context;
use crate::throttle::drive::Drive;
use crate::throttle::identify;
use crate::throttle::limits::Identified;
use crate::throttle::sample::{Outcome, Trace};
use crate::ui::Progress;

/// How often the line is renewed.
const TICK: Duration = Duration::from_millis(125);
/// How often the trace is identified for it, at the most: that takes time, too.
const BELIEF: Duration = Duration::from_millis(700);

/// A line: sent, accepted, refused, the belief with its strongest rival, when the next request is due.
pub(super) struct View {
    progress: Option<Progress>,
    belief: String,
    believed: Option<(Instant, usize)>,
    /// A belief that is being formed.
    coming: Option<oneshot::Receiver<String>>,
}

impl View {
    /// Shows itself where progress is wanted.
    pub(super) fn new(ctx: &Context) -> Self {
        let progress = ctx.progress(None, "requests");
        Self {
            progress: (!progress.is_hidden()).then_some(progress),
            belief: String::new(),
            believed: None,
            coming: None,
        }
    }

    /// Ends when the line should be renewed; never where nobody looks.
    pub(super) async fn tick(&self) {
        match self.progress {
            Some(_) => sleep(TICK).await,
            None => std::future::pending().await,
        }
    }

    /// Renews the line.
    pub(super) fn show(&mut self, drive: &Drive<'_>) {
        let Some(progress) = &self.progress else {
            return;
        };
        let samples = &drive.probe().trace().samples;
        let count = |outcome: Outcome| {
            samples
                .iter()
                .filter(|sample| sample.outcome == outcome)
                .count()
        };
        let refused = count(Outcome::Refused);
        let stale = self
            .believed
            .is_none_or(|(at, sent)| at.elapsed() >= BELIEF && sent != samples.len());
        if let Some(belief) = self.coming.as_mut().map(oneshot::Receiver::try_recv) {
            match belief {
                Ok(belief) => {
                    self.belief = belief;
                    self.coming = None;
                }
                Err(oneshot::error::TryRecvError::Empty) => {}
                Err(oneshot::error::TryRecvError::Closed) => self.coming = None,
            }
        } else if refused > 0 && stale {
            self.coming = Some(formed(drive.probe().trace().clone()));
            self.believed = Some((Instant::now(), samples.len()));
        }
        let mut line = format!("{} accepted, {refused} refused", count(Outcome::Accepted));
        if !self.belief.is_empty() {
            line += &format!(" · {}", self.belief);
        }
        let due = drive.due_s().map(|due| due - drive.elapsed_s());
        if let Some(wait) = due.filter(|wait| *wait >= 0.1) {
            line += &format!(" · next request in {wait:.1} s");
        }
        progress.reach(samples.len() as u64);
        progress.say(line);
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        if let Some(progress) = &self.progress {
            progress.finish();
        }
    }
}

/// What a trace says, found out beside the probe: it may take seconds, and requests are due meanwhile. Nobody waits for it
/// at the end.
fn formed(trace: Trace) -> oneshot::Receiver<String> {
    let (send, receive) = oneshot::channel();
    std::thread::spawn(move || send.send(words(&identify(&trace))));
    receive
}

/// `100/day sliding_log 0.92, or fixed_window_aligned 0.05`.
fn words(found: &Identified) -> String {
    let Some(limit) = found.limits.first() else {
        return String::new();
    };
    let mut words = format!("{} {:.2}", limit.words(), limit.confidence);
    if let Some(rival) = limit.alternatives.first() {
        words += &format!(", or {} {:.2}", rival.algorithm.name(), rival.probability);
    }
    words
}
