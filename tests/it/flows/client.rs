//! The client's promises: where credentials go, one renewal, caps, time limits.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use apictl::http::{
    Authority, Client, Credential, Dialer, Error, Pending, Refusal, Request, Settings, StatusCode,
    Wire,
};
use apictl::secret::Secret;
use axum::Router;
use axum::extract::Request as Arrived;
use axum::response::IntoResponse;
use axum::routing::any;

use crate::support::in_process;

/// Hands out `token-0`, then after each renewal the next one.
#[derive(Default)]
struct Counting {
    renewals: AtomicU32,
}

impl Authority for Counting {
    fn credential(&self) -> Pending<'_, Result<Option<Credential>, Refusal>> {
        let token = format!("token-{}", self.renewals.load(Ordering::SeqCst));
        Box::pin(async move {
            Ok(Some(Credential::authorization(
                "Bearer",
                &Secret::new(token),
            )))
        })
    }

    fn renew<'a>(&'a self, _rejected: &'a Credential) -> Pending<'a, Result<bool, Refusal>> {
        self.renewals.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(true) })
    }
}

type Log = Arc<Mutex<Vec<String>>>;

/// Answers 200 to `accepted` alone and writes down the credential of every request.
fn guarded(accepted: &'static str, log: &Log) -> Router {
    let log = Arc::clone(log);
    Router::new().fallback(any(move |arrived: Arrived| {
        let log = Arc::clone(&log);
        async move {
            let sent = arrived
                .headers()
                .get("authorization")
                .map_or("none", |value| value.to_str().unwrap());
            log.lock().unwrap().push(sent.to_owned());
            if sent == accepted {
                StatusCode::OK
            } else {
                StatusCode::UNAUTHORIZED
            }
        }
    }))
}

#[tokio::test]
async fn a_401_renews_the_credential_once_and_never_twice() {
    let log = Log::default();
    let client = in_process::client(guarded("Bearer token-1", &log))
        .with_authority(Some(Arc::new(Counting::default())));
    let url = client.url("/me/").unwrap();
    let reply = client.send_authorised(Request::get(url)).await.unwrap();
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(*log.lock().unwrap(), ["Bearer token-0", "Bearer token-1"]);

    let log = Log::default();
    let client = in_process::client(guarded("Bearer never", &log))
        .with_authority(Some(Arc::new(Counting::default())));
    let url = client.url("/me/").unwrap();
    let reply = client.send_authorised(Request::get(url)).await.unwrap();
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
    assert_eq!(log.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn credentials_go_to_the_base_origin_alone() {
    let log = Log::default();
    let client = in_process::client(guarded("Bearer token-0", &log))
        .with_authority(Some(Arc::new(Counting::default())));
    for url in [
        "http://api.test/a",
        "http://api.test:8080/a",
        "https://api.test/a",
        "http://evil.test/a",
    ] {
        client
            .send(Request::get(url.parse().unwrap()))
            .await
            .unwrap();
    }
    client
        .send(Request::get("http://api.test/a".parse().unwrap()).bare())
        .await
        .unwrap();
    assert_eq!(
        *log.lock().unwrap(),
        ["Bearer token-0", "none", "none", "none", "none"]
    );
}

#[tokio::test]
async fn a_body_past_the_cap_is_refused() {
    let router = Router::new().fallback(any(|| async { "x".repeat(100) }));
    let client = in_process::client(router).with_max_body(99);
    let url = client.url("/").unwrap();
    let error = client.send(Request::get(url)).await.unwrap_err();
    assert!(
        matches!(error, Error::TooLarge { limit: 99, .. }),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_never_comes_is_a_timeout() {
    let router = Router::new().fallback(any(|| async {
        tokio::time::sleep(Duration::from_secs(60)).await;
        "late".into_response()
    }));
    let client = in_process::client(router).with_timeout(Duration::from_secs(5));
    let url = client.url("/").unwrap();
    let error = client.send(Request::get(url)).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error}");
}

#[tokio::test]
async fn a_connection_is_there_before_its_request() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let wire = Wire::new(Dialer::new(Settings::default()).unwrap());
    let client = Client::new(Arc::new(wire), url.parse().unwrap());
    client.prepare(&url.parse().unwrap()).await.unwrap();
    let accepted = tokio::time::timeout(Duration::from_secs(5), listener.accept()).await;
    accepted.expect("a connection").unwrap();
}

#[test]
fn urls_are_joined_to_the_base_and_its_path() {
    let client = in_process::client(Router::new());
    let joined = |text: &str| {
        client
            .url(text)
            .map(String::from)
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        joined("/api/x/?a=1"),
        Ok("http://api.test/api/x/?a=1".to_owned())
    );
    assert_eq!(joined("api/x/"), Ok("http://api.test/api/x/".to_owned()));
    assert_eq!(
        joined("https://other.test/x"),
        Ok("https://other.test/x".to_owned())
    );
    assert_eq!(joined(":9000/x"), Ok("http://127.0.0.1:9000/x".to_owned()));
    assert!(
        joined("ftp://other.test/x")
            .unwrap_err()
            .contains("only http and https")
    );
}
