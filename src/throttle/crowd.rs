//! Many requests over several connections in an open loop: each has an instant at which it is due, whatever
//! became of those before it, as long as a connection is free.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use super::alarm::Alarm;
use super::refusal::Refusals;
use super::sample::{Outcome, Sample};
use super::shoot::shoot;
use crate::http::{Client, Request};

/// What a crowd sends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Schedule {
    /// How many requests.
    pub(super) total: usize,
    /// The time between two that follow each other; zero sends each as soon as a connection is free.
    pub(super) every: Duration,
    /// Refusals in a row that end it early.
    pub(super) patience: usize,
    /// Whether a connection sends no more once it was refused.
    pub(super) until_refused: bool,
}

impl Schedule {
    /// So many requests, one each time that `every` has passed, until only refusals come.
    pub(super) fn of(connections: usize, total: usize, every: Duration) -> Self {
        Self {
            total,
            every,
            patience: connections * 3 + 10,
            until_refused: false,
        }
    }
}

/// A request of a crowd: when it was due, in the trace's seconds, and what came of it; the limiter's decision is not
/// judged yet.
pub(super) struct Sent {
    pub(super) due_s: f64,
    pub(super) sample: Sample,
}

struct Shared {
    tickets: AtomicUsize,
    refused: AtomicUsize,
}

/// Sends them; one connection for each client. In the order of the replies.
pub(super) async fn crowd(
    clients: Vec<(u32, Client)>,
    request: &Request,
    began: Instant,
    judge: &Refusals,
    schedule: Schedule,
) -> Vec<Sent> {
    let shared = Arc::new(Shared {
        tickets: AtomicUsize::new(0),
        refused: AtomicUsize::new(0),
    });
    let starts = Instant::now();
    let mut tasks = JoinSet::new();
    for (number, client) in clients {
        let shared = Arc::clone(&shared);
        let request = request.clone();
        let mut judge = judge.clone();
        tasks.spawn(async move {
            let mut sent = Vec::new();
            let alarm = Alarm::new();
            loop {
                let ticket = shared.tickets.fetch_add(1, Ordering::Relaxed);
                if ticket >= schedule.total
                    || shared.refused.load(Ordering::Relaxed) >= schedule.patience
                {
                    return sent;
                }
                let due = starts + schedule.every * u32::try_from(ticket).unwrap_or(u32::MAX);
                alarm.until(due).await;
                let sample = shoot(&client, request.clone(), began, number).await;
                let accepted = judge.judge_sample(&sample) == Outcome::Accepted;
                if accepted {
                    shared.refused.store(0, Ordering::Relaxed);
                } else {
                    shared.refused.fetch_add(1, Ordering::Relaxed);
                }
                sent.push(Sent {
                    due_s: due.saturating_duration_since(began).as_secs_f64(),
                    sample,
                });
                if schedule.until_refused && !accepted {
                    return sent;
                }
            }
        });
    }
    let mut all: Vec<Sent> = tasks.join_all().await.into_iter().flatten().collect();
    // Seconds since a beginning are ordered as their bits are; samples are too large to be moved at every comparison.
    all.sort_by_cached_key(|sent| sent.sample.received_s.to_bits());
    all
}
