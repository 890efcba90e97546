//! When to knock again while the door is shut.

use crate::throttle::infer::{IDLE_S, ROUND};

/// After so long, seconds, only the instants that round windows make likely are tried: where a refused request
/// begins the wait anew, only a silence as long as the wait ends it.
const SPARSE_S: f64 = 9.0;

/// The longer windows whose ends are worth a look just before and later too.
const USUAL: [f64; 7] = [10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 3_600.0];

/// The windows after whose ends a silence is over that is longer than the 10, 15, 30 or 60 seconds of a wait that begins
/// anew with each refused request.
const SILENCES: [(f64, f64); 4] = [(20.0, 10.0), (45.0, 15.0), (90.0, 30.0), (180.0, 60.0)];

/// A wait that begins anew is looked at once so much before its end.
const EDGE_S: f64 = 0.3;

/// Knocks that keep a connection alive, at most: behind them a longer window's end is looked for on what may be another
/// copy's connection.
const MOST_ALIVE: u32 = 110;

/// How much two waits may differ that are told in whole seconds.
const ROUNDED_S: f64 = 1.2;

/// Instants at which something may come back, and those at which it is worth looking.
#[derive(Debug, Clone, Default)]
pub(super) struct Watch {
    /// When the door was last seen shut after a burst.
    pub(super) shut_at: f64,
    /// The middle of the first request's interval.
    pub(super) first_at: f64,
    /// When something was last seen to have come back.
    pub(super) opened_at: f64,
    /// The first refusal.
    pub(super) refused_at: f64,
    /// Unix time of second zero.
    pub(super) unix_s: f64,
    /// The longest round trip seen.
    pub(super) round_trip_s: f64,
    /// The instant before which the server says that nothing comes back.
    pub(super) told_at: Option<f64>,
    /// Refused requests may be charged to another limit, and the wait is told: knock as little as possible.
    pub(super) quiet: bool,
    /// Predicted instants with their probabilities, earliest first.
    pub(super) openings: Vec<(f64, f64)>,
    /// The instant that an earlier refusal named, if a later one named a later instant: refused requests begin
    /// the wait anew.
    pub(super) renews: bool,
    /// The instant that was named before.
    pub(super) claimed_at: Option<f64>,
    /// The wait that the last refusal named.
    pub(super) wait_s: f64,
    /// The instant that the first refusal named, or the first that named a longer wait than the one before.
    pub(super) named_at: Option<f64>,
    /// A refusal named a longer wait than the one before.
    pub(super) longer: bool,
    /// How often it was shut at the instant that was named.
    pub(super) misled: u32,
    /// The wait was seen not to end a little earlier than told.
    pub(super) edged: bool,
    /// It is likely that refused requests postpone the opening.
    pub(super) punishes: bool,
    /// Where a ban may be renewed by refused requests: when it ends if none is sent.
    pub(super) silent_until: Option<f64>,
    /// The connection must not idle: another one may reach another copy of the limiter.
    pub(super) keeps_alive: bool,
    /// How often the forecast was made anew since.
    pub(super) looks: u32,
    /// Refusals since the door was shut.
    pub(super) knocks: u32,
}

impl Watch {
    /// The next instant to send at, after `now`.
    pub(super) fn next(&self, now: f64) -> f64 {
        let soon = now + 0.002;
        let mut candidates = if self.openings.is_empty() {
            self.blind(now)
        } else {
            self.foreseen()
        };
        candidates.extend(self.around_told());
        if let Some(until) = self
            .silent_until
            .filter(|until| *until > now && !self.punishes)
        {
            candidates.retain(|at| *at > until);
            candidates.push(until + 0.02);
        }
        // a wait that is named anew is that of a server that does not mean it, where no refusal is known to count
        if self.renews
            && (self.punishes || self.openings.is_empty())
            && let Some(told) = self.told_at
        {
            // nothing in between, for that would begin the wait anew; the request that asks may add to the wait itself
            let told = told + 0.4 * f64::from(self.misled) * self.wait_s;
            candidates = vec![told + 0.01, told + 0.5, told + 1.1];
            if !self.openings.is_empty() && !self.edged {
                candidates.push(told - EDGE_S);
            }
            candidates.extend(self.around_claimed());
        }
        let next = candidates
            .into_iter()
            .filter(|at| *at > soon)
            .fold(f64::INFINITY, f64::min);
        if self.keeps_alive && self.knocks < MOST_ALIVE {
            next.min(now + 0.85 * IDLE_S)
        } else {
            next
        }
    }

    /// A refusal that shuts the door names this instant.
    pub(super) fn told(&mut self, now: f64, told: Option<f64>) {
        self.told_at = told;
        self.named_at = told;
        self.misled = 0;
        self.longer = false;
        self.wait_s = told.map_or(0.0, |told| told - now);
    }

    /// Whether what was likeliest to have opened by `now` has not.
    pub(super) fn is_belied(&self, now: f64) -> bool {
        let passed = self.openings.iter().filter(|(at, _)| *at < now);
        passed.map(|(_, weight)| weight).sum::<f64>() > 0.6
    }

    /// A refusal while the door is shut: `told` is the instant that it names.
    pub(super) fn knocked(&mut self, now: f64, told: Option<f64>) {
        self.knocks += 1;
        let (Some(before), Some(told)) = (self.told_at, told) else {
            return;
        };
        let (wait, last) = (told - now, self.wait_s);
        self.wait_s = wait;
        self.misled += u32::from(self.renews && now > before);
        // a longer wait than the last one: that of the next window, for the last has just ended, or of a wider limit
        if wait > last + ROUNDED_S && !self.renews {
            self.named_at = Some(told);
            self.longer = true;
            if self.quiet {
                self.told_at = Some(told);
            }
            return;
        }
        if now > before + ROUNDED_S {
            self.told_at = Some(told);
        }
        // whole seconds are told, rounded up or down
        if !self.renews && told > self.named_at.unwrap_or(before) + ROUNDED_S {
            self.renews = true;
            self.claimed_at = Some(before);
        }
        self.edged |= self.renews && (now - before + EDGE_S).abs() < 0.1;
        if self.renews {
            self.told_at = Some(told);
        }
    }

