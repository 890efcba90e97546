//! Carries out what a probe asks for: the only file of the throttle with a clock. One request is one
//! request on the wire; nothing is retried and no redirect is followed, for that would falsify the
//! measurement.

use std::collections::HashMap;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

use super::probe::{Probe, Step};
use super::sample::{Outcome, Sample};
use crate::http::{Client, HeaderMap, Incoming, Request};

/// How much of a refusal's body is kept, bytes.
const BODY_KEPT: usize = 400;
/// How much of a body is read before its connection is given up, bytes.
const BODY_READ: usize = 1 << 20;
/// How long a wait for replies may last before the probe is asked again.
const PATIENCE: Duration = Duration::from_secs(30);

/// Makes a client with connections of its own; `None` when none can be set up.
pub type Dial<'a> = Box<dyn Fn() -> Option<Client> + 'a>;

/// A probe at work. Dropping it stops it.
pub struct Drive<'a> {
    probe: Probe,
    dial: Dial<'a>,
    clients: HashMap<u32, Client>,
    request: Request,
    began: Instant,
    in_flight: JoinSet<Sample>,
}

impl<'a> Drive<'a> {
    /// A probe that has not sent anything yet. Second zero of the trace is now.
    pub fn new(probe: Probe, dial: Dial<'a>, request: Request) -> Self {
        Self {
            probe,
            dial,
            clients: HashMap::new(),
            request,
            began: Instant::now(),
            in_flight: JoinSet::new(),
        }
    }

    /// The probe, with everything recorded so far.
    pub fn probe(&self) -> &Probe {
        &self.probe
    }

    /// The probe, once the drive is over.
    pub fn into_probe(self) -> Probe {
        self.probe
    }

    /// Seconds since the trace began.
    pub fn elapsed_s(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    /// The next sample, or `None` when the probe is done or no connection can be set up.
    pub async fn next(&mut self) -> Option<Sample> {
        loop {
            match self.probe.step(self.elapsed_s()) {
                Step::Done => {
                    self.in_flight.abort_all();
                    return None;
                }
                Step::Send { connection } => self.send(connection)?,
                Step::Wait { until_s } => {
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

    async fn wait(&mut self, until: Instant) -> Option<Sample> {
        if self.in_flight.is_empty() {
            sleep_until(until).await;
            return None;
        }
        tokio::select! {
            done = self.in_flight.join_next() => done.and_then(Result::ok),
            () = sleep_until(until) => None,
        }
    }

    fn send(&mut self, connection: u32) -> Option<()> {
        let client = if let Some(client) = self.clients.get(&connection) {
            client.clone()
        } else {
            let client = (self.dial)()?;
            self.clients.insert(connection, client.clone());
            client
        };
        let request = self.request.clone();
        let began = self.began;
        self.in_flight.spawn(async move {
            let sent_s = began.elapsed().as_secs_f64();
            let head = client.open(request).await;
            let received_s = began.elapsed().as_secs_f64();
            let mut sample = Sample {
                sent_s,
                received_s,
                outcome: Outcome::Unknown,
                status: None,
                connection,
                headers: Vec::new(),
                body: None,
                error: None,
            };
            match head {
                Ok(incoming) => {
                    sample.status = Some(incoming.status.as_u16());
                    sample.headers = kept_headers(&incoming.headers);
                    let refused = incoming.status.is_client_error();
                    let text = drain(incoming).await;
                    sample.body = text.filter(|_| refused);
                }
                Err(error) => sample.error = Some(error.to_string()),
            }
            sample
        });
        Some(())
    }
}

fn kept_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| Sample::keeps_header(name.as_str()))
        .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
        .collect()
}

/// Reads a body to its end, so that the connection can be used again; keeps the beginning.
async fn drain(mut incoming: Incoming) -> Option<String> {
    let mut kept = Vec::new();
    let mut read = 0;
    while let Ok(Ok(Some(part))) = timeout(PATIENCE, incoming.chunk()).await {
        read += part.len();
        let room = BODY_KEPT.saturating_sub(kept.len());
        kept.extend_from_slice(&part[..part.len().min(room)]);
        if read > BODY_READ {
            break;
        }
    }
    (!kept.is_empty()).then(|| String::from_utf8_lossy(&kept).into_owned())
}
