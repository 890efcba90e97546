//! A server with a limiter, in virtual time: the witness of the identification tests and benchmarks.

use apictl::throttle::identify;
use apictl::throttle::limits::{Algorithm, Identified, Limit};
use apictl::throttle::models::{Limiter, Model};
use apictl::throttle::probe::{Probe, Settings, Step};
use apictl::throttle::sample::{Header, Outcome, Sample};

/// A small generator of even numbers in 0..1; the same on every machine.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..4 {
            dice.roll();
        }
        dice
    }

    pub fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.roll()
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[(self.roll() * from.len() as f64) as usize % from.len()]
    }
}

/// What a run is about.
#[derive(Debug, Clone)]
pub struct Case {
    pub kind: &'static str,
    pub algorithm: Algorithm,
    pub model: Model,
    pub limit: u64,
    /// Window, ban or refill interval in seconds; rate in requests a second for buckets.
    pub value: f64,
    /// Copies of the model that share no count, and whether a connection stays with one.
    pub copies: (usize, bool),
    /// The wider limit of two: its count and window, or burst and rate.
    pub outer: Option<(u64, f64)>,
    pub noise: Noise,
}

/// What stands between a probe and its limiter.
#[derive(Debug, Clone, PartialEq)]
pub struct Noise {
    /// Seconds from sending to the reply, both ways together.
    pub delay_s: (f64, f64),
    /// How much longer it takes to answer what is let in, seconds.
    pub work_s: f64,
    /// Whether refusals carry Retry-After.
    pub hints: bool,
    /// The share of replies that are 502 from something in front.
    pub losses: f64,
    /// The share of the quota that another client on the key uses.
    pub hidden: f64,
    /// The share of the quota that was used before the probe began.
    pub used: f64,
    /// How coarse the server's clock is, seconds.
    pub tick_s: f64,
}

impl Default for Noise {
    fn default() -> Self {
        Self {
            delay_s: (0.0005, 0.004),
            work_s: 0.0,
            hints: false,
            losses: 0.0,
            hidden: 0.0,
            used: 0.0,
            tick_s: 0.0,
        }
    }
}

impl Case {
    /// How long the limiter remembers, seconds.
    pub fn memory_s(&self) -> f64 {
        match self.algorithm {
            Algorithm::TokenBucket | Algorithm::LeakyQueue => {
                let (limit, rate) = self.outer.unwrap_or((self.limit, self.value));
                limit as f64 / rate
            }
            Algorithm::SlidingWindowCounter => 2.0 * self.value,
            _ => self.outer.map_or(self.value, |(_, window_s)| window_s),
        }
    }
}

/// The server: copies of the model, the hidden client, and the time of the last decision.
struct Server {
    copies: Vec<Model>,
    at: f64,
    hidden_at: f64,
    /// Where the server's clock, which is Unix time, stands at the trace's second zero.
    unix_s: f64,
}

impl Server {
    fn new(case: &Case, dice: &mut Dice) -> Self {
        let mut server = Self {
            copies: vec![case.model.clone(); case.copies.0],
            at: f64::NEG_INFINITY,
            hidden_at: f64::INFINITY,
            unix_s: 0.0,
        };
        let memory = case.memory_s();
        let used = (case.noise.used * case.limit as f64).round() as usize;
        let mut times: Vec<f64> = (0..used).map(|_| dice.between(-memory, 0.0)).collect();
        times.sort_by(f64::total_cmp);
        for at in times {
            let model = &mut server.copies[0];
            model.decide(at);
        }
        if case.noise.hidden > 0.0 {
            server.hidden_at = dice.between(-memory, 0.0);
            server.others(case, 0.0, dice);
        }
        server
    }

    /// The other client's requests up to an instant.
    fn others(&mut self, case: &Case, until: f64, dice: &mut Dice) {
        let rate = case.noise.hidden * case.limit as f64 / case.memory_s();
        while self.hidden_at < until {
            let which = (dice.roll() * self.copies.len() as f64) as usize % self.copies.len();
            self.copies[which].decide(self.hidden_at);
            self.hidden_at += -(1.0 - dice.roll()).ln() / rate;
        }
    }