    /// Servers that name the same wait each time may not mean it: the instants at which the door opens all the same.
    fn around_claimed(&self) -> Vec<f64> {
        let Some(claimed) = self.claimed_at else {
            return Vec::new();
        };
        let mut candidates = vec![claimed + 0.01, claimed + 1.1];
        for window in ROUND {
            let at = self.first_at + window;
            if (at - claimed).abs() < 1.6 {
                candidates.extend(self.around(at));
            }
        }
        candidates
    }

    fn is_quiet(&self) -> bool {
        self.quiet && self.told_at.is_some()
    }

    /// Just after an instant, and just before it.
    fn around(&self, at: f64) -> [f64; 2] {
        [at - self.round_trip_s * 1.3 - 0.004, at + 0.008]
    }

    /// Nothing is known: ever longer waits, and the instants that round windows make likely.
    fn blind(&self, now: f64) -> Vec<f64> {
        let mut candidates = Vec::new();
        // a server that names the wait is asked a few times before it is over: a bucket gives back sooner
        let (mut wait, ratio, last): (f64, f64, f64) = if self.told_at.is_some() {
            (0.1, 3.0, 2e5)
        } else {
            (0.04, 1.25, SPARSE_S)
        };
        while wait < last && !self.is_quiet() {
            candidates.push(self.shut_at + wait);
            wait *= ratio;
        }
        for window in ROUND {
            // a server that names the wait needs no guesses far from it
            let at = self.first_at + window;
            let likely = self
                .told_at
                .is_none_or(|told| (at - told).abs() < 1.6 || (window <= 1.0 && !self.quiet));
            let apart = self.refused_at - self.first_at > 0.05;
            if likely && window < SPARSE_S {
                candidates.extend(self.around(at));
                // a busy server may have begun its window a little later
                candidates.push(at + 0.06);
                if apart {
                    candidates.extend(self.around(self.refused_at + window));
                }
            } else if likely && (USUAL.contains(&window) || self.told_at.is_some()) {
                // refused requests may count
                candidates.extend(self.around(at));
                candidates.extend(apart.then(|| self.around(self.refused_at + window)[1]));
                if self.told_at.is_none() {
                    // the server may count in whole seconds
                    candidates.push(at + 1.05);
                }
            }
        }
        if self.told_at.is_none() {
            for (window, silence) in SILENCES {
                // whatever was sent meanwhile, for the end of a minute say, began the wait anew
                let at = self.refused_at + window + 1.2;
                candidates.extend((at > now).then(|| at.max(now + silence + 1.2)));
            }
            for window in [1.0, 10.0, 60.0, 3_600.0] {
                let passed = (self.unix_s + self.shut_at) / window;
                let next = (passed.floor() + 1.0) * window - self.unix_s;
                candidates.extend(self.around(next));
            }
        }
        candidates
    }

    /// The instants that living hypotheses predict, and a few between them.
    fn foreseen(&self) -> Vec<f64> {
        let mut candidates = Vec::new();
        // a refusal that begins the wait anew has to tell more than that the clock is not exact
        let (late, least, few) = if self.punishes {
            (0.02 + self.round_trip_s, 0.04, 0.15)
        } else {
            (0.008, 0.005, 0.05)
        };
        let mut index = 0;
        let mut before = 0.0;
        while index < self.openings.len() {
            let (at, mut weight) = self.openings[index];
            let mut end = index + 1;
            while end < self.openings.len() && self.openings[end].0 - at < 0.003 {
                weight += self.openings[end].1;
                end += 1;
            }
            before += weight;
            if weight > least && at.is_finite() {
                candidates.push(at + late);
                if weight > 0.08 && !self.punishes {
                    candidates.push(self.around(at)[0]);
                }
            } else if before > few {
                candidates.push(at + late);
                before = 0.0;
            }
            index = end;
        }
        let mut wait: f64 = 0.1;
        while wait < 2e5 && !self.is_quiet() && !self.punishes {
            candidates.push(self.shut_at + wait);
            wait *= 1.8;
        }
        candidates
    }

    /// The last second before the instant that the server names, finely: it was rounded.
    fn around_told(&self) -> Vec<f64> {
        let Some(told) = self.told_at else {
            return Vec::new();
        };
        if self.longer && !self.quiet {
            // refused requests may count: as few as will do
            return vec![told + 0.01, told + 0.3, told + 1.1, told + 5.0];
        }
        if self.quiet {
            let mut candidates = vec![told + 0.01];
            let mut wait = 1.0;
            while wait < 1e5 {
                candidates.push(told + wait);
                wait *= 1.5;
            }
            return candidates;
        }
        let fine = if told - self.shut_at < 3.0 { 0.05 } else { 0.2 };
        let mut candidates = vec![told - 1.0 - self.round_trip_s - 0.01];
        let mut at = told - 1.0;
        while at < told + 1.3 {
            candidates.push(at);
            at += fine;
        }
        // beyond it the wait was a lie, or longer than told: ever longer again
        let mut wait = 2.0;
        while wait < 1e5 {
            candidates.push(told + wait);
            wait *= 1.5;
        }
        candidates
    }
}
