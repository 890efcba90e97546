//! Carries out what a probe asks for. One request is one request on the wire; nothing is retried and no
//! redirect is followed, for that would falsify the measurement.

use std::collections::HashMap;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use super::alarm::Alarm;
use super::probe::{Probe, Step};
use super::sample::Sample;
use super::shoot::attempt;
use crate::http::{Client, Error, Request};

/// How long a wait for replies may last before the probe is asked again.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request without an answer for so long, seconds, hangs.
const HANGS_S: f64 = 1.0;

/// A connection that was opened and nothing was sent on is closed before a longer wait than this, seconds: a server that
/// answers one connection at a time (Gunicorn's synchronous workers) would answer nobody else meanwhile, and be ended by
/// its supervisor after half a minute.
const LONGEST_UNUSED_S: f64 = 0.3;

/// Makes a client with connections of its own; `None` when none can be set up.
pub type Dial<'a> = Box<dyn Fn() -> Option<Client> + 'a>;

/// A probe at work. Dropping it stops it.
pub struct Drive<'a> {
    probe: Probe,
    dial: Dial<'a>,
    clients: HashMap<u32, Client>,
    /// Connections that were opened beforehand, until something is sent on them.
    unused: HashMap<u32, Client>,
    /// Connections that nothing is sent on.
    idle: Vec<Client>,
    request: Request,
    began: Instant,
    alarm: Alarm,
    due_s: Option<f64>,
    in_flight: JoinSet<(Sample, Option<Error>)>,
    /// What is in flight: the connection, and when it was sent.
    unanswered: HashMap<u32, f64>,
    /// Why the latest request without a reply had none.
    failure: Option<Error>,
    /// Connections that are being opened.
    opening: JoinSet<()>,
}

impl<'a> Drive<'a> {
    /// A probe that has not sent anything yet. Second zero of the trace is now.
    pub fn new(probe: Probe, dial: Dial<'a>, request: Request) -> Self {
        Self {
            probe,
            dial,
            clients: HashMap::new(),
            unused: HashMap::new(),
            idle: Vec::new(),
            request,
            began: Instant::now(),
            alarm: Alarm::new(),
            due_s: None,
            in_flight: JoinSet::new(),
            unanswered: HashMap::new(),
            failure: None,
            opening: JoinSet::new(),
        }
    }

    /// The probe, with everything recorded so far.
    pub fn probe(&self) -> &Probe {
        &self.probe
    }

    /// The probe, once the drive is over, and why the latest request without a reply had none.
    pub fn into_parts(self) -> (Probe, Option<Error>) {
        (self.probe, self.failure)
    }

    /// Seconds since the trace began.
    pub fn elapsed_s(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// When the next request is due, in the trace's seconds, while one is waited for.
    pub fn due_s(&self) -> Option<f64> {
        self.due_s
    }

    /// The next sample, or `None` when the probe is done or no connection can be set up. Can be dropped and called again.
    pub async fn next(&mut self) -> Option<Sample> {
        loop {
            // One that cannot be opened is found out by its request; a server that is not held answers: nothing wrong is
            // concluded.
            while self.opening.join_next().await.is_some() {}
            match self.probe.step(self.elapsed_s()) {
                Step::Done => {
                    self.in_flight.abort_all();
                    let sample = self.hanging()?;
                    return Some(self.probe.record(sample));
                }
                Step::Send { connection } => {
                    self.due_s = None;
                    self.send(connection)?;
                }
                Step::Open { first, count } => self.open(first, count)?,
                Step::Hold { idle } => self.hold(idle)?,
                Step::Wait { until_s } => {
                    let long = until_s > self.elapsed_s() + LONGEST_UNUSED_S;
                    if long && self.in_flight.is_empty() {
                        // what is sent on one of them later is sent on a connection made for it
                        self.unused.clear();
                    }
                    self.due_s = Some(until_s).filter(|_| self.in_flight.is_empty());
                    let until = Duration::try_from_secs_f64(until_s)
                        .ok()
                        .and_then(|after| self.began.checked_add(after))
                        .unwrap_or_else(|| Instant::now() + PATIENCE);
                    if let Some(sample) = self.wait(until).await {
                        return Some(self.probe.record(sample));
                    }
                }
            }
        }
    }

    /// A request that a server still had not answered at the end, and not because it was sent a moment ago: it was sent
    /// for all that.
    fn hanging(&mut self) -> Option<Sample> {
        let now = self.elapsed_s();
        let hangs = |sent_s: &f64| now - sent_s > HANGS_S;
        let mut all = self.unanswered.iter();
        let (&connection, _) = all.find(|(_, sent_s)| hangs(sent_s))?;
        let sent_s = self.unanswered.remove(&connection)?;
        Some(Sample {
            sent_s,
            received_s: now,
            connection,
            error: Some("no answer until the time was over".to_owned()),
            ..Sample::default()
        })
    }

    async fn wait(&mut self, until: Instant) -> Option<Sample> {
        if self.in_flight.is_empty() {
            self.alarm.until(until).await;
            return None;
        }
        let (sample, failure) = tokio::select! {
            done = self.in_flight.join_next() => done.and_then(Result::ok),
            () = self.alarm.until(until) => None,
        }?;
        self.unanswered.remove(&sample.connection);
        self.failure = failure.or(self.failure.take());
        Some(sample)
    }

    fn send(&mut self, connection: u32) -> Option<()> {
        if let Some(client) = self.unused.remove(&connection) {
            self.clients.insert(connection, client);
        } else if !self.clients.contains_key(&connection) {
            self.clients.insert(connection, (self.dial)()?);
        }
        let client = self.clients.get(&connection)?.clone();
        let request = self.request.clone();
        let began = self.began;
        self.unanswered.insert(connection, self.elapsed_s());
        self.in_flight
            .spawn(async move { attempt(&client, request, began, connection).await });
        Some(())
    }

    /// New connections.
    fn open(&mut self, first: u32, count: u32) -> Option<()> {
        for number in first..first + count {
            let client = self.prepared()?;
            self.unused.insert(number, client);
        }
        Some(())
    }

    /// So many connections that nothing is sent on.
    fn hold(&mut self, idle: u32) -> Option<()> {
        let idle = usize::try_from(idle).unwrap_or(usize::MAX);
        self.idle.truncate(idle);
        while self.idle.len() < idle {
            let client = self.prepared()?;
            self.idle.push(client);
        }
        Some(())
    }

    /// A client whose connection is being opened.
    fn prepared(&mut self) -> Option<Client> {
        let client = (self.dial)()?;
        let (opened, url) = (client.clone(), self.request.url.clone());
        self.opening.spawn(async move {
            let _ = opened.prepare(&url).await;
        });
        Some(client)
    }
}
