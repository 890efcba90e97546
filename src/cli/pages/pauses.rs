//! Tells of waits that the server asks for.

use std::time::Duration;

use tokio::time::Instant;

use crate::cli::context::Context;
use crate::pages::Pace;
use crate::ui::Progress;

/// Which waits were told.
#[derive(Default)]
pub(super) struct Pauses {
    warned_until: Option<Instant>,
}

impl Pauses {
    /// Counts down while the server makes us wait.
    pub(super) fn show(&mut self, pace: &Pace, ctx: &Context, progress: &Progress) {
        let Some(left) = pace.pause() else {
            if let Some(left) = pace.rest() {
                let words = format!("no good answer, trying again in {} s", left.as_secs() + 1);
                progress.say(words);
            }
            return;
        };
        progress.say(format!("throttled, waiting {} s", left.as_secs() + 1));
        let until = Instant::now() + left;
        let known = self
            .warned_until
            .is_some_and(|warned| until < warned + Duration::from_millis(500));
        if left > Duration::from_secs(1) && !known {
            self.warned_until = Some(until);
            let wait = left.as_secs_f64();
            progress.aside(|| {
                ctx.warn(&format!(
                    "throttled: waiting {wait:.0} s, as the server asks"
                ));
            });
        }
    }
}
