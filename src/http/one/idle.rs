//! Connections whose last request was answered.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use tokio::time::Instant;

use super::body::Received;
use super::connection::{Connection, Stamps, Unanswered};
use super::head::Head;
use crate::http::dial::{Failed, Stream};

/// Idle connections, to one server or to several.
#[derive(Clone, Default)]
pub(in crate::http) struct Idle(Arc<Mutex<Vec<Kept>>>);

struct Kept {
    since: Instant,
    connection: Connection,
}

impl Idle {
    /// Sends one request once and brings the head of its reply: on an idle connection, at most `keep` old, or on one
    /// that `dial` opens. On a connection that the server closed before anything of it was written it was not sent.
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
            let reused = idle.is_some();
            let mut connection = match idle {
                Some(connection) => connection,
                // Seldom needed, and large: in a box of its own it does not make every request larger.
                None => Connection::over(Box::pin(dial()).await?, authority),
            };
            let (head, stamps) = match connection.ask(request).await {
                Ok(answer) => answer,
                Err(Unanswered::Unsent(_)) if reused => continue,
                Err(Unanswered::Unsent(error)) => return Err(error.into()),
                Err(Unanswered::Lost(error)) => return Err(error),
            };
            let home = head.stays.then(|| self.clone());
            return Ok((reply(head, connection, home), stamps));
        }
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
            Some(connection) => connection,
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
    fn take(&self, authority: &str, keep: Duration) -> Option<Connection> {
        let mut idle = self.lock();
        loop {
            let at = idle
                .iter()
                .rposition(|kept| *kept.connection.authority == *authority)?;
            let mut kept = idle.remove(at);
            if kept.since.elapsed() < keep && kept.connection.is_open() {
                return Some(kept.connection);
            }
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
        Err(Unanswered::Lost(error)) => Err(error),
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
