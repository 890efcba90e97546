//! Both servers side by side, on one frozen clock.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use apictl::server::{self, Clock, Config};
use serde_json::Value;
use tokio::sync::oneshot;

use super::compare::{Seen, difference};
use super::step::Step;
use super::wire::Wire;
use crate::support::django::{Django, Settings};

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

/// A server and the tokens it gave.
struct Side {
    wire: Wire,
    access: String,
    refresh: String,
    old_refresh: String,
}

/// The embedded server on a thread; it stops when dropped.
struct Embedded {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Pair {
    /// Starts both with settings that mean the same.
    pub fn start(overrides: Value, config: Config) -> Self {
        let shown = Arc::new(AtomicU64::new(START.to_bits()));
        let read = Arc::clone(&shown);
        let config = Config {
            clock: Clock::from_fn(move || f64::from_bits(read.load(Ordering::SeqCst))),
            ..config
        };
        let django = Django::start(&Settings {
            clock: true,
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

    /// Runs a sequence on both; `Err` describes the first difference.
    pub fn run(&mut self, steps: &[Step]) -> Result<(), String> {
        for (number, step) in steps.iter().enumerate() {
            self.time += step.after;
            self.shown.store(self.time.to_bits(), Ordering::SeqCst);
            let theirs = self.theirs.answer(step, self.time);
            let ours = self.ours.answer(step, self.time);
            if let Some(difference) = difference(step, &theirs, &ours) {
                let body = String::from_utf8_lossy(step.body.as_deref().unwrap_or_default());
                return Err(format!(
                    "step {number}: {} {} {:?} {body}\n{difference}",
                    step.method, step.target, step.headers
                ));
            }
        }
        Ok(())
    }

    /// Lets time pass until all throttles have forgotten everything.
    pub fn rest(&mut self) {
        self.time += 100_000.0;
    }
}

impl Side {
    fn new(address: SocketAddr) -> Self {
        Self {
            wire: Wire::new(address),
            access: String::new(),
            refresh: String::new(),
            old_refresh: String::new(),
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
        self.remember(&raw.body);
        Seen::from(raw)
    }

    fn filled(&self, text: &str) -> String {
        text.replace("$access", &self.access)
            .replace("$refresh", &self.refresh)
            .replace("$old_refresh", &self.old_refresh)
    }

    fn remember(&mut self, body: &[u8]) {
        let Ok(Value::Object(members)) = serde_json::from_slice(body) else {
            return;
        };
        if let Some(access) = members.get("access").and_then(Value::as_str) {
            access.clone_into(&mut self.access);
        }
        if let Some(refresh) = members.get("refresh").and_then(Value::as_str) {
            self.old_refresh = std::mem::replace(&mut self.refresh, refresh.to_owned());
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
