//! The request path under requests that are almost right. `cargo bench --bench server_fuzz` sends a million and more.

use std::time::Duration;

use apictl::server::{Algorithm, Config, Extras, Limiter, Profile, router};
use axum::Router;
use http_body_util::BodyExt;
use tower_service::Service;

use super::server_requests::Draw;

/// Servers that differ in what they do to a request.
pub fn servers() -> Vec<Router> {
    let dressed = Config {
        extras: Extras {
            server_timing: true,
            etag: true,
            gzip: true,
        },
        ..Config::default()
    };
    let mut strict = Config {
        drf: Profile::V3_14,
        num_proxies: Some(1),
        products: 3,
        ..Config::default()
    };
    strict.jwt.rotate = true;
    strict.jwt.blacklist_after_rotation = true;
    strict.jwt.leeway = Duration::from_secs(5);
    let limited = Config {
        limiter: Limiter {
            algorithm: Algorithm::TokenBucket,
            headers: "draft-10".parse().unwrap(),
            ..Limiter::default()
        },
        products: 0,
        ..Config::default()
    };
    [Config::default(), dressed, strict, limited]
        .map(router)
        .into()
}

/// Sends so many requests and returns how many of each class of status came back.
pub async fn bombard(seed: u64, requests: usize) -> [usize; 6] {
    let mut servers = servers();
    let mut draw = Draw::new(seed);
    let mut classes = [0; 6];
    let mut sent = 0;
    while sent < requests {
        let Some(request) = draw.request() else {
            continue;
        };
        let server = sent % servers.len();
        let reply = servers[server].call(request).await.unwrap();
        classes[usize::from(reply.status().as_u16() / 100)] += 1;
        reply.into_body().collect().await.unwrap();
        sent += 1;
    }
    classes
}

#[tokio::test]
async fn requests_that_are_almost_right_are_answered_without_a_panic() {
    let classes = bombard(1, 8_000).await;
    assert_eq!(classes[..2], [0, 0]);
    // The generator reaches all that there is: answers, redirects, refusals and unhandled exceptions.
    assert!(classes[2..].iter().all(|count| *count > 10), "{classes:?}");
}
