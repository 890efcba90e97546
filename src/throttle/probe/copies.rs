//! Copies of a limiter that share no count: new connections may reach another one.

use super::machine::{Phase, Probe};
use crate::throttle::infer;
use crate::throttle::sample::Sample;

impl Probe {
    /// So many more new connections, each of which may reach another copy.
    pub(super) fn look_for_copies(&mut self, left: u32, sample: &Sample) {
        if left > 0 {
            self.phase = Phase::Fresh { left };
            return;
        }
        self.connection = 0;
        self.fresh_run = 0;
        if self.copies && self.is_mixed() {
            self.phase = Phase::Sweep { refused: 0 };
        } else {
            self.assess(sample);
        }
    }

    /// Whether a connection reaches more than one copy: it was refused and admitted right after.
    pub(super) fn is_mixed(&self) -> bool {
        let until = self.drained.unwrap_or(self.trace.samples.len());
        let decisions = infer::events(&self.trace.samples[..until], 0.0);
        decisions.iter().enumerate().any(|(index, refused)| {
            !refused.admitted
                && decisions[index..].iter().any(|later| {
                    later.admitted
                        && (later.connection == refused.connection)
                        && later.low - refused.high < 0.7
                })
        }) || self.trace.samples.iter().any(Sample::closes_connection)
    }
}
