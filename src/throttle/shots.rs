//! Requests of experiments: each sent once, on a connection of the experiment's choosing, within bounds, and
//! all of them recorded.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use futures_util::future::join_all;
use thiserror::Error;
use tokio::time::{Instant, timeout};

use super::alarm::Alarm;
use super::crowd::{Schedule, crowd};
use super::refusal::Refusals;
use super::sample::{Outcome, Sample};
use super::shoot::shoot;
use crate::http::{Client, Request};

/// One connection: whose requests it carries, where they come from, and which of several it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Line {
    /// `anon`, the name of a login, or empty for the identity in force.
    pub who: String,
    /// The source address; the system's choice when `None`.
    pub source: Option<IpAddr>,
    /// Whether it speaks HTTP/2 from the first byte.
    pub http2: bool,
    /// Lines that are alike otherwise.
    pub number: u32,
}

impl Line {
    /// One line for each of these numbers.
    pub fn each(numbers: std::ops::Range<u32>) -> Vec<Self> {
        numbers
            .map(|number| Self::default().numbered(number))
            .collect()
    }

    /// Another connection of the same kind.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        Self {
            number,
            ..self.clone()
        }
    }
}

/// Makes the client of a line; `None` when it cannot be set up.
pub type Connect<'a> = Box<dyn Fn(&Line) -> Option<Client> + 'a>;

/// Sees each sample as it is recorded.
pub type Watcher<'a> = Box<dyn FnMut(&[Sample]) + 'a>;

/// Why an experiment ended before its end.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Stop {
    /// The budget of requests is spent.
    #[error("the {0} requests allowed are spent")]
    Requests(usize),
    /// The time is over.
    #[error("the time allowed is over")]
    Time,
    /// Errors became frequent.
    #[error("stopped, because the server no longer answers as it did: {0}")]
    Errors(String),
    /// Authentication refuses what it let in before.
    #[error("stopped, because the server answers 401 where it answered {0}: the login has ended")]
    LoggedOut(u16),
    /// A connection cannot be set up.
    #[error("no such connection can be set up")]
    Line,
}

/// How far an experiment may go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Within {
    /// Most requests.
    pub requests: usize,
    /// Longest time, seconds.
    pub time_s: f64,
}

/// Errors in a row that end an experiment.
const ERRORS_IN_A_ROW: usize = 3;

/// Sends what experiments ask for.
pub struct Shots<'a> {
    connect: Connect<'a>,
    lines: HashMap<Line, (u32, Client)>,
    opened: u32,
    began: Instant,
    alarm: Alarm,
    within: Within,
    refusals: Refusals,
    samples: Vec<Sample>,
    failed: usize,
    watcher: Option<Watcher<'a>>,
}

impl<'a> Shots<'a> {
    /// Second zero of the samples is now. `reject` are the statuses of refusals; learnt when `None`.
    pub fn new(connect: Connect<'a>, within: Within, reject: Option<Vec<u16>>) -> Self {
        Self {
            connect,
            lines: HashMap::new(),
            opened: 0,
            began: Instant::now(),
            alarm: Alarm::new(),
            within,
            refusals: Refusals::new(reject),
            samples: Vec::new(),
            failed: 0,
            watcher: None,
        }
    }

    /// Reports to `watcher` after each request.
    #[must_use]
    pub fn watched(mut self, watcher: Watcher<'a>) -> Self {
        self.watcher = Some(watcher);
        self
    }

    /// What refusals look like, learnt in an earlier run: the status of an accepted request.
    pub fn accepts(&mut self, status: u16) {
        self.refusals.judge(Some(status));
    }

    /// Everything sent so far.
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// Requests that may still be sent.
    pub fn left(&self) -> usize {
        self.within.requests.saturating_sub(self.samples.len())
    }

