//! A listener on loopback that serves our key set and counts who comes for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Serves until it is dropped.
pub(super) struct Listener {
    address: String,
    hits: Arc<AtomicU32>,
    task: JoinHandle<()>,
}

impl Listener {
    /// Listens on a free port and answers every request with `body`.
    pub(super) async fn start(body: String) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let hits = Arc::new(AtomicU32::new(0));
        let counter = Arc::clone(&hits);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::Relaxed);
                // A caller that goes away early has been counted all the same.
                let _ = answer(stream, &body).await;
            }
        });
        Ok(Self {
            address,
            hits,
            task,
        })
    }

    /// `http://127.0.0.1:PORT`.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// How many connections came.
    pub(super) fn hits(&self) -> u32 {
        self.hits.load(Ordering::Relaxed)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(mut stream: TcpStream, body: &str) -> std::io::Result<()> {
    let mut head = [0; 4096];
    let _ = stream.read(&mut head).await?;
    let length = body.len();
    let reply = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    stream.write_all(reply.as_bytes()).await?;
    stream.shutdown().await
}
