//! The probe's phases: canary, burst to the first refusal, watch for what comes back, burst again.

use super::apart::Apart;
use super::copies::Look;
use super::phase::{Phase, Step, Then};
use super::processes::Hold;
use super::settings::{Effort, Settings};
use super::volley;
use super::watch::Watch;
use crate::throttle::headers::Advertised;
use crate::throttle::infer::{self, Event, Explained};
use crate::throttle::limits::{Identified, is_failing};
use crate::throttle::refusal::{Refusals, judge_again};
use crate::throttle::sample::{Header, Outcome, Sample, Trace};

const MOST_CYCLES: u32 = 8;
const MOST_KNOCKS: u32 = 150;
/// How long before the others the first request is sent.
pub(super) const CANARY_S: f64 = 0.3;

/// A probe in progress.
#[derive(Debug, Clone)]
pub struct Probe {
    pub(super) settings: Settings,
    pub(super) trace: Trace,
    pub(super) refusals: Refusals,
    pub(super) phase: Phase,
    pub(super) in_flight: usize,
    pub(super) connection: u32,
    pub(super) fresh: u32,
    pub(super) cycle: u32,
    pub(super) watch: Watch,
    pub(super) period_s: f64,
    pub(super) errors: u64,
    pub(super) copies: bool,
    /// A new connection was let in far less than the first: connections do not stick to copies.
    pub(super) unlike: bool,
    pub(super) verified: bool,
    pub(super) volleys: u32,
    /// How long to rest before the next volley, beyond the usual.
    pub(super) lull_s: f64,
    /// How many samples there were when every copy was first known to be shut.
    pub(super) drained: Option<usize>,
    /// What the latest of the new connections was let through.
    pub(super) fresh_run: u64,
    /// New connections still to try.
    pub(super) fresh_left: u32,
    pub(super) look: Look,
    pub(super) apart: Apart,
    pub(super) hold: Hold,
    /// Requests spent on looking for a wider limit.
    pub(super) ridden: u64,
    /// How often a window was let begin late, to see what it begins with.
    pub(super) late: usize,
    /// The cycle in which that was last.
    pub(super) late_cycle: Option<u32>,
    /// Whether a limit that nobody configures was counted a second time.
    pub(super) recounted: bool,
    /// Whether a narrower limit was looked for behind a settled one.
    pub(super) has_peeked: bool,
    /// What explained the trace when it had so many samples.
    pub(super) latest: Option<(usize, Explained)>,
}

impl Probe {
    /// A probe of the target that `header` names.
    pub fn new(settings: Settings, mut header: Header) -> Self {
        header.reject_status.clone_from(&settings.reject_status);
        let watch = Watch {
            unix_s: header.started_unix_s,
            ..Watch::default()
        };
        Self {
            refusals: Refusals::new(settings.reject_status.clone()).learning_drops(),
            settings,
            trace: Trace {
                header,
                samples: Vec::new(),
            },
            phase: Phase::Canary,
            in_flight: 0,
            connection: 0,
            fresh: 0,
            cycle: 0,
            watch,
            period_s: 1.0,
            errors: 0,
            copies: false,
            unlike: false,
            verified: false,
            volleys: 0,
            lull_s: 0.0,
            drained: None,
            fresh_run: 0,
            fresh_left: 0,
            look: Look::default(),
            apart: Apart::default(),
            hold: Hold::default(),
            ridden: 0,
            late: 0,
            late_cycle: None,
            recounted: false,
            has_peeked: false,
            latest: None,
        }
    }

    /// Everything recorded so far.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The answer so far.
    pub fn identify(&self) -> Identified {
        infer::identify(&self.trace)
    }

