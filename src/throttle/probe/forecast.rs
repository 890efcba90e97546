//! When the likeliest limiters will open.

use super::machine::Probe;
use crate::throttle::infer::{Event, Explained};

/// Silence is kept for a ban that is perhaps renewed only where nothing likelier than that opens before it ends.
const MOST_SOONER: f64 = 0.25;

impl Probe {
    /// What a refusal that postpones the opening leaves of the forecast.
    pub(super) fn look_again(&mut self, now: f64) {
        /// Each takes time, in which nothing is sent.
        const MOST: u32 = 25;
        self.watch.looks += 1;
        if self.watch.looks > MOST || (self.copies && self.is_mixed()) {
            return;
        }
        let (found, decisions) = self.explained();
        if found.first().is_some() {
            self.foresee(&found, &decisions, now);
        }
    }

    pub(super) fn foresee(&mut self, found: &Explained, decisions: &[Event], now: f64) {
        self.watch.openings = found.openings(decisions, now);
        self.watch.punishes = found.first().is_some_and(|belief| belief.punishes() > 0.3);
        let silence = found
            .first()
            .and_then(|belief| belief.silence(decisions, now, self.settings.max_time_s));
        self.watch.silent_until = silence.filter(|until| {
            let sooner = self.watch.openings.iter().filter(|(at, _)| at < until);
            sooner.map(|(_, weight)| weight).sum::<f64>() < MOST_SOONER
        });
        let mut passed: f64 = 0.0;
        let mut ends = self.watch.openings.iter().filter(|(at, _)| at.is_finite());
        let middle = ends.clone().find(|(_, weight)| {
            passed += weight;
            passed >= 0.5
        });
        if let Some((at, _)) = middle.or_else(|| ends.next_back()) {
            self.period_s = (at - now).clamp(0.05, 3_600.0);
        }
    }
}
