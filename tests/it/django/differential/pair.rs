//! Both servers side by side, on one frozen clock.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use apictl::server::{self, Clock, Config, Profile};
use serde_json::Value;
use tokio::sync::oneshot;

use super::compare::{Seen, difference};
use super::step::Step;
use super::wire::{Raw, Wire};
use crate::support::django::{Django, Settings, Stack};

/// 2026-03-01T12:00:00Z, and a bit.
const START: f64 = 1_772_366_400.25;

/// The reference and the embedded server.
pub struct Pair {
    time: f64,
    shown: Arc<AtomicU64>,
    theirs: Side,
    ours: Side,
    _django: Django,
    _embedded: Embedded,
}

/// A server and what it gave: tokens, cookies, by the name that steps call them.
struct Side {
    wire: Wire,
    given: BTreeMap<&'static str, String>,
}

/// Longer names first: one may begin with another.
const NAMES: [&str; 7] = [
    "old_refresh",
    "csrftoken",
    "sessionid",
    "refresh",
    "access",
    "token",
    "form",
];

/// The embedded server on a thread; it stops when dropped.
struct Embedded {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Pair {
    /// Starts both with settings that mean the same; the profile is that of the stack.
    pub fn on(stack: Stack, overrides: Value, config: Config) -> Self {
        let shown = Arc::new(AtomicU64::new(START.to_bits()));
        let read = Arc::clone(&shown);
        let config = Config {
            clock: Clock::from_fn(move || f64::from_bits(read.load(Ordering::SeqCst))),
            drf: match stack {
                Stack::Drf314 => Profile::V3_14,
                _ => Profile::V3_18,
            },
            ..config
        };
        let django = Django::start(&Settings {
            clock: true,
            stack,
            ..Settings::overriding(overrides)
        });
        let embedded = Embedded::start(config);
        Self {
            time: START,
            shown,
            theirs: Side::new(django.address()),
            ours: Side::new(embedded.address),
            _django: django,
            _embedded: embedded,
        }
    }

    /// Runs sequences on both and reports all differences at once.
    pub fn check(&mut self, sequences: impl IntoIterator<Item = Vec<Step>>) {
        let found: Vec<String> = sequences
            .into_iter()
            .enumerate()
            .filter_map(|(number, steps)| {
                let difference = self.run(&steps).err()?;
                Some(format!("sequence {number}, {difference}"))
            })
            .collect();
        assert!(
            found.is_empty(),
            "{} differences:\n{}",
            found.len(),
            found.join("\n")
        );
    }

    /// Runs a sequence on both; `Err` describes the first difference.
    fn run(&mut self, steps: &[Step]) -> Result<(), String> {
        for (number, step) in steps.iter().enumerate() {
            self.time += step.after;
            self.shown.store(self.time.to_bits(), Ordering::SeqCst);
            let theirs = self.theirs.answer(step, self.time);
            let ours = self.ours.answer(step, self.time);
            if let Some(difference) = difference(step, theirs, ours) {
                let body = String::from_utf8_lossy(step.body.as_deref().unwrap_or_default());
                return Err(format!(
                    "step {number}: {} {} {:?} {body}\n{difference}",
                    step.method, step.target, step.headers
                ));
            }
        }
        Ok(())
    }
}

impl Side {
    fn new(address: SocketAddr) -> Self {
        Self {
            wire: Wire::new(address),
            given: BTreeMap::new(),
        }
    }

    fn answer(&mut self, step: &Step, time: f64) -> Seen {
        let mut request = format!("{} {} HTTP/1.1\r\n", step.method, self.filled(&step.target));
        if !step.headers.iter().any(|(name, _)| name == "Host") {
            request.push_str("Host: api.example.test\r\n");
        }
        request.push_str(&format!("X-Test-Clock: {time}\r\n"));
        for (name, value) in &step.headers {
            request.push_str(&format!("{name}: {}\r\n", self.filled(value)));
        }
        let body = step
            .body
            .as_ref()
            .map(|body| match std::str::from_utf8(body) {
                Ok(text) => self.filled(text).into_bytes(),
                Err(_) => body.clone(),
            });
        if let Some(body) = &body {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        let mut bytes = request.into_bytes();
        bytes.extend(body.unwrap_or_default());
        let raw = self.wire.exchange(&bytes, step.method == "HEAD");
        self.remember(&raw);
        Seen::from(raw)
    }

    fn filled(&self, text: &str) -> String {
        NAMES.iter().fold(text.to_owned(), |text, name| {
            let value = self.given.get(name).map_or("", String::as_str);
            text.replace(&format!("${name}"), value)
        })
    }

    fn remember(&mut self, reply: &Raw) {
        if let Ok(Value::Object(members)) = serde_json::from_slice(&reply.body) {
            for name in ["access", "refresh", "token"] {
                if let Some(token) = members.get(name).and_then(Value::as_str) {
                    let before = self.given.insert(name, token.to_owned());
                    if name == "refresh" {
                        self.given.insert("old_refresh", before.unwrap_or_default());
                    }
                }
            }
        }
        for (_, value) in reply
            .headers
            .iter()
            .filter(|(name, _)| name == "Set-Cookie")
        {
            for name in ["csrftoken", "sessionid"] {
                let cookie = value
                    .strip_prefix(name)
                    .and_then(|rest| rest.strip_prefix('='));
                if let Some(cookie) = cookie {
                    let end = cookie.find(';').unwrap_or(cookie.len());
                    self.given.insert(name, cookie[..end].to_owned());
                }
            }
        }
        let body = String::from_utf8_lossy(&reply.body);
        let hidden = body.split_once("name=\"csrfmiddlewaretoken\" value=\"");
        if let Some((token, _)) = hidden.and_then(|(_, rest)| rest.split_once('"')) {
            self.given.insert("form", token.to_owned());
        }
    }
}

impl Embedded {
    fn start(config: Config) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                let shutdown = async {
                    let _ = stopped.await;
                };
                server::serve(listener, config, shutdown).await.unwrap();
            });
        });
        Self {
            address: told.recv().unwrap(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