    /// What to do at `now`, in the trace's seconds.
    pub fn step(&mut self, now: f64) -> Step {
        let spent = self.trace.samples.len() + self.in_flight >= self.settings.max_requests;
        if now >= self.settings.max_time_s || (spent && self.in_flight == 0) {
            self.phase = Phase::Done;
        }
        loop {
            if self.phase == Phase::Done {
                return Step::Done;
            }
            if let Some(step) = self.step_of_holding(now) {
                return step;
            }
            if self.in_flight > 0 && (!self.phase.sends_many() || spent) {
                return Step::Wait {
                    until_s: self.settings.max_time_s,
                };
            }
            match self.phase {
                Phase::Rest { until, then } if now >= until => {
                    match then.phase(self.volley_size()) {
                        Some(phase) => self.phase = phase,
                        None if then == Then::Apart => self.next_group(),
                        None => self.count_processes(1, now),
                    }
                }
                // nothing could be sent behind it
                Phase::Rest { until, .. } if until >= self.settings.max_time_s => {
                    self.phase = Phase::Done;
                }
                Phase::Rest { until, .. } => return Step::Wait { until_s: until },
                Phase::Watch => {
                    let at = self.watch.next(self.last_sent());
                    if at >= self.settings.max_time_s {
                        self.phase = Phase::Done;
                    } else if at > now {
                        return Step::Wait { until_s: at };
                    } else {
                        return self.send(self.connection);
                    }
                }
                Phase::Fresh { left, ahead } => {
                    let ahead = ahead.unwrap_or(0);
                    if ahead == 0 && now < self.look.due_s {
                        return Step::Wait {
                            until_s: self.look.due_s,
                        };
                    }
                    let connection = self.looks_on(left, ahead, now);
                    return self.send(connection);
                }
                Phase::Round { opened: false, .. } => {
                    return self.deal(now);
                }
                Phase::Round { .. } if now < self.hold.dealt_s => {
                    return Step::Wait {
                        until_s: self.hold.dealt_s,
                    };
                }
                Phase::Round { .. } => {
                    self.fresh += 1;
                    return self.send(self.fresh);
                }
                Phase::Sweep { left, refused } => {
                    let connection = self.sweeps_on(left, refused);
                    return self.send(connection);
                }
                Phase::Apart { left } => {
                    let connection = self.next_apart(left);
                    return self.send(connection);
                }
                Phase::Volley { round, left } => {
                    self.phase = Phase::Volley {
                        round,
                        left: left - 1,
                    };
                    let connection = u32::try_from(left).unwrap_or(0);
                    return self.send(volley::CONNECTIONS + connection);
                }
                _ => return self.send(self.connection),
            }
        }
    }

    fn send(&mut self, connection: u32) -> Step {
        self.in_flight += 1;
        Step::Send { connection }
    }

    fn last_sent(&self) -> f64 {
        self.trace.samples.last().map_or(0.0, |last| last.sent_s)
    }

    /// Takes a reply; gives it back with what the limiter did in it.
    pub fn record(&mut self, mut sample: Sample) -> Sample {
        self.in_flight = self.in_flight.saturating_sub(1);
        let usual = self.refusals.usual();
        sample.outcome = self.refusals.judge_sample(&sample);
        sample.held = self.held();
        let round_trip = sample.received_s - sample.sent_s;
        if !matches!(self.phase, Phase::Volley { .. } | Phase::Count { .. })
            && self.trace.samples.len() > 1
        {
            self.watch.round_trip_s = self.watch.round_trip_s.max(round_trip.min(0.2));
        }
        self.trace.samples.push(sample.clone());
        if usual.is_some() && usual != self.refusals.usual() {
            judge_again(&mut self.trace);
        }
        match sample.outcome {
            Outcome::Unknown => {
                self.errors += 1;
                if is_failing(self.errors, self.trace.samples.len() as u64) {
                    self.phase = Phase::Done;
                }
                match self.phase {
                    Phase::Volley { .. } => self.end_of_volley(sample.received_s),
                    Phase::Fresh { left, .. } => self.looked(left, &sample),
                    Phase::Apart { .. } => self.end_of_group(),
                    Phase::Sweep { .. } => self.swept(&sample),
                    _ => {}
                }
            }
            outcome => self.advance(&sample, outcome == Outcome::Accepted),
        }
        sample
    }

    fn advance(&mut self, sample: &Sample, accepted: bool) {
        match self.phase {
            Phase::Canary if accepted => self.begin(sample),
            // that connections are closed without a word shows with the second request
            Phase::Burst
                if accepted
                    && sample.closes
                    && self.trace.samples.len() == 2
                    && self.is_countable(sample) =>
            {
                self.phase = Phase::Rest {
                    until: sample.received_s + CANARY_S,
                    then: Then::Count,
                };
            }
            Phase::Burst if accepted => {
                self.fresh_run += u64::from(self.fresh_run > 0);
                self.look_for_a_queue(sample);
            }
            Phase::Canary | Phase::Burst => self.shut(sample),
            Phase::Count { .. } => self.counted(sample),
            Phase::Fresh { left, .. } => self.looked(left, sample),
            Phase::Round { .. } => self.rounded(sample),
            Phase::Sweep { .. } => self.swept(sample),
            Phase::Watch if accepted => self.opened(sample),
            Phase::Watch => {
                let told = self.told(sample);
                self.watch.knocked(sample.sent_s, told);
                if self.watch.knocks > MOST_KNOCKS {
                    self.phase = Phase::Done;
                } else if self.watch.punishes || self.watch.is_belied(sample.sent_s) {
                    self.look_again(sample.received_s);
                }
            }
            Phase::Part { left } if accepted && left > 1 => {
                self.phase = Phase::Part { left: left - 1 };
            }
            Phase::Part { .. } => {
                self.phase = Phase::Rest {
                    until: sample.received_s + 0.4 * self.period_s,
                    then: Then::Burst,
                };
            }
            Phase::Ride { left } if accepted && left > 1 => {
                self.phase = Phase::Ride { left: left - 1 };
            }
            Phase::Ride { .. } if accepted => self.assess(sample),
            Phase::Ride { .. } => self.met_another(sample),
            Phase::Volley { .. } => self.end_of_volley(sample.received_s),
            Phase::Apart { .. } => self.end_of_group(),
            Phase::Peek { done, of } => self.peeked((done, of), sample, accepted),
            _ => {}
        }
    }