    /// Seconds since second zero.
    pub fn now(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// Seconds that are left.
    pub fn time_left_s(&self) -> f64 {
        self.within.time_s - self.now()
    }

    /// Sends one request.
    pub async fn one(&mut self, line: &Line, request: &Request) -> Result<Sample, Stop> {
        self.allowed()?;
        let (number, client) = self.client(line)?;
        // A server that hangs does not hold the experiment up beyond its time.
        let left = Duration::try_from_secs_f64(self.time_left_s()).unwrap_or_default();
        let shot = shoot(&client, request.clone(), self.began, number);
        let sample = timeout(left, shot).await.map_err(|_| Stop::Time)?;
        let sample = self.keep(sample).clone();
        if sample.outcome == Outcome::Unknown {
            self.failed += 1;
            let all: usize = self.samples.iter().filter(is_unknown).count();
            if self.failed >= ERRORS_IN_A_ROW || all > 5 + self.samples.len() / 20 {
                return Err(Stop::Errors(words(&sample)));
            }
        } else {
            self.failed = 0;
        }
        Ok(sample)
    }

    /// Sends requests until one is decided on: accepted or refused.
    pub async fn decided(&mut self, line: &Line, request: &Request) -> Result<Sample, Stop> {
        loop {
            let sample = self.one(line, request).await?;
            if sample.outcome != Outcome::Unknown {
                return Ok(sample);
            }
        }
    }

    /// Opens connections before there are requests, so that a server with several processes deals them out to all
    /// of them. Nothing is opened until the server has answered, nor where it closes its connections: a process that
    /// answers one at a time would wait for the request of the one that it has taken.
    pub async fn prepare(&mut self, lines: &[Line], request: &Request) {
        let answered = self.samples.last().filter(|last| last.status.is_some());
        if answered.is_none_or(Sample::closes_connection) {
            return;
        }
        for line in lines {
            if let Ok((_, client)) = self.client(line) {
                // A connection that cannot be opened is found out by its request.
                let _ = client.prepare(&request.url).await;
            }
        }
    }

    /// Closes every connection; those that are asked for again are new ones.
    pub fn close(&mut self) {
        self.lines.clear();
    }

    /// Waits for so many seconds, where the time allows.
    pub async fn rest(&self, seconds: f64) {
        let _ = self
            .until(self.began.elapsed().as_secs_f64() + seconds)
            .await;
    }

    /// Waits until this second.
    pub async fn until(&self, second: f64) -> Result<(), Stop> {
        if second >= self.within.time_s {
            return Err(Stop::Time);
        }
        if let Ok(after) = Duration::try_from_secs_f64(second) {
            self.alarm.until(self.began + after).await;
        }
        Ok(())
    }

    /// Sends `total` requests at once over `connections` connections that are open beforehand: each sends its
    /// next one as soon as it has the reply to its last. Ends early when only refusals have come for a while.
    pub async fn burst(
        &mut self,
        line: &Line,
        request: &Request,
        connections: usize,
        total: usize,
    ) -> Result<&[Sample], Stop> {
        let schedule = Schedule::of(connections, total, Duration::ZERO);
        let due_s = self.crowd(line, request, connections, schedule).await?;
        Ok(self.latest(due_s.len()))
    }

    /// The same with one due each time that `every` has passed, and the second at which each was.
    pub async fn paced(
        &mut self,
        line: &Line,
        request: &Request,
        (connections, total): (usize, usize),
        every: Duration,
    ) -> Result<impl Iterator<Item = (f64, &Sample)>, Stop> {
        let schedule = Schedule::of(connections, total, every);
        let due_s = self.crowd(line, request, connections, schedule).await?;
        let sent = self.latest(due_s.len());
        Ok(due_s.into_iter().zip(sent))
    }

    /// Sends on `connections` new connections at once, on each until it is refused: where several processes count
    /// for themselves, so many at once keep them all busy, and each takes some.
    pub async fn exhaust(
        &mut self,
        request: &Request,
        connections: usize,
    ) -> Result<&[Sample], Stop> {
        self.close();
        let schedule = Schedule {
            total: self.left(),
            every: Duration::ZERO,
            patience: connections,
            until_refused: true,
        };
        let line = Line::default();
        let due_s = self.crowd(&line, request, connections, schedule).await?;
        Ok(self.latest(due_s.len()))
    }

    /// Sends what a crowd sends; when each was due, in the order of the samples, which are the latest ones.
    async fn crowd(
        &mut self,
        line: &Line,
        request: &Request,
        connections: usize,
        mut schedule: Schedule,
    ) -> Result<Vec<f64>, Stop> {
        self.allowed()?;
        schedule.total = schedule.total.min(self.left());
        let mut clients = Vec::new();
        for number in 0..connections.min(schedule.total) {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            clients.push(self.client(&line.numbered(1_000 + number))?);
        }
        // All at once: one after another an idle process would take them all.
        let opened = clients
            .iter()
            .map(|(_, client)| client.prepare(&request.url));
        for opened in join_all(opened).await {
            opened.map_err(|error| Stop::Errors(error.to_string()))?;
        }
        let sent = crowd(clients, request, self.began, &self.refusals, schedule);
        let left = Duration::try_from_secs_f64(self.time_left_s()).unwrap_or_default();
        let sent = timeout(left, sent).await.map_err(|_| Stop::Time)?;
        let recorded = sent.into_iter().map(|sent| {
            self.keep(sent.sample);
            sent.due_s
        });
        Ok(recorded.collect())
    }

    fn latest(&self, count: usize) -> &[Sample] {
        &self.samples[self.samples.len() - count..]
    }

    fn allowed(&self) -> Result<(), Stop> {
        if self.left() == 0 {
            return Err(Stop::Requests(self.within.requests));
        }
        if self.time_left_s() <= 0.0 {
            return Err(Stop::Time);
        }
        Ok(())
    }

    fn client(&mut self, line: &Line) -> Result<(u32, Client), Stop> {
        if let Some(known) = self.lines.get(line) {
            return Ok(known.clone());
        }
        let client = (self.connect)(line).ok_or(Stop::Line)?;
        let number = self.opened;
        self.opened += 1;
        self.lines.insert(line.clone(), (number, client.clone()));
        Ok((number, client))
    }

    fn keep(&mut self, mut sample: Sample) -> &Sample {
        sample.outcome = self.refusals.judge_sample(&sample);
        self.samples.push(sample);
        if let Some(watcher) = &mut self.watcher {
            watcher(&self.samples);
        }
        &self.samples[self.samples.len() - 1]
    }
}

fn is_unknown(sample: &&Sample) -> bool {
    sample.outcome == Outcome::Unknown
}

/// What came instead of a decision.
fn words(sample: &Sample) -> String {
    match (&sample.error, sample.status) {
        (Some(error), _) => error.clone(),
        (None, Some(_)) if sample.is_cached() => "a cache answers (Age above zero)".to_owned(),
        (None, Some(status)) => format!("it answers {status}"),
        (None, None) => "no reply".to_owned(),
    }
}
