//! Connections whose last request was answered.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use tokio::time::Instant;

use super::body::Received;
use super::connection::{Connection, Stamps, Unanswered};
use super::habits::Habits;
use super::head::Head;
use crate::http::dial::{Failed, Stream};

/// Idle connections, to one server or to several.
#[derive(Clone, Default)]
pub(in crate::http) struct Idle {
    kept: Arc<Mutex<Vec<Kept>>>,
    habits: Habits,
    resend: Resend,
}

/// What is sent again, once, where a connection that had brought replies ended in place of the next one. In each case what
/// the server did not get is: it is known to close its connections behind replies, and this one's end was on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::http) enum Resend {
    /// What can do no harm either, whoever closed the connection: idempotent methods (RFC 9110 §9.2.2).
    #[default]
    Idempotent,
    /// Nothing else: the end may be a limiter's answer.
    Unseen,
}

/// How soon behind a request the end of its connection is there that was on its way already.
const UNDER_WAY: Duration = Duration::from_millis(250);

struct Kept {
    since: Instant,
    connection: Connection,
}

impl Idle {
    /// No connections; what servers do with theirs is known to several.
    pub(in crate::http) fn knowing(habits: Habits, resend: Resend) -> Self {
        Self {
            kept: Arc::default(),
            habits,
            resend,
        }
    }

    /// Sends one request and brings the head of its reply: on an idle connection, at most `keep` old, or on one
    /// that `dial` opens. It is sent once, but for what a closed connection did not carry to the server ([`Resend`]).
    pub(in crate::http) async fn exchange<F>(
        &self,
        request: &http::Request<Bytes>,
        keep: Duration,
        dial: impl Fn() -> F,
    ) -> Result<(http::Response<Received>, Stamps), Failed>
    where
        F: Future<Output = Result<Box<dyn Stream>, Failed>>,
    {
        let authority = authority(request.uri());
        loop {
            let idle = self.take(authority, keep);
            let idle_for = idle.as_ref().map(|kept| kept.since.elapsed());
            let mut connection = match idle {
                Some(kept) => kept.connection,
                // Seldom needed, and large: in a box of its own it does not make every request larger.
                None => Connection::over(Box::pin(dial()).await?, authority),
            };
            let asked = Instant::now();
            let (head, mut stamps) = match connection.ask(request).await {
                Ok(answer) => answer,
                Err(Unanswered::Unsent(_)) if idle_for.is_some() => continue,
                Err(Unanswered::Unsent(error)) => return Err(error.into()),
                Err(Unanswered::Ignored(error)) => match idle_for {
                    Some(idle)
                        if self.is_sent_again(
                            request,
                            connection.replies,
                            (idle, asked.elapsed()),
                        ) =>
                    {
                        continue;
                    }
                    _ => return Err(error),
                },
                Err(Unanswered::Lost(error)) => return Err(error),
            };
            if connection.replies == 2 {
                self.habits.kept(authority);
            }
            stamps.closes |= self.habits.closes(authority);
            let home = (!stamps.closes).then(|| self.clone());
            return Ok((reply(head, connection, home), stamps));
        }
    }

    /// Whether a request is sent again that a connection with so many replies did not bring an answer to: how long it had
    /// been idle, and how long after the request it ended.
    fn is_sent_again(
        &self,
        request: &http::Request<Bytes>,
        replies: u32,
        (idle, ended): (Duration, Duration),
    ) -> bool {
        let authority = authority(request.uri());
        self.habits.ended(authority, replies, idle + ended);
        let idempotent = request.method().is_idempotent();
        let harmless = self.resend == Resend::Idempotent && idempotent;
        // an end that was under way is there at once; a worker that died over the request may have carried it out
        let unread = self.habits.closes(authority) && (idempotent || ended < UNDER_WAY);
        replies > 0 && (harmless || unread)
    }

    /// Opens a connection beforehand, where none is idle.
    pub(in crate::http) async fn prepare<F>(
        &self,
        uri: &Uri,
        dial: impl FnOnce() -> F,
    ) -> Result<(), Failed>
    where
        F: Future<Output = Result<Box<dyn Stream>, Failed>>,
    {
        let authority = authority(uri);
        let connection = match self.take(authority, Duration::MAX) {
            Some(kept) => kept.connection,
            None => Connection::over(dial().await?, authority),
        };
        self.give_back(connection);
        Ok(())
    }

    /// Takes back a connection on which another request may follow.
    pub(super) fn give_back(&self, connection: Connection) {
        self.lock().push(Kept {
            since: Instant::now(),
            connection,
        });
    }

    /// The connection that was used last, of those that are open.
    fn take(&self, authority: &str, keep: Duration) -> Option<Kept> {
        let mut idle = self.lock();
        loop {
            let at = idle
                .iter()
                .rposition(|kept| *kept.connection.authority == *authority)?;
            let mut kept = idle.remove(at);
            let age = kept.since.elapsed();
            if age >= keep {
                continue;
            }
            if kept.connection.is_open() {
                return Some(kept);
            }
            self.habits.ended(authority, kept.connection.replies, age);
        }
    }

    /// Whether a connection is idle and open.
    #[cfg(test)]
    pub(super) fn is_ready(&self) -> bool {
        let mut idle = self.lock();
        idle.iter_mut().any(|kept| kept.connection.is_open())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Kept>> {
        // A list of connections is whole even if a holder panicked.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends one request on a connection of its own.
pub(in crate::http) async fn once(
    stream: Box<dyn Stream>,
    request: &http::Request<Bytes>,
) -> Result<http::Response<Received>, Failed> {
    let mut connection = Connection::over(stream, authority(request.uri()));
    match connection.ask(request).await {
        Ok((head, _)) => Ok(reply(head, connection, None)),
        Err(Unanswered::Unsent(error)) => Err(error.into()),
        Err(Unanswered::Ignored(error) | Unanswered::Lost(error)) => Err(error),
    }
}

fn reply(head: Head, connection: Connection, home: Option<Idle>) -> http::Response<Received> {
    let mut reply = http::Response::new(Received::new(head.framing, connection, home));
    *reply.status_mut() = head.status;
    *reply.version_mut() = head.version;
    *reply.headers_mut() = head.headers;
    reply
}

fn authority(uri: &Uri) -> &str {
    uri.authority().map_or("", |authority| authority.as_str())
}