    /// The first request that is let in: the others follow well after it.
    pub(super) fn begin(&mut self, sample: &Sample) {
        self.watch = Watch {
            first_at: f64::midpoint(sample.sent_s, sample.received_s),
            unix_s: self.watch.unix_s,
            round_trip_s: self.watch.round_trip_s,
            quiet: self.watch.quiet,
            ..Watch::default()
        };
        self.drained = None;
        let then = if self.is_countable(sample) {
            Then::Count
        } else {
            Then::Burst
        };
        self.phase = Phase::Rest {
            until: sample.received_s + CANARY_S,
            then,
        };
    }

    /// Every copy was used up.
    pub(super) fn all_are_shut(&mut self, sample: &Sample) {
        self.watch.shut_at = sample.received_s;
        if self.cycle > 0 {
            self.watch_copies();
        } else {
            self.assess(sample);
        }
    }

    /// A refusal at the end of a burst.
    pub(super) fn shut(&mut self, sample: &Sample) {
        self.watch.shut_at = sample.received_s;
        self.watch.knocks = 0;
        self.watch.looks = 0;
        let told = self.told(sample);
        self.watch.told(sample.received_s, told);
        if self.cycle == 0 && self.watch.refused_at <= 0.0 {
            self.watch.refused_at = f64::midpoint(sample.sent_s, sample.received_s);
        }
        if self.settings.effort == Effort::Quick {
            self.phase = Phase::Done;
        } else if self.cycle > 0 {
            self.assess(sample);
        } else if let Some(processes) = self.hold.processes {
            if processes > 1 {
                self.sweep();
            } else {
                self.assess(sample);
            }
        } else if self.came_back() {
            self.cycle = 1;
            self.connection = 0;
            self.fresh_run = 0;
            self.assess(sample);
        } else if self.fresh_run == 1 && !self.copies {
            // one and no more: something flowed back meanwhile
            self.fresh_run = 0;
            self.look_for_copies(self.fresh_left, sample);
        } else {
            self.copies |= self.fresh_run > 1;
            self.unlike |= self.copies && self.fresh_run * 2 < self.first_run();
            self.look_for_copies(self.patience(), sample);
        }
    }

    /// Whether the server says that nothing comes back in time.
    fn is_hopeless(&self) -> bool {
        let told = self.watch.told_at.unwrap_or(0.0);
        told > self.settings.max_time_s + 1.0
    }

    pub(super) fn told(&mut self, sample: &Sample) -> Option<f64> {
        let unix_s = self.trace.header.started_unix_s + sample.received_s;
        let said = Advertised::read(sample, unix_s);
        self.watch.quiet |= said.drf_body;
        let wait = said.wait_s()?;
        (wait >= 0.0).then_some(sample.received_s + wait)
    }

    /// The decisions that one copy made.
    pub(super) fn decisions(&self) -> Vec<Event> {
        let mut all = infer::events(&infer::fresh(&self.trace).samples, infer::SLACK_S);
        if self.copies && !self.is_mixed() {
            all.retain(|event| event.connection == 0);
        }
        all
    }

    /// After a burst: enough, or what to watch for.
    pub(super) fn assess(&mut self, sample: &Sample) {
        self.phase = Phase::Watch;
        self.drained.get_or_insert(self.trace.samples.len());
        self.watch.keeps_alive = self.copies && !self.is_mixed();
        self.watch.openings.clear();
        self.watch.silent_until = None;
        if self.is_hopeless() || self.settings.effort == Effort::Counted {
            self.phase = Phase::Done;
            return;
        }
        if self.cycle == 0 {
            return;
        }
        let (found, decisions) = self.explained();
        if found.first().is_none() {
            if self.cycle > 3 {
                self.phase = Phase::Done;
            }
            return;
        }
        if let Some(window_s) = self.unanchored(&found) {
            self.look_late(&found, &decisions, window_s, sample.received_s);
            return;
        }
        let settled = self.is_enough(&found);
        if settled && self.ends(&found, sample.received_s) {
            return;
        }
        self.verified = settled;
        if self.cycle >= MOST_CYCLES {
            self.phase = Phase::Done;
            return;
        }
        self.foresee(&found, &decisions, sample.received_s);
        self.ride_wide(&found, sample.received_s);
    }
}