    fn send(&mut self, case: &Case, now: f64, connection: u32, dice: &mut Dice) -> Sample {
        let (low, high) = case.noise.delay_s;
        let arrives = (now + dice.between(low, high) / 2.0).max(self.at);
        self.others(case, arrives, dice);
        self.at = arrives;
        let tick = case.noise.tick_s;
        let at = if tick > 0.0 {
            ((arrives + self.unix_s) / tick).floor() * tick - self.unix_s
        } else {
            arrives
        };
        let lost = dice.roll() < case.noise.losses;
        let mut headers = Vec::new();
        let mut body = None;
        let (mut status, mut delay_s) = (502, 0.0);
        if !lost {
            let (count, sticky) = case.copies;
            let which = if sticky {
                (u64::from(connection).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize % count
            } else {
                (dice.roll() * count as f64) as usize % count
            };
            let model = &mut self.copies[which];
            // by what refuses it, before it is charged for asking; a ban begins with being refused
            let before = model.opens_at(at);
            let decision = model.decide(at);
            let opens = match case.algorithm {
                Algorithm::Ban => model.opens_at(at),
                _ => before,
            };
            let wait = (opens - at).ceil();
            status = if decision.admitted { 200 } else { 429 };
            delay_s = decision.delay_s;
            delay_s += if decision.admitted {
                case.noise.work_s
            } else {
                0.0
            };
            if !decision.admitted && case.noise.hints {
                headers.push(("retry-after".to_owned(), format!("{wait}")));
                // who charges refusals is Django REST framework
                body = (case.kind == "stack_charged").then(|| {
                    format!("Request was throttled. Expected available in {wait} seconds.")
                });
            }
        }
        Sample {
            sent_s: now,
            received_s: arrives + delay_s + dice.between(low, high) / 2.0,
            outcome: Outcome::Unknown,
            status: Some(status),
            connection,
            headers,
            body,
            error: None,
            dropped: false,
            closes: false,
            held: None,
        }
    }
}

/// Runs a probe against a limiter until it is done.
pub fn run(case: &Case, settings: Settings, dice: &mut Dice) -> (Identified, Probe) {
    let mut server = Server::new(case, dice);
    let mut header = Header::new("GET", "http://127.0.0.1/", "anon", 1_700_000_000.0);
    header.started_unix_s += dice.between(0.0, 1e4);
    header.clock_error_s = 0.01;
    server.unix_s = header.started_unix_s;
    let max_time_s = settings.max_time_s;
    let mut probe = Probe::new(settings, header);
    let mut under_way: Vec<Sample> = Vec::new();
    let mut now = 0.0;
    loop {
        match probe.step(now) {
            Step::Done => break,
            Step::Send { connection } => {
                under_way.push(server.send(case, now, connection, dice));
                now += 2e-5;
            }
            // these servers neither answer one connection at a time nor close any
            Step::Open { .. } | Step::Hold { .. } => {}
            Step::Wait { until_s } => {
                assert!(
                    until_s <= max_time_s,
                    "a wait until {until_s} s of {max_time_s} s"
                );
                let first = under_way
                    .iter()
                    .enumerate()
                    .min_by(|a, b| a.1.received_s.total_cmp(&b.1.received_s))
                    .map(|(index, sample)| (index, sample.received_s));
                match first {
                    Some((index, at)) if at <= until_s => {
                        now = at.max(now);
                        probe.record(under_way.swap_remove(index));
                    }
                    _ => now = until_s.max(now),
                }
            }
        }
    }
    (identify(probe.trace()), probe)
}

/// Whether a claim is right: algorithm, limit, and window or rate to within 5 %.
pub fn judge(case: &Case, found: &Identified) -> (bool, bool, bool) {
    let wants = std::iter::once((case.limit, case.value)).chain(case.outer);
    wants
        .zip(0..)
        .map(|((count, value), index)| {
            let Some(limit) = found.limits.get(index) else {
                return (false, false, false);
            };
            one(case, limit, count, value)
        })
        .fold((true, true, true), |all, one| {
            (all.0 && one.0, all.1 && one.1, all.2 && one.2)
        })
}

fn one(case: &Case, limit: &Limit, count: u64, value: f64) -> (bool, bool, bool) {
    let rated = matches!(
        case.algorithm,
        Algorithm::TokenBucket | Algorithm::LeakyQueue
    );
    let figure = if rated {
        limit.rate_per_s
    } else {
        limit.window_s
    };
    let near = figure.is_some_and(|figure| (figure / value - 1.0).abs() < 0.05);
    let seen = limit.max_in_flight.or(limit.burst).or(limit.limit);
    (
        limit.algorithm == Some(case.algorithm),
        seen == Some(count) && limit.enforcers == case.copies.0 as u64,
        near || case.algorithm == Algorithm::Concurrency,
    )
}
