//! One request, once: the sample that it leaves.

use tokio::time::Instant;

use super::sample::Sample;
use crate::http::{Client, Error, HeaderMap, Incoming, Request};

/// How much of a refusal's body is kept, bytes.
const BODY_KEPT: usize = 400;
/// How much of a body is read before its connection is given up, bytes.
const BODY_READ: usize = 1 << 20;

/// Sends a request exactly once and reads its reply to the end, so that the connection can be used again.
/// What the limiter did is left to judge.
pub(crate) async fn shoot(
    client: &Client,
    request: Request,
    began: Instant,
    connection: u32,
) -> Sample {
    attempt(client, request, began, connection).await.0
}

/// The same, with the error in full where no reply came.
pub(crate) async fn attempt(
    client: &Client,
    request: Request,
    began: Instant,
    connection: u32,
) -> (Sample, Option<Error>) {
    let sent = Instant::now();
    let head = client.open(request).await;
    let received = Instant::now();
    let at = |instant: Instant| instant.saturating_duration_since(began).as_secs_f64();
    let mut sample = Sample {
        sent_s: at(sent),
        received_s: at(received),
        connection,
        ..Sample::default()
    };
    match head {
        Ok(incoming) => {
            if let Some(stamps) = incoming.stamps {
                sample.sent_s = at(stamps.sent);
                sample.received_s = at(stamps.received).max(sample.sent_s);
            }
            sample.status = Some(incoming.status.as_u16());
            sample.headers = kept_headers(&incoming.headers);
            let closes = incoming.stamps.is_some_and(|stamps| stamps.closes);
            sample.closes = closes && !sample.closes_connection();
            let refused = incoming.status.is_client_error();
            sample.body = drain(incoming, if refused { BODY_KEPT } else { 0 }).await;
        }
        Err(error) => {
            sample.dropped = matches!(error, Error::Broken { .. });
            sample.error = Some(error.to_string());
            return (sample, Some(error));
        }
    }
    (sample, None)
}

fn kept_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| Sample::keeps_header(name.as_str()))
        .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
        .collect()
}

/// Reads a body to its end; keeps its beginning.
async fn drain(mut incoming: Incoming, keep: usize) -> Option<String> {
    let mut kept = Vec::new();
    let mut read = 0;
    while let Ok(Some(part)) = incoming.chunk().await {
        read += part.len();
        let room = keep.saturating_sub(kept.len());
        kept.extend_from_slice(&part[..part.len().min(room)]);
        if read > BODY_READ {
            break;
        }
    }
    (!kept.is_empty()).then(|| String::from_utf8_lossy(&kept).into_owned())
}
